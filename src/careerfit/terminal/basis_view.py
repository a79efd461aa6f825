"""Which result a page speaks of, as blocks to stand under its title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careerfit import sentences
from careerfit.document import Result
from careerfit.language import _, ngettext
from careerfit.terminal.blocks import Block, Paragraph, Span, dim, spans

FEW = 8
"""Answers below which most places of a result are guesswork."""


class Fuller(NamedTuple):
    """Another result that is kept and rests on more answers; `day` in words."""

    id: str
    day: str
    answered: int


def basis_blocks(result: Result, when: str, fuller: Fuller | None = None, sheet: str | None = None) -> list[Block]:
    """Return which result a page goes by, with what weakens it.

    Args:
        result: The result.
        when: When it was made, in words.
        fuller: A result that the person may mean instead, because it rests on many more answers.
        sheet: The sheet of answers that was scored to make it, if it is not kept.
    """
    count = answers(result.answers.answered)
    if sheet is None:
        told = _("Going by your result of {when} · {answers} · {id}").format(when=when, answers=count, id=result.id)
    else:
        told = " · ".join([_("Going by {sheet}").format(sheet=sheet_name(result, sheet)), count])
    warnings = [few_answers(result.answers.answered)]
    if not result.answers.answered:
        warnings.append(sentences.nothing_answered())
    elif sentences.open_ranking(result) is not None:
        warnings.append(_("No role stands out in it yet: places could easily change with more answers."))
    if fuller is not None:
        rests = _("An earlier result, of {day}, rests on {answers}. To go by that one, add: --result {id}")
        warnings.append(rests.format(day=fuller.day, answers=answers(fuller.answered), id=fuller.id))
    return [
        Paragraph(spans(dim(told))),
        *(Paragraph(spans(Span(warning, "unsure")), Span("!", "unsure")) for warning in warnings if warning),
    ]


def sheet_name(result: Result, sheet: str) -> str:
    """Return what tells the result of a sheet from others: the sheet, and whose it is if it says so."""
    named = _("the answer sheet {file}").format(file=sheet)
    return f"{named} · {result.respondent}" if result.respondent else named


def name_block(result: Result, when: str, sheet: str | None = None) -> Block:
    """Return what tells a result from others: when it was made, in words, its id and its catalogue.

    Of one that was made of a sheet, and is not kept, it is the sheet.
    """
    if sheet is not None:
        told = _("From {sheet} · catalogue “{name}”").format(
            sheet=sheet_name(result, sheet), name=result.catalogue.name
        )
        return Paragraph(spans(dim(told)))
    told = _("{when} · {id} · catalogue “{name}”").format(when=when, id=result.id, name=result.catalogue.name)
    return Paragraph(spans(dim(told)))


def under_title(page: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Return a page with blocks below its first one, which is its title."""
    return [*page[:1], *blocks, *page[1:]]


def answers(count: int) -> str:
    """Return a number of answers in words."""
    return ngettext("{count} answer", "{count} answers", count).format(count=count)


def few_answers(count: int) -> str | None:
    """Return that a result rests on few answers, or None when it does not."""
    if not 0 < count < FEW:
        return None
    told = ngettext(
        "It rests on {count} answer only, so the places in it are mostly guesswork.",
        "It rests on {count} answers only, so the places in it are mostly guesswork.",
        count,
    )
    return told.format(count=count)
