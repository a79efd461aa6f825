"""Files written for a person: a writer that is killed leaves the old file or the new one, and soon nothing beside it.

The writer kills itself with the signal that nothing can catch, before or after one of the calls that lead from an empty
file to one with its name.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from careerfit.cli.files import write_file

NEW = b"n" * 99_999
WRITER = """
import os, signal, sys
from pathlib import Path
from careerfit.cli import files

target, force, named, call, moment = Path(sys.argv[1]), *sys.argv[2:]
where = Path if call in ("replace", "unlink") else files.fcntl if call == "flock" else os
really = getattr(where, call)

def dies(*arguments, **options):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    if moment == "wait":
        print("waits", flush=True)
        sys.stdin.readline()
        return really(*arguments, **options)
    really(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

if named == "named":
    files._written_without_name = lambda *_arguments: False
setattr(where, call, dies)
files.write_file(target, b"n" * 99_999, force == "force")
print("written")
"""


def killed(target: Path, *how: str) -> bool:
    """Write a file in a process that kills itself; return whether it came so far, or was through before."""
    done = subprocess.run([sys.executable, "-c", WRITER, str(target), *how], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL or done.stdout == b"written\n", done.stderr
    return done.returncode == -signal.SIGKILL


def others(target: Path) -> list[Path]:
    return [path for path in target.parent.iterdir() if path != target]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="NOT TESTED: this system has no files without a name")
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", ["flock", "fchmod", "write", "fsync", "link"])
def test_a_kill_leaves_nothing_beside_a_new_file(tmp_path, call, moment):
    """Neither a private copy nor half a file; after it has its name it is whole."""
    target = tmp_path / "x.html"
    assert killed(target, "plain", "unnamed", call, moment)
    assert others(target) == []
    there = (call, moment) == ("link", "after")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([NEW] if there else [])


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("force", "named", "call"),
    [
        *(("force", "unnamed", call) for call in ("fsync", "link", "replace")),
        *(("force", "named", call) for call in ("flock", "write", "fsync", "replace")),
        *(("plain", "named", call) for call in ("flock", "write", "fsync", "link", "unlink")),
    ],
)
def test_what_a_kill_leaves_is_gone_after_the_next_write_in_that_folder(tmp_path, force, named, call, moment):
    """The file itself is the old one or the whole new one; whatever lies beside it is private."""
    target = tmp_path / "x.html"
    if force == "force":
        target.write_bytes(b"old")
    assert killed(target, force, named, call, moment)
    assert not target.exists() or target.read_bytes() in (b"old", NEW)
    assert target.exists() or force == "plain"
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in others(target))

    write_file(tmp_path / "next.csv", b"next")
    assert others(target) == [tmp_path / "next.csv"]


def test_there_is_something_to_remove_where_a_file_needs_a_name_from_the_start(tmp_path):
    """Or the test before this one would hold of itself."""
    target = tmp_path / "x.html"
    assert killed(target, "plain", "named", "fsync", "before")
    (left,) = others(target)
    assert left.read_bytes() == NEW


def test_the_file_of_a_writer_that_lives_is_not_touched(tmp_path):
    """It waits in the middle of its work while another one writes, then goes on."""
    target = tmp_path / "x.html"
    command = [sys.executable, "-c", WRITER, str(target), "plain", "named", "fsync", "wait"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"waits\n"
        (unfinished,) = tmp_path.iterdir()
        write_file(tmp_path / "next.csv", b"next")
        assert unfinished.exists()
        assert writer.communicate(b"\n", timeout=20)[0].endswith(b"written\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["next.csv", "x.html"]
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    "name",
    [".careerfit-0123456789ab.txt", ".careerfit-0123.tmp", ".careerfit-0123456789ab.tmp.html", ".0123456789ab.tmp"],
)
def test_a_file_of_somebody_elses_making_stays(tmp_path, name):
    """Of another name; and of the same name if others may read it, or if it is a folder or a link."""
    other = tmp_path / name
    other.write_bytes(b"mine")
    other.chmod(0o600)
    readable, folder, link = (tmp_path / f".careerfit-{digit * 12}.tmp" for digit in "abc")
    readable.write_bytes(b"mine")
    readable.chmod(0o644)
    folder.mkdir()
    link.symlink_to(other)
    before = set(tmp_path.iterdir())
    write_file(tmp_path / "x.html", b"new")
    assert set(tmp_path.iterdir()) == {*before, tmp_path / "x.html"}
    assert other.read_bytes() == b"mine"
