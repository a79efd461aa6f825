"""Whether a catalogue treats its roles and traits alike: what is lopsided makes favourites and wasted questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median

from careerfit.catalogue.nodes import Positions
from careerfit.catalogue.signals import asked_of
from careerfit.errors import Problem, message
from careerfit.model import Catalogue, Role

UNEVEN_WEIGHT = 2.0
"""A role whose signals weigh more than so many times the median role's, or less than that part of it, stands out."""

UNEVEN_ITEMS = 3.0
"""A trait that more than so many times the median trait's items look at takes questions from the others."""

FEWEST = 3
"""Roles or traits without which there is no median to stand out from."""


def check_balance(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield what is lopsided in a catalogue as warnings."""
    yield from _weights(catalogue, positions)
    yield from _items(catalogue, positions)
    yield from _telling(catalogue, positions)
    yield from _families(catalogue, positions)


def weight_of(role: Role) -> float:
    """Return what the signals of a role weigh together."""
    return sum(signal.weight for signal in role.fit + role.unfit)


def items_on_traits(catalogue: Catalogue) -> Counter[str]:
    """Return how many items look at each trait; a trait that none looks at counts 0."""
    counted = Counter(dict.fromkeys((trait.id for trait in catalogue.traits), 0))
    for item in catalogue.items:
        counted.update(trait_id for trait_id, weight in item.weights.items() if weight)
    return counted


def _weights(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield roles that have so much or so little to say that they win or lose by that alone."""
    if len(catalogue.roles) < FEWEST:
        return
    usual = median(map(weight_of, catalogue.roles))
    for index, role in enumerate(catalogue.roles):
        weight = weight_of(role)
        if weight > UNEVEN_WEIGHT * usual:
            code, text = "role-heavy", message(
                'The signals of "{id}" weigh {weight} together, those of the median role {usual}: whoever suits it'
                " at all will see it first.",
                id=role.id, weight=f"{weight:g}", usual=f"{usual:g}",
            )  # fmt: skip
        elif weight * UNEVEN_WEIGHT < usual:
            code, text = "role-light", message(
                'The signals of "{id}" weigh {weight} together, those of the median role {usual}: it will hardly ever'
                " stand out.",
                id=role.id, weight=f"{weight:g}", usual=f"{usual:g}",
            )  # fmt: skip
        else:
            continue
        hint = message("Give all roles about the same number of signals, and keep weights near 1.")
        yield positions.weakness(code, text, "roles.yaml", "roles", index, "id", hint=hint)


def _items(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield traits that take far more items than the others."""
    counted = items_on_traits(catalogue)
    if len(counted) < FEWEST:
        return
    usual = median(counted.values())
    for index, trait in enumerate(catalogue.traits):
        if usual and counted[trait.id] > UNEVEN_ITEMS * usual:
            text = message(
                'The trait "{id}" has {count} items, the median trait {usual}.',
                id=trait.id, count=counted[trait.id], usual=f"{usual:g}",
            )  # fmt: skip
            hint = message("Write items on the other traits, or leave some of these out.")
            yield positions.weakness("trait-many-items", text, "traits.yaml", index, "id", hint=hint)


def _telling(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield traits of which every role asks the same, so that no answer about them tells roles apart."""
    asked = [asked_of(role) for role in catalogue.roles]
    everywhere = frozenset.intersection(*asked)
    somewhere = frozenset.union(*asked) - everywhere
    idle = {trait for _kind, trait, *_rest in everywhere} - {trait for _kind, trait, *_rest in somewhere}
    for index, trait in enumerate(catalogue.traits):
        if trait.id in idle:
            text = message(
                'Every role asks the same of the trait "{id}", so it does not tell roles apart.', id=trait.id
            )
            hint = message("Let some roles ask for another level of it, or for nothing.")
            yield positions.weakness("trait-tells-nothing", text, "traits.yaml", index, "id", hint=hint)


def _families(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield families without a role."""
    used = {role.family for role in catalogue.roles}
    for index, family in enumerate(catalogue.families):
        if family.id not in used:
            text = message('No role belongs to the family "{id}".', id=family.id)
            hint = message("Take it out, or give it a role.")
            yield positions.weakness("family-unused", text, "roles.yaml", "families", index, "id", hint=hint)
