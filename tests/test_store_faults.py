"""What the store does when the process is killed, the disk is full or broken, or the file is damaged.

One rule everywhere: what was acknowledged is stored, with equal values, and at most one change more.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from faults import ANSWER_FOR_EVER, ENVIRON, WHOLE_QUIZ, begin, check_what_is_left, child, expected, last_acknowledged

from careerfit.errors import CannotWrite, CareerfitError, StoreDamaged
from careerfit.model import Answers
from careerfit.store import FILE_NAME, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "store")) as opened:
        yield opened


# killed


@pytest.mark.parametrize("kills", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_kills_at_random_moments_lose_nothing_acknowledged(tmp_path: Path, kills: int) -> None:
    """Each run goes on with the quiz that the killed one left."""
    chance = random.Random(20261121)
    acknowledged = 0
    for _ in range(kills):
        with subprocess.Popen(child(ANSWER_FOR_EVER, tmp_path), env=ENVIRON, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            heard = [process.stdout.readline() for _ in range(chance.randint(1, 2))]
            time.sleep(chance.uniform(0, 0.02))
            process.kill()
            said = last_acknowledged(b"".join([first, *heard, process.stdout.read()]))
        assert process.returncode == -signal.SIGKILL
        with closing(Store(tmp_path)) as store:
            (quiz,) = store.unfinished()
        kept = len(quiz.answers.responses)
        assert list(quiz.answers.responses.items()) == list(expected(kept).items())
        assert quiz.step == kept
        assert said <= kept <= said + 1
        acknowledged += said - int(first)
    assert acknowledged >= kills  # or the kills came before anything could be lost


STRACE = shutil.which("strace")
CHANGING = ("mkdir", "chmod", "fchmod", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "flock")


def changing_calls(folder: Path) -> Counter[str]:
    """How often a whole quiz calls each system call that changes a file."""
    log = folder.with_suffix(".strace")
    trace = ("strace", "-qq", "-o", str(log), "-e", f"trace={','.join(CHANGING)}")
    subprocess.run(child(WHOLE_QUIZ, folder, *trace), env=ENVIRON, check=True, capture_output=True, timeout=30)
    return Counter(line.split("(")[0] for line in log.read_text().splitlines() if "(" in line)


def run_with_fault(folder: Path, call: str, fault: str, place: int) -> int:
    inject = ("strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={place}")
    done = subprocess.run(child(WHOLE_QUIZ, folder, *inject), env=ENVIRON, capture_output=True, timeout=30)
    check_what_is_left(folder, last_acknowledged(done.stdout))
    assert b"Traceback" not in done.stderr
    return done.returncode


@pytest.mark.skipif(STRACE is None, reason="NOT TESTED: kills at system calls need strace, which is not installed")
@pytest.mark.parametrize("sample", [20, pytest.param(None, marks=pytest.mark.slow)], ids=["sample", "all"])
def test_a_kill_on_entry_of_any_changing_system_call_loses_nothing_acknowledged(
    tmp_path: Path, sample: int | None
) -> None:
    calls = changing_calls(tmp_path / "counted")
    places = [(call, place) for call, count in calls.items() for place in range(1, count + 1)]
    assert len(places) > 50
    places = places if sample is None else random.Random(3).sample(places, sample)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = pool.map(lambda at: run_with_fault(tmp_path / f"{at[0]}-{at[1]}", at[0], "signal=KILL", at[1]), places)
        assert set(codes) <= {-signal.SIGKILL, 128 + signal.SIGKILL}


@pytest.mark.skipif(STRACE is None, reason="NOT TESTED: failing system calls need strace, which is not installed")
@pytest.mark.parametrize(
    ("call", "error", "every"),
    [("pwrite64", "ENOSPC", 6), ("pwrite64", "EIO", 6), ("fdatasync", "EIO", 3), ("fsync", "EIO", 1)],
)
def test_a_failing_system_call_ends_with_0_or_8_and_loses_nothing(
    tmp_path: Path, call: str, error: str, every: int
) -> None:
    count = changing_calls(tmp_path / "counted")[call]
    assert count
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = pool.map(
            lambda place: run_with_fault(tmp_path / str(place), call, f"error={error}", place),
            range(1, count + 1, every),
        )
        assert set(codes) <= {0, 8}


def test_the_hold_of_a_killed_terminal_is_free_again(tmp_path: Path) -> None:
    script = (
        "store = Store(folder)\nquiz = begin(store)\nwith store.hold(quiz.id):\n    say(quiz.id)\n    sys.stdin.read()"
    )
    with (
        subprocess.Popen(
            child(script, tmp_path), env=ENVIRON, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process,
        closing(Store(tmp_path)) as store,
    ):
        assert process.stdout is not None
        quiz_id = process.stdout.readline().decode().strip()
        with pytest.raises(CareerfitError) as refusal, store.hold(quiz_id):
            pass
        assert refusal.value.exit_code == 6
        process.kill()
        process.wait()
        with store.hold(quiz_id):
            pass
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


# cannot write


def test_a_full_disk_says_which_answer_is_not_saved_and_the_quiz_goes_on_when_there_is_room(store: Store) -> None:
    quiz = begin(store)
    store.save(quiz.id, Answers(responses={"a": 1}), 1, "t")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count={pages}")
    said = Answers(responses={"a": 1, "b": 2}, respondent="x" * 200_000)

    with pytest.raises(CannotWrite, match="The answer to b is not saved") as refusal:
        store.save(quiz.id, said, 2, "t")

    assert refusal.value.exit_code == 8
    assert store.load(quiz.id).answers.responses == {"a": 1}
    store._connection.execute("PRAGMA max_page_count=100000")
    store.save(quiz.id, said, 2, "t")
    assert store.load(quiz.id).answers == said


def test_a_step_back_that_is_not_saved_is_not_called_an_answer(store: Store) -> None:
    quiz = begin(store)
    store.save(quiz.id, Answers(responses={"a": 1, "b": 2}), 2, "t")
    store._connection.execute("PRAGMA query_only=ON")

    with pytest.raises(CannotWrite, match="The change is not saved"):
        store.save(quiz.id, Answers(responses={"a": 1}), 1, "t")


def test_a_store_that_cannot_be_written_can_still_be_read(store: Store) -> None:
    quiz = begin(store)
    store._connection.execute("PRAGMA query_only=ON")

    with pytest.raises(CannotWrite, match="The result is not saved"):
        store.finish(quiz.id, "r1", "t", b"{}")

    assert store.unfinished() == [quiz]


class BrokenDisk:
    """A connection on a disk that reports an error at the first commit, and success ever after."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.failed = False

    def execute(self, query: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if query == "COMMIT" and not self.failed:
            self.failed = True
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise error
        return self.connection.execute(query, values)

    @property
    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    def close(self) -> None:
        self.connection.close()


def test_after_an_error_of_the_disk_nothing_is_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    quiz = begin(store)
    monkeypatch.setattr(store, "_connection", BrokenDisk(store._connection))

    for _ in range(2):
        with pytest.raises(CannotWrite, match="The answer to a is not saved"):
            store.save(quiz.id, Answers(responses={"a": 1}), 1, "t")

    with closing(Store(store.file.parent)) as again:
        assert again.load(quiz.id) == quiz


def test_a_terminal_that_waits_too_long_for_another_says_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = begin(store)
    monkeypatch.setattr("careerfit.store.database.BUSY_SECONDS", 0.05)

    with closing(Store(tmp_path / "store")) as other, store._transaction():
        with pytest.raises(CannotWrite, match="The answer to a is not saved") as refusal:
            other.save(quiz.id, Answers(responses={"a": 1}), 1, "t")
        assert "another terminal is writing to it" in str(refusal.value.hint)


@pytest.mark.parametrize("limit", [0, 1, 512, 4096, 8192, 12288, 16384, 20480])
def test_a_limit_on_file_size_ends_with_8_and_loses_nothing(tmp_path: Path, limit: int) -> None:
    script = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n{WHOLE_QUIZ}"
    done = subprocess.run(child(script, tmp_path), env=ENVIRON, capture_output=True, timeout=30)

    assert done.returncode == 8 if limit < 4096 else done.returncode in (0, 8)
    assert done.stderr == b""
    check_what_is_left(tmp_path, last_acknowledged(done.stdout))


FULL_TMPFS = """
store = Store(folder / "store")
quiz = begin(store)
responses = {}
for number in range(5):
    responses[f"i{number}"] = 1
    store.save(quiz.id, Answers(responses=responses), number, "t")
filler = folder / "filler"
with open(filler, "wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(512))
    except OSError:
        pass
responses["last-" + "x" * 9000] = 1
try:
    store.save(quiz.id, Answers(responses=responses), 6, "t")
    say("saved on a full disk")
except CareerfitError as error:
    say(int(error.exit_code))
    say("last-" in str(error))
say(len(store.load(quiz.id).answers.responses))
filler.unlink()
store.save(quiz.id, Answers(responses=responses), 6, "t")
store.close()
say(len(Store(folder / "store").load(quiz.id).answers.responses))
"""


def test_a_full_tmpfs_loses_nothing_and_takes_the_answer_again_when_there_is_room(tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=128k tmpfs "{tmp_path}"'
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True).returncode
    ):
        pytest.skip("NOT TESTED: a full disk needs unshare -rm and a tmpfs")
    inside = ("unshare", "-rm", "sh", "-c", f'{mount} && exec "$@"', "sh")
    done = subprocess.run(child(FULL_TMPFS, tmp_path, *inside), env=ENVIRON, capture_output=True, timeout=30)

    assert (done.stdout.decode().split(), done.stderr) == (["8", "True", "5", "6"], b"")


