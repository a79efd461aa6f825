"""Hostile text in every field of a catalogue: refused with a place, or shown as it is, whatever the command."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import pkgutil
import pty
import re
import shutil
import sys
import tempfile
import termios
import traceback
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import pytest
from msgspec import inspect
from poison import (
    FORBIDDEN,
    LEGAL,
    NAME_PACKS,
    TEXT_PACKS,
    poisoned_files,
    put,
    strings,
    text_fields,
)
from terminal import SMALL, Terminal, environment

import careerfit
from careerfit.catalogue.characters import forbidden_in_file, forbidden_in_text
from careerfit.catalogue.documents import TYPES
from careerfit.cli import main

SGR = re.compile(r"\x1b\[(?:0|1|2|32|31|33|36|1;4|4;1)m")
"""The looks a page has: `careerfit.terminal.styled` knows no others."""

KEYS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[>=78]|\x08")
"""What prompt_toolkit writes around questions and to draw them."""

PAGES = {
    "show": ("show", "plant-head"),
    "show of a namesake": ("show", "coordinator-film"),
    "roles": ("roles",),
    "items": ("items",),
    "score": ("score", "SHEET", "--format", "text"),
    "explain": ("explain", "plant-head"),
    "compare": ("compare", "plant-head", "coordinator-plant"),
    "path": ("path", "plant-head"),
    "report as Markdown": ("report", "--format", "markdown", "-o", "-"),
    "report as HTML": ("report", "--format", "html", "-o", "-"),
    "report as CSV": ("report", "--format", "csv", "-o", "-"),
    "history list": ("history", "list"),
    "history show": ("history", "show"),
    "history diff": ("history", "diff"),
    "score as CSV": ("score", "SHEET", "--format", "csv"),
    "show of a sheet": ("history", "show", "SHEET"),
    "path of a sheet": ("path", "plant-head", "--result", "SHEET"),
    "diff of sheets": ("history", "diff", "SHEET", "SHEET"),
    "check": ("catalogue", "check", "FOLDER"),
    "check for GitHub": ("catalogue", "check", "FOLDER", "--format", "github"),
    "stats": ("catalogue", "stats", "FOLDER"),
    "evaluate": ("catalogue", "evaluate", "FOLDER", "--people", "30"),
    "schema": ("catalogue", "schema", "roles"),
    "config": ("config",),
    "namesakes": ("show", "--", "HOSTILE"),
    "search": ("roles", "--search=HOSTILE"),
}
"""Commands as they are typed, with words for the folder, a sheet and the hostile name."""

WRONG = {
    "role": (2, ("show", "--", "HOSTILE")),
    "family": (2, ("roles", "--family=HOSTILE")),
    "option": (2, ("roles", "--HOSTILE")),
    "choice": (2, ("report", "--format=HOSTILE")),
    "number": (2, ("quiz", "--max-items=HOSTILE")),
    "command": (2, ("HOSTILE",)),
    "too much": (2, ("roles", "--", "HOSTILE")),
    "result": (2, ("history", "show", "--", "HOSTILE")),
    "result file": (4, ("history", "show", "./HOSTILE")),
    "sheet": (4, ("score", "--", "./HOSTILE")),
    "folder": (4, ("catalogue", "check", "--", "HOSTILE")),
    "catalogue": (4, ("show", "plant-head", "--catalogue=HOSTILE")),
    "report": (2, ("report", "--output=HOSTILE")),
}
"""Arguments that nothing is meant by, and the exit codes of saying so."""

WHOLE = {"show", "show of a namesake", "roles", "items", "score", "explain", "compare", "path", "history show"}
"""Those that show titles or texts uncut."""

DOCUMENTS = {
    name: (*PAGES[name], "--json")
    for name in ("show", "roles", "items", "explain", "compare", "path", "history show", "history diff", "history list")
} | {
    "score": ("score", "SHEET", "--json"),
    "report": ("report", "--format", "json", "-o", "-"),
    "stats": ("catalogue", "stats", "FOLDER", "--json"),
    "evaluate": ("catalogue", "evaluate", "FOLDER", "--people", "30", "--json"),
    "check": ("catalogue", "check", "FOLDER", "--json"),
    "schema": PAGES["schema"],
}
"""The same as JSON."""

COMPLETIONS = ("show ", "show x", "compare '[red]x[/red] ", "roles --family ", "history show ")


@pytest.fixture(scope="module", autouse=True)
def everything_imported() -> None:
    """What a command imports while it runs, so that the forks need not; the command line itself is left to them."""
    for module in pkgutil.walk_packages(careerfit.__path__, "careerfit."):
        if not module.name.startswith(("careerfit.cli", "careerfit.__main__")):
            importlib.import_module(module.name)
    for name in ("typer.main", "typer._completion_classes", "typer.rich_utils", "rich.console"):
        importlib.import_module(name)


class Done(NamedTuple):
    """What a command that ran came to; in a terminal everything is in `out`."""

    code: int
    out: str
    err: str = ""


def at_once(home: Path, *arguments: str, answers: str = "", tty: bool = False, **changes: str) -> Done:
    """Run a command from its entry point in a fork of this process, which has everything imported already."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(answers.encode())
        given.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside the threads of a library
            child, terminal = pty.fork() if tty else (os.fork(), -1)
        if child == 0:
            _become(arguments, environment(home, **changes), (given, out, err), tty)
        written = b"" if tty is False else _read(terminal)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if tty:
            return Done(code, written.decode().replace("\r\n", "\n"))
        out.seek(0)
        err.seek(0)
        return Done(code, out.read().decode(), err.read().decode())


