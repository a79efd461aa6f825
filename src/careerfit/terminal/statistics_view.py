"""What a catalogue holds, as a page."""

from __future__ import annotations

from collections.abc import Sequence

from careerfit.catalogue.published import Statistics, TraitCount
from careerfit.language import _, ngettext
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, Span, bullets, dim, spans
from careerfit.terminal.columns import table

_SHOWN = 12
"""Things out of balance that are shown; `--json` has all."""


def statistics_blocks(counted: Statistics) -> list[Block]:
    """Return the page."""
    return [
        *_opening(counted),
        *_families(counted),
        *_roles(counted),
        *_traits(counted),
        *_sources(counted),
        *_languages(counted),
        *_lopsided(counted),
    ]


def _part(title: str, *legend: str) -> list[Block]:
    return [Space(), Heading(spans(title)), *(Paragraph(spans(dim(line)), indent=2) for line in legend)]


def _opening(counted: Statistics) -> list[Block]:
    items = counted.items["statement"] + counted.items["pair"]
    size = ", ".join(
        [
            ngettext("{count} role", "{count} roles", len(counted.roles)).format(count=len(counted.roles)),
            ngettext("{count} trait", "{count} traits", len(counted.traits)).format(count=len(counted.traits)),
            ngettext("{count} question", "{count} questions", items).format(count=items),
        ]
    )
    kinds = _("questions (statements: {statements}, choices between two: {pairs})").format(
        statements=counted.items["statement"], pairs=counted.items["pair"]
    )
    return [
        Heading(spans(_("What the catalogue “{name}” holds").format(name=counted.catalogue.name)), 1),
        Paragraph(spans(size)),
        Paragraph(spans(kinds)),
    ]


def _families(counted: Statistics) -> list[Block]:
    rows = [[family.title, str(family.roles)] for family in counted.families]
    return [*_part(_("Families")), *table([_("family"), _("roles")], rows)] if rows else []


def _roles(counted: Statistics) -> list[Block]:
    rows = [
        [role.title, str(role.fit), str(role.unfit), f"{role.weight:g}", str(role.statements), str(role.sources)]
        for role in counted.roles
    ]
    legend = (
        _("fit, unfit: signals; weight: of all of them together"),
        _("said: statements with a source; sources: how many different ones"),
    )
    head = [_("role"), _("fit"), _("unfit"), _("weight"), _("said"), _("sources")]
    return [*_part(_("Roles"), *legend), *table(head, rows)]


def _traits(counted: Statistics) -> list[Block]:
    rows = [
        [
            trait.name,
            f"{trait.statements_positive}/{trait.statements_negative}",
            str(trait.pairs),
            str(trait.roles),
            f"{trait.asks_high}/{trait.asks_middle}/{trait.asks_low}",
            _levels(trait),
        ]
        for trait in counted.traits
    ]
    legend = (
        _(
            "+/-: statements where agreeing speaks for the high end (+) or the low end (-); pairs:"
            " choices that include it"
        ),
        _(
            "roles: how many use it; asks: signals that look for people high, in the middle, low;"
            " levels: those they name"
        ),
    )
    head = [_("trait"), "+/-", _("pairs"), _("roles"), _("asks"), _("levels")]
    return [*_part(_("Traits"), *legend), *table(head, rows)]


def _levels(trait: TraitCount) -> str:
    if not trait.levels:
        return "-"
    low, high = f"{trait.levels[0]:g}", f"{trait.levels[-1]:g}"
    return low if low == high else f"{low}-{high}"


def _sources(counted: Statistics) -> list[Block]:
    kinds = {"article": _("article"), "dataset": _("dataset"), "editorial": _("editors")}
    rows = [
        [source.title, kinds[source.kind], str(source.statements), _hundred(source.share)] for source in counted.sources
    ]
    shares: Sequence[str] = [
        _("{kind}: {percent} per cent").format(kind=kinds[kind], percent=_hundred(share))
        for kind, share in counted.source_kinds.items()
    ]
    head = [_("source"), _("kind"), _("statements"), _("in 100")]
    return [*_part(_("Where statements come from"), ", ".join(shares)), *table(head, rows, texts=(0, 1))]


def _languages(counted: Statistics) -> list[Block]:
    rows = [
        [
            one.language,
            f"{one.texts}/{one.of_texts}",
            _hundred(one.own),
            f"{one.item_words_median:g}",
            str(one.item_words_most),
            f"{one.role_words_median:g}",
            str(one.role_words_most),
        ]
        for one in counted.languages
    ]
    legend = (
        _("texts: how many are there; own: per cent of them that are not the same in another language"),
        _("question, role: words to read, typically and at most"),
    )
    head = [_("language"), _("texts"), _("own"), _("question"), _("at most"), _("role"), _("at most")]
    return [*_part(_("Languages"), *legend), *table(head, rows)]


def _lopsided(counted: Statistics) -> list[Block]:
    told = [spans(one.text) for one in counted.lopsided]
    blocks = bullets(told[:_SHOWN], Span("•"), indent=2)
    if len(told) > _SHOWN:
        rest = _("and {count} more: `careerfit catalogue check` lists weaknesses with their lines").format(
            count=len(told) - _SHOWN
        )
        blocks.append(Paragraph(spans(dim(rest)), indent=2))
    nothing = Paragraph(spans(_("Nothing stands out.")), indent=2)
    return [*_part(_("Out of balance")), *(blocks or [nothing])]


def _hundred(share: float) -> str:
    return f"{100 * share:.0f}"
