"""What is weak in a catalogue that is not wrong: it works, and works less well than it could."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress

from careerfit.catalogue.balance import check_balance, items_on_traits
from careerfit.catalogue.findings import Enough, Findings
from careerfit.catalogue.nodes import Positions
from careerfit.catalogue.signals import asked_of, check_signals
from careerfit.catalogue.slips import check_slips
from careerfit.errors import Problem, message
from careerfit.model import Catalogue, Item, Role, Statement, Text

FEW_ITEMS = 3
"""Items a trait needs before an estimate of it says more than the items themselves."""

FEW_SIGNALS = 3
"""Signals a role needs before it can be told from its neighbours."""

SAME_WORDS = 4
"""Words from which a text that is the same in two languages was probably not translated."""


Steps = tuple[str | int, ...]
"""Keys and indices that lead to a place."""


def check_catalogue(catalogue: Catalogue, positions: Positions) -> tuple[Problem, ...]:
    """Return the weaknesses of a catalogue as warnings, in order of position, of each file as many as of errors.

    Args:
        catalogue: A catalogue that was loaded without problems.
        positions: Where it stands in its files, from `load.parse_located`; an empty one leaves lines at 0.
    """
    findings: defaultdict[str, Findings] = defaultdict(Findings)
    for check in (_traits, _items, _roles, _twins, _sources, check_slips, check_balance):
        for problem in check(catalogue, positions):
            with suppress(Enough):
                if not findings[problem.file].is_full:
                    findings[problem.file].add(problem)
    found = [problem._replace(severity="warning") for one in findings.values() for problem in one.problems]
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line, problem.column)))


def _traits(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield what is weak about how traits are measured and used."""
    measured = items_on_traits(catalogue)
    keyed: defaultdict[str, list[str]] = defaultdict(list)
    for item in catalogue.items:
        if isinstance(item, Statement):
            keyed[item.trait].append(item.keyed)
    used = _used_traits(catalogue)
    for index, trait in enumerate(catalogue.traits):
        count, keys = measured[trait.id], keyed[trait.id]
        if not count:
            text = message('No item measures the trait "{id}".', id=trait.id)
            hint = message("Write at least three items on it, or take it out.")
            yield positions.weakness("trait-unmeasured", text, "traits.yaml", index, "id", hint=hint)
        elif count < FEW_ITEMS:
            text = message('Few items measure the trait "{id}": {count}.', id=trait.id, count=count)
            hint = message("Write at least three items on it.")
            yield positions.weakness("trait-few-items", text, "traits.yaml", index, "id", hint=hint)
        if len(keys) > 1 and len(set(keys)) == 1:
            text = message(
                'All statements on the trait "{id}" are keyed the same way, so agreeing with all looks like it.',
                id=trait.id,
            )
            hint = message("Write some where agreeing speaks for the low end, with keyed: negative.")
            yield positions.weakness("trait-keyed-one-way", text, "traits.yaml", index, "id", hint=hint)
        if trait.id not in used:
            text = message('No role uses the trait "{id}".', id=trait.id)
            hint = message("Use it in a signal of some role, or take it out with its items.")
            yield positions.weakness("trait-unused", text, "traits.yaml", index, "id", hint=hint)


