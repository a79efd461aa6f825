"""How a place on a trait, a share of evidence, an answer and a question are told, on every page about a result.

A place on a trait is told as people out of 100: 86 means further that way than 86 in 100.
"""

from __future__ import annotations

from collections.abc import Sequence

from careerfit import sentences
from careerfit.document import ConditionResult
from careerfit.language import _, decimal
from careerfit.model import Catalogue, Item, Pair
from careerfit.readings import Question
from careerfit.sentences import below_in_100, share_below
from careerfit.terminal.blocks import Block, Interval, Line, Paragraph, Span, Style, dim, spans

NAMED = 3
"""Roles named in a row; of the others only the number is told."""

Range = tuple[float, float]


def standing(
    estimate: float, standard_error: float, asked: Range | None = None, *, name: str = "", indent: int = 0
) -> Interval:
    """Return where a person stands on a trait and how surely, beside the range of theta that is asked for.

    The bounds are one standard error to either side: about two in three times the truth lies between them. `name` is
    the trait's, where it is not told already.
    """
    low, high = estimate - standard_error, estimate + standard_error
    told = _("you: about {middle}").format(middle=below_in_100(estimate))
    if below_in_100(low) < below_in_100(high):
        told += _(", likely {low} to {high}").format(low=below_in_100(low), high=below_in_100(high))
    if asked is not None:
        told += f"; {_asked(asked)}"
    return Interval(
        point=share_below(estimate),
        likely=(share_below(low), share_below(high)),
        asked=None if asked is None else (share_below(asked[0]), share_below(asked[1])),
        line=spans(dim(f"{name}: {told}" if name else told)),
        indent=indent,
    )


def _asked(asked: Range) -> str:
    low, high = below_in_100(asked[0]), below_in_100(asked[1])
    if asked[1] == float("inf"):
        return _("asked for: {low} or more").format(low=low)
    if asked[0] == -float("inf"):
        return _("asked for: {high} or less").format(high=high)
    return _("asked for: {low} to {high}").format(low=low, high=high)


def scale() -> str:
    """Return what the numbers of `standing` mean."""
    return _("On each trait, 86 means: further that way than 86 people in 100.")


def evidence(decibans: float) -> str:
    """Return a share of evidence with its sign."""
    return decimal(decibans if round(decibans, 1) else 0.0, sign=bool(round(decibans, 1)))


def answer(catalogue: Catalogue, item_id: str, response: int, language: str, trait: str | None = None) -> str:
    """Return what was answered; of a pair, the side that speaks about the trait, or else its right one."""
    text, said = sentences.answered_with(*_spoken(catalogue, item_id, response, trait), language)
    return f"“{text}” → {said}"


def answer_words(catalogue: Catalogue, item_id: str, response: int, language: str) -> str:
    """Return an answer in words alone, as `answer` tells it without a trait."""
    return sentences.answered_with(*_spoken(catalogue, item_id, response, None), language)[1]


def _spoken(catalogue: Catalogue, item_id: str, response: int, trait: str | None) -> tuple[Item, int, str]:
    item = catalogue.item(item_id)
    if trait is None:
        trait = next(iter(item.right.weights)) if isinstance(item, Pair) else item.trait
    return item, response, trait


def question(catalogue: Catalogue, asked: Question, language: str, indent: int) -> list[Block]:
    """Return a question and how much an answer to it is expected to settle."""
    item = catalogue.item(asked.item)
    if isinstance(item, Pair):
        text = _("{left} / or / {right}").format(left=item.left.text[language], right=item.right.text[language])
    else:
        text = item.text[language]
    told = _("an answer would take about {share} per cent off the uncertainty").format(
        share=sentences.in_100(asked.reduction)
    )
    return [Paragraph(spans(text), Span("?", "unsure"), indent), Paragraph(spans(dim(told)), indent=indent + 2)]


def if_truer(catalogue: Catalogue, trait_id: str, change: float, language: str) -> str:
    """Return a change in a trait as what would have to be truer of a person."""
    trait = catalogue.trait(trait_id)
    end = trait.high[language] if change > 0 else trait.low[language]
    if abs(change) < 0.5:
        template = _("if it were only a little truer that you {end} ({trait})")
    elif abs(change) < 1.5:
        template = _("if it were truer that you {end} ({trait})")
    else:
        template = _("if it were much truer that you {end} ({trait})")
    return template.format(end=end, trait=trait.name[language])


def titles(catalogue: Catalogue, roles: Sequence[str], language: str) -> str:
    """Return the titles of roles in a row."""
    named = ", ".join(catalogue.role(role).title[language] for role in roles[:NAMED])
    return named if len(roles) <= NAMED else named + _(" and {count} more").format(count=len(roles) - NAMED)


_WISH_STYLES: dict[str, Style] = {"clash": "bad", "ask": "unsure"}


def conditions(results: Sequence[ConditionResult]) -> Line:
    """Return the conditions of a role beside what was said about them."""
    told = sentences.conditions(results)
    parts: list[str | Span] = []
    for place, (text, status) in enumerate(told):
        parts += ["; "] if place else []
        parts.append(Span(text, _WISH_STYLES.get(status, "")))
    return spans(*parts) if told else spans(sentences.no_conditions())
