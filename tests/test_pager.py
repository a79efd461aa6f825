"""Long pages on a terminal go through a pager; short ones, pipes and plain terminals never see it."""

from __future__ import annotations

import re
import shutil
import stat
import time
from pathlib import Path

import pytest
from terminal import CAREERFIT, CTRL_C, SMALL, Terminal, run, warm_home

LONG = ("show", "operations-clerk", "--lang", "en")
PAGED = {
    "show": LONG,
    "roles": ("roles",),
    "items": ("items",),
    "score": ("score", str(Path(__file__).parent.parent / "examples" / "half-finished.json")),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("pager"))


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that keeps what it is given, says that it was there, and notes the variables meant for it."""
    script = tmp_path / "my pager"
    script.write_text(
        f'#!/bin/sh\ncat > "{tmp_path}/given"\necho "$LESS $LESSCHARSET" > "{tmp_path}/looks"\necho PAGED\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def shown(home: Path, *arguments: str, code: int = 0, size: tuple[int, int] = (80, 24), **changes: str) -> str:
    """Run a command in a terminal to its end, and return all it wrote."""
    with Terminal(home, *arguments, size=size, watched=False, **changes) as terminal:
        assert terminal.exit_code() == code
    return terminal.log


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r", "")


@pytest.mark.parametrize("command", PAGED.values(), ids=PAGED)
def test_a_page_higher_than_the_window_goes_to_the_pager(home, pager, tmp_path, command):
    """All of it and with its colours, and nothing beside it on the terminal."""
    log = shown(home, *command, CAREERFIT_PAGER=f"'{pager}'")
    assert log.strip() == "PAGED"
    given = (tmp_path / "given").read_text()
    assert "\x1b[" in given
    assert plain(given) == plain(shown(home, *command, CAREERFIT_PAGER=""))
    assert re.fullmatch(r"FRXPs.*\$ utf-8\n", (tmp_path / "looks").read_text())


def test_a_page_that_fits_is_printed(home, pager):
    """Nobody has to leave a pager for three lines."""
    log = shown(home, "roles", "--catalogue", str(SMALL), CAREERFIT_PAGER=f"'{pager}'")
    assert "PAGED" not in log
    assert "PAGED" not in shown(home, *LONG, size=(80, 500), CAREERFIT_PAGER=f"'{pager}'")


@pytest.mark.parametrize(
    ("arguments", "changes"),
    [
        (("--no-pager",), {}),
        ((), {"TERM": "dumb"}),
        ((), {"ACCESSIBLE": "1"}),
        ((), {"CAREERFIT_PLAIN": "1"}),
        ((), {"CAREERFIT_PAGER": ""}),
        ((), {"CAREERFIT_PAGER": "cat"}),
    ],
    ids=str,
)
def test_no_pager_is_started(home, pager, arguments, changes):
    """The option, a terminal that only prints, and a setting each keep the pager away; the page is there whole."""
    log = shown(home, *LONG, *arguments, **{"CAREERFIT_PAGER": f"'{pager}'", **changes})
    assert "PAGED" not in log
    assert log.count("\n") > 24


def test_the_option_may_stand_before_the_command(home, pager):
    """As in other programs."""
    assert "PAGED" not in shown(home, "--no-pager", *LONG, CAREERFIT_PAGER=f"'{pager}'")


def test_a_pipe_never_goes_to_the_pager(home, pager):
    """Not even with colours forced."""
    done = run(home, *LONG, CAREERFIT_PAGER=f"'{pager}'", FORCE_COLOR="1")
    assert b"PAGED" not in done.stdout
    assert b"\x1b[" in done.stdout


def test_the_pager_of_others_counts_after_ours(home, pager):
    """$CAREERFIT_PAGER, then $PAGER."""
    mine = f"'{pager}'"
    assert "PAGED" in shown(home, *LONG, CAREERFIT_PAGER=mine, PAGER="/bin/false")
    without = ["env", "-u", "CAREERFIT_PAGER", *CAREERFIT]
    with Terminal(home, *LONG, watched=False, prefix=without, PAGER=mine) as terminal:
        assert terminal.exit_code() == 0
    assert terminal.log.strip() == "PAGED"


@pytest.mark.parametrize("wrong", ["/nowhere/at-all", "an 'open quote", "/"])
def test_a_pager_that_cannot_start_is_done_without(home, wrong):
    """The page is printed as if there were none, and nothing is said."""
    log = shown(home, *LONG, CAREERFIT_PAGER=wrong)
    assert log == shown(home, *LONG, CAREERFIT_PAGER="")


def test_leaving_the_pager_early_is_quiet(home):
    """A pager that reads one line of a page larger than a pipe holds: exit 0, no complaint."""
    log = shown(home, "items", CAREERFIT_PAGER="head -n 1")
    assert len(plain(log).splitlines()) == 1


def test_the_quiz_never_goes_to_the_pager(pager, tmp_path):
    """Its result is printed where the questions were, be it higher than the window."""
    own, size = warm_home(tmp_path), (80, 8)
    with Terminal(own, "quiz", "--lang", "en", size=size, CAREERFIT_PAGER=f"'{pager}'") as terminal:
        terminal.wait_for("1  start").send("\r")
        terminal.wait_for("1 of 7").send("ff")
        assert terminal.exit_code() == 0
    page = plain(terminal.log).partition("Your result\n")[2]
    assert page.count("\n") > 8
    assert "PAGED" not in page


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_less_shows_the_page_and_is_left_with_q(home):
    """The pager most people have: the top of the page, the next screen with a blank, and out with q, exit 0."""
    with Terminal(home, *LONG, CAREERFIT_PAGER="less") as terminal:
        terminal.wait_for("Operations Clerk")
        terminal.wait_for("space: go on, b: back, q: leave")
        top = terminal.text
        terminal.send(" ").wait(lambda one: one.text != top, "the next screen")
        terminal.send("G").wait_for("the end; b: back, q: leave")
        terminal.send("q")
        assert terminal.exit_code() == 0


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_ctrl_c_is_for_the_pager(home):
    """It goes on showing the page, and nothing is said when it is left."""
    with Terminal(home, "items", CAREERFIT_PAGER="less") as terminal:
        top = terminal.wait(lambda one: one.text.endswith("keluar"), "its prompt").lines[0]
        terminal.send(CTRL_C)
        asked = [time.monotonic()]

        def moved_on(one: Terminal) -> bool:
            """Whether another screen is shown; asks for it again, as the pager drops keys while it takes a Ctrl-C."""
            if time.monotonic() > asked[-1] + 0.3:
                asked.append(time.monotonic())
                one.send(" ")
            return one.lines[0] != top

        terminal.wait(moved_on, "the next screen")
        terminal.send("q")
        assert terminal.exit_code() == 0
    assert "careerfit:" not in terminal.log
    assert "Traceback" not in terminal.log
