"""Which responses moved the evidence between two beliefs, when some were changed, given anew or taken away.

Both beliefs are the population times a normal factor for each response, so one can be turned into the other along a
straight line in the factors' precisions and shifts. What a response adds to a role's evidence on the way is the
integral of its own part of the derivative: the Aumann-Shapley value (Aumann and Shapley 1974). It does not depend on
any order of the responses, and the values of all responses sum to the whole change.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from careerfit.engine import kernel
from careerfit.engine.belief import Bank, Belief, Integers
from careerfit.engine.fit import TOLERANCE, Requirements
from careerfit.engine.kernel import Floats

NODES = 16
"""Points of Gauss-Legendre quadrature along the line.

Two quizzes by the same person, sharing few questions, differ from the exact sum by 1e-8 decibans with 8 points and by
rounding alone with 16.
"""


class Attribution(NamedTuple):
    """What each item adds to the change in every role's evidence: items [K], evidence in nats [K, R]."""

    items: Integers
    evidence: Floats


def attribute(requirements: Requirements, bank: Bank, before: Belief, after: Belief) -> Attribution:
    """Return how the first respondent's evidence came from one belief to another, item by item.

    Items answered in either belief take part. An item with the same response in both hardly moves anything: only as
    far as its response reads a little differently beside the others.
    """
    items = np.union1d(before.items[0], after.items[0])
    start, end = _factors(before, items), _factors(after, items)
    change = end - start
    directions = bank.directions[items]
    prior_precision = np.linalg.inv(bank.prior)
    evidence = np.zeros((len(items), len(requirements.roles)))
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    for node, weight in zip((nodes + 1.0) / 2.0, weights / 2.0, strict=True):
        precision, shift = start + node * change
        covariance = np.linalg.inv(prior_precision + (directions.T * precision) @ directions)
        mean = covariance @ directions.T @ shift
        along = covariance @ directions.T
        mean_rate = along * (change[1] - change[0] * (directions @ mean))
        variance_rate = -np.square(along) * change[0]
        evidence += weight * _rate(requirements, mean, np.diagonal(covariance), mean_rate, variance_rate)
    return Attribution(items, evidence)


def _factors(belief: Belief, items: Integers) -> Floats:
    """Return precision and shift of each item's factor, [2, K]; 0 where the belief has none."""
    factors = np.zeros((2, len(items)))
    factors[:, np.searchsorted(items, belief.items[0])] = belief.precision[0], belief.shift[0]
    return factors


def _rate(
    requirements: Requirements, mean: Floats, variance: Floats, mean_rate: Floats, variance_rate: Floats
) -> Floats:
    """Return the rate of every role's evidence along rates of means and variances [T, K], nats, [K, R]."""
    trait = requirements.trait
    at = kernel.expected(requirements.low, requirements.high, mean[trait], variance[trait], TOLERANCE)
    by_mean = at.by_mean[:, np.newaxis] * mean_rate[trait]
    by_variance = at.by_variance[:, np.newaxis] * variance_rate[trait]
    return np.asarray((by_mean + by_variance).T @ requirements.weights.T)
