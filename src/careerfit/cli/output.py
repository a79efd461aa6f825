"""Everything the command line writes: results to standard output, the rest to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from careerfit.cli.settings import is_on
from careerfit.errors import (
    CannotWrite,
    CareerfitError,
    InputRefused,
    Interrupted,
    PipeClosed,
    Problem,
    message,
    system_reason,
)
from careerfit.language import _, say

if TYPE_CHECKING:
    from msgspec import Struct

    from careerfit.terminal.blocks import Block


def prepare_streams() -> None:
    """Make the streams fit for any text; without a standard output there is nowhere to put a result."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        raise CannotWrite(message("Standard output is closed, so there is nowhere to write to."))
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors=errors)  # type: ignore[union-attr]


def write_json(document: Any) -> None:
    """Write plain data as one JSON document, in UTF-8 whatever the locale."""
    write_bytes(json_bytes(document))


def write_document(document: Struct) -> None:
    """Write a value of the model as one JSON document."""
    write_bytes(document_bytes(document))


def document_bytes(document: Struct) -> bytes:
    """Return a value of the model as a JSON document, indented, in UTF-8."""
    import msgspec

    return json_bytes(msgspec.to_builtins(document))


def json_bytes(document: Any) -> bytes:
    """Return plain data as a JSON document, indented, in UTF-8; what would steer a terminal in it is escaped."""
    import json

    from careerfit.catalogue.characters import escaped_in_json

    return escaped_in_json(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)).encode() + b"\n"


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output, all of them: an unbuffered one may take a part at a time."""

    def write() -> None:
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()

    _guarded(write)


def write_text(text: str) -> None:
    """Write text to standard output."""
    write_bytes(text.encode(sys.stdout.encoding, errors="backslashreplace"))


def write_blocks(blocks: Iterable[Block], plainly: bool = False, paged: bool = True) -> None:
    """Write a page: with colours and bars on a terminal, as plain lines anywhere else or when asked.

    A page that is higher than the window goes to a pager, unless it shall not be `paged`.
    """
    if plainly or not wants_style():
        from careerfit.terminal import plain
        from careerfit.terminal.wrapping import columns_of

        write_text(plain.render(blocks, columns_of(sys.stdout)))
        return
    from careerfit.terminal import styled

    page = styled.render(blocks, sys.stdout)
    if paged and sys.stdout.isatty():
        from careerfit.cli import pager

        if pager.is_needed(page) and pager.show(page):
            return
    write_text(page)


def flush() -> None:
    """Bring everything written so far to where it goes."""
    _guarded(sys.stdout.flush)


def command_name() -> str:
    """Return what to type to run this program again: its name, or how it was reached where that is not found."""
    from shutil import which

    if "UV_RUN_RECURSION_DEPTH" in os.environ:
        return "uv run careerfit"
    if which("careerfit") is not None or not sys.argv[0].endswith("careerfit"):
        return "careerfit"
    return os.path.relpath(sys.argv[0])


def command(*words: str, catalogue: Path | None = None) -> str:
    """Return a command line as it can be typed, on the catalogue in a folder unless the settings name that already."""
    from shlex import quote

    from careerfit.catalogue.characters import clean_text

    if catalogue is not None and str(catalogue) != os.environ.get("CAREERFIT_CATALOGUE"):
        words = (*words, "--catalogue", str(catalogue))
    return clean_text(" ".join([command_name(), *map(quote, words)]))


def wants_style() -> bool:
    """Return whether standard output is a terminal that can do more than print, or colours are asked for."""
    if os.environ.get("TERM") == "dumb" or os.environ.get("ACCESSIBLE") or is_on("CAREERFIT_PLAIN"):
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def note(text: str = "", hang: int = 0) -> None:
    """Write a line to standard error, and only that one: what would break it or steer a terminal in it is replaced.

    On a terminal it is wrapped between words, from the second line on `hang` columns further in.
    """
    from careerfit.catalogue.characters import clean_line
    from careerfit.terminal.wrapping import columns_of, wrapped

    _to_screen("\n".join(wrapped(clean_line(text), columns_of(sys.stderr), hang)))


def _to_screen(text: str) -> None:
    with suppress(AttributeError):  # there is no standard error
        try:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
        except OSError:
            _discard(sys.stderr)


def report(error: CareerfitError, as_json: bool = False) -> None:
    """Say on standard error what went wrong, where, and what to do; as the document ``careerfit/error/1`` if asked."""
    if isinstance(error, PipeClosed):
        return
    from careerfit.catalogue.order import gathered

    problems = error.problems if isinstance(error, InputRefused) else ()
    if as_json:
        import json

        from careerfit.catalogue.characters import clean_text

        document = {
            "schema": "careerfit/error/1",
            "code": int(error.exit_code),
            "message": say(error.message),
            "hint": None if error.hint is None else say(error.hint),
            "problems": [problem_document(problem) for problem in problems],
        }
        _to_screen(clean_text(json.dumps(document, ensure_ascii=False)))
        return
    for problem, others in gathered(problems):
        note(problem_line(problem), hang=2)
        for other in others:
            note(f"    {place_of(other)}")
    if isinstance(error, Interrupted):  # the person did it, and is told the same as after leaving with a key
        lead, indent = "{text}", ""
    else:
        lead, indent = _("careerfit: {text}"), "  "
    note(lead.format(text=say(error.message)), hang=len(indent))  # no line but the first begins as an error of ours
    if error.hint is not None:
        note(f"{indent}{say(error.hint)}")


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data, its texts in the language spoken now."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "message": say(problem.message),
        "hint": None if problem.hint is None else say(problem.hint),
    }


def problem_line(problem: Problem) -> str:
    """Return a problem as ``file:line:column: error: what is wrong [code]`` with its hint on the same line."""
    from careerfit.catalogue.characters import clean_line

    kind = _("error") if problem.severity == "error" else _("warning")
    hint = "" if problem.hint is None else f" - {say(problem.hint)}"
    return clean_line(f"{place_of(problem)}: {kind}: {say(problem.message)}{hint} [{problem.code}]")


def place_of(problem: Problem) -> str:
    """Return where a problem is, as ``file:line:column``, or the file alone for one that is of the whole of it."""
    return f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file


def _guarded(write: Callable[[], None]) -> None:
    """Write, and say in our own terms when standard output does not take it."""
    try:
        write()
    except BrokenPipeError:
        _discard(sys.stdout)
        raise PipeClosed(message("Nobody reads the output any more.")) from None
    except OSError as error:
        _discard(sys.stdout)
        raise CannotWrite(message("The output could not be written: {reason}.", reason=system_reason(error))) from None


def _discard(stream: TextIO) -> None:
    """Point a stream at nothing, so that the interpreter does not fail on its leftovers at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
