"""The program's own words: all of them are in Indonesian, and every translation keeps the rules and is compiled."""

from __future__ import annotations

import ast
import gettext
import io
import os
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "careerfit"
PO = SOURCE / "locale" / "id" / "LC_MESSAGES" / "careerfit.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "message": None, "_noop": None}
SAME_IN_BOTH = {
    *("careerfit: {text}", "{name}: {text}", "“{text}”", "[FILE|-]...", "FILE", "ID", "TAG", "[ID]", "[ID]..."),
    *("April", "September", "November", "{day} {month} {year}", "{day}, {time}", "{count} kB"),
}
"""Messages that are the same in Indonesian and in English."""


def in_program() -> set[str | tuple[str, str]]:
    """Return every msgid in the program, a pair where there is a plural."""
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=KEYWORDS)
    return {tuple(text) if isinstance(text, (tuple, list)) else text for _file, _line, text, _notes, _context in found}


def read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3]) if file.suffix == ".po" else read_mo(opened)


def entries(catalogue: Catalog) -> dict[str | tuple[str, str], Message]:
    return {tuple(entry.id) if entry.pluralizable else entry.id: entry for entry in catalogue if entry.id}


def texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def placeholders(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, form, conversion) for _text, name, form, conversion in Formatter().parse(text) if name is not None}


TRANSLATED = entries(read(PO))
every_translation = pytest.mark.parametrize(
    "po", sorted(SOURCE.glob("locale/*/LC_MESSAGES/careerfit.po")), ids=lambda file: file.parts[-3]
)


def translated(po: Path) -> dict[str | tuple[str, str], Message]:
    """Return the entries that have a translation; only Indonesian has to have all."""
    return {msgid: entry for msgid, entry in entries(read(po)).items() if all(texts(entry.string) or ("",))}


def test_every_message_has_an_indonesian_translation():
    missing = {
        msgid for msgid in in_program() if msgid not in TRANSLATED or not all(texts(TRANSLATED[msgid].string) or ("",))
    }
    assert not missing, "`make messages`, then translate what is empty in careerfit.po"


def test_every_message_can_be_collected():
    """A template in a variable is never seen by the extraction, and would be said in English."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                assert isinstance(node.args[0], ast.Constant), f"{file}:{node.lineno}"


@every_translation
def test_nothing_is_translated_that_the_program_does_not_say(po):
    catalogue = read(po)
    assert entries(catalogue).keys() <= in_program()
    assert not catalogue.obsolete
    assert not [entry.id for entry in catalogue if entry.id and entry.fuzzy]


@every_translation
def test_a_translation_has_the_same_placeholders(po):
    wrong = [
        (entry.id, text)
        for entry in translated(po).values()
        for text in texts(entry.string)
        if placeholders(text) != placeholders(texts(entry.id)[-1])
    ]
    assert not wrong


@every_translation
def test_a_translation_has_the_spaces_at_its_ends_that_its_message_has(po):
    """They stand between fragments; only where Indonesian begins with a comma is there none."""
    for entry in translated(po).values():
        original, text = texts(entry.id)[0], texts(entry.string)[0]
        assert text[-1].isspace() == original[-1].isspace(), text
        assert text[0].isspace() == original[0].isspace() or text[0] == ",", text


def test_a_translation_is_not_english():
    same = {msgid for msgid, entry in TRANSLATED.items() if set(texts(entry.id)) & set(texts(entry.string))}
    assert same == SAME_IN_BOTH


@every_translation
def test_command_names_and_options_stay_as_they_are(po):
    for msgid, entry in translated(po).items():
        for word in texts(msgid)[0].split():
            if word.startswith("--") or word.endswith((".yaml", ".json", ".txt")):
                assert word.strip(".,") in texts(entry.string)[0]


@every_translation
def test_keys_of_the_quiz_stay_as_they_are(po):
    for msgid, entry in translated(po).items():
        if " · " in msgid and "{" in msgid and msgid.startswith(("{numbers}", "Enter")):
            letters = [part.split()[0] for part in msgid.split(" · ")]
            assert [part.split()[0] for part in entry.string.split(" · ")] == letters
            assert len(entry.string.format(numbers="1-5")) <= 76, "the line of keys fits a question's width"


@every_translation
def test_the_compiled_translation_is_current(po):
    compiled, current = io.BytesIO(), read(po)
    write_mo(compiled, current)
    compiled.seek(0)
    assert {i: e.string for i, e in entries(read(po.with_suffix(".mo"))).items()} == {
        i: e.string for i, e in entries(read_mo(compiled)).items()
    }


def test_the_compiled_translation_is_what_gettext_reads():
    with PO.with_suffix(".mo").open("rb") as opened:
        translation = gettext.GNUTranslations(opened)
    assert translation.ngettext("{count} error", "{count} errors", 2) == "{count} kesalahan"
    assert translation.gettext("Question {number}") == "Pertanyaan {number}"


def test_the_header_names_language_plural_and_encoding():
    headers = dict(read(PO).mime_headers)
    assert headers["Language"] == "id"
    assert headers["Plural-Forms"] == "nplurals=1; plural=0;"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


def help_page(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent), "COLUMNS": "100"}
    command = [sys.executable, "-m", "careerfit", "--lang", "id", *arguments, "--help"]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.mark.parametrize(
    "command",
    ["", "quiz", "show", "roles", "items", "score", "report", "catalogue", "catalogue check", "catalogue schema"],
)
def test_help_in_indonesian_has_no_english_headings(command):
    page = help_page(*command.split())
    assert "Opsi:" in page
    # "Usage:", "[OPTIONS]", "Show this message and exit." and the help on completion are fixed in Typer itself
    for english in ("Options:", "Commands:", "Arguments:", "default:", "required", "Example:", "Print", "Folder with"):
        assert english not in page
