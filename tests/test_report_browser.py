"""A report in a real browser, and under the rules of the W3C: opened as people open it, not only parsed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hostile import INJECTIONS, poisoned, poisoned_result, result_of
from terminal import SMALL, speaking

from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.load import load_catalogue
from careerfit.engine.instrument import Instrument
from careerfit.report.content import report_of
from careerfit.report.html import page
from careerfit.result import Stamp, build_result

ROOT = Path(__file__).parent.parent
TOOLS = Path(os.environ.get("REPORT_TOOLS", ROOT)) / "node_modules"
CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"

BROWSER_IS_HERE = bool(
    CHROMIUM and shutil.which("node") and all((TOOLS / n).is_dir() for n in ("playwright-core", "axe-core"))
)
VNU_IS_HERE = bool(shutil.which("java") and VNU.is_file())
HOW = "CONTRIBUTING.md says how to get it"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> list[Path]:
    """Somebody who answered everything, in both languages; a sparse report, an empty one, and one of injections."""
    folder = tmp_path_factory.mktemp("reports")
    catalogue, small = open_catalogue().catalogue(), load_catalogue(SMALL)
    file = ROOT / "examples" / "film-production-coordinator.json"
    answers = parse_answers(file.read_bytes(), file.name, catalogue)
    made = []
    for language in ("id", "en"):
        stamp = Stamp(id="r1", created="2026-11-21T10:00:00Z", language=language, program="careerfit")
        result = build_result(Instrument.of(catalogue), answers, "settled", stamp)
        with speaking(language):
            made.append((f"full-{language}", page(report_of(result, catalogue))))
    sparse = result_of(small, skipped=3)
    card = {"role": sparse.ranking[0].role, "kind": "myth", "question": ["?"], "reply": 1}
    everything = " ".join(INJECTIONS)
    with speaking("en"):
        made.append(("sparse", page(report_of(sparse, small, json.dumps([card]).encode()))))
        made.append(("nothing", page(report_of(result_of(small, response=None), small))))
        hostile = report_of(poisoned_result(sparse, everything), poisoned(small, everything))
        made.append(("hostile", page(hostile)))
    for name, source in made:
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
    return [folder / f"{name}.html" for name, _source in made]


@pytest.mark.skipif(not BROWSER_IS_HERE, reason=f"NOT TESTED: no Chromium, node, playwright-core or axe-core; {HOW}")
def test_a_browser_finds_nothing_wrong(reports):
    """On a phone and a desktop, light and dark: axe-core finds no violation of WCAG 2.2 AA, the page loads nothing,
    breaks no policy, links nowhere and runs over no edge.
    """
    environment = {**os.environ, "REPORT_TOOLS": str(TOOLS.parent), "CHROMIUM": str(CHROMIUM)}
    command = ["node", str(ROOT / "scripts" / "look_at_report.mjs"), *map(str, reports)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    looked = json.loads(done.stdout)
    assert len(looked) == 4 * len(reports)
    assert all(one["passes"] > 15 for one in looked)
    for what, nothing in {"violations": [], "asked": [], "said": [], "links": [], "over": 0}.items():
        assert [(one["file"], one["window"], one["theme"], one[what]) for one in looked if one[what] != nothing] == []
    assert done.returncode == 0


@pytest.mark.skipif(not VNU_IS_HERE, reason=f"NOT TESTED: no java or vnu-jar; {HOW}")
def test_the_checker_of_the_w3c_finds_no_error(reports):
    """The Nu HTML checker reports no error in page or stylesheet. (Its warning on the policy does not know hashes.)"""
    command = ["java", "-jar", str(VNU), "--errors-only", "--format", "json", "--stdout", *map(str, reports)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert json.loads(done.stdout)["messages"] == []
    assert done.returncode == 0
