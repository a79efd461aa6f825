"""What a catalogue can and cannot do, in figures: the contents of `careerfit catalogue evaluate`.

Five groups of simulated people (careerfit.engine.simulate) are used, each with its own answers:

1. people drawn for the roles in turn, who sit the quiz;
2. the same people once more, with new answers and newly drawn discriminations: the second take;
3. twice as many new people drawn for the roles, on whom pairs of roles are counted, together with 1 and 2;
4. twice as many people of the general population, for who is put first and whether stated confidence is true;
5. people who answer nothing and whose theta is known, which shows what no question could mend. Each role's hardest
   neighbour is chosen on them too (`separation.likely_scores`): chosen on the people it is then counted on, the worst
   of many neighbours would look worse than it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from careerfit.engine.appraisal import Appraisal, Bin, Hit, ItemFigures, Length, RoleFigures, Takes, TraitFigures
from careerfit.engine.belief import Integers
from careerfit.engine.evaluate import full_bank, outcome
from careerfit.engine.fit import Requirements, evidence, interval_evidence
from careerfit.engine.instrument import Instrument
from careerfit.engine.kernel import Floats
from careerfit.engine.sampling import spread_error, standard_error
from careerfit.engine.separation import Pair, hardest, likely_scores, separation, splitting
from careerfit.engine.simulate import DISCRIMINATIONS, draw_answers, draw_noise, general_people, people_of_roles
from careerfit.engine.sitting import (
    EQUAL,
    EvidenceTable,
    Sitting,
    Verdict,
    beliefs_after,
    sit,
    standard_belief,
    standard_length,
    verdicts,
)

NoiseLevel = Literal["low", "usual", "high"]
NOISE: dict[NoiseLevel, tuple[float, float]] = {"low": (1.2, 2.0), "usual": DISCRIMINATIONS, "high": (0.5, 1.0)}
"""Range of the items' true discriminations, per SD, normal-ogive: how firmly people answer."""

LENGTHS = (12, 16, 20, 24, 30)
"""Numbers of items at which hits are counted."""

FEWEST_OF_A_ROLE = 4
"""People drawn for each role at the least."""

KNOWN_PEOPLE = 200
"""People of each role whose theta is known; of the population as many for each role, 5,000 at the least."""

BINS = 5
"""Bins of stated confidence."""

Step = Literal["first take", "second take", "pairs", "population", "whole bank"]
"""What `appraise` tells that it begins, in this order."""