def _become(arguments: tuple[str, ...], environ: dict[str, str], files: tuple[IO[bytes], ...], tty: bool) -> None:
    code = 70
    try:
        if tty:
            termios.tcsetwinsize(1, (5_000, 80))
        else:
            for number, file in enumerate(files):
                os.dup2(file.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", newline=newline)  # noqa: SIM115, PTH123
            for number, mode, newline in ((0, "r", None), (1, "w", "\n"), (2, "w", "\n"))
        )
        os.environ.clear()
        os.environ.update(environ)
        sys.argv = ["careerfit", *arguments]
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _read(terminal: int) -> bytes:
    written = b""
    try:
        while part := os.read(terminal, 65536):
            written += part
    except OSError:  # the command has ended
        pass
    os.close(terminal)
    return written


class World(NamedTuple):
    """A poisoned catalogue that is ready: its folder, a home with two results, and what was put into it."""

    folder: Path
    home: Path
    name: str
    text: str
    asked: Done

    def run(self, command: tuple[str, ...], tty: bool = False, **changes: str) -> Done:
        places = {"FOLDER": str(self.folder), "SHEET": str(self.folder / "sheet.json"), "HOSTILE": self.name}
        words = [re.sub("|".join(places), lambda place: places[place[0]], word) for word in command]
        return at_once(self.home, *words, tty=tty, CAREERFIT_CATALOGUE=str(self.folder), **changes)


def world(base: Path, name: str, text: str, language: str = "en") -> World:
    """Return a catalogue with one text in every name and one in every longer text, and a home where it was used."""
    folder, home = base / "catalogue", base / "home"
    put(folder, poisoned_files(lambda short: name if short else text))
    sheet = {"responses": {"hand-out-tasks": 4, "settle-it": 4, "spot-slips": 1, "lead-or-count": 0}}
    (folder / "sheet.json").write_text(json.dumps({**sheet, "respondent": name}))
    asked = Done(0, "")
    for answer in "15":
        asked = at_once(
            home,
            *("quiz", "--plain", "--new", "--catalogue", str(folder)),
            answers="s\n" * 7 + f"?\n{answer}\n" * 12,
            CAREERFIT_LANG=language,
        )
        assert asked.code == 0, asked.err
    return World(folder, home, name, text, asked)


def squeezed(text: str) -> str:
    """Return a text without its blanks, which wrapping may move."""
    return "".join(text.split())


def says(done: Done, text: str) -> bool:
    return squeezed(text) in squeezed(SGR.sub("", done.out) + done.err)


def holds(world: World, name: str, command: tuple[str, ...], tty: bool, language: str) -> None:
    done = world.run(command, tty, CAREERFIT_LANG=language, TERM="xterm-256color" if tty else "")
    shown = SGR.sub("", done.out) if tty else done.out
    if name in ("report as CSV", "score as CSV"):
        shown = shown.removeprefix("\ufeff").replace("\r\n", "\n")
    assert not forbidden_in_text(shown + done.err), (name, tty)
    assert "Traceback" not in shown + done.err, (name, done)
    names_nobody = name == "namesakes" and not any(map(str.isalnum, world.name))
    assert done.code == (2 if names_nobody else 0), (name, done)
    if name in WHOLE:
        assert says(done, world.name) or says(done, world.text), (name, tty, done)
    if name in ("show", "items"):
        assert says(done, world.text), (name, tty, done)


