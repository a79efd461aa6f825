"""What would change a ranking: a trait moved, an answer given differently, a question not yet asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from careerfit.engine.adaptive import expected_square_gradient
from careerfit.engine.belief import MISSING, Bank, Belief, Integers, estimate
from careerfit.engine.fit import TOLERANCE, Booleans, Requirements, evidence, interval_evidence, slopes
from careerfit.engine.kernel import Floats, expected_log_probability
from careerfit.model import CATEGORIES

PROBED = 24
"""Answers tried one category up and down: those that would pull a role most from its neighbours in the ranking."""

NEIGHBOURS = 5
"""Places above and below a role that count as its neighbourhood."""


REACH = 3.0
"""Moves of an estimate are tried up to this many SD."""


def places(evidences: Floats) -> Integers:
    """Return the place of every role, 1 for the most evidence; equal ones by place in the catalogue. [..., R]."""
    order = np.argsort(-evidences, axis=-1, kind="stable")
    return np.asarray(np.argsort(order, axis=-1, kind="stable") + 1)


def moves_within(reach: float = REACH) -> Floats:
    """Return moves of an estimate by hundredths of an SD, the smallest first, upwards before downwards."""
    steps = np.arange(1, round(reach * 100) + 1) / 100.0
    return np.stack([steps, -steps], axis=1).ravel()


def moved_evidence(requirements: Requirements, belief: Belief, trait: int, moves: Floats) -> Floats:
    """Return every role's evidence after moving the first respondent's estimate of one trait, nats, [moves, R].

    `moves` is in SD, [moves]; everything else about the belief stays as it is.
    """
    own = requirements.trait == trait
    shares = interval_evidence(requirements, belief.mean[0], belief.variance[0])
    log_z = expected_log_probability(
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


class Move(NamedTuple):
    """A change in one trait (index, SD), and the place of every role after it, [R]."""

    trait: int
    change: float
    places: Integers


def smallest_move(
    requirements: Requirements, belief: Belief, role: int, wanted: Callable[[Integers], Booleans]
) -> Move | None:
    """Return the smallest move of one estimate, everything else equal, that takes a role to a wanted place.

    `wanted` says of an array of places which of them are; moves up to `REACH` SD are tried, to a hundredth of an
    SD. None when no single trait does it.
    """
    moves = moves_within()
    best: Move | None = None
    for trait in range(belief.mean.shape[1]):
        after = places(moved_evidence(requirements, belief, trait, moves))
        there = np.flatnonzero(wanted(after[:, role]))
        if there.size and (best is None or abs(moves[there[0]]) < abs(best.change)):
            best = Move(trait, float(moves[there[0]]), after[there[0]])
    return best


class OtherAnswer(NamedTuple):
    """One answer given differently: its row among the responses, the category instead, and every role's evidence then.

    Evidence is in nats, [R].
    """

    row: int
    category: int
    evidence: Floats


def other_answers(
    requirements: Requirements, bank: Bank, belief: Belief, responses: Integers, role: int
) -> list[OtherAnswer]:
    """Return what each answer of the first respondent would do, were it one category higher or lower.

    The belief is estimated afresh for each. At most `PROBED` answers are tried, in the order given.

    Args:
        requirements: The roles.
        bank: The items.
        belief: What the responses say.
        responses: Categories 0-4, or `MISSING`, [1, K].
        role: The role in whose neighbourhood the answers have to tell.
    """
    given = np.flatnonzero(responses[0] != MISSING)
    pull = _pull(requirements, bank, belief, role)
    tried = np.sort(given[np.argsort(-pull[given], kind="stable")[:PROBED]])
    others = [
        (int(row), category)
        for row in tried
        for category in (int(responses[0, row]) - 1, int(responses[0, row]) + 1)
        if 0 <= category < CATEGORIES
    ]
    if not others:
        return []
    changed = np.repeat(responses, len(others), axis=0)
    for number, (row, category) in enumerate(others):
        changed[number, row] = category
    after = estimate(bank, np.repeat(belief.items[:1], len(others), axis=0), changed)
    evidences = evidence(requirements, after.mean, after.variance)
    return [OtherAnswer(row, category, evidences[number]) for number, (row, category) in enumerate(others)]


def _pull(requirements: Requirements, bank: Bank, belief: Belief, role: int) -> Floats:
    """Return how far moving each answer would pull a role from one of its neighbours, to first order, [K].

    An answer one category off shifts its factor by about its precision times the distance of two thresholds.
    """
    now = slopes(requirements, belief.mean, belief.variance)
    gradient, place = now.gradient[0], places(now.evidence[0])
    near = np.abs(place - place[role]) <= NEIGHBOURS
    effect = (gradient[near] - gradient[role]) @ belief.covariance[0] @ bank.directions[belief.items[0]].T
    return np.asarray(np.abs(effect).max(axis=0) * belief.precision[0])


def narrowing(bank: Bank, belief: Belief, direction: Floats) -> Floats:
    """Return by which share an answer to each item is expected to shrink a variance, 0-1, [Q].

    The variance is that of direction . theta, for a direction [T] in which the first respondent's evidence changes:
    before c' Sigma c, and less by E_y[g_q(y)^2] (c' Sigma d_q)^2 after item q, the variance of the estimate to come.
    """
    along = belief.covariance[0] @ direction
    variance = float(direction @ along)
    if variance <= 0.0:
        return np.zeros(len(bank.directions))
    return np.asarray(expected_square_gradient(bank, belief)[0] * np.square(bank.directions @ along) / variance)


def role_direction(requirements: Requirements, belief: Belief, role: int, other: int | None = None) -> Floats:
    """Return the gradient of a role's evidence, or of its lead over another, in the estimate, nats per SD, [T]."""
    gradient = slopes(requirements, belief.mean, belief.variance).gradient[0]
    return np.asarray(gradient[role] if other is None else gradient[role] - gradient[other])
