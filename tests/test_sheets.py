"""A sheet of answers where a result is taken: scored at once, read like any result, and said to be a sheet's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import SMALL, run, warm_home

GOOD = {"schema": "careerfit/answers/1", "respondent": "Putri", "responses": {"own-part": 4, "hand-out-tasks": 1}}
OTHER = {**GOOD, "respondent": None, "responses": {"own-part": 0, "hand-out-tasks": 4}}
MADE = {"id", "created", "result", "made_on", "older", "newer"}
"""What differs from one scoring to the next."""

READINGS = [
    ("explain", "plant-head", "--result", "{file}"),
    ("compare", "plant-head", "coordinator-film", "--result", "{file}"),
    ("path", "plant-head", "--result", "{file}"),
    ("history", "show", "{file}"),
    ("report", "{file}", "--format", "markdown", "-o", "-"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("sheets"))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("sheet") / "putri.json"
    file.write_text(json.dumps(GOOD))
    return file


def read(home: Path, command: tuple[str, ...], file: object, *options: str, answers: str = ""):
    words = [word.format(file=file) for word in command]
    return run(home, *words, *options, "--catalogue", SMALL, "--lang", "en", answers=answers)


def document(done) -> dict:
    assert (done.returncode, done.stderr) == (0, b"")
    return {key: value for key, value in json.loads(done.stdout).items() if key not in MADE}


@pytest.mark.parametrize("command", READINGS, ids=lambda command: command[0])
def test_a_page_says_that_it_goes_by_a_sheet(home, sheet, command):
    """It names the file and no id, under which nothing would be found."""
    done = read(home, command, sheet)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"answer sheet {sheet.name if command[0] == 'report' else sheet}" in done.stdout.decode()
    scored = json.loads(read(home, ("score", "{file}"), sheet, "--json").stdout)
    assert "Putri" in done.stdout.decode()
    assert scored["created"][:10] not in done.stdout.decode()


@pytest.mark.parametrize("command", READINGS[:4], ids=lambda command: command[0])
def test_a_sheet_reads_as_its_result_does(home, sheet, tmp_path, command):
    """The same document as of the result that `score` makes of it first, from a file or from standard input."""
    result = read(home, ("score", "{file}"), sheet, "--json").stdout
    (tmp_path / "result.json").write_bytes(result)
    expected = document(read(home, command, tmp_path / "result.json", "--json"))
    assert document(read(home, command, sheet, "--json")) == expected
    assert document(read(home, command, "-", "--json", answers=sheet.read_text())) == expected


def test_a_sheet_may_be_yaml(home, tmp_path):
    """As `score` takes it."""
    (tmp_path / "putri.yaml").write_text("respondent: Putri\nresponses:\n  own-part: 4\n  hand-out-tasks: 1\n")
    done = read(home, READINGS[0], tmp_path / "putri.yaml")
    assert "putri.yaml · Putri · 2 answers" in done.stdout.decode()


WRONG = [
    '{"schema": "careerfit/answers/1",\n "responses": {"own-part": 9, "no-part": 1}}',
    '{"schema": "careerfit/answers/2", "responses": {}}',
    '{"responses": {"own-part": 1}, "person": "x"}',
    '{"schema": "careerfit/answers/1", "responses": {"own-part": 1\n "b": 2}}',
    '{"responses": {"theirs": 1}}',
]


@pytest.mark.parametrize(("command", "text"), [*zip(READINGS, WRONG, strict=True)])
def test_what_is_wrong_in_a_sheet_is_told_as_by_score(home, tmp_path, command, text):
    """With file, line and column, and the same exit code."""
    (tmp_path / "wrong.json").write_text(text)
    scored = read(home, ("score", "{file}"), tmp_path / "wrong.json")
    assert scored.returncode == 4
    assert f"{tmp_path}/wrong.json:" in scored.stderr.decode()
    done = read(home, command, tmp_path / "wrong.json")
    assert (done.returncode, done.stdout, done.stderr) == (4, b"", scored.stderr)


def test_several_sheets_in_a_file_are_no_result(home, tmp_path):
    """Where the second begins is said."""
    (tmp_path / "two.json").write_text(f"{json.dumps(GOOD)}\n{json.dumps(OTHER)}\n")
    done = read(home, READINGS[0], tmp_path / "two.json")
    assert done.returncode == 4
    assert done.stderr.decode().startswith(f"{tmp_path}/two.json:2:1: error: ")


def test_a_role_that_a_sheet_s_catalogue_lacks_is_as_without_a_result(home, sheet):
    """There is no other result to look for it in."""
    done = read(home, ("explain", "plant-hed", "--result", "{file}"), sheet)
    assert done.returncode == 2
    assert "Did you mean plant-head?" in done.stderr.decode()


def test_two_sheets_are_told_apart(home, sheet, tmp_path):
    """As two results are, each named by its file; the answers that differ are those of the sheets."""
    (tmp_path / "other.json").write_text(json.dumps(OTHER))
    command = ("history", "diff", "{file}", str(tmp_path / "other.json"))
    told = read(home, command, sheet).stdout.decode()
    assert f"before: the answer sheet {sheet} · Putri · 2 questions answered" in told
    assert f"now: the answer sheet {tmp_path}/other.json · 2 questions answered" in told
    moves = document(read(home, command, sheet, "--json"))["answers"]
    assert {(move["item"], move["before"], move["after"]) for move in moves} == {
        ("own-part", 4, 0),
        ("hand-out-tasks", 1, 4),
    }


def test_next_steps_go_on_from_the_sheet(home, sheet):
    """The commands that are offered name it, and work."""
    told = read(home, READINGS[3], sheet).stdout.decode()
    assert f"--result {sheet}" in told


def test_nothing_is_kept_of_a_sheet(home, sheet):
    """Reading it is no quiz."""
    read(home, READINGS[0], sheet)
    assert json.loads(run(home, "history", "--json").stdout)["results"] == []


def test_a_sheet_without_answers_says_that_it_says_nothing(home, tmp_path):
    """On the page, and beside a document."""
    (tmp_path / "empty.json").write_text(json.dumps({**GOOD, "responses": {"own-part": None}}))
    for command in (READINGS[0], READINGS[3]):
        assert "You have not answered any question yet" in read(home, command, tmp_path / "empty.json").stdout.decode()
    said = read(home, READINGS[0], tmp_path / "empty.json", "--json").stderr.decode()
    assert said == f"No question is answered in {tmp_path}/empty.json: its ranking says nothing about anybody.\n"
