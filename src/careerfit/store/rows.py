"""What the store gives back, and the seals by which it notices that a row is no longer what was written."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from careerfit.model import Answers, Base

Value = str | int | bytes | None


class SavedQuiz(Base, frozen=True, kw_only=True):
    """A quiz as it was last saved.

    `step` is where in the interview the respondent was; `aside` holds responses given on an earlier version of the
    catalogue that do not count: their items are gone, or have other words now and were not answered again yet.
    `folder` is where the catalogue was taken from, as it was named and absolute; None for the one that comes with
    careerfit, and where it is not known.
    """

    id: str
    created: str
    updated: str
    catalogue_hash: str
    catalogue_name: str
    language: str
    max_items: int
    step: int
    answers: Answers
    aside: dict[str, int | None]
    finished: bool
    folder: Path | None = None


class ResultEntry(Base, frozen=True, kw_only=True):
    """What a list of results shows of one; `headline` and `answered` are whatever `finish` was given for that."""

    id: str
    quiz: str
    created: str
    catalogue_hash: str
    catalogue_name: str
    headline: str
    answered: int


class SavedResult(ResultEntry, frozen=True, kw_only=True):
    """A result: the document as it was passed in, and the reality check as JSON, once there is one."""

    document: bytes
    reality: bytes | None


class Damaged(NamedTuple):
    """A row that is not what was written; its id may be wrong as well."""

    kind: Literal["quiz", "result"]
    id: str

    @property
    def is_unreachable(self) -> bool:
        """Whether it stands on a page that cannot be read, so that only its number is known."""
        return self.id.startswith("#")


QUIZ_COLUMNS = SavedQuiz.__struct_fields__
ENTRY_COLUMNS = ResultEntry.__struct_fields__


def sealed(values: Iterable[Value]) -> int:
    """Return the checksum of a row: CRC-32 of its values, each as bytes, joined by zeros."""
    return zlib.crc32(b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in values))


def quiz_seal(values: tuple[Value, ...]) -> int:
    """Return the seal of a quiz's row; one without a folder has that of version 2, which knew of none."""
    *known, folder = values
    return sealed(known if folder is None else values)


def quiz_values(quiz: SavedQuiz) -> tuple[Value, ...]:
    """Return a quiz as a row, in the order of `QUIZ_COLUMNS`; the folder in the bytes of the file system."""
    encoded = {name: msgspec.json.encode(getattr(quiz, name)) for name in ("answers", "aside")}
    folder = None if quiz.folder is None else os.fsencode(quiz.folder)
    row = {**msgspec.structs.asdict(quiz), **encoded, "finished": int(quiz.finished), "folder": folder}
    return tuple(row.values())


def quiz_of(values: tuple[Value, ...], seal: Value) -> SavedQuiz | None:
    """Return the quiz that a row holds, None when the row is not what was written."""
    if quiz_seal(values) != seal:
        return None
    row: dict[str, Any] = dict(zip(QUIZ_COLUMNS, values, strict=True))
    try:
        decoded = {name: msgspec.json.decode(row[name]) for name in ("answers", "aside")}
        told = {"finished": bool(row["finished"]), "folder": folder_in(values)}
        return msgspec.convert({**row, **decoded, **told}, SavedQuiz)
    except (msgspec.MsgspecError, TypeError, ValueError):
        return None


def is_damaged_quiz(values: tuple[Value, ...], seal: Value) -> bool:
    """Return whether a quiz's row is not what was written; the answers of a finished one are not read for that."""
    if quiz_seal(values) != seal:
        return True
    return not values[QUIZ_COLUMNS.index("finished")] and quiz_of(values, seal) is None


def folder_in(values: tuple[Value, ...]) -> Path | None:
    """Return the folder of the catalogue in a quiz's row."""
    folder = values[-1]
    return Path(os.fsdecode(folder)) if isinstance(folder, str | bytes) else None


def entry_of(values: tuple[Value, ...], seal: Value) -> ResultEntry | None:
    """Return the entry that a row holds, None when the row is not what was written."""
    if sealed(values) != seal:
        return None
    try:
        return msgspec.convert(dict(zip(ENTRY_COLUMNS, values, strict=True)), ResultEntry)
    except msgspec.MsgspecError:
        return None
