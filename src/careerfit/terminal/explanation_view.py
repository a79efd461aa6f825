"""Why a role stands where it does, as blocks: every signal with its share, and what would change the place."""

from __future__ import annotations

from collections.abc import Sequence

from careerfit import sentences
from careerfit.document import SignalResult, Status
from careerfit.language import _
from careerfit.model import Catalogue, Signal, SignalKind
from careerfit.readings import Explanation
from careerfit.terminal import telling
from careerfit.terminal.blocks import Bar, Block, Heading, Paragraph, Space, Span, dim, spans, strong

STRONGEST = 3
"""Answers shown with a signal."""


def explanation_blocks(explanation: Explanation, catalogue: Catalogue) -> list[Block]:
    """Return the page of an explanation."""
    return _View(explanation, catalogue).blocks()


class _View:
    def __init__(self, explanation: Explanation, catalogue: Catalogue) -> None:
        self._it = explanation
        self._ranked = explanation.ranked
        self._catalogue = catalogue
        self._language = explanation.language

    def blocks(self) -> list[Block]:
        return [
            Heading(spans(_("{title}: why it stands where it does").format(title=self._ranked.title)), level=1),
            *self._place(),
            *self._sum(),
            *self._group(_("In its favour"), "met", Span("+", "good")),
            *self._group(_("What speaks against it"), "clash", Span("-", "bad")),
            *self._group(_("Not certain yet"), "unsure", Span("?", "unsure")),
            *self._beside(),
            *self._changes(),
            *self._questions(),
        ]

    def _place(self) -> list[Block]:
        it = self._it
        ranked = self._ranked
        told = _("Place {rank} of {roles}").format(rank=ranked.rank, roles=it.roles)
        best, worst = it.places
        if best == worst:
            between = _("nearly always at place {place}, as far as your answers can tell").format(place=best)
        else:
            between = _("mostly between places {best} and {worst}, as far as your answers can tell").format(
                best=best, worst=worst
            )
        blocks: list[Block] = [
            Paragraph(spans(strong(told))),
            Bar(ranked.match / 100, spans(sentences.fits(ranked))),
            Paragraph(spans(dim(f"{sentences.sure(ranked)}; {between}"))),
        ]
        if (tied := sentences.tied(ranked, self._catalogue, self._language)) is not None:
            blocks.append(Paragraph(spans(Span(tied, "unsure")), Span("=", "unsure")))
        return blocks

    def _sum(self) -> list[Block]:
        shares = {status: [s.evidence for s in self._ranked.signals if s.status == status] for status in _STATUSES}
        parts = {status: round(sum(shares[status]), 1) for status in _STATUSES}  # what is printed adds up
        told = _("In favour {met}, against {clash}, not certain yet {unsure}: together {total}.").format(
            **{status: telling.evidence(part) for status, part in parts.items()},
            total=telling.evidence(sum(parts.values())),
        )
        meaning = _(
            "Each number says how much one thing the role asks for speaks for you. With +3 you are"
            " about twice as likely as people in general to be what it asks for, with +10 ten times"
            " as likely; a minus says the reverse. They add up."
        )
        unknown = _(
            "What is not certain yet counts against the role, simply because most people are not an exact"
            " match for what any role asks for. Answering more questions may change that."
        )
        return [
            Space(),
            Heading(spans(_("What it adds up to"))),
            Paragraph(spans(strong(told)), indent=2),
            Paragraph(spans(dim(meaning)), indent=2),
            *([Paragraph(spans(dim(unknown)), indent=2)] if parts["unsure"] < 0 else []),
            Paragraph(spans(dim(telling.scale())), indent=2),
        ]

    def _group(self, title: str, status: Status, mark: Span) -> list[Block]:
        role = self._catalogue.role(self._ranked.role)
        signals = [
            (signal, _asked(authored, signal.kind))
            for signal, authored in zip(self._ranked.signals, role.fit + role.unfit, strict=True)
            if signal.status == status
        ]
        blocks: list[Block] = [Space(), Heading(spans(title))] if signals else []
        for signal, asked in sorted(signals, key=lambda pair: -abs(pair[0].evidence)):
            if signal.answers:
                blocks += self._signal(signal, asked, mark)
        silent = dict.fromkeys(self._name(signal.trait) for signal, _range in signals if not signal.answers)
        if silent:
            told = _("Your answers say nothing about these yet: {traits}").format(traits=", ".join(silent))
            blocks.append(Paragraph(spans(told), mark, indent=2))
        return blocks

    def _signal(self, signal: SignalResult, asked: telling.Range, mark: Span) -> list[Block]:
        text = signal.text
        if signal.kind == "unfit":
            told = _("Hardly a worry for you: {text}") if signal.status == "met" else _("May be hard: {text}")
            text = told.format(text=text)
        blocks: list[Block] = [
            Paragraph(spans(text), Span(telling.evidence(signal.evidence), mark.style), indent=2),
            telling.standing(signal.estimate, signal.standard_error, asked, name=self._name(signal.trait), indent=4),
        ]
        for answer in (a for a in signal.answers[:STRONGEST] if round(a.influence, 1)):
            told = telling.answer(self._catalogue, answer.item, answer.response, self._language, signal.trait)
            blocks.append(Paragraph(spans(dim(f"{told}  ({telling.evidence(answer.influence)})")), indent=4))
        return blocks

    def _name(self, trait: str) -> str:
        return self._catalogue.trait(trait).name[self._language]

    def _beside(self) -> list[Block]:
        needed = "; ".join(sentences.readiness(self._ranked.readiness))
        return [
            Space(),
            Heading(spans(_("Beside the fit"))),
            Paragraph(spans(strong(_("Usually asked for: ")), needed), indent=2),
            Paragraph(spans(strong(_("Conditions: ")), *telling.conditions(self._ranked.conditions)), indent=2),
        ]

    def _changes(self) -> list[Block]:
        templates = {
            "up": _("It would move ahead of {roles} {condition}."),
            "top3": _("It would be among the first three {condition}."),
            "down": _("It would fall behind {roles} {condition}."),
        }
        told = [
            templates[move.aim].format(
                roles=telling.titles(self._catalogue, move.passes, self._language),
                condition=telling.if_truer(self._catalogue, move.trait, move.change, self._language),
            )
            for move in self._it.moves
        ]
        told += [
            _("{answer}; with “{instead}” it would be at place {rank} ({evidence}).").format(
                answer=telling.answer(self._catalogue, other.item, other.response, self._language),
                instead=telling.answer_words(self._catalogue, other.item, other.instead, self._language),
                rank=other.rank,
                evidence=telling.evidence(other.evidence),
            )
            for other in self._it.other_answers
        ]
        return _part(_("What would change its place"), told)

    def _questions(self) -> list[Block]:
        if not self._it.questions:
            return []
        blocks: list[Block] = [Space(), Heading(spans(_("What to answer next to be surer about it")))]
        for asked in self._it.questions:
            blocks += telling.question(self._catalogue, asked, self._language, indent=2)
        return blocks


_STATUSES: tuple[Status, ...] = ("met", "clash", "unsure")


def _asked(signal: Signal, kind: SignalKind) -> telling.Range:
    """Return the range of theta in which a person is what the role asks for: of an unfit signal, outside its levels."""
    low, high = signal.interval
    if kind == "fit":
        return low, high
    return (high, float("inf")) if low == -float("inf") else (-float("inf"), low)


def _part(title: str, told: Sequence[str]) -> list[Block]:
    if not told:
        return []
    return [Space(), Heading(spans(title)), *(Paragraph(spans(text), Span("•"), indent=2) for text in told)]
