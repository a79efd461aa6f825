"""The group `history`: the results that are kept."""

from typing import Annotated

import typer

from careerfit.cli.completion import results
from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

commands = typer.Typer()
group = typer.Typer(
    name="history",
    help=_("Look after the results that are kept on this machine."),
    epilog="careerfit history diff",
)
commands.add_typer(group)


@group.command(
    "diff",
    help=_("See what changed between two results, and because of which answers."),
    epilog="careerfit history diff",
)
def diff(
    first: Annotated[
        str | None,
        typer.Argument(
            metavar="[A]", help=_("The older one; the one before the newest if left out."), autocompletion=results
        ),
    ] = None,
    second: Annotated[
        str | None,
        typer.Argument(metavar="[B]", help=_("The newer one; the newest if left out."), autocompletion=results),
    ] = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Tell two results apart."""
    from careerfit.cli.readings import tell_apart

    tell_apart(first, second, catalogue, json)
