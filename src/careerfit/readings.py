"""What is read out of results, as documents: why a role stands where it does, two roles, two results, a way to a role.

`careerfit.explanation`, `comparison`, `difference` and `path` make them. Texts are in the language asked for; evidence
and influence are in decibans, as in `careerfit.document`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from careerfit.document import (
    AnswerInfluence,
    CatalogueName,
    ConditionResult,
    RankedRole,
    Readied,
    ReadinessGap,
    Status,
    TraitSwap,
)
from careerfit.model import Base, Facts, SignalKind

Aim = Literal["up", "top3", "down"]
PathStatus = Literal["ready", "ladder", "no-ladder", "nothing-stated"]


class TraitMove(Base, frozen=True, kw_only=True):
    """The smallest change of one estimate (SD), everything else equal, that takes the role to another place.

    `aim` is "up" (past the role above), "top3" (among the first three) or "down" (behind the role below); `passes`
    names the roles it would come to stand before, or behind when it goes down, in the order of the ranking.
    """

    aim: Aim
    trait: str
    change: float
    rank: int
    passes: tuple[str, ...]


class OtherAnswer(Base, frozen=True, kw_only=True):
    """What one answer would do, were it one category higher or lower: the role's place then, and change in evidence."""

    item: str
    response: int
    instead: int
    rank: int
    evidence: float


class Question(Base, frozen=True, kw_only=True):
    """A question not answered yet, and the share (0-1) by which an answer is expected to shrink the uncertainty."""

    item: str
    reduction: float


class Explanation(Base, frozen=True, kw_only=True):
    """Why a role stands where it does for one respondent: ``careerfit/explanation/1``.

    `ranked` is the role's entry in the result: the evidence of its signals sums to that of the role. `roles` counts
    the whole ranking. `places` are the best and the worst in the middle eight of ten posterior draws.
    """

    schema: Literal["careerfit/explanation/1"] = "careerfit/explanation/1"
    result: str
    language: str
    catalogue: CatalogueName
    ranked: RankedRole
    roles: int
    places: tuple[int, int]
    moves: tuple[TraitMove, ...]
    other_answers: tuple[OtherAnswer, ...]
    questions: tuple[Question, ...]


class Demand(Base, frozen=True, kw_only=True):
    """What a role asks on a trait, and how the respondent meets it; the latter is null without a result."""

    kind: SignalKind
    at_least: float | UnsetType = UNSET
    at_most: float | UnsetType = UNSET
    between: tuple[float, float] | UnsetType = UNSET
    weight: float
    text: str
    source: str
    status: Status | None
    evidence: float | None


class ComparedTrait(Base, frozen=True, kw_only=True):
    """A trait that at least one of two roles asks something on.

    `evidence` is how much more it gives the first role than the second, and the influence of an answer is its part
    in that; positive speaks for the first. Estimate and evidence are null without a result.
    """

    trait: str
    name: str
    evidence: float | None
    estimate: float | None
    standard_error: float | None
    first: tuple[Demand, ...]
    second: tuple[Demand, ...]
    answers: tuple[AnswerInfluence, ...]


class ComparedRole(Base, frozen=True, kw_only=True):
    """One of two roles: its place and fit (null without a result), readiness and conditions."""

    role: str
    title: str
    rank: int | None
    evidence: float | None
    match: int | None
    place: str
    readiness: tuple[ReadinessGap, ...]
    conditions: tuple[ConditionResult, ...]


class Apart(Base, frozen=True, kw_only=True):
    """What the catalogue says sets a role apart from the other one."""

    role: str
    text: str
    source: str


class Comparison(Base, frozen=True, kw_only=True):
    """Two roles side by side, against one respondent where there is a result: ``careerfit/comparison/1``.

    The evidence of the traits, largest first, sums to the first role's less the second's. `chance` is the share of
    posterior draws with more evidence for the first; `swap` the smallest change that would bring them level;
    `question` the unanswered one that tells them apart best.
    """

    schema: Literal["careerfit/comparison/1"] = "careerfit/comparison/1"
    result: str | None
    language: str
    catalogue: CatalogueName
    first: ComparedRole
    second: ComparedRole
    chance: float | None
    tied: bool
    apart: tuple[Apart, ...]
    traits: tuple[ComparedTrait, ...]
    swap: TraitSwap | None
    question: Question | None


class Take(Base, frozen=True, kw_only=True):
    """One of two results that are held against each other."""

    id: str
    created: str
    catalogue: CatalogueName
    answered: int


class AnswerMove(Base, frozen=True, kw_only=True):
    """An answer that is not the same in both results; null where the item was not answered."""

    item: str
    before: int | None
    after: int | None


class AnswerShare(Base, frozen=True, kw_only=True):
    """What one answer that moved adds to the change in a role's evidence."""

    item: str
    evidence: float


class RoleMove(Base, frozen=True, kw_only=True):
    """A role in both results.

    The shares of the answers and `rest` sum to the change in evidence; `rest` is what the answers given alike now
    say a little differently beside the others. `noise` says why a move of rank means little: the roles it changed
    places with were tied both times ("tied"), or a second quiz by the same person would often move it as far
    ("second-take"). With two catalogues there are no shares, no `rest` and no `noise`.
    """

    role: str
    title: str
    rank: tuple[int, int]
    match: tuple[int, int]
    evidence: tuple[float, float]
    noise: Literal["tied", "second-take"] | None
    shares: tuple[AnswerShare, ...]
    rest: float | None


class TraitChange(Base, frozen=True, kw_only=True):
    """A trait's estimate and standard error in both results, SD of the population."""

    trait: str
    name: str
    estimate: tuple[float, float]
    standard_error: tuple[float, float]


class Difference(Base, frozen=True, kw_only=True):
    """What changed from an older result to a newer one: ``careerfit/difference/1``.

    `explained` is the share of all change in evidence that answers account for by name, null when nothing changed or
    the catalogue is another one. Roles are in the order of the newer ranking, traits by the size of their change.
    """

    schema: Literal["careerfit/difference/1"] = "careerfit/difference/1"
    language: str
    older: Take
    newer: Take
    same_catalogue: bool
    explained: float | None
    answers: tuple[AnswerMove, ...]
    roles: tuple[RoleMove, ...]
    traits: tuple[TraitChange, ...]


class Rung(Base, frozen=True, kw_only=True):
    """A role on the way: what it usually asks for against what the respondent has, and where it stands for them.

    `more` counts what it asks beyond the rung before: steps of education, years, people led. Rank and match are null
    without a result.
    """

    role: str
    title: str
    readiness: tuple[ReadinessGap, ...]
    more: dict[Readied, int]
    rank: int | None
    match: int | None


class RolePath(Base, frozen=True, kw_only=True):
    """Ways to a role that the catalogue's editors wrote down: ``careerfit/path/1``.

    Each ladder begins with a role the respondent is ready for and ends with the one asked about; the shortest comes
    first. `status` is "ready" (nothing is missing today), "ladder", "no-ladder" (no such way is written down) or
    "nothing-stated" (no facts to go by; the ladders begin where the least is asked). A path is no promise.
    """

    schema: Literal["careerfit/path/1"] = "careerfit/path/1"
    result: str | None
    language: str
    catalogue: CatalogueName
    basis: Literal["authored"] = "authored"
    role: str
    title: str
    status: PathStatus
    facts: Facts
    rank: int | None
    match: int | None
    readiness: tuple[ReadinessGap, ...]
    ladders: tuple[tuple[Rung, ...], ...]
    led_to_by: tuple[str, ...]
