"""`careerfit catalogue check`: everything wrong in one run, with the line it is about, for people, editors and CI."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from terminal import CAREERFIT, SMALL, Terminal, environment, run, warm_home

from careerfit.catalogue.order import FOLLOWING
from careerfit.catalogue.schema import document_schemas

ROOT = Path(__file__).parents[1]
ITEMS = len(re.findall(r"^- \{?id:", (SMALL / "items.yaml").read_text(encoding="utf-8"), re.MULTILINE))
HOOKS = ROOT / ".pre-commit-hooks.yaml"
MISTAKES = {
    "roles.yaml": [
        ("languages: [id, en]", "langauges: [id, en]"),
        ("    kind: article\n", "    kind: artikel\n"),
        ("url: https://example.org/one", "url: example.org/one"),
        ("  - id: editorial\n", "  - id: article-one\n"),
        ('title: {id: "Pabrik", en: "Plant"}', 'title: {id: "Pabrik"}'),
        ('title: {id: "Film", en: "Film"}', 'title: {id: "Film", en: ""}'),
        ('aliases: ["Kepala Produksi"]', 'aliases: "Kepala Produksi"'),
        ("family: plant\n    codes", "family: plnat\n    codes"),
        ('isco: "1321"', "isco: 1321"),
        ('summary: {id: "Memimpin sebuah pabrik.", en: "Runs a plant."}', "summary: Runs a plant."),
        ("        at_least: 4\n        text: {id: \"Tim", "        at_least: 6\n        text: {id: \"Tim"),
        ("at_least: 3.5", "at_least: high"),
        ("weight: 1.5", "weight: 0"),
        ("between: [2, 4]", "between: [4, 2]"),
        ("- trait: decide\n        at_most: 2", "- trait: decied\n        at_most: 2"),
        ("truth: {id: \"Separuh", "trooth: {id: \"Separuh"),
        ("- role: coordinator-plant\n        text: {id: \"Kepala", "- role: plant-head\n        text: {id: \"Kepala"),
        ("overtime: often, on_call: sometimes, travel: never", "overtime: dayly, on_call: sometimes, travel: never"),
        ("years_experience: 5,", "years_experience: -5,"),
        ("people_led: 10}", "people_led: ten}"),
        ("  - id: coordinator-plant\n", "  - id: Coordinator Plant\n"),
        ("- trait: lead\n        at_most: 3", "- trait: lead\n        at_most: 3\n        at_least: 2"),
        ("        at_most: 2\n        text: {id: \"Selisih", "        between: [1, 2]\n        text: {id: \"Selisih"),
        ("leads_to: [plant-head]", "leads_to: [plant-hed]"),
        ("shifts: never\n      place", "shifts: no\n      place"),
        ("- trait: decide\n        at_least: 3\n", "- trait: decide\n"),
        ("place: set}", "place: ste}"),
    ],
    "traits.yaml": [
        ("correlates: {decide: 0.3, exact: -0.1}", "correlates: {decide: 3, lead: -0.1}"),
        ('- id: stage\n  name: {id: "Tampil"', '- id: exact\n  name: {id: "Tampil"'),
        ('high: {id: "mencari selisih kecil", en: "look for small differences"}', "higher: {}"),
        ("onet: [1.C.2.b]", "onet: 1.C.2.b"),
    ],
    "items.yaml": [
        ("{id: hand-out-tasks, kind: statement,", "{id: hand-out-tasks, kind: statment,"),
        ("own-part, kind: statement, trait: lead, keyed: negative", "own-part, kind: statement, trait: led, keyed: no"),
        ("discrimination: 1.2}", "discrimination: 12}"),
        ("thresholds: [-1.2, -0.4, 0.6, 1.7]", "thresholds: [-1.2, -0.4, 1.7, 0.6]"),
        ("{id: settle-it,", "{id: own-part,"),
        ('en: "I like speaking up front."}', "en: !!str speaking}"),
        ("left: {trait: lead, text: {id: \"memimpin", "left: {text: {id: \"memimpin"),
        ("traits: {stage: 1, lead: 0.5}", "traits: {stage: 1, lead: 50}"),
        ("keyed: negative, text: {id: \"Aku betah", "keyed: negative, txt: {id: \"Aku betah"),
    ],
}  # fmt: skip
"""File to (what the good file says, what is written in its place): forty mistakes, to be found together."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("check"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of one's own, without a mistake."""
    return Path(shutil.copytree(SMALL, tmp_path / "own"))


