"""What changed from one result to another: which answers moved, which ranks because of them, and which within noise."""

from __future__ import annotations

from typing import Literal

import numpy as np

from careerfit.document import RankedRole, Result
from careerfit.engine.attribution import attribute
from careerfit.engine.belief import Belief
from careerfit.engine.fit import DECIBANS, SEED
from careerfit.engine.instrument import Instrument
from careerfit.engine.kernel import Floats
from careerfit.engine.retake import second_takes
from careerfit.engine.whatif import places
from careerfit.explanation import ranked_role
from careerfit.model import Catalogue
from careerfit.readings import AnswerMove, AnswerShare, Difference, RoleMove, Take, TraitChange

USUAL = (0.05, 0.95)
"""Quantiles of second quizzes between which a place counts as within noise."""

SLIGHTEST = 1e-9
"""Decibans: a change in evidence below this is none."""


def difference(instrument: Instrument, older: Result, newer: Result, language: str) -> Difference:
    """Return what changed from an older result to a newer one, both made with the catalogue of the instrument.

    Args:
        instrument: The catalogue.
        older: The result to begin with.
        newer: The result to end with.
        language: The language of the texts, one of the catalogue's.
    """
    catalogue = instrument.catalogue
    moved = _answer_moves(older, newer)
    before, after = instrument.believe(older.answers), instrument.believe(newer.answers)
    attribution = attribute(instrument.requirements, instrument.bank, before, after)
    by_item = {catalogue.items[item].id: attribution.evidence[row] for row, item in enumerate(attribution.items)}
    usual = _usual_places(instrument, before, after)
    roles = []
    for now in newer.ranking:
        role = instrument.requirements.roles.index(now.role)
        then = ranked_role(older, now.role)
        shares = [
            AnswerShare(item=answer.item, evidence=float(by_item[answer.item][role]) * DECIBANS) for answer in moved
        ]
        roles.append(
            RoleMove(
                role=now.role,
                title=catalogue.roles[role].title[language],
                rank=(then.rank, now.rank),
                match=(then.match, now.match),
                evidence=(then.evidence, now.evidence),
                noise=_noise(older, newer, then, now, usual[:, role]),
                shares=tuple(sorted(shares, key=lambda share: -abs(share.evidence))),
                rest=now.evidence - then.evidence - sum(share.evidence for share in shares),
            )
        )
    return _document(catalogue, older, newer, language, tuple(roles), _explained(roles))


def difference_of_catalogues(catalogue: Catalogue, older: Result, newer: Result, language: str) -> Difference:
    """Return what can be compared of results made with two catalogues: answers, places and traits in both.

    `catalogue` is the newer one, for its texts. Levels differ, so no change in evidence is put down to answers.
    """
    known = {role.id: role for role in catalogue.roles}
    then = {entry.role: entry for entry in older.ranking}
    roles = tuple(
        RoleMove(
            role=now.role,
            title=known[now.role].title[language],
            rank=(then[now.role].rank, now.rank),
            match=(then[now.role].match, now.match),
            evidence=(then[now.role].evidence, now.evidence),
            noise=None,
            shares=(),
            rest=None,
        )
        for now in newer.ranking
        if now.role in then and now.role in known
    )
    return _document(catalogue, older, newer, language, roles, None)


def _document(
    catalogue: Catalogue,
    older: Result,
    newer: Result,
    language: str,
    roles: tuple[RoleMove, ...],
    explained: float | None,
) -> Difference:
    return Difference(
        language=language,
        older=_take(older),
        newer=_take(newer),
        same_catalogue=older.catalogue.hash == newer.catalogue.hash,
        explained=explained,
        answers=_answer_moves(older, newer),
        roles=roles,
        traits=_trait_changes(catalogue, older, newer, language),
    )


def _take(result: Result) -> Take:
    return Take(id=result.id, created=result.created, catalogue=result.catalogue, answered=result.answers.answered)


def _answer_moves(older: Result, newer: Result) -> tuple[AnswerMove, ...]:
    """Return the answers that are not the same, in the order in which they were given, the older ones first."""
    before, after = dict(older.answers.given()), dict(newer.answers.given())
    return tuple(
        AnswerMove(item=item, before=before.get(item), after=after.get(item))
        for item in {**before, **after}
        if before.get(item) != after.get(item)
    )


def _trait_changes(catalogue: Catalogue, older: Result, newer: Result, language: str) -> tuple[TraitChange, ...]:
    before, after = ({trait.trait: trait for trait in result.traits} for result in (older, newer))
    changes = [
        TraitChange(
            trait=trait.id,
            name=trait.name[language],
            estimate=(before[trait.id].estimate, after[trait.id].estimate),
            standard_error=(before[trait.id].standard_error, after[trait.id].standard_error),
        )
        for trait in catalogue.traits
        if trait.id in before and trait.id in after
    ]
    return tuple(sorted(changes, key=lambda change: -abs(change.estimate[1] - change.estimate[0])))


def _explained(roles: list[RoleMove]) -> float | None:
    change = sum(abs(role.evidence[1] - role.evidence[0]) for role in roles)
    return None if change < SLIGHTEST else 1.0 - sum(abs(role.rest or 0.0) for role in roles) / change


def _usual_places(instrument: Instrument, before: Belief, after: Belief) -> Floats:
    """Return between which places each role stands in nine of ten second quizzes with the newer questions, [2, R]."""
    answered = after.items[0][after.precision[0] > 0.0]
    again = second_takes(instrument.requirements, instrument.bank, before, answered, np.random.default_rng(SEED))
    return np.asarray(np.quantile(places(again), USUAL, axis=0))


def _noise(
    older: Result, newer: Result, then: RankedRole, now: RankedRole, usual: Floats
) -> Literal["tied", "second-take"] | None:
    if then.rank == now.rank:
        return None
    passed = _above(older, then) ^ _above(newer, now)
    if passed <= set(then.tied_with) & set(now.tied_with):
        return "tied"
    return "second-take" if usual[0] <= now.rank <= usual[1] else None


def _above(result: Result, ranked: RankedRole) -> set[str]:
    """Return the roles that stand above one."""
    return {entry.role for entry in result.ranking if entry.rank < ranked.rank}
