"""What the two front ends can put to a person: a dialogue is screens one after the other, each answered by a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, Self, TypeVar

Action = Literal["back", "skip", "finish"]
Reply = int | Action
"""What the person did: chose an answer (counted from 0) or one of the actions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One question as it is put to a person.

    Attributes:
        part: What the question belongs to, with its number.
        lead: A line above the question, such as "Which would you rather do?"; may be empty.
        question: The question, a paragraph each; for a pair the two sides.
        answers: The answers to choose from, at most five.
        chosen: The answer given before, counted from 0, when the person came back to it.
        first: The answer that Enter gives at once, counted from 0, where one is proposed.
        why: Why this is asked.
        progress: How settled the ranking is, 0-1; None where that says nothing.
        left: How many questions may still come after this one; None where that is not known.
        kin: All the questions it is one of, so that all get the same room on the screen.
        aside: Whether it stands beside the quiz, so that leaving or finishing it saves nothing and ranks nothing.
        stands_alone: Whether it is a single question, where going back, skipping and finishing mean nothing.
    """

    part: str
    lead: str
    question: tuple[str, ...]
    answers: tuple[str, ...]
    chosen: int | None = None
    first: int | None = None
    why: str
    progress: float | None = None
    left: int | None = None
    kin: tuple[tuple[str, ...], ...] = ()
    aside: bool = False
    stands_alone: bool = False


class Dialogue(Protocol):
    """Screens one after the other; immutable, each reply gives the next state."""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to ask."""
        ...

    @property
    def screen(self) -> Screen:
        """The screen to show now; only while the dialogue is not over."""
        ...

    def reply(self, reply: Reply) -> Self:
        """Return the dialogue after what the person did."""
        ...


AnyDialogue = TypeVar("AnyDialogue", bound=Dialogue)


@dataclass(frozen=True, slots=True)
class Question:
    """A dialogue of a single screen; `answer` is None until it is answered, or when it was skipped."""

    only: Screen
    answer: int | None = None
    is_over: bool = False

    @property
    def screen(self) -> Screen:
        """The one screen."""
        return self.only

    def reply(self, reply: Reply) -> Question:
        """Return the question with its answer; at the end of the input there is none."""
        if reply in ("back", "skip"):
            return self
        return Question(self.only, reply if isinstance(reply, int) else None, is_over=True)
