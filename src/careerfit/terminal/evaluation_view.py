"""The evaluation of a catalogue as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careerfit.engine.advice import advise, is_confused, is_favourite, is_never_first, undecided
from careerfit.engine.appraisal import Appraisal, Bin, Hit
from careerfit.engine.sampling import Z, reach
from careerfit.language import _, decimal, ngettext
from careerfit.model import Catalogue
from careerfit.terminal.advice_view import advice_text
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, Span, bullets, dim, spans
from careerfit.terminal.columns import table

_WORST = 8
"""Pairs and questions that are shown; `--json` has all."""


class Settings(NamedTuple):
    """What was asked for: the seed, the level of noise, and how many items a quiz asks at most."""

    seed: int
    noise: str
    limit: int


def evaluation_blocks(
    appraisal: Appraisal, catalogue: Catalogue, settings: Settings, language: str, unbalanced: Sequence[str] = ()
) -> list[Block]:
    """Return the page, with names in a language of the catalogue.

    `unbalanced` says what is lopsided whoever answers; it stands before the advice drawn from the figures.
    """
    advice = [
        spans(text) for text in (*unbalanced, *(advice_text(one, catalogue, language) for one in advise(appraisal)))
    ]
    nothing = _("Nothing stands out. Let real people try it next.")
    left_open = undecided(appraisal)
    perhaps = ngettext(
        "Of one more thing these figures do not tell whether it is chance; more people (--people) would.",
        "Of {count} more things these figures do not tell whether they are chance; more people (--people) would.",
        left_open,
    ).format(count=left_open)
    return [
        *_opening(appraisal, catalogue, settings),
        *_right_role(appraisal),
        *_takes(appraisal),
        *_length(appraisal, settings),
        *_confidence(appraisal),
        *_roles(appraisal, catalogue, language),
        *_pairs(appraisal, catalogue, language),
        *_traits(appraisal, catalogue, language),
        *_items(appraisal, catalogue),
        *_part(_("What to do next")),
        *(bullets(advice, Span("•"), 2) or [Paragraph(spans(nothing), indent=2)]),
        *([Paragraph(spans(dim(perhaps)), indent=2)] if left_open else []),
    ]


def _part(title: str, *legend: str) -> list[Block]:
    """Return the heading of a part, and what its figures mean, a line each."""
    return [Space(), Heading(spans(title)), *(Paragraph(spans(dim(line)), indent=2) for line in legend)]


def _hundred(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"


def _chance(share: float | None, people: int) -> str:
    """Return what chance may do to a share of so many people, in 100; never nothing."""
    return "-" if share is None else str(max(1, round(100 * reach(share, people))))


def _opening(appraisal: Appraisal, catalogue: Catalogue, settings: Settings) -> list[Block]:
    size = ", ".join(
        [
            ngettext("{count} role", "{count} roles", len(catalogue.roles)).format(count=len(catalogue.roles)),
            ngettext("{count} trait", "{count} traits", len(catalogue.traits)).format(count=len(catalogue.traits)),
            ngettext("{count} question", "{count} questions", len(catalogue.items)).format(count=len(catalogue.items)),
        ]
    )
    noise = {"low": _("low"), "usual": _("usual"), "high": _("high")}[settings.noise]
    low, high = appraisal.discriminations
    how = _("{people} simulated people, seed {seed}, noise {noise} (discriminations {low}-{high})").format(
        people=appraisal.people, seed=settings.seed, noise=noise, low=low, high=high
    )
    noise_told = (
        _("± says how far chance moves a figure either way, 95 times in 100. Figures that"),
        _("lie closer together may as well be equal, or the other way round."),
        _("More people (--people) make it smaller."),
    )
    return [
        Heading(spans(_("What the catalogue “{name}” can tell apart").format(name=catalogue.name)), 1),
        Paragraph(spans(size)),
        Paragraph(spans(how)),
        *(Paragraph(spans(dim(line))) for line in noise_told),
        Paragraph(spans(dim(_("Simulated people answer as the model says; real people are to be tried next.")))),
    ]


def _right_role(appraisal: Appraisal) -> list[Block]:
    columns: list[tuple[str, Hit]] = [(str(k), hit) for k, hit in appraisal.hits.items()]
    columns += [(_("all"), appraisal.full), (_("traits known"), appraisal.known)]
    rows = [
        [_("first"), *(_hundred(hit.first) for _head, hit in columns)],
        ["  ±", *(_chance(hit.first, appraisal.people) for _head, hit in columns)],
        [_("among the first three"), *(_hundred(hit.top3) for _head, hit in columns)],
        ["  ±", *(_chance(hit.top3, appraisal.people) for _head, hit in columns)],
    ]
    legend = _("In 100 people drawn for a role, by number of questions answered")
    return [*_part(_("The right role"), legend), *table([_("questions"), *(head for head, _hit in columns)], rows)]


def _takes(appraisal: Appraisal) -> list[Block]:
    takes = appraisal.takes
    shares = (
        (_("first role of one among the first three of the other"), takes.among_three),
        (_("same first role"), takes.same),
        (_("same first role, or a tie declared in one of the takes"), takes.same_or_tied),
    )
    rows = [[what, _hundred(share), _chance(share, appraisal.people)] for what, share in shares]
    legend = _("The same people with new answers, each time after {items} questions").format(items=takes.items)
    return [*_part(_("Two takes"), legend), *table(["", _("in 100"), "±"], rows)]


def _length(appraisal: Appraisal, settings: Settings) -> list[Block]:
    length = appraisal.length
    told = (
        _("{median} is the median; half of the people answer {lower} to {upper}").format(
            median=f"{length.median:g}", lower=f"{length.lower:g}", upper=f"{length.upper:g}"
        ),
        _("for {ended} in 100 (±{chance}) the quiz ends by itself before the limit of {limit}").format(
            ended=_hundred(length.ended), chance=_chance(length.ended, appraisal.people), limit=settings.limit
        ),
    )
    return [*_part(_("How many questions")), *(Paragraph(spans(line), indent=2) for line in told)]


def _confidence(appraisal: Appraisal) -> list[Block]:
    def cells(one: Bin) -> list[str]:
        return [str(one.people), _hundred(one.stated), _hundred(one.true), _chance(one.true, one.people)]

    both = list(zip(appraisal.confidence, appraisal.confidence_drawn, strict=True))
    rows = [
        [f"{100 * place // len(both)}-{100 * (place + 1) // len(both)}", *cells(anyone), *cells(drawn)]
        for place, (anyone, drawn) in enumerate(both)
    ]
    head = [_("stated"), _("anyone"), _("says"), _("is right"), "±", _("drawn"), _("says"), _("is right"), "±"]
    legend = (
        _("In 100, how often the quiz says its first role is right, and how often it is:"),
        _("for people in general (anyone), and for people drawn for a role (drawn)"),
    )
    return [*_part(_("Stated confidence"), *legend), *table(head, rows)]


def _roles(appraisal: Appraisal, catalogue: Catalogue, language: str) -> list[Block]:
    titles = [role.title[language] for role in catalogue.roles]
    pairs = {frozenset((pair.role, pair.neighbour)): pair for pair in appraisal.pairs}
    count, people = len(titles), appraisal.general
    rows = []
    for index, role in enumerate(appraisal.roles):
        mark = "+" if is_favourite(role, count, people) else "-" if is_never_first(role, count, people) else ""
        neighbour = ["", "", ""]
        if role.neighbour is not None:
            pair = pairs[frozenset((index, role.neighbour))]
            neighbour = [titles[role.neighbour], _hundred(pair.separated), _chance(pair.separated, pair.people)]
        share = [f"{mark} {decimal(role.share)}".strip(), decimal(count * reach(role.share / count, people))]
        rows.append([titles[index], _hundred(role.hit), _chance(role.hit, role.people), *share, *neighbour])
    legend = (
        _("first: how often in 100 it comes first for people drawn for it"),
        _("share: of first places among people in general; 1.0 is an equal share,"),
        _("+ marks what is surely a favourite, - what surely hardly ever comes first"),
        _("apart: in 100 people drawn for either, how many have the right one above"),
    )
    head = [_("role"), _("first"), "±", _("share"), "±", _("hardest neighbour"), _("apart"), "±"]
    return [*_part(_("Roles"), *legend), *table(head, rows, texts=(0, 5))]


def _pairs(appraisal: Appraisal, catalogue: Catalogue, language: str) -> list[Block]:
    blocks: list[Block] = []
    for number, pair in enumerate(appraisal.pairs[:_WORST], start=1):
        one, other = (catalogue.roles[index].title[language] for index in (pair.role, pair.neighbour))
        told = _("told apart {separated} in 100 (±{chance}), {known} if traits were known (±{known_chance})").format(
            separated=_hundred(pair.separated),
            chance=_chance(pair.separated, pair.people),
            known=_hundred(pair.known),
            known_chance=_chance(pair.known, pair.known_people),
        )
        if pair.trait is None:
            split = _("no trait splits them")
        else:
            split = _("would split them: {trait}, {unknown} per cent unknown").format(
                trait=catalogue.traits[pair.trait].name[language], unknown=_hundred(pair.unknown)
            )
        style = Span(told, "bad") if is_confused(pair) else Span(told)
        blocks.append(Paragraph(spans(f"{one} / {other}"), Span(f"{number}."), indent=2))
        blocks += [Paragraph(spans(style), indent=5), Paragraph(spans(split), indent=5)]
    return [*_part(_("Most confused pairs")), *blocks] if blocks else []


def _traits(appraisal: Appraisal, catalogue: Catalogue, language: str) -> list[Block]:
    rows = [
        [
            entry.name[language],
            str(trait.roles),
            str(trait.items),
            decimal(trait.moves),
            _hundred(trait.known),
            _hundred(Z * trait.known_standard_error),
            _hundred(trait.known_full),
            _hundred(Z * trait.known_full_standard_error),
        ]
        for entry, trait in zip(catalogue.traits, appraisal.traits, strict=True)
    ]
    legend = (
        _("moves: how far it moves the roles apart; 1.0 is the average trait"),
        _("known: per cent of how people differ on it, after {items} questions, after all").format(
            items=appraisal.standard
        ),
    )
    head = [_("trait"), _("roles"), _("questions"), _("moves"), _("known"), "±", _("after all"), "±"]
    return [*_part(_("Traits"), *legend), *table(head, rows)]


def _items(appraisal: Appraisal, catalogue: Catalogue) -> list[Block]:
    weakest = sorted(range(len(appraisal.items)), key=lambda index: appraisal.items[index].gain)[:_WORST]
    rows = [
        [
            catalogue.items[index].id,
            _hundred(item.asked),
            _chance(item.asked, appraisal.people),
            _hundred(item.gain),
            _hundred(Z * item.gain_standard_error),
        ]
        for index, item in ((index, appraisal.items[index]) for index in weakest)
    ]
    legend = (
        _("asked: of how many in 100 people, within {items} questions").format(items=appraisal.standard),
        _("gain: what it would tell, in per cent of the best question at the same moment"),
    )
    return [
        *_part(_("Questions that say least"), *legend),
        *table([_("question"), _("asked"), "±", _("gain"), "±"], rows),
    ]
