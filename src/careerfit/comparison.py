"""Two roles side by side: what sets them apart, first of all against the answers of one respondent."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from msgspec import UNSET
from msgspec.structs import replace

from careerfit.document import AnswerInfluence, CatalogueName, RankedRole, Result, TraitSwap
from careerfit.engine import fit, whatif
from careerfit.engine.belief import Belief
from careerfit.engine.fit import DECIBANS, SEED
from careerfit.engine.instrument import Instrument
from careerfit.explanation import questions, ranked_role
from careerfit.model import Answers, Catalogue, Role
from careerfit.readings import Apart, ComparedRole, ComparedTrait, Comparison, Demand
from careerfit.result import MOST_ANSWERS, SLIGHTEST_INFLUENCE, condition_results, readiness_gaps


def compare_roles(catalogue: Catalogue, first: str, second: str, language: str) -> Comparison:
    """Return two roles side by side from the catalogue alone; raises KeyError for a role it does not have."""
    roles = catalogue.role(first), catalogue.role(second)
    sides = [_side(role, language) for role in roles]
    asked = [_demands(role, None, language) for role in roles]
    return Comparison(
        result=None,
        language=language,
        catalogue=CatalogueName(name=catalogue.name, hash=catalogue.hash),
        first=sides[0],
        second=sides[1],
        chance=None,
        tied=False,
        apart=_apart(*roles, language),
        traits=tuple(
            ComparedTrait(
                trait=trait.id,
                name=trait.name[language],
                evidence=None,
                estimate=None,
                standard_error=None,
                first=tuple(asked[0][trait.id]),
                second=tuple(asked[1][trait.id]),
                answers=(),
            )
            for trait in catalogue.traits
            if trait.id in asked[0] or trait.id in asked[1]
        ),
        swap=None,
        question=None,
    )


def compare(instrument: Instrument, result: Result, first: str, second: str, language: str) -> Comparison:
    """Return two roles side by side against a result.

    Args:
        instrument: The catalogue that the result was made with.
        result: The result.
        first: One role; what is positive speaks for it.
        second: The other.
        language: The language of the texts, one of the catalogue's.

    Raises:
        KeyError: A role is not in the result.
    """
    requirements, catalogue = instrument.requirements, instrument.catalogue
    authored = compare_roles(catalogue, first, second, language)
    ranked = ranked_role(result, first), ranked_role(result, second)
    one, other = requirements.roles.index(first), requirements.roles.index(second)
    belief = instrument.believe(result.answers)
    drawn = fit.evidence(requirements, fit.posterior_draws(belief, np.random.default_rng(SEED)), 0.0)
    lead = drawn[:, one] - drawn[:, other]
    swap = whatif.smallest_swap(
        requirements, belief, *((one, other) if ranked[0].rank < ranked[1].rank else (other, one))
    )
    separating = questions(
        instrument, result.answers, belief, whatif.role_direction(requirements, belief, one, other), most=1
    )
    return replace(
        authored,
        result=result.id,
        catalogue=result.catalogue,
        first=_placed(authored.first, ranked[0]),
        second=_placed(authored.second, ranked[1]),
        chance=float((lead > 0).mean() + 0.5 * (lead == 0).mean()),
        tied=second in ranked[0].tied_with,
        traits=_against(instrument, result, belief, authored, ranked),
        swap=None if swap is None else TraitSwap(trait=catalogue.traits[swap.trait].id, change=swap.change),
        question=separating[0] if separating else None,
    )


def _side(role: Role, language: str) -> ComparedRole:
    nothing = Answers()
    return ComparedRole(
        role=role.id,
        title=role.title[language],
        rank=None,
        evidence=None,
        match=None,
        place=role.conditions.place,
        readiness=readiness_gaps(role, nothing.facts),
        conditions=condition_results(role, nothing.conditions),
    )


def _placed(side: ComparedRole, ranked: RankedRole) -> ComparedRole:
    return replace(
        side,
        rank=ranked.rank,
        evidence=ranked.evidence,
        match=ranked.match,
        readiness=ranked.readiness,
        conditions=ranked.conditions,
    )


def _apart(first: Role, second: Role, language: str) -> tuple[Apart, ...]:
    """Return what either role's entry says about the other one."""
    return tuple(
        Apart(role=role.id, text=difference.text[language], source=difference.source)
        for role, other in ((first, second), (second, first))
        for difference in role.differs_from
        if difference.role == other.id
    )


def _demands(role: Role, ranked: RankedRole | None, language: str) -> dict[str, list[Demand]]:
    """Return what a role asks by trait, with how the respondent meets it if there is a result."""
    demands: defaultdict[str, list[Demand]] = defaultdict(list)
    for place, signal in enumerate(role.fit + role.unfit):
        met = None if ranked is None else ranked.signals[place]
        demands[signal.trait].append(
            Demand(
                kind="fit" if place < len(role.fit) else "unfit",
                at_least=UNSET if signal.at_least is None else signal.at_least,
                at_most=UNSET if signal.at_most is None else signal.at_most,
                between=UNSET if signal.between is None else signal.between,
                weight=signal.weight,
                text=signal.text[language],
                source=signal.source,
                status=None if met is None else met.status,
                evidence=None if met is None else met.evidence,
            )
        )
    return demands


def _against(
    instrument: Instrument,
    result: Result,
    belief: Belief,
    authored: Comparison,
    ranked: tuple[RankedRole, RankedRole],
) -> tuple[ComparedTrait, ...]:
    """Return the compared traits with the respondent's estimates, evidence and answers, largest difference first."""
    requirements, catalogue, bank = instrument.requirements, instrument.catalogue, instrument.bank
    asked = [_demands(catalogue.role(entry.role), entry, authored.language) for entry in ranked]
    one, other = (requirements.roles.index(entry.role) for entry in ranked)
    sign = (requirements.role == one) * 1.0 - (requirements.role == other) * 1.0
    influences = fit.influence(requirements, bank, belief) * sign * DECIBANS
    trait_of = requirements.trait[requirements.interval]
    compared = []
    for trait in authored.traits:
        index = bank.trait_index[trait.trait]
        pulls = influences[:, trait_of == index].sum(axis=1)
        behind = [
            AnswerInfluence(item=item, response=response, influence=float(pulls[row]))
            for row, (item, response) in enumerate(result.answers.responses.items())
            if response is not None and abs(pulls[row]) >= SLIGHTEST_INFLUENCE
        ]
        first, second = (tuple(demands[trait.trait]) for demands in asked)
        compared.append(
            replace(
                trait,
                evidence=_evidence(first) - _evidence(second),
                estimate=float(belief.mean[0, index]),
                standard_error=float(belief.standard_error[0, index]),
                first=first,
                second=second,
                answers=tuple(sorted(behind, key=lambda answer: -abs(answer.influence))[:MOST_ANSWERS]),
            )
        )
    return tuple(sorted(compared, key=lambda trait: -abs(trait.evidence or 0.0)))


def _evidence(demands: tuple[Demand, ...]) -> float:
    return sum(demand.evidence or 0.0 for demand in demands)
