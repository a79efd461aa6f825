"""From one respondent's answers to a `Result`: every role's place, and everything that explains it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import numpy as np
from msgspec import UNSET

from careerfit.document import (
    AnswerInfluence,
    CatalogueName,
    ConditionResult,
    ConditionStatus,
    Confidence,
    Contrast,
    QualityResult,
    RankedRole,
    Readied,
    ReadinessGap,
    Result,
    SignalResult,
    Stamp,
    Status,
    StopReason,
    TraitDifference,
    TraitResult,
    TraitSwap,
)
from careerfit.engine import fit, quality, whatif
from careerfit.engine.belief import Belief
from careerfit.engine.fit import DECIBANS, SEED, Standing
from careerfit.engine.instrument import Instrument
from careerfit.engine.kernel import Floats, normal_cdf
from careerfit.model import (
    CONDITIONS,
    EDUCATION_ORDER,
    Answers,
    Facts,
    Frequency,
    Role,
    Willingness,
    Wishes,
)

NOTICEABLE = 1.0
"""Decibans: a signal is unsure while being what it asks for is likelier or less likely than for anyone by less."""

MOST_ANSWERS = 6
"""Answers listed with a signal: the strongest, however many there are."""

SLIGHTEST_INFLUENCE = 0.01
"""Decibans: answers that move a signal by less are not listed with it."""


def build_result(instrument: Instrument, answers: Answers, stopped: StopReason, stamp: Stamp) -> Result:
    """Return the result of one respondent.

    Raises:
        KeyError: An answered item is not in the catalogue.
    """
    catalogue, requirements = instrument.catalogue, instrument.requirements
    belief = instrument.believe(answers)
    _, responses = instrument.responses(answers)
    standing = fit.standing(requirements, belief, np.random.default_rng(SEED))
    matches = fit.match(instrument.population, standing.drawn)
    signals = _signal_results(instrument, belief, answers, stamp.language)
    ranking = [
        RankedRole(
            rank=rank,
            role=catalogue.roles[index].id,
            title=catalogue.roles[index].title[stamp.language],
            evidence=float(standing.evidence[index]) * DECIBANS,
            match=min(99, round(float(matches[index]))),
            confidence=Confidence(first=float(standing.first[index]), top3=float(standing.top3[index])),
            tied_with=tuple(catalogue.roles[other].id for other in standing.order if standing.tied[index, other]),
            signals=tuple(signals[place] for place in np.flatnonzero(requirements.role == index)),
            readiness=readiness_gaps(catalogue.roles[index], answers.facts),
            conditions=condition_results(catalogue.roles[index], answers.conditions),
        )
        for rank, index in enumerate(standing.order, start=1)
    ]
    judged = quality.assess(belief, responses)
    return Result(
        **msgspec.structs.asdict(stamp),
        catalogue=CatalogueName(name=catalogue.name, hash=catalogue.hash),
        respondent=answers.respondent,
        items_asked=len(answers.responses),
        stopped=stopped,
        ranking=tuple(ranking),
        contrast=_contrast(instrument, belief, standing),
        traits=_trait_results(instrument, belief, stamp.language),
        quality=QualityResult(
            flags=judged.flags,
            log_evidence=judged.log_evidence,
            spread=judged.spread,
        ),
        answers=answers,
    )


def readiness_gaps(role: Role, facts: Facts) -> tuple[ReadinessGap, ...]:
    """Return what the role asks for against what the respondent brings, in a fixed order."""
    needs = role.readiness
    steps = None
    if facts.education is not None:
        steps = max(0, EDUCATION_ORDER.index(needs.education) - EDUCATION_ORDER.index(facts.education))
    gaps = [ReadinessGap(what="education", needs=needs.education, has=facts.education, gap=steps)]
    counts: tuple[tuple[Readied, int, int | None], ...] = (
        ("years_experience", needs.years_experience, facts.years_experience),
        ("people_led", needs.people_led, facts.people_led),
    )
    for what, need, has in counts:
        gap = None if has is None else max(0, need - has)
        gaps.append(ReadinessGap(what=what, needs=need, has=has, gap=gap))
    return tuple(gaps)


_WISH_STATUS: Mapping[Willingness | None, ConditionStatus] = {
    "yes": "fine",
    "depends": "ask",
    "no": "clash",
    None: "unknown",
}


def condition_results(role: Role, wishes: Wishes) -> tuple[ConditionResult, ...]:
    """Return the role's conditions beside the respondent's wishes.

    Whatever never occurs is fine; "no" clashes with what occurs; "depends" is worth asking about.
    """
    results = []
    for what in CONDITIONS:
        frequency: Frequency = getattr(role.conditions, what)
        wish: Willingness | None = getattr(wishes, what)
        status: ConditionStatus = "fine" if frequency == "never" else _WISH_STATUS[wish]
        results.append(ConditionResult(what=what, role=frequency, respondent=wish, status=status))
    return tuple(results)


def signal_status(probability: float, usual: float) -> Status:
    """Return met, clash or unsure from the probability, 0-1, of being what is asked, and that of anyone."""
    likelier = math.log(probability / usual) * DECIBANS
    if probability >= 0.5 and likelier >= NOTICEABLE:
        return "met"
    if probability < 0.5 and likelier <= -NOTICEABLE:
        return "clash"
    return "unsure"


def _signal_results(instrument: Instrument, belief: Belief, answers: Answers, language: str) -> list[SignalResult]:
    requirements, bank = instrument.requirements, instrument.bank
    view = fit.signal_view(requirements, belief)
    influences: Floats = fit.influence(requirements, bank, belief) * DECIBANS
    results = []
    for place, (signal, kind) in enumerate(zip(requirements.signals, requirements.kinds, strict=True)):
        trait = bank.trait_index[signal.trait]
        share = float(view.evidence[place]) * DECIBANS
        probability = float(view.probability[place])
        behind = [
            AnswerInfluence(item=item, response=response, influence=float(influences[row, place]))
            for row, (item, response) in enumerate(answers.responses.items())
            if response is not None and abs(influences[row, place]) >= SLIGHTEST_INFLUENCE
        ]
        results.append(
            SignalResult(
                kind=kind,
                trait=signal.trait,
                at_least=UNSET if signal.at_least is None else signal.at_least,
                at_most=UNSET if signal.at_most is None else signal.at_most,
                between=UNSET if signal.between is None else signal.between,
                weight=signal.weight,
                text=signal.text[language],
                source=signal.source,
                estimate=float(belief.mean[0, trait]),
                standard_error=float(belief.standard_error[0, trait]),
                probability=probability,
                status=signal_status(probability, float(view.usual[place])),
                evidence=share,
                answers=tuple(sorted(behind, key=lambda answer: -abs(answer.influence))[:MOST_ANSWERS]),
            )
        )
    return results


def _contrast(instrument: Instrument, belief: Belief, standing: Standing) -> Contrast | None:
    requirements, catalogue = instrument.requirements, instrument.catalogue
    if len(standing.order) < 2:
        return None
    upper, lower = int(standing.order[0]), int(standing.order[1])
    shares = fit.interval_evidence(requirements, belief.mean[0], belief.variance[0])
    difference = (requirements.weights[upper] - requirements.weights[lower]) * shares * DECIBANS
    by_trait = np.bincount(requirements.trait, weights=difference, minlength=len(catalogue.traits))
    if not belief.precision[0].any():
        by_trait[:] = 0.0  # unanswered, the roles ask for rarer or commoner things, and nothing is about this person
    swap = whatif.smallest_swap(requirements, belief, upper, lower)
    return Contrast(
        first=catalogue.roles[upper].id,
        second=catalogue.roles[lower].id,
        traits=tuple(
            TraitDifference(trait=catalogue.traits[index].id, evidence=float(by_trait[index]))
            for index in np.argsort(-np.abs(by_trait), kind="stable")
            if abs(by_trait[index]) >= SLIGHTEST_INFLUENCE
        ),
        swap=None if swap is None else TraitSwap(trait=catalogue.traits[swap.trait].id, change=swap.change),
    )


def _trait_results(instrument: Instrument, belief: Belief, language: str) -> tuple[TraitResult, ...]:
    percentiles = normal_cdf(belief.mean[0]) * 100.0
    return tuple(
        TraitResult(
            trait=trait.id,
            name=trait.name[language],
            estimate=float(belief.mean[0, index]),
            standard_error=float(belief.standard_error[0, index]),
            percentile=round(float(percentiles[index])),
        )
        for index, trait in enumerate(instrument.catalogue.traits)
    )
