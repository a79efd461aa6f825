"""What is kept, as blocks: quizzes in progress, results, and the places of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from careerfit import words
from careerfit.language import _, ngettext
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, dim, spans, strong
from careerfit.terminal.columns import table


class Shown(NamedTuple):
    """A line of the list; `role` is the first of a result, empty for a quiz in progress."""

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


def history_blocks(quizzes: Sequence[Shown], results: Sequence[Shown], more: int, command: str) -> list[Block]:
    """Return the list; `more` counts the older results that are left out, `command` is what runs the program."""
    blocks: list[Block] = []
    if quizzes:
        title = ngettext("{count} quiz in progress", "{count} quizzes in progress", len(quizzes))
        blocks += [Heading(spans(title.format(count=len(quizzes)))), *quiz_rows(quizzes)]
        blocks += [Paragraph(spans(dim(_("To go on: {command} quiz --resume ID").format(command=command))), indent=2)]
    if results:
        count = len(results) + more
        title = ngettext("{count} result", "{count} results", count)
        blocks += [*([Space()] if quizzes else []), Heading(spans(title.format(count=count))), *result_rows(results)]
        if more:
            told = ngettext(
                "and {count} older: {command} history --all", "and {count} older: {command} history --all", more
            )
            blocks.append(Paragraph(spans(dim(told.format(count=more, command=command))), indent=2))
        told = _("To see one again: {command} history show ID").format(command=command)
        blocks.append(Paragraph(spans(dim(told)), indent=2))
    if not blocks:
        told = _("Nothing is kept yet. To take the quiz: {command} quiz").format(command=command)
        blocks.append(Paragraph(spans(told)))
    return blocks


def quiz_rows(quizzes: Sequence[Shown]) -> list[Block]:
    """Return quizzes in progress as a table."""
    head = (_("last answered"), "id", _("catalogue"), _("answered"))
    rows = [(quiz.day, quiz.id, quiz.catalogue, str(quiz.answered)) for quiz in quizzes]
    return table(head, rows, texts=(2, 0, 1))


def result_rows(results: Sequence[Shown]) -> list[Block]:
    """Return results as a table."""
    head = (_("finished"), "id", _("first role"), _("catalogue"), _("answered"))
    rows = [(result.day, result.id, result.role, result.catalogue, str(result.answered)) for result in results]
    return table(head, rows, texts=(2, 3, 0, 1))


def reality_blocks(cards: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return what was said at a reality check: each statement with the answer to it, as `RealityCheck` keeps it."""
    blocks: list[Block] = [Space(), Heading(spans(_("What you said at the reality check")))]
    for card in cards:
        reply = card["reply"]
        told = _("skipped") if reply is None else words.reality_answers()[card["kind"]][reply]
        blocks.append(Paragraph(spans(" ".join(card["question"]), dim(f" → {told}")), indent=3))
    return blocks if cards else []


def place_blocks(places: Sequence[Place]) -> list[Block]:
    """Return each path, whole, with what it is for, how large it is and who may read it."""
    blocks: list[Block] = []
    for place in places:
        if place.size is None or place.mode is None:
            told = _("not there yet")
        else:
            told = _("{size} bytes, mode {mode}").format(size=place.size, mode=f"{place.mode:04o}")
        blocks.append(Paragraph(spans(strong(place.what))))
        blocks.append(Paragraph(spans(place.path, dim(f"  {told}")), indent=2))
    return blocks


def reach_blocks() -> list[Block]:
    """Return what forgetting cannot reach."""
    told = _(
        "careerfit cannot reach copies elsewhere: what a solid-state disk holds back, snapshots"
        " and backups, reports and results that you exported, and text still showing in a"
        " terminal window."
    )
    return [Paragraph(spans(dim(told)))]
