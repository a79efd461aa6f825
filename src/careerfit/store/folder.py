"""The folder of the store: made for its owner alone, with a lock file for each quiz that is open somewhere."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from careerfit.errors import OpenElsewhere, message


def create_file(file: Path) -> None:
    """Make folders and file for their owner alone, whatever the umask; SQLite's journal gets the mode of the file.

    Raises:
        OSError: There is something in the way, or no permission.
    """
    for folder in reversed([folder for folder in file.parents if not folder.exists()]):
        folder.mkdir(0o700, exist_ok=True)
        folder.chmod(0o700)
        os.fsync(parent := os.open(folder.parent, os.O_RDONLY))
        os.close(parent)
    if file.is_symlink():
        raise OSError("it is a symbolic link")
    with suppress(FileExistsError):  # one that exists is not opened: closing it would drop this process's locks on it
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        os.fchmod(opened, 0o600)
        os.close(opened)


def lock_file(path: Path) -> int:
    """Return the descriptor of a lock file that is ours until it is closed; remove the file before that.

    Raises:
        OpenElsewhere: Another process has it.
        OSError: It cannot be made.
    """
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        os.fchmod(lock, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            text = message("This quiz is open in another terminal.")
            raise OpenElsewhere(text, message("Continue there, or start another one: careerfit quiz --new")) from error
        if os.fstat(lock).st_nlink:
            return lock
        os.close(lock)  # its last holder removed it between our opening and our locking
