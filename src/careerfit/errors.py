"""What can go wrong: messages, problems with a position, the exception tree and the exit codes.

Nothing here prints. A message is kept as a template with its values, so that the command line can say it in the
reader's language; `str()` of it is the English text.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import ClassVar, Literal, NamedTuple


class ExitCode(IntEnum):
    """Exit codes of the command line; anything not listed is a failure."""

    DONE = 0
    BUG = 1
    USAGE = 2
    PARTLY_REFUSED = 3
    REFUSED = 4
    STORE_DAMAGED = 5
    OPEN_ELSEWHERE = 6
    CATALOGUE_CHANGED = 7
    CANNOT_WRITE = 8
    NEEDS_TERMINAL = 9
    HUNG_UP = 129
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


class Message(NamedTuple):
    """A sentence for people: an English template, to be looked up in gettext, and the values that fill it.

    A value may be a message itself.
    """

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.values)


def message(template: str, /, **values: object) -> Message:
    """Return a `Message`; the template is collected for translation wherever this function is called."""
    return Message(template, values)


def system_reason(error: OSError | ValueError) -> Message:
    """Return why the system would not do something; a rare reason in the system's own words, in quotes."""
    match getattr(error, "errno", None):
        case errno.ENOENT:
            return message("there is no such file or folder")
        case errno.EACCES | errno.EPERM:
            return message("you have no permission for it")
        case errno.EISDIR:
            return message("it is a folder")
        case errno.ENOTDIR:
            return message("a part of its path is not a folder")
        case errno.EEXIST:
            return message("it is there already")
        case errno.ENOSPC | errno.EDQUOT:
            return message("the disk is full")
        case errno.EROFS:
            return message("the disk can only be read")
        case errno.ELOOP:
            return message("its symbolic links lead round in a circle, or may not be followed")
        case errno.EIO:
            return message("the disk reports an error")
        case errno.ENAMETOOLONG:
            return message("its name is too long")
        case errno.EFBIG:
            return message("it would be larger than a file may be here")
        case errno.EMFILE | errno.ENFILE:
            return message("too many files are open")
        case errno.EBADF:
            return message("it is closed")
    return message("“{text}”", text=getattr(error, "strerror", None) or str(error))


class Problem(NamedTuple):
    """One thing wrong (or weak) in a file, where it is and what to do about it.

    Lines and columns count from 1, columns in characters; 0 means the file as a whole. `code` is stable and made
    of lower-case words joined by hyphens; `path` names the place in the data, as in ``roles[3].fit[0].trait``.
    """

    code: str
    file: str
    line: int
    column: int
    path: str
    message: Message
    hint: Message | None = None
    severity: Literal["error", "warning"] = "error"


class CareerfitError(Exception):
    """Root of everything careerfit raises on purpose; carries its message, a hint and its exit code."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, text: Message, hint: Message | None = None) -> None:
        super().__init__(str(text))
        self.message = text
        self.hint = hint


class UsageError(CareerfitError):
    """The command line asks for something that does not exist or does not go together."""

    exit_code = ExitCode.USAGE


class InputRefused(CareerfitError):
    """An input file cannot be used; `problems` holds everything found in it, as `catalogue.order` has it."""

    exit_code = ExitCode.REFUSED

    def __init__(self, text: Message, problems: Iterable[Problem] = (), hint: Message | None = None) -> None:
        super().__init__(text, hint)
        self.problems = tuple(problems)


class StoreDamaged(CareerfitError):
    """The saved answers cannot be read."""

    exit_code = ExitCode.STORE_DAMAGED


class OpenElsewhere(CareerfitError):
    """The quiz in progress is open in another terminal."""

    exit_code = ExitCode.OPEN_ELSEWHERE


class CatalogueChanged(CareerfitError):
    """The catalogue is no longer the one that a saved quiz was started with."""

    exit_code = ExitCode.CATALOGUE_CHANGED


class CannotWrite(CareerfitError):
    """The disk, a permission or standard output does not take what has to be written."""

    exit_code = ExitCode.CANNOT_WRITE


class NeedsTerminal(CareerfitError):
    """A question would have to be asked and there is nobody at a terminal to ask."""

    exit_code = ExitCode.NEEDS_TERMINAL


class Interrupted(CareerfitError):
    """The person pressed Ctrl-C; what was answered is kept."""

    exit_code = ExitCode.INTERRUPTED


class PipeClosed(CareerfitError):
    """Whoever read our output has had enough; nothing to say."""

    exit_code = ExitCode.PIPE_CLOSED


class Terminated(CareerfitError):
    """The program was told to end; what was answered is kept."""

    exit_code = ExitCode.TERMINATED


class HungUp(Terminated):
    """The terminal is gone; what was answered is kept."""

    exit_code = ExitCode.HUNG_UP
