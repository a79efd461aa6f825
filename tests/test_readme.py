"""The README is true: its commands run as written, and what it quotes is what they print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.removeprefix("$ ") for line in README.splitlines() if line.startswith("$ careerfit")]
QUOTED = "careerfit score examples/film-production-coordinator.json --lang en"


def run(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "CAREERFIT_HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs_as_written(command, tmp_path):
    """It ends with 0 and prints something."""
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_there_are_commands_to_run():
    """The console sessions of the README are found."""
    assert len(COMMANDS) >= 3


def test_the_quoted_result_is_what_the_command_prints(tmp_path):
    """Every line of the README's excerpt stands in the output of the command it names, in that order."""
    excerpt = README.split(f"`{QUOTED}`:\n\n```\n", 1)[1].split("```", 1)[0]
    printed = run(f"{QUOTED} --format text", tmp_path).stdout.splitlines()
    place = -1
    for line in excerpt.splitlines():
        words = re.sub(r"[━─]+ ", "", line).strip()
        if words:
            place = next(number for number, other in enumerate(printed) if number > place and other.strip() == words)


def test_every_command_is_described():
    """The table of commands names each command of the program."""
    from careerfit.cli.app import build

    app = build()
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    names += [
        f"{group.typer_instance.info.name} {command.name}"
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands
    ]
    assert [name for name in names if f"`careerfit {name}" not in README] == []


def test_every_exit_code_is_described():
    """The table of exit codes has each code the program can end with."""
    from careerfit.errors import ExitCode

    cells = re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE)
    described = {int(number) for cell in cells for number in cell.split(", ")}
    assert set(map(int, ExitCode)) == described
