"""What can be typed after a result: each command runs as it stands there, on the catalogue of the result."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from shlex import quote

import pytest
from terminal import CAREERFIT, SMALL, environment, run, warm_home

OPENING = "\n" * 7


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    """A folder with a catalogue whose name needs quotes."""
    folder = tmp_path_factory.mktemp("next") / "my school"
    shutil.copytree(SMALL, folder)
    return folder


def taken(home: Path, *options: str | Path, answers: str = "4\n2\n5\n", **changes: str) -> str:
    """Take a quiz and return the page it ends with."""
    done = run(home, "quiz", "--plain", *options, answers=OPENING + answers, CAREERFIT_LANG="en", **changes)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def commands(page: str) -> list[str]:
    """Return the commands that a page ends with."""
    steps = page.partition("What you can type next\n")[2]
    return [line.strip() for line in steps.splitlines() if line.startswith("     careerfit ")]


def typed(home: Path, command: str, folder: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Type a command in a folder."""
    spoken = environment(home, CAREERFIT_LANG="en", **changes)
    return subprocess.run(["bash", "-c", command], cwd=folder, env=spoken, capture_output=True, input=b"", check=False)


def test_each_step_after_a_quiz_on_ones_own_catalogue_goes_on_with_it(tmp_path, own):
    """All of them name its folder and run; a new quiz asks its questions."""
    home = warm_home(tmp_path)
    found = commands(taken(home, "--catalogue", own))
    names = " ".join(command.split()[1] for command in found)
    assert names == "explain compare path show show report roles quiz"
    for command in found[:-1]:
        assert command.endswith(f"--catalogue {quote(str(own))}")
        assert typed(home, command, tmp_path).returncode == 0, command
    assert (tmp_path / "result.html").exists()
    assert "Before we start" in typed(home, f"{found[-1]} --plain", tmp_path).stderr.decode()


def test_a_catalogue_that_the_settings_name_need_not_be_typed(tmp_path, own):
    """The commands are short, and run where the settings hold."""
    home = warm_home(tmp_path)
    found = commands(taken(home, CAREERFIT_CATALOGUE=str(own)))
    assert not any("--catalogue" in command for command in found)
    for command in found[:-1]:
        assert typed(home, command, tmp_path, CAREERFIT_CATALOGUE=str(own)).returncode == 0, command


def test_a_result_whose_catalogue_is_gone_is_gone_on_with_as_far_as_its_copy_goes(tmp_path, own):
    """Roles and a quiz of another catalogue are not offered; what reads the result by its copy is, and runs."""
    home = warm_home(tmp_path)
    gone = Path(shutil.copytree(own, tmp_path / "gone"))
    taken(home, "--catalogue", gone)
    shutil.rmtree(gone)
    found = commands(run(home, "history", "show", CAREERFIT_LANG="en").stdout.decode())
    assert [command.split()[1] for command in found] == ["explain", "compare", "path", "report"]
    for command in found:
        assert typed(home, command, tmp_path).returncode == 0, command


def test_an_older_result_is_named_in_what_reads_it(tmp_path, own):
    """Its id stands where the command takes it, so that it is not the newest that is explained."""
    home = warm_home(tmp_path)
    for answers in ("4\n2\n5\n", "1\n1\n"):
        taken(home, "--catalogue", own, "--new", answers=answers)
    name = json.loads(run(home, "history", "list", "--json").stdout)["results"][1]["id"]
    found = commands(run(home, "history", "show", name, CAREERFIT_LANG="en").stdout.decode())
    found = [command for command in found if name in command]
    assert [command.split()[1] for command in found] == ["explain", "compare", "path", "report"]
    for command in found:
        done = typed(home, f"{command} --json" if "report" not in command else command, tmp_path)
        assert done.returncode == 0, command
        assert name in (done.stdout.decode() or (tmp_path / "result.html").read_text()), command


def test_what_is_not_kept_is_not_to_be_read_again(tmp_path):
    """After a quiz that was not saved, and after a sheet, only the catalogue is offered."""
    home = warm_home(tmp_path)
    page = taken(home, "--no-save", "--catalogue", SMALL)
    assert {command.split()[1] for command in commands(page)} == {"show", "roles", "quiz"}


def test_without_an_answer_there_is_nothing_to_explain(tmp_path):
    """The roles and another quiz are all there is."""
    page = taken(warm_home(tmp_path), "--catalogue", SMALL, answers="f\n")
    assert [command.split()[1] for command in commands(page)] == ["roles", "quiz"]


def test_a_program_that_its_name_does_not_find_is_named_as_it_was_reached(tmp_path):
    """A path from the folder one stands in, and it runs from there."""
    page = run(tmp_path / "home", PATH=os.defpath, CAREERFIT_LANG="en").stdout.decode()
    found = [line.strip() for line in page.splitlines() if line.startswith("  ") and "/careerfit " in line]
    assert found
    reached = os.path.relpath(CAREERFIT[0])
    assert {command.split()[0] for command in found} == {reached}
    assert typed(tmp_path / "home", f"{reached} roles", Path.cwd(), PATH=os.defpath).returncode == 0


def test_what_uv_ran_is_run_by_uv_again(tmp_path):
    """Nothing is on the path then either."""
    page = run(tmp_path / "home", UV_RUN_RECURSION_DEPTH="1", PATH=os.defpath, CAREERFIT_LANG="en").stdout.decode()
    assert "uv run careerfit quiz" in page
