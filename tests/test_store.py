"""What the store keeps, how it is read back, and what it refuses."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from careerfit.errors import InputRefused, OpenElsewhere, StoreDamaged, UsageError
from careerfit.model import Answers, Catalogue, Facts, Wishes
from careerfit.store import FILE_NAME, Damaged, Keeper, NoStore, SavedQuiz, Store, open_store, schema
from careerfit.store.database import APPLICATION_ID
from careerfit.store.rows import sealed

WHEN, LATER = "2026-11-21T10:00:00Z", "2026-11-21T10:05:00Z"
DOCUMENT = b'{"schema": "careerfit/result/1",  "kept": "byte for byte"}'


def catalogue(letter: str = "a") -> Catalogue:
    nothing: dict[str, tuple[()]] = dict.fromkeys(("sources", "families", "traits", "items", "roles"), ())
    return Catalogue(name="careerfit", hash=f"sha256:{letter}", languages=("id",), **nothing)


def begin(keeper: Keeper, letter: str = "a") -> SavedQuiz:
    return keeper.start(when=WHEN, catalogue=catalogue(letter), language="id", max_items=30)


def answers(**responses: int | None) -> Answers:
    return Answers(responses=responses)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "careerfit"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with closing(Store(folder)) as opened:
        yield opened


@pytest.fixture(params=["disk", "memory"])
def keeper(request: pytest.FixtureRequest, folder: Path) -> Iterator[Keeper]:
    with closing(Store(folder) if request.param == "disk" else NoStore()) as opened:
        yield opened


def reopened(folder: Path) -> closing[Store]:
    return closing(Store(folder))


def test_a_quiz_starts_empty_at_step_0_with_what_it_was_started_with(keeper: Keeper) -> None:
    quiz = begin(keeper)

    assert quiz == SavedQuiz(
        id=quiz.id,
        created=WHEN,
        updated=WHEN,
        catalogue_hash="sha256:a",
        catalogue_name="careerfit",
        language="id",
        max_items=30,
        step=0,
        answers=Answers(),
        aside={},
        finished=False,
    )
    assert set(quiz.id) <= set("0123456789abcdef")


def test_everything_said_comes_back_equal_and_in_the_order_said(keeper: Keeper) -> None:
    quiz = begin(keeper)
    said = Answers(
        respondent="Rara ✓",
        responses={"z": 0, "a": None, "m": 4, "b": 2},
        facts=Facts(education="diploma", people_led=3),
        conditions=Wishes(travel="depends"),
    )

    keeper.save(quiz.id, said, 7, LATER)

    loaded = keeper.load(quiz.id)
    assert loaded.answers == said
    assert list(loaded.answers.responses) == ["z", "a", "m", "b"]
    assert (loaded.step, loaded.created, loaded.updated) == (7, WHEN, LATER)


def test_a_step_back_is_kept_like_any_other_state(keeper: Keeper) -> None:
    quiz = begin(keeper)
    keeper.save(quiz.id, answers(a=1, b=2), 2, WHEN)

    keeper.save(quiz.id, answers(a=1), 1, WHEN)

    assert keeper.load(quiz.id).answers.responses == {"a": 1}


def test_a_quiz_that_moves_to_another_catalogue_is_kept_with_what_no_longer_counts(keeper: Keeper) -> None:
    quiz = begin(keeper)
    keeper.save(quiz.id, answers(a=1, b=2), 7, WHEN)
    changed = msgspec.structs.replace(keeper.load(quiz.id), answers=answers(b=2), aside={"a": 1}, max_items=12)

    moved = keeper.move(changed, catalogue("b"))
    keeper.save(quiz.id, answers(b=2, c=3), 8, LATER)

    assert (moved.catalogue_hash, moved.aside, moved.max_items) == ("sha256:b", {"a": 1}, 12)
    assert keeper.load(quiz.id) == msgspec.structs.replace(moved, answers=answers(b=2, c=3), step=8, updated=LATER)
    assert keeper.catalogue("sha256:b") == catalogue("b")


def test_unfinished_lists_the_quiz_saved_last_first_whatever_the_clock_says(keeper: Keeper) -> None:
    first, second, third = begin(keeper), begin(keeper), begin(keeper)

    keeper.save(first.id, answers(a=1), 1, "1970-01-01T00:00:00Z")

    assert [quiz.id for quiz in keeper.unfinished()] == [first.id, third.id, second.id]


def test_a_forgotten_quiz_is_gone(keeper: Keeper) -> None:
    quiz = begin(keeper)

    keeper.forget([quiz.id])

    assert keeper.unfinished() == []
    with pytest.raises(UsageError):
        keeper.load(quiz.id)


def test_saving_to_a_forgotten_quiz_is_not_acknowledged(keeper: Keeper) -> None:
    quiz = begin(keeper)
    keeper.forget([quiz.id])

    with pytest.raises(UsageError):
        keeper.save(quiz.id, answers(a=1), 1, WHEN)


def test_finishing_keeps_the_result_byte_for_byte_and_marks_the_quiz_done(keeper: Keeper) -> None:
    quiz = begin(keeper)

    keeper.finish(quiz.id, "r1", LATER, DOCUMENT, headline="Operations clerk", answered=3)

    result = keeper.result("r1")
    assert (result.document, result.reality, result.quiz) == (DOCUMENT, None, quiz.id)
    assert (result.created, result.catalogue_hash, result.headline) == (LATER, "sha256:a", "Operations clerk")
    assert keeper.unfinished() == []
    assert keeper.load(quiz.id).finished


def test_a_finished_quiz_takes_no_more_answers_and_no_second_result(keeper: Keeper) -> None:
    quiz = begin(keeper)
    keeper.finish(quiz.id, "r1", LATER, DOCUMENT)

    with pytest.raises(UsageError):
        keeper.save(quiz.id, answers(a=1), 1, WHEN)
    with pytest.raises(UsageError):
        keeper.finish(quiz.id, "r2", LATER, b"{}")

    assert [entry.id for entry in keeper.results()] == ["r1"]


def test_finishing_is_all_or_nothing(keeper: Keeper) -> None:
    """A result id that is taken fails after the quiz was marked; the mark must not stay."""
    first, second = begin(keeper), begin(keeper)
    keeper.finish(first.id, "r1", LATER, DOCUMENT)

    with pytest.raises(sqlite3.IntegrityError):
        keeper.finish(second.id, "r1", LATER, b"{}")

    assert [quiz.id for quiz in keeper.unfinished()] == [second.id]
    assert keeper.result("r1").document == DOCUMENT


def test_the_answers_of_a_finished_quiz_go_with_its_result(keeper: Keeper) -> None:
    quiz, other = begin(keeper), begin(keeper)
    keeper.finish(quiz.id, "r1", LATER, DOCUMENT)

    keeper.forget(["r1"])

    assert (keeper.results(), keeper.unfinished()) == ([], [other])
    with pytest.raises(UsageError):
        keeper.load(quiz.id)


def test_forgetting_everything_leaves_nothing(keeper: Keeper) -> None:
    begin(keeper)
    keeper.finish(begin(keeper, "b").id, "r1", LATER, DOCUMENT)

    keeper.forget(None)

    assert (keeper.results(), keeper.unfinished(), keeper.damaged()) == ([], [], [])
    assert (keeper.catalogue("sha256:a"), keeper.catalogue("sha256:b")) == (None, None)


def test_a_catalogue_is_kept_once_and_as_long_as_something_was_made_with_it(keeper: Keeper) -> None:
    first, second, other = begin(keeper), begin(keeper), begin(keeper, "b")
    keeper.finish(second.id, "r1", LATER, DOCUMENT)
    assert keeper.catalogue("sha256:a") == catalogue("a")
    assert keeper._connection.execute("SELECT count(*) FROM catalogues").fetchone()[0] == 2

    keeper.forget([first.id])
    assert keeper.catalogue("sha256:a") == catalogue("a")

    keeper.forget(["r1"])
    assert keeper.catalogue("sha256:a") is None
    assert keeper.catalogue("sha256:b") == catalogue("b")
    assert keeper.unfinished() == [other]


def test_a_catalogue_of_a_model_that_is_no_longer_known_counts_as_none(keeper: Keeper) -> None:
    begin(keeper)
    content = zlib.compress(b'{"name": "careerfit", "stars": 5}')
    keeper._connection.execute("UPDATE catalogues SET content = ?, seal = ?", (content, sealed(("sha256:a", content))))

    assert keeper.catalogue("sha256:a") is None


def test_the_reality_check_is_kept_beside_the_result_which_stays_as_it_was(keeper: Keeper) -> None:
    keeper.finish(begin(keeper).id, "r1", LATER, DOCUMENT)

    keeper.save_reality("r1", b'{"myth": true}')
    keeper.save_reality("r1", b'{"myth": false}')

    result = keeper.result("r1")
    assert (result.reality, result.document) == (b'{"myth": false}', DOCUMENT)


def test_results_are_listed_latest_first_without_their_documents(keeper: Keeper) -> None:
    for name in ("r1", "r2", "r3"):
        keeper.finish(begin(keeper).id, name, WHEN, DOCUMENT)

    entries = keeper.results()

    assert [entry.id for entry in entries] == ["r3", "r2", "r1"]
    assert not hasattr(entries[0], "document")


def test_a_result_that_does_not_exist_is_a_usage_error(keeper: Keeper) -> None:
    with pytest.raises(UsageError):
        keeper.result("r9")
    with pytest.raises(UsageError):
        keeper.save_reality("r9", b"{}")


def test_a_store_opened_again_has_what_was_saved(store: Store, folder: Path) -> None:
    quiz = begin(store)
    store.save(quiz.id, answers(a=1, b=None), 2, LATER)

    with reopened(folder) as again:
        assert again.unfinished() == [store.load(quiz.id)]


def test_no_store_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with closing(NoStore()) as keeper, keeper.hold(begin(keeper).id):
        pass

    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_careerfit_home_or_else_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / "data" / name)

    with closing(open_store({"CAREERFIT_HOME": str(tmp_path / "home")})) as store:
        assert store.file == tmp_path / "home" / FILE_NAME
    with closing(open_store({"CAREERFIT_HOME": ""})) as store:
        assert store.file == tmp_path / "data" / "careerfit" / FILE_NAME


def test_the_settings_that_keep_answers_through_a_power_cut_are_on(store: Store) -> None:
    def setting(name: str) -> object:
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert setting("journal_mode") == "delete"
    assert setting("synchronous") == 3  # EXTRA
    assert setting("secure_delete") == 1


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_files_are_0600_and_folders_0700_under_any_umask(folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with closing(Store(folder)) as store:
            quiz = begin(store)
            with store.hold(quiz.id), store._transaction():
                store._connection.execute("UPDATE quizzes SET step = 1")
                modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(before)

    lock = f"quiz-{quiz.id}.lock"
    assert modes == {FILE_NAME: 0o600, f"{FILE_NAME}-journal": 0o600, lock: 0o600}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700, 0o700]


def test_forgotten_answers_are_overwritten_in_the_file(store: Store) -> None:
    quiz = begin(store)
    store.save(quiz.id, Answers(respondent="marker-" * 2000, responses={"marker-item": 1}), 1, WHEN)
    assert b"marker-" in store.file.read_bytes()

    store.forget([quiz.id])

    assert b"marker-" not in store.file.read_bytes()
    assert [path.name for path in store.file.parent.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("name", ["/home/me/school", "/home/me/a  b\n\x1b[31m", "/home/me/\udcff", "/"])
def test_the_folder_of_a_catalogue_is_kept_with_a_quiz_and_known_of_its_result(store: Store, name: str) -> None:
    """As it was given, also where it is no text; nothing is known of a quiz that is not there."""
    given = {"when": WHEN, "catalogue": catalogue(), "language": "id", "max_items": 30}
    quiz = store.start(**given, folder=Path(name))
    assert store.load(quiz.id) == quiz
    store.save(quiz.id, answers(a=1), 1, LATER)
    store.finish(quiz.id, "r1", LATER, DOCUMENT)

    assert [store.folders().get(entry.quiz) for entry in store.results()] == [Path(name)]
    assert store.folders().get(begin(store).id) is None
    assert store.folders().get("none") is None


@pytest.mark.parametrize("which", ["the quiz", "its result", "everything"])
def test_the_folder_of_what_is_forgotten_is_overwritten_in_the_file(store: Store, which: str) -> None:
    """It is the person's own, and may say who she is."""
    given = {"when": WHEN, "catalogue": catalogue(), "language": "id", "max_items": 30}
    left = store.start(**given, folder=Path("/home/marker/left"))
    done = store.start(**given, folder=Path("/home/marker/done"))
    store.finish(done.id, "r1", LATER, DOCUMENT)

    store.forget({"the quiz": [left.id], "its result": ["r1"], "everything": None}[which])

    content = store.file.read_bytes()
    assert (b"marker/left" in content) == (which == "its result")
    assert (b"marker/done" in content) == (which == "the quiz")