def change(folder: Path, file: str, good: str, bad: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(good) == 1, good
    (folder / file).write_text(text.replace(good, bad), encoding="utf-8")


def check(home: Path, *arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return run(home, "catalogue", "check", *arguments, "--lang", "en", **changes)


def test_forty_mistakes_are_reported_in_one_run(home, folder):
    """Each planted mistake has a problem on its own line, and the line is shown with it."""
    wrong: set[tuple[str, int]] = set()
    for file, pairs in MISTAKES.items():
        for good, bad in pairs:
            change(folder, file, good, bad)
        text = (folder / file).read_text(encoding="utf-8")
        for _good, bad in pairs:
            start = text.index(bad)
            first = text[:start].count("\n") + 1
            wrong.add((file, tuple(range(first, first + bad.count("\n") + 1))))
    assert sum(map(len, MISTAKES.values())) == 40
    done = check(home, folder)
    assert done.returncode == 4
    said = done.stdout.decode()
    found = {(Path(file).name, int(line)) for file, line in re.findall(r"^(\S+):(\d+):\d+: error: ", said, re.M)}
    assert [place for place in wrong if not any((place[0], line) in found for line in place[1])] == []
    assert len(found) >= 39, "a mistake on the line of another is still reported"
    assert len(re.findall(r"^    *\^$", said, re.M)) == len(re.findall(r": error: ", said))
    codes = re.findall(r": error: .* \[([a-z-]+)\]$", said, re.M)
    assert codes == sorted(codes, key=lambda code: code in FOLLOWING), "causes come first"


def test_a_problem_is_shown_with_its_line_and_a_caret(home, folder):
    """Place, message and hint on one line; the source line and the caret below it moved in."""
    change(folder, "roles.yaml", "family: film\n", "family: flim\n")
    done = check(home, folder)
    assert done.stdout.decode().splitlines() == [
        f'{folder}/roles.yaml:93:13: error: There is no family "flim". - Did you mean "film"? [unknown-family]',
        "        family: flim",
        "                ^",
    ]
    assert done.stderr.decode() == f"{folder}: 1 error, 0 warnings\n"
    assert done.returncode == 4


def test_what_is_wrong_in_many_places_is_told_once(home, folder):
    """A renamed trait is one problem on the page, with every place; the document and annotations have one for each."""
    change(folder, "traits.yaml", "- id: stage\n", "- id: performing\n")
    said = check(home, folder).stdout.decode().splitlines()
    document = json.loads(check(home, folder, "--json").stdout)
    places = [f"{one['file']}:{one['line']}:{one['column']}" for one in document["problems"]]
    assert document["errors"] == len(set(places)) == len(places) > 5
    assert said[0] == (
        f'{places[0]}: error: There is no trait "stage". The same in {len(places) - 1} more places.'
        ' - Did you mean "performing"? [unknown-trait]'
    )
    assert [line.strip() for line in said[3:]] == places[1:]
    assert all(line.startswith("    ") for line in said[1:])
    annotations = check(home, folder, "--format", "github").stdout.decode().splitlines()
    assert len(annotations) == len(places)


def test_commands_that_need_the_catalogue_tell_it_once_as_well(home, folder):
    """Whoever wanted something else gets the same short list on standard error."""
    change(folder, "traits.yaml", "- id: stage\n", "- id: performing\n")
    done = run(home, "roles", "--catalogue", folder, "--lang", "en")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.decode().count(": error: ") == 1
    assert len(re.findall(r"^    \S+\.yaml:\d+:\d+$", done.stderr.decode(), re.M)) > 4


def test_lines_of_problems_can_be_told_from_what_they_show(home, folder):
    """Whoever greps for the form of a problem gets problems alone."""
    change(folder, "roles.yaml", 'en: "Runs a plant."', 'en: "a:1:2: error: not one", extra: x')
    lines = check(home, folder).stdout.decode().splitlines()
    assert [line for line in lines if re.match(r"\S+:\d+:\d+: (error|warning): .* \[[a-z-]+\]$", line)] == lines[::3]


def test_errors_and_warnings_are_told_apart(home, folder):
    """Weaknesses alone end with 0; with --strict they end with 4, and a sound catalogue still with 0."""
    assert check(home, folder, "--strict").returncode == 0
    change(folder, "items.yaml", "trait: stage, keyed: negative", "trait: stage")
    done = check(home, folder)
    assert done.returncode == 0
    assert b"traits.yaml:18:7: warning: " in done.stdout
    assert done.stderr.decode() == f"{folder}: 0 errors, 1 warning (3 roles, 4 traits, {ITEMS} questions)\n"
    strict = check(home, folder, "--strict")
    assert (strict.returncode, strict.stdout) == (4, done.stdout)


def test_several_folders_and_files_are_checked_once_each(home, folder, tmp_path):
    """A file stands for its folder, as pre-commit names them; a folder named twice is checked once."""
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    for place in (folder, other):
        change(place, "roles.yaml", "family: film\n", "family: flim\n")
    done = check(home, folder / "roles.yaml", folder / "items.yaml", other, "--json")
    document = json.loads(done.stdout)
    assert document["catalogues"] == [str(folder), str(other)]
    assert [problem["file"] for problem in document["problems"]] == [f"{folder}/roles.yaml", f"{other}/roles.yaml"]
    assert done.returncode == 4


@pytest.mark.parametrize("form", [("--json",), ("--format", "json")])
@pytest.mark.parametrize(
    "planted",
    [
        [],
        [("roles.yaml", "family: film\n", "family: flim\n")],
        [("items.yaml", "trait: stage, keyed: negative", "trait: stage")],
    ],
)
def test_the_document_is_what_its_schema_says(home, folder, form, planted):
    """`careerfit/problems/1`, with everything in it, counted by severity."""
    for one in planted:
        change(folder, *one)
    document = json.loads(check(home, folder, *form).stdout)
    Draft202012Validator(document_schemas()["problems"]).validate(document)
    assert document["schema"] == "careerfit/problems/1"
    assert document["language"] == "en"
    assert document["errors"] + document["warnings"] == len(document["problems"]) == len(planted)


def test_without_a_name_the_catalogue_at_hand_is_checked(home, folder, tmp_path):
    """That of the settings before this folder before the shipped one; what was looked at is named."""
    change(folder, "roles.yaml", "family: film\n", "family: flim\n")
    command = [*CAREERFIT, "catalogue", "check", "--lang", "en"]
    for place, changes, said in (
        (folder, {}, "own: 1 error, 0 warnings\n"),
        (folder, {"CAREERFIT_CATALOGUE": str(SMALL)}, f"{SMALL}: 0 errors, 0 warnings "),
        (tmp_path, {"CAREERFIT_CATALOGUE": "own"}, "own: 1 error, 0 warnings\n"),
        (tmp_path, {}, f"{ROOT / 'data'}: 0 errors, 0 warnings (48 roles, "),
    ):
        done = subprocess.run(command, cwd=place, env=environment(home, **changes), capture_output=True, check=False)
        assert done.stderr.decode().startswith(said)
        assert done.returncode == (4 if "1 error" in said else 0)


SLIPS = [
    ("roles.yaml", 'en: "Production Coordinator (film)"', 'en: "production coordinator"', "name-twice"),
    ("items.yaml", 'en: "I spot slips."', "en: “I spot slips.”", "text-in-quotes"),
    ("traits.yaml", '{id: "Tampil", en: "Being on stage"}', '{id: "Tampil", en: "Leading"}', "name-twice"),
]


@pytest.mark.parametrize(("file", "good", "bad", "code"), SLIPS)
def test_a_slip_is_warned_of(home, folder, file, good, bad, code):
    """A name of another, or quotation marks that became text: once, on its line, and as a warning."""
    change(folder, file, good, bad)
    line = (folder / file).read_text(encoding="utf-8").split(bad)[0].count("\n") + 1
    done = check(home, folder)
    assert done.returncode == 0
    (said,) = [one for one in done.stdout.decode().splitlines() if f"[{code}]" in one]
    assert said.startswith(f"{folder}/{file}:{line}:")


def test_a_text_cut_by_a_comment_is_warned_of(home, folder):
    """Without quotes `#` begins a comment; in quotes, or behind them, it does no harm."""
    text = '{id: "Aku menemukan salah ketik.", en: "I spot slips."}'
    block = next(line for line in (folder / "items.yaml").read_text(encoding="utf-8").splitlines() if text in line)
    for en, warned in (("I spot # slips", True), ('"I spot # slips"', False), ('"I spot slips" # mine', False)):
        own = folder.with_name(f"own-{len(en)}")
        shutil.copytree(folder, own)
        keys = block.removeprefix("- {").split(", text: ")[0].split(", ")
        lines = [*keys, "text:", "  id: Aku menemukan salah ketik.", f"  en: {en}"]
        change(own, "items.yaml", block, "- " + "\n  ".join(lines))
        assert ("[text-cut]" in check(home, own).stdout.decode()) is warned


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('a:\n  en: "Keeping records\n  low:\n    en: "x"\n', "2:7:", "quotation mark is probably not closed"),
        ("a:\n  b: 1\n \u00a0c: 2\n", "3:2:", "The blank U+00A0"),
    ],
)
def test_a_syntax_error_names_its_cause(home, folder, text, place, said):
    """Where the cause cannot be seen at the place at which the reader stumbles, the cause is shown."""
    (folder / "traits.yaml").write_text(text, encoding="utf-8")
    (first, *_rest) = [line for line in check(home, folder).stdout.decode().splitlines() if "traits.yaml" in line]
    assert first.startswith(f"{folder}/traits.yaml:{place}")
    assert said in first


