"""Stores of every earlier version, kept for ever: each still reads, resumes and forgets.

Those of `tests/stores` were made by the programs of their versions on a copy of the small catalogue, which lies beside
the first: a finished quiz with its result and reality check, one left after three items, and one left at the second
fact. Version 2 has answers of the one left after three items that no longer count, and copies of catalogues.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from faults import ENVIRON, child

from careerfit.catalogue.load import load_catalogue
from careerfit.document import Result
from careerfit.model import Answers, Facts, Wishes
from careerfit.store import FILE_NAME, Store, schema

STORES = Path(__file__).parent / "stores"
CATALOGUE = STORES / "version-1" / "catalogue"
VERSIONS = (1, 2)
FINISHED, LEFT_LATE, LEFT_EARLY, RESULT = "88aaae12", "5dfa2b81", "88154e74", "0123456789ab"
LATER = "2026-12-24T10:00:00Z"


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    """Every version before today's."""
    return int(request.param)


@pytest.fixture
def golden(version: int) -> Path:
    """The folder with the store of that version."""
    return STORES / f"version-{version}"


@pytest.fixture
def home(tmp_path: Path, golden: Path) -> Path:
    """A home with the store of that version, to be used up."""
    shutil.copy(golden / FILE_NAME, tmp_path / FILE_NAME)
    return tmp_path


