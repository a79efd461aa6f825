"""The group `catalogue`: what the author of a catalogue needs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

commands = typer.Typer()
group = typer.Typer(
    name="catalogue",
    help=_("Check a catalogue of roles, see what it can tell apart, and print the schemas of its files."),
    epilog="careerfit catalogue check data",
)
commands.add_typer(group)


@group.command(
    "check",
    help=_("Find everything wrong or weak in a catalogue."),
    epilog="careerfit catalogue check\ncareerfit catalogue check data",
)
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("[DIR]"), help=_("The folder; the shipped one if left out."))
    ] = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Check a catalogue."""
    from careerfit.cli.catalogue import check_folder

    check_folder(folder, json)


@group.command(
    "evaluate",
    help=_(
        "See what a catalogue can tell apart, tried on simulated people, and what to do next; takes a minute or two."
    ),
    epilog="careerfit catalogue evaluate data\ncareerfit catalogue evaluate tests/catalogues/small --people 48",
)
def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("[DIR]"), help=_("The folder; the shipped one if left out."))
    ] = None,
    people: Annotated[
        int, typer.Option("--people", min=1, max=20_000, metavar="N", help=_("People drawn for the roles."))
    ] = 960,
    seed: Annotated[
        int, typer.Option("--seed", min=0, metavar="S", help=_("Other people with another seed, the same with this."))
    ] = 20261121,
    noise: Annotated[
        Literal["low", "usual", "high"],
        typer.Option("--noise", help=_("How loosely people answer: low, usual or high.")),
    ] = "usual",
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Evaluate a catalogue."""
    from careerfit.cli.evaluate import evaluate_folder

    evaluate_folder(folder, people, seed, noise, json)


@group.command("schema", help=_("Print the JSON Schema of a document."), epilog="careerfit catalogue schema result")
def schema(
    name: Annotated[
        Literal["roles", "traits", "items", "answers", "result", "explanation", "comparison", "difference", "path"],
        typer.Argument(metavar=_("NAME"), help=_("Which document.")),
    ],
    catalogue: CatalogueFolder = None,
    _lang: Language = None,
) -> None:
    """Print a schema."""
    from careerfit.cli.catalogue import print_schema

    print_schema(name, catalogue)
