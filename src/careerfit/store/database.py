"""The SQLite file: opened with the settings that keep answers through a power cut, its errors said in our terms."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from careerfit.errors import CannotWrite, InputRefused, Message, StoreDamaged, message, system_reason
from careerfit.store import schema
from careerfit.store.folder import create_file
from careerfit.store.rows import Value

MEMORY = Path(":memory:")
APPLICATION_ID = 0x63666974  # "cfit": the header of an SQLite file says whose it is
BUSY_SECONDS = 10.0  # how long one terminal waits for another one to finish writing
SETTINGS = ("synchronous=EXTRA", "secure_delete=ON", "temp_store=MEMORY", "trusted_schema=OFF")
"""EXTRA syncs the folder too (the default loses answers in a power cut); secure_delete overwrites what is deleted."""

_LEAST_ROW = 100
"""Bytes: no row is smaller, its id, times and hash alone are more."""

_ERRORS_OF_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Database:
    """One file, or one in memory, of today's schema version."""

    def __init__(self, file: Path) -> None:
        self.file, self._stopped = file, False
        with self._explained(message("The store cannot be opened.")):
            if file != MEMORY:
                create_file(file)
            self._connection = connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
            # a text that is no UTF-8 is for its row's seal to notice, and no reason to lose the other rows
            connection.text_factory = _text
            try:
                for setting in SETTINGS:
                    connection.execute(f"PRAGMA {setting}")
                if self._version() < len(schema.MIGRATIONS):
                    self._migrate()
                connection.execute("PRAGMA journal_mode=DELETE")
            except BaseException:
                connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _migrate(self) -> None:
        with self._transaction():
            for migrate in schema.MIGRATIONS[self._version() :]:  # another terminal may have been faster
                migrate(self._connection)
            self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version={len(schema.MIGRATIONS)}")

    def _version(self) -> int:
        """Return the schema version, 0 for an empty file; refuse what this program cannot have made."""
        # the owner last: once another terminal has set the file up, it is the owner that decides
        queries = ("SELECT count(*) FROM sqlite_master", "PRAGMA user_version", "PRAGMA application_id")
        tables, version, owner = (int(self._connection.execute(query).fetchone()[0]) for query in queries)
        if owner != APPLICATION_ID and (owner, version, tables) != (0, 0, 0):
            raise self._damaged()
        if version > len(schema.MIGRATIONS):
            text = message("The store {file} was written by a newer careerfit and is left untouched.", file=self.file)
            raise InputRefused(text, hint=message("Update careerfit, or use --no-save, which keeps nothing."))
        return version

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """On the disk when the block is left, or as if it had never been begun."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _changing(self, lost: Message) -> Iterator[None]:
        """Make a change whole or not at all; `lost` says what is not kept when it fails."""
        with self._explained(lost), self._transaction():
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._explained(message("What was saved cannot be read.")):
            yield

    def _rows(self, table: str, columns: Sequence[str], rest: str, *values: str) -> list[tuple[Value, ...]]:
        """Return rows of a table, each with its seal at the end; where pages are damaged, all that can be reached.

        A row that cannot be reached is given as its number with a hash before it, and nothing else. When pages are
        damaged `rest` is not heeded, and the latest row comes first; a search for a value then raises instead.
        """
        query = f"SELECT {', '.join(columns)}, seal FROM {table} "  # noqa: S608
        try:
            return self._connection.execute(query + rest, values).fetchall()
        except sqlite3.DatabaseError as error:
            if values or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
        most = self.file.stat().st_size // _LEAST_ROW  # a damaged count would keep us here for ever
        counted = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        rows: list[tuple[Value, ...]] = []
        for number in range(min(most, counted[0]) if counted else 0, 0, -1):
            try:
                rows += self._connection.execute(f"{query} WHERE number = ?", (number,))
            except sqlite3.DatabaseError:
                rows.append((f"#{number}", *[None] * len(columns)))
        return rows

    @contextmanager
    def _explained(self, lost: Message) -> Iterator[None]:
        """Turn what SQLite and the system report into our errors: what is lost, and why."""
        if self._stopped:  # a system that could not write may drop the data and report success the next time
            raise self._cannot(lost, message("the disk reports an error"))
        try:
            yield
        except OSError as error:
            raise self._cannot(lost, system_reason(error)) from error
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of the caller
        except sqlite3.Error as error:
            code = error.sqlite_errorcode
            if code == sqlite3.SQLITE_ERROR or code & 0xFF in _ERRORS_OF_DAMAGE:
                raise self._damaged() from error  # the plain ERROR stands for a table that is gone
            self._stopped = code & 0xFF == sqlite3.SQLITE_IOERR
            raise self._cannot(lost, _reason(error)) from error

    def _cannot(self, lost: Message, reason: Message) -> CannotWrite:
        return CannotWrite(lost, message("{file}: {reason}. What was saved is kept.", file=self.file, reason=reason))

    def _damaged(self) -> StoreDamaged:
        hint = message("It is left as it is. Put a copy in the place of {file}, or move it away.", file=self.file)
        return StoreDamaged(message("{file} is damaged, or not a store of careerfit.", file=self.file), hint)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _reason(error: sqlite3.Error) -> Message:
    """Return why SQLite would not do something; a rare reason in its own words, in quotes."""
    match error.sqlite_errorcode & 0xFF:
        case sqlite3.SQLITE_FULL:
            return message("the disk is full")
        case sqlite3.SQLITE_IOERR:
            return message("the disk reports an error")
        case sqlite3.SQLITE_READONLY:
            return message("it can only be read")
        case sqlite3.SQLITE_CANTOPEN:
            return message("it cannot be opened")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return message("another terminal is writing to it")
    return message("“{text}”", text=str(error))
