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


class SharesByItems(Shares, frozen=True, kw_only=True):
    """The same after a number of items."""

    items: int


class RightRole(Base, frozen=True, kw_only=True):
    """For people drawn for a role: by number of items, with all of them, and with theta known."""

    by_items: tuple[SharesByItems, ...]
    all_items: Shares
    theta_known: Shares


class TwoTakes(Base, frozen=True, kw_only=True):
    """How two takes of the same people, each of `items` items, agree; shares of people, 0-1."""

    items: int
    among_three: float
    same: float
    same_or_tied: float
    same_or_tied_once: float


class QuizLength(Base, frozen=True, kw_only=True):
    """Items asked with the stopping rule on, and the share of people it stopped before the limit, 0-1."""

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
    """A role: how often it is first for its people, its first places as multiples of the equal share, its spread."""

    role: str
    first: float
    first_places: float
    first_places_theta_known: float
    spread: float
    hardest_neighbour: str | None


class EvaluatedPair(Base, frozen=True, kw_only=True):
    """Two roles: how often they are in the right order, 0-1, and the trait that would split them, if any."""

    roles: tuple[str, str]
    told_apart: float
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


class EvaluatedItem(Base, frozen=True, kw_only=True):
    """An item: the share of people asked it, and its gain as a share of the best one's."""

    item: str
    asked: float
    gain: float


class NextStep(Base, frozen=True, kw_only=True):
    """What the author should do next."""

    code: str
    roles: tuple[str, ...]
    traits: tuple[str, ...]
    items: tuple[str, ...]
    figure: float | None
    text: str


class Evaluation(Base, frozen=True, kw_only=True):
    """What a catalogue can tell apart, tried on simulated people: the document ``careerfit/evaluation/1``."""

    schema: Literal["careerfit/evaluation/1"] = "careerfit/evaluation/1"
    program: str
    language: str
    catalogue: CatalogueName
    people: int
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
    unbalanced: tuple[Lopsided, ...]
