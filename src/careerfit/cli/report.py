"""`careerfit report`: a result as an HTML page, Markdown, a table or JSON, in a file or on standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import msgspec

from careerfit import language
from careerfit.cli import output
from careerfit.cli.clock import day_of, numbers_of
from careerfit.cli.files import write_file
from careerfit.cli.kept import Kept, kept_result
from careerfit.cli.reading import reading_language
from careerfit.document import Result
from careerfit.errors import StoreDamaged, UsageError, message
from careerfit.language import _
from careerfit.retold import retold

Format = Literal["html", "markdown", "csv", "json"]

ENDINGS: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".csv": "csv",
    ".json": "json",
}
"""What the ending of a file's name asks for; the first ending of a format is the one given to new files."""


def make_report(wanted: str | None, target: str | None, form: Format | None, force: bool, folder: Path | None) -> None:
    """Write the report of a result; without a target to a new file here, or to standard output when that is a pipe.

    Args:
        wanted: Which result, as `careerfit.cli.kept` takes it.
        target: A file, or - for standard output.
        form: What to make; None goes by the ending of the target, and is HTML where there is none.
        force: Whether it may take the place of a file.
        folder: A folder with the catalogue of the result.
    """
    form = form or _format_of(target)
    kept = kept_result(wanted, folder)
    spoken = reading_language(kept.catalogue.languages)
    if language.speaks(spoken):
        language.use(spoken)  # one report is in one language, also where the catalogue has another one only
    result = retold(kept.result, kept.catalogue, spoken)
    data = _made(result, kept, form)
    if target == "-" or (target is None and not sys.stdout.isatty()):
        output.write_bytes(data)
        return
    path = Path(_file_name(result, form) if target is None else target)
    write_file(path, data, force)
    output.note(_("The report is in {file}.").format(file=path))
    if form != "csv":
        output.note(_("It holds your answers, and its permissions let only you open it until you share it."))


def _format_of(target: str | None) -> Format:
    if target in (None, "-"):
        return "html"
    ending = Path(str(target)).suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            message("The ending of {file} does not say which format to write.", file=target),
            message("Use .html, .md, .csv or .json, or name one with --format."),
        )
    return ENDINGS[ending]


def _made(result: Result, kept: Kept, form: Format) -> bytes:
    if form == "json":
        return output.document_bytes(result)
    if form == "csv":
        from careerfit.report.table import table

        return table(result, kept.catalogue).encode()
    from careerfit.report.content import report_of

    try:
        report = report_of(result, kept.catalogue, kept.reality, day_of(result.created), _sheet(kept))
    except msgspec.DecodeError:
        raise StoreDamaged(message("The reality check kept beside this result cannot be read.")) from None
    if form == "markdown":
        from careerfit.report.markdown import document

        return document(report).encode()
    from careerfit.report.html import page

    return page(report).encode()


def _sheet(kept: Kept) -> str | None:
    """Return the name of the sheet that was scored, without its folders: those are nobody else's business."""
    return None if kept.sheet is None else Path(kept.sheet).name


def _file_name(result: Result, form: Format) -> str:
    """Return a name for a new file: date and id of the result, as far as they can stand in a name."""
    named = (numbers_of(result.created), result.id[:16])
    parts = ["".join(c for c in part if c.isascii() and (c.isalnum() or c == "-")) for part in named]
    ending = next(ending for ending, made in ENDINGS.items() if made == form)
    return "-".join(["careerfit", *filter(None, parts)]) + ending