def raw(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the file as it lies there, without the program."""
    connection = sqlite3.connect(home / FILE_NAME)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_every_earlier_version_is_kept():
    """One folder for each."""
    assert tuple(range(1, len(schema.MIGRATIONS))) == VERSIONS
    assert {path.name for path in STORES.iterdir()} == {f"version-{version}" for version in VERSIONS}


def test_a_golden_store_is_of_its_version(home, version):
    """It is not rewritten by a later program."""
    assert raw(home, "PRAGMA user_version") == [(version,)]


def test_everything_in_it_is_read_as_it_was_written(home, version):
    """Compared with what SQLite itself finds in the old file; its folders are not known."""
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
    assert left[LEFT_LATE].aside == ({} if version == 1 else {"gone-since": 3})
    assert (finished.finished, finished.max_items, finished.language) == (True, 30, "en")
    assert [quiz.folder for quiz in (finished, *left.values())] == [None, None, None]


def test_a_quiz_in_it_goes_on_to_its_result(home):
    """Answers are added, the result is kept beside the old one, and from now on both know the folder."""
    with Store(home) as store:
        quiz = store.load(LEFT_LATE)
        quiz = store.move(msgspec.structs.replace(quiz, folder=CATALOGUE), load_catalogue(CATALOGUE))
        more = Answers(responses={**quiz.answers.responses, "one-more": 2})
        with store.hold(quiz.id):
            store.save(quiz.id, more, 7, LATER)
            assert store.load(quiz.id).answers == more
            store.finish(quiz.id, "new", LATER, b"{}")
        assert [entry.id for entry in store.results()] == ["new", RESULT]
        assert [store.folders().get(entry.quiz) for entry in store.results()] == [CATALOGUE, None]
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


def test_the_result_in_it_belongs_to_the_catalogue_beside_it(golden):
    """What the other tests lean on: the document is whole, and of that catalogue."""
    document = raw(golden, "SELECT document FROM results")[0][0]
    result = msgspec.json.decode(document, type=Result)
    assert result.catalogue.hash == load_catalogue(CATALOGUE).hash


def test_the_copy_of_the_catalogue_in_it_is_that_catalogue(tmp_path):
    """Version 1 kept none."""
    shutil.copy(STORES / "version-2" / FILE_NAME, tmp_path / FILE_NAME)
    catalogue = load_catalogue(CATALOGUE)
    with Store(tmp_path) as store:
        assert store.catalogue(catalogue.hash) == catalogue


# what is damaged stays noticed


@pytest.mark.parametrize("version", [2])
def test_a_row_that_was_damaged_before_it_was_migrated_is_still_damaged(home):
    """A new seal would make what is wrong look right; version 1 had none."""
    with closing(sqlite3.connect(home / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE quizzes SET step = 5 WHERE id = ?", (LEFT_LATE,))
        connection.execute("UPDATE results SET headline = 'Head of Nothing'")
    with Store(home) as store:
        assert {row.id for row in store.damaged()} == {LEFT_LATE, RESULT}
        assert [quiz.id for quiz in store.unfinished()] == [LEFT_EARLY]


def test_a_page_that_cannot_be_read_costs_no_other_rows_in_a_store_of_version_2(tmp_path):
    """Each page is zeroed in turn; what the program of that version could still list is listed after the migration."""
    content = (STORES / "version-2" / FILE_NAME).read_bytes()
    partly = 0
    for start in range(4096, len(content), 4096):
        (tmp_path / FILE_NAME).write_bytes(content[:start] + bytes(4096) + content[start + 4096 :])
        before = readable_of_version_2(tmp_path)
        if before is None:
            continue
        with Store(tmp_path) as store:
            assert {quiz.id for quiz in store.unfinished()} >= before
            partly += 0 < len(before) < 2 or bool(store.damaged())
        assert raw(tmp_path, "PRAGMA user_version") == [(3,)]
    assert partly >= 1


def readable_of_version_2(home: Path) -> set[object] | None:
    """The quizzes in progress that SQLite itself still finds one by one, None where not even their table is found."""
    found: set[object] = set()
    for number in range(1, 4):
        try:
            rows = raw(home, f"SELECT id, answers FROM quizzes WHERE number = {number} AND NOT finished")
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error) or "malformed database schema" in str(error):
                return None
        else:
            found |= {name for name, _answers in rows}
    return found


SCHOOL = Path("/home/me/school")


@pytest.mark.parametrize("before", [None, SCHOOL], ids=["migrated", "today"])
@pytest.mark.parametrize("wrong", [None, b"/home/me/school", b"/home/me/schooL", b""])
def test_the_seal_of_a_quiz_covers_its_folder(tmp_path, before, wrong):
    """One that is taken away, put there or changed is noticed, in a quiz that was migrated and in one of today."""
    shutil.copy(STORES / "version-2" / FILE_NAME, tmp_path / FILE_NAME)
    with Store(tmp_path) as store:
        quiz = store.load(LEFT_LATE)
        if before is not None:
            store.move(msgspec.structs.replace(quiz, folder=before), load_catalogue(CATALOGUE))
        assert (store.load(LEFT_LATE).folder, store.damaged()) == (before, [])
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE quizzes SET folder = ? WHERE id = ?", (wrong, LEFT_LATE))
    as_it_was = (None if before is None else bytes(before)) == wrong
    with Store(tmp_path) as store:
        assert [row.id for row in store.damaged()] == ([] if as_it_was else [LEFT_LATE])
        assert store.folders().get(LEFT_LATE) == (before if as_it_was else None)


# killed while it is migrated

STRACE = shutil.which("strace")
needs_strace = pytest.mark.skipif(STRACE is None, reason="NOT TESTED: kills need strace, which is not installed")
CHANGING = "openat,pwrite64,fsync,fdatasync,ftruncate,unlink"
OPEN = "Store(folder).close()\nsay('open')"


def contents(home: Path) -> list[object]:
    """All that can be read of a store, by the program of today."""
    with Store(home) as store:
        assert store.damaged() == []
        quizzes = [store.load(name) for name in (FINISHED, LEFT_LATE, LEFT_EARLY)]
        return [*quizzes, *store.unfinished(), *store.results(), store.result(RESULT)]


def places(home: Path) -> Iterator[tuple[str, int]]:
    """Each system call that changes or opens a file while a store is migrated: its name, and which one of that name."""
    log = home.with_suffix(".strace")
    trace = ("strace", "-qq", "-o", str(log), "-e", f"trace={CHANGING}", "-P", str(home / FILE_NAME))
    trace += ("-P", str(home / f"{FILE_NAME}-journal"), "-P", str(home))
    subprocess.run(child(OPEN, home, *trace), env=ENVIRON, check=True, capture_output=True, timeout=30)
    counts = Counter(line.split("(")[0] for line in log.read_text().splitlines() if "(" in line)
    for call, count in counts.items():
        yield from ((call, place) for place in range(1, count + 1))


def killed(golden: Path, home: Path, call: str, place: int) -> int:
    """Kill a migration on entry of a call; return the version that is left, which has to be whole and to go on."""
    home.mkdir()
    shutil.copy(golden / FILE_NAME, home / FILE_NAME)
    watched = [f"-P{path}" for path in (home / FILE_NAME, home / f"{FILE_NAME}-journal", home)]
    inject = ("strace", "-qq", "-o", "/dev/null", *watched, "-e", f"inject={call}:signal=KILL:when={place}")
    done = subprocess.run(child(OPEN, home, *inject), env=ENVIRON, capture_output=True, timeout=30)
    assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
    (left,) = raw(home, "PRAGMA user_version")[0]
    return int(str(left))


@needs_strace
@pytest.mark.parametrize("sample", [12, pytest.param(None, marks=pytest.mark.slow)], ids=["sample", "all"])
def test_a_migration_that_is_killed_leaves_the_old_store_or_the_new_one(tmp_path, golden, version, sample):
    """Killed on entry of every system call that touches the file: it is of one version, whole, and opens."""
    counted = tmp_path / "counted"
    counted.mkdir()
    shutil.copy(golden / FILE_NAME, counted / FILE_NAME)
    found = list(places(counted))
    written = contents(counted)
    assert len(found) > 15
    found = found if sample is None else random.Random(9).sample(found, sample)

    def left(place: tuple[str, int]) -> int:
        home = tmp_path / f"{place[0]}-{place[1]}"
        result = killed(golden, home, *place)
        assert contents(home) == written
        return result

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        versions = list(pool.map(left, found))
    assert set(versions) <= {version, len(schema.MIGRATIONS)}
    assert version in versions
    assert sample is not None or set(versions) == {version, len(schema.MIGRATIONS)}
