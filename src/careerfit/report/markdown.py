"""A report as Markdown (CommonMark, with the tables of GitHub): readable as it is, and nothing in it acts.

Whatever means something in Markdown or in HTML is escaped in every text. Addresses, mentions and issue numbers, which
renderers turn into links by themselves, are set as code, where none of them does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from careerfit.catalogue.characters import clean_text
from careerfit.report.content import Explained, Leaning, Report
from careerfit.report.headings import Headings, headings
from careerfit.report.portrait import Cited, Portrait
from careerfit.report.said import Said

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>&~|$^])")
_AT_START = re.compile(r"^(\d+)(?=[.)])|^(?=[#+=:%-])")
_LINKED = re.compile(r"[^\s|`]*(?:://|@|www\.|mailto:|xmpp:|#\d)[^\s|`]*", re.IGNORECASE)


def document(report: Report) -> str:
    """Return the report as a Markdown document."""
    heads = headings()
    lines = [f"# {text(report.title)}", text(report.lead)]
    lines.append(_list(f"**{text(fact.name)}:** {text(fact.value)}" for fact in report.facts))
    lines += [f"> **!** {text(warning)}" for warning in report.warnings]
    if report.places:
        lines += [*_ranking(report, heads), *_reasons(report, heads), *_reach(report, heads)]
        lines += [*_leanings(report, heads), *_work(report, heads)]
    lines += [f"## {text(heads.said)}", f"### {text(heads.about)}", *_questions(report.about, heads)]
    if report.said:
        lines += [f"### {text(heads.questions)}", *_questions(report.said, heads)]
    lines.append(f"## {text(heads.method)}")
    lines.append(_list(f"**{text(name)}.** {text(told)}" for name, told in report.method))
    if report.sources:
        lines.append(f"## {text(heads.sources)}")
        lines.append("\n".join(f"{number}. {text(source)}" for number, source in enumerate(report.sources, start=1)))
    return "\n\n".join(line for line in lines if line) + "\n"


def text(value: str) -> str:
    """Return a text on one line that says in Markdown what it says, and does nothing."""
    value = " ".join(clean_text(value).split())
    parts, end = [], 0
    for found in _LINKED.finditer(value):
        parts += [_escaped(value[end : found.start()]), f"`{found.group()}`"]
        end = found.end()
    told = "".join([*parts, _escaped(value[end:])])
    return _AT_START.sub(lambda number: f"{number.group(1)}\\" if number.group(1) else "\\", told, count=1)


def _escaped(value: str) -> str:
    return _ANYWHERE.sub(r"\\\1", value)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [[text(cell) for cell in head], ["---"] * len(head), *([text(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cited(statement: Cited) -> str:
    return f"{text(statement.text)} \\[{statement.source}\\]"


def _about(statement: Cited) -> str:
    return f"**{text(statement.about)}:** {_cited(statement)}"


def _questions(said: Iterable[Said], heads: Headings) -> Iterator[str]:
    yield _table((heads.question, heads.answer), ((" / ".join(row.question), row.answer) for row in said))


def _ranking(report: Report, heads: Headings) -> Iterator[str]:
    yield f"## {text(heads.ranking)}"
    yield text(heads.ranking_note)
    for place in report.places:
        tied = f" = {text(place.tied)}." if place.tied else ""
        yield f"{place.rank}. **{text(place.title)}**: {text(place.fits)}; {text(place.short)}.{tied}"


def _reasons(report: Report, heads: Headings) -> Iterator[str]:
    yield f"## {text(heads.in_full)}"
    for role in report.explained:
        yield from _explained(role, heads)
    if report.versus:
        yield f"### {text(report.versus)}"
        yield text(report.too_close)
        yield _list(
            f"**{text(point.about)}:** {text(point.text)}" if point.about else text(point.text)
            for point in report.contrast
        )


def _explained(role: Explained, heads: Headings) -> Iterator[str]:
    yield f"### {role.place.rank}. {text(role.place.title)}"
    for group in role.groups:
        yield f"**{text(group.title)}**"
        lines = []
        for reason in group.reasons:
            lines.append(f"- {_cited(reason.text)}")
            lines += [f"  - {text(told)}" for told in (reason.leaning, *reason.answers) if told]
        yield "\n".join(lines)
    yield _list(text(told) for told in role.unclear)
    for title, parts in ((heads.readiness, role.readiness), (heads.conditions, role.conditions)):
        yield f"**{text(title)}:** {'; '.join(text(part) for part in parts)}"


def _reach(report: Report, heads: Headings) -> Iterator[str]:
    yield f"## {text(heads.reach)}"
    yield text(heads.reach_note)
    yield _table((heads.role, heads.missing, heads.against), report.reach)


def _leanings(report: Report, heads: Headings) -> Iterator[str]:
    yield f"## {text(heads.leanings)}"
    yield _list(_leaning(leaning) for leaning in report.leanings)
    if report.middle:
        yield f"### {text(heads.middle)}"
        yield _list(
            f"**{text(leaning.name)}**: {text(leaning.low)} ↔ {text(leaning.high)}" for leaning in report.middle
        )
    yield text(report.unknown)


def _leaning(leaning: Leaning) -> str:
    end = leaning.high if leaning.towards == "high" else leaning.low
    return f"**{text(leaning.name)}**: {text(end)}; {text(leaning.told)}"


def _work(report: Report, heads: Headings) -> Iterator[str]:
    yield f"## {text(heads.work)}"
    for role, checked in report.portraits:
        yield from _portrait(role, heads)
        if checked:
            yield f"**{text(heads.reality)}**"
            yield from _questions(checked, heads)


def _portrait(role: Portrait, heads: Headings) -> Iterator[str]:
    yield f"### {text(role.title)}"
    if role.also:
        yield f"{text(heads.also)}: {text(role.also)}"
    yield text(role.summary)
    yield f"**{text(heads.tasks)}**"
    yield _list(_cited(task) for task in role.tasks)
    for title, pairs in ((heads.myths, role.myths), (heads.realities, role.realities)):
        if pairs:
            yield f"**{text(title)}**"
            yield _list(f"“{text(believed)}” → {_cited(so)}" for believed, so in pairs)
    if role.differences:
        yield f"**{text(heads.differences)}**"
        yield _list(_about(difference) for difference in role.differences)
    yield f"**{text(heads.circumstances)}:** {text(role.circumstances)}"
    yield _list(_cited(note) for note in role.notes)
    for title, told in ((heads.leads_to, role.leads_to), (heads.codes, role.codes)):
        if told:
            yield f"**{text(title)}:** {text(told)}"
