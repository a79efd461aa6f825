"""The Result as a document, ``careerfit/result/1``: what is shown, stored and piped. `careerfit.result` makes it.

Texts are in the language asked for. Evidence and influence are in decibans, 10 log10 of a likelihood ratio: 10 is ten
times likelier, and 1 is about the smallest difference worth noticing (Good 1950). Fit, readiness and conditions are
three axes and are never added together.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from careerfit.model import Answers, Base, ConditionName, Education, Frequency, SignalKind, Willingness

Status = Literal["met", "clash", "unsure"]
Readied = Literal["education", "years_experience", "people_led"]
ConditionStatus = Literal["fine", "ask", "clash", "unknown"]
StopReason = Literal["settled", "nothing-left", "limit", "respondent"]
Flag = Literal["inconsistent", "uniform", "unanswered"]


class AnswerInfluence(Base, frozen=True, kw_only=True):
    """An answer behind a signal: taking it out would lower the signal's evidence by `influence` decibans."""

    item: str
    response: int
    influence: float


class SignalResult(Base, frozen=True, kw_only=True):
    """A signal of a role against the respondent.

    `probability` is that the person is what the role asks for: inside the levels of a fit signal, outside those of an
    unfit signal. `status` is met or clash only when the answers moved it by a noticeable amount. The
    `evidence` of an unsure signal is below 0 as a rule: most people are not what it asks for.
    """

    kind: SignalKind
    trait: str
    at_least: float | UnsetType = UNSET
    at_most: float | UnsetType = UNSET
    between: tuple[float, float] | UnsetType = UNSET
    weight: float
    text: str
    source: str
    estimate: float
    standard_error: float
    probability: float
    status: Status
    evidence: float
    answers: tuple[AnswerInfluence, ...]


class ReadinessGap(Base, frozen=True, kw_only=True):
    """What a role usually asks for, what the respondent has, and what is missing.

    `gap` counts years, people or steps of education, 0 when nothing is missing and null when it was not said.
    """

    what: Readied
    needs: Education | int
    has: Education | int | None
    gap: int | None


class ConditionResult(Base, frozen=True, kw_only=True):
    """A condition of a role beside what the respondent said about it."""

    what: ConditionName
    role: Frequency
    respondent: Willingness | None
    status: ConditionStatus


class Confidence(Base, frozen=True, kw_only=True):
    """Share of the posterior in which the role is first, and in which it is among the first three."""

    first: float
    top3: float


class RankedRole(Base, frozen=True, kw_only=True):
    """One role's place and everything that explains it.

    `evidence` (decibans) is its mean over what the answers leave possible; the evidence of the signals sums to it.
    `match` is the percentile of the respondent's evidence for the role among simulated people, 0-99.
    """

    rank: int
    role: str
    title: str
    evidence: float
    match: int
    confidence: Confidence
    tied_with: tuple[str, ...]
    signals: tuple[SignalResult, ...]
    readiness: tuple[ReadinessGap, ...]
    conditions: tuple[ConditionResult, ...]


class TraitDifference(Base, frozen=True, kw_only=True):
    """How much more evidence (decibans) one trait gives the first role than the second."""

    trait: str
    evidence: float


class TraitSwap(Base, frozen=True, kw_only=True):
    """The smallest change in one estimate (SD) that would bring the second role level with the first."""

    trait: str
    change: float


class Contrast(Base, frozen=True, kw_only=True):
    """How the first role differs from the second for this respondent, largest difference first."""

    first: str
    second: str
    traits: tuple[TraitDifference, ...]
    swap: TraitSwap | None


class TraitResult(Base, frozen=True, kw_only=True):
    """An estimate of a trait, in SD of the population, with the percentile of the estimate."""

    trait: str
    name: str
    estimate: float
    standard_error: float
    percentile: int


class QualityResult(Base, frozen=True, kw_only=True):
    """Whether the answers look considered: "inconsistent" or "uniform" when they do not.

    "unanswered" says that there are none: the ranking says nothing about the respondent.
    """

    flags: tuple[Flag, ...]
    log_evidence: float
    spread: float


class CatalogueName(Base, frozen=True, kw_only=True):
    """The catalogue a result was made with."""

    name: str
    hash: str


class Stamp(Base, frozen=True, kw_only=True):
    """What a result does not follow from its answers: its id, the time (UTC, ISO 8601), language and program."""

    id: str
    created: str
    language: str
    program: str


class Result(Base, frozen=True, kw_only=True):
    """Everything about one respondent."""

    schema: Literal["careerfit/result/1"] = "careerfit/result/1"
    id: str
    created: str
    language: str
    program: str
    catalogue: CatalogueName
    respondent: str | None
    items_asked: int
    stopped: StopReason
    ranking: tuple[RankedRole, ...]
    contrast: Contrast | None
    traits: tuple[TraitResult, ...]
    quality: QualityResult
    answers: Answers