def is_told_in_json(world: World, name: str, command: tuple[str, ...], language: str) -> None:
    done = world.run(command, CAREERFIT_LANG=language)
    assert done.code == 0, (name, done)
    assert not forbidden_in_text(done.out + done.err), name
    told = set(strings(json.loads(done.out)))
    if name not in ("check", "schema", "history diff"):
        assert {world.name, world.text} & told, name
    if name in ("show", "items", "score", "report", "history show"):
        assert world.text in told, name


def completes(world: World) -> None:
    """Ask as three shells do; what a shell evaluates holds nothing that acts."""
    for shell, line in itertools.product(("bash", "zsh", "fish"), COMPLETIONS):
        line = f"careerfit {line}"
        done = at_once(
            world.home,
            CAREERFIT_CATALOGUE=str(world.folder),
            _CAREERFIT_COMPLETE=f"complete_{shell}",
            _TYPER_COMPLETE_ARGS=line,
            _TYPER_COMPLETE_FISH_ACTION="get-args",
            COMP_WORDS="\n".join(line.split(" ", 2)),
            COMP_CWORD=str(line.count(" ") if "'" not in line else 2),
        )
        nothing = 1 if shell == "bash" and not done.out.strip() and not line.endswith("history show ") else 0
        assert (done.code, done.err) == (nothing, ""), (shell, line, done)
        assert not forbidden_in_text(done.out)
        acting = re.sub(r"\\\\:", "", done.out.replace("_arguments '*: :((", "").replace("))'", ""))
        assert not re.search(r"""[$`\\'!;&|<>*?~\[\]{}]""", acting), (shell, line, acting)


@pytest.fixture(scope="module", params=range(len(TEXT_PACKS)))
def small_world(request, tmp_path_factory) -> World:
    """The first names and all of the longer texts."""
    number = request.param
    return world(tmp_path_factory.mktemp("poisoned"), NAME_PACKS[number], TEXT_PACKS[number])


def test_every_text_of_the_model_is_poisoned():
    """A field of text that the model has is in the files, with the hostile text and nothing else in it."""
    written: list[str] = []

    def write(short: bool) -> str:
        written.append("POISON")
        return "POISON"

    files = poisoned_files(write)
    held = [text for data in files.values() for text in strings(data)]
    assert sum("POISON" in text for text in held) == len(written) > 150
    expected = set().union(*(text_fields(inspect.type_info(type_)) for type_ in TYPES.values()))
    found = {field for name, type_ in TYPES.items() for field in reached(inspect.type_info(type_), files[name])}
    assert found == expected
    others = {text for text in held if "POISON" not in text}
    assert all(re.fullmatch(r"[a-z0-9-]+", text) for text in others), others


def reached(type_: inspect.Type, value: Any) -> Iterator[tuple[str, str]]:
    """Yield (type, field) of the structs in which a poisoned text stands."""
    match type_:
        case inspect.StructType(cls=cls, fields=fields):
            for field in fields:
                inner = value.get(field.encode_name)
                if any("POISON" in text for text in strings(inner)) and ("", "") in text_fields(field.type):
                    yield cls.__name__, field.encode_name
                elif inner is not None:
                    yield from reached(field.type, inner)
        case inspect.UnionType(types=types):
            structs = [inner for inner in types if isinstance(inner, inspect.StructType)]
            for inner in structs:
                if inner.tag == value.get("kind"):
                    yield from reached(inner, value)
        case inspect.VarTupleType(item_type=inner):
            for element in value:
                yield from reached(inner, element)
        case _:
            return


def test_every_page_shows_hostile_text_as_it_is(small_world):
    """In a pipe no command writes anything but text, and what stands in the catalogue can be read as it was written."""
    for name, command in PAGES.items():
        holds(small_world, name, command, tty=False, language="en")


def test_every_page_on_a_terminal_has_our_looks_alone(small_world):
    """On a terminal there are the program's own colours and nothing else."""
    for name in ("show", "roles", "score", "explain", "compare", "history list", "stats", "config"):
        holds(small_world, name, PAGES[name], tty=True, language="id")


