"""What a catalogue can and cannot tell apart: ways of asking and ways of scoring, tried on simulated people.

Every way of asking is given the same people and the same answers, so that differences between them are paired. The
baselines are a random order; a short form, fixed once by expected variance reduction over the population; and the
item that is expected to reduce the posterior variance most, which is what adaptive tests do (van der Linden 1999).
Percent-met, the share of requirements met at the estimate, is what other quizzes score by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

import numpy as np

from careerfit.engine import adaptive
from careerfit.engine.belief import Bank, Belief, Integers, estimate
from careerfit.engine.fit import Requirements, evidence
from careerfit.engine.instrument import Instrument
from careerfit.engine.kernel import Floats, interval
from careerfit.engine.simulate import People, draw_answers, draw_noise, general_people

Strategy = Literal["random", "short-form", "uncertain", "ours"]
"""Ways of asking: random order, fixed short form, most uncertain trait, `adaptive.gains`."""

STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)

BATCH = 200
"""People simulated at a time: arrays over people, items and categories stay at a few megabytes."""

LOT = 1e-9
"""SD squared: gains of the baselines that differ by less are decided by lot. Before any answer most items are equal,
and without a lot the place of a trait in the catalogue would decide how good a baseline is."""

Gain = Callable[[Belief], Floats]
"""How much is expected of each item for n respondents, [n, Q]; the largest is asked."""


def ask_in_order(bank: Bank, answers: Integers, order: Integers, lengths: Sequence[int]) -> dict[int, Belief]:
    """Return the beliefs after the first k items of an order, for every k of `lengths`.

    Args:
        bank: The items.
        answers: Answers, 0-4, to every item, [n, Q].
        order: Items in the order asked, [n, at least max(lengths)].
        lengths: Numbers of items at which to report.
    """
    given = np.take_along_axis(answers, order, axis=1)
    beliefs = {}
    for k in lengths:
        parts = [slice(start, start + BATCH) for start in range(0, len(answers), BATCH)]
        beliefs[k] = _joined([estimate(bank, order[part, :k], given[part, :k]) for part in parts])
    return beliefs


def ask_adaptively(
    bank: Bank, answers: Integers, gain: Gain, lengths: Sequence[int], batch: int = BATCH
) -> dict[int, Belief]:
    """Return the beliefs after k items, each chosen for its gain given the answers before, for every k of `lengths`.

    Between two reported lengths each answer is taken in once as it comes; at a reported length the belief is settled
    by `estimate`, and asking goes on from there. Choices are those of a quiz when every length is reported.

    Args:
        bank: The items.
        answers: Answers, 0-4, to every item, [n, Q].
        gain: What is expected of each item; equal gains go to the item that comes first.
        lengths: Numbers of items at which to report, at most Q.
        batch: How many people `gain` is shown at a time.
    """
    parts = [answers[start : start + batch] for start in range(0, len(answers), batch)]
    courses = [_course(bank, part, gain, frozenset(lengths)) for part in parts]
    return {k: _joined([course[k] for course in courses]) for k in lengths}


def expected_reduction(bank: Bank, belief: Belief) -> Floats:
    """Return how much each item is expected to take off the summed posterior variance, SD squared, [n, Q].

    Answer y takes h(y) Sigma d d' Sigma off the covariance, and E[h] = E[g^2] since the category probabilities sum
    to one; so the expected reduction of the trace is E[g^2] |Sigma d|^2.
    """
    along = belief.covariance @ bank.directions.T
    return np.asarray(adaptive.expected_square_gradient(bank, belief) * np.square(along).sum(axis=1))


def short_form(bank: Bank, length: int, rng: np.random.Generator) -> Integers:
    """Return the items of a fixed short form in order, [length].

    They are chosen once, greedily: each is the one with the largest expected variance reduction, averaged over `BATCH`
    people of the population who answered those before it.
    """
    theta = general_people(bank, BATCH, rng).theta
    answers = draw_answers(bank, theta, bank.noise, rng)

    def average(belief: Belief) -> Floats:
        gain = expected_reduction(bank, belief)
        return np.broadcast_to(gain.mean(axis=0) + LOT * rng.random(gain.shape[1]), gain.shape)

    form: Integers = ask_adaptively(bank, answers, average, (length,), batch=BATCH)[length].items[0]
    return form


def ask(
    instrument: Instrument, answers: Integers, strategy: Strategy, lengths: Sequence[int], rng: np.random.Generator
) -> dict[int, Belief]:
    """Return the beliefs of n respondents asked by `strategy`, for every number of items in `lengths`.

    Args:
        instrument: The catalogue.
        answers: Answers, 0-4, to every item, [n, Q].
        strategy: The way of asking.
        lengths: Numbers of items at which to report, at most Q.
        rng: For the random order, the people that the short form is made on, and lots.
    """
    bank = instrument.bank
    if strategy == "random":
        order = rng.permuted(np.tile(np.arange(answers.shape[1]), (len(answers), 1)), axis=1)
        return ask_in_order(bank, answers, order, lengths)
    if strategy == "short-form":
        form = short_form(bank, max(lengths), rng)
        return ask_in_order(bank, answers, np.tile(form, (len(answers), 1)), lengths)
    if strategy == "uncertain":

        def reduction(belief: Belief) -> Floats:
            gain = expected_reduction(bank, belief)
            return np.asarray(gain + LOT * rng.random(gain.shape))

        return ask_adaptively(bank, answers, reduction, lengths)
    return ask_adaptively(bank, answers, lambda belief: adaptive.gains(instrument.requirements, bank, belief), lengths)


class Outcome(NamedTuple):
    """What scores made of n people; means over people are the figures that are printed.

    Attributes:
        first: Whether the right role came first, [n], 0-1; fractions where it shares the place.
        top3: Whether it was among the first three, [n], 0-1.
        regret: Evidence at theta of the best role less that of the role put first, nats, [n].
    """

    first: Floats
    top3: Floats
    regret: Floats


def outcome(scores: Floats, right: Integers, true_evidence: Floats) -> Outcome:
    """Return what became of n people under some scores.

    Roles with equal scores share their places, as if drawn by lot: percent-met often leaves several first.

    Args:
        scores: Anything that is larger for a better role, [n, R].
        right: The role that should come first, [n].
        true_evidence: Evidence for every role at the people's theta, nats, [n, R].
    """
    its_score = np.take_along_axis(scores, right[:, np.newaxis], axis=1)
    above, level = (scores > its_score).sum(axis=1), (scores == its_score).sum(axis=1)
    leading = scores == scores.max(axis=1, keepdims=True)
    taken = (true_evidence * leading).sum(axis=1) / leading.sum(axis=1)
    return Outcome(
        first=np.clip((1 - above) / level, 0.0, 1.0),
        top3=np.clip((3 - above) / level, 0.0, 1.0),
        regret=true_evidence.max(axis=1) - taken,
    )


def percent_met(requirements: Requirements, mean: Floats) -> Floats:
    """Return the share of each role's signal weight whose interval contains the estimate [n, T]; 0-1, [n, R]."""
    estimates = mean[:, requirements.trait]
    met = (requirements.low <= estimates) & (estimates <= requirements.high)
    return np.asarray((met @ requirements.weights.T) / requirements.weights.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ways of asking and of scoring, on the same people with the same answers.

    Attributes:
        asked: By strategy and number of items, scored by evidence.
        full: All items answered, scored by evidence.
        full_percent_met: All items answered, scored by percent-met.
        known: Theta known, scored by evidence.
        known_percent_met: Theta known, scored by percent-met.
    """

    asked: Mapping[Strategy, Mapping[int, Outcome]]
    full: Outcome
    full_percent_met: Outcome
    known: Outcome
    known_percent_met: Outcome


def compare(instrument: Instrument, people: People, lengths: Sequence[int], rng: np.random.Generator) -> Comparison:
    """Return how every strategy does on people drawn for roles; lengths of the whole bank or more are left out."""
    bank, requirements = instrument.bank, instrument.requirements
    answers = draw_answers(bank, people.theta, draw_noise(bank, rng), rng)
    true_evidence = evidence(requirements, people.theta, 0.0)

    def judged(scores: Floats) -> Outcome:
        return outcome(scores, people.role, true_evidence)

    def by_evidence(belief: Belief) -> Outcome:
        return judged(evidence(requirements, belief.mean, belief.variance))

    reported = [k for k in lengths if k < answers.shape[1]]
    asked: dict[Strategy, dict[int, Outcome]] = {strategy: {} for strategy in STRATEGIES}
    for strategy in STRATEGIES if reported else ():
        beliefs = ask(instrument, answers, strategy, reported, rng)
        asked[strategy] = {k: by_evidence(belief) for k, belief in beliefs.items()}
    everything = full_bank(bank, answers)
    return Comparison(
        asked=asked,
        full=by_evidence(everything),
        full_percent_met=judged(percent_met(requirements, everything.mean)),
        known=judged(true_evidence),
        known_percent_met=judged(percent_met(requirements, people.theta)),
    )


def full_bank(bank: Bank, answers: Integers) -> Belief:
    """Return the belief of n respondents who answered every item, [n, Q]; what any way of asking comes to."""
    items = answers.shape[1]
    return ask_in_order(bank, answers, np.tile(np.arange(items), (len(answers), 1)), (items,))[items]


def _course(bank: Bank, answers: Integers, gain: Gain, lengths: frozenset[int]) -> dict[int, Belief]:
    n, longest = len(answers), max(lengths)
    rows = np.arange(n)
    items, given = np.zeros((n, longest), dtype=np.int64), np.zeros((n, longest), dtype=np.int64)
    asked = np.zeros(answers.shape, dtype=bool)
    belief = estimate(bank, items[:, :0], given[:, :0])
    reported = {}
    for place in range(longest):
        chosen = np.where(asked, -1.0, gain(belief)).argmax(axis=1)
        items[:, place], given[:, place] = chosen, answers[rows, chosen]
        asked[rows, chosen] = True
        if place + 1 in lengths:
            belief = estimate(bank, items[:, : place + 1], given[:, : place + 1])
            reported[place + 1] = belief
        else:
            belief = _with_one_more(bank, belief, chosen, given[:, place])
    return reported


def _with_one_more(bank: Bank, belief: Belief, item: Integers, response: Integers) -> Belief:
    """Return the belief moved by one more answer each; its factors stay those of the last `estimate`."""
    direction = bank.directions[item]
    along = np.einsum("nij,nj->ni", belief.covariance, direction)
    m, v = np.einsum("ni,ni->n", belief.mean, direction), np.einsum("ni,ni->n", along, direction)
    _, g, h = interval(bank.edges[item, response], bank.edges[item, response + 1], m, v, bank.noise[item])
    outer = along[:, :, np.newaxis] * along[:, np.newaxis, :]
    return replace(
        belief,
        mean=belief.mean + along * g[:, np.newaxis],
        covariance=belief.covariance - outer * h[:, np.newaxis, np.newaxis],
    )


def _joined(beliefs: Sequence[Belief]) -> Belief:
    """Return beliefs about different people as one."""
    return Belief(
        mean=np.concatenate([belief.mean for belief in beliefs]),
        covariance=np.concatenate([belief.covariance for belief in beliefs]),
        items=np.concatenate([belief.items for belief in beliefs]),
        precision=np.concatenate([belief.precision for belief in beliefs]),
        shift=np.concatenate([belief.shift for belief in beliefs]),
        log_predictive=np.concatenate([belief.log_predictive for belief in beliefs]),
    )
