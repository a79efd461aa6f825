"""The reality check: for the leading roles, what is believed, what is so, and whether it still appeals.

Its answers are kept beside the result and never change how well a role fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from careerfit import words
from careerfit.document import Result
from careerfit.language import _
from careerfit.model import Catalogue, Role
from careerfit.terminal.dialogue import Reply, Screen

ROLES = 2
"""How many leading roles are looked at: the first, and the second when it is tied with it."""

PER_ROLE = 2
"""How many myths, and how many realities, are shown of each role."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing put to the person: a myth, the truth about it, a reality, or whether the role still appeals."""

    role: str
    kind: Literal["myth", "truth", "reality", "interest"]
    title: str
    question: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RealityCheck:
    """A dialogue over cards.

    `replies` holds the answer to each card passed, None where it was skipped; `before` those given before going back.
    """

    cards: tuple[Card, ...]
    replies: tuple[int | None, ...] = field(default=())
    before: tuple[int | None, ...] = ()
    finished: bool = False

    @property
    def is_over(self) -> bool:
        """Whether every card was seen, or the person had enough."""
        return self.finished or len(self.replies) >= len(self.cards)

    @property
    def statements(self) -> int:
        """How many things are put to the person; a truth belongs to its myth."""
        return _statements(self.cards)

    @property
    def screen(self) -> Screen:
        """The card to show now; a truth answers what was said of the myth before it."""
        card = self.cards[len(self.replies)]
        place = len(self.replies)
        return Screen(
            part=_("Reality check: {title} · {number} of {count}").format(
                title=card.title, number=_statements(self.cards[: place + 1]), count=self.statements
            ),
            lead="",
            question=(card.question[0], *self._verdict(), *card.question[1:]),
            answers=words.reality_answers()[card.kind],
            chosen=self.before[place] if place < len(self.before) else None,
            why=_("This shows what the work is really like. It never changes your result."),
            kin=tuple(self._longest(card) for card in self.cards),
            aside=True,
        )

    def reply(self, reply: Reply) -> RealityCheck:
        """Return the check after an answer; going back opens the card before."""
        if reply == "finish":
            return replace(self, finished=True)
        if reply == "back":
            return replace(self, replies=self.replies[:-1], before=max(self.before, self.replies, key=len))
        return replace(self, replies=(*self.replies, reply if isinstance(reply, int) else None))

    def document(self) -> list[dict[str, Any]]:
        """Return what was answered, as plain data: role, kind, question and reply of each card passed."""
        return [
            {"role": card.role, "kind": card.kind, "question": list(card.question), "reply": reply}
            for card, reply in zip(self.cards, self.replies, strict=False)
            if card.kind != "truth"
        ]

    def _verdict(self) -> tuple[str, ...]:
        """Return what a truth says first: whether the person knew it."""
        if self.cards[len(self.replies)].kind != "truth" or self.replies[-1] is None:
            return ()
        return (_("Right, that is not so."),) if self.replies[-1] == 1 else (_("It is not quite so."),)

    def _longest(self, card: Card) -> tuple[str, ...]:
        return (*card.question, _("Right, that is not so.")) if card.kind == "truth" else card.question


def reality_check(result: Result, catalogue: Catalogue) -> RealityCheck:
    """Return the check for the leading roles of a result."""
    first = result.ranking[0]
    leading = [first.role, *(role for role in first.tied_with if role == result.ranking[1].role)][:ROLES]
    cards = [card for role in leading for card in _cards(catalogue.role(role), result.language)]
    return RealityCheck(tuple(cards))


def _statements(cards: Sequence[Card]) -> int:
    return sum(card.kind != "truth" for card in cards)


def _cards(role: Role, language: str) -> list[Card]:
    title = role.title[language]
    cards = []
    for myth in role.myths[:PER_ROLE]:
        cards.append(Card(role.id, "myth", title, (_("True or not?"), myth.claim[language])))
        claim = _("“{text}”").format(text=myth.claim[language])
        cards.append(Card(role.id, "truth", title, (claim, myth.truth[language])))
    for reality in role.realities[:PER_ROLE]:
        expected = _("People expect: {text}").format(text=reality.expectation[language])
        found = _("They find: {text}").format(text=reality.reality[language])
        cards.append(Card(role.id, "reality", title, (expected, found)))
    if cards:
        asked = _("Knowing this, does the role still appeal to you?")
        cards.append(Card(role.id, "interest", title, (asked,)))
    return cards
