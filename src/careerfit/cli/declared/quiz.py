"""What takes a person's answers: quiz and score."""

from typing import Annotated, Literal

import typer

from careerfit.cli import completion
from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

commands = typer.Typer()


@commands.command(
    help=_("Answer about 20 questions and see which roles fit you, and why."),
    epilog="careerfit quiz\ncareerfit quiz --lang en\ncareerfit quiz --plain --no-save < examples/answers.txt",
)
def quiz(
    context: typer.Context,
    quiz_id: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[ID]"),
            help=_("With --resume: which one of several; careerfit history lists them."),
            autocompletion=completion.unfinished,
        ),
    ] = None,
    catalogue: CatalogueFolder = None,
    max_items: Annotated[
        int,
        typer.Option(
            "--max-items",
            min=1,
            max=500,
            metavar="N",
            envvar="CAREERFIT_MAX_ITEMS",
            help=_("Ask at most this many questions."),
        ),
    ] = 30,
    json: Json = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            envvar="CAREERFIT_PLAIN",
            help=_("Ask in plain lines: for screen readers, simple terminals and pipes."),
        ),
    ] = False,
    new: Annotated[bool, typer.Option("--new", help=_("Start a new quiz without asking."))] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help=_("Continue the quiz you left, on the catalogue you began it with."))
    ] = False,
    on: Annotated[
        Literal["old", "new"] | None,
        typer.Option(
            "--on", help=_("With --resume, if the catalogue has changed: go on with the old one or the new one.")
        ),
    ] = None,
    save: Annotated[
        bool,
        typer.Option(
            "--save/--no-save",
            envvar="CAREERFIT_SAVE",
            show_default=False,
            help=_("Keep answers and result on this machine (the default), or keep nothing."),
        ),
    ] = True,
    _lang: Language = None,
) -> None:
    """Run the quiz."""
    from careerfit.cli.quiz import QuizOptions, run_quiz

    given = context.get_parameter_source("max_items")
    run_quiz(
        QuizOptions(
            catalogue=catalogue,
            max_items=max_items,
            max_items_said=given is not None and given.name == "COMMANDLINE",
            json=json,
            plain=plain,
            new=new,
            resume=resume,
            quiz_id=quiz_id,
            version=on,
            save=save,
        )
    )


@commands.command(
    help=_(
        "Score answer sheets from files, each with one sheet or one on each line. In words on a terminal, as JSON in a"
        " pipe; of several sheets one document on each line."
    ),
    epilog=(
        "careerfit score sheet.json\ncareerfit score --format text - < sheet.json\n"
        "careerfit score --format ndjson sheet.json sheet.json\n"
        "careerfit score --format csv sheet.json > results.csv"
    ),
)
def score(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[FILE|-]..."),
            help=_("Answer sheets; - reads standard input."),
            show_default=False,
            autocompletion=completion.files,
        ),
    ] = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    form: Annotated[
        Literal["text", "json", "ndjson", "csv"] | None,
        typer.Option(
            "--format",
            help=_(
                "text, json, ndjson (a document on each line) or csv (one table of all sheets); if left out, text on a"
                " terminal and json elsewhere."
            ),
            show_default=False,
        ),
    ] = None,
    _lang: Language = None,
) -> None:
    """Score answers documents."""
    from careerfit.cli.score import score_files

    score_files(files or ["-"], catalogue, form or ("json" if json else None))
