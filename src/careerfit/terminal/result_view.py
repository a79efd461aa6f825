"""A result as blocks: the leading roles with every reason, what is unsure, what sets the first two apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careerfit import contrast, sentences
from careerfit.document import RankedRole, Result, SignalResult
from careerfit.language import _
from careerfit.model import Catalogue
from careerfit.terminal import telling
from careerfit.terminal.blocks import Bar, Block, Command, Heading, Paragraph, Space, Span, bullets, dim, spans, strong

IN_FULL = 3
"""Roles explained in full."""

IN_SHORT = 5
"""Roles after them that get a line each."""

STRONGEST = 3
"""Signals of each kind shown with a role."""

NAMED = 4
"""Unclear traits named; of the others only the number is told."""


class Step(NamedTuple):
    """A command to type, and what it is for."""

    typed: str
    what: str


def result_blocks(result: Result, catalogue: Catalogue, steps: Sequence[Step] = ()) -> list[Block]:
    """Return the result screen; nothing is ranked when nothing was answered.

    `steps` are what can be typed next.
    """
    about = f"{sentences.answered(result)} · {sentences.stopped(result)}"
    blocks: list[Block] = [Heading(spans(_("Your result")), level=1), Paragraph(spans(dim(about)))]
    blocks += [_warning(told) for told in sentences.warnings(result)]
    if not result.answers.answered:
        blocks.append(Paragraph(spans(sentences.nothing_answered())))
        return [*blocks, *_end(steps)]
    if (told := sentences.open_ranking(result)) is not None:
        blocks.append(_warning(told))
    blocks.append(Paragraph(spans(dim(sentences.counting()))))
    view = _RoleView(catalogue, result.language)
    for role in result.ranking[:IN_FULL]:
        blocks += view.in_full(role)
    blocks += view.in_short(result.ranking[IN_FULL : IN_FULL + IN_SHORT])
    blocks += _contrast_blocks(result, catalogue)
    return [*blocks, *_end(steps)]


def _warning(told: str) -> Block:
    return Paragraph(spans(Span(told, "unsure")), Span("!", "unsure"))


class _RoleView:
    """Roles of one result, in its language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language

    def in_full(self, role: RankedRole) -> list[Block]:
        """Return a role with its match, confidence, signals, readiness and conditions."""
        blocks: list[Block] = [
            Space(),
            Heading(spans(f"{role.rank}. {role.title}")),
            Bar(role.match / 100, spans(sentences.fits(role)), indent=3),
            Paragraph(spans(dim(sentences.sure(role))), indent=3),
        ]
        if (tied := sentences.tied(role, self._catalogue, self._language)) is not None:
            blocks.append(Paragraph(spans(Span(tied, "unsure")), Span("=", "unsure"), indent=3))
        reasons = sentences.reasons(role)
        blocks += self._signals(_("In its favour"), reasons.in_favour, Span("+", "good"))
        blocks += self._signals(_("Could weigh on you"), reasons.warned, Span("-", "bad"))
        blocks += self._signals(_("Asked for, and less like you"), reasons.missed, Span("-", "bad"), with_end=True)
        open_points = sentences.open_points(reasons, self._catalogue, self._language, NAMED)
        blocks += bullets(map(spans, open_points), Span("?", "unsure"), indent=3)
        needed = "; ".join(sentences.readiness(role.readiness))
        blocks.append(Paragraph(spans(strong(_("Usually asked for: ")), needed), indent=3))
        told = telling.conditions(role.conditions)
        blocks.append(Paragraph(spans(strong(_("Conditions: ")), *told), indent=3))
        return blocks

    def in_short(self, roles: tuple[RankedRole, ...]) -> list[Block]:
        """Return roles with a line each."""
        if not roles:
            return []
        listed = [
            Paragraph(spans(role.title, dim(f" · {sentences.fits(role)}")), Span(f"{role.rank}."), indent=1)
            for role in roles
        ]
        return [Space(), Heading(spans(_("Next in the ranking"))), *listed]

    def _signals(self, title: str, signals: list[SignalResult], mark: Span, with_end: bool = False) -> list[Block]:
        """Return the strongest signals, each with the answer that speaks most for its place.

        `with_end` adds where on the trait the answers lie.
        """
        if not signals:
            return []
        blocks: list[Block] = [Paragraph(spans(strong(title)), indent=3)]
        for signal in signals[:STRONGEST]:
            blocks.append(Paragraph(spans(signal.text), mark, indent=5))
            if with_end:
                leaning = sentences.leaning(signal, self._catalogue, self._language)
                blocks.append(Paragraph(spans(leaning), indent=7))
            for answer in sentences.behind(signal)[:1]:
                item = self._catalogue.item(answer.item)
                told = sentences.quoted(answer, item, signal.trait, self._language)
                blocks.append(Paragraph(spans(dim(told)), indent=7))
        return blocks


def _contrast_blocks(result: Result, catalogue: Catalogue) -> list[Block]:
    points = contrast.points(result, catalogue)
    if not points:
        return []
    blocks: list[Block] = [Space(), Heading(spans(contrast.versus(result)))]
    if (told := contrast.too_close(result)) is not None:
        blocks.append(Paragraph(spans(told), indent=3))
    for point in points:
        about = [strong(f"{point.about}: ")] if point.about else []
        blocks.append(Paragraph(spans(*about, point.text), Span("•"), indent=3))
    return blocks


def _end(steps: Sequence[Step]) -> list[Block]:
    blocks: list[Block] = []
    if steps:
        blocks += [Space(), Heading(spans(_("What you can type next")))]
        for typed, what in steps:
            blocks += [Paragraph(spans(what), indent=3), Command(typed, indent=5)]
    return [*blocks, Space(), Paragraph(spans(dim(sentences.limits())))]