def test_every_document_tells_hostile_text_unchanged(small_world):
    """Read again, JSON has the text that the catalogue has, character by character."""
    for name, command in DOCUMENTS.items():
        is_told_in_json(small_world, name, command, "en")


def test_the_quiz_in_lines_asks_hostile_questions_as_text(small_world):
    """Questions and result show the text; a line in it makes no line of its own."""
    asked = small_world.asked
    assert not forbidden_in_text(asked.err + asked.out)
    assert says(asked, small_world.name)
    assert says(asked, small_world.text)
    lines = [line for line in (asked.err + asked.out).splitlines() if "two three" in line]
    assert "one\ntwo" not in asked.err + asked.out
    assert all("one two three" in line for line in lines)


def test_the_tab_key_completes_nothing_that_acts(small_world):
    """Neither ids nor titles carry anything that bash, zsh or fish would act upon when they take or evaluate them."""
    completes(small_world)


def asks_with_keys(world: World, language: str) -> None:
    """Answer questions and cards with keys: the texts stand on the screen, and what draws it is prompt_toolkit's."""
    arguments = ("quiz", "--new", "--no-save", "--catalogue", world.folder, "--lang", language)
    with Terminal(world.home, *arguments, size=(80, 60)) as terminal:
        terminal.wait_for_choice(1).send("1").wait_for_choice(5).send("3" * 7)
        terminal.wait(lambda one: visible(world.text) in visible(one.text), "the first question").send("5" * 10)
        terminal.wait_for_choice(2).send("1" * 12)
        assert terminal.exit_code() == 0
    drawn = KEYS.sub("", terminal.log.replace("\r", ""))
    assert not forbidden_in_text(drawn)
    assert visible(world.name) in visible(drawn)


def visible(text: str) -> str:
    """Return what of a text a simple terminal shows for certain: its ASCII, without blanks."""
    return re.sub(r"[^!-~]", "", unicodedata.normalize("NFD", text))


def test_the_quiz_with_keys_draws_hostile_questions_as_text(small_world):
    """From the first question to the last card of the reality check."""
    asks_with_keys(small_world, "en")


ARGUMENTS = (
    "\x1b[31mx\x9b2J",
    "\u202ex\u200b\U000e0041",
    "{0}{name}{x.__class__}%s%(x)s",
    "[red]x:fire:[conceal]",
    "x\ncareerfit: forged\rx",
    os.fsdecode(b"x\xff\xc2\x9b"),
)
"""What may stand on a command line or name a file."""


def is_told_of(home: Path, argument: str, tty: bool, language: str) -> None:
    hostile = World(SMALL, home, argument, "", Done(0, ""))
    for name, (code, command) in WRONG.items():
        for as_json in ((), ("--json",)) if name in ("role", "family") else ((),):
            done = hostile.run((command[0], *as_json, *command[1:]), tty, CAREERFIT_LANG=language, TERM="xterm")
            assert done.code == code, (name, argument, done)
            assert not forbidden_in_text(done.out + done.err), (name, argument, done)
            assert "Traceback" not in done.out + done.err, (name, argument, done)
            assert "\ncareerfit: forged" not in f"\n{done.out}\n{done.err}", (name, argument, done)


@pytest.mark.parametrize("argument", ARGUMENTS, ids=ascii)
def test_a_hostile_argument_is_told_of_as_text(tmp_path, argument):
    """It neither steers the terminal nor makes up a message, and is not taken for the program's own fields."""
    is_told_of(tmp_path, argument, tty=False, language="en")


@pytest.mark.parametrize("argument", ARGUMENTS, ids=ascii)
def test_a_folder_with_a_hostile_name_is_told_of_as_text(tmp_path, argument):
    """In lines for people, in annotations and in documents, from which it is read as it was where it is Unicode."""
    folder = tmp_path / argument
    shutil.copytree(SMALL, folder)
    (folder / "items.yaml").write_text("- {id: one}\n")
    setting = {"CAREERFIT_CATALOGUE": str(folder)}
    for command, code in (
        (("catalogue", "check", str(folder)), 4),
        (("catalogue", "check", str(folder), "--format", "github"), 4),
        (("catalogue", "check", str(folder), "--json"), 4),
        (("show", "plant-head"), 4),
        (("show", "plant-head", "--json"), 4),
        (("config",), 0),
        (("config", "--json"), 0),
        (("history", "where"), 0),
        (("history", "where", "--json"), 0),
        (("catalogue", "new", str(folder / "own")), 0),
        (("catalogue", "schema", "--write", str(folder / "own")), 0),
    ):
        done = at_once(folder, *command, **setting)
        assert done.code == code, (command, done)
        assert not forbidden_in_text(done.out + done.err), (command, done)
        assert "\ncareerfit: forged" not in f"\n{done.out}\n{done.err}", (command, done)
        if "--json" in command and done.out:
            read = os.fsencode(folder).decode(errors="replace")
            assert any(text.startswith(read) for text in strings(json.loads(done.out))), (command, done)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("legal", LEGAL, ids=ascii)
