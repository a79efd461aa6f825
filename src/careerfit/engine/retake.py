"""What the same person would get another time: how far a ranking moves when nothing about the person does."""

from __future__ import annotations

import numpy as np

from careerfit.engine.belief import Bank, Belief, Integers, estimate
from careerfit.engine.fit import Requirements, evidence, posterior_draws
from careerfit.engine.kernel import Floats
from careerfit.engine.simulate import draw_answers

TAKES = 100
"""Second quizzes simulated: enough for the quantiles between which nine of ten of them lie."""


def second_takes(
    requirements: Requirements,
    bank: Bank,
    belief: Belief,
    items: Integers,
    rng: np.random.Generator,
    takes: int = TAKES,
) -> Floats:
    """Return every role's evidence in quizzes that the first respondent of a belief might take again, nats, [takes, R].

    Each takes theta from the posterior, answers `items` [K] anew, and is scored by these answers alone. Answers that
    were carried over from the first time would move less: what lies within these takes is within noise all the more.
    """
    theta = posterior_draws(belief, rng, takes)
    answers = draw_answers(bank, theta, bank.noise, rng)[:, items]
    again = estimate(bank, np.repeat(items[np.newaxis], takes, axis=0), answers)
    return evidence(requirements, again.mean, again.variance)
