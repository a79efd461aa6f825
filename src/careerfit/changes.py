"""A catalogue that changed while a quiz was left: which of the answers stand, and which have to be given again.

An answer belongs to the words that were on the screen. Where the words are the same it stands, whatever has changed in
how it is scored; where they are others the item is asked again, showing the old answer; where the item is gone the
answer is kept and no longer scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careerfit.model import Base, Catalogue, Item, Pair

Responses = Mapping[str, int | None]


class Changes(Base, frozen=True, kw_only=True):
    """What becomes of a quiz's responses on a newer catalogue; every response is in exactly one of the first three.

    Attributes:
        standing: Those that go on counting, by the id their item has now, in the order given.
        again: Those to items whose words are others now; None where they would mean something else on the new item.
        gone: Those to items that are no longer there.
        added: How many items are new.
        rescored: Whether anything changed in how answers count: what items look along, what roles ask for.
        roles_added: Roles that are new.
        roles_gone: Roles that are no longer there.
    """

    standing: dict[str, int | None]
    again: dict[str, int | None]
    gone: dict[str, int | None]
    added: int
    rescored: bool
    roles_added: tuple[str, ...]
    roles_gone: tuple[str, ...]


def compare(responses: Responses, old: Catalogue | None, new: Catalogue, language: str) -> Changes:
    """Return what becomes of responses given on `old` when the quiz goes on with `new`.

    Args:
        responses: Category or None (skipped) by item id.
        old: What they were given on; None when that is not known, and then no words can be known to be the same.
        new: What to go on with.
        language: Tag of the language the questions were shown in.
    """
    items = {item.id: item for item in new.items}
    before = {} if old is None else {item.id: item for item in old.items}
    renamed = _renamed(before, items, language)
    changes: dict[str, dict[str, int | None]] = {"standing": {}, "again": {}, "gone": {}}
    for name, response in responses.items():
        now = renamed.get(name, name)
        if now not in items:
            changes["gone"][name] = response
        elif name in before and _words(before[name], language) == _words(items[now], language):
            changes["standing"][now] = response
        else:
            same_kind = name not in before or type(before[name]) is type(items[now])
            changes["again"][name] = response if same_kind else None
    old_roles = () if old is None else tuple(role.id for role in old.roles)
    new_roles = tuple(role.id for role in new.roles)
    return Changes(
        **changes,
        added=len(items.keys() - before.keys() - set(renamed.values())) if old is not None else 0,
        rescored=old is None or _scoring(old, renamed) != _scoring(new, {}),
        roles_added=tuple(role for role in new_roles if old is not None and role not in old_roles),
        roles_gone=tuple(role for role in old_roles if role not in new_roles),
    )


def _words(item: Item, language: str) -> tuple[str | None, ...]:
    """Return what stands on the screen for an item, None where it has no words in this language."""
    if isinstance(item, Pair):
        return item.left.text.get(language), item.right.text.get(language)
    return (item.text.get(language),)


def _renamed(before: Mapping[str, Item], items: Mapping[str, Item], language: str) -> dict[str, str]:
    """Return old id to new id of items that kept their words, of which there is one each, under another name."""
    arrived: dict[tuple[str | None, ...], list[str]] = {}
    for name in items.keys() - before.keys():
        arrived.setdefault(_words(items[name], language), []).append(name)
    left: dict[tuple[str | None, ...], list[str]] = {}
    for name in before.keys() - items.keys():
        left.setdefault(_words(before[name], language), []).append(name)
    return {
        names[0]: arrived[words][0]
        for words, names in left.items()
        if None not in words and len(names) == 1 == len(arrived.get(words, ()))
    }


def _scoring(catalogue: Catalogue, renamed: Mapping[str, str]) -> Any:
    """Return everything of a catalogue that decides how answers count, without its words and its order."""
    items = {
        renamed.get(item.id, item.id): (dict(item.weights), item.discrimination, item.thresholds)
        for item in catalogue.items
    }
    roles = {
        role.id: sorted(
            (kind, signal.trait, signal.interval, signal.weight)
            for kind, signals in (("fit", role.fit), ("unfit", role.unfit))
            for signal in signals
        )
        for role in catalogue.roles
    }
    return items, roles, {trait.id: trait.correlates for trait in catalogue.traits}
