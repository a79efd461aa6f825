"""What commands print as JSON beside results and what is read out of them: their published schemas are made of these.

Texts are in one language, the one asked for as far as the catalogue has it.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from careerfit.catalogue.published import ProblemEntry, SourceKind
from careerfit.model import Base, Education, Frequency

Place = Literal["plant", "office", "set", "site", "mixed"]


class Statement(Base, frozen=True, kw_only=True):
    """A statement about a role, and the id of its source."""

    text: str
    source: str


class RoleSignal(Base, frozen=True, kw_only=True):
    """A statement of a role about a trait, whose name is `name`: the levels at which people do well, or struggle.

    Of `at_least`, `at_most` and `between` there is the one that is meant. `level_source` is where the level comes from
    when that is another source, `level_note` why it departs from what its source suggests.
    """

    trait: str
    name: str
    text: str
    source: str
    at_least: float | UnsetType = UNSET
    at_most: float | UnsetType = UNSET
    between: tuple[float, float] | UnsetType = UNSET
    weight: float
    level_source: str | UnsetType = UNSET
    level_note: str | UnsetType = UNSET


class RoleConditions(Base, frozen=True, kw_only=True):
    """The circumstances a role is worked in."""

    overtime: Frequency
    on_call: Frequency
    travel: Frequency
    shifts: Frequency
    place: Place
    notes: tuple[Statement, ...]


class RoleReadiness(Base, frozen=True, kw_only=True):
    """What a role usually asks for: education, whole years of experience, people led before."""

    education: Education
    years_experience: int
    people_led: int
    notes: tuple[Statement, ...]


class RoleMyth(Base, frozen=True, kw_only=True):
    """A misconception about a role: what people believe, and how it is."""

    claim: str
    truth: str
    source: str


class RoleReality(Base, frozen=True, kw_only=True):
    """What people expect of a role, and what they find."""

    expectation: str
    reality: str
    source: str


class RoleDifference(Base, frozen=True, kw_only=True):
    """What sets a role apart from a neighbour, whose title is `title`."""

    role: str
    title: str
    text: str
    source: str


class CitedSource(Base, frozen=True, kw_only=True):
    """A source that a role cites."""

    id: str
    kind: SourceKind
    title: str
    licence: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class RolePage(Base, frozen=True, kw_only=True):
    """What a role is really like: the document ``careerfit/role/1`` of `careerfit show`."""

    schema: Literal["careerfit/role/1"] = "careerfit/role/1"
    id: str
    title: str
    family: str
    summary: str
    tasks: tuple[Statement, ...]
    fit: tuple[RoleSignal, ...]
    unfit: tuple[RoleSignal, ...]
    conditions: RoleConditions
    readiness: RoleReadiness
    aliases: tuple[str, ...]
    codes: dict[str, str]
    myths: tuple[RoleMyth, ...]
    realities: tuple[RoleReality, ...]
    differs_from: tuple[RoleDifference, ...]
    leads_to: tuple[str, ...]
    sources: tuple[CitedSource, ...]


class ListedRole(Base, frozen=True, kw_only=True):
    """A role in the list of `careerfit roles`."""

    id: str
    title: str
    family: str


class ListedStatement(Base, frozen=True, kw_only=True, tag_field="kind", tag="statement"):
    """A statement in the list of `careerfit items`; `traits` says how agreeing speaks for each, below 0 against."""

    id: str
    text: str
    traits: dict[str, float]


class ListedPair(Base, frozen=True, kw_only=True, tag_field="kind", tag="pair"):
    """A graded choice in the list of `careerfit items`; `traits` says how strongly the right side speaks for each."""

    id: str
    left: str
    right: str
    traits: dict[str, float]


class CatalogueHome(Base, frozen=True, kw_only=True):
    """The catalogue of a quiz or a result, and the folder it was taken from; null for the one that is shipped."""

    name: str
    hash: str
    folder: str | None


class UnfinishedQuiz(Base, frozen=True, kw_only=True):
    """A quiz that was left: times in UTC (ISO 8601), the answers given, and the most questions it will ask."""

    id: str
    created: str
    updated: str
    catalogue: CatalogueHome
    answered: int
    max_items: int


class KeptResult(Base, frozen=True, kw_only=True):
    """A result that is kept; `first_role` is the title of the first role of its ranking."""

    id: str
    created: str
    catalogue: CatalogueHome
    first_role: str
    answered: int


class DamagedEntry(Base, frozen=True, kw_only=True):
    """Something kept that is not what was written; its id may be wrong as well."""

    kind: Literal["quiz", "result"]
    id: str


class History(Base, frozen=True, kw_only=True):
    """Everything that is kept, the newest first: the document ``careerfit/history/1``."""

    schema: Literal["careerfit/history/1"] = "careerfit/history/1"
    unfinished: tuple[UnfinishedQuiz, ...]
    results: tuple[KeptResult, ...]
    damaged: tuple[DamagedEntry, ...]


class UsedPath(Base, frozen=True, kw_only=True):
    """A path that careerfit uses, and what for; size and mode (octal digits) are null where nothing is there."""

    what: str
    path: str
    bytes: int | None
    mode: str | None


class Where(Base, frozen=True, kw_only=True):
    """Every path that careerfit uses: the document ``careerfit/where/1``."""

    schema: Literal["careerfit/where/1"] = "careerfit/where/1"
    places: tuple[UsedPath, ...]


class SettingEntry(Base, frozen=True, kw_only=True):
    """A setting: its key in the file, the variable that says the same, its value there, and where that comes from."""

    key: str
    variable: str
    value: str
    origin: Literal["file", "environment", "default"] = msgspec.field(name="from")


class Config(Base, frozen=True, kw_only=True):
    """Every setting, and the file that may set them: the document ``careerfit/config/1``."""

    schema: Literal["careerfit/config/1"] = "careerfit/config/1"
    file: str
    exists: bool
    settings: tuple[SettingEntry, ...]


class Refusal(Base, frozen=True, kw_only=True):
    """What went wrong, on standard error: the document ``careerfit/error/1``; `code` is the exit code."""

    schema: Literal["careerfit/error/1"] = "careerfit/error/1"
    code: int
    message: str
    hint: str | None
    problems: tuple[ProblemEntry, ...]
