"""Where a catalogue's three files are and what is in them, as bytes; nothing here knows YAML.

Kept apart from `load` because a start that finds its catalogue in the cache needs this and no parser. `errors` is
imported where something is wrong, for the same reason.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from careerfit.errors import InputRefused, Problem

    Content = bytes | Problem | None
    """The bytes of a file, why it could not be read, or None when it does not exist."""

FILE_NAMES = ("items.yaml", "roles.yaml", "traits.yaml")
"""The files of a catalogue, in the order in which problems are listed."""

MAX_BYTES = 5_000_000
"""Largest file that is read. The shipped catalogue stays under a tenth of it."""

MAX_TOTAL_BYTES = 6_000_000
"""Most that the three files of a catalogue may have together."""


_WORTH_OPENSSL = 2_000_000
"""Bytes from which loading OpenSSL pays."""


def shipped_folder() -> Path:
    """Return the folder of the catalogue that comes with careerfit.

    Raises:
        InputRefused: The installation holds no catalogue.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "data", package.parents[1] / "data"):
        if (folder / "roles.yaml").is_file():
            return folder
    from careerfit.errors import InputRefused, message

    raise InputRefused(
        message("The catalogue that belongs to careerfit is missing from {folder}.", folder=str(package / "data")),
        hint=message("Install careerfit again, or name a catalogue of your own with --catalogue."),
    )


def read_files(folder: Path) -> dict[str, Content]:
    """Return what the three files of a folder hold, by file name, reading no more than the limit of each.

    Raises:
        InputRefused: There is no such folder, or none of the three is in it; carries the one Problem.
    """
    files = {name: read_file(folder / name) for name in FILE_NAMES}
    if all(content is None for content in files.values()):
        raise _no_catalogue(folder)
    return files


def read_file(path: Path) -> Content:
    """Return the bytes of one file, at most one more than `MAX_BYTES`."""
    try:
        # a named pipe would otherwise keep us waiting for a writer
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        return _unreadable(path.name, error)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _unreadable(path.name, None)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(path.name, error)
    finally:
        os.close(descriptor)


def catalogue_hash(files: Mapping[str, Content]) -> str:
    """Return ``sha256:`` and the digest of the names, lengths and bytes of a catalogue's files."""
    contents = [content if isinstance(content, bytes) else b"" for content in map(files.get, FILE_NAMES)]
    digest = new_sha256(sum(map(len, contents)))
    for name, data in zip(FILE_NAMES, contents, strict=True):
        digest.update(b"%s %d\n" % (name.encode(), len(data)))
        digest.update(data)
    return f"sha256:{digest.hexdigest()}"


def new_sha256(size: int = 0) -> Any:
    """Return a fresh SHA-256 object for about so many bytes.

    hashlib loads OpenSSL, which takes five times as long as hashing the shipped catalogue without it; the standard
    library's own `random` goes round it in the same way. Catalogues of several megabytes are hashed faster with it.
    """
    if size > _WORTH_OPENSSL:
        return import_module("hashlib").sha256()
    try:
        return import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256()
    except (ImportError, AttributeError):
        return import_module("hashlib").sha256()


def _no_catalogue(folder: Path) -> InputRefused:
    """Return what to say of a folder that is not there, with the one beside it that may be meant, or holds no file."""
    from difflib import get_close_matches

    from careerfit.errors import InputRefused, Problem, message

    hint = message("A catalogue is a folder with roles.yaml, traits.yaml and items.yaml.")
    if folder.is_dir():
        code, text = "no-catalogue", message("There is no catalogue in this folder.")
    else:
        code, text = "no-folder", message("There is no such folder.")
        try:
            beside = [other.name for other in folder.parent.iterdir() if (other / "roles.yaml").is_file()]
        except OSError:
            beside = []
        if close := get_close_matches(folder.name, beside, n=1):
            hint = message("Did you mean {suggestions}?", suggestions=folder.parent / close[0])
    problem = Problem(code=code, file=str(folder), line=0, column=0, path="", message=text, hint=hint)
    return InputRefused(message("The catalogue in {folder} cannot be used.", folder=str(folder)), [problem])


def _unreadable(name: str, error: OSError | ValueError | None) -> Problem:
    from careerfit.errors import Problem, message, system_reason

    if error is None:
        code, text = "not-a-file", message("This is not a file.")
    else:
        code, text = "file-unreadable", message("This file cannot be read: {reason}.", reason=system_reason(error))
    return Problem(code=code, file=name, line=0, column=0, path="", message=text)
