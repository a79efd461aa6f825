"""A quiz as an immutable value: which item comes next and why, and when it is over and why.

The answers are the only state. Everything else follows from them, so going back is dropping the last response, and a
quiz that was left goes on exactly where it was. A quiz on the screen and a sheet read from a file are the same thing.
The engine is imported with the first item, not before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from careerfit.document import StopReason
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Facts, Item, Wishes

if TYPE_CHECKING:
    from careerfit.engine.adaptive import Choice
    from careerfit.engine.belief import Belief

DEFAULT_MAX_ITEMS = 30


@dataclass(frozen=True)
class Session:
    """One respondent's quiz so far.

    Attributes:
        instrument: The catalogue, compiled.
        answers: Everything said so far; `answers.responses` is in the order asked.
        max_items: Items asked (skipped ones count) before the quiz ends by itself.
        finished: Whether the respondent ended it.
    """

    instrument: Instrument
    answers: Answers
    max_items: int = DEFAULT_MAX_ITEMS
    finished: bool = False

    @property
    def asked(self) -> int:
        """How many items were asked, skipped ones included."""
        return len(self.answers.responses)

    @property
    def answered(self) -> int:
        """How many items were answered."""
        return self.answers.answered

    @property
    def left(self) -> int:
        """How many items may still be asked: as far as the limit goes, and no more than the catalogue has."""
        return min(self.max_items, len(self.instrument.catalogue.items)) - self.asked

    @cached_property
    def belief(self) -> Belief:
        """What the responses say about the traits."""
        return self.instrument.believe(self.answers)

    @cached_property
    def regret(self) -> float:
        """Expected regret of taking the leading role now, nats."""
        return self.instrument.regret(self.belief)

    @cached_property
    def choice(self) -> Choice | None:
        """The item to ask next, whether or not the quiz should go on; None when none would change the ranking."""
        import numpy as np

        from careerfit.engine import adaptive

        instrument = self.instrument
        asked = np.zeros(len(instrument.bank.item_index), dtype=bool)
        asked[[instrument.bank.item_index[item] for item in self.answers.responses]] = True
        return adaptive.choose(instrument.requirements, instrument.bank, self.belief, asked)

    @cached_property
    def stop_reason(self) -> StopReason | None:
        """Why the quiz is over, or None while it goes on; the first that holds of these, in this order.

        ``respondent``: they ended it; ``settled``: asking on would hardly change the leader; ``nothing-left``: no
        item would change the ranking; ``limit``: `max_items` were asked.
        """
        from careerfit.engine import adaptive

        if self.finished:
            return "respondent"
        if adaptive.is_settled(self.regret, self.answered):
            return "settled"
        if self.choice is None:
            return "nothing-left"
        if self.asked >= self.max_items:
            return "limit"
        return None

    @property
    def next_item(self) -> Item | None:
        """The item to ask now, or None when the quiz is over."""
        if self.stop_reason is not None or self.choice is None:
            return None
        return self.instrument.catalogue.items[self.choice.item]

    @property
    def progress(self) -> float:
        """How settled the ranking is, from 0 (nothing known) to 1 (asking on would hardly change the leader).

        Each answer takes away a part of the regret that is left, so that its logarithm falls evenly: half way is where
        the regret is the geometric mean of where it started and where the quiz ends.
        """
        from careerfit.engine import adaptive

        start, end = self.instrument.initial_regret, adaptive.SETTLED_REGRET
        if self.regret <= end or start <= end:
            return 1.0
        return max(math.log(start / self.regret) / math.log(start / end), 0.0)

    def answer(self, item_id: str, response: int | None) -> Session:
        """Return the session with one more response, 0-4 or None for a skipped item."""
        return self._with(responses={**self.answers.responses, item_id: response})

    def back(self) -> Session:
        """Return the session without its last response; the same item comes next again."""
        return replace(self._with(responses=dict(list(self.answers.responses.items())[:-1])), finished=False)

    def state(self, *, facts: Facts | None = None, conditions: Wishes | None = None) -> Session:
        """Return the session with other facts or conditions."""
        changes = {"facts": facts, "conditions": conditions}
        return self._with(**{name: value for name, value in changes.items() if value is not None})

    def finish(self) -> Session:
        """Return the session as ended by the respondent."""
        return replace(self, finished=True)

    def _with(self, **changes: object) -> Session:
        return replace(self, answers=msgspec.structs.replace(self.answers, **changes))