def test_every_text_through_every_command(tmp_path, legal, language):
    """Each text alone, in a pipe and on a terminal, as words and as documents, in both languages."""
    one = world(tmp_path, legal, legal, language)
    for (name, command), tty in itertools.product(PAGES.items(), (False, True)):
        holds(one, name, command, tty, language)
    for name, command in DOCUMENTS.items():
        is_told_in_json(one, name, command, language)
    completes(one)
    asks_with_keys(one, language)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("argument", ARGUMENTS, ids=ascii)
def test_every_hostile_argument_on_a_terminal(tmp_path, argument, language):
    """There too, and in both languages."""
    is_told_of(tmp_path, argument, tty=True, language=language)


REFUSAL_COMMANDS = {
    "check": ("catalogue", "check", "FOLDER"),
    "check --json": ("catalogue", "check", "FOLDER", "--json"),
    "check for GitHub": ("catalogue", "check", "FOLDER", "--format", "github"),
    "show": ("show", "plant-head", "--catalogue", "FOLDER"),
    "quiz": ("quiz", "--plain", "--no-save", "--catalogue", "FOLDER"),
    "score": ("score", "SHEET", "--catalogue", "FOLDER"),
}


def in_turn(texts: tuple[str, ...], first: int) -> Callable[[bool], str]:
    """Return a writer that puts one text after the other, beginning with that of a number."""
    following = itertools.cycle((*texts[first:], *texts[:first]))
    return lambda _short: f"a{next(following)}b"


def is_refused(base: Path, first: int, raw: bool) -> None:
    """Hold the places that are reported against the lines that the hostile texts stand on."""
    folder = base / f"{'raw' if raw else 'escaped'}-{first}"
    lines = put(folder, poisoned_files(in_turn(FORBIDDEN, first)), raw)
    expected = {
        (name, number)
        for name, every in lines.items()
        for number, line in enumerate(every, start=1)
        if (any(forbidden_in_file(line)) if raw else re.search(r"\\[uU]", line))
    }
    for name, command in REFUSAL_COMMANDS.items():
        done = at_once(base / "home", *(str(folder) if word == "FOLDER" else word for word in command), LC_ALL="C")
        assert done.code == 4, (name, done)
        assert not forbidden_in_text(done.out + done.err), name
        assert not re.search(r"\\x1b|Traceback", done.out + done.err), name
        if name == "check --json":
            problems = json.loads(done.out)["problems"]
            assert {one["code"] for one in problems} == {"forbidden-character"}
            assert {(Path(one["file"]).name, one["line"]) for one in problems} == expected
            for one in problems:
                character = lines[Path(one["file"]).name][one["line"] - 1][one["column"] - 1]
                assert (forbidden_in_text(character) != []) if raw else (character == '"')
        elif name != "check for GitHub":
            places = re.findall(r"([a-z]+\.yaml):(\d+):\d+: ", done.out + done.err)
            assert {(file, int(line)) for file, line in places} == expected, name
    assert len(expected) > 150


@pytest.mark.parametrize("raw", [False, True], ids=["escaped", "as it is"])
def test_a_forbidden_character_is_refused_in_every_field(tmp_path, raw):
    """All of them in one run and with their places, by every command that reads a catalogue; none of it is shown."""
    is_refused(tmp_path, 0, raw)


@pytest.mark.slow
@pytest.mark.parametrize("raw", [False, True], ids=["escaped", "as it is"])
@pytest.mark.parametrize("first", range(1, len(FORBIDDEN)))
def test_every_forbidden_character_is_refused_in_every_field(tmp_path, first, raw):
    """So is every other one in every other field."""
    is_refused(tmp_path, first, raw)
