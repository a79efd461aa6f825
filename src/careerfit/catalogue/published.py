"""The documents of `careerfit catalogue check` and `stats`, as types: their published schemas are made of them."""

from __future__ import annotations

from typing import Literal

from careerfit.model import Base

SourceKind = Literal["article", "dataset", "editorial"]


class ProblemEntry(Base, frozen=True, kw_only=True):
    """One thing wrong (error) or weak (warning) in a catalogue.

    Lines and columns count from 1, columns in characters; both are 0 for a problem of a file as a whole. `code` is
    stable, `path` names the place in the data, and `message` and `hint` are in the language asked for.
    """

    code: str
    severity: Literal["error", "warning"]
    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str | None


class Problems(Base, frozen=True, kw_only=True):
    """Everything wrong or weak in some catalogues: the document ``careerfit/problems/1``.

    `catalogues` are the folders that were checked; `errors` and `warnings` count the problems.
    """

    schema: Literal["careerfit/problems/1"] = "careerfit/problems/1"
    program: str
    language: str
    catalogues: tuple[str, ...]
    errors: int
    warnings: int
    problems: tuple[ProblemEntry, ...]


class FamilyCount(Base, frozen=True, kw_only=True):
    """A family and how many roles it has."""

    family: str
    title: str
    roles: int


class RoleCount(Base, frozen=True, kw_only=True):
    """A role: how many signals it has, what they weigh together, and how many sources it draws on."""

    role: str
    title: str
    fit: int
    unfit: int
    weight: float
    statements: int
    sources: int


class TraitCount(Base, frozen=True, kw_only=True):
    """A trait: what asks about it and what uses it.

    `statements_positive` and `statements_negative` count statements by what agreeing speaks for, `pairs` graded
    choices with the trait on a side. `asks_high`, `asks_low` and `asks_middle` count signals by the people they look
    for; `levels` are the different levels they name, 1-5, in order.
    """

    trait: str
    name: str
    statements_positive: int
    statements_negative: int
    pairs: int
    roles: int
    fit: int
    unfit: int
    asks_high: int
    asks_low: int
    asks_middle: int
    levels: tuple[float, ...]


class SourceCount(Base, frozen=True, kw_only=True):
    """A source and how many statements about roles come from it; `share` is of all of them, 0-1."""

    source: str
    title: str
    kind: SourceKind
    statements: int
    share: float


class LanguageCount(Base, frozen=True, kw_only=True):
    """The texts in one language.

    `texts` counts those that are there, of `of_texts`; `own` is the share of them that are not the same letter for
    letter in another language, 0-1. Words are of an item (both sides of a pair) and of all that is said of a role.
    """

    language: str
    texts: int
    of_texts: int
    own: float
    item_words_median: float
    item_words_most: int
    role_words_median: float
    role_words_most: int


class Lopsided(Base, frozen=True, kw_only=True):
    """Something out of balance, in words."""

    code: str
    text: str


class CatalogueName(Base, frozen=True, kw_only=True):
    """Which catalogue is meant: its name, and the hash of its files."""

    name: str
    hash: str


class Statistics(Base, frozen=True, kw_only=True):
    """What a catalogue holds: the document ``careerfit/statistics/1``; names and titles are in `language`."""

    schema: Literal["careerfit/statistics/1"] = "careerfit/statistics/1"
    program: str
    language: str
    catalogue: CatalogueName
    items: dict[Literal["statement", "pair"], int]
    families: tuple[FamilyCount, ...]
    roles: tuple[RoleCount, ...]
    traits: tuple[TraitCount, ...]
    source_kinds: dict[SourceKind, float]
    sources: tuple[SourceCount, ...]
    languages: tuple[LanguageCount, ...]
    lopsided: tuple[Lopsided, ...] = ()
