"""A catalogue compiled for the engine: what is worked out once and used for every respondent.

Nothing is compiled, and numpy not imported, before it is asked for: a quiz begins with questions about the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from careerfit.model import Answers, Catalogue

if TYPE_CHECKING:
    from careerfit.engine.belief import Bank, Belief, Integers
    from careerfit.engine.fit import Requirements
    from careerfit.engine.kernel import Floats

REGRET_DRAWS = 256
"""Draws for the decision to ask on; it is taken after every answer, so they are fewer than for a result."""


@dataclass(frozen=True)
class Instrument:
    """A catalogue with its items and requirements as arrays."""

    catalogue: Catalogue

    @classmethod
    def of(cls, catalogue: Catalogue) -> Instrument:
        """Return the instrument of a catalogue."""
        return cls(catalogue)

    @cached_property
    def bank(self) -> Bank:
        """The items."""
        from careerfit.engine.belief import compile_bank

        return compile_bank(self.catalogue)

    @cached_property
    def requirements(self) -> Requirements:
        """What the roles ask for."""
        from careerfit.engine.fit import compile_requirements

        return compile_requirements(self.catalogue)

    @cached_property
    def population(self) -> Floats:
        """Sorted evidence of simulated people, nats, [people, R]: the scale of `match`; the same at every run."""
        import numpy as np

        from careerfit.engine.fit import SEED, population_evidence

        return population_evidence(self.requirements, self.bank.prior, np.random.default_rng(SEED))

    @cached_property
    def initial_regret(self) -> float:
        """Expected regret, nats, before anything was answered: where the progress of every quiz starts.

        The regret is that of the role that does best on average.
        """
        import numpy as np

        from careerfit.engine.fit import SEED, evidence, posterior_draws

        theta = posterior_draws(self.believe(Answers()), np.random.default_rng(SEED), REGRET_DRAWS)
        drawn = evidence(self.requirements, theta, 0.0)
        return float(drawn.max(axis=1).mean() - drawn.mean(axis=0).max())

    def responses(self, answers: Answers) -> tuple[Integers, Integers]:
        """Return (items, responses), both [1, K], of one respondent; skipped items are `MISSING`.

        Raises:
            KeyError: An item is not in the catalogue.
        """
        import numpy as np

        from careerfit.engine.belief import MISSING

        items = [[self.bank.item_index[item] for item in answers.responses]]
        categories = [MISSING if response is None else response for response in answers.responses.values()]
        return np.array(items, dtype=np.int64), np.array([categories], dtype=np.int64)

    def believe(self, answers: Answers) -> Belief:
        """Return what the answers of one respondent say about the traits."""
        from careerfit.engine.belief import estimate

        return estimate(self.bank, *self.responses(answers))

    def regret(self, belief: Belief) -> float:
        """Return the expected regret of taking the leader now, nats, from `REGRET_DRAWS` fixed draws."""
        import numpy as np

        from careerfit.engine.fit import SEED, expected_regret

        return expected_regret(self.requirements, belief, np.random.default_rng(SEED), REGRET_DRAWS)
