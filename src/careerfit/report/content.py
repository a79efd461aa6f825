"""What a report says, before it is a page: the sections in order, every sentence of them ready to be set.

The HTML page and the Markdown document are two ways to set the same `Report`; neither adds a word of its own.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from careerfit import contrast, sentences
from careerfit import language as spoken
from careerfit.contrast import Told
from careerfit.document import RankedRole, Result, SignalResult, TraitResult
from careerfit.language import _
from careerfit.model import Catalogue
from careerfit.report.method import method
from careerfit.report.portrait import Cited, Cites, Portrait, portrait
from careerfit.report.said import Said, about_the_person, answers_given, reality_check

RANKED = 10
"""Roles of the ranking that are listed."""

IN_FULL = 3
"""Roles that are explained in full and have a page."""

ANSWERS = 2
"""Answers shown with a reason: the ones that moved it most."""

NAMED = 12
"""Unclear traits named; of others only the number is told."""

HARDLY_KNOWN = 0.85
"""Standard error, in SD, from which a trait is not drawn but said not to be known, unless it is a reason given for or
against a role above: knowing nothing is 1."""


class Fact(NamedTuple):
    """One line of the head: what, and its value; `when` marks the time a result was made."""

    name: str
    value: str
    when: bool = False


class Place(NamedTuple):
    """A role's place in the ranking: `first` and `top3` in 100 draws, and the same in words, once in short."""

    rank: int
    title: str
    first: int
    top3: int
    fits: str
    sure: str
    short: str
    tied: str


class Reach(NamedTuple):
    """What is still missing for a role, and what in its conditions the person would have to think about."""

    title: str
    missing: str
    against: str


class Reason(NamedTuple):
    """A signal: what the role says, where the answers lie when they do not meet it, and the answers themselves."""

    text: Cited
    leaning: str
    answers: tuple[str, ...]


class Reasons(NamedTuple):
    """Signals that say the same kind of thing; `mark` is shown before each."""

    title: str
    mark: Literal["+", "-"]
    reasons: tuple[Reason, ...]


class Explained(NamedTuple):
    """A role explained in full."""

    place: Place
    groups: tuple[Reasons, ...]
    unclear: tuple[str, ...]
    readiness: tuple[str, ...]
    conditions: tuple[str, ...]


class Leaning(NamedTuple):
    """Where the person stands on a trait; `told` is said beside the end they lean to, if any.

    `least`, `here` and `most` are the shares of people, 0-1, below them: one standard error lower, as estimated, and
    one higher.
    """

    name: str
    low: str
    high: str
    least: float
    here: float
    most: float
    towards: Literal["low", "high", ""]
    told: str


class Report(NamedTuple):
    """Everything the report says. `language` is the tag of its words; nothing is ranked when nothing was answered."""

    language: str
    title: str
    lead: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    places: tuple[Place, ...]
    explained: tuple[Explained, ...]
    versus: str
    too_close: str
    contrast: tuple[Told, ...]
    reach: tuple[Reach, ...]
    leanings: tuple[Leaning, ...]
    middle: tuple[Leaning, ...]
    unknown: str
    portraits: tuple[tuple[Portrait, tuple[Said, ...]], ...]
    about: tuple[Said, ...]
    said: tuple[Said, ...]
    method: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


def report_of(
    result: Result,
    catalogue: Catalogue,
    reality: bytes | None = None,
    made_on: str | None = None,
    sheet: str | None = None,
) -> Report:
    """Return the report of a result, told in the result's language and in the program's words spoken now.

    `reality` is what the store keeps of the person's reality check; `made_on` the day of the result where the person
    lives, that in Greenwich if it is not said; `sheet` names the sheet of answers it was made of, if it is not kept.

    Raises:
        KeyError: The result names something that the catalogue does not have.
        msgspec.DecodeError: `reality` is damaged.
    """
    language = result.language
    cite = Cites(catalogue, language)
    ranked = result.ranking if result.answers.answered else ()
    warnings = [*sentences.warnings(result), *([] if ranked else [sentences.nothing_answered()])]
    if ranked and (told := sentences.open_ranking(result)) is not None:
        warnings.append(told)
    view = _View(catalogue, language, cite)
    explained = tuple(view.explained(role) for role in ranked[:IN_FULL])
    checked = reality_check(reality)
    portraits = tuple(
        (portrait(catalogue.role(role.role), catalogue, language, cite), checked.get(role.role, ()))
        for role in ranked[:IN_FULL]
    )
    compared = contrast.points(result, catalogue) if ranked else []
    decided = {signal.trait for role in ranked[:IN_FULL] for signal in role.signals if signal.status != "unsure"}
    known = [trait for trait in result.traits if trait.standard_error < HARDLY_KNOWN or trait.trait in decided]
    unknown = [trait.name for trait in result.traits if trait not in known]
    leanings = [view.leaning(trait) for trait in sorted(known, key=lambda trait: -abs(trait.estimate))]
    return Report(
        language=spoken.current(),
        title=_("Career fit report"),
        lead=_("Which roles suit your answers, why, and how sure that is."),
        facts=_facts(result, made_on or result.created[:10], sheet),
        warnings=tuple(warnings),
        places=tuple(view.place(role) for role in ranked[:RANKED]),
        explained=explained,
        versus=contrast.versus(result) if compared else "",
        too_close=(contrast.too_close(result) or "") if compared else "",
        contrast=tuple(compared),
        reach=tuple(_reach(role) for role in ranked[:RANKED]),
        leanings=tuple(leaning for leaning in leanings if leaning.towards),
        middle=tuple(leaning for leaning in leanings if not leaning.towards),
        unknown=_("Your answers say little about these yet: {traits}.").format(traits=", ".join(unknown))
        if unknown
        else "",
        portraits=portraits,
        about=about_the_person(result),
        said=answers_given(result, catalogue),
        method=method(),
        sources=cite.sources(),
    )


