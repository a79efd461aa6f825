"""What a disk may hold after the power went: the recorded system calls of a program, replayed up to a moment.

Whatever was synced before the moment is there. Of the rest any part may be missing, torn into sectors, zeroed or
written out of order. Two disks are played: a *strict* one that promises no more than POSIX does (a new name may be lost
though the file was synced, names come and go in any order), and one *like ext4* (names and lengths come in the order
in which they were changed, and any sync brings all of them so far).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

SECTOR = 512
TRACED = "open,openat,creat,mkdir,mkdirat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat"
Disk = Literal["strict", "ext4"]

_BY_PATH = ("open", "openat", "creat", "mkdir", "mkdirat", "unlink", "unlinkat")

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)(?:<.*>)?$")
_DESCRIPTOR = re.compile(r"(\d+)<(.*?)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Op(NamedTuple):
    """One thing done to the disk, or said.

    `kind` is mkdir, create, unlink (with a path), write, cut (with a file's number), sync (of a file or folder) or ack.
    """

    kind: str
    path: str = ""
    file: int = -1
    place: int = 0
    data: bytes = b""


def recorded(log: str, root: Path) -> list[Op]:
    """Return what a program did below a folder, from the output of ``strace -y -xx -e trace=TRACED``.

    A number said on standard output is an acknowledgement. Raises ValueError on a call that is not understood.
    """
    ops: list[Op] = []
    files: dict[str, int] = {}
    for line in log.splitlines():
        call = _CALL.match(line)
        if call is None:
            continue  # a call that failed, a signal, the end
        name, arguments, value = call.groups()
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        if name == "write" and arguments.startswith("1<"):
            ops.append(Op("ack", place=int(texts[0])))
            continue
        at = _DESCRIPTOR.match(arguments)
        path = (
            texts[0].decode() if name in ("open", "openat", "creat", "mkdir", "mkdirat", "unlink", "unlinkat") else ""
        )
        path = path or (_plain(at[2]) if at else "")
        if not Path(path).is_relative_to(root) or (path == str(root) and name not in ("fsync", "fdatasync")):
            continue
        if name in ("open", "openat", "creat"):
            if "O_CREAT" in arguments and path not in files:
                files[path] = len(ops)
                ops.append(Op("create", path, files[path]))
            if "O_TRUNC" in arguments:
                ops.append(Op("cut", path, files[path]))
        elif name in ("mkdir", "mkdirat"):
            ops.append(Op("mkdir", path))
        elif name in ("unlink", "unlinkat"):
            ops.append(Op("unlink", path, files.pop(path)))
        elif name == "pwrite64":
            ops.append(Op("write", path, files[path], int(arguments.rsplit(", ", 1)[1]), texts[0][: int(value)]))
        elif name == "ftruncate":
            ops.append(Op("cut", path, files[path], int(arguments.rsplit(", ", 1)[1])))
        elif name in ("fsync", "fdatasync"):
            ops.append(Op("sync", path, files.get(path, -1)))
        else:
            raise ValueError(line)
    return ops


def _plain(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


class State(NamedTuple):
    """A disk after a power cut: folders, files by path, and the last thing that had been acknowledged (-1: nothing)."""

    folders: frozenset[str]
    files: frozenset[tuple[str, bytes]]
    said: int

    def put(self, root: Path, target: Path) -> None:
        """Write it below `target`, which stands for `root`."""
        for folder in sorted(self.folders):
            (target / Path(folder).relative_to(root)).mkdir()
        for path, content in self.files:
            (target / Path(path).relative_to(root)).write_bytes(content)


def states(ops: list[Op], disk: Disk, per_moment: int, seed: int) -> Iterator[State]:
    """Yield what a disk may hold after a power cut at each moment: nothing unsynced, all of it, and random parts."""
    chance = random.Random(seed)
    for moment in range(len(ops) + 1):
        done = ops[:moment]
        said = max((op.place for op in done if op.kind == "ack"), default=-1)
        pending = _unsynced(done, disk)
        if not pending:
            yield _played(done, frozenset(), said, chance)
            continue
        yield _played(done, frozenset(pending), said, chance)
        yield _played(done, frozenset(), said, chance)
        for _ in range(per_moment):
            yield _played(done, _lost(done, pending, disk, chance), said, chance, pending=frozenset(pending))


def _is_name(op: Op) -> bool:
    return op.kind in ("mkdir", "create", "unlink")


def _unsynced(done: list[Op], disk: Disk) -> list[int]:
    """Return the places of what no sync has brought to the disk yet."""
    pending = []
    syncs = [(place, op) for place, op in enumerate(done) if op.kind == "sync"]
    for place, op in enumerate(done):
        later = [sync for at, sync in syncs if at > place]
        if op.kind in ("ack", "sync"):
            continue
        if _is_name(op) or (disk == "ext4" and op.kind == "cut"):
            reached = bool(later) if disk == "ext4" else any(sync.path == str(Path(op.path).parent) for sync in later)
        else:
            reached = any(sync.file == op.file for sync in later)
        if not reached:
            pending.append(place)
    return pending


def _lost(done: list[Op], pending: list[int], disk: Disk, chance: random.Random) -> frozenset[int]:
    share = chance.random()
    lost = {place for place in pending if chance.random() < share}
    if disk == "ext4":  # names and lengths are lost from some moment on
        ordered = [place for place in pending if _is_name(done[place]) or done[place].kind == "cut"]
        kept = chance.randint(0, len(ordered))
        lost = (lost - set(ordered[:kept])) | set(ordered[kept:])
    return frozenset(lost)


def _played(
    done: list[Op], lost: frozenset[int], said: int, chance: random.Random, pending: frozenset[int] = frozenset()
) -> State:
    folders: set[str] = set()
    names: dict[str, int] = {}
    contents: dict[int, bytearray] = {}
    for place, op in enumerate(done):
        if op.kind == "create":
            contents[op.file] = bytearray()
        if op.kind == "write":
            data = op.data
            if place in lost:
                if chance.random() < 0.5 or not pending:
                    continue
                data = bytes(len(data))  # the length grew, the content did not come
                if op.place < len(contents[op.file]):
                    continue
            content = contents[op.file]
            content.extend(bytes(max(0, op.place + len(data) - len(content))))
            for start in range(0, len(data), SECTOR):
                if place in pending and chance.random() < 0.2:
                    continue  # torn
                sector = data[start : start + SECTOR]
                content[op.place + start : op.place + start + len(sector)] = sector
        elif place in lost:
            continue
        elif op.kind == "mkdir":
            folders.add(op.path)
        elif op.kind == "create":
            names[op.path] = op.file
        elif op.kind == "unlink":
            names.pop(op.path, None)
        elif op.kind == "cut":
            content = contents[op.file]
            content.extend(bytes(max(0, op.place - len(content))))
            del content[op.place :]
    there = {path for path in folders if Path(path).parent == _root(done) or str(Path(path).parent) in folders}
    files = {(path, bytes(contents[file])) for path, file in names.items() if str(Path(path).parent) in there}
    return State(frozenset(there), frozenset(files), said)


def _root(done: list[Op]) -> Path:
    return next((Path(op.path).parent for op in done if op.kind == "mkdir"), Path())
