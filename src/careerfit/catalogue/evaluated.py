"""The document ``careerfit/evaluation/1``, as types: its published schema is made of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from careerfit.catalogue.published import CatalogueName, Lopsided
from careerfit.model import Base


class Shares(Base, frozen=True, kw_only=True):
    """How often the right role came first and among the first three, 0-1, and the mean regret, decibans."""

    first: float
    top3: float
    regret: float
    regret_standard_error: float


class SharesByItems(Shares, frozen=True, kw_only=True):
    """The same after a number of items."""

    items: int


class RightRole(Base, frozen=True, kw_only=True):
    """For so many people drawn for a role: by number of items, with all of them, and with theta known."""

    people: int
    by_items: tuple[SharesByItems, ...]
    all_items: Shares
    theta_known: Shares


class TwoTakes(Base, frozen=True, kw_only=True):
    """How two takes of the same people, each of `items` items, agree; shares of people, 0-1."""

    people: int
    items: int
    among_three: float
    same: float
    same_or_tied: float
    same_or_tied_once: float


class QuizLength(Base, frozen=True, kw_only=True):
    """Items asked of so many people with the stopping rule on, and the share it stopped before the limit, 0-1."""

    people: int
    lower_quartile: float
    median: float
    upper_quartile: float
    ended_before_limit: float
    limit: int


class ConfidenceBin(Base, frozen=True, kw_only=True):
    """People whose stated confidence lies between two shares: how many, its mean, how often the leader was right."""

    from_: float = msgspec.field(name="from")
    to: float
    people: int
    stated: float | None
    true: float | None


class Confidence(Base, frozen=True, kw_only=True):
    """Stated confidence against the truth, for people in general and for people drawn for a role."""

    population: tuple[ConfidenceBin, ...]
    drawn_for_a_role: tuple[ConfidenceBin, ...]


class EvaluatedRole(Base, frozen=True, kw_only=True):
    """A role: how often it is first for its people, its first places as multiples of the equal share, its spread.

    `people` were drawn for it; first places are of `people_in_general`, with theta known of `people_theta_known`.
    """

    role: str
    people: int
    first: float
    first_places: float
    first_places_theta_known: float
    spread: float
    spread_standard_error: float
    hardest_neighbour: str | None


class EvaluatedPair(Base, frozen=True, kw_only=True):
    """Two roles: how often they are in the right order, 0-1, of so many people, and the trait that would split them."""

    roles: tuple[str, str]
    people: int
    told_apart: float
    people_theta_known: int
    told_apart_theta_known: float
    trait: str | None
    difference: float
    unknown: float


class EvaluatedTrait(Base, frozen=True, kw_only=True):
    """A trait: roles and items on it, how far it moves roles apart, and the share of it that becomes known."""

    trait: str
    roles: int
    items: int
    moves: float
    known: float
    known_full: float
    moves_standard_error: float
    known_standard_error: float
    known_full_standard_error: float


class EvaluatedItem(Base, frozen=True, kw_only=True):
    """An item: the share of people asked it, and its gain as a share of the best one's."""

    item: str
    asked: float
    gain: float
    gain_standard_error: float


class NextStep(Base, frozen=True, kw_only=True):
    """What the author should do next."""

    code: str
    roles: tuple[str, ...]
    traits: tuple[str, ...]
    items: tuple[str, ...]
    figure: float | None
    text: str


class Evaluation(Base, frozen=True, kw_only=True):
    """What a catalogue can tell apart, tried on simulated people: the document ``careerfit/evaluation/1``.

    Each share stands beside the number of people it is of, or is of `people`; a mean has its standard error. What to do
    `next` follows from figures that lie beyond their line with the whole of their interval (shares: Wilson 1927;
    means: 1.96 standard errors); `undecided` counts what would be said if the figures were sure.
    """

    schema: Literal["careerfit/evaluation/1"] = "careerfit/evaluation/1"
    program: str
    language: str
    catalogue: CatalogueName
    people: int
    people_in_general: int
    people_theta_known: int
    seed: int
    noise: Literal["low", "usual", "high"]
    discriminations: tuple[float, float]
    standard_items: int
    right_role: RightRole
    two_takes: TwoTakes
    length: QuizLength
    confidence: Confidence
    roles: tuple[EvaluatedRole, ...]
    pairs: tuple[EvaluatedPair, ...]
    traits: tuple[EvaluatedTrait, ...]
    items: tuple[EvaluatedItem, ...]
    next: tuple[NextStep, ...]
    undecided: int
    unbalanced: tuple[Lopsided, ...]
