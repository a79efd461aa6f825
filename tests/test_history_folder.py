"""What is told of the folder that a result's catalogue was taken from, and what is not."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from terminal import SMALL, run, saved, warm_home
from test_resume import KINDS, OPENING, quiz

ANSWERS = OPENING + "5\n4\n2\nf\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A catalogue of one's own, which may change, in a folder that says who its owner is."""
    return Path(shutil.copytree(SMALL, tmp_path / "marias-school"))


@pytest.fixture
def result(home: Path, own: Path) -> str:
    """The id of a result of that catalogue."""
    assert quiz(home, own, ANSWERS).returncode == 0
    return str(saved(home)["results"][0].id)


def history(home: Path, *arguments: str, **settings: str) -> str:
    done = run(home, "history", *arguments, "--lang", "en", **settings)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_commands_after_an_earlier_result_name_its_folder_while_it_is_unchanged(home, own, result):
    """They can be typed as they stand; the one about a role shows it."""
    commands = [line.strip() for line in history(home, "show").splitlines() if f"--catalogue {own}" in line]
    assert f"careerfit roles --catalogue {own}" in commands
    shown = next(command for command in commands if command.startswith("careerfit show "))
    assert run(home, *shown.split()[1:]).returncode == 0


@pytest.mark.parametrize("kind", ["level", "gone", pytest.param("invalid", marks=pytest.mark.slow)])
def test_they_name_no_folder_where_the_catalogue_is_another_one_now(home, own, result, kind):
    """The copy serves, and commands that would show what is there now are left out."""
    KINDS[kind](own, "")
    shown = history(home, "show", result)
    assert "--catalogue" not in shown
    assert "careerfit roles" not in shown
    assert f" --result {result}\n" in shown


def test_the_list_names_folders_where_several_catalogues_are_in_play(home, own, result):
    """Below the list, each once, under the name that the list has for it; of one catalogue alone nothing is told."""
    assert str(own) not in history(home)
    KINDS["level"](own, "")
    for _ in range(2):
        assert quiz(home, own, ANSWERS, "--new").returncode == 0
    shown = history(home)
    versions = {entry.catalogue_hash[7:13] for entry in saved(home)["results"]}
    assert len(versions) == 2
    for version in versions:
        assert shown.count(f"Catalogue small {version}: {own}\n") == 1


def test_the_list_as_a_document_has_the_folder_of_each(home, own, result):
    """Of results and of quizzes in progress; null for the shipped catalogue."""
    assert quiz(home, own, "4\nq\n", "--new").returncode == 0
    run(home, "quiz", "--plain", "--new", "--lang", "en", answers="4\nq\n")
    document = json.loads(history(home, "--json"))
    assert [entry["catalogue"]["folder"] for entry in document["results"]] == [str(own)]
    assert [entry["catalogue"]["folder"] for entry in document["unfinished"]] == [None, str(own)]


def test_a_folder_whose_name_is_no_text_is_told_as_far_as_it_is(home, own):
    """JSON holds what can be read of it."""
    odd = own.rename(own.with_name(os.fsdecode(b"caf\xe9")))
    assert quiz(home, odd, "4\nq\n").returncode == 0
    (entry,) = json.loads(history(home, "--json"))["unfinished"]
    assert entry["catalogue"]["folder"] == f"{odd.parent}/caf\ufffd"
    assert saved(home)["unfinished"][0].folder == odd


@pytest.mark.parametrize("form", ["html", "markdown", "csv", "json"])
def test_a_report_never_tells_the_folder(home, own, result, form):
    """It is made to be shared, and the path is the person's own."""
    done = run(home, "report", result, "-o", "-", "--format", form, "--catalogue", own)
    assert done.returncode == 0
    assert b"marias" not in done.stdout


def test_forgetting_removes_the_folder_from_the_file(home, own, result):
    """Not a byte of its path is left."""
    store = next(home.glob("*.sqlite3"))
    assert b"marias" in store.read_bytes()
    run(home, "history", "forget", result, "--yes")
    assert b"marias" not in store.read_bytes()
