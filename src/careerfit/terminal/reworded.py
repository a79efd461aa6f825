"""Items that have other words than when they were answered, asked again with the old answer marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from careerfit.language import _
from careerfit.model import Item
from careerfit.terminal.dialogue import Reply, Screen
from careerfit.terminal.interview import lead_and_answers, question_of


@dataclass(frozen=True, slots=True)
class Reworded:
    """A dialogue over items; `before` holds the answer marked on each, `replies` what was said of those passed."""

    items: tuple[Item, ...]
    before: Mapping[str, int | None]
    language: str
    replies: tuple[int | None, ...] = ()
    finished: bool = False

    @property
    def is_over(self) -> bool:
        """Whether every item was answered or skipped, or the person wants the result now."""
        return self.finished or len(self.replies) >= len(self.items)

    @property
    def responses(self) -> dict[str, int | None]:
        """What was said so far, by item id."""
        return {item.id: reply for item, reply in zip(self.items, self.replies, strict=False)}

    @property
    def screen(self) -> Screen:
        """The next item, with the answer given to its old words."""
        number, count = len(self.replies) + 1, len(self.items)
        item = self.items[len(self.replies)]
        lead, answers = lead_and_answers(item)
        before = self.before.get(item.id)
        if before is not None:
            lead = _("{lead} (In new words now; your answer before is marked.)").format(lead=lead)
        return Screen(
            part=_("Reworded · {number} of {count}").format(number=number, count=count),
            lead=lead,
            question=question_of(item, self.language),
            answers=answers,
            chosen=before,
            why=_(
                "This question has been reworded since you answered it. Your answer is marked: keep it or change it."
            ),
            kin=tuple(question_of(one, self.language) for one in self.items),
        )

    def reply(self, reply: Reply) -> Reworded:
        """Return the dialogue after an answer; going back opens the item before."""
        if reply == "finish":
            return replace(self, finished=True)
        if reply == "back":
            return replace(self, before={**self.before, **self.responses}, replies=self.replies[:-1])
        return replace(self, replies=(*self.replies, reply if isinstance(reply, int) else None))
