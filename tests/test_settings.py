"""Settings: an option before a variable before the file, and a file that is not as it has to be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from terminal import SMALL, Terminal, run, saved, warm_home

from careerfit.cli import settings

LANGUAGES = ["id", "en"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


def write(home: Path, text: str) -> Path:
    """Write the file of settings of a home."""
    file = home / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def title(home: Path, *options: str, **changes: str) -> str:
    done = run(home, "show", "plant-head", "--catalogue", str(SMALL), "--json", *options, **changes)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)["title"]


@pytest.mark.parametrize(
    ("options", "variable", "file", "expected"),
    [(("--lang", "en"), "id", "id", "en"), ((), "en", "id", "en"), ((), None, "en", "en"), ((), None, None, "id")],
)
def test_the_nearest_word_on_the_language_counts(home, options, variable, file, expected):
    """--lang, CAREERFIT_LANG, `lang` in the file, what there is without."""
    if file is not None:
        write(home, f'lang = "{file}"\n')
    changes = {} if variable is None else {"CAREERFIT_LANG": variable}
    titles = {language: title(home, "--lang", language) for language in LANGUAGES}
    assert titles["id"] != titles["en"]
    assert title(home, *options, **changes) == titles[expected]


def test_the_file_counts_before_the_locale(home):
    """What a person wrote down counts more than what the machine is set to; help is in it too."""
    write(home, 'lang = "en"\n')
    assert run(home, "--help", LC_ALL="id_ID.UTF-8").stdout.startswith(b"Usage:")


def test_the_catalogue_of_the_file_is_used(home, tmp_path):
    """Also by a path relative to the file; the variable and the option come before it."""
    (home / "mine").symlink_to(SMALL)
    write(home, 'catalogue = "mine"\n')
    assert {role["id"] for role in json.loads(run(home, "roles", "--json").stdout)} >= {"plant-head"}
    shipped = Path(__file__).parent.parent / "data"
    for options, changes in (((), {"CAREERFIT_CATALOGUE": str(shipped)}), (("--catalogue", shipped), {})):
        listed = json.loads(run(home, "roles", "--json", *options, **changes).stdout)
        assert "operations-clerk" in {role["id"] for role in listed}


def test_no_more_questions_are_asked_than_set(home):
    """`max_items`, and the option before it."""
    write(home, "max_items = 1\n")
    quiz = ("quiz", "--plain", "--json", "--no-save", "--catalogue", SMALL)
    answers = "s\n" * 7 + "5\n" * 9
    assert json.loads(run(home, *quiz, answers=answers).stdout)["items_asked"] == 1
    assert json.loads(run(home, *quiz, "--max-items", "2", answers=answers).stdout)["items_asked"] == 2
    assert json.loads(run(home, *quiz, answers=answers, CAREERFIT_MAX_ITEMS="2").stdout)["items_asked"] == 2


def test_nothing_is_kept_when_so_set(home):
    """`save = false` is as --no-save; --save counts before it."""
    write(home, "save = false\n")
    run(home, "quiz", "--plain", "--catalogue", SMALL, answers="s\n" * 7 + "5\n")
    assert not (home / "careerfit.sqlite3").exists()
    run(home, "quiz", "--plain", "--save", "--catalogue", SMALL, answers="s\n" * 7 + "5\n")
    assert len(saved(home)["results"]) == 1


def test_plain_lines_when_so_set(home):
    """`plain = true` asks in plain lines and prints pages without escapes, on a terminal too."""
    write(home, "plain = true\n")
    with Terminal(home, "quiz", "--catalogue", SMALL, "--lang", "en", "--no-save") as terminal:
        terminal.wait_for("Press Enter to go on").send("q\n")
        assert terminal.exit_code() == 0
    assert "\x1b" not in terminal.log
    with Terminal(home, "roles", "--catalogue", SMALL, watched=False) as terminal:
        assert terminal.exit_code() == 0
    assert "\x1b" not in terminal.log


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ('langg = "en"\n', 1, 1, "Did you mean lang?"),
        ("# mine\n\n  colour = 1\n", 3, 3, "The keys are: lang, catalogue, plain, save, pager, max_items."),
        ("lang = 3\n", 1, 1, '`lang` has to be the tag of a language in quotes, such as "id" or "en".'),
        ("plain = 'yes'\n", 1, 1, "`plain` has to be true or false."),
        ("save = true\nmax_items = true\n", 2, 1, "`max_items` has to be a whole number above 0."),
        ("max_items = 0\n", 1, 1, "`max_items` has to be a whole number above 0."),
        ("pager = true\n", 1, 1, "`pager` has to be a command in quotes, or false."),
        ("catalogue = ''\n", 1, 1, "`catalogue` has to be the name of a folder, in quotes."),
        ('save = true\nlang = en"\n', 2, 8, "This is not valid TOML."),
        ("[quiz]\nlang = 'en'\n", 1, 2, "There is no setting “quiz”."),
    ],
)
def test_a_mistake_in_the_file_is_shown_where_it_is(home, text, line, column, said):
    """Exit 4 with file, line and column; nothing is done."""
    file = write(home, text)
    done = run(home, "roles", CAREERFIT_LANG="en")
    assert (done.returncode, done.stdout) == (4, b"")
    first, last, *_hint = done.stderr.decode().splitlines()
    assert first.startswith(f"{file}:{line}:")
    assert first.split(":")[2] == str(column)
    assert said in first
    assert last == f"careerfit: The settings in {file} cannot be used."


@pytest.mark.parametrize("arguments", [("--help",), ("quiz", "--help"), ("--version",), ("history", "where")])
def test_help_does_not_depend_on_settings(home, arguments):
    """What helps to mend a mistake in the file works in spite of it, and with what is right in the file."""
    write(home, 'catalouge = "x"\nlang = "id"\n')
    done = run(home, *arguments, LC_ALL="en_GB.UTF-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == run(home, *arguments, CAREERFIT_LANG="id", CAREERFIT_CONFIG="/dev/null").stdout


def test_an_option_of_help_behind_two_dashes_is_a_word(home):
    """`-- --help` names a role, for which the settings matter."""
    write(home, "nope = 1\n")
    assert run(home, "show", "--", "--help").returncode == 4


@pytest.mark.parametrize("as_json", [False, True])
def test_config_shows_the_settings_and_what_is_wrong_with_them(home, as_json):
    """The whole page, then each mistake in the file and in the variables, exit 4."""
    write(home, 'plain = "maybe"\nmax_items = 12\nlang = "xyz"\n')
    options = ("--json",) if as_json else ()
    done = run(home, "config", *options, CAREERFIT_SAVE="perhaps", CAREERFIT_LANG="en")
    assert done.returncode == 4
    page, said = done.stdout.decode(), done.stderr.decode()
    assert all(setting.key in page for setting in settings.SETTINGS)
    assert "12" in page
    for part in ("config.toml:1:1:" if not as_json else '"line": 1', "$CAREERFIT_SAVE"):
        assert part in said
    assert "xyz" not in said  # the variable counts before it


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("CAREERFIT_LANG", "xx", 4),
        ("CAREERFIT_LANG", "not a tag", 4),
        ("CAREERFIT_LANG", "en-GB", 0),
        ("CAREERFIT_MAX_ITEMS", "many", 4),
        ("CAREERFIT_MAX_ITEMS", "0", 4),
        ("CAREERFIT_MAX_ITEMS", "12", 0),
        ("CAREERFIT_PLAIN", "perhaps", 4),
        ("CAREERFIT_PLAIN", "Yes", 0),
    ],
)
def test_config_tells_of_a_variable_that_cannot_be_used(home, variable, value, code):
    """A typing mistake in a variable is told with its name."""
    done = run(home, "config", **{variable: value})
    assert done.returncode == code
    assert (f"${variable}:" in done.stderr.decode()) is (code == 4)


def test_a_language_of_the_catalogue_is_no_mistake(home, tmp_path):
    """The program lacks Javanese; a catalogue that has it makes it a language to ask for."""
    own = Path(shutil.copytree(SMALL, tmp_path / "own"))
    for name in ("roles.yaml", "traits.yaml", "items.yaml"):
        text = (own / name).read_text(encoding="utf-8").replace('id: "', 'jv: "').replace("[id, en]", "[jv, en]")
        (own / name).write_text(text, encoding="utf-8")
    done = run(home, "config", CAREERFIT_LANG="jv", CAREERFIT_CATALOGUE=str(own))
    assert (done.returncode, done.stderr) == (0, b"")
    assert run(home, "config", CAREERFIT_LANG="jv").returncode == 4


def test_what_config_shows_can_be_put_into_the_file(home):
    """Its lines are TOML that the file takes, and say what was so before."""
    changes = {
        "CAREERFIT_PLAIN": "yes",
        "CAREERFIT_SAVE": "off",
        "CAREERFIT_PAGER": 'less "-R"',
        "CAREERFIT_LANG": "en",
    }
    lines = [line for line in run(home, "config", **changes).stdout.decode().splitlines() if " = " in line]
    assert len(lines) == len(settings.SETTINGS)
    write(home, "\n".join(line.strip() for line in lines))
    before = json.loads(run(home, "config", "--json", **changes, CAREERFIT_CONFIG="/dev/null").stdout)["settings"]
    after = run(home, "config", "--json", CAREERFIT_CONFIG=str(home / "config.toml"))
    assert {one["key"]: one["value"] for one in before if one["key"] != "pager"} == {
        one["key"]: one["value"] for one in json.loads(after.stdout)["settings"] if one["key"] != "pager"
    }
    assert 'pager = "less \\"-R\\""' in "\n".join(lines)


def test_a_line_that_is_no_toml_is_told_how_it_is_written(home):
    """`plain = no` gets an example with `plain`."""
    write(home, "plain = no\n")
    assert "plain = true" in run(home, "roles", CAREERFIT_LANG="en").stderr.decode()


def test_all_mistakes_are_told_at_once(home):
    """In the order of the file."""
    write(home, "plain = 1\nnope = 2\nsave = 3\n")
    lines = run(home, "roles").stderr.decode().splitlines()
    assert [line.split(":")[1] for line in lines[:3]] == ["1", "2", "3"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b'lang = "\xe9"', b"a" * 200_000, b"\x00"])
def test_a_file_that_is_no_text_is_refused(home, content):
    """Exit 4 and a place, never a traceback."""
    (home / "config.toml").write_bytes(content)
    done = run(home, "roles")
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert b"config.toml:" in done.stderr


def test_another_file_may_be_named(home, tmp_path):
    """$CAREERFIT_CONFIG counts before the file in the home; one that is not there is a mistake."""
    write(home, "wrong")
    other = tmp_path / "other.toml"
    other.write_text('lang = "en"\n')
    assert run(home, "--help", CAREERFIT_CONFIG=str(other)).stdout.startswith(b"Usage:")
    done = run(home, "roles", CAREERFIT_CONFIG=str(tmp_path / "none"), CAREERFIT_LANG="en")
    assert done.returncode == 4
    assert b"there is no such file or folder" in done.stderr


def test_no_file_is_made_or_needed(home):
    """Without one every command works, and none appears."""
    assert run(home, "roles").returncode == 0
    assert not (home / "config.toml").exists()


def test_a_start_without_a_file_reads_no_toml(home):
    """What nobody wrote costs nothing."""
    import sys

    from terminal import CAREERFIT

    python = [sys.executable, "-X", "importtime", *CAREERFIT]
    assert b"tomllib" not in run(home, "roles", prefix=python).stderr
    write(home, "save = true\n")
    assert b"tomllib" in run(home, "roles", prefix=python).stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_are_shown_with_where_they_come_from(home, language):
    """`config --json` has every key with its variable, its value and its origin."""
    file = write(home, "max_items = 12\nsave = false\n")
    done = run(home, "config", "--json", CAREERFIT_LANG=language, CAREERFIT_SAVE="1", CAREERFIT_PAGER="most -s")
    document = json.loads(done.stdout)
    assert (document["schema"], document["file"], document["exists"]) == ("careerfit/config/1", str(file), True)
    found = {one["key"]: (one["variable"], one["value"], one["from"]) for one in document["settings"]}
    assert list(found) == [setting.key for setting in settings.SETTINGS]
    assert found["max_items"] == ("CAREERFIT_MAX_ITEMS", "12", "file")
    assert found["save"] == ("CAREERFIT_SAVE", "1", "environment")
    assert found["lang"] == ("CAREERFIT_LANG", language, "environment")
    assert found["pager"] == ("CAREERFIT_PAGER", "most -s", "environment")
    assert found["plain"] == ("CAREERFIT_PLAIN", "0", "default")
    page = run(home, "config", CAREERFIT_LANG=language).stdout.decode()
    assert str(file) in page
    assert all(setting.key in page for setting in settings.SETTINGS)


@pytest.mark.parametrize("value", ["1", "yes", "true", "on", "y", "0", "no", "false", "off", "n", ""])
def test_yes_and_no_mean_the_same_everywhere(value, monkeypatch):
    """A variable is read as Typer reads it for an option."""
    from typer._click.types import BoolParamType

    monkeypatch.setenv("CAREERFIT_PLAIN", value)
    assert settings.is_on("CAREERFIT_PLAIN") is BoolParamType.str_to_bool(value)
