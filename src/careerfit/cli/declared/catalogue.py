"""The group `catalogue`: what the author of a catalogue needs."""

from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

commands = typer.Typer()
group = typer.Typer(
    name="catalogue",
    help=_("Begin a catalogue of roles, check it, see what it can tell apart, and get the schemas of its files."),
    epilog="careerfit catalogue new my-school\ncareerfit catalogue check my-school",
)
commands.add_typer(group)

Document = Literal[
    "roles",
    "traits",
    "items",
    "answers",
    "result",
    "explanation",
    "comparison",
    "difference",
    "path",
    "role",
    "role-list",
    "item-list",
    "history",
    "where",
    "config",
    "error",
    "problems",
    "statistics",
    "evaluation",
]


@group.command(
    "new",
    help=_("Begin a catalogue of your own: small, complete and explained."),
    epilog="careerfit catalogue new my-school\ncareerfit catalogue new my-school --languages both --force",
)
def new(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("The folder; it is made if it is not there."))],
    languages: Annotated[
        Literal["id", "en", "both"] | None,
        typer.Option("--languages", help=_("Languages of its texts; if left out, the one in use."), show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Overwrite files that are there already."))] = False,
    _lang: Language = None,
) -> None:
    """Begin a catalogue."""
    from careerfit.cli.new import new_catalogue

    new_catalogue(folder, languages, force)


@group.command(
    "check",
    help=_("Find everything wrong or weak in a catalogue."),
    epilog="careerfit catalogue check my-school\ncareerfit catalogue check my-school --format github",
)
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=_("[DIR]..."),
            help=_(
                "Folders, or files in them."
                " If left out: the catalogue of the settings, this folder, or the shipped one."
            ),
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Literal["text", "json", "github"],
        typer.Option("--format", help=_("Lines to read, one JSON document, or annotations for GitHub Actions.")),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=_("Count warnings as errors."))] = False,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Check a catalogue."""
    from careerfit.cli.catalogue import check_catalogues

    check_catalogues(paths or [], "json" if json else form, strict)


@group.command(
    "stats", help=_("See what a catalogue holds and how it is balanced."), epilog="careerfit catalogue stats my-school"
)
def stats(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("[DIR]"),
            help=_("The folder. If left out: the catalogue of the settings, this folder, or the shipped one."),
        ),
    ] = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Describe a catalogue."""
    from careerfit.cli.statistics import describe_folder

    describe_folder(folder, json)


@group.command(
    "evaluate",
    help=_(
        "See what a catalogue can tell apart, tried on simulated people, and what to do next; takes a minute or two."
    ),
    epilog="careerfit catalogue evaluate my-school\ncareerfit catalogue evaluate my-school --people 48",
)
def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("[DIR]"),
            help=_("The folder. If left out: the catalogue of the settings, this folder, or the shipped one."),
        ),
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


@group.command(
    "schema",
    help=_("Print the JSON Schema of a document, or write those of a catalogue beside it for your editor."),
    epilog="careerfit catalogue schema result\ncareerfit catalogue schema --write my-school",
)
def schema(
    name: Annotated[
        Document | None,
        typer.Argument(
            metavar=_("[NAME]"),
            help=_("Which document: {known}.").format(known=", ".join(get_args(Document))),
            show_default=False,
        ),
    ] = None,
    catalogue: CatalogueFolder = None,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar=_("DIR"),
            help=_("Write the schemas of the catalogue in DIR to DIR/schema."),
            show_default=False,
        ),
    ] = None,
    _lang: Language = None,
) -> None:
    """Print or write schemas."""
    from careerfit.errors import UsageError, message

    if (name is None) == (write is None):
        raise UsageError(
            message("Name the schema to print, or use --write with the catalogue to write them for."),
            message("The schemas are: {known}.", known=", ".join(get_args(Document))),
        )
    if write is not None:
        from careerfit.cli.new import write_schemas

        write_schemas(write)
    elif name is not None:
        from careerfit.cli.catalogue import print_schema

        print_schema(name, catalogue)
