"""Everything the respondent said: the answers, what they bring and would take on, and their reality check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from careerfit import sentences, words
from careerfit.document import Result
from careerfit.language import _
from careerfit.model import CONDITIONS, Catalogue, Item, Pair


class Said(NamedTuple):
    """A question, a line for each thing it puts to the person, and the answer to it."""

    question: tuple[str, ...]
    answer: str


class _Card(msgspec.Struct, frozen=True):
    """What the store keeps of a card of the reality check."""

    role: str
    kind: str
    question: list[str]
    reply: int | None


def answers_given(result: Result, catalogue: Catalogue) -> tuple[Said, ...]:
    """Return every question asked with its answer, in the order asked."""
    return tuple(
        _said(catalogue.item(item_id), response, result.language)
        for item_id, response in result.answers.responses.items()
    )


def about_the_person(result: Result) -> tuple[Said, ...]:
    """Return what the respondent brings, and what they would take on."""
    facts, wishes = result.answers.facts, result.answers.conditions
    brought = (
        (_("Education"), sentences.brought("education", facts.education)),
        (_("Experience"), sentences.brought("years_experience", facts.years_experience)),
        (_("People led at the same time"), sentences.brought("people_led", facts.people_led)),
    )
    would = [(words.condition(name), getattr(wishes, name)) for name in CONDITIONS]
    told = [*brought, *((_sentence(name), wish and words.willingness(wish)) for name, wish in would)]
    return tuple(Said((name,), answer or _("not said")) for name, answer in told)


def reality_check(kept: bytes | None) -> Mapping[str, tuple[Said, ...]]:
    """Return the answers to the reality check by role id; nothing where there was none.

    Raises:
        msgspec.DecodeError: These are not the bytes that the store keeps.
    """
    told: dict[str, tuple[Said, ...]] = {}
    for card in msgspec.json.decode(kept, type=list[_Card]) if kept else ():
        replies = dict(enumerate(words.reality_answers().get(card.kind, ())))
        answer = _("skipped") if card.reply is None else replies.get(card.reply, _("skipped"))
        told[card.role] = (*told.get(card.role, ()), Said(tuple(card.question), answer))
    return told


def _said(item: Item, response: int | None, language: str) -> Said:
    answers = words.pair_answers() if isinstance(item, Pair) else words.statement_answers()
    answer = _("skipped") if response is None else answers[response]
    if isinstance(item, Pair):
        return Said((f"A  {item.left.text[language]}", f"B  {item.right.text[language]}"), answer)
    return Said((item.text[language],), answer)


def _sentence(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
