"""Files written for the person who asked for them: whatever happens in between, each is there whole or not at all.

A file is written under another name first, and gets its own when it is on the disk.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from careerfit.errors import CannotWrite, message, system_reason

_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
"""What file systems without hard links say."""


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
    temporary = path.with_name(f".careerfit-{secrets.token_hex(6)}.tmp")
    try:
        try:
            _write_new(temporary, data, private=True)
            _move(temporary, path, force)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
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


def _write_new(path: Path, data: bytes, private: bool) -> None:
    """Write a new file and wait until it is on the disk; a private one is its owner's alone, whatever the umask."""
    mode = 0o600 if private else 0o666
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        if private:
            os.fchmod(opened, mode)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(opened, rest) :]
        os.fsync(opened)
    finally:
        os.close(opened)


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
        _write_new(folder / name, content, private=False)


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
