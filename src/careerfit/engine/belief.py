"""What responses say about the traits: expectation propagation on a multivariate normal.

theta ~ N(0, R) in the population. A response to item q says that the quantity d_q . theta, seen through the item's
noise, lies between two of its thresholds: the graded response model in its normal-ogive form (Samejima 1969), and for
graded pairs the model of Brown and Maydeu-Olivares (2018), where d_q is right less left. Each response is replaced by
a normal factor in d_q . theta that has the same first two moments in the company of all the others; sweeping over the
responses until nothing moves gives the belief (Minka 2001; Chu and Ghahramani 2005). A missing response is no factor
at all: it leaves the uncertainty where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from careerfit.engine.kernel import Floats, interval
from careerfit.model import Catalogue

Integers = NDArray[np.int64]

MISSING = -1
"""Marks a response that was not given, in arrays of responses."""

SETTLED = 1e-12
"""A sweep that moves no estimate by more than this many SD is the last."""

SWEEPS = 100
"""Upper bound on sweeps; 30 responses on 28 traits take about a dozen."""


@dataclass(frozen=True, slots=True)
class Bank:
    """The items of a catalogue as arrays: Q items over T traits.

    Attributes:
        prior: Correlations of the traits in the population, [T, T].
        directions: What each item looks along, scaled to length 1, [Q, T].
        edges: Bounds of the five categories, outer ones infinite, in SD of that quantity, [Q, 6].
        noise: 1 / discrimination of each item, [Q].
    """

    trait_index: dict[str, int]
    item_index: dict[str, int]
    prior: Floats
    directions: Floats
    edges: Floats
    noise: Floats


@dataclass(frozen=True, slots=True)
class Belief:
    """What is known about the traits of n respondents after K responses each.

    Attributes:
        mean: Estimates of theta, [n, T], in SD of the population.
        covariance: Their posterior covariance, [n, T, T].
        items: Index into the bank of each response, [n, K].
        precision: Precision of each response's normal factor, [n, K]; 0 where missing.
        shift: Its precision-weighted mean, [n, K]; 0 where missing.
        log_predictive: log probability of each response before it was taken in, in the order given, [n, K]; 0 where
            missing.
    """

    mean: Floats
    covariance: Floats
    items: Integers
    precision: Floats
    shift: Floats
    log_predictive: Floats

    @property
    def variance(self) -> Floats:
        """Posterior variances, [n, T]."""
        return np.diagonal(self.covariance, axis1=1, axis2=2)

    @property
    def standard_error(self) -> Floats:
        """Posterior standard deviations, [n, T]."""
        return np.sqrt(self.variance)

    def of(self, people: Integers | slice) -> Belief:
        """Return the belief about some of the respondents."""
        return Belief(
            mean=self.mean[people],
            covariance=self.covariance[people],
            items=self.items[people],
            precision=self.precision[people],
            shift=self.shift[people],
            log_predictive=self.log_predictive[people],
        )


def compile_bank(catalogue: Catalogue) -> Bank:
    """Return the items and the population's correlations of a catalogue as arrays."""
    trait_index = {trait.id: index for index, trait in enumerate(catalogue.traits)}
    prior = np.eye(len(trait_index))
    for trait in catalogue.traits:
        for other, correlation in trait.correlates.items():
            i, j = trait_index[trait.id], trait_index[other]
            prior[i, j] = prior[j, i] = correlation
    directions = np.zeros((len(catalogue.items), len(trait_index)))
    for row, item in enumerate(catalogue.items):
        for trait_id, weight in item.weights.items():
            directions[row, trait_index[trait_id]] = weight
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return Bank(
        trait_index=trait_index,
        item_index={item.id: index for index, item in enumerate(catalogue.items)},
        prior=prior,
        directions=directions,
        edges=np.array([[-np.inf, *item.thresholds, np.inf] for item in catalogue.items]),
        noise=np.array([1.0 / item.discrimination for item in catalogue.items]),
    )


