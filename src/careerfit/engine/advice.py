"""What the author of a catalogue should do next, drawn from its appraisal; the words are the command line's.

Nothing is advised that may be chance: a figure gives rise to advice when the whole of its interval, not the figure
alone, lies beyond the line that is drawn here. Shares have Wilson's interval, means so many standard errors either way
(`careerfit.engine.sampling`); what is counted in the catalogue itself has no error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from careerfit.engine.appraisal import Appraisal, Bin, ItemFigures, RoleFigures
from careerfit.engine.sampling import Z, wilson
from careerfit.engine.separation import Pair

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
while its gain is among this lowest share of all items and surely below the median one's."""

STEADY, AMONG_THREE = 0.70, 0.85
"""Shares of people whose two takes should at least agree: the same or a tied first role; first among first three."""

OVERCONFIDENT = 0.10
"""Stated confidence may exceed the truth by this much."""


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


def advise(appraisal: Appraisal, z: float = Z) -> tuple[Advice, ...]:
    """Return what to do next: pairs first, then roles, traits, items and the quiz; empty when nothing stands out.

    With `z`, the standard errors of an interval either way, 0, it is what the figures would say if chance had no part.
    """
    return (
        *_about_pairs(appraisal, z),
        *_about_roles(appraisal, z),
        *_about_traits(appraisal, z),
        *_about_items(appraisal, z),
        *_about_the_quiz(appraisal, z),
    )


def undecided(appraisal: Appraisal) -> int:
    """Return how much more `advise` would say if chance had no part in the figures."""
    sure = {(one.code.partition("-")[0], one.roles, one.traits) for one in advise(appraisal)}
    said = {(one.code.partition("-")[0], one.roles, one.traits) for one in advise(appraisal, 0.0)}
    return len(said - sure)


def favourite_from(roles: int) -> float:
    """Return the multiple of the equal share above which a role is a favourite.

    Three times its share; where there are fewer than five roles that is nearly everything, and the line is half-way
    from the equal share to all.
    """
    return min(FAVOURITE, (roles + 1) / 2.0)


def is_confused(pair: Pair, z: float = Z) -> bool:
    """Return whether two roles are surely told apart for too few people."""
    return wilson(pair.separated, pair.people, z)[1] < SEPARATED


def is_favourite(role: RoleFigures, roles: int, people: int, z: float = Z) -> bool:
    """Return whether one of so many roles surely takes too many of the first places of so many people."""
    return roles * wilson(role.share / roles, people, z)[0] > favourite_from(roles)


def is_never_first(role: RoleFigures, roles: int, people: int, z: float = Z) -> bool:
    """Return whether one of so many roles surely takes hardly any of the first places of so many people."""
    return roles * wilson(role.share / roles, people, z)[1] < SELDOM


def _about_pairs(appraisal: Appraisal, z: float) -> Iterator[Advice]:
    for pair in appraisal.pairs:
        if not is_confused(pair, z):
            continue
        both = (pair.role, pair.neighbour)
        if pair.trait is None:
            yield Advice("pair-same", both, figure=pair.separated)
        elif wilson(pair.known, pair.known_people, z)[1] < SEPARABLE:
            yield Advice("pair-level", both, (pair.trait,), figure=pair.separated)
        else:
            yield Advice("pair-question", both, (pair.trait,), figure=pair.separated)


def _about_roles(appraisal: Appraisal, z: float) -> Iterator[Advice]:
    roles = appraisal.roles
    if len(roles) < 2:
        return
    usual = float(np.median([role.spread for role in roles]))
    for index, role in enumerate(roles):
        if is_favourite(role, len(roles), appraisal.general, z):
            yield Advice("favourite", (index,), figure=role.share)
        if is_never_first(role, len(roles), appraisal.general, z):
            yield Advice("never-first", (index,), figure=role.share)
        if role.spread + z * role.spread_standard_error < COMMON * usual:
            yield Advice("common", (index,), figure=role.spread / usual)


def _about_traits(appraisal: Appraisal, z: float) -> Iterator[Advice]:
    for index, trait in enumerate(appraisal.traits):
        if trait.roles == 0:
            yield Advice("trait-unused", traits=(index,))
        elif trait.items == 0:
            yield Advice("trait-unasked", traits=(index,))
        elif trait.moves + z * trait.moves_standard_error < IDLE:
            yield Advice("trait-idle", traits=(index,), figure=trait.moves)
        elif trait.known_full + z * trait.known_full_standard_error < KNOWN:
            yield Advice("trait-unknown", traits=(index,), figure=trait.known_full)


def _about_items(appraisal: Appraisal, z: float) -> Iterator[Advice]:
    low, usual = np.quantile([item.gain for item in appraisal.items], (LOWEST_GAIN, 0.5))

    def earns_nothing(item: ItemFigures) -> bool:
        most = item.gain + z * item.gain_standard_error
        is_low = item.gain <= low and most < usual
        return most < NO_GAIN or (is_low and wilson(item.asked, appraisal.people, z)[1] < HARDLY_ASKED)

    idle = [index for index, item in enumerate(appraisal.items) if earns_nothing(item)]
    if idle:
        yield Advice("items-idle", items=tuple(sorted(idle, key=lambda index: appraisal.items[index].gain)))


def _about_the_quiz(appraisal: Appraisal, z: float) -> Iterator[Advice]:
    takes = appraisal.takes
    same, among = (wilson(share, appraisal.people, z)[1] for share in (takes.same_or_tied, takes.among_three))
    if same < STEADY or among < AMONG_THREE:
        yield Advice("unsteady", figure=takes.among_three)
    excess = [(one.stated or 0.0) - (one.true or 0.0) for one in appraisal.confidence if _is_too_sure(one, z)]
    if excess:
        yield Advice("overconfident", figure=max(excess))


def _is_too_sure(one: Bin, z: float) -> bool:
    """Return whether the confidence of a bin's people is surely too high."""
    if one.stated is None or one.true is None:
        return False
    return one.stated - wilson(one.true, one.people, z)[1] > OVERCONFIDENT
