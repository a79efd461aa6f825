"""What is kept, as blocks: quizzes in progress, results, and the places of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from careerfit import words
from careerfit.language import _, ngettext
from careerfit.terminal.basis_view import answers
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, dim, spans, strong
from careerfit.terminal.columns import table

_KILOBYTE = 1000


class Shown(NamedTuple):
    """A line of the list.

    `role` is the first of a result, empty for a quiz in progress; `catalogue` is empty where all have the same one.
    """

    day: str
    id: str
    catalogue: str
    role: str
    answered: int


class Place(NamedTuple):
    """A path that is used; size in bytes and mode are None where nothing is there."""

    what: str
    path: str
    size: int | None
    mode: int | None


def history_blocks(
    quizzes: Sequence[Shown],
    results: Sequence[Shown],
    more: int,
    command: str,
    homes: Sequence[tuple[str, str]] = (),
    *,
    narrow: bool = False,
) -> list[Block]:
    """Return the list.

    Args:
        quizzes: Those in progress.
        results: Those to list.
        more: How many older results are left out.
        command: What runs the program.
        homes: Catalogues as they are named in the list, each with the folder it was taken from.
        narrow: Whether the window is too narrow for a table.
    """
    blocks: list[Block] = []
    if quizzes:
        title = ngettext("{count} quiz in progress", "{count} quizzes in progress", len(quizzes))
        blocks += [Heading(spans(title.format(count=len(quizzes)))), *quiz_rows(quizzes, narrow)]
        told = _("To go on: {command} quiz --resume {id}").format(command=command, id=quizzes[0].id)
        blocks.append(_hint(told))
    if results:
        count = len(results) + more
        title = ngettext("{count} result", "{count} results", count)
        blocks += [*([Space()] if quizzes else []), Heading(spans(title.format(count=count)))]
        blocks += result_rows(results, narrow)
        if more:
            told = ngettext(
                "and {count} older: {command} history --all", "and {count} older: {command} history --all", more
            )
            blocks.append(_hint(told.format(count=more, command=command)))
        blocks.append(
            _hint(_("To see one again: {command} history show {id}").format(command=command, id=results[0].id))
        )
    if homes:
        told = _("Catalogue {name}: {folder}")
        blocks += [Space(), *(_hint(told.format(name=name, folder=folder)) for name, folder in homes)]
    if not blocks:
        told = _("Nothing is kept yet. To take the quiz: {command} quiz").format(command=command)
        blocks.append(Paragraph(spans(told)))
    return blocks


def quiz_rows(quizzes: Sequence[Shown], narrow: bool = False) -> list[Block]:
    """Return quizzes in progress as a table, or a paragraph each where the window is narrow."""
    head = (_("last answered"), "id", _("catalogue"), _("answered"))
    rows = [(quiz.day, quiz.id, quiz.catalogue, str(quiz.answered)) for quiz in quizzes]
    return _rows(head, rows, narrow)


def result_rows(results: Sequence[Shown], narrow: bool = False) -> list[Block]:
    """Return results as a table, or two paragraphs each where the window is narrow."""
    head = (_("finished"), "id", _("first role"), _("catalogue"), _("answered"))
    rows = [(result.day, result.id, result.role, result.catalogue, str(result.answered)) for result in results]
    if not narrow:
        return _rows(head, rows, narrow)
    blocks: list[Block] = []
    for day, name, role, *rest in rows:
        blocks += [Paragraph(spans(role), indent=2), *_rows((), [(day, name, *rest)], narrow)]
    return blocks


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]], narrow: bool) -> list[Block]:
    """Return rows that end with a catalogue and a number of answers; the catalogue only where it is told."""
    if narrow:
        told = ((*row[:-1], answers(int(row[-1]))) for row in rows)
        return [Paragraph(spans(dim(" · ".join(filter(None, row)))), indent=4) for row in told]
    kept = [column for column in range(len(head)) if column != len(head) - 2 or any(row[column] for row in rows)]
    texts = [place for place, column in enumerate(kept) if column != len(head) - 1]
    shortened = [place for place in reversed(texts) if place > 1] + texts[:2]
    cells = [tuple(row[column] for column in kept) for row in rows]
    return table([head[column] for column in kept], cells, texts=shortened)


def _hint(told: str) -> Block:
    return Paragraph(spans(dim(told)), indent=2)


def reality_blocks(cards: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return what was said at a reality check: each statement with the answer to it, as `RealityCheck` keeps it."""
    blocks: list[Block] = [Space(), Heading(spans(_("What you said at the reality check")))]
    for card in cards:
        reply = card["reply"]
        told = _("skipped") if reply is None else words.reality_answers()[card["kind"]][reply]
        blocks.append(Paragraph(spans(" ".join(card["question"]), dim(f" → {told}")), indent=3))
    return blocks if cards else []


def place_blocks(places: Sequence[Place]) -> list[Block]:
    """Return each path, whole and on a line of its own, below what it is for, how large it is and who may read it."""
    blocks: list[Block] = []
    before = ""
    for place in places:
        told = [] if place.what == before else [strong(place.what)]
        before = place.what
        if place.size is None or place.mode is None:
            about = _("not there yet")
        else:
            about = f"{_size(place.size)} · {_readers(place.mode)}"
        if told:
            blocks.append(Paragraph(spans(*told)))
        blocks.append(Paragraph(spans(place.path), indent=2))
        blocks.append(Paragraph(spans(dim(about)), indent=4))
    return blocks


def _size(count: int) -> str:
    """Return a size in the unit that people would say it in."""
    if count < _KILOBYTE:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    if count < _KILOBYTE**2:
        return _("{count} kB").format(count=round(count / _KILOBYTE))
    whole, tenths = divmod(round(count / _KILOBYTE**2 * 10), 10)
    return _("{whole}.{tenths} MB").format(whole=whole, tenths=tenths)


def _readers(mode: int) -> str:
    """Return who may read a file or open a folder, by its mode."""
    if mode & 0o044:
        return _("others on this machine may read it (mode {mode})").format(mode=f"{mode:04o}")
    return _("only you may read it (mode {mode})").format(mode=f"{mode:04o}")


def reach_blocks() -> list[Block]:
    """Return what forgetting cannot reach."""
    told = _(
        "careerfit cannot reach copies elsewhere: what the disk itself still holds back, backups and earlier"
        " states of the disk, reports and results that you exported, and text still showing in a terminal window."
    )
    return [Paragraph(spans(dim(told)))]
