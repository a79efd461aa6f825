"""Ways to a role, as blocks: each step with what is usually asked for and what is missing today."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from careerfit import sentences
from careerfit.document import Readied
from careerfit.language import _, ngettext
from careerfit.model import Catalogue
from careerfit.readings import RolePath, Rung
from careerfit.terminal import telling
from careerfit.terminal.blocks import Block, Heading, Line, Paragraph, Space, Span, dim, spans, strong


def path_blocks(
    path: RolePath, catalogue: Catalogue, show: str | None = None, exact: Collection[str] = ()
) -> list[Block]:
    """Return the page of the ways to a role.

    `show` is the command that shows the role, if there is one; `exact` are the facts said as numbers, not as ranges.
    """
    authored = _(
        "Written down by the editors of the catalogue: steps that people often take. No promise, and not the only way."
    )
    blocks: list[Block] = [
        Heading(spans(_("Ways to {title}").format(title=path.title)), level=1),
        Paragraph(spans(dim(authored))),
    ]
    if path.rank is not None and path.match is not None:
        blocks.append(Paragraph(_fit(path.rank, path.match)))
    needed = "; ".join(sentences.readiness(path.readiness, exact))
    blocks += [Paragraph(spans(strong(_("Usually asked for: ")), needed)), Space(), Paragraph(spans(_status(path)))]
    if path.ladders:
        blocks += [Space(), Heading(spans(_("A way there")))]
        for place, rung in enumerate(path.ladders[0], start=1):
            blocks += _rung(place, rung, exact)
    if path.ladders[1:]:
        blocks += [Space(), Heading(spans(_("Other ways there")))]
        for ladder in path.ladders[1:]:
            told = " → ".join(rung.title for rung in ladder)
            blocks.append(Paragraph(spans(told), Span("•"), indent=2))
    if not path.ladders and path.status != "ready" and path.led_to_by:
        titles = telling.titles(catalogue, path.led_to_by, path.language)
        blocks.append(Paragraph(spans(_("Roles that often come before it: {titles}").format(titles=titles)), indent=2))
    blocks += _notes(path)
    if show is not None:
        what = dim(f"  {_('what this role is really like')}")
        blocks += [Space(), Paragraph(spans(Span(show, "accent"), what))]
    return blocks


def _status(path: RolePath) -> str:
    if path.status == "ready":
        return _("You already bring what is usually asked for.")
    if path.status == "ladder":
        return _("You already bring what is usually asked for at the first step of each way below.")
    if path.status == "nothing-stated":
        return _(
            "What you bring is not known yet, so the ways below start with roles that have none"
            " before them in the catalogue."
        )
    if any(gap.gap is None for gap in path.readiness):
        return _(
            "No way from where you stand has been written down. Part of what you bring is not known"
            " yet; the quiz asks about it."
        )
    return _(
        "No way from where you stand has been written down. Above you see what is usually asked"
        " for, beside what you have."
    )


def _rung(place: int, rung: Rung, exact: Collection[str]) -> list[Block]:
    blocks: list[Block] = [Paragraph(spans(strong(rung.title)), Span(f"{place}."), indent=2)]
    needed = "; ".join(sentences.readiness(rung.readiness, exact))
    blocks.append(Paragraph(spans(_("Usually asked for: "), needed), indent=5))
    more = _more_to_gain(rung)
    if more:
        told = _("what this step adds: {more}").format(more=_counted(more))
        blocks.append(Paragraph(spans(dim(told)), indent=5))
    if rung.rank is not None and rung.match is not None:
        blocks.append(Paragraph(spans(dim("".join(span.text for span in _fit(rung.rank, rung.match)))), indent=5))
    return blocks


def _fit(rank: int, match: int) -> Line:
    return spans(_("place {rank}: fits you better than it fits {match} people in 100").format(rank=rank, match=match))


def _counted(more: Mapping[Readied, int]) -> str:
    counted = {
        "education": lambda count: ngettext("{count} step of education", "{count} steps of education", count),
        "years_experience": lambda count: ngettext("{count} year", "{count} years", count),
        "people_led": lambda count: ngettext("{count} person led", "{count} people led", count),
    }
    return "; ".join(counted[what](count).format(count=count) for what, count in more.items())


def _more_to_gain(rung: Rung) -> dict[Readied, int]:
    """Return what a step asks beyond the one before, without what the person has already."""
    had = {gap.what for gap in rung.readiness if gap.gap == 0}
    return {what: count for what, count in rung.more.items() if what not in had}


def _notes(path: RolePath) -> list[Block]:
    rungs = [rung for ladder in path.ladders for rung in ladder]
    notes = []
    if any("years_experience" in _more_to_gain(rung) for rung in rungs):
        notes.append(
            _("Years on one step usually count for the next, but which of them count is for each employer to say.")
        )
    if any(gap.what == "education" and gap.gap for rung in rungs for gap in rung.readiness):
        notes.append(_("Education does not come with years of work: people study before it or alongside it."))
    return [Space(), *(Paragraph(spans(dim(note))) for note in notes)] if notes else []
