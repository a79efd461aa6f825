"""A result as blocks: the leading roles with every reason, what is unsure, what sets the first two apart."""

from __future__ import annotations

from msgspec import UNSET

from careerfit.document import AnswerInfluence, ConditionResult, RankedRole, ReadinessGap, Result, SignalResult
from careerfit.language import _, ngettext
from careerfit.model import Catalogue, Pair
from careerfit.terminal import words
from careerfit.terminal.blocks import Bar, Block, Heading, Line, Paragraph, Space, Span, dim, spans, strong

IN_FULL = 3
"""Roles explained in full."""

IN_SHORT = 5
"""Roles after them that get a line each."""

STRONGEST = 3
"""Signals of each kind shown with a role."""

STANDS_OUT = 0.2
"""Confidence of the first role below which the whole ranking is said to be open."""

LEANING = 0.4
"""Estimates closer to the middle than this, in SD, lean neither way."""

NAMED = 4
"""Unclear traits named; of the others only the number is told."""


def result_blocks(result: Result, catalogue: Catalogue, command: str = "careerfit") -> list[Block]:
    """Return the result screen; nothing is ranked when nothing was answered.

    `command` is what the person types to run the program.
    """
    answered = sum(1 for _item in result.answers.given())
    blocks: list[Block] = [Heading(spans(_("Your result")), level=1), *_about(result, answered)]
    if not answered:
        blocks.append(Paragraph(spans(_("You have not answered any question yet, so there is nothing to rank."))))
        return [*blocks, *_next_steps(result, command, ranked=False)]
    if result.ranking[0].confidence.first < STANDS_OUT:
        told = _("No role stands out yet: the order below could easily change with more answers.")
        blocks.append(Paragraph(spans(Span(told, "unsure")), Span("!", "unsure")))
    view = _RoleView(catalogue, result.language)
    for role in result.ranking[:IN_FULL]:
        blocks += view.in_full(role)
    blocks += view.in_short(result.ranking[IN_FULL : IN_FULL + IN_SHORT])
    blocks += _contrast_blocks(result, catalogue)
    return [*blocks, *_next_steps(result, command, ranked=True)]


def _about(result: Result, answered: int) -> list[Block]:
    count = ngettext("{count} question answered", "{count} questions answered", answered).format(count=answered)
    reason = {
        "settled": _("more questions would hardly change which role comes first"),
        "nothing-left": _("no question is left that would change the ranking"),
        "limit": _("the limit of questions is reached; the ranking is not quite settled"),
        "respondent": _("you stopped here"),
    }[result.stopped]
    blocks: list[Block] = [Paragraph(spans(dim(f"{count} · {reason}")))]
    warnings = {
        "inconsistent": _(
            "Some of your answers point in different directions, more than usual. Read this result with care, or take"
            " the quiz again when you have a quiet moment."
        ),
        "uniform": _("Nearly all your answers are the same, so they say little about what sets you apart."),
    }
    return blocks + [
        Paragraph(spans(Span(warnings[flag], "unsure")), Span("!", "unsure")) for flag in result.quality.flags
    ]


