"""The words that stand above and beside the parts of a report."""

from __future__ import annotations

from typing import NamedTuple

from careerfit.language import _


class Headings(NamedTuple):
    """What stands above each part, and the labels inside them."""

    skip: str
    contents: str
    ranking: str
    ranking_note: str
    in_full: str
    readiness: str
    conditions: str
    reach: str
    reach_note: str
    role: str
    missing: str
    against: str
    leanings: str
    leanings_note: str
    middle: str
    work: str
    also: str
    tasks: str
    myths: str
    realities: str
    differences: str
    circumstances: str
    leads_to: str
    codes: str
    reality: str
    reality_note: str
    said: str
    about: str
    question: str
    questions: str
    answer: str
    method: str
    sources: str


def headings() -> Headings:
    """Return the headings in the language spoken now."""
    return Headings(
        skip=_("Skip to the ranking"),
        contents=_("Contents"),
        ranking=_("The ranking"),
        ranking_note=_(
            "The order goes by how strongly your answers speak for a role. How many people it fits less well compares"
            " you with others, so that number need not fall from place to place. The bars show how sure each place is."
            " Your answers leave room for a hundred slightly different rankings: the filled part counts those in which"
            " the role comes first, the outline those in which it is among the first three."
        ),
        in_full=_("Why these roles"),
        readiness=_("Usually asked for"),
        conditions=_("Conditions"),
        reach=_("Readiness and conditions"),
        reach_note=_("Two more questions, asked apart from the fit and never added to it."),
        role=_("Role"),
        missing=_("Still missing"),
        against=_("To think about"),
        leanings=_("Where you lean"),
        leanings_note=_(
            "Strongest first. From the left end to the right one stand 100 people. The mark is where your answers put"
            " you among them, the band where you may be (the numbers say the same), the short line the middle."
        ),
        middle=_("About in the middle"),
        work=_("What the work is really like"),
        also=_("Also called: ").rstrip(": "),
        tasks=_("What you do"),
        myths=_("Often believed, but"),
        realities=_("Expectation and reality"),
        differences=_("How it differs from its neighbours"),
        circumstances=_("Conditions"),
        leads_to=_("Where it can lead"),
        codes=_("Codes"),
        reality=_("Your reality check"),
        reality_note=_("Kept beside the result; it never changes how well a role fits."),
        said=_("Your answers"),
        about=_("About you"),
        question=_("Question"),
        questions=_("Questions"),
        answer=_("Your answer"),
        method=_("How to read this, and its limits"),
        sources=_("Sources"),
    )
