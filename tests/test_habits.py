"""Habits of good command lines: what is said of a wrong one, help with examples, and what to do next."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
from terminal import SMALL, environment, run, warm_home
from typer.core import TyperGroup
from typer.main import get_command

from careerfit.cli.app import build
from careerfit.cli.help import examples as examples_of

ROOT = Path(__file__).parent.parent
LANGUAGES = ["id", "en"]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("habits"))


def commands(command=None, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Return every command and group by the words that call it, the root by none."""
    command = command or get_command(build())
    found = {path: command}
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            found |= commands(inner, (*path, name))
    return found


EVERY = commands()
GROUPS = [path for path, command in EVERY.items() if isinstance(command, TyperGroup)]


def said(home: Path, *arguments: str, code: int = 2, **options: str) -> list[str]:
    """Run a command that has to fail with a code and no result, and return the lines it says."""
    done = run(home, *arguments, **options)
    assert (done.returncode, done.stdout) == (code, b""), done.stderr.decode()
    return done.stderr.decode().splitlines()


@pytest.mark.parametrize(("ended", "code"), [(0, 0), (130, 0), (1, 2), (8, 2), (143, 2)])
def test_make_quiz_ends_quietly_for_ctrl_c_alone(tmp_path, ended, code):
    """Everything else that goes wrong is a failure of make as well."""
    program = tmp_path / "careerfit"
    program.write_text(f"#!/bin/sh\nexit {ended}\n")
    program.chmod(0o755)
    command = ["make", "-s", "-o", ".venv/installed", "quiz", f"BIN={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == code
    assert bool(done.stderr) == bool(code)


# Wrong command lines


@pytest.mark.parametrize(
    ("arguments", "wrong", "hint"),
    [
        (["nope"], "There is no command “nope”.", "`careerfit --help`"),
        (["shwo"], "There is no command “shwo”.", "Did you mean careerfit show, careerfit history show?"),
        (
            ["history", "hapus"],
            "There is no command “hapus”.",
            "`careerfit history` has: list, show, diff, forget, where",
        ),
        (["roles", "--plain"], "`careerfit roles` has no option “--plain”.", "CAREERFIT_PLAIN=1"),
        (["catalogue", "chek"], "There is no command “chek”.", "Did you mean careerfit catalogue check?"),
        (["evaluate"], "There is no command “evaluate”.", "Did you mean careerfit catalogue evaluate?"),
        (["show"], "ROLE is missing.", "`careerfit show --help`"),
        (
            ["catalogue", "schema"],
            "Name the schema to print, or use --write with the catalogue to write them for.",
            "The schemas are: roles, traits, items, answers, result",
        ),
        (["catalogue", "schema", "rolls"], "NAME cannot be “rolls”.", "Did you mean roles, "),
        (["score", "--format", "xml"], "--format cannot be “xml”.", "It takes one of: text, json"),
        (["score", "--format", "jsn"], "--format cannot be “jsn”.", "Did you mean json, ndjson?"),
        (["score", "--formt", "json"], "`careerfit score` has no option “--formt”.", "Did you mean --format?"),
        (["roles", "--family", "flim"], "There is no family “flim”.", "Did you mean film?"),
        (["roles", "-x"], "`careerfit roles` has no option “-x”.", "`careerfit roles --help`"),
        (["--verison"], "`careerfit` has no option “--verison”.", "Did you mean --version?"),
        (["items", "--json=yes"], "--json takes no value.", "`careerfit items --help`"),
        (["roles", "--family"], "--family needs a value.", "Write it as: --family FAMILY"),
        (["roles", "a", "b"], "`careerfit roles` has no use for “a b”.", "`careerfit roles --help`"),
        (["quiz", "--max-items", "0"], "--max-items takes a whole number from 1 to 500, not “0”.", "--help`"),
        (["quiz", "--max-items", "many"], "--max-items takes a whole number from 1 to 500, not “many”.", "--help`"),
        (["catalogue", "evaluate", "--seed", "-1"], "--seed takes a whole number, 0 or more, not “-1”.", "--help`"),
        (["catalogue", "evaluate", "--noise", "hgih"], "--noise cannot be “hgih”.", "Did you mean high?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_gets_a_sentence_and_a_hint(home, arguments, wrong, hint):
    """One form for all: what is wrong behind the name of the program, then what to do; exit 2."""
    first, second = said(home, *arguments, CAREERFIT_LANG="en")
    assert first == f"careerfit: {wrong}"
    assert second.startswith("  ")
    assert hint in second


@pytest.mark.parametrize(
    ("variable", "value", "wrong"),
    [
        ("CAREERFIT_MAX_ITEMS", "many", "CAREERFIT_MAX_ITEMS takes a whole number from 1 to 500, not “many”."),
        ("CAREERFIT_SAVE", "perhaps", "CAREERFIT_SAVE takes yes or no, not “perhaps”."),
    ],
)
def test_a_wrong_variable_is_named(home, variable, value, wrong):
    """When the value is from the environment, that is where it has to be mended."""
    assert said(home, "quiz", **{variable: value}, CAREERFIT_LANG="en")[0] == f"careerfit: {wrong}"


def test_a_value_with_control_characters_is_shown_harmlessly(home):
    """What was typed is only ever text."""
    lines = said(home, "score", "--format", "\x1b[31mred\u202e")
    assert not [c for c in "".join(lines) if ord(c) < 32 or c in "\x7f\x9b\u202e"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["show", "xyzzy"], 2), (["show"], 2), (["nope"], 2), (["score", "missing.json"], 4)],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_goes_wrong_is_a_document_when_one_is_asked_for(home, arguments, code, language):
    """With --json one JSON object on standard error holds what else would be said in lines."""
    lines = said(home, *arguments, "--json", code=code, CAREERFIT_LANG=language)
    plain = said(home, *arguments, code=code, CAREERFIT_LANG=language)
    (line,) = lines
    document = json.loads(line)
    assert document.keys() == {"schema", "code", "message", "hint", "problems"}
    assert (document["schema"], document["code"], document["problems"]) == ("careerfit/error/1", code, [])
    assert [f"careerfit: {document['message']}", *([f"  {document['hint']}"] if document["hint"] else [])] == plain


def test_a_hostile_name_leaves_the_document_whole(home):
    """Whatever was typed, the line is JSON and has no character that steers a terminal."""
    (line,) = said(home, "show", "--json", "--", '\x1b[31m\u202e\x9b\n"} {')
    assert json.loads(line)["code"] == 2
    assert not [c for c in line if ord(c) < 32 or c in "\x7f\x9b\u202e"]


def test_the_problems_of_a_file_are_in_the_document(home, tmp_path):
    """Each with its code and place, as `catalogue check --json` has them."""
    sheet = tmp_path / "sheet.json"
    sheet.write_text('{"schema": "careerfit/answers/1",\n "responses": {"nope": 1}}')
    (line,) = said(home, "score", str(sheet), "--json", code=4)
    (problem,) = json.loads(line)["problems"]
    assert (problem["file"], problem["line"], problem["severity"]) == (str(sheet), 2, "error")
    jsonschema.validate(problem, {"required": ["code", "column", "path", "message", "hint"]})


# The language


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "en", "show", "plant-head"],
        ["show", "--lang=en", "plant-head"],
        ["show", "plant-head", "--lang", "en"],
    ],
    ids=" ".join,
)
def test_the_language_may_stand_anywhere(home, arguments):
    """Before the command, behind it and at the end it is the same option."""
    done = run(home, *arguments, "--catalogue", SMALL)
    assert done.stdout == run(home, "show", "plant-head", "--catalogue", SMALL, CAREERFIT_LANG="en").stdout


