"""What a quiz asks the store to keep, and what is read back."""

from __future__ import annotations

import os
import secrets
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from careerfit.errors import Message, StoreDamaged, UsageError, message
from careerfit.model import Answers, Catalogue
from careerfit.store.database import MEMORY, Database
from careerfit.store.folder import lock_file
from careerfit.store.rows import (
    ENTRY_COLUMNS,
    QUIZ_COLUMNS,
    Damaged,
    ResultEntry,
    SavedQuiz,
    SavedResult,
    entry_of,
    folder_in,
    is_damaged_quiz,
    quiz_of,
    quiz_seal,
    quiz_values,
    sealed,
)

Row = TypeVar("Row", SavedQuiz, ResultEntry)
FILE_NAME = "careerfit.sqlite3"

_NEXT_TURN = "(SELECT coalesce(max(turn), 0) + 1 FROM quizzes)"
_PUT_QUIZ = (
    f"INSERT INTO quizzes (turn, seal, {', '.join(QUIZ_COLUMNS)})"  # noqa: S608
    f" VALUES ({_NEXT_TURN}, ?{', ?' * len(QUIZ_COLUMNS)}) ON CONFLICT (id) DO UPDATE SET turn = {_NEXT_TURN}, "
    + ", ".join(f"{name} = excluded.{name}" for name in ("seal", *QUIZ_COLUMNS[1:]))
)
_PUT_RESULT = (
    f"INSERT INTO results (seal, content_seal, document, {', '.join(ENTRY_COLUMNS)})"  # noqa: S608
    f" VALUES (?, ?, ?{', ?' * len(ENTRY_COLUMNS)})"
)


