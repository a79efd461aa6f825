"""How a report is to be read, and what its limits are."""

from __future__ import annotations

from careerfit import sentences
from careerfit.language import _


def method() -> tuple[tuple[str, str], ...]:
    """Return a heading and a text for each thing to know."""
    return (
        (
            _("Fit"),
            _(
                "“Better than 96 people in 100” is a place in a line of simulated people. It is not a share of boxes"
                " ticked, and several roles can suit you this well."
            ),
        ),
        (
            _("How sure"),
            _(
                "Your answers leave room for doubt. A thousand profiles that go with them were drawn at"
                " random, to count how often each role came first and how often it was among the first"
                " three."
            ),
        ),
        (
            _("Reasons"),
            _(
                "Each reason is one thing that the role asks for or that makes it hard. It is listed when your answers"
                " moved it noticeably; the rest is not certain yet. The answers under it are the ones that moved it"
                " most."
            ),
        ),
        (
            _("Marks and bands"),
            _(
                "A mark shows where your answers put you among 100 people between two ways to be, neither of them"
                " better than the other. About two times in three you are inside the band, if the questions measure"
                " what they should."
            ),
        ),
        (
            _("Readiness and conditions"),
            _(
                "What a role asks for in education and experience, and the conditions it is worked in,"
                " stand beside the fit and are never added to it."
            ),
        ),
        (_("What this is not"), sentences.limits()),
        (
            _("Privacy"),
            _(
                "This report was made on your own machine and loads nothing from anywhere. It holds your answers; who"
                " gets to see it is up to you."
            ),
        ),
    )
