"""What makes something to keep of a result: report."""

from typing import Annotated, Literal

import typer

from careerfit.cli.completion import files, results
from careerfit.cli.options import CatalogueFolder, Language
from careerfit.language import _

commands = typer.Typer()


@commands.command(
    help=_(
        "Make a report of a result, to read, print and share: one HTML page that needs nothing else, or Markdown, a"
        " table or JSON."
    ),
    epilog="careerfit report -o result.html\ncareerfit report --format csv -o -",
)
def report(
    result: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[RESULT]"),
            help=_("An id, the beginning of one, or a file with a result or an answer sheet; the newest if left out."),
            autocompletion=results,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar=_("FILE"),
            help=_(
                "Where to write it; the ending picks the format: .html, .md, .csv or .json. - writes to"
                " standard output."
            ),
            show_default=False,
            autocompletion=files,
        ),
    ] = None,
    form: Annotated[
        Literal["html", "markdown", "csv", "json"] | None,
        typer.Option("--format", help=_("html, markdown, csv or json, whatever the ending."), show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file of that name."))] = False,
    catalogue: CatalogueFolder = None,
    _lang: Language = None,
) -> None:
    """Make a report."""
    from careerfit.cli.report import make_report

    make_report(result, output, form, force, catalogue)
