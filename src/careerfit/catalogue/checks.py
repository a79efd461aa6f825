"""What is weak in a catalogue that is not wrong: it works, and works less well than it could."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from careerfit.catalogue.nodes import Positions
from careerfit.errors import Problem, message
from careerfit.model import Catalogue, Role, Signal, Statement

FEW_ITEMS = 3
"""Items a trait needs before an estimate of it says more than the items themselves."""

FEW_SIGNALS = 3
"""Signals a role needs before it can be told from its neighbours."""


def check_catalogue(catalogue: Catalogue, positions: Positions) -> tuple[Problem, ...]:
    """Return the weaknesses of a catalogue as warnings, in order of position.

    Args:
        catalogue: A catalogue that was loaded without problems.
        positions: Where it stands in its files, from `load.parse_located`; an empty one leaves lines at 0.
    """
    found = [
        *_traits(catalogue, positions),
        *_items(catalogue, positions),
        *_roles(catalogue, positions),
        *_twins(catalogue, positions),
        *_sources(catalogue, positions),
    ]
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line, problem.column)))


def _traits(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield what is weak about how traits are measured and used."""
    measured: defaultdict[str, int] = defaultdict(int)
    keyed: defaultdict[str, list[str]] = defaultdict(list)
    for item in catalogue.items:
        for trait_id, weight in item.weights.items():
            measured[trait_id] += weight != 0
        if isinstance(item, Statement):
            keyed[item.trait].append(item.keyed)
    used = _used_traits(catalogue)
    for index, trait in enumerate(catalogue.traits):
        count, keys = measured[trait.id], keyed[trait.id]
        if not count:
            text = message('No item measures the trait "{id}".', id=trait.id)
            yield positions.weakness("trait-unmeasured", text, "traits.yaml", index, "id")
        elif count < FEW_ITEMS:
            text = message('Few items measure the trait "{id}": {count}.', id=trait.id, count=count)
            yield positions.weakness("trait-few-items", text, "traits.yaml", index, "id")
        if len(keys) > 1 and len(set(keys)) == 1:
            text = message(
                'All statements on the trait "{id}" are keyed the same way, so agreeing with all looks like it.',
                id=trait.id,
            )
            yield positions.weakness("trait-keyed-one-way", text, "traits.yaml", index, "id")
        if trait.id not in used:
            text = message('No role uses the trait "{id}".', id=trait.id)
            yield positions.weakness("trait-unused", text, "traits.yaml", index, "id")


def _items(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield items that tell no role from another."""
    used = _used_traits(catalogue)
    for index, item in enumerate(catalogue.items):
        if not used.intersection(trait for trait, weight in item.weights.items() if weight):
            text = message('No role uses what the item "{id}" asks about.', id=item.id)
            yield positions.weakness("item-unused", text, "items.yaml", index, "id")


def _roles(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield what is weak about single roles."""
    for index, role in enumerate(catalogue.roles):
        if not role.unfit:
            text = message('The role "{id}" does not say who might struggle.', id=role.id)
            yield positions.weakness("role-no-unfit", text, "roles.yaml", "roles", index, "unfit")
        count = len(role.fit) + len(role.unfit)
        if count < FEW_SIGNALS:
            text = message('The role "{id}" has few signals: {count}.', id=role.id, count=count)
            yield positions.weakness("role-few-signals", text, "roles.yaml", "roles", index, "id")
        for place, signal in enumerate(role.unfit):
            if any(_contradict(fit, signal) for fit in role.fit):
                text = message('The same level of "{id}" is a fit and an unfit signal of this role.', id=signal.trait)
                yield positions.weakness(
                    "signals-contradict", text, "roles.yaml", "roles", index, "unfit", place, "trait"
                )


def _twins(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield roles that nothing but their texts tells from an earlier one."""
    seen: dict[object, str] = {}
    for index, role in enumerate(catalogue.roles):
        signals = frozenset(
            (kind, signal.trait, signal.interval, signal.weight)
            for kind, of_kind in (("fit", role.fit), ("unfit", role.unfit))
            for signal in of_kind
        )
        twin = seen.setdefault(signals, role.id)
        if twin != role.id:
            text = message('The role "{id}" has the same signals as "{twin}".', id=role.id, twin=twin)
            yield positions.weakness("roles-alike", text, "roles.yaml", "roles", index, "id")


def _sources(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield sources that nothing comes from."""
    used = {source for role in catalogue.roles for source in _role_sources(role)}
    for index, source in enumerate(catalogue.sources):
        if source.id not in used:
            text = message('Nothing comes from the source "{id}".', id=source.id)
            yield positions.weakness("source-unused", text, "roles.yaml", "sources", index, "id")


def _used_traits(catalogue: Catalogue) -> set[str]:
    return {signal.trait for role in catalogue.roles for signal in (*role.fit, *role.unfit)}


def _contradict(fit: Signal, unfit: Signal) -> bool:
    """Return whether some levels of one trait are good and bad at once; touching at one level is not enough."""
    (fit_low, fit_high), (unfit_low, unfit_high) = fit.interval, unfit.interval
    return fit.trait == unfit.trait and max(fit_low, unfit_low) < min(fit_high, unfit_high)


def _role_sources(role: Role) -> Iterator[str]:
    """Yield the source of every statement of a role."""
    yield from (note.source for note in role.tasks + role.conditions.notes + role.readiness.notes)
    yield from (signal.source for signal in role.fit + role.unfit)
    yield from (signal.level_source for signal in role.fit + role.unfit if signal.level_source is not None)
    yield from (myth.source for myth in role.myths)
    yield from (reality.source for reality in role.realities)
    yield from (difference.source for difference in role.differs_from)
