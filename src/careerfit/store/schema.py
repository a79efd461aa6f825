"""The tables, version after version: how a store of every earlier version becomes one of today.

A migration that was released is never changed: the stores it has made are out there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from careerfit.store.rows import sealed

_QUIZ_2 = (
    "id",
    "created",
    "updated",
    "catalogue_hash",
    "catalogue_name",
    "language",
    "max_items",
    "step",
    "answers",
    "aside",
    "finished",
)
_ENTRY_2 = ("id", "quiz", "created", "catalogue_hash", "catalogue_name", "headline", "answered")
"""What the seals of version 2 are made of, in their order."""


def _version_1(connection: sqlite3.Connection) -> None:
    # `turn` and `number` order the rows, because clocks go back; large columns come last, so that lists skip them
    connection.execute("""CREATE TABLE quizzes (
        id TEXT PRIMARY KEY NOT NULL, turn INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        catalogue_hash TEXT NOT NULL, catalogue_name TEXT NOT NULL, language TEXT NOT NULL, max_items INTEGER NOT NULL,
        step INTEGER NOT NULL, finished INTEGER NOT NULL, answers BLOB NOT NULL)""")
    connection.execute("""CREATE TABLE results (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, quiz TEXT NOT NULL, created TEXT NOT NULL,
        catalogue_hash TEXT NOT NULL, headline TEXT NOT NULL, reality BLOB, document BLOB NOT NULL)""")


def _version_2(connection: sqlite3.Connection) -> None:
    """Seal every row, keep catalogues, and let a list of results say of which catalogue and how many answers."""
    for table in ("quizzes", "results"):
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_1")
    connection.execute("""CREATE TABLE catalogues (
        hash TEXT PRIMARY KEY NOT NULL, seal INTEGER NOT NULL, content BLOB NOT NULL)""")
    connection.execute("""CREATE TABLE quizzes (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, turn INTEGER NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, catalogue_hash TEXT NOT NULL, catalogue_name TEXT NOT NULL,
        language TEXT NOT NULL, max_items INTEGER NOT NULL, step INTEGER NOT NULL, finished INTEGER NOT NULL,
        seal INTEGER NOT NULL, aside BLOB NOT NULL, answers BLOB NOT NULL)""")
    connection.execute("""CREATE TABLE results (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, quiz TEXT NOT NULL, created TEXT NOT NULL,
        catalogue_hash TEXT NOT NULL, catalogue_name TEXT NOT NULL, headline TEXT NOT NULL, answered INTEGER NOT NULL,
        seal INTEGER NOT NULL, content_seal INTEGER NOT NULL, reality BLOB, document BLOB NOT NULL)""")
    for row in _rows(connection, "SELECT *, CAST('{}' AS BLOB) AS aside FROM quizzes_1 ORDER BY turn"):
        _insert(connection, "quizzes", {**row, "seal": sealed(row[name] for name in _QUIZ_2)})
    for row in _rows(connection, "SELECT * FROM results_1 ORDER BY number"):
        entry = {**row, **_listed(row["document"])}
        seal = sealed(entry[name] for name in _ENTRY_2)
        content_seal = sealed((row["id"], row["document"], row["reality"]))
        _insert(connection, "results", {**entry, "seal": seal, "content_seal": content_seal})
    for table in ("quizzes", "results"):
        connection.execute(f"DROP TABLE {table}_1")


def _version_3(connection: sqlite3.Connection) -> None:
    """Let a quiz, and with it its result, remember the folder of its catalogue.

    No row is read or written, so that one that is damaged stays noticed, and pages that cannot be read cost no others.
    """
    connection.execute("ALTER TABLE quizzes ADD COLUMN folder BLOB")


MIGRATIONS = (_version_1, _version_2, _version_3)
"""The function at place n takes a store from schema version n to n + 1."""


def _rows(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    places = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", tuple(row.values()))  # noqa: S608


def _listed(document: bytes) -> dict[str, Any]:
    """Return what a list of results shows of a document, as far as it is one."""
    try:
        result = json.loads(document)
        responses = result["answers"]["responses"].values()
        answered = sum(response is not None for response in responses)
        return {"catalogue_name": str(result["catalogue"]["name"]), "answered": answered}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"catalogue_name": "", "answered": 0}
