"""Simulated people who sit the quiz: what it asks them, where it would stop, and what it would tell them.

Everything is asked as a quiz asks it, the belief settled after every answer, but for many people at once. What a quiz
works out from posterior draws (confidence, ties, expected regret) is worked out here from a table: the evidence of an
interval depends on one trait alone, so it is looked up between grid points instead of computed a million times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from careerfit.engine import adaptive
from careerfit.engine.belief import Belief, Integers
from careerfit.engine.evaluate import BATCH, ask_adaptively
from careerfit.engine.fit import SEED, TIE, TIE_WINDOW, TOLERANCE, Booleans, Requirements, evidence
from careerfit.engine.instrument import REGRET_DRAWS, Instrument
from careerfit.engine.kernel import Floats, log_probability

STANDARD = 24
"""Items after which sittings are compared, whatever the stopping rule says; the whole bank where it is smaller."""

EQUAL = 1e-9
"""Nats: evidence that differs by less is equal; two roles with the same signals differ by rounding alone."""

ROWS = 8_192
"""Posterior draws looked up at a time: the arrays stay at some ten megabytes."""

_REACH, _PER_SD = 8.0, 64
_GRID = np.linspace(-_REACH, _REACH, int(2 * _REACH * _PER_SD) + 1)


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """The evidence of V traits' intervals at known theta on a grid of 1/64 SD, within 1e-4 nats between its points.

    Attributes:
        trait: Traits that any role has a signal on, [V].
        values: Evidence of each one's intervals on the grid, nats, V times [1025, its intervals].
        weights: Of every interval, in the order of `values`, for every role, [U, R].
    """

    trait: Integers
    values: tuple[Floats, ...]
    weights: Floats

    @classmethod
    def of(cls, requirements: Requirements) -> EvidenceTable:
        """Return the table of a catalogue's requirements."""
        traits = np.unique(requirements.trait)
        of_trait = [np.flatnonzero(requirements.trait == trait) for trait in traits]
        values = tuple(
            log_probability(requirements.low[its], requirements.high[its], _GRID[:, np.newaxis], 0.0, TOLERANCE)
            - requirements.baseline[its]
            for its in of_trait
        )
        return cls(traits, values, np.ascontiguousarray(requirements.weights[:, np.concatenate(of_trait)].T))

    def evidence(self, theta: Floats) -> Floats:
        """Return the evidence for every role at theta [m, T], nats, [m, R]; beyond 8 SD nothing changes."""
        place = np.clip((theta[:, self.trait] + _REACH) * _PER_SD, 0.0, len(_GRID) - 1.001)
        below = place.astype(np.int64)
        part = place - below
        looked_up = np.empty((len(theta), len(self.weights)))
        column = 0
        for number, values in enumerate(self.values):
            of_trait = slice(column, column := column + values.shape[1])
            low, high = values[below[:, number]], values[below[:, number] + 1]
            looked_up[:, of_trait] = low + part[:, number, np.newaxis] * (high - low)
        return np.asarray(looked_up @ self.weights)


class Verdict(NamedTuple):
    """What the quiz would tell n people.

    Attributes:
        leader: The role put first, [n].
        confidence: Share of posterior draws in which it has the most evidence, [n], 0-1; equal roles share a draw.
        tied: Whether a role is declared tied with the leader, [n, R], by the rule of `fit.standing`.
        regret: Expected regret of taking the leader, nats, [n].
    """

    leader: Integers
    confidence: Floats
    tied: Booleans
    regret: Floats