def test_the_language_may_stand_behind_a_group(home):
    """Groups take --lang like commands."""
    inside = run(home, "catalogue", "--lang", "en", "check", SMALL, "--json")
    assert inside.returncode == 0
    assert inside.stdout == run(home, "catalogue", "check", SMALL, "--json", "--lang", "en").stdout


# Help


@pytest.mark.parametrize("path", EVERY, ids=lambda path: " ".join(path) or "careerfit")
@pytest.mark.parametrize("columns", [20, *(pytest.param(one, marks=pytest.mark.slow) for one in (40, 80, 200))])
def test_help_fits_the_window(home, path, columns):
    """No line is wider than the window, or than 80 columns, but for a word of an example that is by itself."""
    page = run(home, *path, "--help", COLUMNS=str(columns)).stdout.decode()
    for line in page.splitlines():
        assert len(line) <= min(columns, 80) or len(line.rstrip("\\").split()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_tells_the_same_in_any_window(home, language):
    """Narrow pages hold the words of wide ones, in their order."""
    wide, narrow = (
        run(home, "score", "--help", COLUMNS=columns, CAREERFIT_LANG=language).stdout.decode()
        for columns in ("80", "30")
    )
    assert "".join(narrow.replace("\\\n", "").split()) == "".join(wide.replace("\\\n", "").split())


@pytest.mark.parametrize("path", [path for path in GROUPS if not EVERY[path].invoke_without_command], ids=" ".join)
def test_a_group_alone_shows_its_help(home, path):
    """Without a command, or with nothing but the language: the page that --help shows, exit 0."""
    asked = run(home, *path, "--help", CAREERFIT_LANG="en")
    assert asked.stdout.startswith(b"Usage: careerfit")
    for arguments in (path, (*path, "--lang", "en")):
        done = run(home, *arguments, CAREERFIT_LANG="en")
        assert (done.returncode, done.stdout, done.stderr) == (0, asked.stdout, b"")


def examples() -> list[str]:
    """Return every example in the help of a command."""
    return [example for command in EVERY.values() for example in examples_of(command)]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: " ".join(path) or "careerfit")