def test_stats_are_about_the_catalogue_at_hand(home, folder):
    """Without a name, inside a catalogue, that one is described."""
    command = [*CAREERFIT, "catalogue", "stats", "--json"]
    done = subprocess.run(command, cwd=folder, env=environment(home), capture_output=True, check=True)
    assert json.loads(done.stdout)["catalogue"]["name"] == "small"


def test_an_empty_file_is_shown_without_a_line(home, folder):
    """There is nothing that a caret could point at."""
    (folder / "traits.yaml").write_text("")
    assert check(home, folder).stdout.decode().count("\n") == 1


def test_a_folder_without_a_catalogue_has_no_line(home, tmp_path):
    """It is one problem without a place in a file, in every form."""
    for form in ("text", "json", "github"):
        assert check(home, tmp_path, "--format", form).returncode == 4
    text = check(home, tmp_path).stdout.decode().splitlines()
    assert len(text) == 1
    assert text[0].startswith(f"{tmp_path}: error: There is no catalogue in this folder.")
    assert b"line=" not in check(home, tmp_path, "--format", "github").stdout


def test_github_shows_problems_beside_their_lines(home, folder):
    """Each problem is one workflow command; what has a meaning in one is escaped."""
    odd = folder.rename(folder.with_name("50%, mine: own"))
    change(odd, "roles.yaml", "family: film\n", 'family: "a%0Ab::error::c"\n')
    change(odd, "items.yaml", "discrimination: 1.2", "discrimination: 12")
    done = check(home, odd, "--format", "github")
    assert done.returncode == 4
    first, second = done.stdout.decode().splitlines()
    place = str(odd).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    assert first.startswith(f"::error file={place}/items.yaml,line=5,col=")
    assert second == (
        f'::error file={place}/roles.yaml,line=93,col=13,title=unknown-family::There is no family "a%250Ab::error::c".'
    )


