"""`careerfit quiz`: choose a front end, offer to go on, ask, save every answer, show the result, check on reality."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shlex import quote
from types import FrameType
from typing import Protocol

import msgspec

from careerfit import language
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.page import content_language
from careerfit.cli import output
from careerfit.cli.stamp import new_stamp, now
from careerfit.document import Result
from careerfit.engine.instrument import Instrument
from careerfit.errors import (
    CatalogueChanged,
    Interrupted,
    Message,
    NeedsTerminal,
    Terminated,
    UsageError,
    message,
)
from careerfit.language import _
from careerfit.model import Catalogue
from careerfit.result import build_result
from careerfit.session import Session
from careerfit.store import Keeper, NoStore, SavedQuiz, open_store
from careerfit.terminal.dialogue import AnyDialogue, Question, Screen
from careerfit.terminal.interview import Interview
from careerfit.terminal.reality import reality_check
from careerfit.terminal.result_view import result_blocks


@dataclass(frozen=True, slots=True)
class QuizOptions:
    """What the command line asks of the quiz."""

    catalogue: Path | None
    max_items: int
    json: bool
    plain: bool
    new: bool
    resume: bool
    save: bool


def run_quiz(options: QuizOptions) -> None:
    """Run the quiz from the first screen to the reality check.

    Raises:
        NeedsTerminal: Nobody is there to answer, and ``--plain`` was not asked for.
        Interrupted: The person pressed Ctrl-C.
    """
    if options.new and options.resume:
        raise UsageError(message("--new and --resume do not go together."))
    front_end = _choose_front_end(options)
    catalogue = open_catalogue(options.catalogue).catalogue()
    keeper: Keeper = open_store(os.environ) if options.save else NoStore()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _on_signal)
    saved = _saved_quiz(options, front_end, catalogue, keeper)
    if saved is None:
        return
    with keeper.hold(saved.id):
        _Quiz(options, front_end, catalogue, keeper, saved).run()


class _Run(Protocol):
    """Runs a dialogue; returns it, and whether the person left before its end."""

    def __call__(
        self, dialogue: AnyDialogue, on_reply: Callable[[AnyDialogue], None], /
    ) -> tuple[AnyDialogue, bool]: ...


@dataclass(frozen=True, slots=True)
class _FrontEnd:
    """How questions are put: what runs a dialogue, whether a person is there, and what drops keys typed ahead."""

    run: _Run
    someone_is_there: bool
    forget_typed: Callable[[], None] = lambda: None


class _Quiz:
    """One run of the quiz, from its saved state to its result."""

    def __init__(
        self, options: QuizOptions, front_end: _FrontEnd, catalogue: Catalogue, keeper: Keeper, saved: SavedQuiz
    ) -> None:
        self._options = options
        self._front_end = front_end
        self._catalogue = catalogue
        self._keeper = keeper
        self._id = saved.id
        self._language = content_language(catalogue.languages, language.current())
        session = Session(Instrument.of(catalogue), saved.answers, max_items=saved.max_items)
        self._interview = Interview(session, saved.step, self._language)

    def run(self) -> None:
        try:
            self._interview, left = self._front_end.run(self._interview, self._save)
        except KeyboardInterrupt:
            raise Interrupted(self._kept(), self._way_back()) from None
        except Terminated:
            raise Terminated(self._kept(), self._way_back()) from None
        if left:
            output.note(language.say(self._kept()))
            if (way_back := self._way_back()) is not None:
                output.note(language.say(way_back))
            return
        result = self._finish()
        if self._options.json:
            output.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")
            return
        blocks = result_blocks(result, self._catalogue, output.command_name())
        output.write_blocks(blocks, plainly=self._options.plain, paged=False)
        if self._front_end.someone_is_there and any(True for _answer in result.answers.given()):
            self._check_reality(result)

    def _save(self, interview: Interview) -> None:
        self._interview = interview
        self._keeper.save(self._id, interview.session.answers, interview.step, now())

    def _kept(self) -> Message:
        """Say what has become of the answers."""
        if not self._options.save:
            return message("Nothing was kept, as you asked.")
        answered = self._interview.session.answered
        if answered == 1:
            return message("Your answer to 1 question is kept.")
        return message("Your answers to {count} questions are kept.", count=answered)

    def _way_back(self) -> Message | None:
        """Say how to go on with this quiz, if it was kept."""
        if not self._options.save:
            return None
        command = f"{output.command_name()} quiz"
        if self._options.catalogue is not None:
            command += f" --catalogue {quote(str(self._options.catalogue))}"
        return message("To continue: {command}", command=command)

    def _finish(self) -> Result:
        session = self._interview.session
        stopped = session.stop_reason or "respondent"
        result = build_result(session.instrument, session.answers, stopped, new_stamp(self._catalogue))
        self._keeper.finish(
            self._id,
            result.id,
            result.created,
            msgspec.json.encode(result),
            headline=result.ranking[0].title,
            answered=session.answered,
        )
        return result

    def _check_reality(self, result: Result) -> None:
        asked = Screen(
            part=_("Your result is above"),
            lead="",
            question=(_("Would you like to check what you believe about these roles? It takes a minute."),),
            answers=(_("yes"), _("no, thanks")),
            why=_("It shows what the work is really like, and never changes your result."),
            stands_alone=True,
        )
        self._front_end.forget_typed()
        try:
            wanted, left = self._front_end.run(Question(asked), lambda _dialogue: None)
            if left or wanted.answer != 0:
                return
            checked, _left = self._front_end.run(reality_check(result, self._catalogue), lambda _dialogue: None)
        except KeyboardInterrupt:
            raise Interrupted(message("Your result is kept.")) from None
        self._keeper.save_reality(result.id, msgspec.json.encode(checked.document()))
        output.note(_("Thank you. Your result has not changed; this is kept beside it."))


def _choose_front_end(options: QuizOptions) -> _FrontEnd:
    """Return keys on a capable terminal, else plain lines; from a pipe only when they were asked for."""
    from careerfit.terminal import lines

    someone_is_there = sys.stdin is not None and sys.stdin.isatty()
    if sys.stdin is None or (not someone_is_there and not options.plain):
        raise NeedsTerminal(
            message("The quiz asks questions, and there is no terminal here to ask them on."),
            message(
                "From a file of answers, a line each: careerfit quiz --plain < answers.txt."
                " From an answer sheet: careerfit score sheet.json"
            ),
        )
    simple = options.plain or bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM") in (None, "", "dumb")
    if simple or not sys.stderr.isatty():
        run = partial(lines.run, source=sys.stdin, screen=sys.stderr, someone_is_there=someone_is_there)
        return _FrontEnd(run, someone_is_there)
    from careerfit.terminal import keys

    return _FrontEnd(keys.run, someone_is_there, keys.forget_typed)


def _saved_quiz(options: QuizOptions, front_end: _FrontEnd, catalogue: Catalogue, keeper: Keeper) -> SavedQuiz | None:
    """Return the quiz to run: the one that was left, if the person wants it, or a new one; None if they leave."""
    left_before = [quiz for quiz in keeper.unfinished() if quiz.catalogue_name == catalogue.name]
    if options.resume:
        if not left_before:
            raise UsageError(message("There is no quiz to continue."), message("Start one with: careerfit quiz"))
        return _same_catalogue(left_before[0], catalogue)
    if not options.new and left_before and front_end.someone_is_there:
        question, left = front_end.run(Question(_resume_screen(left_before[0], catalogue)), lambda _dialogue: None)
        if left:
            return None
        if question.answer == 0:
            return _same_catalogue(left_before[0], catalogue)
    elif front_end.someone_is_there:
        _question, left = front_end.run(Question(_welcome_screen(options)), lambda _dialogue: None)
        if left:
            return None
    return keeper.start(
        when=now(),
        catalogue=catalogue,
        language=language.current(),
        max_items=options.max_items,
    )


def _same_catalogue(quiz: SavedQuiz, catalogue: Catalogue) -> SavedQuiz:
    if quiz.catalogue_hash != catalogue.hash:
        raise CatalogueChanged(
            message("The catalogue has changed since you began this quiz."),
            message("Your answers are kept. To start a new quiz: careerfit quiz --new"),
        )
    return quiz


def _resume_screen(quiz: SavedQuiz, catalogue: Catalogue) -> Screen:
    answered = sum(1 for _item in quiz.answers.given())
    question = [
        _("You began a quiz on {day}. Questions answered so far: {count}.").format(
            day=quiz.created[:10], count=answered
        )
    ]
    if quiz.catalogue_hash != catalogue.hash:
        question.append(_("The catalogue has changed since then."))
    return Screen(
        part="careerfit",
        lead="",
        question=tuple(question),
        answers=(_("carry on where I left off"), _("start a new one")),
        why=_("Your earlier answers are kept either way."),
        stands_alone=True,
    )


def _welcome_screen(options: QuizOptions) -> Screen:
    kept = (
        _("Your answers stay on this machine and nothing is ever sent anywhere.")
        if options.save
        else _("Nothing is kept on this machine, and nothing is ever sent anywhere.")
    )
    return Screen(
        part="careerfit",
        lead="",
        question=(
            _("Which of many similar roles suits you, and why?"),
            _("First a few things about you, then at most {count} short questions: about five minutes.").format(
                count=options.max_items
            ),
            _("There are no right answers. Skip what you do not know; go back whenever you like."),
            kept,
        ),
        answers=(_("start"),),
        why=_("The questions are chosen one by one, to tell apart the roles that are still in the running for you."),
        stands_alone=True,
    )


def _on_signal(number: int, _frame: FrameType | None) -> None:
    raise Terminated(message("Ended by signal {number}.", number=number))
