"""How well each role fits a belief about a person: evidence, its shares, match, confidence, ties, influence.

A signal asks that a trait lies in an interval, with a tolerance. At known traits the evidence of a role is the sum over
its signals of weight x [log Z of the person - log Z in the population]: how much likelier this person is than anyone
to be what the role asks for. That is I. J. Good's weight of evidence (Good 1950), so it adds up: each signal's share
is the explanation. An unfit signal is the same interval turned round. Inside the engine evidence is in nats.

Traits are never known, so what is reported is the evidence to be expected: its mean over the respondent's posterior.
To rank by it is to take the role with the least expected regret, and it is what later answers leave unchanged on
average. Log Z bends downwards, so what is not known counts against a role, the more the rarer what it asks for
(Jensen). The log of the expected Z would give every unknown requirement 0 instead, and put roles high of which
little is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from careerfit.engine import kernel
from careerfit.engine.belief import Bank, Belief, Integers, without_each_response
from careerfit.engine.kernel import Floats
from careerfit.model import Catalogue, Signal, SignalKind

Booleans = NDArray[np.bool_]

TOLERANCE = 0.8
"""Softness of every signal's interval, in SD of the trait: no single unmet signal may veto a role."""

POPULATION_SIZE = 2_000
"""Simulated people whose evidence makes the scale of `match`."""

DRAWS = 1_000
"""Draws from a respondent's posterior for match, confidence, ties and regret."""

TIE = 1 / 3
"""Two roles are tied when the posterior gives the lower one at least this chance of really being the better one."""

TIE_WINDOW = 10
"""Roles further apart in the ranking than this are not compared for ties."""

DECIBANS = 10.0 / math.log(10.0)
"""Decibans in a nat: 10 decibans are ten times likelier."""

