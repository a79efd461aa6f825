"""Answers to a result made now: what `careerfit score` does with each sheet, and whoever takes one for a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerfit.cli import output
from careerfit.cli.stamp import new_stamp
from careerfit.language import _

if TYPE_CHECKING:
    from careerfit.document import Result
    from careerfit.engine.instrument import Instrument
    from careerfit.model import Answers


def scored(instrument: Instrument, answers: Answers, place: str) -> Result:
    """Return the result of a sheet; that of one without any answer is said to say nothing.

    Args:
        instrument: The catalogue, compiled.
        answers: What the sheet says.
        place: What the sheet is called: its file, and its line where there are others in it.
    """
    from careerfit.result import build_result

    if not answers.answered:
        told = _("No question is answered in {file}: its ranking says nothing about anybody.")
        output.note(told.format(file=place))
    return build_result(instrument, answers, "respondent", new_stamp(instrument.catalogue))
