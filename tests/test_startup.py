"""What a start imports: start-up time is a feature, and an import is how it gets lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminal import CAREERFIT, run, warm_home

SHEET = Path(__file__).parent.parent / "examples" / "operations-clerk.json"
SLOW = {"yaml", "numpy", "rich", "prompt_toolkit", "jinja2", "pydantic", "msgspec", "asyncio"}
"""Packages that a page in a pipe has no use for."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("startup"))


def imported(home: Path, *arguments: str | Path) -> set[str]:
    """Return the top-level packages that a command imports, its output going into a pipe."""
    done = run(home, *arguments, prefix=[sys.executable, "-X", "importtime", *CAREERFIT])
    assert done.returncode == 0, done.stderr.decode()
    lines = (line for line in done.stderr.decode().splitlines() if line.startswith("import time:"))
    return {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "operations-clerk"),
        ("show", "operations-clerk", "--json"),
        ("show", "Operations Clerk", "--lang", "en"),
        ("show", "Koordinator Produksi"),
        ("roles",),
        ("roles", "--search", "produksi", "--json"),
    ],
    ids=" ".join,
)
def test_a_page_in_a_pipe_imports_nothing_slow(home, arguments):
    """With a warm cache neither `show` nor `roles` needs a parser, the engine or a screen."""
    packages = imported(home, *arguments)
    assert "careerfit" in packages
    assert not packages & SLOW


def test_help_imports_no_command(home):
    """Help is in the declarations; the work's modules stay unloaded."""
    assert not imported(home, "--help") & SLOW


def test_a_score_in_a_pipe_imports_no_screen(home):
    """Scoring needs the engine, but nothing that draws and no parser of catalogues it has compiled."""
    packages = imported(home, "score", SHEET)
    assert "numpy" in packages
    assert not packages & {"prompt_toolkit", "rich", "jinja2", "pydantic", "asyncio"}


def test_a_quiz_in_lines_imports_no_screen(home):
    """The plain front end stays without prompt_toolkit and rich."""
    assert not imported(home, "quiz", "--plain", "--no-save") & {"prompt_toolkit", "rich", "jinja2", "pydantic"}


def test_a_report_imports_no_engine_and_no_screen(home, tmp_path):
    """A page needs the template engine, a table not even that; nothing is computed anew."""
    result = tmp_path / "result.json"
    result.write_bytes(run(home, "score", SHEET, "--json").stdout)
    assert imported(home, "report", result) & SLOW == {"jinja2", "msgspec"}
    assert imported(home, "report", result, "--format", "csv") & SLOW == {"msgspec"}


def test_the_questions_about_the_person_need_no_engine(home):
    """A quiz that is left at its first question has not imported numpy: that question need not wait for it."""
    done = run(home, "quiz", "--plain", answers="q\n", prefix=[sys.executable, "-X", "importtime", *CAREERFIT])
    assert done.returncode == 0
    assert b"careerfit.session" in done.stderr
    assert b"numpy" not in done.stderr


def test_only_the_command_that_is_called_is_built():
    """A command line that begins with a command leaves Typer one command to make parameters for; help keeps all."""
    from careerfit.cli.app import DECLARED, build

    def built(first: str) -> list[str]:
        app = build(first)
        names = [command.name or command.callback.__name__ for command in app.registered_commands]
        return [*names, *(group.typer_instance.info.name for group in app.registered_groups)]

    everything = [name for names in DECLARED.values() for name in names]
    assert sorted(built("--help")) == sorted(everything)
    assert len(everything) > 1
    assert [built(name) for name in everything] == [[name] for name in everything]
