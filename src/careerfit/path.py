"""Ways to a role: ladders that the catalogue's editors wrote down, from where a person stands today.

Roles and their `leads_to` are a graph. A ladder is a shortest way through it from a role that the person is ready for
to the one asked about; of equally short ones, one whose rungs miss least of what is usually asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careerfit.document import CatalogueName, RankedRole, Readied, ReadinessGap, Result
from careerfit.model import EDUCATION_ORDER, Catalogue, Facts, Readiness, Role
from careerfit.readings import PathStatus, RolePath, Rung
from careerfit.result import readiness_gaps

MOST_LADDERS = 4
"""Ladders told; they begin with different roles."""

Chain = tuple[str, ...]


def find_path(catalogue: Catalogue, role_id: str, facts: Facts, result: Result | None, language: str) -> RolePath:
    """Return the ways to a role.

    Args:
        catalogue: The roles.
        role_id: Where the ways lead; raises KeyError when the catalogue does not have it.
        facts: What the person brings today.
        result: How the roles fit the person, if that is known; made with this catalogue.
        language: The language of the texts, one of the catalogue's.
    """
    role = catalogue.role(role_id)
    roles = {entry.id: entry for entry in catalogue.roles}
    ranked = {} if result is None else {entry.role: entry for entry in result.ranking}
    chains = _shortest_chains(roles, role_id, facts)
    stated = facts != Facts()
    starts = [start for start in chains if start != role_id and _may_begin(roles, chains, start, facts, stated)]
    status: PathStatus = "no-ladder"
    if not stated:
        status = "nothing-stated"
    elif _is_ready(role, facts):
        status, starts = "ready", []
    elif starts:
        status = "ladder"
    ladders = sorted(
        (chains[start] for start in starts),
        key=lambda chain: (len(chain), ranked[chain[0]].rank if ranked else 0, _missing(roles, chain, facts)),
    )
    placed = ranked.get(role_id)
    return RolePath(
        result=None if result is None else result.id,
        language=language,
        catalogue=CatalogueName(name=catalogue.name, hash=catalogue.hash),
        role=role_id,
        title=role.title[language],
        status=status,
        facts=facts,
        rank=None if placed is None else placed.rank,
        match=None if placed is None else placed.match,
        readiness=readiness_gaps(role, facts),
        ladders=tuple(_rungs(roles, chain, facts, ranked, language) for chain in ladders[:MOST_LADDERS]),
        led_to_by=tuple(entry.id for entry in catalogue.roles if role_id in entry.leads_to),
    )


def _shortest_chains(roles: Mapping[str, Role], target: str, facts: Facts) -> dict[str, Chain]:
    """Return for each role that leads to the target, however far, the shortest chain to it that misses least."""
    chains: dict[str, Chain] = {target: (target,)}
    latest = [target]
    while latest:
        longer: dict[str, list[Chain]] = {}
        for reached in latest:
            for role in roles.values():
                if reached in role.leads_to and role.id not in chains:
                    longer.setdefault(role.id, []).append((role.id, *chains[reached]))
        for role_id, found in longer.items():
            chains[role_id] = min(found, key=lambda chain: _missing(roles, chain, facts))
        latest = list(longer)
    return chains


def _may_begin(roles: Mapping[str, Role], chains: Mapping[str, Chain], start: str, facts: Facts, stated: bool) -> bool:
    """Return whether a ladder begins here: the person is ready for it, or, not knowing, nothing leads to it."""
    if stated:
        # a role on the way that is within reach too makes a shorter ladder
        return _is_ready(roles[start], facts) and not any(_is_ready(roles[rung], facts) for rung in chains[start][1:])
    return not any(start in roles[other].leads_to for other in chains if other != start)


def _is_ready(role: Role, facts: Facts) -> bool:
    return all(gap.gap == 0 or not gap.needs for gap in readiness_gaps(role, facts))


def _missing(roles: Mapping[str, Role], chain: Chain, facts: Facts) -> tuple[int, int, int]:
    """Return what the rungs of a chain miss in all: steps of education, years, people; what is not said is missing."""
    gaps = [readiness_gaps(roles[rung], facts) for rung in chain]
    education, years, people = (sum(_size(gap) for gap in kind) for kind in zip(*gaps, strict=True))
    return education, years, people


def _size(gap: ReadinessGap) -> int:
    if gap.gap is not None:
        return gap.gap
    return gap.needs if isinstance(gap.needs, int) else EDUCATION_ORDER.index(gap.needs)


def _rungs(
    roles: Mapping[str, Role], chain: Chain, facts: Facts, ranked: Mapping[str, RankedRole], language: str
) -> tuple[Rung, ...]:
    rungs = []
    for place, role_id in enumerate(chain):
        role, entry = roles[role_id], ranked.get(role_id)
        rungs.append(
            Rung(
                role=role_id,
                title=role.title[language],
                readiness=readiness_gaps(role, facts),
                more=_more(roles[chain[place - 1]].readiness, role.readiness) if place else {},
                rank=None if entry is None else entry.rank,
                match=None if entry is None else entry.match,
            )
        )
    return tuple(rungs)


def _more(before: Readiness, after: Readiness) -> dict[Readied, int]:
    """Return what one role asks beyond another, without what it does not."""
    steps = EDUCATION_ORDER.index(after.education) - EDUCATION_ORDER.index(before.education)
    counts: Iterable[tuple[Readied, int]] = (
        ("education", steps),
        ("years_experience", after.years_experience - before.years_experience),
        ("people_led", after.people_led - before.people_led),
    )
    return {what: count for what, count in counts if count > 0}