def estimate(bank: Bank, items: Integers, responses: Integers) -> Belief:
    """Return the belief of n respondents from their responses.

    Args:
        bank: The items.
        items: Index into the bank of each response, [n, K].
        responses: Categories 0-4, or `MISSING`, [n, K].

    The order of the responses has no influence on mean and covariance (beyond 1e-9); `log_predictive` follows it.
    """
    n, k = items.shape
    given = responses != MISSING
    category = np.where(given, responses, 0)
    low, high = bank.edges[items, category], bank.edges[items, category + 1]
    mean = np.zeros((n, len(bank.prior)))
    covariance = np.repeat(bank.prior[np.newaxis], n, axis=0)
    precision, shift, log_predictive = np.zeros((n, k)), np.zeros((n, k)), np.zeros((n, k))
    for sweep in range(SWEEPS):
        before = mean.copy()
        for j in range(k):
            direction = bank.directions[items[:, j]]
            along = np.einsum("nij,nj->ni", covariance, direction)
            m, v = np.einsum("ni,ni->n", mean, direction), np.einsum("ni,ni->n", along, direction)
            cavity_v = 1.0 / (1.0 / v - precision[:, j])
            cavity_m = cavity_v * (m / v - shift[:, j])
            log_z, g, h = interval(low[:, j], high[:, j], cavity_m, cavity_v, bank.noise[items[:, j]])
            narrowed = 1.0 - cavity_v * h
            more_precision = np.where(given[:, j], h / narrowed - precision[:, j], 0.0)
            more_shift = np.where(given[:, j], (g + cavity_m * h) / narrowed - shift[:, j], 0.0)
            precision[:, j] += more_precision
            shift[:, j] += more_shift
            mean, covariance = _update(mean, covariance, along, m, v, more_precision, more_shift)
            if sweep == 0:
                log_predictive[:, j] = np.where(given[:, j], log_z, 0.0)
        if np.max(np.abs(mean - before), initial=0.0) < SETTLED:
            break
    return Belief(mean, covariance, items, precision, shift, log_predictive)


def without_each_response(bank: Bank, belief: Belief) -> tuple[Floats, Floats]:
    """Return the first respondent's estimates with one response taken out at a time: means [K, T], variances [K, T].

    The response's own factor is divided out of the posterior; the others stay as they are (the cavity, not a refit).
    """
    direction = bank.directions[belief.items[0]]
    along = direction @ belief.covariance[0]
    m, v = direction @ belief.mean[0], np.einsum("ki,ki->k", along, direction)
    k = len(direction)
    means, covariances = _update(
        np.repeat(belief.mean, k, axis=0),
        np.repeat(belief.covariance, k, axis=0),
        along,
        m,
        v,
        -belief.precision[0],
        -belief.shift[0],
    )
    return means, np.diagonal(covariances, axis1=1, axis2=2)


def category_probabilities(bank: Bank, theta: Floats, noise: Floats | None = None) -> Floats:
    """Return the probability of each category of each item for people at theta [n, T]: [n, Q, 5].

    `noise` (1 / discrimination, [Q]) replaces the bank's when given.
    """
    along = theta @ bank.directions.T
    tolerance = (bank.noise if noise is None else noise)[np.newaxis, :, np.newaxis]
    kernel = interval(bank.edges[:, :-1], bank.edges[:, 1:], along[..., np.newaxis], 0.0, tolerance)
    return np.asarray(np.exp(kernel.log_z))


def _update(
    mean: Floats, covariance: Floats, along: Floats, m: Floats, v: Floats, more_precision: Floats, more_shift: Floats
) -> tuple[Floats, Floats]:
    """Multiply each posterior by a normal factor in one direction (Sherman and Morrison 1950)."""
    scale = 1.0 / (1.0 + more_precision * v)
    mean = mean + along * (scale * (more_shift - more_precision * m))[:, np.newaxis]
    outer = along[:, :, np.newaxis] * along[:, np.newaxis, :]
    return mean, covariance - (scale * more_precision)[:, np.newaxis, np.newaxis] * outer
