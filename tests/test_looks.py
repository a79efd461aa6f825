"""Every page in every kind of stream: nothing lost, and no colour, escape or drawing where none is wanted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from terminal import CAREERFIT, Terminal, run, warm_home

SHEET = str(Path(__file__).parent.parent / "examples" / "operations-production-director.json")
PAGES = {
    "start": (),
    "show": ("show", "operations-production-director"),
    "namesakes": ("show", "Koordinator Produksi"),
    "roles": ("roles", "--family", "film"),
    "items": ("items",),
    "score": ("score", SHEET, "--format", "text"),
    "config": ("config",),
    "evaluate": ("catalogue", "evaluate", str(Path(__file__).parent / "catalogues" / "small"), "--people", "48"),
}
QUICK = {"start", "show", "items"}
"""Pages whose looks are tried in the ordinary run; those of the others by `make test-slow`."""

every_page = pytest.mark.parametrize(
    "command",
    [pytest.param(page, id=name, marks=[] if name in QUICK else [pytest.mark.slow]) for name, page in PAGES.items()],
)
RESULTS_ALONE = ["sh", "-c", '"$0" "$@" 2>/dev/null', *CAREERFIT]
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
COLOURS = {*range(30, 50), *range(90, 108)}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("looks"))


def on_terminal(home: Path, command: tuple[str, ...], columns: int = 80, **changes: str) -> str:
    """Return the result that a command writes to a terminal."""
    looks = {"size": (columns, 24), "watched": False, "prefix": RESULTS_ALONE}
    with Terminal(home, *command, **looks, CAREERFIT_LANG="en", **changes) as terminal:
        assert terminal.exit_code() == 0
    return terminal.log.replace("\r", "")


@every_page
def test_no_color_leaves_no_colour(home, command):
    """NO_COLOR keeps bold and dim, as https://no-color.org has it, and no colour."""
    codes = {
        int(code)
        for found in ESCAPE.findall(on_terminal(home, command, NO_COLOR="1"))
        for code in found.split(";")
        if code
    }
    assert not codes & COLOURS


@every_page
@pytest.mark.parametrize("changes", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}], ids=str)
def test_plain_pages_have_no_escapes_and_no_bars(home, command, changes):
    """What is read aloud is the words alone, the same as in a pipe."""
    shown = on_terminal(home, command, **changes)
    assert "\x1b" not in shown
    assert not set("━─█▓░│┃┌┐└┘") & set(shown)
    piped = run(home, *command, CAREERFIT_LANG="en", **changes).stdout.decode()
    assert shown.split() == piped.split()
    assert max(map(len, shown.splitlines())) <= 80


@every_page
def test_a_pipe_gets_no_escapes_unless_colour_is_forced(home, command):
    """FORCE_COLOR gives a pipe the page of a terminal."""
    assert b"\x1b" not in run(home, *command).stdout
    if command and command[0] != "config":
        assert b"\x1b[" in run(home, *command, FORCE_COLOR="1").stdout


@every_page
@pytest.mark.parametrize(
    "changes",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "latin-1", "C"],
)
def test_a_terminal_with_few_characters_gets_every_line(home, command, changes):
    """Bars are drawn with what there is; a letter that is missing is written as an escape of Python's."""
    few = on_terminal(home, command, **changes)
    assert not set("━─") & set(few)
    assert few.count("\n") >= on_terminal(home, command).count("\n")


def test_a_bar_is_drawn_with_what_there_is(home):
    """Lines where the terminal knows them, and signs of ASCII where it does not."""
    fine, few = (on_terminal(home, PAGES["score"], PYTHONIOENCODING=encoding) for encoding in ("utf-8", "ascii"))
    bars = [re.findall(pattern, ESCAPE.sub("", page)) for page, pattern in ((fine, "[━─]{24}"), (few, "[#.]{24}"))]
    assert len(bars[0]) == len(bars[1]) > 0
    assert [bar.count("━") for bar in bars[0]] == [bar.count("#") for bar in bars[1]]


@pytest.mark.parametrize("command", [("show", "film-director"), ("roles",)], ids=lambda command: command[0])
def test_the_columns_of_the_environment_are_heeded(home, command):
    """COLUMNS decides where the terminal does not, as when colours are forced into a pipe."""
    shown = run(home, *command, FORCE_COLOR="1", COLUMNS="40").stdout.decode()
    assert max(cell_len(line) for line in ESCAPE.sub("", shown).split("\n")) <= 40
