"""What the quiz asks before its first question: to start, to go on with one that was left, and on which catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from careerfit.catalogue.characters import clean_line
from careerfit.cli import output
from careerfit.cli.clock import day_of
from careerfit.language import _, ngettext
from careerfit.store import ResultEntry, SavedQuiz
from careerfit.terminal.dialogue import Screen

Version = Literal["old", "new"]


def _begun(quiz: SavedQuiz) -> str:
    return _("You began a quiz on {day}. Questions answered so far: {count}.").format(
        day=day_of(quiz.created), count=quiz.answers.answered
    )


def resume_screen(quiz: SavedQuiz, others: int) -> Screen:
    """Return the offer to go on with a quiz; `others` counts those that were left before it."""
    question = [_begun(quiz)]
    if others:
        told = ngettext(
            "{count} earlier quiz is unfinished too; `careerfit history` lists it.",
            "{count} earlier quizzes are unfinished too; `careerfit history` lists them.",
            others,
        )
        question.append(told.format(count=others))
    return Screen(
        part="careerfit",
        lead="",
        question=tuple(question),
        answers=(_("carry on where I left off"), _("start a new one")),
        first=0,
        why=_("Your earlier answers are kept either way."),
        stands_alone=True,
    )


def copy_screen(quiz: SavedQuiz, told: str) -> Screen:
    """Return what is told before a quiz goes on with the copy of its catalogue."""
    return Screen(
        part="careerfit",
        lead="",
        question=(_begun(quiz), told),
        answers=(_("carry on where I left off"),),
        why=_("Your earlier answers are kept either way."),
        stands_alone=True,
    )


def told_of_copy(quiz: SavedQuiz, gone: bool) -> str:
    """Return that a quiz goes on with what its catalogue was, and how to have it as it is now.

    `gone` says that the folder it remembers is not there any more.
    """
    command = output.command("quiz", "--resume", quiz.id)
    if gone:
        told = _(
            "This quiz goes on with the copy of the catalogue “{name}” from when you began it, because {folder} is no"
            " longer there. If it has moved, name its folder: {command} --catalogue DIR"
        )
        return told.format(name=quiz.catalogue_name, folder=clean_line(str(quiz.folder)), command=command)
    told = _(
        "This quiz goes on with the copy of the catalogue “{name}” from when you began it. To use that catalogue as it"
        " is now, name its folder: {command} --catalogue DIR"
    )
    return told.format(name=quiz.catalogue_name, command=command)


def changed_screen(quiz: SavedQuiz, ways: Sequence[Version], changes: Sequence[str] | None) -> Screen:
    """Return the question which version of its catalogue a quiz shall go on with.

    Args:
        quiz: The quiz that was left.
        ways: The versions there are.
        changes: What changed, in sentences; None where the catalogue cannot be used any more.
    """
    question = [_begun(quiz)]
    if changes is not None:
        question += [_("The catalogue has changed since then."), *changes]
    else:
        question.append(_("Its catalogue cannot be used any more, but a copy was kept when you began."))
    answers = {"new": _("go on with the new catalogue"), "old": _("go on with the one I began with")}
    return Screen(
        part="careerfit",
        lead="",
        question=tuple(question),
        answers=(
            *(answers[version] for version in ways),
            _("start a new quiz") if changes is not None else _("leave it for now"),
        ),
        why=_("Your earlier answers are kept whatever you choose."),
        stands_alone=True,
    )


def welcome_screen(most: int, *, saves: bool, own: str | None, before: ResultEntry | None) -> Screen:
    """Return the first screen of a new quiz.

    Args:
        most: How many questions it has at most.
        saves: Whether anything is kept.
        own: The name of the catalogue, where it was chosen by the person.
        before: The last result on this catalogue, which can be looked at instead.
    """
    kept = (
        _("Your answers stay on this machine and nothing is ever sent anywhere.")
        if saves
        else _("Nothing is kept on this machine, and nothing is ever sent anywhere.")
    )
    greeting = []
    if before is not None:
        told = _("You have a result of {day}: {headline}. You can look at it again, or take the quiz once more.")
        greeting.append(told.format(day=day_of(before.created), headline=before.headline))
    if own is not None:
        greeting.append(_("The roles and questions are those of “{name}”.").format(name=own))
    return Screen(
        part="careerfit",
        lead="",
        question=(
            _("Which of many similar roles suits you, and why?"),
            *greeting,
            _("First a few things about you, then at most {count} short questions: about five minutes.").format(
                count=most
            ),
            _("There are no right answers. Skip what you do not know; go back whenever you like."),
            kept,
        ),
        answers=(_("start"),) if before is None else (_("take the quiz once more"), _("look at my last result")),
        why=_("The questions are chosen one by one, to tell apart the roles that are still in the running for you."),
        stands_alone=True,
    )