def appraise(
    instrument: Instrument,
    people: int,
    discriminations: tuple[float, float],
    limit: int,
    rng: np.random.Generator,
    tell: Callable[[Step], None] = lambda step: None,
) -> Appraisal:
    """Return what a catalogue can do, tried on simulated people.

    Args:
        instrument: The catalogue.
        people: How many to draw for the roles; at least `FEWEST_OF_A_ROLE` for each are.
        discriminations: Range of the items' true discriminations, per SD, both above 0.
        limit: Items a quiz asks at most.
        rng: Source of randomness.
        tell: Is called with each step as it begins.
    """
    bank, requirements = instrument.bank, instrument.requirements
    roles, traits = len(requirements.roles), len(bank.prior)
    people = max(people, FEWEST_OF_A_ROLE * roles)
    one, two, three, four, five = rng.spawn(5)

    def answered(theta: Floats, source: np.random.Generator) -> Integers:
        return draw_answers(bank, theta, draw_noise(bank, source, discriminations), source)

    tell("first take")
    drawn = people_of_roles(requirements, traits, people, one)
    answers = answered(drawn.theta, one)
    standard, longest = standard_length(instrument, limit), min(limit, len(bank.noise))
    first = sit(instrument, answers, (*LENGTHS, longest), limit)
    tell("second take")
    table = EvidenceTable.of(requirements)
    again = beliefs_after(instrument, answered(drawn.theta, two), sorted({standard, longest}))
    second_scores, last_scores = (evidence(requirements, again[k].mean, again[k].variance) for k in (standard, longest))
    tell("pairs")
    others = people_of_roles(requirements, traits, 2 * people, three)
    belief = standard_belief(instrument, answered(others.theta, three), limit)
    known = people_of_roles(requirements, traits, KNOWN_PEOPLE * roles, five)
    at_theta = interval_evidence(requirements, known.theta, 0.0)
    guessed = likely_scores(requirements, known.theta, _by_role(first.variance, drawn.role)[known.role], five)
    neighbour = hardest(separation(guessed, known.role))
    counted = np.concatenate(
        [first.scores[standard], second_scores, evidence(requirements, belief.mean, belief.variance)]
    )
    pairs = splitting(
        requirements,
        neighbour,
        separated=separation(counted, np.concatenate([drawn.role, drawn.role, others.role])),
        known=separation(at_theta @ requirements.weights.T, known.role),
        at_theta=_by_role(at_theta, known.role),
        unknown=_by_role(first.variance, drawn.role),
        people=np.bincount(np.concatenate([drawn.role, others.role])),
        known_people=np.bincount(known.role),
    )
    tell("population")
    general = general_people(bank, 2 * people, four)
    told = standard_belief(instrument, answered(general.theta, four), limit)
    put_first = evidence(requirements, told.mean, told.variance)
    many = interval_evidence(requirements, general_people(bank, max(5_000, KNOWN_PEOPLE * roles), five).theta, 0.0)
    tell("whole bank")
    everything = full_bank(bank, answers)

    true_evidence = evidence(requirements, drawn.theta, 0.0)

    def hit(scores: Floats) -> Hit:
        became = outcome(np.round(scores, 9), drawn.role, true_evidence)
        regret = float(became.regret.mean())
        return Hit(float(became.first.mean()), float(became.top3.mean()), regret, standard_error(became.regret))

    general_evidence = evidence(requirements, general.theta, 0.0)
    verdict = verdicts(instrument, table, told)
    return Appraisal(
        people=people,
        general=2 * people,
        theta_known=len(many),
        discriminations=discriminations,
        standard=standard,
        hits={k: hit(first.scores[k]) for k in LENGTHS if k in first.scores and k < len(bank.noise)},
        full=hit(evidence(requirements, everything.mean, everything.variance)),
        known=hit(true_evidence),
        takes=_takes(
            longest,
            (first.scores[longest], first.last_verdict),
            (last_scores, verdicts(instrument, table, again[longest])),
        ),
        roles=_roles(first.scores[standard], drawn.role, put_first, many @ requirements.weights.T, pairs),
        pairs=pairs,
        traits=_traits(instrument, many, first.variance, everything.variance),
        items=tuple(
            ItemFigures(float(asked), float(gain), float(error))
            for asked, gain, error in zip(first.asked, first.gain, first.gain_error, strict=True)
        ),
        confidence=_bins(verdict, _leads(general_evidence, verdict.leader)),
        confidence_drawn=_bins(first.verdict, (first.verdict.leader == drawn.role).astype(np.float64)),
        length=_length(first),
    )


def _by_role(values: Floats, role: Integers) -> Floats:
    """Return the mean over the people of each role, [R, ...]."""
    return np.stack([values[role == one].mean(axis=0) for one in range(int(role.max()) + 1)])


def _first_places(scores: Floats) -> Floats:
    """Return each role's share of first places as a multiple of the equal share, [R]; equal roles share a place."""
    leading = scores >= scores.max(axis=1, keepdims=True) - EQUAL
    return np.asarray((leading / leading.sum(axis=1, keepdims=True)).mean(axis=0) * scores.shape[1])


def _leads(true_evidence: Floats, leader: Integers) -> Floats:
    """Return whether the leader really has the most evidence, [n], 0-1; equal roles share the place."""
    leading = true_evidence >= true_evidence.max(axis=1, keepdims=True) - EQUAL
    its = np.take_along_axis(leading, leader[:, np.newaxis], axis=1)[:, 0]
    return np.asarray(its / leading.sum(axis=1))


