"""The commands and what each of them takes; the work is done in the modules they import."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from careerfit import __version__
from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

app = typer.Typer(
    help=_("Find out which of many similar roles fits you, why, and how sure that is."),
    epilog=_("Start with: careerfit quiz"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
catalogue_app = typer.Typer(
    help=_("Check a catalogue of roles and print the schemas of its files."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(catalogue_app, name="catalogue")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"careerfit {__version__}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("Print the version."))
    ] = False,
    _lang: Language = None,
) -> None:
    """Take the options that stand before a command; the language was chosen before this module was imported."""


@app.command(
    help=_("Answer about 20 questions and see which roles fit you, and why. Example: careerfit quiz --lang en")
)
def quiz(
    catalogue: CatalogueFolder = None,
    max_items: Annotated[
        int, typer.Option("--max-items", min=1, max=500, metavar="N", help=_("Ask at most this many questions."))
    ] = 30,
    json: Json = False,
    plain: Annotated[
        bool, typer.Option("--plain", help=_("Ask in plain lines: for screen readers, simple terminals and pipes."))
    ] = False,
    new: Annotated[bool, typer.Option("--new", help=_("Start a new quiz without asking."))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=_("Continue the quiz you left."))] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help=_("Keep nothing on this machine."))] = False,
    _lang: Language = None,
) -> None:
    """Run the quiz."""
    from careerfit.cli.quiz import QuizOptions, run_quiz

    run_quiz(
        QuizOptions(
            catalogue=catalogue,
            max_items=max_items,
            json=json,
            plain=plain,
            new=new,
            resume=resume,
            save=not no_save,
        )
    )


@app.command(help=_('Show what a role is really like. Example: careerfit show "Kepala Departemen Produksi"'))
def show(
    role: Annotated[list[str], typer.Argument(metavar="ROLE", help=_("An id, a title or another name for the role."))],
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Show one role."""
    from careerfit.cli.roles import show_role

    show_role(" ".join(role), catalogue, json)


@app.command(help=_("List the roles. Example: careerfit roles --family film"))
def roles(
    family: Annotated[str | None, typer.Option("--family", metavar="F", help=_("Only this family."))] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help=_("Only names with this text."))
    ] = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """List roles."""
    from careerfit.cli.roles import list_roles

    list_roles(family, search, catalogue, json)


@app.command(help=_("List all questions the quiz can ask. Example: careerfit items --json | jq length"))
def items(catalogue: CatalogueFolder = None, json: Json = False, _lang: Language = None) -> None:
    """List items."""
    from careerfit.cli.items import list_items

    list_items(catalogue, json)


@app.command(
    help=_(
        "Score an answer sheet from a file. In words on a terminal, as JSON in a pipe."
        " Example: careerfit score examples/production-department-head.json"
    )
)
def score(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help=_("The answer sheet; - reads standard input."))] = "-",
    catalogue: CatalogueFolder = None,
    json: Json = False,
    form: Annotated[
        Literal["text", "json"] | None,
        typer.Option(
            "--format", help=_("text or json; if left out, text on a terminal and json elsewhere."), show_default=False
        ),
    ] = None,
    _lang: Language = None,
) -> None:
    """Score one answers document."""
    from careerfit.cli.score import score_file

    score_file(file, catalogue, "json" if json else form)


@catalogue_app.command(
    "check", help=_("Find everything wrong or weak in a catalogue. Example: careerfit catalogue check .")
)
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help=_("The folder; the shipped one if left out."))
    ] = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Check a catalogue."""
    from careerfit.cli.catalogue import check_folder

    check_folder(folder, json)


@catalogue_app.command(
    "evaluate",
    help=_(
        "See what a catalogue can tell apart, tried on simulated people, and what to do next; takes a minute or two."
        " Example: careerfit catalogue evaluate ."
    ),
)
def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help=_("The folder; the shipped one if left out."))
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


@catalogue_app.command(
    "schema", help=_("Print the JSON Schema of a document. Example: careerfit catalogue schema result")
)
def schema(
    name: Annotated[
        Literal["roles", "traits", "items", "answers", "result"],
        typer.Argument(metavar="NAME", help=_("Which document.")),
    ],
    catalogue: CatalogueFolder = None,
    _lang: Language = None,
) -> None:
    """Print a schema."""
    from careerfit.cli.catalogue import print_schema

    print_schema(name, catalogue)


def narrow_to(first: str) -> None:
    """Forget all commands but the one that is called, when the command line begins with it.

    Typer makes the parameters of every command it knows at each start, about half a millisecond each.
    """
    named = [command for command in app.registered_commands if command.callback and command.callback.__name__ == first]
    if named:
        app.registered_commands[:] = named
        app.registered_groups.clear()
