"""What the Tab key completes, asked as the shells ask, and in a real bash."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import CAREERFIT, SMALL, Terminal, environment, run, saved, warm_home

from careerfit.catalogue.compiled import open_catalogue

BASH, ZSH, FISH = "bash", "zsh", "fish"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("completion"))


@pytest.fixture(scope="module")
def shipped():
    return open_catalogue().catalogue()


def asked(home: Path, line: str, shell: str = BASH, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Ask as a shell does when Tab is pressed at the end of a line."""
    words = line.split(" ")
    said = {
        BASH: {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        ZSH: {"_TYPER_COMPLETE_ARGS": line},
        FISH: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }
    return run(home, _CAREERFIT_COMPLETE=f"complete_{shell}", **{**said[shell], **changes})


def completed(home: Path, line: str, **changes: str) -> list[str]:
    """Return what bash gets."""
    done = asked(home, line, **changes)
    assert (done.returncode, done.stderr) == (0, b"")
    return [line for line in done.stdout.decode().splitlines() if line]


def test_an_id_is_completed(home, shipped):
    """Every id that begins with what is typed, and no other id."""
    found = set(completed(home, "careerfit show production-"))
    assert found == {role.id for role in shipped.roles if role.id.startswith("production-")}
    assert len(found) > 3


def test_nothing_typed_lists_every_id(home, shipped):
    """In the catalogue's order."""
    assert completed(home, "careerfit show ") == [role.id for role in shipped.roles]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_title_is_completed_word_by_word(home, shipped, language):
    """Each Tab adds the next word, until the words are a title that `show` knows, in either language."""
    role = shipped.role("production-department-head")
    words = role.title[language].split()
    typed = "careerfit show"
    for word in words:
        assert word in completed(home, f"{typed} {word[:3]}")
        typed += f" {word}"
    assert b'"production-department-head"' in run(home, *shlex.split(typed)[1:], "--json").stdout


def test_every_completed_title_is_found(home, shipped):
    """The words completion would join for a title name its role, or its namesakes."""
    from careerfit.catalogue.find import find_role
    from careerfit.cli.completion import _next_words

    directory = open_catalogue().directory
    for role in shipped.roles:
        for title in role.title.values():
            words: list[str] = []
            while following := [w for w, name in _next_words(directory, words, "").items() if name.startswith(title)]:
                words.append(following[0])
            if words:
                assert role.id in find_role(directory, " ".join(words))


def test_capitals_do_not_matter(home):
    """What is typed stays as it is, and the rest is added."""
    assert completed(home, "careerfit show kepala d") == ["departemen"]
    assert completed(home, "careerfit show Kepala D") == ["Departemen"]


def test_a_title_in_quotes_is_completed_whole(home):
    """Within quotes blanks and brackets do no harm."""
    words = {"COMP_WORDS": 'careerfit\nshow\n"Kepala Dep', "COMP_CWORD": "2"}
    done = run(home, _CAREERFIT_COMPLETE="complete_bash", **words)
    assert done.stdout.decode().splitlines() == ["Kepala Departemen Produksi"]


def test_roles_of_the_catalogue_named_are_completed(home):
    """By option, by variable and by settings."""
    expected = ["plant-head"]
    assert completed(home, f"careerfit show --catalogue {SMALL} plant") == expected
    assert completed(home, "careerfit show plant", CAREERFIT_CATALOGUE=str(SMALL)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("careerfit sco", ["score"]),
        ("careerfit catalogue ev", ["evaluate"]),
        ("careerfit roles --fa", ["--family"]),
        ("careerfit score --format ", ["text", "json", "ndjson", "csv"]),
        ("careerfit catalogue schema r", ["roles", "result", "role", "role-list"]),
        ("careerfit --show-completion z", ["zsh"]),
    ],
)
def test_commands_options_and_values_are_completed(home, line, expected):
    """Whatever has a list of its own."""
    assert completed(home, line) == expected


