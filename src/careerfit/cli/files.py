"""Files written for the person who asked for them: whatever happens in between, each is there whole or not at all.

A file gets its name when it is on the disk. Until then it has none, where the system can do that, or else a temporary
one that is locked as long as its writer lives: what a writer that was killed has left, the next one removes.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from careerfit.errors import CannotWrite, message, system_reason

_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
"""What file systems without hard links say."""

_TEMPORARY = re.compile(r"\.careerfit-[0-9a-f]{12}\.tmp")
_PRIVATE = stat.S_IFREG | 0o600


def write_file(path: Path, data: bytes, force: bool = False) -> None:
    """Write a new file, mode 0600, that is on the disk when this returns; `force` lets it take the place of another.

    Raises:
        CannotWrite: There is such a file and `force` is not given, something else bears the name, a symbolic link
            for one, or the disk or a permission does not take it. What was there before is as it was.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise CannotWrite(message("{file} is not an ordinary file, so nothing was written.", file=path))
    if path.exists() and not force:
        raise _exists(path)
    try:
        _remove_leftovers(path.parent)
        if not _written_without_name(path, data, force):
            _write_under_another_name(path, data, force)
        _sync_folder(path.parent)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise _refused(path, error) from None


def write_files(folder: Path, files: Mapping[str, bytes], overwrite: bool = False) -> None:
    """Write files into a folder, which is made if it is not there, with the folders above it.

    A folder that is not there yet is made beside and moved as one, so that it is there with all of them or not at all.

    Args:
        folder: Where the files go.
        files: Their contents by path below the folder, which is a name, or a folder's name and a name; in the order
            in which they are moved.
        overwrite: Whether they may take the place of files, or of links, that stand there already.

    Raises:
        CannotWrite: Something stands where the files belong, or the disk does not take them.
    """
    try:
        if os.path.lexists(folder):
            _refuse_obstacles(folder, files, overwrite)
            beside = folder / f".{secrets.token_hex(6)}.tmp"
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            beside = folder.parent / f".{secrets.token_hex(6)}.tmp"
        try:
            _fill(beside, files)
            if beside.parent == folder:
                for name in files:
                    (folder / name).parent.mkdir(exist_ok=True)
                    (beside / name).replace(folder / name)
            else:
                beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise _refused(folder, error) from None


def _refused(path: Path, error: OSError) -> CannotWrite:
    return CannotWrite(message("{file} could not be written: {reason}.", file=path, reason=system_reason(error)))


def _exists(path: Path) -> CannotWrite:
    return CannotWrite(
        message("There is already a file {file}, so nothing was written.", file=path),
        message("Choose another name with -o, or put the new one in its place with --force."),
    )


def _written_without_name(path: Path, data: bytes, force: bool) -> bool:
    """Write a file that has no name until it is on the disk; return False where the system cannot do that."""
    try:
        opened = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except (AttributeError, OSError):
        return False
    temporary = _temporary_name(path.parent)
    try:
        _lock(opened)  # before it has a name that could be taken for a leftover
        _write_privately(opened, data)
        try:
            _link_opened(opened, temporary if force else path)
        except FileExistsError:
            raise
        except OSError:
            return False
        if force:  # a link cannot take the place of a file
            temporary.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
        os.close(opened)
    return True


def _link_opened(opened: int, path: Path) -> None:
    """Give a name to an open file that has none."""
    descriptors = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # from a folder's descriptor, or else Python does not follow the link to the file
        os.link(str(opened), path, src_dir_fd=descriptors, follow_symlinks=True)
    finally:
        os.close(descriptors)


def _write_under_another_name(path: Path, data: bytes, force: bool) -> None:
    opened, temporary = _open_temporary(path.parent)
    try:
        _write_privately(opened, data)
        _move(temporary, path, force)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
        os.close(opened)


def _open_temporary(folder: Path) -> tuple[int, Path]:
    """Return a new file under a temporary name, locked, and its path."""
    while True:
        temporary = _temporary_name(folder)
        opened = _open_new(temporary, 0o600)
        _lock(opened)
        if os.fstat(opened).st_nlink:
            return opened, temporary
        os.close(opened)  # before it was locked, another writer took it for a leftover


def _lock(opened: int) -> None:
    with suppress(OSError):  # where there are no locks, nobody takes a missing one for a sign that a writer is gone
        fcntl.flock(opened, fcntl.LOCK_EX)


def _temporary_name(folder: Path) -> Path:
    return folder / f".careerfit-{secrets.token_hex(6)}.tmp"


def _remove_leftovers(folder: Path) -> None:
    """Remove temporary files of ours whose writers are gone, as their locks show."""
    for path in folder.glob(".careerfit-*.tmp"):
        if _TEMPORARY.fullmatch(path.name):
            with suppress(OSError):
                _remove_unless_locked(path)


def _remove_unless_locked(path: Path) -> None:
    opened = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(opened)
        if (found.st_mode, found.st_uid) == (_PRIVATE, os.geteuid()):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    finally:
        os.close(opened)


def _open_new(path: Path, mode: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)


def _write_privately(opened: int, data: bytes) -> None:
    """Write a new file that is its owner's alone, whatever the umask."""
    os.fchmod(opened, 0o600)
    _write(opened, data)


def _write(opened: int, data: bytes) -> None:
    """Write all of it and wait until it is on the disk."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(opened, rest) :]
    os.fsync(opened)


def _move(temporary: Path, path: Path, force: bool) -> None:
    """Give a file its name; without `force` by a hard link, which fails when somebody took the name meanwhile."""
    if not force:
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        else:
            return
    temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        opened = _open_new(folder / name, 0o666)
        try:
            _write(opened, content)
        finally:
            os.close(opened)


def _refuse_obstacles(folder: Path, files: Mapping[str, bytes], overwrite: bool) -> None:
    """Raise CannotWrite for what stands in the way; a link is never followed."""
    above = {folder, *((folder / name).parent for name in files)}
    for place in sorted(above):
        is_link = place != folder and place.is_symlink()
        if os.path.lexists(place) and (is_link or not place.is_dir()):
            raise CannotWrite(message("{path} is not a folder.", path=place))
    there = [name for name in files if os.path.lexists(folder / name)]
    for name in there:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise CannotWrite(message("{path} is a folder.", path=folder / name))
    if there and not overwrite:
        raise CannotWrite(
            message("{folder} already has {files}; nothing was written.", folder=folder, files=", ".join(there)),
            message("Name another folder, or let --force overwrite them."),
        )
