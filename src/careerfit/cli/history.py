"""`careerfit history`: list what is kept, show a result again, and say where the files are."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import get_terminal_size
from typing import TextIO

import msgspec

from careerfit import language
from careerfit.catalogue.compiled import cache_folder
from careerfit.catalogue.files import shipped_folder
from careerfit.cli import output
from careerfit.cli.clock import moment_of, numbers_of
from careerfit.cli.kept import folder_still_with, is_file, kept_result, open_to_read
from careerfit.errors import StoreDamaged, message
from careerfit.language import _
from careerfit.listings import CatalogueHome, DamagedEntry, History, KeptResult, UnfinishedQuiz, UsedPath, Where
from careerfit.store import FILE_NAME, Damaged, ResultEntry, SavedQuiz, store_folder
from careerfit.terminal.history_view import Place, Shown, history_blocks, place_blocks, reality_blocks

NEWEST = 20
"""Results listed when not all are asked for."""

NARROW = 70
"""Columns of a window below which a table does not fit."""

VERSION = 6
"""Digits of a catalogue's hash that tell its versions apart."""


def list_history(every: bool, as_json: bool) -> None:
    """Write the quizzes in progress and the results, newest first.

    Raises:
        StoreDamaged: Something is not what was written; raised after everything else was listed.
    """
    with open_to_read() as store:
        quizzes, results, damaged = store.unfinished(), store.results(), store.damaged()
        listed = results if every or as_json else results[:NEWEST]
        several = len({entry.catalogue_hash for part in (quizzes, listed) for entry in part}) > 1
        taken_from = store.folders() if as_json or several else {}
    folders = {entry.id: taken_from.get(entry.id) for entry in quizzes}
    folders |= {entry.id: taken_from.get(entry.quiz) for entry in listed}
    if as_json:
        output.write_document(_document(quizzes, results, damaged, folders))
    else:
        command, more = output.command_name(), len(results) - len(listed)
        shown = shown_quizzes(quizzes, listed), shown_results(quizzes, listed)
        told = [(row.catalogue, str(folders[row.id])) for part in shown for row in part if folders[row.id] is not None]
        homes = list(dict.fromkeys((name, folder) for name, folder in told if name))
        output.write_blocks(history_blocks(*shown, more, command, homes, narrow=is_narrow(sys.stdout)))
    if damaged:
        names = ", ".join(row.id for row in damaged)
        raise StoreDamaged(
            message("Not listed, because it is damaged: {ids}.", ids=names),
            store.unreachable_hint()
            if any(row.is_unreachable for row in damaged)
            else message("To remove it: {command} history forget ID", command=output.command_name()),
        )


def show_result(wanted: str | None, folder: Path | None, as_json: bool) -> None:
    """Write a result as the quiz did when it ended, in its language, then what was said at the reality check."""
    kept = kept_result(wanted, folder)
    if as_json:
        output.write_document(kept.result)
        return
    from careerfit.cli.next_steps import next_steps
    from careerfit.terminal.basis_view import name_block, under_title
    from careerfit.terminal.result_view import result_blocks

    if language.speaks(kept.result.language):
        language.use(kept.result.language)
    if folder is not None and not kept.at_hand:
        told = _("This result is of the catalogue “{name}”, not of the one in {folder} as it is now.")
        output.note(told.format(name=kept.result.catalogue.name, folder=folder))
    named = () if wanted is None else (wanted if is_file(wanted) else kept.result.id,)
    here = folder if kept.at_hand else folder_still_with(kept.result)
    at_hand = kept.at_hand or here is not None
    steps = next_steps(kept.result, here, kept=None if wanted == "-" else named, at_hand=at_hand)
    blocks = under_title(
        result_blocks(kept.result, kept.catalogue, steps),
        [name_block(kept.result, moment_of(kept.result.created), kept.sheet)],
    )
    if kept.reality is not None:
        blocks += reality_blocks(msgspec.json.decode(kept.reality))
    output.write_blocks(blocks)


def print_places(as_json: bool) -> None:
    """Write every path that careerfit uses, with size and mode."""
    places = list(_places())
    if not as_json:
        output.write_blocks(place_blocks(places))
        return
    listed = (
        UsedPath(
            what=place.what,
            path=_as_text(place.path),
            bytes=place.size,
            mode=None if place.mode is None else f"{place.mode:04o}",
        )
        for place in places
    )
    output.write_document(Where(places=tuple(listed)))


