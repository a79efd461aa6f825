"""What can be typed after a result was shown, and what it is for."""

from __future__ import annotations

from pathlib import Path

from careerfit.cli import output
from careerfit.document import Result
from careerfit.language import _
from careerfit.terminal.result_view import Step


def next_steps(
    result: Result, folder: Path | None, *, kept: tuple[str, ...] | None, at_hand: bool = True
) -> list[Step]:
    """Return commands that go on from a result.

    Args:
        result: The result.
        folder: The folder of a catalogue that was named, if one was.
        kept: What names the result on a command line, nothing for the newest; None if it is not kept.
        at_hand: Whether the folder, or the shipped catalogue where none was named, is what the result was made with.
    """
    here = folder if at_hand else None

    def step(what: str, *words: str) -> Step:
        return Step(output.command(*words, catalogue=here), what)

    steps = []
    if result.answers.answered:
        first, second = (role.role for role in result.ranking[:2])
        if kept is not None:
            option = ("--result", *kept) if kept else ()
            steps += [
                step(_("why this role stands where it does"), "explain", first, *option),
                step(_("what sets these two apart"), "compare", first, second, *option),
                step(_("the steps that lead to the first, from where you stand"), "path", first, *option),
            ]
        if at_hand:
            steps += [step(_("what this role is really like"), "show", role) for role in (first, second)]
        if kept is not None:
            steps.append(step(_("a page to keep, print or share"), "report", *kept, "-o", "result.html"))
    if at_hand:
        steps += [step(_("all roles"), "roles"), step(_("take the quiz again"), "quiz", "--new")]
    return steps
