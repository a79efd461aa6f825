"""Which quiz to run: a new one, or one that was left, and on which version of its catalogue."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from careerfit import language
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.page import content_language
from careerfit.changes import Changes, compare
from careerfit.cli import output
from careerfit.cli.clock import now
from careerfit.cli.front_end import FrontEnd
from careerfit.cli.history import show_result
from careerfit.cli.kept import the_one
from careerfit.cli.quiz_screens import Version, changed_screen, copy_screen, resume_screen, told_of_copy, welcome_screen
from careerfit.cli.reading import reading_language
from careerfit.errors import CatalogueChanged, InputRefused, StoreDamaged, UsageError, message
from careerfit.language import _
from careerfit.model import Catalogue
from careerfit.store import Keeper, ResultEntry, SavedQuiz
from careerfit.terminal.changes_view import change_lines


@dataclass(frozen=True, slots=True)
class QuizOptions:
    """What the command line asks of the quiz; None stands for what was not said.

    `max_items` is the limit of a new quiz; one that was left gets it only if it was said on the command line itself.
    """

    catalogue: Path | None
    max_items: int
    max_items_said: bool
    json: bool
    plain: bool
    new: bool
    resume: bool
    quiz_id: str | None
    version: Version | None
    save: bool

    @property
    def wants_resume(self) -> bool:
        """Whether a quiz that was left is to be gone on with, without asking."""
        return self.resume or self.quiz_id is not None


class Chosen(NamedTuple):
    """The quiz to run and the catalogue to run it on.

    `way` says which version of a catalogue that has changed was chosen, None when it has not; on the way to the new
    one, `moved_from` is the copy of the old one, if there is one, and `was_asked` whether the person has seen on a
    screen what that means. `folder` has the catalogue, or had the one that the copy is of: as it was named now, or as
    the quiz remembers it; None for the one that comes with careerfit.
    """

    quiz: SavedQuiz
    catalogue: Catalogue
    folder: Path | None
    way: Version | None = None
    moved_from: Catalogue | None = None
    was_asked: bool = False


def choose_quiz(options: QuizOptions, front_end: FrontEnd, keeper: Keeper) -> Chosen | None:
    """Return the quiz to run: the one that was left, if the person wants it, or a new one; None if they leave.

    Raises:
        UsageError: There is no quiz to go on with.
        InputRefused: The catalogue cannot be used.
        CatalogueChanged: The catalogue of the quiz is another one now, and nobody is there to be asked.
    """
    unfinished = keeper.unfinished()
    if options.wants_resume:
        named = _opened(options.catalogue)
        return _go_on(_wanted(options, unfinished, named), named, options, front_end, keeper)
    try:
        here = open_catalogue(options.catalogue).catalogue()
    except InputRefused as error:
        raise _way_out(error, unfinished, options.catalogue) from None
    reading_language(here.languages)  # one that nobody speaks is refused before anything is asked
    left = _left_on(here, options.catalogue, unfinished)
    if front_end.someone_is_there:
        offered = left[0] if left and not options.new else None
        if offered is not None and offered.catalogue_hash != here.hash:
            return _go_on(offered, here, options, front_end, keeper)
        before = _result_before(options, here, keeper) if offered is None else None
        if offered is None:
            most = min(options.max_items, len(here.items))
            own = None if options.catalogue is None else here.name
            screen = welcome_screen(most, saves=options.save, own=own, before=before)
        else:
            screen = resume_screen(offered, len(left) - 1)
        answer = front_end.ask(screen)
        if answer is None:
            return None
        if offered is not None and answer == 0:
            return Chosen(offered, here, options.catalogue)
        if before is not None and answer == 1:
            show_result(before.id, options.catalogue, options.json)
            return None
    return _begun(options, options.catalogue, here, keeper)


def _way_out(refused: InputRefused, unfinished: list[SavedQuiz], folder: Path | None) -> InputRefused:
    """Return what was refused; where a quiz was left on this catalogue, with the command that goes on with it."""
    named = None if folder is None else folder.resolve().name
    left = next((quiz for quiz in unfinished if quiz.catalogue_name == named), None)
    if left is None:
        return refused
    return InputRefused(
        refused.message,
        refused.problems,
        message(
            "The quiz you began on it can go on with the copy kept then: {command}",
            command=output.command("quiz", "--resume", left.id, "--on", "old", catalogue=folder),
        ),
    )


def take_up(chosen: Chosen, options: QuizOptions, keeper: Keeper) -> SavedQuiz:
    """Return the quiz as it is to be run, which has to be held: as it was last saved, moved if that was chosen."""
    quiz = keeper.load(chosen.quiz.id)
    if quiz.finished:
        raise UsageError(message("This quiz was finished in another terminal."), message("See: careerfit history"))
    changes = None
    if chosen.way == "new":
        changes = _changes(quiz, chosen.moved_from, chosen.catalogue)
        quiz = msgspec.structs.replace(
            quiz,
            answers=msgspec.structs.replace(quiz.answers, responses=changes.standing),
            aside={**quiz.aside, **changes.gone, **changes.again},
        )
        if not chosen.was_asked:
            for line in _told(changes, chosen.moved_from, chosen.catalogue):
                output.note(line)
    limit = options.max_items if options.max_items_said else quiz.max_items
    folder = quiz.folder if chosen.way == "old" or chosen.folder is None else _absolute(chosen.folder)
    if changes is None and (limit, folder) == (quiz.max_items, quiz.folder):
        return quiz
    return keeper.move(msgspec.structs.replace(quiz, max_items=limit, folder=folder, updated=now()), chosen.catalogue)


def _wanted(options: QuizOptions, unfinished: list[SavedQuiz], here: Catalogue | None) -> SavedQuiz:
    """Return the quiz to go on with: the one named, or the last one, of a catalogue where its folder was named."""
    if options.quiz_id is not None:
        wanted = the_one(options.quiz_id, [quiz.id for quiz in unfinished])
        return next(quiz for quiz in unfinished if quiz.id == wanted)
    if not unfinished:
        raise UsageError(message("There is no quiz to continue."), message("Start one with: careerfit quiz"))
    if options.catalogue is None or here is None:
        return unfinished[0]
    of_it = _left_on(here, options.catalogue, unfinished)
    if not of_it:
        other = unfinished[0]
        raise UsageError(
            message("There is no quiz to continue on the catalogue “{name}”.", name=here.name),
            message(
                "There is one on “{name}”: {command}",
                name=other.catalogue_name,
                command=output.command("quiz", "--resume", other.id),
            ),
        )
    return of_it[0]


def _left_on(here: Catalogue, folder: Path | None, unfinished: list[SavedQuiz]) -> list[SavedQuiz]:
    """Return the quizzes left on a catalogue of this name, first those of its folder.

    Those of other folders may be of this one before it was moved; of the shipped catalogue they are not.
    """
    of_name = [quiz for quiz in unfinished if quiz.catalogue_name == here.name]
    at_home = [quiz for quiz in of_name if quiz.folder == _absolute(folder) or quiz.catalogue_hash == here.hash]
    return at_home if folder is None else at_home + [quiz for quiz in of_name if quiz not in at_home]


def _opened(folder: Path | None) -> Catalogue | None:
    """Return the catalogue in a folder, None where there is none that can be used: a quiz has a copy of its own."""
    with suppress(InputRefused):
        return open_catalogue(folder).catalogue()
    return None


def _go_on(
    quiz: SavedQuiz, named: Catalogue | None, options: QuizOptions, front_end: FrontEnd, keeper: Keeper
) -> Chosen | None:
    """Go on with a quiz on the catalogue named if it is that of the quiz, else on the one in the folder remembered."""
    here, folder = named, options.catalogue
    if quiz.folder is not None and (folder is None or (named is not None and named.name != quiz.catalogue_name)):
        here, folder = _opened(quiz.folder), quiz.folder
    if here is not None and here.hash == quiz.catalogue_hash:
        return Chosen(quiz, here, folder)
    copy = None
    with suppress(StoreDamaged):
        copy = keeper.catalogue(quiz.catalogue_hash)
    ways: dict[Version, Chosen] = {}
    if here is not None and here.name == quiz.catalogue_name:
        ways["new"] = Chosen(quiz, here, folder, "new", copy)
    if copy is not None:
        ways["old"] = Chosen(quiz, copy, folder, "old")
    if options.version in ways:
        return ways[options.version]
    gone = folder is not None and folder is quiz.folder and not os.path.lexists(folder)
    belongs_elsewhere = here is not None and "new" not in ways
    if copy is not None and options.version is None and (gone or belongs_elsewhere):
        told = told_of_copy(quiz, gone)
        if front_end.draws:  # over a line that was written before
            return None if front_end.ask(copy_screen(quiz, told)) is None else ways["old"]
        output.note(told)
        return ways["old"]
    if not front_end.someone_is_there or options.version is not None or belongs_elsewhere or not ways:
        raise _undecided(quiz, ways, folder, usable=here is not None)
    changes = None
    if here is not None:
        old = ways["new"].moved_from
        changes = _told(_changes(quiz, old, here), old, here)
    answer = front_end.ask(changed_screen(quiz, tuple(ways), changes))
    if answer is None:
        return None
    if answer < len(ways):
        return list(ways.values())[answer]._replace(was_asked=True)
    return _begun(options, folder, here, keeper) if here is not None else None


def _undecided(quiz: SavedQuiz, ways: dict[Version, Chosen], folder: Path | None, *, usable: bool) -> CatalogueChanged:
    if not ways:
        return CatalogueChanged(
            message("The catalogue that this quiz was begun with is no longer here."),
            message(
                "Your answers are kept. Name its folder: {command} --catalogue DIR",
                command=output.command("quiz", "--resume", quiz.id),
            ),
        )
    remembered = folder is not None and folder is quiz.folder
    decided = (("--resume", quiz.id, "--on", version) for version in ways)
    commands = [output.command("quiz", *end, catalogue=None if remembered else folder) for end in decided]
    if usable:
        commands.append(output.command("quiz", "--new", catalogue=folder))
    return CatalogueChanged(
        message("The catalogue has changed since you began this quiz.")
        if "new" in ways
        else message("The catalogue that this quiz was begun with is no longer here, but a copy was kept."),
        message("Your answers are kept. To decide: {commands}", commands=_(" or ").join(commands)),
    )


def _changes(quiz: SavedQuiz, old: Catalogue | None, new: Catalogue) -> Changes:
    shown_in = content_language(new.languages if old is None else old.languages, quiz.language)
    return compare(quiz.answers.responses, old, new, shown_in)


def _told(changes: Changes, old: Catalogue | None, new: Catalogue) -> list[str]:
    """Return in sentences what has changed from one catalogue to another."""
    titles = {
        role.id: role.title[content_language(catalogue.languages, language.current())]
        for catalogue in (old, new)
        if catalogue is not None
        for role in catalogue.roles
    }
    return change_lines(changes, titles)


def _begun(options: QuizOptions, folder: Path | None, catalogue: Catalogue, keeper: Keeper) -> Chosen:
    """Begin a quiz on the catalogue in a folder."""
    quiz = keeper.start(
        when=now(),
        catalogue=catalogue,
        language=language.current(),
        max_items=options.max_items,
        folder=_absolute(folder),
    )
    return Chosen(quiz, catalogue, folder)


def _absolute(folder: Path | None) -> Path | None:
    """Return a folder as it is found from anywhere, links in it not followed."""
    return None if folder is None else folder.absolute()


def _result_before(options: QuizOptions, catalogue: Catalogue, keeper: Keeper) -> ResultEntry | None:
    """Return the last result on a catalogue of this name, unless a new quiz was asked for."""
    if options.new:
        return None
    return next((entry for entry in keeper.results() if entry.catalogue_name == catalogue.name), None)
