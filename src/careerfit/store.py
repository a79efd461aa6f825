"""Quizzes in progress and finished results, kept in one SQLite file that only its owner can read.

What a method was asked to keep is on the disk when it returns; when it raises, what was kept before is still there.
Times come in as ISO strings, since there is no clock here, and results as bytes that nobody looks into.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

from careerfit.errors import CannotWrite, InputRefused, Message, OpenElsewhere, StoreDamaged, UsageError, message
from careerfit.model import Answers, Base

Row = TypeVar("Row", "SavedQuiz", "ResultEntry", "SavedResult")
FILE_NAME, MEMORY = "careerfit.sqlite3", Path(":memory:")
APPLICATION_ID = 0x63666974  # "cfit": the header of an SQLite file says whose it is
BUSY_SECONDS = 10.0  # how long one terminal waits for another one to finish writing
SETTINGS = ("synchronous=EXTRA", "secure_delete=ON", "temp_store=MEMORY", "trusted_schema=OFF")
"""EXTRA syncs the folder too (the default loses answers in a power cut); secure_delete overwrites what is deleted."""


class SavedQuiz(Base, frozen=True, kw_only=True):
    """A quiz as it was last saved; `step` is where in the interview the respondent was."""

    id: str
    created: str
    updated: str
    catalogue_hash: str
    catalogue_name: str
    language: str
    max_items: int
    step: int
    answers: Answers
    finished: bool


class ResultEntry(Base, frozen=True, kw_only=True):
    """What a list of results shows of one; `headline` is whatever `finish` was given for that."""

    id: str
    quiz: str
    created: str
    catalogue_hash: str
    headline: str


class SavedResult(ResultEntry, frozen=True, kw_only=True):
    """A result: the document as it was passed in, and the reality check as JSON, once there is one."""

    document: bytes
    reality: bytes | None


def open_store(environ: Mapping[str, str]) -> Store:
    """Return the store in `$CAREERFIT_HOME`, or else in the user's data folder."""
    return Store(Path(environ.get("CAREERFIT_HOME") or platformdirs.user_data_path("careerfit")))


def _version_1(connection: sqlite3.Connection) -> None:
    # `turn` and `number` order the rows, because clocks go back; large columns come last, so that lists skip them
    connection.execute("""CREATE TABLE quizzes (
        id TEXT PRIMARY KEY NOT NULL, turn INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
        catalogue_hash TEXT NOT NULL, catalogue_name TEXT NOT NULL, language TEXT NOT NULL, max_items INTEGER NOT NULL,
        step INTEGER NOT NULL, finished INTEGER NOT NULL, answers BLOB NOT NULL)""")
    connection.execute("""CREATE TABLE results (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, quiz TEXT NOT NULL, created TEXT NOT NULL,
        catalogue_hash TEXT NOT NULL, headline TEXT NOT NULL, reality BLOB, document BLOB NOT NULL)""")


MIGRATIONS = (_version_1,)  # the function at place n takes a store from schema version n to n + 1


