"""`careerfit score`: a sheet of answers from a file, to the same result the quiz gives."""

from __future__ import annotations

import sys
from pathlib import Path

from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.files import MAX_BYTES
from careerfit.cli import output
from careerfit.errors import InputRefused, message, system_reason


def score_file(name: str, folder: Path | None, form: str | None) -> None:
    """Write the result of one answers document, as blocks on a terminal and as JSON elsewhere."""
    catalogue = open_catalogue(folder).catalogue()
    answers = parse_answers(_read(name), "stdin" if name == "-" else name, catalogue)

    from careerfit.cli.stamp import new_stamp
    from careerfit.engine.instrument import Instrument
    from careerfit.result import build_result

    result = build_result(Instrument.of(catalogue), answers, "respondent", new_stamp(catalogue))
    if form == "json" or (form is None and not output.wants_style()):
        output.write_document(result)
        return
    from careerfit.cli.next_steps import next_steps
    from careerfit.terminal.result_view import result_blocks

    output.write_blocks(result_blocks(result, catalogue, next_steps(result, folder, kept=None)))


def _read(name: str) -> bytes:
    """Return the bytes of a sheet; of one that is too large only as many as it takes to say so."""
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputRefused(
            message("{file} cannot be read: {reason}.", file=name, reason=system_reason(error))
        ) from None