def test_families_are_completed(home, shipped):
    """The ids of families."""
    assert completed(home, "careerfit roles --family ") == [family.id for family in shipped.families]


def test_roles_to_compare_are_completed(home):
    """Each of the two by itself."""
    assert completed(home, "careerfit compare film-dir") == ["film-director"]
    assert completed(home, "careerfit compare film-director production-man") == ["production-manager"]


def test_results_are_completed(tmp_path):
    """The ids that are kept, the newest first; where nothing is kept nothing is completed and no file appears."""
    home = warm_home(tmp_path)
    assert completed(home, "careerfit explain x --result ") == []
    assert not (home / "careerfit.sqlite3").exists()
    for _quiz in range(2):
        run(home, "quiz", "--plain", "--catalogue", SMALL, answers="s\n" * 7 + "5\n")
    ids = [result.id for result in saved(home)["results"]]
    assert completed(home, "careerfit explain x --result ") == ids
    assert completed(home, f"careerfit history diff {ids[1][:5]}") == [ids[1]]


@pytest.mark.parametrize("shell", [ZSH, FISH])
def test_ids_have_their_titles_beside_them(home, shipped, shell):
    """Where the shell shows explanations, the title is one."""
    said = asked(home, "careerfit show film-direc", shell, CAREERFIT_LANG="en").stdout.decode()
    assert "film-director" in said
    assert shipped.role("film-director").title["en"] in said


def test_nothing_is_said_while_somebody_types(home, tmp_path):
    """A catalogue that cannot be used completes nothing, in silence."""
    (tmp_path / "wrong").mkdir()
    done = asked(home, "careerfit show pro", CAREERFIT_CATALOGUE=str(tmp_path / "wrong"))
    assert (done.stdout.strip(), done.stderr) == (b"", b"")


def test_settings_that_are_wrong_do_not_stop_completion(home, tmp_path):
    """A mistake in the file is told by the commands; the Tab key works, in silence."""
    (tmp_path / "wrong").write_text("=")
    changes = {"CAREERFIT_CONFIG": str(tmp_path / "wrong")}
    assert asked(home, "careerfit show film-direc", **changes).stdout == asked(home, "careerfit show film-direc").stdout
    assert asked(home, "careerfit show film-direc", **changes).stderr == b""


def test_languages_are_completed(home):
    """After --lang come the languages of the program, not the files of the folder."""
    assert completed(home, "careerfit roles --lang ") == ["en", "id"]


