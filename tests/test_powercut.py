"""Power cuts: every state that a disk may be left in by a whole quiz is opened, and nothing acknowledged is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from faults import ENVIRON, LAST, WHOLE_QUIZ, check_what_is_left, child
from powercut import TRACED, Disk, Op, State, recorded, states

from careerfit.errors import CareerfitError
from careerfit.store import FILE_NAME

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="NOT TESTED: power cuts need strace, which is not installed"
)
WEAKER = "database.SETTINGS = ('synchronous={}',)\n"
DISKS = ("strict", "ext4")


def record(root: Path, script: str) -> list[Op]:
    """What a script does to the disk below a folder, its store in a new folder there."""
    log = root.with_suffix(".strace")
    trace = ("strace", "-qq", "-y", "-xx", "-s", "10000000", "-o", str(log), "-e", f"trace={TRACED}")
    root.mkdir()
    subprocess.run(child(script, root / "home", *trace), env=ENVIRON, check=True, capture_output=True, timeout=30)
    return recorded(log.read_text(), root)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("powercut") / "root"


@pytest.fixture(scope="module")
def quiz(root: Path) -> list[Op]:
    """What a whole quiz does to the disk."""
    return record(root, WHOLE_QUIZ)


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder on a disk in memory, if there is one: thousands of stores are opened there."""
    with TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        yield Path(folder)


def survives(state: State, root: Path, memory: Path) -> bool:
    """Whether a store in this state opens and has what was acknowledged."""
    with TemporaryDirectory(dir=memory) as target:
        state.put(root, Path(target))
        try:
            check_what_is_left(Path(target) / "home", state.said)
        except (CareerfitError, AssertionError):
            return False
        return True


def test_the_recording_is_of_the_whole_quiz(quiz: list[Op]) -> None:
    """All acknowledgements, and the system calls of their transactions between them."""
    assert [op.place for op in quiz if op.kind == "ack"] == list(range(LAST + 1))
    kinds = [op.kind for op in quiz]
    for kind, least in (("write", 20), ("sync", 20), ("create", 6), ("unlink", 6)):
        assert kinds.count(kind) >= least


def test_played_to_its_end_the_recording_gives_the_file_that_was_written(quiz: list[Op], root: Path) -> None:
    """Byte for byte: the replay leaves nothing out."""
    *_others, last = states(quiz, "strict", 0, seed=0)
    assert dict(last.files) == {str(root / "home" / FILE_NAME): (root / "home" / FILE_NAME).read_bytes()}


@pytest.mark.parametrize(
    ("per_moment", "least"), [(2, 150), pytest.param(150, 2_000, marks=pytest.mark.slow)], ids=["short", "long"]
)
@pytest.mark.parametrize("disk", DISKS)
def test_no_power_cut_loses_what_was_acknowledged(
    quiz: list[Op], root: Path, memory: Path, disk: Disk, per_moment: int, least: int
) -> None:
    """At every moment of a quiz, with everything unsynced there, missing, torn, zeroed and out of order."""
    tried = set(states(quiz, disk, per_moment, seed=20261121))
    assert len(tried) > least
    assert not [state.said for state in tried if not survives(state, root, memory)]


@pytest.mark.parametrize(("level", "disk"), [("OFF", "strict"), ("OFF", "ext4"), ("FULL", "strict")])
def test_the_replay_finds_the_losses_of_weaker_settings(tmp_path: Path, memory: Path, level: str, disk: Disk) -> None:
    """A store that does not sync, or does not sync the folder (SQLite's own default), loses answers."""
    ops = record(tmp_path / "weak", WEAKER.format(level) + WHOLE_QUIZ)
    tried = set(states(ops, disk, 2, seed=1))
    assert not all(survives(state, tmp_path / "weak", memory) for state in tried)
