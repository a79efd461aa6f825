"""Simulated people and their answers.

People who meet a role's signals are drawn trait by trait: the population's normal curve, reweighted by the
probability of meeting the signals the role has on that trait. How sharply they meet them is fixed here and does not
follow the tolerance that the scoring uses, so that a kinder score cannot make its own respondents. Answers follow the
graded response model in its normal-ogive form (Samejima 1969) with discriminations drawn afresh, whatever the items
claim. Randomness comes only from the generator passed in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from careerfit.engine import kernel
from careerfit.engine.belief import Bank, Integers
from careerfit.engine.fit import Requirements
from careerfit.engine.kernel import Floats

MEETING_TOLERANCE = 0.5
"""Softness of "meets a signal" for simulated people, in SD of the trait."""

DISCRIMINATIONS = (0.8, 1.5)
"""Range from which each item's true discrimination is drawn, per SD, normal-ogive; items.yaml is not asked."""

NO_ROLE = -1
"""Marks people who were not drawn to meet any role."""

_GRID = np.linspace(-6.0, 6.0, 4_801)


class People(NamedTuple):
    """Simulated people: theta [n, T], in SD of the population, and the role each was drawn for or `NO_ROLE`, [n]."""

    theta: Floats
    role: Integers


def people_of_roles(requirements: Requirements, traits: int, n: int, rng: np.random.Generator) -> People:
    """Return `n` people, the roles in turn, who meet their role's signals.

    Each trait on which the role has signals is drawn from N(0, 1) times the probability of meeting all of them, by
    its inverse distribution function on a grid of 1/400 SD; signal weights play no part. The other traits are N(0, 1).

    Args:
        requirements: The roles.
        traits: How many traits there are, T.
        n: How many people.
        rng: Source of randomness.
    """
    roles = len(requirements.roles)
    role = np.arange(n) % roles
    theta = rng.standard_normal((n, traits))
    uniform = rng.random((n, traits))
    log_met = kernel.log_probability(
        requirements.low[:, np.newaxis], requirements.high[:, np.newaxis], _GRID, 0.0, MEETING_TOLERANCE
    )
    for row in range(roles):
        its_people = np.flatnonzero(role == row)
        intervals = requirements.interval[requirements.role == row]
        for trait in np.unique(requirements.trait[intervals]):
            log_density = -0.5 * _GRID**2 + log_met[intervals[requirements.trait[intervals] == trait]].sum(axis=0)
            cumulative = np.cumsum(np.exp(log_density - log_density.max()))
            theta[its_people, trait] = np.interp(uniform[its_people, trait], cumulative / cumulative[-1], _GRID)
    return People(theta, role)


def general_people(bank: Bank, n: int, rng: np.random.Generator) -> People:
    """Return `n` people from the population: theta ~ N(0, R), nobody drawn for a role."""
    factor = np.linalg.cholesky(bank.prior)
    return People(rng.standard_normal((n, len(factor))) @ factor.T, np.full(n, NO_ROLE))


def draw_noise(bank: Bank, rng: np.random.Generator, discriminations: tuple[float, float] = DISCRIMINATIONS) -> Floats:
    """Return 1 / discrimination of every item, [Q], with discriminations uniform over a range."""
    return np.asarray(1.0 / rng.uniform(*discriminations, len(bank.noise)))


def draw_answers(bank: Bank, theta: Floats, noise: Floats, rng: np.random.Generator) -> Integers:
    """Return the answers, 0-4, of people at theta [n, T] to every item, [n, Q].

    What an item sees is d_q . theta plus noise of SD `noise` [Q]; the answer is the category it falls into.
    """
    seen = theta @ bank.directions.T
    seen += rng.standard_normal(seen.shape) * noise
    return np.asarray((seen[..., np.newaxis] > bank.edges[:, 1:-1]).sum(axis=-1), dtype=np.int64)
