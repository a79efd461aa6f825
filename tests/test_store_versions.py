"""Stores of every earlier version, kept for ever: each still reads, resumes and forgets.

`tests/stores/version-1` was made by the program of that version on a copy of the small catalogue, which lies beside it:
a finished quiz with its result and reality check, one left after three items, and one left at the second fact.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from careerfit.catalogue.load import load_catalogue
from careerfit.document import Result
from careerfit.model import Answers, Facts, Wishes
from careerfit.store import FILE_NAME, Store, schema

GOLDEN = Path(__file__).parent / "stores" / "version-1"
FINISHED, LEFT_LATE, LEFT_EARLY, RESULT = "88aaae12", "5dfa2b81", "88154e74", "0123456789ab"
LATER = "2026-12-24T10:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the store of version 1, to be used up."""
    shutil.copy(GOLDEN / FILE_NAME, tmp_path / FILE_NAME)
    return tmp_path


def raw(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the file as it lies there, without the program."""
    connection = sqlite3.connect(home / FILE_NAME)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_the_golden_store_is_of_version_1(home):
    """It is not rewritten by a later program."""
    assert raw(home, "PRAGMA user_version") == [(1,)]


def test_everything_in_it_is_read_as_it_was_written(home):
    """Compared with what SQLite itself finds in the old file."""
    document, reality = raw(home, "SELECT document, reality FROM results")[0]
    answers = dict(raw(home, "SELECT id, answers FROM quizzes"))
    with Store(home) as store:
        assert [quiz.id for quiz in store.unfinished()] == [LEFT_EARLY, LEFT_LATE]
        assert store.damaged() == []
        (entry,) = store.results()
        result = store.result(RESULT)
        left = {quiz.id: quiz for quiz in store.unfinished()}
        finished = store.load(FINISHED)
    assert (result.document, result.reality) == (document, reality)
    given = json.loads(document)
    assert (entry.quiz, entry.created, entry.headline) == (FINISHED, given["created"], "Head of Plant")
    assert (entry.catalogue_name, entry.catalogue_hash) == (given["catalogue"]["name"], given["catalogue"]["hash"])
    assert entry.answered == 5  # six asked, one skipped
    assert left[LEFT_EARLY].answers == Answers(facts=Facts(education="bachelor"))
    assert (left[LEFT_EARLY].step, left[LEFT_EARLY].created) == (1, "2026-11-23T10:00:00Z")
    assert dict(left[LEFT_LATE].answers.responses) == json.loads(answers[LEFT_LATE])["responses"]
    assert left[LEFT_LATE].answers.conditions == Wishes(overtime="yes", on_call="depends", travel="no", shifts="yes")
    assert (finished.finished, finished.max_items, finished.language) == (True, 30, "en")


def test_a_quiz_in_it_goes_on_to_its_result(home):
    """Answers are added, the result is kept beside the old one."""
    with Store(home) as store:
        quiz = store.load(LEFT_LATE)
        more = Answers(responses={**quiz.answers.responses, "one-more": 2})
        with store.hold(quiz.id):
            store.save(quiz.id, more, 7, LATER)
            assert store.load(quiz.id).answers == more
            store.finish(quiz.id, "new", LATER, b"{}")
        assert [entry.id for entry in store.results()] == ["new", RESULT]
        assert [quiz.id for quiz in store.unfinished()] == [LEFT_EARLY]


def test_it_can_be_forgotten_without_a_trace(home):
    """The result's id and the answers of its quiz are in no byte of the file."""
    before = (home / FILE_NAME).read_bytes()
    assert RESULT.encode() in before
    assert b"Rara" in before
    with Store(home) as store:
        store.forget([RESULT, LEFT_LATE])
        assert [quiz.id for quiz in store.unfinished()] == [LEFT_EARLY]
    after = b"".join(path.read_bytes() for path in home.iterdir())
    assert RESULT.encode() not in after
    assert b"Rara" not in after


def test_a_newer_store_is_refused_untouched(home):
    """Exit 4; not a byte changes."""
    with Store(home):
        pass
    connection = sqlite3.connect(home / FILE_NAME)
    connection.execute(f"PRAGMA user_version={len(schema.MIGRATIONS) + 1}")
    connection.close()
    before = (home / FILE_NAME).read_bytes()

    with pytest.raises(Exception, match="newer careerfit") as refusal:
        Store(home)

    assert refusal.value.exit_code == 4
    assert (home / FILE_NAME).read_bytes() == before


def test_the_result_in_it_belongs_to_the_catalogue_beside_it():
    """What the other tests lean on: the document is whole, and of that catalogue."""
    import msgspec

    document = raw(GOLDEN, "SELECT document FROM results")[0][0]
    result = msgspec.json.decode(document, type=Result)
    assert result.catalogue.hash == load_catalogue(GOLDEN / "catalogue").hash