def test_an_empty_file_left_by_a_kill_is_set_up(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).touch(0o600)

    with reopened(folder) as store:
        assert begin(store).step == 0


def test_the_file_says_whose_it_is_and_which_schema_it_has(store: Store) -> None:
    header = store.file.read_bytes()[:100]

    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == 3


def test_an_older_store_is_migrated_and_keeps_its_content(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = begin(store)

    def version_4(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE quizzes ADD COLUMN note TEXT")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, version_4))
    with reopened(folder) as again:
        assert again.load(quiz.id) == quiz
        assert again._connection.execute("PRAGMA user_version").fetchone()[0] == 4


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = begin(store)

    def version_4(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM quizzes")
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, version_4))
        with pytest.raises(ZeroDivisionError):
            Store(folder)
    assert store.load(quiz.id) == quiz


def test_a_newer_store_is_refused_untouched(store: Store, folder: Path) -> None:
    begin(store)
    store._connection.execute("PRAGMA user_version=4")
    before = store.file.read_bytes()

    with pytest.raises(InputRefused, match="newer careerfit") as refusal:
        Store(folder)

    assert refusal.value.exit_code == 4
    assert store.file.read_bytes() == before


def foreign_database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE somebody_elses (x)")
    content: bytes = connection.serialize()
    connection.close()
    return content


@pytest.mark.parametrize(
    "content",
    [b"not a database at all, only a note to myself\n" * 50, b"\0" * 8192, foreign_database()],
    ids=["text", "zeros", "foreign"],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    file = folder / FILE_NAME
    file.write_bytes(content)

    with pytest.raises(StoreDamaged) as refusal:
        Store(folder)

    assert refusal.value.exit_code == 5
    assert str(file) in str(refusal.value.hint)
    assert file.read_bytes() == content


QUIZ_CHANGES = [
    ("answers", b'{"responses": 3}'),
    ("answers", b"\xff"),
    ("answers", 7),
    ("answers", "text"),
    ("aside", b"[]"),
    ("step", 3),
    ("max_items", 31),
    ("finished", 1),
    ("folder", b"/elsewhere"),
    ("language", "en"),
    ("catalogue_hash", "sha256:b"),
    ("created", LATER),
]


@pytest.mark.parametrize(("column", "value"), QUIZ_CHANGES)
def test_a_quiz_that_is_not_what_was_written_is_named_and_the_others_stay_readable(
    store: Store, column: str, value: object
) -> None:
    good, bad = begin(store), begin(store)
    store._connection.execute(f"UPDATE quizzes SET {column} = ? WHERE id = ?", (value, bad.id))

    assert store.unfinished() == [good]
    assert store.damaged() == [Damaged("quiz", bad.id)]
    for use in (lambda: store.load(bad.id), lambda: store.save(bad.id, Answers(), 1, WHEN)):
        with pytest.raises(StoreDamaged, match=bad.id) as refusal:
            use()
        assert refusal.value.exit_code == 5


def test_a_text_that_is_not_utf8_is_damage_to_its_row_alone(store: Store) -> None:
    good, bad = begin(store), begin(store)
    store._connection.execute("UPDATE quizzes SET language = CAST(X'ff' AS TEXT) WHERE id = ?", (bad.id,))

    assert (store.unfinished(), store.damaged()) == ([good], [Damaged("quiz", bad.id)])
    with pytest.raises(StoreDamaged):
        store.load(bad.id)


@pytest.mark.parametrize("column", ["headline", "created", "quiz", "answered", "catalogue_hash", "document", "reality"])
def test_a_result_that_is_not_what_was_written_is_named_and_the_others_stay_readable(store: Store, column: str) -> None:
    for name in ("r1", "r2"):
        store.finish(begin(store).id, name, WHEN, DOCUMENT, headline="Operations clerk")
        store.save_reality(name, b"[]")
    store._connection.execute(f"UPDATE results SET {column} = ? WHERE id = 'r2'", (b"9",))

    with pytest.raises(StoreDamaged, match="r2"):
        store.result("r2")
    assert store.result("r1").document == DOCUMENT
    if column not in ("document", "reality"):  # lists do not read these
        assert [entry.id for entry in store.results()] == ["r1"]
        assert store.damaged() == [Damaged("result", "r2")]


def test_a_copy_of_a_catalogue_that_is_not_what_was_written_is_damage(store: Store) -> None:
    begin(store)
    store._connection.execute("UPDATE catalogues SET content = X'00'")

    with pytest.raises(StoreDamaged):
        store.catalogue("sha256:a")


def test_what_is_damaged_can_be_forgotten(store: Store) -> None:
    good, bad = begin(store), begin(store)
    store._connection.execute("UPDATE quizzes SET answers = X'00' WHERE id = ?", (bad.id,))

    store.forget([bad.id])

    assert (store.unfinished(), store.damaged()) == ([good], [])


def test_a_second_terminal_is_kept_out_and_told_how_to_start_another(store: Store, folder: Path) -> None:
    quiz = begin(store)

    with store.hold(quiz.id), reopened(folder) as other, pytest.raises(OpenElsewhere) as refusal, other.hold(quiz.id):
        pass

    assert refusal.value.exit_code == 6
    assert "careerfit quiz --new" in str(refusal.value.hint)


def test_a_quiz_let_go_can_be_held_again_and_leaves_no_lock_file(store: Store, folder: Path) -> None:
    quiz = begin(store)

    for _ in range(2):
        with store.hold(quiz.id):
            assert (folder / f"quiz-{quiz.id}.lock").exists()

    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_a_hold_is_let_go_when_the_quiz_fails(store: Store) -> None:
    quiz = begin(store)

    with pytest.raises(ZeroDivisionError), store.hold(quiz.id):
        raise ZeroDivisionError
    with store.hold(quiz.id):
        pass


def test_a_lock_file_removed_while_it_was_being_taken_does_not_count(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its holder may let go between our opening and our locking; a third terminal would then make a new file."""
    quiz = begin(store)
    path = folder / f"quiz-{quiz.id}.lock"
    real, calls = fcntl.flock, []

    def flock(lock: int, how: int) -> None:
        calls.append(lock)
        if len(calls) == 1:
            path.unlink()
        real(lock, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with store.hold(quiz.id):
        assert path.exists()
    assert len(calls) == 2


def test_two_quizzes_can_be_held_at_once(store: Store, folder: Path) -> None:
    first, second = begin(store), begin(store)

    with store.hold(first.id), reopened(folder) as other, other.hold(second.id):
        pass


@pytest.mark.parametrize("name", ["../elsewhere", "", "a/b", "a.b"])
def test_an_id_that_could_be_a_path_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UsageError), store.hold(name):
        pass


def _answer_a_quiz(folder: Path, count: int) -> None:
    with closing(Store(folder)) as store:
        quiz = begin(store)
        with store.hold(quiz.id):
            for number in range(1, count + 1):
                store.save(quiz.id, Answers(responses={f"i{k}": k % 5 for k in range(number)}), number, WHEN)


def test_eight_terminals_at_once_lose_nothing_even_on_a_store_that_does_not_exist_yet(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    terminals = [context.Process(target=_answer_a_quiz, args=(folder, 12)) for _ in range(8)]
    for terminal in terminals:
        terminal.start()
    for terminal in terminals:
        terminal.join(30)

    assert [terminal.exitcode for terminal in terminals] == [0] * 8
    with reopened(folder) as store:
        assert [len(quiz.answers.responses) for quiz in store.unfinished()] == [12] * 8


def test_a_store_that_another_terminal_sets_up_meanwhile_is_not_taken_for_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others: list[Store] = []

    class Slow(sqlite3.Connection):
        def execute(self, query: str, *values: object) -> sqlite3.Cursor:
            if query == "PRAGMA user_version" and not others:
                with monkeypatch.context() as patched:
                    patched.setattr(sqlite3, "connect", connect)
                    others.append(Store(folder))
            return super().execute(query, *values)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **options: connect(file, factory=Slow, **options))
    with closing(Store(folder)) as store, closing(others[0]) as other:
        assert store.load(begin(other).id).step == 0