def test_nothing_in_a_file_reaches_the_terminal(home, folder):
    """Control and bidirectional characters of the lines shown are replaced, in a terminal and in a pipe."""
    change(folder, "roles.yaml", 'en: "Film"', 'en: "Fi\x1b]0;gone\x07\u202e\x9blm", de: "x"')
    said = check(home, folder).stdout.decode()
    assert "Fi\ufffd]0;gone\ufffd\ufffd\ufffdlm" in said
    with Terminal(home, "catalogue", "check", folder) as terminal:
        assert terminal.exit_code() == 4
        for text in (said, terminal.log):
            assert not set(text) & {"\x1b", "\x07", "\u202e", "\x9b"}


@pytest.mark.parametrize("width", [30, 60, 200])
def test_a_line_shown_fits_the_terminal(home, folder, width):
    """However long a line of the file is, what is shown of it takes one line of the window, eighty columns at most."""
    change(folder, "roles.yaml", "family: film\n", f"family: flim # {'long ' * 100}\n")
    with Terminal(home, "catalogue", "check", folder, "--lang", "en", size=(width, 24)) as terminal:
        assert terminal.exit_code() == 4
        shown = next(line for line in terminal.log.splitlines() if line.startswith("        family: flim"))
        assert len(shown) <= min(width, 84)
        assert shown.endswith("…")


def test_the_hook_runs_what_the_command_line_takes():
    """The hook names a command that exists, and files that make up a catalogue."""
    import yaml

    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert hook["entry"] == "careerfit catalogue check"
    assert hook["require_serial"] is True
    wanted = re.compile(hook["files"])
    assert all(wanted.search(name) for name in ("roles.yaml", "a/b/items.yaml", "a/traits.yaml"))
    assert not any(wanted.search(name) for name in ("myroles.yaml", "roles.yaml.bak", "a/items.yml"))


def test_the_hook_works_in_pre_commit(folder, tmp_path):
    """pre-commit, where it is installed, finds the mistake in a catalogue whose file is named."""
    program = shutil.which("pre-commit")
    if program is None:
        pytest.skip("pre-commit is not installed")
    import yaml

    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    # the command of this environment: installing it anew would need packages from elsewhere
    local = hook | {"language": "system", "entry": f"{Path(sys.executable).with_name('careerfit')} catalogue check"}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [{"repo": "local", "hooks": [local]}]}))
    change(folder, "roles.yaml", "family: film\n", "family: flim\n")
    for command in (["git", "init", "-q"], ["git", "add", "."]):
        subprocess.run(command, cwd=folder, check=True)
    done = subprocess.run(
        [program, "run", "--files", "roles.yaml"], cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "roles.yaml:93:13: " in done.stdout