SEED = 20261121
"""Seed of the program's own draws, so that the same answers always give the same result."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """The signals of a catalogue's roles as arrays: R roles, S signals, U different intervals of traits.

    Attributes:
        trait: Trait of each interval, [U].
        low: Lower bounds, theta, [U]; may be minus infinity.
        high: Upper bounds, theta, [U]; may be infinity.
        baseline: log Z of each interval in the population N(0, 1), nats, [U].
        weights: Summed signal weights of role r on interval u, [R, U].
        signals: The signals as written, fit before unfit, role by role, [S].
        kinds: "fit" or "unfit", [S].
        role: Role of each signal, [S].
        interval: Interval of each signal, [S].
        weight: Weight of each signal, [S].
    """

    roles: tuple[str, ...]
    trait: Integers
    low: Floats
    high: Floats
    baseline: Floats
    weights: Floats
    signals: tuple[Signal, ...]
    kinds: tuple[SignalKind, ...]
    role: Integers
    interval: Integers
    weight: Floats


def compile_requirements(catalogue: Catalogue) -> Requirements:
    """Return the roles of a catalogue as arrays; equal intervals of a trait are computed once for all roles."""
    trait_index = {trait.id: index for index, trait in enumerate(catalogue.traits)}
    intervals: dict[tuple[int, float, float], int] = {}
    signals, kinds, role, interval = [], [], [], []
    for row, entry in enumerate(catalogue.roles):
        groups: tuple[tuple[SignalKind, tuple[Signal, ...]], ...] = (("fit", entry.fit), ("unfit", entry.unfit))
        for kind, group in groups:
            for signal in group:
                low, high = signal.interval
                if kind == "unfit":
                    low, high = (high, np.inf) if np.isinf(low) else (-np.inf, low)
                key = (trait_index[signal.trait], low, high)
                signals.append(signal)
                kinds.append(kind)
                role.append(row)
                interval.append(intervals.setdefault(key, len(intervals)))
    trait, low_bounds, high_bounds = (np.array(column) for column in zip(*intervals, strict=True))
    weight = np.array([signal.weight for signal in signals])
    weights = np.zeros((len(catalogue.roles), len(intervals)))
    np.add.at(weights, (np.array(role), np.array(interval)), weight)
    return Requirements(
        roles=tuple(entry.id for entry in catalogue.roles),
        trait=trait,
        low=low_bounds,
        high=high_bounds,
        baseline=kernel.log_probability(low_bounds, high_bounds, 0.0, 1.0, TOLERANCE),
        weights=weights,
        signals=tuple(signals),
        kinds=tuple(kinds),
        role=np.array(role),
        interval=np.array(interval),
        weight=weight,
    )


def interval_evidence(requirements: Requirements, mean: Floats, variance: Floats | float) -> Floats:
    """Return the expected evidence of every interval, nats, [..., U]; `mean` and `variance` are [..., T].

    E[log Z(theta)] less the baseline, theta ~ N(mean, variance); at known traits `variance` is 0.0.
    """
    mean = mean[..., requirements.trait]
    if isinstance(variance, float):
        log_z = kernel.log_probability(requirements.low, requirements.high, mean, variance, TOLERANCE)
    else:
        variance = variance[..., requirements.trait]
        log_z = kernel.expected_log_probability(requirements.low, requirements.high, mean, variance, TOLERANCE)
    return np.asarray(log_z - requirements.baseline)


def evidence(requirements: Requirements, mean: Floats, variance: Floats | float) -> Floats:
    """Return the expected evidence for every role, nats, [..., R]; `mean` and `variance` (or 0.0) are [..., T]."""
    return np.asarray(interval_evidence(requirements, mean, variance) @ requirements.weights.T)


class Slopes(NamedTuple):
    """Evidence of every role, nats, [n, R], and its derivative in the estimate, nats per SD, [n, R, T]."""

    evidence: Floats
    gradient: Floats


def slopes(requirements: Requirements, mean: Floats, variance: Floats) -> Slopes:
    """Return the evidence for every role and how it changes with the estimate; arguments are [n, T]."""
    trait = requirements.trait
    at = kernel.expected(requirements.low, requirements.high, mean[:, trait], variance[:, trait], TOLERANCE)
    by_trait = np.zeros((len(trait), mean.shape[1]))
    by_trait[np.arange(len(trait)), trait] = 1.0
    return Slopes(
        evidence=np.asarray((at.log_z - requirements.baseline) @ requirements.weights.T),
        gradient=np.asarray((at.by_mean[:, np.newaxis, :] * requirements.weights) @ by_trait),
    )


class SignalView(NamedTuple):
    """Every signal against one respondent, all [S].

    Attributes:
        evidence: Its share of the role's expected evidence, nats; the shares of a role sum to it.
        probability: Probability that the person is what the role asks for, with the signal's tolerance: E[Z], 0-1.
        usual: The same of anyone in the population, 0-1.
    """

    evidence: Floats
    probability: Floats
    usual: Floats


def signal_view(requirements: Requirements, belief: Belief) -> SignalView:
    """Return how every signal stands for the first respondent."""
    mean, variance = belief.mean[0], belief.variance[0]
    trait, interval = requirements.trait, requirements.interval
    log_z = kernel.log_probability(requirements.low, requirements.high, mean[trait], variance[trait], TOLERANCE)
    return SignalView(
        evidence=interval_evidence(requirements, mean, variance)[interval] * requirements.weight,
        probability=np.exp(log_z)[interval],
        usual=np.exp(requirements.baseline)[interval],
    )


def influence(requirements: Requirements, bank: Bank, belief: Belief) -> Floats:
    """Return what each response adds to each signal's evidence, nats, [K, S]: with it, less without it."""
    means, variances = without_each_response(bank, belief)
    with_all = interval_evidence(requirements, belief.mean[0], belief.variance[0])
    change = with_all - interval_evidence(requirements, means, variances)
    return change[:, requirements.interval] * requirements.weight


