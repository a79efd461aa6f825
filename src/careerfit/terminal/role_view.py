"""A role's page as blocks: what one does, who fits and who struggles, what is believed and what is so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careerfit import words
from careerfit.language import _
from careerfit.terminal.blocks import Block, Heading, Line, Paragraph, Space, Span, bullets, dim, spans, strong

Page = dict[str, Any]


def role_blocks(page: Page, family: str, next_titles: list[str]) -> list[Block]:
    """Return the page of a role.

    Args:
        page: The document ``careerfit/role/1``.
        family: The family's title.
        next_titles: Titles of the roles it leads to.
    """
    cite = _Citations(page["sources"])
    blocks: list[Block] = [Heading(spans(page["title"]), level=1)]
    blocks.append(Paragraph(spans(dim(f"{family} · {page['id']}"))))
    if page["aliases"]:
        blocks.append(Paragraph(spans(dim(_("Also called: ") + ", ".join(page["aliases"])))))
    blocks += [Space(), Paragraph(spans(page["summary"]))]
    blocks += _part(_("What you do"), (cite(task["text"], task) for task in page["tasks"]), "•")
    blocks += _part(_("Who tends to do well"), (cite(signal["text"], signal) for signal in page["fit"]), "+", "good")
    blocks += _part(_("Who may struggle"), (cite(signal["text"], signal) for signal in page["unfit"]), "-", "bad")
    blocks += _contrasts(_("Often believed, but"), ((m["claim"], m["truth"], m) for m in page["myths"]), cite)
    blocks += _contrasts(
        _("Expectation and reality"), ((r["expectation"], r["reality"], r) for r in page["realities"]), cite
    )
    if page["differs_from"]:
        blocks += _heading(_("How it differs from its neighbours"))
        for difference in page["differs_from"]:
            blocks.append(Paragraph(spans(strong(difference["title"])), Span("•"), indent=2))
            blocks.append(Paragraph(cite(difference["text"], difference), indent=4))
    blocks += _conditions(page["conditions"], cite)
    blocks += _readiness(page["readiness"], cite)
    if next_titles:
        blocks += _part(_("Where it can lead"), (spans(title) for title in next_titles), "→")
    if page["codes"]:
        blocks += [*_heading(_("Codes")), Paragraph(spans(words.codes(page["codes"])), indent=2)]
    blocks += _heading(_("Where this comes from"))
    for number, source in enumerate(page["sources"], start=1):
        licence = f" ({source['licence']})" if "licence" in source else ""
        blocks.append(Paragraph(spans(source["title"] + licence), dim(f"[{number}]"), indent=2))
    return blocks


class _Citations:
    """Puts the number of its source behind a statement."""

    def __init__(self, sources: list[dict[str, Any]]) -> None:
        self._numbers = {source["id"]: number for number, source in enumerate(sources, start=1)}

    def __call__(self, text: str, statement: dict[str, Any]) -> Line:
        return spans(text, dim(f" [{self._numbers[statement['source']]}]"))


def _heading(title: str) -> list[Block]:
    return [Space(), Heading(spans(title))]


def _part(title: str, lines: Iterable[Line], mark: str, style: Any = "") -> list[Block]:
    shown = bullets(lines, Span(mark, style), indent=2)
    return [*_heading(title), *shown] if shown else []


def _contrasts(title: str, rows: Iterable[tuple[str, str, dict[str, Any]]], cite: _Citations) -> list[Block]:
    blocks: list[Block] = []
    for believed, so, statement in rows:
        blocks.append(Paragraph(spans(dim(f"“{believed}”")), Span("•"), indent=2))
        blocks.append(Paragraph(cite(so, statement), Span("→", "accent"), indent=4))
    return [*_heading(title), *blocks] if blocks else []


def _conditions(conditions: dict[str, Any], cite: _Citations) -> list[Block]:
    blocks = _heading(_("Conditions"))
    blocks.append(Paragraph(spans(_("place"), ": ", words.place(conditions["place"])), Span("•"), indent=2))
    for name in ("overtime", "on_call", "travel", "shifts"):
        line = spans(words.condition(name), ": ", words.frequency(conditions[name]))
        blocks.append(Paragraph(line, Span("•"), indent=2))
    return blocks + bullets((cite(note["text"], note) for note in conditions["notes"]), Span("•"), indent=2)


def _readiness(readiness: dict[str, Any], cite: _Citations) -> list[Block]:
    lines = [spans(words.education(readiness["education"]))]
    if readiness["years_experience"]:
        lines.append(spans(words.years(readiness["years_experience"])))
    if readiness["people_led"]:
        lines.append(spans(words.people(readiness["people_led"])))
    lines += [cite(note["text"], note) for note in readiness["notes"]]
    return [*_heading(_("What is usually asked for")), *bullets(lines, Span("•"), indent=2)]
