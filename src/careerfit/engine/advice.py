"""What the author of a catalogue should do next, drawn from its appraisal; the words are the command line's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from careerfit.engine.appraisal import Appraisal, Bin

Code = Literal[
    "pair-same", "pair-level", "pair-question", "favourite", "never-first", "common", "trait-unused", "trait-unasked",
    "trait-idle", "trait-unknown", "items-idle", "unsteady", "overconfident",
]  # fmt: skip
"""What may be advised, the gravest first; `advise` says when."""

SEPARATED = 0.75
"""Pairs of roles in the right order for fewer people than this share are confused."""

SEPARABLE = 0.85
"""Where even known thetas order fewer people's pair rightly, the levels are too alike for any question."""

FAVOURITE, SELDOM = 3.0, 0.25
"""Multiples of the equal share of first places beyond which a role is a favourite, or is never first."""

IDLE = 0.25
"""A trait that moves the roles apart less than this, as a multiple of the average trait, hardly moves anything."""

COMMON = 0.25
"""A role whose evidence spreads less than this part of the median role's asks for nothing rare."""

KNOWN = 0.6
"""A trait of whose differences all its items together explain less than this share has too few of them."""

HARDLY_ASKED, LOWEST_GAIN, NO_GAIN = 0.01, 0.1, 0.001
"""An item earns nothing when its gain is below the last of these, or when it is asked of fewer people than the first
while its gain is among this lowest share of all items."""

STEADY, AMONG_THREE = 0.70, 0.85
"""Shares of people whose two takes should at least agree: the same or a tied first role; first among first three."""

OVERCONFIDENT, ENOUGH_PEOPLE = 0.10, 50
"""Stated confidence may exceed the truth by this much, in bins of at least so many people."""


CHANCE = 2.0
"""Standard errors within which a share of the people simulated is left to chance."""


class Advice(NamedTuple):
    """One thing to do.

    Attributes:
        code: What it is about.
        roles: Indices of the roles concerned; of a pair both.
        traits: Indices of the traits concerned.
        items: Indices of the items concerned.
        figure: What gave rise to it: a share 0-1, or a multiple for favourites, never-first, common and idle ones.
    """

    code: Code
    roles: tuple[int, ...] = ()
    traits: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    figure: float | None = None


def advise(appraisal: Appraisal) -> tuple[Advice, ...]:
    """Return what to do next: pairs first, then roles, traits, items and the quiz; empty when nothing stands out."""
    return (
        *_about_pairs(appraisal),
        *_about_roles(appraisal),
        *_about_traits(appraisal),
        *_about_items(appraisal),
        *_about_the_quiz(appraisal),
    )


def favourite_from(roles: int) -> float:
    """Return the multiple of the equal share above which a role is a favourite.

    Three times its share; where there are fewer than five roles that is nearly everything, and the line is half-way
    from the equal share to all.
    """
    return min(FAVOURITE, (roles + 1) / 2.0)


def _about_pairs(appraisal: Appraisal) -> Iterator[Advice]:
    for pair in appraisal.pairs:
        if pair.separated >= SEPARATED:
            continue
        both = (pair.role, pair.neighbour)
        if pair.trait is None:
            yield Advice("pair-same", both, figure=pair.separated)
        elif pair.known < SEPARABLE:
            yield Advice("pair-level", both, (pair.trait,), figure=pair.separated)
        else:
            yield Advice("pair-question", both, (pair.trait,), figure=pair.separated)


def _about_roles(appraisal: Appraisal) -> Iterator[Advice]:
    roles = appraisal.roles
    if len(roles) < 2:
        return
    usual = float(np.median([role.spread for role in roles]))
    for index, role in enumerate(roles):
        if role.share > favourite_from(len(roles)):
            yield Advice("favourite", (index,), figure=role.share)
        if role.share < SELDOM:
            yield Advice("never-first", (index,), figure=role.share)
        if role.spread < COMMON * usual:
            yield Advice("common", (index,), figure=role.spread / usual)


def _about_traits(appraisal: Appraisal) -> Iterator[Advice]:
    for index, trait in enumerate(appraisal.traits):
        if trait.roles == 0:
            yield Advice("trait-unused", traits=(index,))
        elif trait.items == 0:
            yield Advice("trait-unasked", traits=(index,))
        elif trait.moves < IDLE:
            yield Advice("trait-idle", traits=(index,), figure=trait.moves)
        elif trait.known_full < KNOWN:
            yield Advice("trait-unknown", traits=(index,), figure=trait.known_full)


def _about_items(appraisal: Appraisal) -> Iterator[Advice]:
    low = float(np.quantile([item.gain for item in appraisal.items], LOWEST_GAIN))
    idle = [
        index
        for index, item in enumerate(appraisal.items)
        if item.gain < NO_GAIN or (item.asked < HARDLY_ASKED and item.gain <= low)
    ]
    if idle:
        yield Advice("items-idle", items=tuple(sorted(idle, key=lambda index: appraisal.items[index].gain)))


def _about_the_quiz(appraisal: Appraisal) -> Iterator[Advice]:
    takes = appraisal.takes
    if takes.same_or_tied < STEADY or takes.among_three < AMONG_THREE:
        yield Advice("unsteady", figure=takes.among_three)
    excess = max((_excess(one) for one in appraisal.confidence), default=0.0)
    if excess > OVERCONFIDENT:
        yield Advice("overconfident", figure=excess)


def _excess(one: Bin) -> float:
    """Return by how much a bin's confidence is too high; 0 where that may be chance, at two standard errors."""
    if one.people < ENOUGH_PEOPLE or one.stated is None or one.true is None:
        return 0.0
    excess = one.stated - one.true
    return excess if excess > CHANCE * math.sqrt(one.stated * (1 - one.stated) / one.people) else 0.0
