"""`careerfit quiz`: choose a quiz, ask, save every answer, show the result, check on reality."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import replace
from types import FrameType

import msgspec

from careerfit import language
from careerfit.cli import output
from careerfit.cli.clock import moment_of, now
from careerfit.cli.front_end import FrontEnd, choose_front_end
from careerfit.cli.next_steps import next_steps
from careerfit.cli.quiz_start import Chosen, QuizOptions, choose_quiz, take_up
from careerfit.cli.reading import reading_language
from careerfit.cli.settings import is_on
from careerfit.cli.stamp import new_stamp
from careerfit.document import Result
from careerfit.engine.instrument import Instrument
from careerfit.errors import CannotWrite, HungUp, Interrupted, Message, Terminated, UsageError, message, system_reason
from careerfit.language import _, ngettext
from careerfit.model import Answers, Facts, Wishes
from careerfit.session import Session
from careerfit.store import Keeper, NoStore, open_store
from careerfit.terminal.basis_view import name_block, under_title
from careerfit.terminal.dialogue import Screen
from careerfit.terminal.interview import Interview
from careerfit.terminal.reality import reality_check
from careerfit.terminal.result_view import IN_FULL, result_blocks
from careerfit.terminal.reworded import Reworded

__all__ = ["QuizOptions", "run_quiz"]


def run_quiz(options: QuizOptions) -> None:
    """Run the quiz from the first screen to the reality check.

    Raises:
        NeedsTerminal: Nobody is there to answer, and ``--plain`` was not asked for.
        Interrupted: The person pressed Ctrl-C.
        Terminated: A signal asked the program to end, or the terminal was closed.
        CannotWrite: An answer could not be kept, or a question not be shown.
    """
    if options.new and options.wants_resume:
        raise UsageError(message("--new and --resume do not go together."))
    if options.version is not None and not options.wants_resume:
        raise UsageError(message("--on says how to resume a quiz, so it goes together with --resume."))
    front_end = choose_front_end(options.plain)
    keeper: Keeper = open_store(os.environ) if options.save else NoStore()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _on_signal)
    try:
        chosen = choose_quiz(options, front_end, keeper)
        if chosen is not None:
            with keeper.hold(chosen.quiz.id):
                _Quiz(options, front_end, keeper, chosen).run()
    except OSError as error:  # the store and standard output speak for themselves, so this is the screen
        if error.errno == errno.EIO:
            raise HungUp(message("The terminal is gone.")) from None
        raise CannotWrite(message("The questions cannot be shown: {reason}.", reason=system_reason(error))) from None


class _Quiz:
    """One run of the quiz, from its saved state to its result."""

    def __init__(self, options: QuizOptions, front_end: FrontEnd, keeper: Keeper, chosen: Chosen) -> None:
        self._language = reading_language(chosen.catalogue.languages)
        saved = take_up(chosen, options, keeper)
        self._options = options
        self._front_end = front_end
        self._catalogue = catalogue = chosen.catalogue
        self._keeper = keeper
        self._id = saved.id
        self._on_old = chosen.way == "old"
        self._folder = chosen.folder
        session = Session(Instrument.of(catalogue), saved.answers, max_items=saved.max_items)
        self._interview = Interview(session, saved.step, self._language)
        again = (item for item in catalogue.items if item.id in saved.aside.keys() - saved.answers.responses.keys())
        self._reworded = Reworded(tuple(again), saved.aside, self._language)

    def run(self) -> None:
        try:
            left = self._ask()
        except KeyboardInterrupt:
            raise Interrupted(*self._put_aside()) from None
        except Terminated as ended:
            raise type(ended)(*self._put_aside()) from None
        if left:
            for told in self._put_aside():
                if told is not None:
                    output.note(language.say(told))
            return
        result = self._finish()
        if self._options.json:
            output.write_document(result)
            return
        kept = self._kept_as(result)
        steps = next_steps(result, self._folder, kept=kept, at_hand=not self._on_old)
        blocks = result_blocks(result, self._catalogue, steps)
        if kept is not None:
            blocks = under_title(blocks, [name_block(result, moment_of(result.created))])
        output.write_blocks(blocks, plainly=self._options.plain, paged=False)
        if self._front_end.someone_is_there and result.answers.answered:
            self._check_reality(result)

    def _ask(self) -> bool:
        """Ask what has other words now, then everything else; return whether the person left."""
        before = self._interview.session

        def save_again(reworded: Reworded) -> None:
            session = before
            for item, response in reworded.responses.items():
                session = session.answer(item, response)
            self._save(replace(self._interview, session=session))

        reworded, left = self._front_end.run(self._reworded, save_again)
        if left:
            return True
        if reworded.finished:
            self._interview = self._interview.reply("finish")
        self._interview, left = self._front_end.run(self._interview, self._save)
        return left

    def _save(self, interview: Interview) -> None:
        self._interview = interview
        self._keeper.save(self._id, interview.session.answers, interview.step, now())

    def _put_aside(self) -> tuple[Message, Message | None]:
        """Leave the quiz, or forget it if it holds nothing; return what has become of it, and how to go on with it."""
        if not self._options.save:
            return message("Nothing was kept, as you asked."), None
        if self._interview.session.answers == Answers() and not self._reworded.before:
            self._keeper.forget([self._id])
            return message("You have not answered anything, so nothing is kept."), None
        return self._kept(), self._way_back()

    def _kept(self) -> Message:
        """Say what has become of the answers."""
        answers, answered = self._interview.session.answers, self._interview.session.answered
        told = answers.facts != Facts() or answers.conditions != Wishes()
        if not answered:
            if told:
                return message("What you said about yourself is kept.")
            return message("Your place is kept; there are no answers yet.")
        if answered == 1:
            if told:
                return message("Your answer to 1 question is kept, and what you said about yourself.")
            return message("Your answer to 1 question is kept.")
        if told:
            return message(
                "Your answers to {count} questions are kept, and what you said about yourself.", count=answered
            )
        return message("Your answers to {count} questions are kept.", count=answered)

    def _way_back(self) -> Message:
        """Say how to go on with this quiz."""
        named = self._options.catalogue
        end: tuple[str, ...] = ()
        if self._on_old:
            end = ("--resume", self._id, "--on", "old")
        elif self._folder is not named:  # the quiz remembers it
            named, end = None, ("--resume", self._id)
        if self._options.plain and not is_on("CAREERFIT_PLAIN"):
            end = (*end, "--plain")
        command = output.command("quiz", *end, catalogue=named)
        return message("To continue: {command}", command=command)

    def _finish(self) -> Result:
        session = self._interview.session
        stopped = session.stop_reason or "respondent"
        from careerfit.result import build_result

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

    def _kept_as(self, result: Result) -> tuple[str, ...] | None:
        """Return what names the result on a command line: nothing for the only one; None if it is not kept."""
        if not self._options.save:
            return None
        return (result.id,) if len(self._keeper.results()) > 1 else ()

    def _check_reality(self, result: Result) -> None:
        check = reality_check(result, self._catalogue)
        offer = _("Would you like to check what you believe about these roles? {statements}; stop whenever you like.")
        statements = ngettext("{count} statement", "{count} statements", check.statements).format(
            count=check.statements
        )
        asked = Screen(
            part=_("Your result is above. The first three:"),
            lead="",
            question=(
                *(f"{role.rank}. {role.title}" for role in result.ranking[:IN_FULL]),
                offer.format(statements=statements),
            ),
            answers=(_("yes"), _("no, thanks")),
            why=_("It shows what the work is really like, and never changes your result."),
            stands_alone=True,
        )
        if self._front_end.draws:
            output.note()  # the question is drawn below the result, and apart from it
        self._front_end.forget_typed()
        try:
            if self._front_end.ask(asked) != 0:
                return
            checked, _left = self._front_end.run(check, lambda _dialogue: None)
        except KeyboardInterrupt:
            raise Interrupted(message("Your result is kept.")) from None
        self._keeper.save_reality(result.id, msgspec.json.encode(checked.document()))
        output.note(_("Thank you. Your result has not changed; this is kept beside it."))


def _on_signal(number: int, _frame: FrameType | None) -> None:
    kind = HungUp if number == signal.SIGHUP else Terminated
    raise kind(message("Ended by signal {number}.", number=number))