def verdicts(instrument: Instrument, table: EvidenceTable, belief: Belief) -> Verdict:
    """Return the verdict on n respondents, from the `REGRET_DRAWS` draws that a quiz decides on."""
    expected = evidence(instrument.requirements, belief.mean, belief.variance)
    leader = expected.argmax(axis=1)
    place = (-expected).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    normals = np.random.default_rng(SEED).standard_normal((REGRET_DRAWS, belief.mean.shape[1]))
    n, roles = expected.shape
    confidence, regret, chance = np.zeros(n), np.zeros(n), np.zeros((n, roles))
    people_at_once = max(1, ROWS // REGRET_DRAWS)
    for start in range(0, n, people_at_once):
        part = slice(start, start + people_at_once)
        factor = np.linalg.cholesky(belief.covariance[part])
        theta = belief.mean[part, np.newaxis] + normals @ factor.transpose(0, 2, 1)
        drawn = table.evidence(theta.reshape(-1, theta.shape[2])).reshape(len(theta), REGRET_DRAWS, roles)
        its = np.take_along_axis(drawn, leader[part, np.newaxis, np.newaxis], axis=2)
        best = drawn.max(axis=2, keepdims=True)
        first = drawn >= best - EQUAL
        led = np.take_along_axis(first, leader[part, np.newaxis, np.newaxis], axis=2)[..., 0]
        confidence[part] = (led / first.sum(axis=2)).mean(axis=1)
        regret[part] = (best - its).mean(axis=(1, 2))
        chance[part] = ((drawn > its + EQUAL) + 0.5 * (np.abs(drawn - its) <= EQUAL)).mean(axis=1)
    return Verdict(leader, confidence, (chance >= TIE) & (place > 0) & (place <= TIE_WINDOW), regret)


class Sitting(NamedTuple):
    """What became of n people who sat the quiz.

    Attributes:
        scores: Evidence for every role by number of items asked, nats, [n, R].
        variance: Posterior variances at `STANDARD` items, [n, T].
        verdict: What it would tell them at `STANDARD` items.
        last_verdict: What it would tell them at the limit.
        length: Items asked where the stopping rule ends the quiz, [n].
        ended: Whether it ended for another reason than the limit, [n].
        asked: Share of people who were asked each item within `STANDARD`, while anything was left to ask, [Q], 0-1.
        gain: Gain of each item while unasked, as a share of the best one's; averaged over people and moments, [Q], 0-1.
        gain_error: Standard error of that, [Q].
    """

    scores: Mapping[int, Floats]
    variance: Floats
    verdict: Verdict
    last_verdict: Verdict
    length: Integers
    ended: Booleans
    asked: Floats
    gain: Floats
    gain_error: Floats


def sit(instrument: Instrument, answers: Integers, lengths: Sequence[int], limit: int) -> Sitting:
    """Return how n people fare who give these answers, 0-4, to every item, [n, Q].

    They are asked on to the `limit` (or to the end of the bank); where the stopping rule would have ended each quiz
    is noted. `lengths` are the numbers of items to report scores at; `STANDARD` always is, longer ones are left out.
    """
    table = EvidenceTable.of(instrument.requirements)
    limit = min(limit, answers.shape[1])
    reported = sorted({k for k in (*lengths, standard_length(instrument, limit)) if k <= limit})
    parts = [
        _part(instrument, table, answers[start : start + BATCH], reported, limit)
        for start in range(0, len(answers), BATCH)
    ]
    sizes = np.array([len(part.length) for part in parts])
    return Sitting(
        scores={k: np.concatenate([part.scores[k] for part in parts]) for k in reported},
        variance=np.concatenate([part.variance for part in parts]),
        verdict=_joined([part.verdict for part in parts]),
        last_verdict=_joined([part.last_verdict for part in parts]),
        length=np.concatenate([part.length for part in parts]),
        ended=np.concatenate([part.ended for part in parts]),
        asked=np.average([part.asked for part in parts], axis=0, weights=sizes),
        gain=np.average([part.gain for part in parts], axis=0, weights=sizes),
        gain_error=np.sqrt(np.sum([(part.gain_error * len(part.length)) ** 2 for part in parts], axis=0)) / sizes.sum(),
    )


def standard_length(instrument: Instrument, limit: int) -> int:
    """Return `STANDARD`, or the size of the bank or the limit where those are smaller."""
    return min(STANDARD, limit, len(instrument.bank.noise))


def standard_belief(instrument: Instrument, answers: Integers, limit: int) -> Belief:
    """Return the belief about n people after `STANDARD` items (or `limit`), of their answers to every item, [n, Q]."""
    k = standard_length(instrument, limit)
    return beliefs_after(instrument, answers, (k,))[k]


def beliefs_after(instrument: Instrument, answers: Integers, lengths: Sequence[int]) -> Mapping[int, Belief]:
    """Return the beliefs about n people after some numbers of items, of their answers to every item, [n, Q]."""
    bank, requirements = instrument.bank, instrument.requirements
    return ask_adaptively(bank, answers, lambda belief: adaptive.gains(requirements, bank, belief), lengths)


def _part(
    instrument: Instrument, table: EvidenceTable, answers: Integers, reported: Sequence[int], limit: int
) -> Sitting:
    n, size = answers.shape
    standard = standard_length(instrument, limit)
    best = np.zeros((n, limit))
    gained, chances = np.zeros((n, size)), np.zeros((n, size))

    def watched(belief: Belief) -> Floats:
        gain = adaptive.gains(instrument.requirements, instrument.bank, belief)
        unasked = np.ones(gain.shape, dtype=bool)
        np.put_along_axis(unasked, belief.items, False, axis=1)
        so_far = belief.items.shape[1]
        best[:, so_far] = np.where(unasked, gain, 0.0).max(axis=1)
        if so_far < standard:
            telling = best[:, so_far] >= adaptive.SLIGHTEST_GAIN
            share = gain[telling] / best[telling, so_far, np.newaxis]
            gained[telling] += np.where(unasked[telling], share, 0.0)
            chances[telling] += unasked[telling]
        return gain

    beliefs = ask_adaptively(instrument.bank, answers, watched, range(1, limit + 1), batch=n)
    length, ended = np.full(n, limit), np.zeros(n, dtype=bool)
    for k in range(limit + 1):
        going = np.flatnonzero(~ended)
        nothing_left = best[going, k] < adaptive.SLIGHTEST_GAIN if k < limit else np.full(len(going), k == size)
        settled = np.zeros(len(going), dtype=bool)
        if k >= adaptive.FEWEST_ITEMS and len(going):
            settled = verdicts(instrument, table, beliefs[k].of(going)).regret < adaptive.SETTLED_REGRET
        stopping = going[settled | nothing_left]
        length[stopping], ended[stopping] = k, True
    at_standard = beliefs[standard]
    mean_gain = gained.sum(axis=0) / np.maximum(chances.sum(axis=0), 1.0)
    # a ratio of two sums over people: its error is that of what each adds to the first beyond the ratio's part
    beyond = gained - mean_gain * chances
    asked = at_standard.items[best[:, :standard] >= adaptive.SLIGHTEST_GAIN]
    return Sitting(
        scores={k: evidence(instrument.requirements, beliefs[k].mean, beliefs[k].variance) for k in reported},
        variance=at_standard.variance,
        verdict=verdicts(instrument, table, at_standard),
        last_verdict=verdicts(instrument, table, beliefs[limit]),
        length=length,
        ended=ended,
        asked=np.bincount(asked, minlength=size) / n,
        gain=mean_gain,
        gain_error=np.sqrt((beyond**2).sum(axis=0)) / np.maximum(chances.sum(axis=0), 1.0),
    )


def _joined(verdicts: Sequence[Verdict]) -> Verdict:
    return Verdict(*(np.concatenate(column) for column in zip(*verdicts, strict=True)))