def _items(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield items that tell no role from another, or that another item says already."""
    used = _used_traits(catalogue)
    said: dict[object, str] = {}
    for index, item in enumerate(catalogue.items):
        if not used.intersection(trait for trait, weight in item.weights.items() if weight):
            text = message('No role uses what the item "{id}" asks about.', id=item.id)
            hint = message("Take it out, or use its trait in a signal of some role.")
            yield positions.weakness("item-unused", text, "items.yaml", index, "id", hint=hint)
        texts = _texts_of(item)
        twin = said.setdefault(tuple(tuple(sorted(text.items())) for text in texts.values()), item.id)
        if twin != item.id:
            text = message('The item "{id}" says the same as "{twin}".', id=item.id, twin=twin)
            hint = message("Rewrite one of them.")
            yield positions.weakness("items-alike", text, "items.yaml", index, "id", hint=hint)
        yield from _untranslated(texts, positions, "items.yaml", index)


def _roles(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield what is weak about single roles."""
    for index, role in enumerate(catalogue.roles):
        if not role.fit:
            text = message('The role "{id}" does not say who does well.', id=role.id)
            hint = message("Add a fit signal: who does well in it?")
            yield positions.weakness("role-no-fit", text, "roles.yaml", "roles", index, "fit", hint=hint)
        if not role.unfit:
            text = message('The role "{id}" does not say who might struggle.', id=role.id)
            hint = message("Add an unfit signal: who struggles in it?")
            yield positions.weakness("role-no-unfit", text, "roles.yaml", "roles", index, "unfit", hint=hint)
        count = len(role.fit) + len(role.unfit)
        if count < FEW_SIGNALS:
            text = message('The role "{id}" has few signals: {count}.', id=role.id, count=count)
            hint = message("Write at least three.")
            yield positions.weakness("role-few-signals", text, "roles.yaml", "roles", index, "id", hint=hint)
        yield from check_signals(role, index, positions)
        texts: dict[Steps, Text] = {("summary",): role.summary}
        texts |= {("fit", place, "text"): signal.text for place, signal in enumerate(role.fit)}
        texts |= {("unfit", place, "text"): signal.text for place, signal in enumerate(role.unfit)}
        yield from _untranslated(texts, positions, "roles.yaml", "roles", index)


def _twins(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield roles that nothing but their texts tells from an earlier one."""
    seen: dict[object, str] = {}
    for index, role in enumerate(catalogue.roles):
        twin = seen.setdefault(asked_of(role), role.id)
        if twin != role.id:
            text = message('The role "{id}" has the same signals as "{twin}".', id=role.id, twin=twin)
            hint = message("Give one of them a signal that the other lacks, or make them one role.")
            yield positions.weakness("roles-alike", text, "roles.yaml", "roles", index, "id", hint=hint)


def _sources(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield sources that nothing comes from."""
    used = {source for role in catalogue.roles for source in role_sources(role)}
    for index, source in enumerate(catalogue.sources):
        if source.id not in used:
            text = message('Nothing comes from the source "{id}".', id=source.id)
            hint = message("Name it as the source of a statement, or take it out.")
            yield positions.weakness("source-unused", text, "roles.yaml", "sources", index, "id", hint=hint)


def _used_traits(catalogue: Catalogue) -> set[str]:
    return {signal.trait for role in catalogue.roles for signal in (*role.fit, *role.unfit)}


def _untranslated(texts: Mapping[Steps, Text], positions: Positions, file: str, *above: str | int) -> Iterator[Problem]:
    """Yield texts that say the same in two languages; they are given with the steps that lead to them."""
    for steps, text in texts.items():
        if _is_untranslated(text):
            told, hint = message("This text is the same in two languages."), message("Translate it.")
            yield positions.weakness("text-untranslated", told, file, *above, *steps, hint=hint)


def _texts_of(item: Item) -> dict[Steps, Text]:
    """Return the texts of an item by the steps that lead to them."""
    if isinstance(item, Statement):
        return {("text",): item.text}
    return {("left", "text"): item.left.text, ("right", "text"): item.right.text}


def _is_untranslated(text: Text) -> bool:
    """Return whether a text of some length is the same in two languages."""
    return len(set(text.values())) < len(text) and any(len(words.split()) >= SAME_WORDS for words in text.values())


def role_sources(role: Role) -> Iterator[str]:
    """Yield the source of every statement of a role, and those of its levels."""
    yield from (note.source for note in role.tasks + role.conditions.notes + role.readiness.notes)
    yield from (signal.source for signal in role.fit + role.unfit)
    yield from (signal.level_source for signal in role.fit + role.unfit if signal.level_source is not None)
    yield from (myth.source for myth in role.myths)
    yield from (reality.source for reality in role.realities)
    yield from (difference.source for difference in role.differs_from)