def _takes(items: int, take: tuple[Floats, Verdict], retake: tuple[Floats, Verdict]) -> Takes:
    (one, first), (two, second) = take, retake
    people = np.arange(len(one))

    def among_three(scores: Floats, leader: Integers) -> float:
        its = scores[people, leader][:, np.newaxis]
        return float(((scores > its).sum(axis=1) < 3).mean())

    same = first.leader == second.leader
    declared = first.tied[people, second.leader], second.tied[people, first.leader]
    return Takes(
        items=items,
        among_three=(among_three(two, first.leader) + among_three(one, second.leader)) / 2.0,
        same=float(same.mean()),
        same_or_tied=float((same | declared[0] | declared[1]).mean()),
        same_or_tied_once=float(((same | declared[0]).mean() + (same | declared[1]).mean()) / 2.0),
    )


def _roles(
    scores: Floats, role: Integers, put_first: Floats, known: Floats, pairs: tuple[Pair, ...]
) -> tuple[RoleFigures, ...]:
    leading = outcome(np.round(scores, 9), role, scores).first
    neighbour: dict[int, int] = {}
    for pair in pairs:
        neighbour.setdefault(pair.role, pair.neighbour)
        neighbour.setdefault(pair.neighbour, pair.role)
    hits, shares, shares_known = _by_role(leading, role), _first_places(put_first), _first_places(known)
    return tuple(
        RoleFigures(
            people=int((role == one).sum()),
            hit=float(hits[one]),
            share=float(shares[one]),
            share_known=float(shares_known[one]),
            spread=float(known[:, one].std()),
            spread_standard_error=spread_error(known[:, one]),
            neighbour=neighbour.get(one),
        )
        for one in range(scores.shape[1])
    )


def _traits(
    instrument: Instrument, at_theta: Floats, variance: Floats, variance_full: Floats
) -> tuple[TraitFigures, ...]:
    requirements, bank = instrument.requirements, instrument.bank
    traits = range(len(bank.prior))
    moved = [_moved(requirements, at_theta, trait) for trait in traits]
    usual = max(float(np.mean([its.mean() for its in moved])), float(np.finfo(np.float64).tiny))
    explained, explained_full = 1.0 - variance, 1.0 - variance_full
    return tuple(
        TraitFigures(
            roles=int(np.any(requirements.weights[:, requirements.trait == trait] > 0, axis=1).sum()),
            items=int((bank.directions[:, trait] != 0).sum()),
            moves=float(moved[trait].mean()) / usual,
            known=float(explained[:, trait].mean()),
            known_full=float(explained_full[:, trait].mean()),
            moves_standard_error=standard_error(moved[trait]) / usual,
            known_standard_error=standard_error(explained[:, trait]),
            known_full_standard_error=standard_error(explained_full[:, trait]),
        )
        for trait in traits
    )


def _moved(requirements: Requirements, at_theta: Floats, trait: int) -> Floats:
    """Return how far one trait moves the roles' evidence of each person from the usual: nats squared, [n]."""
    its = requirements.trait == trait
    parts = at_theta[:, its] @ requirements.weights[:, its].T
    lead = parts - parts.mean(axis=1, keepdims=True)
    return np.asarray(np.square(lead - lead.mean(axis=0)).mean(axis=1))


def _bins(verdict: Verdict, right: Floats) -> tuple[Bin, ...]:
    place = np.minimum((verdict.confidence * BINS).astype(np.int64), BINS - 1)
    within = [place == one for one in range(BINS)]
    return tuple(
        Bin(int(its.sum()), float(verdict.confidence[its].mean()), float(right[its].mean()))
        if its.any()
        else Bin(0, None, None)
        for its in within
    )


def _length(sitting: Sitting) -> Length:
    lower, median, upper = np.quantile(sitting.length, (0.25, 0.5, 0.75))
    return Length(float(lower), float(median), float(upper), float(sitting.ended.mean()))