class Keeper:
    """What a quiz needs, whether it is kept on disk (`Store`) or in memory (`NoStore`)."""

    def __init__(self, file: Path) -> None:
        self.file, self._stopped = file, False
        self._kept: dict[str, Mapping[str, int | None]] = {}  # responses by quiz, to tell which are not saved
        with self._explained(message("The store cannot be opened.")):
            if file != MEMORY:
                _create(file)
            self._connection = connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                for setting in SETTINGS:
                    connection.execute(f"PRAGMA {setting}")
                if self._version() < len(MIGRATIONS):
                    with self._transaction():
                        for migrate in MIGRATIONS[self._version() :]:  # another terminal may have been faster
                            migrate(connection)
                        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                        connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
                connection.execute("PRAGMA journal_mode=DELETE")
            except BaseException:
                connection.close()
                raise

    def start(self, *, when: str, catalogue_hash: str, catalogue_name: str, language: str, max_items: int) -> SavedQuiz:
        """Begin a quiz at step 0, without answers, and return it with its new id."""
        quiz_id, answers = secrets.token_hex(4), msgspec.json.encode(Answers())
        values = (quiz_id, when, when, catalogue_hash, catalogue_name, language, max_items, answers)
        query = "INSERT INTO quizzes SELECT ?, coalesce(max(turn), 0) + 1, ?, ?, ?, ?, ?, ?, 0, FALSE, ? FROM quizzes"
        self._change(message("The new quiz is not saved."), quiz_id, (query, values))
        return self.load(quiz_id)

    def save(self, quiz_id: str, answers: Answers, step: int, when: str) -> None:
        """Keep everything said so far."""
        query = """UPDATE quizzes SET turn = (SELECT max(turn) + 1 FROM quizzes), answers = ?, step = ?, updated = ?
            WHERE id = ? AND NOT finished"""
        new = ", ".join(sorted(dict(answers.responses.items() - self._kept.get(quiz_id, {}).items())))
        lost = message("The answer to {items} is not saved.", items=new) if new else message("The change is not saved.")
        self._change(lost, quiz_id, (query, (msgspec.json.encode(answers), step, when, quiz_id)))
        self._kept[quiz_id] = dict(answers.responses)

    def unfinished(self) -> list[SavedQuiz]:
        """Return the quizzes in progress, the one saved last first."""
        return self._read(SavedQuiz, "quizzes WHERE NOT finished ORDER BY turn DESC")

    def load(self, quiz_id: str) -> SavedQuiz:
        """Return a quiz, finished or not; `hold` it first, or another terminal may go on with it."""
        for quiz in self._read(SavedQuiz, "quizzes WHERE id = ?", quiz_id):
            self._kept[quiz_id] = quiz.answers.responses
            return quiz
        raise self._nothing(quiz_id)

    def discard(self, quiz_id: str) -> None:
        """Remove a quiz and its answers; results stay."""
        self._change(message("The quiz is still there."), quiz_id, ("DELETE FROM quizzes WHERE id = ?", (quiz_id,)))

    def finish(
        self, quiz_id: str, result_id: str, created: str, catalogue_hash: str, document: bytes, headline: str = ""
    ) -> None:
        """Mark a quiz done and keep its result, both or neither."""
        done = "UPDATE quizzes SET finished = TRUE WHERE id = ? AND NOT finished"
        insert = "INSERT INTO results (id, quiz, created, catalogue_hash, headline, document) VALUES (?, ?, ?, ?, ?, ?)"
        values = (result_id, quiz_id, created, catalogue_hash, headline, document)
        self._change(message("The result is not saved."), quiz_id, (done, (quiz_id,)), (insert, values))

    def save_reality(self, result_id: str, reality: bytes) -> None:
        """Keep the reality check (JSON) beside a result, in place of an earlier one."""
        lost = message("The answers to the reality check are not saved.")
        self._change(lost, result_id, ("UPDATE results SET reality = ? WHERE id = ?", (reality, result_id)))

    def results(self) -> list[ResultEntry]:
        """Return what there is to list of every result, the one kept last first."""
        return self._read(ResultEntry, "results ORDER BY number DESC")

    def result(self, result_id: str) -> SavedResult:
        """Return one result, whole."""
        for result in self._read(SavedResult, "results WHERE id = ?", result_id):
            return result
        raise self._nothing(result_id)

    def hold(self, quiz_id: str) -> AbstractContextManager[None]:
        """Keep other terminals out of a quiz for a `with` block; raise OpenElsewhere when one has it."""
        return nullcontext()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _version(self) -> int:
        """Return the schema version, 0 for an empty file; refuse what this program cannot have made."""
        # the owner last: once another terminal has set the file up, it is the owner that decides
        queries = ("SELECT count(*) FROM sqlite_master", "PRAGMA user_version", "PRAGMA application_id")
        tables, version, owner = (int(self._connection.execute(query).fetchone()[0]) for query in queries)
        if owner != APPLICATION_ID and (owner, version, tables) != (0, 0, 0):
            raise self._damaged()
        if version > len(MIGRATIONS):
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

    def _change(self, lost: Message, wanted: str, *statements: tuple[str, tuple[str | int | bytes, ...]]) -> None:
        """Change one row with each statement, all or none of them."""
        with self._explained(lost), self._transaction():
            for query, values in statements:
                if self._connection.execute(query, values).rowcount != 1:
                    raise self._nothing(wanted)

    def _read(self, kind: type[Row], rest: str, *values: str) -> list[Row]:
        names = kind.__struct_fields__
        with self._explained(message("What was saved cannot be read.")):
            query = f"SELECT {', '.join(names)} FROM {rest}"  # noqa: S608
            rows = [dict(zip(names, row, strict=True)) for row in self._connection.execute(query, values)]
        try:
            for row in rows if kind is SavedQuiz else ():
                row |= {"answers": msgspec.json.decode(row["answers"], type=Answers), "finished": bool(row["finished"])}
            return [msgspec.convert(row, kind) for row in rows]
        except (msgspec.MsgspecError, TypeError, ValueError) as error:
            raise self._damaged() from error

    @contextmanager
    def _explained(self, lost: Message) -> Iterator[None]:
        """Turn what SQLite and the system report into our errors: what is lost, and why."""
        if self._stopped:  # a system that could not write may drop the data and report success the next time
            raise self._cannot(lost, "disk I/O error")
        try:
            yield
        except OSError as error:
            raise self._cannot(lost, error.strerror or str(error)) from error
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of the caller
        except (sqlite3.Error, UnicodeDecodeError) as error:
            code = getattr(error, "sqlite_errorcode", None)  # Python's own complaints, about bad UTF-8, have none
            if code in (None, sqlite3.SQLITE_ERROR) or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise self._damaged() from error  # the plain ERROR stands for a table that is gone
            self._stopped = code & 0xFF == sqlite3.SQLITE_IOERR
            raise self._cannot(lost, str(error)) from error

    def _nothing(self, wanted: str) -> UsageError:
        return UsageError(message("There is no quiz in progress and no result with the id {id}.", id=wanted))

    def _cannot(self, lost: Message, reason: str) -> CannotWrite:
        return CannotWrite(lost, message("{file}: {reason}. What was saved is kept.", file=self.file, reason=reason))

    def _damaged(self) -> StoreDamaged:
        hint = message("It is left as it is. Put a copy in the place of {file}, or move it away.", file=self.file)
        return StoreDamaged(message("{file} is damaged, or not a store of careerfit.", file=self.file), hint)


