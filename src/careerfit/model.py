"""The values everything else is about: traits, items, signals, roles, a catalogue, and a respondent's answers.

All of them are immutable and come out of `careerfit.catalogue.load` already checked. A `Text` maps a language tag to
what is shown in that language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

Text = dict[str, str]

CATEGORIES = 5
"""How many answers every item offers; a response is one of 0..4."""

LOWEST_LEVEL, HIGHEST_LEVEL = 1.0, 5.0
LEVEL_STEP = 0.75
"""How far apart two neighbouring levels stand, in standard deviations of theta."""

DEFAULT_DISCRIMINATION = 1.0
"""Slope of an item that states none, per SD of the quantity it looks at, on the normal-ogive scale. The IPIP-50
scales measured for this project had logistic slopes of 0.7-2.9, that is 0.4-1.7 here, with a median near 1."""

DEFAULT_THRESHOLDS = (-1.5, -0.5, 0.5, 1.5)
"""Where the five categories of an item meet, in SD of the quantity it looks at."""

Frequency = Literal["never", "sometimes", "often"]
Willingness = Literal["yes", "depends", "no"]
ConditionName = Literal["overtime", "on_call", "travel", "shifts"]
SignalKind = Literal["fit", "unfit"]
Education = Literal["primary", "secondary", "diploma", "bachelor", "master"]

EDUCATION_ORDER: tuple[Education, ...] = ("primary", "secondary", "diploma", "bachelor", "master")
CONDITIONS: tuple[ConditionName, ...] = ("overtime", "on_call", "travel", "shifts")
"""The conditions a respondent is asked about; `place` is told and not asked."""


def theta_of(level: float) -> float:
    """Return where a level of 1-5 stands on a trait, in standard-normal units (level 3 is the population's mean)."""
    return LEVEL_STEP * (level - 3.0)


class Base(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all values share: immutable, keyword-only, strict about names."""


class Source(Base, frozen=True, kw_only=True):
    """Where statements come from: an article, a dataset, or the editors."""

    id: str
    kind: Literal["article", "dataset", "editorial"]
    title: Text
    licence: str | None = None
    url: str | None = None


class Family(Base, frozen=True, kw_only=True):
    """A group of roles, for browsing."""

    id: str
    title: Text


class Trait(Base, frozen=True, kw_only=True):
    """Something about a person that differs between people; both of its ends are a way to be.

    `onet` names elements of the O*NET content model it corresponds to; `correlates` holds correlations with other
    traits in the population, each written down once.
    """

    id: str
    name: Text
    low: Text
    high: Text
    onet: tuple[str, ...] = ()
    correlates: dict[str, float] = {}


class Side(Base, frozen=True, kw_only=True):
    """One side of a pair: a text, and either one trait or weighted traits that it speaks for."""

    text: Text
    trait: str | None = None
    traits: dict[str, float] = {}

    @property
    def weights(self) -> Mapping[str, float]:
        """Trait id to weight; a single trait weighs 1."""
        return {self.trait: 1.0} if self.trait is not None else self.traits


class Statement(Base, frozen=True, kw_only=True, tag_field="kind", tag="statement"):
    """An item that says one thing about the respondent; agreeing speaks for the high end when keyed positive."""

    id: str
    text: Text
    trait: str
    keyed: Literal["positive", "negative"] = "positive"
    discrimination: float = DEFAULT_DISCRIMINATION
    thresholds: tuple[float, float, float, float] = DEFAULT_THRESHOLDS

    @property
    def weights(self) -> Mapping[str, float]:
        """The direction the item looks along: trait id to weight, not yet scaled."""
        return {self.trait: 1.0 if self.keyed == "positive" else -1.0}


class Pair(Base, frozen=True, kw_only=True, tag_field="kind", tag="pair"):
    """A graded choice between two sides; response 0 is left much more, 4 is right much more."""

    id: str
    left: Side
    right: Side
    discrimination: float = DEFAULT_DISCRIMINATION
    thresholds: tuple[float, float, float, float] = DEFAULT_THRESHOLDS

    @property
    def weights(self) -> Mapping[str, float]:
        """The direction the item looks along, right less left: trait id to weight, not yet scaled."""
        weights = {trait: -weight for trait, weight in self.left.weights.items()}
        for trait, weight in self.right.weights.items():
            weights[trait] = weights.get(trait, 0.0) + weight
        return weights


Item = Statement | Pair
Identified = TypeVar("Identified", "Item", "Role", "Trait")


class Signal(Base, frozen=True, kw_only=True):
    """One statement of a role about a trait: levels at which people do well (fit) or struggle (unfit).

    Exactly one of `at_least`, `at_most` and `between` is given; an unfit signal has one of the first two. `source` is
    where the text comes from; `level_source` is where the level does, when that is another one, and `level_note` says
    why the level departs from what its source suggests.
    """

    trait: str
    text: Text
    source: str
    at_least: float | None = None
    at_most: float | None = None
    between: tuple[float, float] | None = None
    weight: float = 1.0
    level_source: str | None = None
    level_note: Text = {}

    @property
    def interval(self) -> tuple[float, float]:
        """The named levels as (low, high) theta; an open end is infinite."""
        if self.between is not None:
            return theta_of(self.between[0]), theta_of(self.between[1])
        low = -float("inf") if self.at_least is None else theta_of(self.at_least)
        high = float("inf") if self.at_most is None else theta_of(self.at_most)
        return low, high


class Sourced(Base, frozen=True, kw_only=True):
    """A statement about a role with its source."""

    text: Text
    source: str


class Myth(Base, frozen=True, kw_only=True):
    """A misconception about a role: what people believe, and how it is."""

    claim: Text
    truth: Text
    source: str


class Reality(Base, frozen=True, kw_only=True):
    """What people expect of a role, and what they find."""

    expectation: Text
    reality: Text
    source: str


class Difference(Base, frozen=True, kw_only=True):
    """What sets a role apart from a neighbour."""

    role: str
    text: Text
    source: str


class Conditions(Base, frozen=True, kw_only=True):
    """The circumstances a role is worked in."""

    overtime: Frequency
    on_call: Frequency
    travel: Frequency
    shifts: Frequency
    place: Literal["plant", "office", "set", "site", "mixed"]
    notes: tuple[Sourced, ...] = ()


class Readiness(Base, frozen=True, kw_only=True):
    """What a role usually asks for today: education, whole years of experience, people led before."""

    education: Education
    years_experience: int
    people_led: int
    notes: tuple[Sourced, ...] = ()


class Role(Base, frozen=True, kw_only=True):
    """One role of the catalogue, complete."""

    id: str
    title: Text
    family: str
    summary: Text
    tasks: tuple[Sourced, ...]
    fit: tuple[Signal, ...]
    unfit: tuple[Signal, ...]
    conditions: Conditions
    readiness: Readiness
    aliases: tuple[str, ...] = ()
    codes: dict[str, str] = {}
    myths: tuple[Myth, ...] = ()
    realities: tuple[Reality, ...] = ()
    differs_from: tuple[Difference, ...] = ()
    leads_to: tuple[str, ...] = ()


class Catalogue(Base, frozen=True, kw_only=True):
    """Traits, items, roles and their sources, checked; `hash` is over the bytes of the three files."""

    name: str
    hash: str
    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    families: tuple[Family, ...]
    traits: tuple[Trait, ...]
    items: tuple[Item, ...]
    roles: tuple[Role, ...]

    def item(self, item_id: str) -> Item:
        """Return the item of that id, or raise KeyError."""
        return _by_id(self.items, item_id)

    def role(self, role_id: str) -> Role:
        """Return the role of that id, or raise KeyError."""
        return _by_id(self.roles, role_id)

    def trait(self, trait_id: str) -> Trait:
        """Return the trait of that id, or raise KeyError."""
        return _by_id(self.traits, trait_id)


def _by_id(values: tuple[Identified, ...], wanted: str) -> Identified:
    for value in values:
        if value.id == wanted:
            return value
    raise KeyError(wanted)


class Facts(Base, frozen=True, kw_only=True):
    """What a respondent brings today; None is "not said"."""

    education: Education | None = None
    years_experience: int | None = None
    people_led: int | None = None


class Wishes(Base, frozen=True, kw_only=True):
    """Whether a respondent would take on a condition; None is "not said"."""

    overtime: Willingness | None = None
    on_call: Willingness | None = None
    travel: Willingness | None = None
    shifts: Willingness | None = None


class Answers(Base, frozen=True, kw_only=True):
    """Everything one respondent said: the document ``careerfit/answers/1``.

    `responses` maps item ids to categories 0-4, or to None for an item that was skipped, in the order answered.
    """

    schema: Literal["careerfit/answers/1"] = "careerfit/answers/1"
    respondent: str | None = None
    responses: dict[str, int | None] = {}
    facts: Facts = Facts()
    conditions: Wishes = Wishes()

    @property
    def answered(self) -> int:
        """How many items were answered."""
        return sum(1 for _ in self.given())

    def given(self) -> Iterator[tuple[str, int]]:
        """Yield (item id, category) of the items that were answered, in order."""
        return ((item, response) for item, response in self.responses.items() if response is not None)
