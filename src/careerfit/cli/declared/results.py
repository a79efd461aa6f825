"""What reads a result: explain, compare and path."""

from typing import Annotated

import typer

from careerfit.cli.completion import one_role, results, role_words
from careerfit.cli.options import CatalogueFolder, Json, Language
from careerfit.language import _

commands = typer.Typer()

ResultName = Annotated[
    str | None,
    typer.Option(
        "--result",
        metavar=_("ID"),
        help=_("The result: its id, the beginning of it, or a file; the newest if left out."),
        show_default=False,
        autocompletion=results,
    ),
]


@commands.command(
    help=_("See why a role stands where it does, and what would change it."),
    epilog="careerfit explain operations-clerk",
)
def explain(
    role: Annotated[
        list[str],
        typer.Argument(
            metavar=_("ROLE"), help=_("An id, a title or another name for the role."), autocompletion=role_words
        ),
    ],
    result: ResultName = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Explain a role's place."""
    from careerfit.cli.readings import explain_role

    explain_role(" ".join(role), result, catalogue, json)


@commands.command(
    help=_("Put two roles side by side, against your own answers where there are any."),
    epilog='careerfit compare operations-clerk receptionist\ncareerfit compare "Kepala Operasi" project-manager',
)
def compare(
    first: Annotated[
        str,
        typer.Argument(
            metavar=_("ROLE"), help=_("An id, a title or another name for the role."), autocompletion=one_role
        ),
    ],
    second: Annotated[
        str, typer.Argument(metavar=_("ROLE"), help=_("The role to hold against it."), autocompletion=one_role)
    ],
    result: ResultName = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Compare two roles."""
    from careerfit.cli.readings import compare_two

    compare_two(first, second, result, catalogue, json)


@commands.command(
    help=_("See the steps that lead to a role from where you stand."), epilog="careerfit path operations-manager"
)
def path(
    role: Annotated[
        list[str],
        typer.Argument(
            metavar=_("ROLE"), help=_("An id, a title or another name for the role."), autocompletion=role_words
        ),
    ],
    result: ResultName = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Show the ways to a role."""
    from careerfit.cli.readings import show_path

    show_path(" ".join(role), result, catalogue, json)
