"""What a catalogue can and cannot do: the figures that `careerfit.engine.appraise` works out, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from careerfit.engine.separation import Pair


class Hit(NamedTuple):
    """How often the right role came first and among the first three, 0-1, and the mean regret with its error (nats)."""

    first: float
    top3: float
    regret: float
    regret_standard_error: float


class Takes(NamedTuple):
    """How two takes of the same people, each of `items` items (the limit), agree; shares of people, 0-1.

    `among_three`: the first role of one is among the first three of the other, averaged over both ways round.
    `same_or_tied`: the same first role, or one of the takes declared its own first tied with the other's.
    `same_or_tied_once`: the same, but counting only what the first take of each way round declared.
    """

    items: int
    among_three: float
    same: float
    same_or_tied: float
    same_or_tied_once: float


class RoleFigures(NamedTuple):
    """One role.

    Attributes:
        people: How many were drawn for it.
        hit: How often it came first for them, after `STANDARD` items, 0-1.
        share: Its share of first places in the population, as a multiple of the equal share (1 is 1/R).
        share_known: The same with theta known.
        spread: Standard deviation of its evidence in the population, nats; small where it asks for nothing rare.
        spread_standard_error: Of that, nats.
        neighbour: The role it is hardest to tell from, of those in its `pairs`; None when it is alone.
    """

    people: int
    hit: float
    share: float
    share_known: float
    spread: float
    spread_standard_error: float
    neighbour: int | None


class TraitFigures(NamedTuple):
    """One trait.

    Attributes:
        roles: How many roles have a signal on it.
        items: How many items look along it.
        moves: How much it moves the roles' evidence apart in the population (variance), as a multiple of the average
            trait's.
        known: Share of its variance that `STANDARD` items explain, averaged over people drawn for roles, 0-1.
        known_full: The same with every item answered.
        moves_standard_error, known_standard_error, known_full_standard_error: Of these three.
    """

    roles: int
    items: int
    moves: float
    known: float
    known_full: float
    moves_standard_error: float
    known_standard_error: float
    known_full_standard_error: float


class ItemFigures(NamedTuple):
    """One item: share of people asked it within `STANDARD` items, and its mean gain as a share of the best one's."""

    asked: float
    gain: float
    gain_standard_error: float


class Bin(NamedTuple):
    """People whose stated confidence lies in a fifth of 0-1: how many, its mean, and how often the leader was right."""

    people: int
    stated: float | None
    true: float | None


class Length(NamedTuple):
    """Items asked with the stopping rule on: quartiles, and the share of people it stopped before the limit, 0-1."""

    lower: float
    median: float
    upper: float
    ended: float


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a catalogue of R roles, T traits and Q items can do.

    Attributes:
        people: People in the first group, on whom all is counted that does not say otherwise.
        general: People of the population who took the quiz: those of first places and of stated confidence.
        theta_known: People of the population whose theta is known.
        discriminations: Range the items' true discriminations were drawn from, per SD.
        standard: Items after which the figures below are taken, where they do not say otherwise.
        hits: By number of items, for lengths shorter than the bank.
        full: With every item answered.
        known: With theta known.
        takes: How two takes agree.
        roles: By role, [R].
        pairs: Every role with the neighbour it is probably hardest to tell from, each pair once, the least separated
            first.
        traits: By trait, [T].
        items: By item, [Q].
        confidence: Stated confidence in the population, in fifths; right is the role with most evidence at theta.
        confidence_drawn: The same for people drawn for a role; right is that role.
        length: Typical number of items.
    """

    people: int
    general: int
    theta_known: int
    discriminations: tuple[float, float]
    standard: int
    hits: dict[int, Hit]
    full: Hit
    known: Hit
    takes: Takes
    roles: tuple[RoleFigures, ...]
    pairs: tuple[Pair, ...]
    traits: tuple[TraitFigures, ...]
    items: tuple[ItemFigures, ...]
    confidence: tuple[Bin, ...]
    confidence_drawn: tuple[Bin, ...]
    length: Length
