"""What an author sees in an editor: the real yaml-language-server on a new catalogue, where it is installed.

`npm install yaml-language-server`, and either have it on the PATH or name it in CAREERFIT_YAML_LANGUAGE_SERVER.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import Editor

from careerfit.catalogue.load import build_catalogue
from careerfit.catalogue.starting import schema_files, starting_files
from careerfit.catalogue.vocabulary import vocabulary_of
from careerfit.cli.files import write_files

SERVER = os.environ.get("CAREERFIT_YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")

pytestmark = pytest.mark.skipif(SERVER is None, reason="yaml-language-server (from npm) is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A new catalogue in two languages."""
    folder = tmp_path_factory.mktemp("editor") / "new"
    files = starting_files("new", ("id", "en"), "en")
    write_files(folder, {**schema_files(vocabulary_of(build_catalogue(files))), **files})
    return folder


@pytest.fixture(scope="module")
def editor(folder) -> Iterator[Editor]:
    with Editor(str(SERVER), folder) as editor:
        yield editor


def place(text: str, line: str, word: str, after: int = 0) -> tuple[int, int]:
    """Return line and column, from 1, of a word in the first line that contains `line`, from line `after` on."""
    for number, content in enumerate(text.splitlines(), 1):
        if number > after and line in content:
            return number, content.index(word) + 1
    raise AssertionError(line)


@pytest.mark.parametrize("name", ["roles.yaml", "traits.yaml", "items.yaml"])
def test_nothing_is_flagged_in_a_new_catalogue(editor, folder, name):
    """Each file is fine by the schema that its first line names."""
    assert editor.diagnostics(name, (folder / name).read_text()) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("roles.yaml", "- trait: listen", "- trait: lissten", "lissten"),
        ("roles.yaml", "    summary:", "    sumary:", "sumary"),
        ("roles.yaml", "        at_least: 5", "        at_least: 6", "6"),
        ("roles.yaml", "leads_to: [student-affairs-coordinator]", "leads_to: [headmaster]", "headmaster"),
        ("roles.yaml", "      place: office", "      place: indoors", "indoors"),
        ("items.yaml", "  trait: listen", "  trait: lissten", "lissten"),
        ("items.yaml", "  keyed: positive", "  keyed: plus", "plus"),
        ("items.yaml", "traits: {listen: 1, unplanned: 0.5}", "traits: {lissten: 1, unplanned: 0.5}", "lissten"),
        ("traits.yaml", "  low:", "  loww:", "loww"),
    ],
)
def test_a_mistake_is_flagged_where_it_stands(editor, folder, name, old, new, wrong):
    """Line and column of the wrong word, as `catalogue check` gives them."""
    text = (folder / name).read_text().replace(old, new, 1)
    flagged = [(line, column) for line, column, _message in editor.diagnostics(name, text)]
    assert place(text, new, wrong) in flagged


def test_a_text_without_its_translation_is_flagged(editor, folder):
    """Every text has to be there in each language of the catalogue."""
    lines = (folder / "traits.yaml").read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if '"Keeping records"' not in line)
    [(line, _column, message)] = editor.diagnostics("traits.yaml", text)
    assert line in range(*(place(text, "- id: records", "-")[0], place(text, "- id: unplanned", "-")[0]))
    assert '"en"' in message


@pytest.mark.parametrize(
    ("name", "line", "offered"),
    [
        ("roles.yaml", "- trait: ", ["listen", "present", "organise", "firm", "records", "unplanned"]),
        ("items.yaml", "  trait: ", ["listen", "present", "organise", "firm", "records", "unplanned"]),
        ("roles.yaml", "- role: ", ["school-counsellor", "homeroom-teacher", "student-affairs-coordinator"]),
        ("roles.yaml", "      overtime: ", ["never", "sometimes", "often"]),
    ],
)
def test_ids_are_offered(editor, folder, name, line, offered):
    """Where an id belongs, those of the catalogue are offered."""
    text = (folder / name).read_text()
    number, _column = place(text, line, line)
    start = text.splitlines()[number - 1].split(":")[0] + ": "
    lines = text.splitlines()
    lines[number - 1] = start
    editor.diagnostics(name, "\n".join(lines) + "\n")
    assert set(offered) <= editor.completions(number, len(start) + 1).keys()


def test_a_trait_is_told_by_its_name(editor, folder):
    """Pointing at an id shows what it stands for, in the languages of the catalogue."""
    text = (folder / "roles.yaml").read_text()
    assert editor.diagnostics("roles.yaml", text) == []
    line, column = place(text, "- trait: unplanned", "unplanned")
    assert "Hari yang berubah-ubah / Days that change" in editor.hover(line, column)
