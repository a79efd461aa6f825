// Opens reports in Chromium as people meet them: phone and desktop, light and dark, and on paper.
//
//   node scripts/look_at_report.mjs [--look FOLDER] REPORT.html...
//
// Prints one JSON document: what axe-core finds against WCAG 2.2 AA, what the page tried to load, what its policy
// blocked, and whether anything runs over the edge. With --look it also leaves screenshots and a PDF in FOLDER.
// Ends with 1 when anything is wrong. Needs playwright-core and axe-core from npm in node_modules here or in the folder
// REPORT_TOOLS, and Chromium on the PATH or in CHROMIUM. Nothing of this is needed to use or to test careerfit itself.

import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const tools = createRequire(path.resolve(process.env.REPORT_TOOLS ?? ".", "package.json"));
const { chromium } = tools("playwright-core");

const WINDOWS = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const words = process.argv.slice(2);
const look = words[0] === "--look" ? words.splice(0, 2)[1] : null;
const profile = mkdtempSync(path.join(tmpdir(), "report-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  offline: true,
  args: QUIET,
});

async function looked(file, window, colorScheme) {
  const page = await browser.newPage();
  const address = pathToFileURL(path.resolve(file)).href;
  const asked = [], said = [];
  page.on("request", (request) => request.url() === address || asked.push(request.url()));
  page.on("console", (line) => said.push(line.text()));
  await page.setViewportSize(WINDOWS[window]);
  await page.emulateMedia({ colorScheme });
  await page.goto(address);
  const links = await page.$$eval("a", (all) => all.map((a) => a.getAttribute("href")).filter((to) => to[0] !== "#"));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (look) {
    const name = path.join(look, `${path.basename(file, ".html")}-${window}-${colorScheme}`);
    await page.screenshot({ path: `${name}.png`, fullPage: true });
    if (window === "desktop" && colorScheme === "light") await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
  }
  // last, because it brings a script of its own, which the policy of the page does not hold against evaluate()
  await page.evaluate(readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8"));
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: { type: "tag", values: tags } }), RULES);
  await page.close();
  return {
    file: path.basename(file), window, theme: colorScheme, passes: found.passes.length,
    violations: found.violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.html) })),
    asked, said, links, over,
  };
}

const reports = [];
for (const file of words) {
  for (const window of Object.keys(WINDOWS)) {
    for (const theme of ["light", "dark"]) reports.push(await looked(file, window, theme));
  }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
console.log(JSON.stringify(reports, null, 2));
const wrong = (one) => one.violations.length + one.asked.length + one.said.length + one.links.length + one.over > 0;
process.exit(reports.some(wrong) || reports.length === 0 ? 1 : 0);