class _View:
    """Roles and traits of one result, in its language."""

    def __init__(self, catalogue: Catalogue, language: str, cite: Cites) -> None:
        self._catalogue = catalogue
        self._language = language
        self._cite = cite

    def place(self, role: RankedRole) -> Place:
        """Return a role's place in the ranking."""
        first, top3 = sentences.in_100(role.confidence.first), sentences.in_100(role.confidence.top3)
        return Place(
            rank=role.rank,
            title=role.title,
            first=first,
            top3=top3,
            fits=sentences.fits(role),
            sure=sentences.sure(role),
            short=_("first in {first}, among the first three in {top3} of 100").format(first=first, top3=top3),
            tied=sentences.tied(role, self._catalogue, self._language) or "",
        )

    def explained(self, role: RankedRole) -> Explained:
        """Return a role with every reason."""
        reasons = sentences.reasons(role)
        groups = [
            Reasons(_("In its favour"), "+", self._reasons(reasons.in_favour)),
            Reasons(_("Could weigh on you"), "-", self._reasons(reasons.warned)),
            Reasons(_("Asked for, and less like you"), "-", self._reasons(reasons.missed, with_end=True)),
        ]
        conditions = [text for text, _status in sentences.conditions(role.conditions)]
        return Explained(
            place=self.place(role),
            groups=tuple(group for group in groups if group.reasons),
            unclear=tuple(sentences.open_points(reasons, self._catalogue, self._language, NAMED)),
            readiness=tuple(sentences.readiness(role.readiness)),
            conditions=tuple(conditions or [sentences.no_conditions()]),
        )

    def leaning(self, trait: TraitResult) -> Leaning:
        """Return where the person stands on a trait; near the middle they lean nowhere."""
        towards: Literal["low", "high", ""] = ""
        if abs(trait.estimate) >= sentences.LEANING:
            towards = "high" if trait.estimate > 0 else "low"
        estimate = -trait.estimate if towards == "low" else trait.estimate
        least, count, most = (
            sentences.below_in_100(estimate + step * trait.standard_error) for step in (-1.0, 0.0, 1.0)
        )
        told = (
            _("you: more so than about {count} people in 100 ({least} to {most})")
            if towards
            else _("you are about in the middle here")
        )
        ends = self._catalogue.trait(trait.trait)
        return Leaning(
            name=trait.name,
            low=ends.low[self._language],
            high=ends.high[self._language],
            least=sentences.share_below(trait.estimate - trait.standard_error),
            here=sentences.share_below(trait.estimate),
            most=sentences.share_below(trait.estimate + trait.standard_error),
            towards=towards,
            told=told.format(count=count, least=least, most=most),
        )

    def _reasons(self, signals: list[SignalResult], with_end: bool = False) -> tuple[Reason, ...]:
        return tuple(
            Reason(
                text=self._cite(signal.text, signal.source),
                leaning=sentences.leaning(signal, self._catalogue, self._language) if with_end else "",
                answers=tuple(
                    sentences.quoted(answer, self._catalogue.item(answer.item), signal.trait, self._language)
                    for answer in sentences.behind(signal)[:ANSWERS]
                ),
            )
            for signal in signals
        )


def _facts(result: Result, made_on: str, sheet: str | None) -> tuple[Fact, ...]:
    asked = sentences.answered(result)
    skipped = sum(1 for response in result.answers.responses.values() if response is None)
    if skipped:
        asked += _(", {count} skipped").format(count=skipped)
    kept_as = result.id if sheet is None else _("of the answer sheet {file}").format(file=sheet)
    facts = [
        Fact(_("Made on"), made_on, when=True),
        Fact(_("Questions"), asked),
        *([Fact(_("The quiz ended because"), sentences.stopped(result))] if sheet is None else []),
        Fact(_("Catalogue"), f"{result.catalogue.name} ({result.catalogue.hash.removeprefix('sha256:')[:12]})"),
        Fact(_("Result"), f"{kept_as}, {result.program}"),
    ]
    return (*([Fact(_("For"), result.respondent)] if result.respondent else []), *facts)


def _reach(role: RankedRole) -> Reach:
    unmet = sentences.readiness([gap for gap in role.readiness if gap.gap is None or gap.gap > 0])
    against = sentences.conditions([c for c in role.conditions if c.status != "fine"])
    return Reach(
        title=role.title,
        missing="; ".join(unmet) or _("nothing is missing"),
        against="; ".join(text for text, _status in against) or _("nothing against it"),
    )