def shown_quizzes(quizzes: Sequence[SavedQuiz], results: Sequence[ResultEntry]) -> list[Shown]:
    """Return the lines of quizzes in progress; their catalogues are named where they or the results have several."""
    named = _catalogues(quizzes, results)
    return [Shown(numbers_of(quiz.updated, True), quiz.id, named(quiz), "", quiz.answers.answered) for quiz in quizzes]


def shown_results(quizzes: Sequence[SavedQuiz], results: Sequence[ResultEntry]) -> list[Shown]:
    """Return the lines of results; their catalogues are named where they or the quizzes have several."""
    named = _catalogues(quizzes, results)
    return [
        Shown(numbers_of(result.created, True), result.id, named(result), result.headline, result.answered)
        for result in results
    ]


def is_narrow(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that is too narrow for the table."""
    return stream.isatty() and get_terminal_size().columns < NARROW


def _catalogues(
    quizzes: Sequence[SavedQuiz], results: Sequence[ResultEntry]
) -> Callable[[SavedQuiz | ResultEntry], str]:
    """Return what names the catalogue of an entry.

    That is nothing where all have the same, else its name, and its version too where there are several of that name.
    """
    hashes: dict[str, set[str]] = {}
    entries: list[SavedQuiz | ResultEntry] = [*quizzes, *results]
    for entry in entries:
        hashes.setdefault(entry.catalogue_name, set()).add(entry.catalogue_hash)

    def named(entry: SavedQuiz | ResultEntry) -> str:
        if len(hashes[entry.catalogue_name]) > 1:
            version = entry.catalogue_hash.removeprefix("sha256:")[:VERSION]
            return f"{entry.catalogue_name} {version}"
        return entry.catalogue_name if len(hashes) > 1 else ""

    return named


def _as_text(path: str | Path) -> str:
    """Return a path as text that JSON can hold; what is no UTF-8 in it is replaced."""
    return os.fsencode(path).decode(errors="replace")


def _document(
    quizzes: list[SavedQuiz], results: list[ResultEntry], damaged: list[Damaged], folders: Mapping[str, Path | None]
) -> History:
    def catalogue_of(entry: SavedQuiz | ResultEntry) -> CatalogueHome:
        folder = folders[entry.id]
        told = None if folder is None else _as_text(folder)
        return CatalogueHome(name=entry.catalogue_name, hash=entry.catalogue_hash, folder=told)

    return History(
        unfinished=tuple(
            UnfinishedQuiz(
                id=quiz.id,
                created=quiz.created,
                updated=quiz.updated,
                catalogue=catalogue_of(quiz),
                answered=quiz.answers.answered,
                max_items=quiz.max_items,
            )
            for quiz in quizzes
        ),
        results=tuple(
            KeptResult(
                id=result.id,
                created=result.created,
                catalogue=catalogue_of(result),
                first_role=result.headline,
                answered=result.answered,
            )
            for result in results
        ),
        damaged=tuple(DamagedEntry(kind=row.kind, id=row.id) for row in damaged),
    )


def _places() -> Iterator[Place]:
    folder, cache = store_folder(os.environ), cache_folder()
    yield _place(_("your quizzes and results"), folder / FILE_NAME)
    for journal in sorted(folder.glob(f"{FILE_NAME}-*")):
        yield _place(_("a change that is being written, or was cut short"), journal)
    for lock in sorted(folder.glob("quiz-*.lock")):
        yield _place(_("a quiz that is open in a terminal"), lock)
    yield _place(_("compiled catalogues, which may be deleted"), cache)
    for compiled in sorted(cache.glob("*")):
        yield _place(_("a compiled catalogue"), compiled)
    for file in sorted(shipped_folder().glob("*.yaml")):
        yield _place(_("a file of the catalogue that comes with careerfit"), file)


def _place(what: str, path: Path) -> Place:
    with suppress(OSError):
        found = path.lstat()
        return Place(what, str(path), found.st_size, stat.S_IMODE(found.st_mode))
    return Place(what, str(path), None, None)
