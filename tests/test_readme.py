"""The README is true: its commands run as written, and what it quotes is what they print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = {"en": (ROOT / "README.md").read_text("utf-8"), "id": (ROOT / "README.id.md").read_text("utf-8")}
COMMANDS = sorted(
    {
        line.removeprefix("$ ")
        for readme in READMES.values()
        for line in readme.splitlines()
        if line.startswith("$ careerfit")
    }
)


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


@pytest.mark.parametrize("language", READMES)
def test_the_quoted_result_is_what_the_command_prints(language, tmp_path):
    """Every line of the README's excerpt stands in the output of the command it names, in that order."""
    quoted = f"careerfit score examples/film-production-coordinator.json --lang {language}"
    excerpt = READMES[language].split(f"`{quoted}`:\n\n```\n", 1)[1].split("```", 1)[0]
    printed = run(f"{quoted} --format text", tmp_path).stdout.splitlines()
    place = -1
    for line in filter(str.strip, excerpt.splitlines()):
        place = next(number for number, other in enumerate(printed) if number > place and other.strip() == line.strip())


@pytest.mark.parametrize("language", READMES)
def test_every_command_is_described(language):
    """The table of commands names each command of the program."""
    from careerfit.cli.app import build

    app = build()
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    names += [
        f"{group.typer_instance.info.name} {command.name}"
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands
    ]
    assert [name for name in names if f"`careerfit {name}" not in READMES[language]] == []


def test_the_readmes_say_the_same():
    """Both have the same parts, pictures of their own language, commands to run and figures."""
    english, indonesian = READMES["en"], READMES["id"]
    assert [line.count("#") for line in english.splitlines() if line.startswith("#")] == [
        line.count("#") for line in indonesian.splitlines() if line.startswith("#")
    ]
    assert "docs/result.svg" in english
    assert "docs/result.id.svg" in indonesian
    assert re.findall(r"\d+%", english) == re.findall(r"\d+%", indonesian)
    assert len([line for line in english.splitlines() if line.startswith("$ ")]) == len(
        [line for line in indonesian.splitlines() if line.startswith("$ ")]
    )


@pytest.mark.parametrize("language", READMES)
def test_a_readme_points_to_files_that_exist(language):
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\(([^)#]+)\)", READMES[language])
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