class _RoleView:
    """Roles of one result, in its language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language

    def in_full(self, role: RankedRole) -> list[Block]:
        """Return a role with its match, confidence, signals, readiness and conditions."""
        first, top3 = round(role.confidence.first * 100), round(role.confidence.top3 * 100)
        fits = _("fits you better than it fits {match} people in 100").format(match=role.match)
        sure = _("how sure: first {first} times in 100, among the first three {top3} times in 100").format(
            first=first, top3=top3
        )
        blocks: list[Block] = [
            Space(),
            Heading(spans(f"{role.rank}. {role.title}")),
            Bar(role.match / 100, spans(fits), indent=3),
            Paragraph(spans(dim(sure)), indent=3),
        ]
        if role.tied_with:
            titles = ", ".join(self._title(other) for other in role.tied_with[:3])
            told = _("too close to call with: {titles}").format(titles=titles)
            blocks.append(Paragraph(spans(Span(told, "unsure")), Span("=", "unsure"), indent=3))
        met = sorted((s for s in role.signals if s.status == "met"), key=lambda s: -s.evidence)
        clash = sorted((s for s in role.signals if s.status == "clash"), key=lambda s: s.evidence)
        warned = [signal for signal in clash if signal.kind == "unfit"]
        warned_of = {signal.trait for signal in warned}
        missed = [signal for signal in clash if signal.kind == "fit" and signal.trait not in warned_of]
        blocks += self._signals(_("In its favour"), [s for s in met if s.kind == "fit"], Span("+", "good"))
        blocks += self._signals(_("Could weigh on you"), warned, Span("-", "bad"))
        blocks += self._signals(_("Asked for, and less like you"), missed, Span("-", "bad"), with_end=True)
        least_sure_first = sorted(role.signals, key=lambda signal: -signal.weight * signal.standard_error)
        unsure = list(dict.fromkeys(self._trait(s.trait) for s in least_sure_first if s.status == "unsure"))
        if unsure:
            told = _("Not clear yet: {traits}").format(traits=", ".join(unsure[:NAMED]))
            if len(unsure) > NAMED:
                told += _(" and {count} more").format(count=len(unsure) - NAMED)
            blocks.append(Paragraph(spans(told), Span("?", "unsure"), indent=3))
        blocks.append(Paragraph(_readiness_line(role.readiness), indent=3))
        blocks.append(Paragraph(_conditions_line(role.conditions), indent=3))
        return blocks

    def in_short(self, roles: tuple[RankedRole, ...]) -> list[Block]:
        """Return roles with a line each."""
        if not roles:
            return []
        blocks: list[Block] = [Space(), Heading(spans(_("Next in the ranking")))]
        for role in roles:
            told = _("a better fit than for {match} people in 100").format(match=role.match)
            blocks.append(Paragraph(spans(role.title, dim(f" · {told}")), Span(f"{role.rank}."), indent=1))
        return blocks

    def _signals(self, title: str, signals: list[SignalResult], mark: Span, with_end: bool = False) -> list[Block]:
        """Return the strongest signals, each with the answer that speaks most for its place.

        `with_end` adds where on the trait the answers lie.
        """
        if not signals:
            return []
        blocks: list[Block] = [Paragraph(spans(strong(title)), indent=3)]
        for signal in signals[:STRONGEST]:
            blocks.append(Paragraph(spans(signal.text), mark, indent=5))
            if with_end:
                blocks.append(Paragraph(spans(self._leaning(signal)), indent=7))
            behind = [answer for answer in signal.answers if answer.influence * signal.evidence > 0]
            blocks += [Paragraph(spans(dim(self._answer(answer, signal.trait))), indent=7) for answer in behind[:1]]
        return blocks

    def _leaning(self, signal: SignalResult) -> str:
        """Return how the answers lie towards a signal that they do not meet."""
        if abs(signal.estimate) < LEANING:
            return _("Going by your answers, you are in the middle here.")
        towards = signal.at_least is not UNSET if signal.estimate > 0 else signal.at_most is not UNSET
        if towards:
            return _("Going by your answers, you lean that way, but less than the role asks for.")
        trait = self._catalogue.trait(signal.trait)
        end = (trait.high if signal.estimate > 0 else trait.low)[self._language]
        return _("Going by your answers, you {end}.").format(end=end)

    def _answer(self, answer: AnswerInfluence, trait: str) -> str:
        """Return what was answered; of a pair, the side that speaks about the trait."""
        item = self._catalogue.item(answer.item)
        if not isinstance(item, Pair):
            return f"“{item.text[self._language]}” → {words.statement_answers()[answer.response]}"
        shown = item.left if trait in item.left.weights else item.right
        towards = answer.response - 2 if shown is item.right else 2 - answer.response
        return f"“{shown.text[self._language]}” → {words.preference(towards)}"

    def _title(self, role_id: str) -> str:
        return self._catalogue.role(role_id).title[self._language]

    def _trait(self, trait_id: str) -> str:
        return self._catalogue.trait(trait_id).name[self._language]


def _readiness_line(gaps: tuple[ReadinessGap, ...]) -> Line:
    parts = []
    for gap in gaps:
        if not gap.needs:
            continue
        if gap.what == "education":
            needs = words.education(str(gap.needs))
            has = None if gap.has is None else words.education(str(gap.has))
        else:
            counted = words.years if gap.what == "years_experience" else words.people
            needs = counted(int(gap.needs))
            has = None if gap.has is None else str(gap.has)
        if gap.gap is None:
            parts.append(needs)
        elif gap.gap == 0:
            parts.append(_("{needs} (you have that)").format(needs=needs))
        else:
            parts.append(_("{needs} (you: {has})").format(needs=needs, has=has))
    return spans(strong(_("Usually asked for: ")), "; ".join(parts))


def _conditions_line(conditions: tuple[ConditionResult, ...]) -> Line:
    parts: list[str | Span] = [strong(_("Conditions: "))]
    occurring = [condition for condition in conditions if condition.role != "never"]
    if not occurring:
        return spans(*parts, _("no overtime, calls, travel or shifts as a rule"))
    for place, condition in enumerate(occurring):
        text = f"{words.condition(condition.what)} {words.frequency(condition.role)}"
        if condition.status == "clash":
            told: str | Span = Span(_("{condition} (you would rather not)").format(condition=text), "bad")
        elif condition.status == "ask":
            told = Span(_("{condition} (you: it depends)").format(condition=text), "unsure")
        else:
            told = text
        parts += ["; ", told] if place else [told]
    return spans(*parts)


def _contrast_blocks(result: Result, catalogue: Catalogue) -> list[Block]:
    contrast, language = result.contrast, result.language
    if contrast is None:
        return []
    first, second = catalogue.role(contrast.first), catalogue.role(contrast.second)
    titles = {"one": first.title[language], "other": second.title[language]}
    blocks: list[Block] = [Space(), Heading(spans(_("{one} or {other}?").format(**titles)))]
    if second.id in result.ranking[0].tied_with:
        blocks.append(
            Paragraph(spans(_("Your answers cannot yet tell these two apart. Here is where they differ:")), indent=3)
        )
    for role, neighbour in ((first, second), (second, first)):
        for difference in role.differs_from:
            if difference.role == neighbour.id:
                told = spans(strong(f"{role.title[language]}: "), difference.text[language])
                blocks.append(Paragraph(told, Span("•"), indent=3))
    for sign, title in ((1, titles["one"]), (-1, titles["other"])):
        speaking = [t for t in contrast.traits if t.evidence * sign >= 1.0][:3]
        if speaking:
            names = ", ".join(catalogue.trait(t.trait).name[language] for t in speaking)
            told_text = _("Your answers on these speak more for {title}: {traits}").format(title=title, traits=names)
            blocks.append(Paragraph(spans(told_text), Span("•"), indent=3))
    if contrast.swap is not None:
        template = (
            _("They would change places if it were truer that you {end} ({trait}).")
            if abs(contrast.swap.change) >= 0.5
            else _("They would change places if it were only a little truer that you {end} ({trait}).")
        )
        trait = catalogue.trait(contrast.swap.trait)
        end = trait.high[language] if contrast.swap.change > 0 else trait.low[language]
        blocks.append(Paragraph(spans(template.format(end=end, trait=trait.name[language])), Span("•"), indent=3))
    return blocks


def _next_steps(result: Result, command: str, ranked: bool) -> list[Block]:
    steps = []
    if ranked:
        steps += [(f"{command} show {role.role}", _("what this role is really like")) for role in result.ranking[:2]]
    steps += [(f"{command} roles", _("all roles")), (f"{command} quiz --new", _("take the quiz again"))]
    blocks: list[Block] = [Space(), Heading(spans(_("What you can type next")))]
    blocks += [Paragraph(spans(Span(typed, "accent"), dim(f"  {what}")), indent=3) for typed, what in steps]
    limits = _(
        "This compares your answers with what roles ask for. It has not been tested on working people, it cannot"
        " promise that you will be happy, and it is not meant for choosing whom to hire."
    )
    return [*blocks, Space(), Paragraph(spans(dim(limits)))]
