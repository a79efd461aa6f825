"""The files that a new catalogue begins with: three roles, six traits and 24 items, explained where they stand.

They are made from one source in every language, the folder ``starter``: a catalogue itself, in which each text stands
on a line for each language, and each comment begins with the tag of its language, as in ``#en| ...``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from careerfit.catalogue.characters import forbidden_in_text, has_stacked_marks
from careerfit.catalogue.files import FILE_NAMES
from careerfit.catalogue.schema import catalogue_schemas
from careerfit.catalogue.texts import MAX_NAME
from careerfit.catalogue.vocabulary import Vocabulary

STARTING_LANGUAGES = ("id", "en")
"""The languages that the first texts exist in."""

_SOURCE = Path(__file__).parent / "starter"
_COMMENT = re.compile(r"( *#)([a-z]+)\|(.*)")
_TEXT = re.compile(rf" +({'|'.join(STARTING_LANGUAGES)}): ")


def starting_files(name: str, languages: Sequence[str], comments: str) -> dict[str, bytes]:
    """Return roles.yaml, traits.yaml and items.yaml of a new catalogue, by file name.

    Args:
        name: What the catalogue is called; one that no catalogue can have is left as it is in the source.
        languages: Which of `STARTING_LANGUAGES` every text is given in.
        comments: Which of them the fields are explained in.
    """
    files = {}
    for file in FILE_NAMES:
        source = (_SOURCE / file).read_text(encoding="utf-8")
        files[file] = "".join(f"{line}\n" for line in _lines(source, name, languages, comments)).encode()
    return files


def schema_files(known: Vocabulary) -> dict[str, bytes]:
    """Return the schemas that the first lines of a catalogue's files point to; they know its ids and languages."""
    return {
        f"schema/{name}.json": json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
        for name, schema in catalogue_schemas(known).items()
    }


def _lines(source: str, name: str, languages: Sequence[str], comments: str) -> Iterator[str]:
    """Yield the lines of a file that belong to the languages asked for."""
    for line in source.splitlines():
        comment, text = _COMMENT.fullmatch(line), _TEXT.match(line)
        if comment is not None:
            if comment[2] == comments:
                yield comment[1] + comment[3]
        elif line.startswith("name: ") and _can_be_a_name(name):
            yield f"name: {json.dumps(name, ensure_ascii=False)}"
        elif line.startswith("languages: "):
            yield f"languages: [{', '.join(languages)}]"
        elif text is None or text[1] in languages:
            yield line


def _can_be_a_name(text: str) -> bool:
    return (
        0 < len(text.strip()) <= len(text) <= MAX_NAME and not forbidden_in_text(text) and not has_stacked_marks(text)
    )
