"""Every page in windows from 20 to 132 columns, in both languages: no line too wide, and no word lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from terminal import CAREERFIT, SMALL, Terminal, run, warm_home

EXAMPLES = Path(__file__).parent.parent / "examples"
RESULT, EARLIER = "{home}/result.json", "{home}/earlier.json"
PAGES = {
    "start": (),
    "help": ("--help",),
    "show": ("show", "operations-production-director"),
    "namesakes": ("show", "Koordinator Produksi"),
    "roles": ("roles", "--family", "film"),
    "items": ("items",),
    "score": ("score", str(EXAMPLES / "production-department-head.json"), "--format", "text"),
    "explain": ("explain", "production-department-head", "--result", RESULT),
    "compare": ("compare", "film-director", "line-producer", "--result", RESULT),
    "compare without a result": ("compare", "film-director", "line-producer"),
    "path": ("path", "plant-manager", "--result", RESULT),
    "diff": ("history", "diff", EARLIER, RESULT),
    "where": ("history", "where"),
    "config": ("config",),
    "stats": ("catalogue", "stats", str(SMALL)),
    "evaluate": ("catalogue", "evaluate", str(SMALL), "--people", "48"),
}
RESULTS_ALONE = ["sh", "-c", '"$0" "$@" 2>/dev/null', *CAREERFIT]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = re.compile(r" +careerfit \S")
QUICK = [("id", 40), ("en", 20)]
EVERY = [(language, columns) for language in ("id", "en") for columns in (20, 40, 60, 80, 132)]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home with two results of the same person in it, as files."""
    home = warm_home(tmp_path_factory.mktemp("widths"))
    sheet = json.loads((EXAMPLES / "production-department-head.json").read_text("utf-8"))
    for name, count in (("result", 220), ("earlier", 120)):
        said = {**sheet, "responses": dict(list(sheet["responses"].items())[:count])}
        done = run(home, "score", "-", "--json", "--lang", "en", answers=json.dumps(said))
        assert done.returncode == 0, done.stderr
        (home / f"{name}.json").write_bytes(done.stdout)
    return home


def letters(text: str) -> str:
    """Return what a page says, however it is broken into lines: no blanks, drawn lines, rules or escapes."""
    return re.sub(r"[━─●·#.=\\\s…]", "", ESCAPE.sub("", text))


@pytest.mark.parametrize(
    ("language", "columns"),
    [*QUICK, *(pytest.param(*one, marks=pytest.mark.slow) for one in EVERY if one not in QUICK)],
)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_the_window_and_loses_nothing(home, page, language, columns):
    """No line is wider than the window, but for commands to be copied, and together the lines say what a pipe gets."""
    command = tuple(part.format(home=home) for part in PAGES[page])
    looks = {"size": (columns, 24), "watched": False, "prefix": RESULTS_ALONE, "CAREERFIT_LANG": language}
    with Terminal(home, *command, **looks) as terminal:
        assert terminal.exit_code() == 0
    shown = terminal.log.replace("\r", "")
    piped = run(home, *command, CAREERFIT_LANG=language).stdout.decode()
    lines = ESCAPE.sub("", shown).split("\n")
    assert max(cell_len(line) for line in lines if not COMMAND.match(line)) <= columns
    assert len(letters(piped)) > 100
    assert letters(shown) == letters(piped)
