"""What to ask next and why, and when to stop and why.

The next item is the one expected to shrink most the uncertainty along the directions in which the contending roles
differ: best-arm identification in linear bandits (Soare, Lazaric and Munos 2014). With p the contenders' weights, g_r
the gradient of role r's evidence in the estimate and g_bar their weighted mean, the gain of item q along d_q is

    gain = E_y[g_q(y)^2] x sum_r p_r ((g_r - g_bar)' Sigma d_q)^2

where g_q(y) is the kernel's gradient for answer y and the expectation is over the predicted answers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from careerfit.engine.belief import Bank, Belief, Integers
from careerfit.engine.fit import Booleans, Requirements, slopes
from careerfit.engine.kernel import Floats, interval

CONTENDERS = 48
"""How many roles take part in choosing the next item: with fewer, the roles that ask for what is common would decide
what the first questions are about."""

TEMPERATURE = 2.0
"""Evidence is divided by this before it weighs the contenders: early leaders must not narrow the search too soon."""

SETTLED_REGRET = 1.5
"""Expected regret, nats (6.5 decibans), below which the ranking counts as settled.

bench/calibrate.py --people 160: of people drawn for the shipped roles 69% stop before 30 items, at 23 on average, with
the right role first for .850 of them against .856 had all been asked 30 (.825 with 2.0 nats); in a general population,
most of whom suit no role particularly, 19% do. Before the first answer the expected regret is about 18 nats.
"""

FEWEST_ITEMS = 15
"""Answers needed before the ranking may count as settled.

Between 8 and 15 hardly matter to simulated people; described ones, whose answers are firmer than the model expects,
would stop earlier with their neighbours still in an order that the next few questions change.
"""

SLIGHTEST_GAIN = 1e-6
"""An item whose gain, nats squared, is below this would not change the ranking."""


class Contest(NamedTuple):
    """The roles that contend and how their evidence differs: weights [n, C], roles [n, C], contrasts [n, C, T]."""

    weight: Floats
    role: Integers
    contrast: Floats


def contest(requirements: Requirements, belief: Belief) -> Contest:
    """Return the contending roles of n respondents; `contrast` is g_r - g_bar, nats per SD."""
    evidence, gradient = slopes(requirements, belief.mean, belief.variance)
    scores = evidence / TEMPERATURE
    role = np.argsort(-scores, axis=1, kind="stable")[:, :CONTENDERS]
    top = np.take_along_axis(scores, role, axis=1)
    weight = np.exp(top - top[:, :1])
    weight /= weight.sum(axis=1, keepdims=True)
    gradient = np.take_along_axis(gradient, role[:, :, np.newaxis], axis=1)
    return Contest(weight, role, gradient - (weight[:, np.newaxis, :] @ gradient))


def expected_square_gradient(bank: Bank, belief: Belief) -> Floats:
    """Return E_y[g_q(y)^2] of every item for n respondents, [n, Q]: how much an answer is expected to tell."""
    along = belief.mean @ bank.directions.T
    spread = np.einsum("qi,nij,qj->nq", bank.directions, belief.covariance, bank.directions, optimize=True)
    answer = interval(
        bank.edges[:, :-1],
        bank.edges[:, 1:],
        along[..., np.newaxis],
        spread[..., np.newaxis],
        bank.noise[:, np.newaxis],
    )
    return np.asarray((np.exp(answer.log_z) * answer.g**2).sum(axis=-1))


def gains(requirements: Requirements, bank: Bank, belief: Belief) -> Floats:
    """Return the gain of every item for n respondents, nats squared, [n, Q]; asked items are not left out."""
    return _gains(contest(requirements, belief), bank, belief)


def _gains(contenders: Contest, bank: Bank, belief: Belief) -> Floats:
    covaried = contenders.contrast @ belief.covariance @ bank.directions.T
    separation = np.einsum("nc,ncq->nq", contenders.weight, covaried**2)
    return np.asarray(expected_square_gradient(bank, belief) * separation)


class Choice(NamedTuple):
    """The next item, its gain (nats squared), and the contenders its answers pull apart.

    `speaks_for` are roles that a high answer lifts, `speaks_against` roles that a low answer lifts, at most two each,
    strongest first.
    """

    item: int
    gain: float
    speaks_for: tuple[int, ...]
    speaks_against: tuple[int, ...]


def choose(requirements: Requirements, bank: Bank, belief: Belief, asked: Booleans) -> Choice | None:
    """Return the best unasked item for the first respondent, or None when none would change the ranking.

    `asked` marks items already asked, [Q]; equal gains go to the item that comes first in the catalogue.
    """
    contenders = contest(requirements, belief)
    gain = np.where(asked, -1.0, _gains(contenders, bank, belief)[0])
    item = int(np.argmax(gain))
    if gain[item] < SLIGHTEST_GAIN:
        return None
    pull = contenders.weight[0] * (contenders.contrast[0] @ belief.covariance[0] @ bank.directions[item])
    order = np.argsort(pull, kind="stable")
    roles = contenders.role[0]
    return Choice(
        item=item,
        gain=float(gain[item]),
        speaks_for=tuple(int(roles[i]) for i in order[::-1][:2] if pull[i] > 0),
        speaks_against=tuple(int(roles[i]) for i in order[:2] if pull[i] < 0),
    )


def is_settled(regret: float, answered: int) -> bool:
    """Return whether asking on would hardly change the leader: enough answers, and expected regret (nats) small."""
    return answered >= FEWEST_ITEMS and regret < SETTLED_REGRET
