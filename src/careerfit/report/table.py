"""Rankings as a table for spreadsheets: comma-separated values, a row for each role (RFC 4180).

It begins with a byte order mark, without which Excel takes the text for another encoding. Numbers are numbers. A text
that a spreadsheet would compute gets an apostrophe before the sign that makes it a formula, also behind the separators
that other locales split at (OWASP ASVS 1.2.10).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from careerfit import sentences
from careerfit.catalogue.characters import clean_text
from careerfit.document import RankedRole, Result
from careerfit.model import Catalogue

MARK = "\N{BYTE ORDER MARK}"

COLUMNS = (
    "rank",
    "role",
    "title",
    "match",
    "evidence",
    "first",
    "top3",
    "tied_with",
    "in_favour",
    "could_weigh",
    "less_like_you",
    "not_clear",
    "readiness",
    "conditions",
)
"""The names in the first row. `match` is 0-99, `evidence` in decibans, `first` and `top3` are shares of 0 to 1."""

SHEET_COLUMNS = ("sheet", "respondent", "answered", "quality")
"""The names before those of `COLUMNS` where sheets stand below each other.

`answered` counts answers; `quality` has the flags of the result, such as "unanswered".
"""

_FORMULA = re.compile(
    r"(^|;)([\s\"]*)(?=[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}])"
)


def table(result: Result, catalogue: Catalogue) -> str:
    """Return every role of the ranking as comma-separated values, in the result's language."""
    return MARK + _lines([COLUMNS, *(_row(role, result, catalogue) for role in result.ranking)])


def sheets_head() -> str:
    """Return the beginning of a table of several results, which `sheet_rows` goes on with."""
    return MARK + _lines([SHEET_COLUMNS + COLUMNS])


def sheet_rows(sheet: str, result: Result, catalogue: Catalogue) -> str:
    """Return every role of the ranking of one sheet, each row with what the sheet is called and whose it is."""
    whose = (sheet, result.respondent or "", result.answers.answered, " ".join(result.quality.flags))
    return _lines((*whose, *_row(role, result, catalogue)) for role in result.ranking)


def text(value: str) -> str:
    """Return a text on one line that no spreadsheet computes."""
    return _FORMULA.sub(r"\1\2'", " ".join(clean_text(value).split()))


def _lines(rows: Iterable[Sequence[str | int | float]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in rows:
        writer.writerow(cell if isinstance(cell, (int, float)) else text(cell) for cell in row)
    return file.getvalue()


def _row(role: RankedRole, result: Result, catalogue: Catalogue) -> tuple[str | int | float, ...]:
    reasons = sentences.reasons(role)
    groups = (reasons.in_favour, reasons.warned, reasons.missed)
    return (
        role.rank,
        role.role,
        role.title,
        role.match,
        round(role.evidence, 1),
        round(role.confidence.first, 3),
        round(role.confidence.top3, 3),
        " ".join(role.tied_with),
        *(" ".join(signal.text for signal in group) for group in groups),
        "; ".join(catalogue.trait(trait).name[result.language] for trait in (*reasons.uncertain, *reasons.unasked)),
        "; ".join(sentences.readiness(role.readiness)),
        "; ".join(told for told, _status in sentences.conditions(role.conditions)),
    )
