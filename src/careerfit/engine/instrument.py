"""A catalogue compiled for the engine: what is worked out once and used for every respondent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from careerfit.engine.belief import MISSING, Bank, Belief, Integers, compile_bank, estimate
from careerfit.engine.fit import (
    SEED,
    Requirements,
    compile_requirements,
    evidence,
    expected_regret,
    population_evidence,
    posterior_draws,
)
from careerfit.engine.kernel import Floats
from careerfit.model import Answers, Catalogue

REGRET_DRAWS = 256
"""Draws for the decision to ask on; it is taken after every answer, so they are fewer than for a result."""


@dataclass(frozen=True)
class Instrument:
    """A catalogue with its items and requirements as arrays."""

    catalogue: Catalogue
    bank: Bank
    requirements: Requirements

    @classmethod
    def of(cls, catalogue: Catalogue) -> Instrument:
        """Return the instrument of a catalogue."""
        return cls(catalogue, compile_bank(catalogue), compile_requirements(catalogue))

    @cached_property
    def population(self) -> Floats:
        """Sorted evidence of simulated people, nats, [people, R]: the scale of `match`; the same at every run."""
        return population_evidence(self.requirements, self.bank.prior, np.random.default_rng(SEED))

    @cached_property
    def initial_regret(self) -> float:
        """Expected regret, nats, before anything was answered: where the progress of every quiz starts.

        Every role's evidence is 0 then; the regret is that of the role that does best on average.
        """
        theta = posterior_draws(self.believe(Answers()), np.random.default_rng(SEED), REGRET_DRAWS)
        drawn = evidence(self.requirements, theta, 0.0)
        return float(drawn.max(axis=1).mean() - drawn.mean(axis=0).max())

    def responses(self, answers: Answers) -> tuple[Integers, Integers]:
        """Return (items, responses), both [1, K], of one respondent; skipped items are `MISSING`.

        Raises:
            KeyError: An item is not in the catalogue.
        """
        items = [[self.bank.item_index[item] for item in answers.responses]]
        categories = [MISSING if response is None else response for response in answers.responses.values()]
        return np.array(items, dtype=np.int64), np.array([categories], dtype=np.int64)

    def believe(self, answers: Answers) -> Belief:
        """Return what the answers of one respondent say about the traits."""
        return estimate(self.bank, *self.responses(answers))

    def regret(self, belief: Belief) -> float:
        """Return the expected regret of taking the leader now, nats, from `REGRET_DRAWS` fixed draws."""
        return expected_regret(self.requirements, belief, np.random.default_rng(SEED), REGRET_DRAWS)
