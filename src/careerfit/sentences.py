"""A result in sentences, for the screen and for the report: what is said is written here, how it looks elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import erfc, inf, sqrt
from typing import NamedTuple

from msgspec import UNSET

from careerfit import words
from careerfit.document import (
    AnswerInfluence,
    ConditionResult,
    ConditionStatus,
    RankedRole,
    Readied,
    ReadinessGap,
    Result,
    SignalResult,
)
from careerfit.language import _, ngettext
from careerfit.model import Catalogue, Education, Item, Pair

STANDS_OUT = 0.2
"""Confidence of the first role below which the whole ranking is said to be open."""

NEARLY = 0.5
"""Confidence of the first role from which a ranking that did not settle nearly has."""

LEANING = 0.4
"""Estimates closer to the middle than this, in SD, lean neither way."""

TIES_NAMED = 3
"""Roles named of those that one role cannot be told from."""


class Reasons(NamedTuple):
    """The signals of a role by what they say to the respondent, the strongest first.

    `warned` are unfit signals that describe the respondent, `missed` fit signals that do not, on traits that no
    warning is about; `uncertain` and `unasked` are ids of the other traits, those with answers and those without, the
    least certain first.
    """

    in_favour: list[SignalResult]
    warned: list[SignalResult]
    missed: list[SignalResult]
    uncertain: list[str]
    unasked: list[str]


def reasons(role: RankedRole) -> Reasons:
    """Return what speaks for a role, what could weigh, and what is not clear yet."""
    met = sorted((s for s in role.signals if s.status == "met" and s.kind == "fit"), key=lambda s: -s.evidence)
    clash = sorted((s for s in role.signals if s.status == "clash"), key=lambda s: s.evidence)
    warned = [signal for signal in clash if signal.kind == "unfit"]
    warned_of = {signal.trait for signal in warned}
    missed = [signal for signal in clash if signal.kind == "fit" and signal.trait not in warned_of]
    least_sure_first = sorted(role.signals, key=lambda signal: -signal.weight * signal.standard_error)
    unsure = {signal.trait: bool(signal.answers) for signal in least_sure_first if signal.status == "unsure"}
    uncertain = [trait for trait, has_answers in unsure.items() if has_answers]
    unasked = [trait for trait, has_answers in unsure.items() if not has_answers]
    return Reasons(met, warned, missed, uncertain, unasked)


def answered(result: Result) -> str:
    """Return how many questions were answered."""
    count = result.answers.answered
    return ngettext("{count} question answered", "{count} questions answered", count).format(count=count)


def nothing_answered() -> str:
    """Return why a result without answers ranks nothing."""
    return _("You have not answered any question yet, so there is nothing to rank.")


def stopped(result: Result) -> str:
    """Return why the quiz ended."""
    return {
        "settled": _("more questions would hardly change which role comes first"),
        "nothing-left": _("no question is left that would change the ranking"),
        "limit": _("the limit of questions is reached; the ranking is not quite settled")
        if result.ranking[0].confidence.first >= NEARLY
        else _("the limit of questions is reached; the ranking is still open"),
        "respondent": _("you stopped here"),
    }[result.stopped]


def warnings(result: Result) -> list[str]:
    """Return what the person should know about the quality of the answers."""
    told = {
        "inconsistent": _(
            "Some of your answers point in different directions, more than usual. Read this result with care, or take"
            " the quiz again when you have a quiet moment."
        ),
        "uniform": _("Nearly all your answers are the same, so they say little about what sets you apart."),
    }
    return [told[flag] for flag in result.quality.flags if flag != "unanswered"]  # `nothing_answered` tells that


def open_ranking(result: Result) -> str | None:
    """Return that no role stands out, or None when one does."""
    if result.ranking[0].confidence.first >= STANDS_OUT:
        return None
    return _("No role stands out yet: the order below could easily change with more answers.")


def fits(role: RankedRole) -> str:
    """Return the match of a role."""
    return _("fits you better than it fits {match} people in 100").format(match=role.match)


def sure(role: RankedRole) -> str:
    """Return how sure the place of a role is, in words and as counts; `counting` says what is counted."""
    share = role.confidence.top3
    if share >= 0.9:
        template = _("almost certainly among the first three (first {first} times in 100, among the three {top3})")
    elif share >= 0.6:
        template = _("probably among the first three (first {first} times in 100, among the three {top3})")
    elif share >= 0.3:
        template = _("perhaps among the first three (first {first} times in 100, among the three {top3})")
    else:
        template = _("still an open question (first {first} times in 100, among the first three {top3})")
    return template.format(first=in_100(role.confidence.first), top3=in_100(share))


def counting() -> str:
    """Return what the order of a ranking is made of, and what the counts beside a place are."""
    return _(
        "The order goes by how strongly your answers speak for a role; “fits you better” compares you with other"
        " people, so that number need not fall. “Times in 100”: of 100 rankings that your answers leave room for."
    )


def in_100(share: float) -> int:
    """Return a share of 0 to 1 as a count in 100."""
    return round(share * 100)


def share_below(theta: float) -> float:
    """Return the share of people, 0-1, who stand below a place on a trait."""
    return erfc(-theta / sqrt(2.0)) / 2.0


def below_in_100(theta: float) -> int:
    """Return how many people in 100 stand below a place on a trait, from 1 to 99."""
    return min(99, max(1, in_100(share_below(theta))))


def tied(role: RankedRole, catalogue: Catalogue, language: str) -> str | None:
    """Return which roles it cannot be told from, or None."""
    if not role.tied_with:
        return None
    titles = ", ".join(catalogue.role(other).title[language] for other in role.tied_with[:TIES_NAMED])
    return _("too close to call with: {titles}").format(titles=titles)


def open_points(role: Reasons, catalogue: Catalogue, language: str, most: int) -> list[str]:
    """Return what is not certain yet and what was not asked: at most that many names each, and how many more."""
    told = []
    for template, traits in (
        (_("Not certain yet, though your answers may lean: {traits}"), role.uncertain),
        (_("Not asked about yet: {traits}"), role.unasked),
    ):
        named = ", ".join(catalogue.trait(trait).name[language] for trait in traits[:most])
        if len(traits) > most:
            named += _(" and {count} more").format(count=len(traits) - most)
        if traits:
            told.append(template.format(traits=named))
    return told


def leaning(signal: SignalResult, catalogue: Catalogue, language: str) -> str:
    """Return how the answers lie towards a signal that they do not meet."""
    if abs(signal.estimate) < LEANING:
        return _("Going by your answers, you are in the middle here.")
    towards = signal.at_least is not UNSET if signal.estimate > 0 else signal.at_most is not UNSET
    if towards:
        return _("Going by your answers, you lean that way, but less than the role asks for.")
    trait = catalogue.trait(signal.trait)
    end = (trait.high if signal.estimate > 0 else trait.low)[language]
    return _("Going by your answers, you {end}.").format(end=end)


def behind(signal: SignalResult) -> list[AnswerInfluence]:
    """Return the answers that speak for the place of a signal, the strongest first."""
    return [answer for answer in signal.answers if answer.influence * signal.evidence > 0]


def quoted(answer: AnswerInfluence, item: Item, trait: str, language: str) -> str:
    """Return what was answered; of a pair, the side that speaks about the trait."""
    text, said = answered_with(item, answer.response, trait, language)
    return f"“{text}” → {said}"


def answered_with(item: Item, response: int, trait: str, language: str) -> tuple[str, str]:
    """Return what an item says and an answer to it in words; of a pair, the side that speaks about the trait."""
    if not isinstance(item, Pair):
        return item.text[language], words.statement_answers()[response]
    shown, other = (item.left, item.right) if trait in item.left.weights else (item.right, item.left)
    towards = response - 2 if shown is item.right else 2 - response
    return shown.text[language], words.preference(towards, other.text[language])


def readiness(gaps: Sequence[ReadinessGap], exact: Collection[str] = ()) -> list[str]:
    """Return what is usually asked for, each beside what the respondent brings as far as it was said.

    `exact` are facts that were said as numbers: these stand for themselves and for no range.
    """
    told = []
    for gap in gaps:
        if not gap.needs:
            continue
        needs = _needs(gap)
        if gap.gap is None or gap.has is None:
            told.append(needs)
        elif gap.gap == 0:
            told.append(_("{needs} (you have that)").format(needs=needs))
        else:
            has, most = _said(gap.what, gap.has, gap.what in exact)
            template = _("{needs} (you: {has})")
            if most is not None and int(gap.needs) <= most:
                template = _("{needs} (you: {has}, perhaps enough)")
            told.append(template.format(needs=needs, has=has))
    return told


def brought(what: Readied, has: Education | int | None) -> str | None:
    """Return what the respondent brings as they said it, None when they did not.

    The quiz keeps the least of the range that was chosen, so a number that begins one stands for all of it.
    """
    return None if has is None else _said(what, has)[0]


def _said(what: Readied, has: Education | int, exact: bool = False) -> tuple[str, float | None]:
    """Return what the respondent brings in words, and the most it can be; None where that is what it says."""
    if what == "education":
        return words.education(str(has)), None
    count = int(has)
    if what == "years_experience":
        least, ranges, exactly = words.YEARS, words.ranges_of_years(), ngettext("{count} year", "{count} years", count)
    else:
        least, ranges = words.PEOPLE, words.ranges_of_people()
        exactly = ngettext("{count} person", "{count} people", count)
    if (exact and count) or count not in least:
        return exactly.format(count=count), None
    place = least.index(count)
    return ranges[place], least[place + 1] - 1 if place + 1 < len(least) else inf


def _needs(gap: ReadinessGap) -> str:
    if gap.what == "education":
        return words.education(str(gap.needs))
    counted = words.years if gap.what == "years_experience" else words.people
    return counted(int(gap.needs))


def conditions(results: Sequence[ConditionResult]) -> list[tuple[str, ConditionStatus]]:
    """Return each condition that occurs, beside what the respondent said about it."""
    told = {
        "clash": _("{condition} (you would rather not)"),
        "ask": _("{condition} (you: it depends)"),
    }
    return [
        (
            told.get(result.status, "{condition}").format(
                condition=f"{words.condition(result.what)} {words.frequency(result.role)}"
            ),
            result.status,
        )
        for result in results
        if result.role != "never"
    ]


def no_conditions() -> str:
    """Return what is said of a role in which none of the conditions occurs."""
    return _("no overtime, calls, travel or shifts as a rule")


def limits() -> str:
    """Return what a result is not."""
    return _(
        "This compares your answers with what roles ask for. It has not been tested on working people, it cannot"
        " promise that you will be happy, and it is not meant for choosing whom to hire."
    )