class Store(Keeper):
    """A folder with the file, and a lock file for each quiz that is open somewhere."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / FILE_NAME)

    @contextmanager
    def hold(self, quiz_id: str) -> Iterator[None]:
        """Keep other terminals out of a quiz for a `with` block; raise OpenElsewhere when one has it."""
        if not quiz_id.isalnum():  # it becomes part of a file name
            raise self._nothing(quiz_id)
        path = self.file.with_name(f"quiz-{quiz_id}.lock")
        with self._explained(message("The quiz {id} cannot be opened.", id=quiz_id)):
            lock = _lock(path)
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()  # before letting go, while it is nobody else's
            os.close(lock)


class NoStore(Keeper):
    """Writes nothing anywhere, for --no-save."""

    def __init__(self) -> None:
        super().__init__(MEMORY)


def _create(file: Path) -> None:
    """Make folders and file for their owner alone, whatever the umask; SQLite's journal gets the mode of the file."""
    for folder in reversed([folder for folder in file.parents if not folder.exists()]):
        folder.mkdir(0o700, exist_ok=True)
        folder.chmod(0o700)
        os.fsync(parent := os.open(folder.parent, os.O_RDONLY))
        os.close(parent)
    if file.is_symlink():
        raise OSError("it is a symbolic link")
    with suppress(FileExistsError):  # one that exists is not opened: closing it would drop this process's locks on it
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        os.fchmod(opened, 0o600)
        os.close(opened)


def _lock(path: Path) -> int:
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        os.fchmod(lock, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            text = message("This quiz is open in another terminal.")
            raise OpenElsewhere(text, message("Continue there, or start another one: careerfit quiz --new")) from error
        if os.fstat(lock).st_nlink:
            return lock
        os.close(lock)  # its last holder removed it between our opening and our locking