class Keeper(Database):
    """What a quiz needs, whether it is kept on disk (`Store`) or in memory (`NoStore`).

    Every row has a seal. One that is no longer what was written is left out of lists, named by `damaged`, and raises
    StoreDamaged when it is asked for; the other rows stay readable.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._kept: dict[str, Mapping[str, int | None]] = {}  # responses by quiz, to tell which are not saved

    def start(
        self, *, when: str, catalogue: Catalogue, language: str, max_items: int, folder: Path | None = None
    ) -> SavedQuiz:
        """Begin a quiz at step 0, without answers, keep a copy of its catalogue, and return it with its new id.

        `folder` is where the catalogue was taken from, None for the one that comes with careerfit.
        """
        quiz = SavedQuiz(
            id=secrets.token_hex(4),
            created=when,
            updated=when,
            catalogue_hash=catalogue.hash,
            catalogue_name=catalogue.name,
            language=language,
            max_items=max_items,
            step=0,
            answers=Answers(),
            aside={},
            finished=False,
            folder=folder,
        )
        with self._changing(message("The new quiz is not saved.")):
            self._put_catalogue(catalogue)
            self._put(quiz)
        return quiz

    def save(self, quiz_id: str, answers: Answers, step: int, when: str) -> None:
        """Keep everything said so far."""
        new = ", ".join(sorted(dict(answers.responses.items() - self._kept.get(quiz_id, {}).items())))
        lost = message("The answer to {items} is not saved.", items=new) if new else message("The change is not saved.")
        with self._changing(lost):
            quiz = self._in_progress(quiz_id)
            self._put(msgspec.structs.replace(quiz, answers=answers, step=step, updated=when))
        self._kept[quiz_id] = dict(answers.responses)

    def move(self, quiz: SavedQuiz, catalogue: Catalogue) -> SavedQuiz:
        """Keep a quiz in progress as it is given, to go on with a catalogue; return it with that."""
        moved = msgspec.structs.replace(quiz, catalogue_hash=catalogue.hash, catalogue_name=catalogue.name)
        with self._changing(message("The change is not saved.")):
            self._in_progress(quiz.id)
            self._put_catalogue(catalogue)
            self._put(moved)
        return moved

    def unfinished(self) -> list[SavedQuiz]:
        """Return the quizzes in progress, the one saved last first."""
        with self._reading():
            quizzes = [quiz for _id, quiz in self._quizzes("WHERE NOT finished ORDER BY turn DESC") if quiz is not None]
        return [quiz for quiz in quizzes if not quiz.finished]

    def load(self, quiz_id: str) -> SavedQuiz:
        """Return a quiz, finished or not; `hold` it first, or another terminal may go on with it."""
        with self._reading():
            quiz = self._quiz(quiz_id)
        self._kept[quiz_id] = quiz.answers.responses
        return quiz

    def finish(
        self, quiz_id: str, result_id: str, created: str, document: bytes, *, headline: str = "", answered: int = 0
    ) -> None:
        """Mark a quiz done and keep its result, both or neither; `answered` counts the questions answered."""
        with self._changing(message("The result is not saved.")):
            quiz = self._in_progress(quiz_id)
            self._put(msgspec.structs.replace(quiz, finished=True))
            entry = (result_id, quiz_id, created, quiz.catalogue_hash, quiz.catalogue_name, headline, answered)
            seals = (sealed(entry), sealed((result_id, document, None)))
            self._connection.execute(_PUT_RESULT, (*seals, document, *entry))

    def save_reality(self, result_id: str, reality: bytes) -> None:
        """Keep the reality check (JSON) beside a result, in place of an earlier one."""
        with self._changing(message("The answers to the reality check are not saved.")):
            seal = sealed((result_id, self._result(result_id).document, reality))
            query = "UPDATE results SET reality = ?, content_seal = ? WHERE id = ?"
            self._connection.execute(query, (reality, seal, result_id))

    def results(self) -> list[ResultEntry]:
        """Return what there is to list of every result, the one kept last first."""
        with self._reading():
            return [entry for _id, entry in self._entries("ORDER BY number DESC") if entry is not None]

    def result(self, result_id: str) -> SavedResult:
        """Return one result, whole."""
        with self._reading():
            return self._result(result_id)

    def catalogue(self, catalogue_hash: str) -> Catalogue | None:
        """Return the copy of a catalogue, None when there is none that this version of careerfit can read."""
        query = "SELECT content, seal FROM catalogues WHERE hash = ?"
        with self._reading():
            row = self._connection.execute(query, (catalogue_hash,)).fetchone()
        if row is None:
            return None
        content, seal = row
        if sealed((catalogue_hash, content)) != seal:
            raise StoreDamaged(
                message("The copy of a catalogue in {file} is damaged.", file=self.file),
                message("If you still have that catalogue, name its folder with --catalogue."),
            )
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(zlib.decompress(content), type=Catalogue)
        return None

    def folders(self) -> dict[str, Path]:
        """Return the folder of the catalogue of each quiz, in progress or finished, by the quiz's id.

        The catalogue that comes with careerfit has none; what is not known or damaged is left out.
        """
        with self._reading():
            sealed_rows = self._rows("quizzes", QUIZ_COLUMNS, "WHERE folder IS NOT NULL")
        rows = [tuple(row) for *row, seal in sealed_rows if quiz_seal(tuple(row)) == seal]
        return {str(row[0]): folder for row in rows if (folder := folder_in(row)) is not None}

    def damaged(self) -> list[Damaged]:
        """Return the quizzes and the results that lists leave out."""
        with self._reading():
            rows = self._rows("quizzes", QUIZ_COLUMNS, "")
            quizzes = [Damaged("quiz", str(row[0])) for *row, seal in rows if is_damaged_quiz(tuple(row), seal)]
            return quizzes + [Damaged("result", name) for name, entry in self._entries() if entry is None]

    def forget(self, ids: Collection[str] | None) -> None:
        """Remove quizzes and results, or everything for None, and whatever was kept for them alone.

        The answers of a finished quiz go with its result. What is gone is overwritten in the file, and the file
        shrinks.
        """
        try:
            self._forget(ids)
        except StoreDamaged as error:
            raise StoreDamaged(error.message, self.unreachable_hint()) from error

    def unreachable_hint(self) -> Message:
        """Return how to be rid of what stands on pages that cannot be read."""
        return message(
            "Entries in a part of it that cannot be read go only with the whole file, and with all the others:"
            " delete {file}",
            file=self.file,
        )

    def _forget(self, ids: Collection[str] | None) -> None:
        with self._changing(message("Nothing was removed.")):
            for table in ("quizzes", "results"):
                if ids is None:
                    self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
                else:
                    self._connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(name,) for name in ids])  # noqa: S608
            self._connection.execute("DELETE FROM quizzes WHERE finished AND id NOT IN (SELECT quiz FROM results)")
            self._connection.execute("""DELETE FROM catalogues WHERE hash NOT IN
                (SELECT catalogue_hash FROM quizzes UNION SELECT catalogue_hash FROM results)""")
        with self._explained(message("It is removed and overwritten, but the file could not be made smaller.")):
            self._connection.execute("VACUUM")

    def hold(self, quiz_id: str) -> AbstractContextManager[None]:
        """Keep other terminals out of a quiz for a `with` block; raise OpenElsewhere when one has it."""
        return nullcontext()

    def _put(self, quiz: SavedQuiz) -> None:
        values = quiz_values(quiz)
        self._connection.execute(_PUT_QUIZ, (quiz_seal(values), *values))

    def _put_catalogue(self, catalogue: Catalogue) -> None:
        if self._connection.execute("SELECT 1 FROM catalogues WHERE hash = ?", (catalogue.hash,)).fetchone() is None:
            content = zlib.compress(msgspec.json.encode(catalogue))
            values = (catalogue.hash, content, sealed((catalogue.hash, content)))
            self._connection.execute("INSERT INTO catalogues (hash, content, seal) VALUES (?, ?, ?)", values)

    def _quizzes(self, rest: str = "", *values: str) -> Iterator[tuple[str, SavedQuiz | None]]:
        for *row, seal in self._rows("quizzes", QUIZ_COLUMNS, rest, *values):
            yield str(row[0]), quiz_of(tuple(row), seal)

    def _entries(self, rest: str = "", *values: str) -> Iterator[tuple[str, ResultEntry | None]]:
        for *row, seal in self._rows("results", ENTRY_COLUMNS, rest, *values):
            yield str(row[0]), entry_of(tuple(row), seal)

    def _quiz(self, quiz_id: str) -> SavedQuiz:
        return self._only(list(self._quizzes("WHERE id = ?", quiz_id)), quiz_id)

    def _in_progress(self, quiz_id: str) -> SavedQuiz:
        quiz = self._quiz(quiz_id)
        if quiz.finished:
            raise self._nothing(quiz_id)
        return quiz

    def _result(self, result_id: str) -> SavedResult:
        entry = self._only(list(self._entries("WHERE id = ?", result_id)), result_id)
        query = "SELECT document, reality, content_seal FROM results WHERE id = ?"
        document, reality, seal = self._connection.execute(query, (result_id,)).fetchone()
        if sealed((result_id, document, reality)) != seal:
            raise self._row_damaged(result_id)
        return SavedResult(**msgspec.structs.asdict(entry), document=document, reality=reality)

    def _only(self, rows: list[tuple[str, Row | None]], wanted: str) -> Row:
        if not rows:
            raise self._nothing(wanted)
        if rows[0][1] is None:
            raise self._row_damaged(wanted)
        return rows[0][1]

    def _nothing(self, wanted: str) -> UsageError:
        return UsageError(
            message("There is no quiz in progress and no result with the id {id}.", id=wanted),
            message("`careerfit history` lists what there is."),
        )

    def _row_damaged(self, wanted: str) -> StoreDamaged:
        return StoreDamaged(
            message("What {file} keeps under the id {id} is damaged.", file=self.file, id=wanted),
            message("The rest can be read: careerfit history. To remove it: careerfit history forget {id}", id=wanted),
        )


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
            lock = lock_file(path)
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
