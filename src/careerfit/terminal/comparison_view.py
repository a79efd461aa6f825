"""Two roles side by side, as blocks: what differs first, then what is the same."""

from __future__ import annotations

from careerfit import sentences, words
from careerfit.language import _
from careerfit.model import Catalogue
from careerfit.readings import ComparedRole, ComparedTrait, Comparison, Demand
from careerfit.terminal import telling
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, Span, Style, dim, spans, strong

NOTICEABLE = 1.0
"""Decibans: traits that tell two roles apart by less are only named."""


def comparison_blocks(comparison: Comparison, catalogue: Catalogue) -> list[Block]:
    """Return the page of a comparison."""
    return _View(comparison, catalogue).blocks()


class _View:
    def __init__(self, comparison: Comparison, catalogue: Catalogue) -> None:
        self._it = comparison
        self._catalogue = catalogue
        self._language = comparison.language
        self._sides = (comparison.first, comparison.second)

    def blocks(self) -> list[Block]:
        one, other = (side.title for side in self._sides)
        title = _("{one} or {other}?").format(one=one, other=other)
        return [
            Heading(spans(title), level=1),
            *self._verdict(),
            *self._apart(),
            *self._traits(),
            *self._beside(),
            *self._question(),
        ]

    def _verdict(self) -> list[Block]:
        it = self._it
        if it.chance is None:
            return [Paragraph(spans(dim(_("From the catalogue alone: there is no result to compare them with."))))]
        ahead, chance = (it.first, it.chance) if it.chance >= 0.5 else (it.second, 1.0 - it.chance)
        count = sentences.in_100(chance)
        if it.tied:
            told = _("Your answers cannot tell these two apart: {title} comes out ahead {count} times in 100.")
        else:
            told = _("Going by your answers, {title} comes out ahead {count} times in 100.")
        style: Style = "unsure" if it.tied else "strong"
        blocks: list[Block] = [Paragraph(spans(Span(told.format(title=ahead.title, count=count), style)))]
        for side in self._sides:
            standing = _("place {rank}: fits you better than it fits {match} people in 100").format(
                rank=side.rank, match=side.match
            )
            blocks.append(Paragraph(spans(strong(f"{side.title}: "), standing), Span("•"), indent=2))
        return blocks

    def _apart(self) -> list[Block]:
        if not self._it.apart:
            return []
        titles = {side.role: side.title for side in self._sides}
        sources = {source.id: source.title[self._language] for source in self._catalogue.sources}
        blocks: list[Block] = [Space(), Heading(spans(_("What sets them apart")))]
        for apart in self._it.apart:
            told = spans(strong(f"{titles[apart.role]}: "), apart.text, dim(f" [{sources[apart.source]}]"))
            blocks.append(Paragraph(told, Span("•"), indent=2))
        return blocks

    def _traits(self) -> list[Block]:
        if self._it.result is None:
            told = [trait for trait in self._it.traits if _levels(trait.first) != _levels(trait.second)]
            alike = [trait for trait in self._it.traits if trait not in told]
            title, same = _("What each asks for"), _("Both ask the same: {traits}")
        else:
            told = [trait for trait in self._it.traits if abs(trait.evidence or 0.0) >= NOTICEABLE]
            alike = [trait for trait in self._it.traits if trait not in told]
            title, same = _("Where your answers tell them apart"), _("Hardly a difference for you: {traits}")
        blocks: list[Block] = []
        if told:
            blocks += [Space(), Heading(spans(title))]
            if self._it.result is not None:
                blocks.append(Paragraph(spans(dim(telling.scale())), indent=2))
        for trait in told:
            blocks += self._trait(trait)
        if alike:
            names = ", ".join(trait.name for trait in alike)
            blocks += [Space(), Paragraph(spans(dim(same.format(traits=names))), indent=2)]
        return blocks

    def _trait(self, trait: ComparedTrait) -> list[Block]:
        blocks: list[Block] = []
        if trait.evidence is None or trait.estimate is None or trait.standard_error is None:
            blocks.append(Paragraph(spans(strong(trait.name)), Span("•"), indent=2))
        else:
            side = self._it.first if trait.evidence > 0 else self._it.second
            told = _("speaks more for {title}").format(title=side.title)
            weight = telling.evidence(abs(trait.evidence))
            blocks.append(Paragraph(spans(strong(f"{weight}  {trait.name}"), f": {told}"), Span("•"), indent=2))
            blocks.append(telling.standing(trait.estimate, trait.standard_error, indent=4))
        for side, demands in zip(self._sides, (trait.first, trait.second), strict=True):
            asks = " ".join(_ask(demand) for demand in demands) or _("asks nothing of you here")
            blocks.append(Paragraph(spans(f"{side.title}: ", asks), indent=4))
        behind = [answer for answer in trait.answers if answer.influence * (trait.evidence or 0.0) > 0]
        for answer in behind[:1]:
            quoted = telling.answer(self._catalogue, answer.item, answer.response, self._language, trait.trait)
            blocks.append(Paragraph(spans(dim(quoted)), indent=4))
        return blocks

    def _beside(self) -> list[Block]:
        blocks: list[Block] = [Space(), Heading(spans(_("What is usually asked for")))]
        for side in self._sides:
            needed = "; ".join(sentences.readiness(side.readiness))
            blocks.append(Paragraph(spans(strong(f"{side.title}: "), needed), Span("•"), indent=2))
        blocks += [Space(), Heading(spans(_("Conditions")))]
        blocks += [Paragraph(_conditions(side), Span("•"), indent=2) for side in self._sides]
        return blocks

    def _question(self) -> list[Block]:
        it = self._it
        blocks: list[Block] = []
        if it.swap is not None:
            condition = telling.if_truer(self._catalogue, it.swap.trait, it.swap.change, self._language)
            told = _("They would change places {condition}.").format(condition=condition)
            blocks += [Space(), Heading(spans(_("What would turn it round"))), Paragraph(spans(told), indent=2)]
        if it.question is not None:
            blocks += [Space(), Heading(spans(_("The question that would tell them apart best")))]
            blocks += telling.question(self._catalogue, it.question, self._language, indent=2)
        return blocks


def _conditions(side: ComparedRole) -> tuple[Span, ...]:
    return spans(strong(f"{side.title}: "), f"{words.place(side.place)}; ", *telling.conditions(side.conditions))


def _ask(demand: Demand) -> str:
    """Return what a role asks; an unfit signal says who may struggle."""
    return demand.text if demand.kind == "fit" else _("May be hard: {text}").format(text=demand.text)


def _levels(demands: tuple[Demand, ...]) -> set[object]:
    return {(demand.kind, demand.at_least, demand.at_most, demand.between) for demand in demands}