def refused(folder: Path) -> CannotWrite:
    with pytest.raises(CannotWrite) as refusal:
        Store(folder)
    assert refusal.value.exit_code == 8
    return refusal.value


def test_a_file_where_the_folder_belongs_is_reported(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")

    assert "a part of its path is not a folder" in str(refused(tmp_path / "home").hint)
    assert "a part of its path is not a folder" in str(refused(tmp_path / "home" / "below").hint)
    assert (tmp_path / "home").read_text() == "a file"


def test_a_folder_where_the_file_belongs_is_reported(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()

    refused(tmp_path)


def test_a_store_behind_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).symlink_to(tmp_path / "elsewhere")

    assert "symbolic link" in str(refused(tmp_path).hint)
    assert not (tmp_path / "elsewhere").exists()


def test_a_lock_that_cannot_be_made_is_reported(store: Store) -> None:
    quiz = begin(store)
    (store.file.parent / f"quiz-{quiz.id}.lock").mkdir()

    with pytest.raises(CannotWrite), store.hold(quiz.id):
        pass


# damaged


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with two quizzes and a result."""
    folder = tmp_path_factory.mktemp("sound")
    with closing(Store(folder)) as store:
        for _ in range(2):
            quiz = begin(store)
            store.save(quiz.id, Answers(responses={f"item-{k}": k % 5 for k in range(30)}), 30, "t")
        store.finish(quiz.id, "r1", "t", b'{"text": "' + b"x" * 9000 + b'"}')
    return (folder / FILE_NAME).read_bytes()


def everything(folder: Path) -> list[object]:
    """All that can be read of a store."""
    with closing(Store(folder)) as store:
        quizzes = [store.load(quiz.id) for quiz in store.unfinished()]
        return [*quizzes, *(store.result(entry.id) for entry in store.results())]


def check_damage(folder: Path, content: bytes, sound: bytes) -> bool:
    """Whether the damage is noticed; a crash fails the test, and so does a changed file or a value that is wrong."""
    folder.joinpath("sound").mkdir(exist_ok=True)
    if not (folder / "sound" / FILE_NAME).exists():
        (folder / "sound" / FILE_NAME).write_bytes(sound)
    file = folder / FILE_NAME
    file.write_bytes(content)
    try:
        found = everything(folder)
    except CareerfitError:
        assert file.read_bytes() == content
        return True
    written = everything(folder / "sound")
    assert all(value in written for value in found)
    return len(found) < len(written)


def test_a_file_cut_off_before_its_last_page_is_refused_and_never_overwritten(tmp_path: Path, sound: bytes) -> None:
    """SQLite takes a file of one byte for an empty one, and what is missing of the last page for zeros."""
    for length in [*range(2, 200, 7), *range(200, len(sound) - 4096, 397), len(sound) - 4096]:
        assert check_damage(tmp_path, sound[:length], sound), length


def test_a_file_cut_off_in_its_last_page_never_crashes(tmp_path: Path, sound: bytes) -> None:
    for length in range(len(sound) - 4095, len(sound), 97):
        check_damage(tmp_path, sound[:length], sound)


def test_a_flipped_bit_never_crashes_overwrites_or_gives_a_wrong_value(tmp_path: Path, sound: bytes) -> None:
    chance = random.Random(5)
    damaged = 0
    places = [*range(100), *(chance.randrange(len(sound)) for _ in range(400))]
    for place in places:
        content = bytearray(sound)
        content[place] ^= 1 << chance.randrange(8)
        damaged += check_damage(tmp_path, bytes(content), sound)
    assert damaged > 20


def test_zeroed_pages_are_refused_or_hold_nothing(tmp_path: Path, sound: bytes) -> None:
    refusals = [
        check_damage(tmp_path, sound[:start] + bytes(4096) + sound[start + 4096 :], sound)
        for start in range(0, len(sound), 4096)
    ]
    assert sum(refusals) > len(refusals) / 2


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with 60 results, r00 to r59."""
    folder = tmp_path_factory.mktemp("many")
    with closing(Store(folder)) as store:
        for number in range(60):
            store.finish(begin(store).id, f"r{number:02}", "t", b"x" * 700)
    return (folder / FILE_NAME).read_bytes()


def test_results_beside_a_damaged_page_are_listed_and_the_ones_on_it_are_named(tmp_path: Path, many: bytes) -> None:
    """Each page of the file is zeroed in turn; wherever lists can be read at all, nothing is missing without a word."""
    content, written = many, {f"r{number:02}" for number in range(60)}
    partly = 0
    for start in range(4096, len(content), 4096):
        (tmp_path / FILE_NAME).write_bytes(content[:start] + bytes(4096) + content[start + 4096 :])
        try:
            with closing(Store(tmp_path)) as store:
                listed, damaged = {entry.id for entry in store.results()}, store.damaged()
        except StoreDamaged:
            continue
        assert listed <= written
        lost = {row.id for row in damaged if row.kind == "result"}
        assert {f"#{int(name[1:]) + 1}" for name in written - listed} == lost
        partly += bool(lost) and bool(listed)
    assert partly >= 5


@pytest.mark.parametrize("everything", [False, True])
def test_what_stands_on_pages_that_cannot_be_read_goes_with_the_whole_file_and_that_is_said(
    tmp_path: Path, many: bytes, everything: bool
) -> None:
    """SQLite removes nothing beside such a page: the file is left as it is, and named as what to delete."""
    file = tmp_path / FILE_NAME
    refused = 0
    for start in range(4096, len(many), 4096):
        damaged = many[:start] + bytes(4096) + many[start + 4096 :]
        file.write_bytes(damaged)
        try:
            with closing(Store(tmp_path)) as store:
                unreachable = [row.id for row in store.damaged() if row.is_unreachable]
                if not unreachable:
                    continue
                with pytest.raises(StoreDamaged) as refusal:
                    store.forget(None if everything else unreachable)
        except StoreDamaged:
            continue
        assert f"delete {file}" in str(refusal.value.hint)
        assert file.read_bytes() == damaged
        refused += 1
    assert refused >= 5


def test_a_table_that_is_gone_is_damage(store: Store) -> None:
    store._connection.execute("DROP TABLE results")

    with pytest.raises(StoreDamaged):
        store.results()