def test_completing_imports_no_parser(home):
    """The compiled catalogue is enough: no YAML, no numpy, no msgspec."""
    python = [sys.executable, "-X", "importtime", *CAREERFIT]
    words = {"COMP_WORDS": "careerfit\nshow\npro", "COMP_CWORD": "2"}
    done = run(home, _CAREERFIT_COMPLETE="complete_bash", prefix=python, **words)
    assert b"production-manager" in done.stdout
    names = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.decode().splitlines()}
    assert "careerfit" in names
    assert not names & {"yaml", "numpy", "msgspec", "rich", "jinja2"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_a_shell_is_printed(home, shell):
    """It names the variable by which the shell asks."""
    done = run(home, "--show-completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"_CAREERFIT_COMPLETE" in done.stdout


@pytest.mark.parametrize("language", ["id", "en"])
def test_completion_is_installed_where_it_says(home, tmp_path, language):
    """The file it names exists afterwards and holds the script; the folder of the user is the only one written to."""
    done = run(home, "--install-completion", "bash", HOME=str(tmp_path), CAREERFIT_LANG=language)
    assert (done.returncode, done.stdout) == (0, b"")
    named = {Path(found) for found in re.findall(rf"{tmp_path}[\w./]*\w", done.stderr.decode())}
    script = tmp_path / ".bash_completions" / "careerfit.sh"
    assert named == {script, tmp_path / ".bashrc"}
    assert "_CAREERFIT_COMPLETE" in script.read_text()
    assert str(script) in (tmp_path / ".bashrc").read_text()


def test_a_home_that_takes_no_completion_is_said(home, tmp_path):
    """Exit 8, with the other way to have it."""
    (tmp_path / "file").touch()
    done = run(home, "--install-completion", "bash", HOME=str(tmp_path / "file"), CAREERFIT_LANG="en")
    assert done.returncode == 8
    assert b"--show-completion bash" in done.stderr


def in_bash(home: Path, typed: str) -> list[str]:
    """Return what a real bash would offer for a line, through the script that is printed."""
    words = shlex.split(typed) + ([""] if typed.endswith(" ") else [])
    script = f"""
        eval "$({CAREERFIT[0]} --show-completion bash)"
        COMP_WORDS=({" ".join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}
        _careerfit_completion {CAREERFIT[0]}; printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], env=environment(home), capture_output=True, check=True)
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_through_the_printed_script(home):
    """The script and the program understand each other."""
    assert in_bash(home, "careerfit show film-dir") == ["film-director"]
    assert in_bash(home, "careerfit show Kepala Dep") == ["Departemen"]


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """A home with a result and a quiz that was left."""
    home = warm_home(tmp_path_factory.mktemp("begun"))
    run(home, "quiz", "--plain", "--catalogue", SMALL, answers="s\n" * 7 + "5\n")
    run(home, "quiz", "--plain", "--catalogue", SMALL, answers="s\n" * 7 + "5\nq\n")
    return home


def offered(home: Path, folder: Path, typed: str) -> list[str]:
    """Return the words that a real bash, in a folder, completes a line to or lists below it on the second Tab."""
    bash = ["bash", "--norc", "--noprofile", "-i"]
    path = f"{Path(CAREERFIT[0]).parent}{os.pathsep}{os.environ['PATH']}"
    with Terminal(home, prefix=bash, size=(200, 24), PATH=path) as shell:
        script = f'eval "$({CAREERFIT[0]} --show-completion bash)"'
        shell.send(f"cd {shlex.quote(str(folder))}; {script}; PS1='now> '; printf '\\033[H\\033[2J'\r")
        shell.wait(lambda it: it.lines[0].startswith("now>"), "the prompt")  # before it, keys are only echoed
        return shell.send(f"{typed}\t\t #").wait_for(" #").text.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_offers_files_where_one_can_be_meant(begun, tmp_path):
    """A quiz goes on by its id, so no file is offered there, whether or not there is one to go on with."""
    (tmp_path / "sheet.json").touch()
    kept = saved(begun)
    (left,), (result,) = kept["unfinished"], kept["results"]
    assert left.id in offered(begun, tmp_path, "careerfit quiz --resume ")
    for home, typed in ((warm_home(tmp_path), "quiz --resume "), (begun, "show zzz"), (begun, "roles --search ")):
        assert "sheet.json" not in offered(home, tmp_path, f"careerfit {typed}")
    for typed in ("score sh", "report -o sh", "history show sh", "quiz --catalogue sh"):
        assert "sheet.json" in offered(begun, tmp_path, f"careerfit {typed}")
    assert result.id in offered(begun, tmp_path, "careerfit history show ")


@pytest.mark.parametrize(("line", "files"), [("careerfit quiz --resume ", False), ("careerfit score ", True)])
def test_every_shell_is_told_whether_a_file_can_be_meant(home, line, files):
    """Where the program has nothing to offer: bash and fish by the exit code, zsh by what it is to run."""
    assert asked(home, line, BASH).returncode == (0 if files else 1)
    assert asked(home, line, ZSH).stdout.decode().strip() == ("_files" if files else "")
    assert asked(home, line, FISH, _TYPER_COMPLETE_FISH_ACTION="is-args").returncode == (1 if files else 0)
