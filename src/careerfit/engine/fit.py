"""How well each role fits a belief about a person: evidence, its shares, match, confidence, ties, influence.

A signal asks that a trait lies in an interval, with a tolerance. The evidence of a role is the sum over its signals of
weight x [log Z at the respondent's estimate - log Z in the population]: how much likelier this person is than anyone
to be what the role asks for. That is I. J. Good's weight of evidence (Good 1950), so it adds up: each signal's share
is the explanation. An unfit signal is the same interval turned round. Inside the engine evidence is in nats.
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
    """Return log Z less its baseline for every interval, nats, [..., U]; `mean` and `variance` are [..., T]."""
    if not isinstance(variance, float):
        variance = variance[..., requirements.trait]
    log_z = kernel.log_probability(
        requirements.low, requirements.high, mean[..., requirements.trait], variance, TOLERANCE
    )
    return np.asarray(log_z - requirements.baseline)


def evidence(requirements: Requirements, mean: Floats, variance: Floats | float) -> Floats:
    """Return the evidence for every role, nats, [..., R]; `mean` and `variance` (or 0.0) are [..., T]."""
    return np.asarray(interval_evidence(requirements, mean, variance) @ requirements.weights.T)


def gradient(requirements: Requirements, mean: Floats, variance: Floats) -> Floats:
    """Return the derivative of every role's evidence in the estimate, nats per SD, [n, R, T]; arguments are [n, T]."""
    trait = requirements.trait
    g = kernel.interval(requirements.low, requirements.high, mean[:, trait], variance[:, trait], TOLERANCE).g
    by_trait = np.zeros((len(trait), mean.shape[1]))
    by_trait[np.arange(len(trait)), trait] = 1.0
    return np.asarray((g[:, np.newaxis, :] * requirements.weights) @ by_trait)


class SignalView(NamedTuple):
    """Every signal against one respondent: evidence (nats) and probability of what the role asks for, both [S]."""

    evidence: Floats
    probability: Floats


def signal_view(requirements: Requirements, belief: Belief) -> SignalView:
    """Return each signal's share of its role's evidence, and the probability that the person is what it asks for.

    The shares of a role sum to its evidence. The probability is Z at the estimate, with the signal's tolerance.
    """
    share = interval_evidence(requirements, belief.mean[0], belief.variance[0])
    probability = np.exp(share + requirements.baseline)
    return SignalView(share[requirements.interval] * requirements.weight, probability[requirements.interval])


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
        evidence: At the estimate, nats, [R].
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
    at_estimate = evidence(requirements, belief.mean[0], belief.variance[0])
    order = np.argsort(-at_estimate, kind="stable")
    drawn = evidence(requirements, posterior_draws(belief, rng, draws), 0.0)
    firsts = drawn == drawn.max(axis=1, keepdims=True)
    third = np.partition(drawn, -min(3, len(order)), axis=1)[:, [-min(3, len(order))]]
    return Standing(
        evidence=at_estimate,
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


def moved_evidence(requirements: Requirements, belief: Belief, trait: int, moves: Floats) -> Floats:
    """Return every role's evidence after moving the first respondent's estimate of one trait, nats, [moves, R].

    `moves` is in SD, [moves]; everything else about the belief stays as it is.
    """
    own = requirements.trait == trait
    shares = interval_evidence(requirements, belief.mean[0], belief.variance[0])
    log_z = kernel.log_probability(
        requirements.low[own],
        requirements.high[own],
        (belief.mean[0, trait] + moves)[:, np.newaxis],
        belief.variance[0, trait],
        TOLERANCE,
    )
    moved = (log_z - requirements.baseline[own]) @ requirements.weights[:, own].T
    return np.asarray(moved + shares[~own] @ requirements.weights[:, ~own].T)


class Swap(NamedTuple):
    """The smallest change in one trait that puts a role level with the one above it: trait index, change in SD."""

    trait: int
    change: float


REACH = 3.0
"""Moves of an estimate are tried up to this many SD."""


def moves_within(reach: float = REACH) -> Floats:
    """Return moves of an estimate by hundredths of an SD, the smallest first, upwards before downwards."""
    steps = np.arange(1, round(reach * 100) + 1) / 100.0
    return np.stack([steps, -steps], axis=1).ravel()


def smallest_swap(
    requirements: Requirements, belief: Belief, upper: int, lower: int, reach: float = REACH
) -> Swap | None:
    """Return the smallest move of one estimate, everything else equal, that lifts role `lower` to role `upper`.

    Moves up to `reach` SD are tried, to a hundredth of an SD; None when no single trait does it.
    """
    moves = moves_within(reach)
    best: Swap | None = None
    for trait in range(belief.mean.shape[1]):
        moved = moved_evidence(requirements, belief, trait, moves)
        swapped = np.flatnonzero(moved[:, upper] <= moved[:, lower])
        if swapped.size and (best is None or abs(moves[swapped[0]]) < abs(best.change)):
            best = Swap(trait, float(moves[swapped[0]]))
    return best
