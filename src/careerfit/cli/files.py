"""A file written for the person who asked for it: the old one or the whole new one, for its owner's eyes alone."""

from __future__ import annotations

import errno
import os
import secrets
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
            _write_new(temporary, data)
            _move(temporary, path, force)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
        _sync_folder(path.parent)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise CannotWrite(
            message("{file} could not be written: {reason}.", file=path, reason=system_reason(error))
        ) from None


def _exists(path: Path) -> CannotWrite:
    return CannotWrite(
        message("There is a file {file} already, so nothing was written.", file=path),
        message("Choose another name with -o, or put the new one in its place with --force."),
    )


def _write_new(path: Path, data: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(opened, 0o600)
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
