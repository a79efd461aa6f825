"""`careerfit` alone: what there is to do next, the quiz that waits to be finished first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerfit.cli import output
from careerfit.cli.clock import day_of
from careerfit.errors import CareerfitError
from careerfit.language import _, ngettext
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, Span, dim, spans

if TYPE_CHECKING:
    from careerfit.store import ResultEntry, SavedQuiz


def show_start() -> None:
    """Write a short page of things to do, with the commands for them."""
    quiz, result = _kept()
    blocks: list[Block] = [
        Heading(spans("careerfit"), level=1),
        Paragraph(spans(_("Which of many similar roles fits you, why, and how sure is that?"))),
        Space(),
    ]
    if quiz is not None:
        answered = quiz.answers.answered
        told = ngettext(
            "You have a quiz to finish, begun on {day}; {count} question is answered.",
            "You have a quiz to finish, begun on {day}; {count} questions are answered.",
            answered,
        )
        blocks += [*_step(told.format(day=day_of(quiz.created), count=answered), ("quiz", "--resume"))]
        blocks += _step(_("Or start afresh:"), ("quiz", "--new"))
    else:
        blocks += _step(_("Answer about 20 questions, in five minutes or so; nothing leaves this machine:"), ("quiz",))
    if result is not None:
        told = _("Look again at your last result, from {day}: {headline}.")
        blocks += _step(told.format(day=day_of(result.created), headline=result.headline), ("history", "show"))
    blocks += _step(_("See what the roles are really like:"), ("roles",), ("show", "operations-clerk"))
    blocks += _step(_("Bring roles and questions of your own:"), ("catalogue", "new", "my-school"))
    everything = _("Everything else: {command}").format(command=output.command("--help"))
    blocks += [Paragraph(spans(dim(everything)))]
    output.write_blocks(blocks, paged=False)


def _step(told: str, *commands: tuple[str, ...]) -> list[Block]:
    """Return one thing to do, with the commands to type for it."""
    typed: list[Block] = [Paragraph(spans(Span(output.command(*words), "accent")), indent=4) for words in commands]
    return [Paragraph(spans(told)), *typed, Space()]


def _kept() -> tuple[SavedQuiz | None, ResultEntry | None]:
    """Return the quiz left last and the last result, if there are any; a broken store says so when it is needed."""
    from careerfit.cli.kept import open_to_read

    try:
        with open_to_read() as store:
            return next(iter(store.unfinished()), None), next(iter(store.results()), None)
    except CareerfitError:
        return None, None