def test_every_help_has_an_example(path):
    """In its epilog, a line each, beginning with the command as it is called or, for a group, with one in it."""
    lines = examples_of(EVERY[path])
    assert lines
    for line in lines:
        words = shlex.split(line, comments=False)
        assert words[: len(path) + 1] == ["careerfit", *path]


SLOW = re.compile(r"careerfit (quiz|score)")


@pytest.fixture(scope="module")
def with_results(tmp_path_factory) -> Path:
    """A home in which two quizzes on the shipped catalogue were finished."""
    home = warm_home(tmp_path_factory.mktemp("results"))
    for answer in ("1\n", "5\n"):
        done = run(home, "quiz", "--plain", "--max-items", "2", answers="s\n" * 7 + answer * 2)
        assert done.returncode == 0, done.stderr.decode()
    return home


@pytest.mark.parametrize(
    "example",
    [pytest.param(one, marks=[pytest.mark.slow] if SLOW.match(one) else []) for one in dict.fromkeys(examples())],
)
def test_an_example_runs_as_written(with_results, tmp_path, example):
    """Each ends with 0 beside the repository's files; the quiz gets a person who leaves at once and keeps nothing."""
    for name in ("data", "examples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "sheet.json").symlink_to(ROOT / "examples" / "operations-clerk.json")
    if "catalogue new" not in example:
        shutil.copytree(SMALL, tmp_path / "my-school")
    typed = f"{example} --plain --no-save" if "careerfit quiz" in example and "<" not in example else example
    done = subprocess.run(
        ["bash", "-c", typed],
        cwd=tmp_path,
        env=environment(with_results),
        input=b"",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    written = [(tmp_path / name).read_bytes() for name in re.findall(r" > (\S+)", example)]
    assert b"".join((done.stdout, done.stderr, *written))


# What to do next


@pytest.mark.parametrize("language", LANGUAGES)
def test_careerfit_alone_says_what_to_do_next(tmp_path, language):
    """A page with commands to type, exit 0, and no file left behind."""
    home = tmp_path / "home"
    done = run(home, CAREERFIT_LANG=language)
    assert (done.returncode, done.stderr) == (0, b"")
    page = done.stdout.decode()
    assert "careerfit quiz\n" in page
    assert "--resume" not in page
    assert not home.exists()


def test_careerfit_alone_names_commands_there_are(tmp_path, with_results):
    """Each line that begins with the name of the program calls a command, with a quiz and results or without."""
    for home in (with_results, tmp_path / "home"):
        page = run(home).stdout.decode()
        typed = [line.split() for line in page.splitlines() if line.strip().startswith("careerfit ")]
        assert typed
        for _careerfit, *words in typed:
            assert any(tuple(words[:length]) in EVERY for length in (1, 2))
            assert words[0] != "history" or tuple(words[:2]) in EVERY


def test_careerfit_alone_remembers_the_quiz_that_was_left(tmp_path):
    """It says how many questions are answered and how to go on; a quiz that is finished is not spoken of."""
    home = warm_home(tmp_path)
    assert run(home, "quiz", "--plain", "--catalogue", SMALL, answers="1\n" * 9).returncode == 0
    assert "--resume" not in run(home).stdout.decode()
    assert run(home, "quiz", "--plain", "--catalogue", SMALL, answers="s\n" * 7 + "5\n5\nq\n").returncode == 0
    page = run(home, CAREERFIT_LANG="en").stdout.decode()
    assert "2 questions are answered" in page
    assert "careerfit quiz --resume\n" in page


def test_a_broken_store_does_not_keep_careerfit_alone_from_helping(tmp_path):
    """Whatever is in the file of answers, the page is shown."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "careerfit.sqlite3").write_bytes(b"not a store" * 100)
    done = run(home)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"careerfit quiz\n" in done.stdout