def posterior_draws(belief: Belief, rng: np.random.Generator, draws: int = DRAWS) -> Floats:
    """Return draws of theta from the first respondent's posterior, [draws, T]."""
    factor = np.linalg.cholesky(belief.covariance[0])
    return np.asarray(belief.mean[0] + rng.standard_normal((draws, len(factor))) @ factor.T)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the roles stand for one respondent.

    Attributes:
        evidence: Expected over the posterior, nats, [R].
        order: Roles from most evidence to least; equal ones by place in the catalogue, [R].
        first: Share of posterior draws in which each role has the most evidence, [R]; equal roles share a draw.
        top3: Share in which it is among the first three, [R]; equal roles are all among them.
        tied: Whether the lower of two roles has a chance of at least `TIE` to be the better one, [R, R], symmetric;
            looked at for roles up to `TIE_WINDOW` places apart.
        regret: Expected regret of taking the leader, nats: the best role's evidence less the leader's, over draws.
        drawn: Evidence of every role in every draw, nats, [draws, R].
    """

    evidence: Floats
    order: Integers
    first: Floats
    top3: Floats
    tied: Booleans
    regret: float
    drawn: Floats


def standing(requirements: Requirements, belief: Belief, rng: np.random.Generator, draws: int = DRAWS) -> Standing:
    """Return where the roles stand for the first respondent of a belief."""
    expected = evidence(requirements, belief.mean[0], belief.variance[0])
    order = np.argsort(-expected, kind="stable")
    drawn = evidence(requirements, posterior_draws(belief, rng, draws), 0.0)
    firsts = drawn == drawn.max(axis=1, keepdims=True)
    third = np.partition(drawn, -min(3, len(order)), axis=1)[:, [-min(3, len(order))]]
    return Standing(
        evidence=expected,
        order=order,
        first=(firsts / firsts.sum(axis=1, keepdims=True)).mean(axis=0),
        top3=(drawn >= third).mean(axis=0),
        tied=_ties(order, drawn),
        regret=_regret(drawn, int(order[0])),
        drawn=drawn,
    )


def expected_regret(requirements: Requirements, belief: Belief, rng: np.random.Generator, draws: int) -> float:
    """Return `Standing.regret` alone, nats: what it takes to decide whether to ask on."""
    leader = int(np.argmax(evidence(requirements, belief.mean[0], belief.variance[0])))
    return _regret(evidence(requirements, posterior_draws(belief, rng, draws), 0.0), leader)


def _regret(drawn: Floats, leader: int) -> float:
    return float((drawn.max(axis=1) - drawn[:, leader]).mean())


def _ties(order: Integers, drawn: Floats) -> Booleans:
    tied = np.zeros((len(order), len(order)), dtype=bool)
    for apart in range(1, min(TIE_WINDOW, len(order) - 1) + 1):
        upper, lower = order[:-apart], order[apart:]
        lead = drawn[:, lower] - drawn[:, upper]
        chance = (lead > 0).mean(axis=0) + 0.5 * (lead == 0).mean(axis=0)
        tied[upper, lower] = tied[lower, upper] = chance >= TIE
    return tied


def population_evidence(requirements: Requirements, prior: Floats, rng: np.random.Generator) -> Floats:
    """Return the sorted evidence of simulated people for every role, nats, [POPULATION_SIZE, R]."""
    factor = np.linalg.cholesky(prior)
    theta = rng.standard_normal((POPULATION_SIZE, len(factor))) @ factor.T
    return np.sort(evidence(requirements, theta, 0.0), axis=0)


def match(population: Floats, drawn: Floats) -> Floats:
    """Return each role's match, 0-100, [R]: the share of `population` with less evidence, averaged over draws."""
    share = [np.searchsorted(population[:, role], drawn[:, role]).mean() for role in range(drawn.shape[1])]
    return np.asarray(share) * (100.0 / len(population))
