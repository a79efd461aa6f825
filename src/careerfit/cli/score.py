"""`careerfit score`: sheets of answers from files, to the same results the quiz gives.

A file holds one sheet, or one on each line (NDJSON). Of several sheets each stands for itself: one that cannot be used
is told and left out, and the others are scored.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec
import typer

from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.files import MAX_BYTES
from careerfit.cli import output
from careerfit.cli.scoring import scored
from careerfit.errors import ExitCode, InputRefused, message, system_reason
from careerfit.language import ngettext

if TYPE_CHECKING:
    from careerfit.engine.instrument import Instrument
    from careerfit.model import Answers, Catalogue

Format = Literal["text", "json", "ndjson", "csv"]


class _Sheet(NamedTuple):
    """The bytes of a sheet, the name of its file, the line it begins on, and whether others are in the file."""

    data: bytes
    file: str
    line: int = 1
    of_many: bool = False


def score_files(names: Sequence[str], folder: Path | None, form: Format | None) -> None:
    """Write the result of each sheet: as blocks on a terminal, as JSON elsewhere, several as a document on each line.

    As CSV all of them are one table, which begins with the first sheet that can be used.

    Ends with `ExitCode.PARTLY_REFUSED` if some of several sheets cannot be used, with `REFUSED` if none can.

    Raises:
        InputRefused: The only sheet cannot be used.
    """
    catalogue = open_catalogue(folder).catalogue()
    chosen: Format = form or ("text" if output.wants_style() else "json")
    files = list(dict.fromkeys(names))
    instrument = None
    done = refused = 0
    for name in files:
        try:
            for sheet in _sheets(name):
                is_one = len(files) == 1 and not sheet.of_many
                try:
                    answers = _answers(sheet, catalogue)
                except InputRefused as error:
                    if is_one:
                        raise
                    refused += 1
                    output.report(error, as_json=form in ("json", "ndjson"))
                    continue
                if instrument is None:
                    from careerfit.engine.instrument import Instrument

                    instrument = Instrument.of(catalogue)
                if chosen == "csv" and not done:
                    from careerfit.report.table import sheets_head

                    output.write_bytes(sheets_head().encode())
                _write(
                    sheet, answers, instrument, folder, "ndjson" if chosen == "json" and not is_one else chosen, is_one
                )
                done += 1
        except InputRefused as error:
            if len(files) == 1:
                raise
            refused += 1
            output.report(error, as_json=form in ("json", "ndjson"))
    if refused:
        output.note(
            ngettext("{count} sheet was scored", "{count} sheets were scored", done).format(count=done)
            + ", "
            + ngettext("{count} cannot be used.", "{count} cannot be used.", refused).format(count=refused)
        )
        raise typer.Exit(ExitCode.PARTLY_REFUSED if done else ExitCode.REFUSED)


def _write(
    sheet: _Sheet, answers: Answers, instrument: Instrument, folder: Path | None, form: Format, is_one: bool
) -> None:
    """Write the result of one sheet; of one among several with its name above."""
    result = scored(instrument, answers, _place(sheet))
    if form == "csv":
        from careerfit.report.table import sheet_rows

        output.write_bytes(sheet_rows(_place(sheet), result, instrument.catalogue).encode())
        return
    if form == "ndjson":
        output.write_bytes(msgspec.json.encode(result) + b"\n")
        return
    if form == "json":
        output.write_document(result)
        return
    from careerfit.cli.next_steps import next_steps
    from careerfit.terminal.blocks import Block, Heading, Space, spans
    from careerfit.terminal.result_view import result_blocks

    steps = next_steps(result, folder, kept=None)
    page: list[Block] = list(result_blocks(result, instrument.catalogue, steps))
    if not is_one:
        page = [Heading(spans(answers.respondent or _place(sheet)), 1), *page, Space()]
    output.write_blocks(page, paged=is_one)


def _answers(sheet: _Sheet, catalogue: Catalogue) -> Answers:
    """Return what a sheet says; raises InputRefused with its problems placed in the whole file."""
    try:
        return parse_answers(sheet.data, sheet.file, catalogue)
    except InputRefused as error:
        moved = (problem._replace(line=problem.line and problem.line + sheet.line - 1) for problem in error.problems)
        raise InputRefused(error.message, moved, error.hint) from None


def _place(sheet: _Sheet) -> str:
    return f"{sheet.file}:{sheet.line}" if sheet.of_many else sheet.file


def _sheets(name: str) -> Iterator[_Sheet]:
    """Yield the sheets of a file, of one that is too large only as much as it takes to say so."""
    label = "stdin" if name == "-" else name
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
            first, second = file.readline(MAX_BYTES + 1), file.readline(MAX_BYTES + 1)
            # a sheet on several lines goes on indented
            if second.startswith(b"{") or (_is_document(first) and not second.strip()) or not second:
                yield from _lines(chain([first, second], iter(partial(file.readline, MAX_BYTES + 1), b"")), label)
            else:
                rest = file.read(max(0, MAX_BYTES + 1 - len(first) - len(second)))
                yield _Sheet(first + second + rest, label)
    except OSError as error:
        raise InputRefused(
            message("{file} cannot be read: {reason}.", file=label, reason=system_reason(error))
        ) from None


def _lines(lines: Iterable[bytes], label: str) -> Iterator[_Sheet]:
    """Yield the lines that are not blank, each a sheet; one that is too large is the last."""
    held: _Sheet | None = None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            if held is not None:
                yield held._replace(of_many=True)
            held = _Sheet(line, label, number, of_many=held is not None)
        if len(line) > MAX_BYTES:
            break
    yield held or _Sheet(b"", label)


def _is_document(line: bytes) -> bool:
    """Return whether a line is a JSON object by itself, so that what follows it is another."""
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
