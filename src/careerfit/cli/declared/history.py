"""The group `history`: the quizzes and results that are kept on this machine."""

from datetime import datetime
from typing import Annotated

import typer

from careerfit.cli.completion import kept, results
from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

commands = typer.Typer()
group = typer.Typer(
    name="history",
    help=_("See, show and forget the quizzes and results that are kept."),
    epilog="careerfit history\ncareerfit history --all",
)
commands.add_typer(group)

Everything = Annotated[bool, typer.Option("--all", help=_("List every result, not only the newest."))]


@group.callback(invoke_without_command=True)
def history(context: typer.Context, every: Everything = False, json: Json = False, _lang: Language = None) -> None:
    """List what is kept when no command is named."""
    if context.invoked_subcommand is None:
        from careerfit.cli.history import list_history

        list_history(every, json)


@group.command("list", help=_("List quizzes in progress and results, newest first."), epilog="careerfit history list")
def list_(every: Everything = False, json: Json = False, _lang: Language = None) -> None:
    """List what is kept."""
    from careerfit.cli.history import list_history

    list_history(every, json)


@group.command("show", help=_("Show a result again, as it was."), epilog="careerfit history show")
def show(
    result: Annotated[
        str | None,
        typer.Argument(
            metavar=_("[RESULT]"),
            help=_("The beginning of its id, or a file with a result or an answer sheet; the newest if left out."),
            autocompletion=results,
        ),
    ] = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Show a result."""
    from careerfit.cli.history import show_result

    show_result(result, catalogue, json)


@group.command(
    "diff",
    help=_("See what changed between two results, and because of which answers."),
    epilog="careerfit history diff",
)
def diff(
    first: Annotated[
        str | None,
        typer.Argument(
            metavar="[A]",
            help=_("The older one: an id or a file; the one before the newest if left out."),
            autocompletion=results,
        ),
    ] = None,
    second: Annotated[
        str | None,
        typer.Argument(
            metavar="[B]", help=_("The newer one: an id or a file; the newest if left out."), autocompletion=results
        ),
    ] = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Tell two results apart."""
    from careerfit.cli.readings import tell_apart

    tell_apart(first, second, catalogue, json)


@group.command(
    "forget", help=_("Remove what is kept, for good."), epilog="careerfit history forget --before 2026-01-31"
)
def forget(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("[ID]..."), help=_("Results, or quizzes in progress."), autocompletion=kept),
    ] = None,
    before: Annotated[
        datetime | None,
        typer.Option("--before", formats=["%Y-%m-%d"], metavar=_("DATE"), help=_("Everything from before this day.")),
    ] = None,
    unfinished: Annotated[bool, typer.Option("--unfinished", help=_("Every quiz in progress."))] = False,
    everything: Annotated[bool, typer.Option("--all", help=_("Everything."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
    _lang: Language = None,
) -> None:
    """Remove what is kept."""
    from careerfit.cli.forget import Wish, forget_kept

    forget_kept(Wish(tuple(ids or ()), before, unfinished, everything), yes)


@group.command(
    "where",
    help=_("Show which files careerfit uses, how large they are and how private."),
    epilog="careerfit history where",
)
def where(json: Json = False, _lang: Language = None) -> None:
    """Print every path used."""
    from careerfit.cli.history import print_places

    print_places(json)
