"""What reads a result: explain, compare and path."""

from typing import Annotated, Literal

import typer

from careerfit.cli.completion import one_role
from careerfit.cli.options import CatalogueFolder, Json, Language, ResultName, RoleWords
from careerfit.language import _

commands = typer.Typer()


@commands.command(
    help=_("See why a role stands where it does, and what would change it."),
    epilog="careerfit explain operations-clerk",
)
def explain(
    role: RoleWords,
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
    epilog="careerfit compare operations-clerk receptionist\n"
    + _("careerfit compare 'Head of Operations' project-manager"),
)
def compare(
    first: Annotated[
        str,
        typer.Argument(
            metavar=_("ROLE"), help=_("An id, a title or another name for the role."), autocompletion=one_role
        ),
    ],
    second: Annotated[
        str, typer.Argument(metavar=_("ROLE"), help=_("The role to compare it with."), autocompletion=one_role)
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
    role: RoleWords,
    education: Annotated[
        Literal["primary", "secondary", "diploma", "bachelor", "master"] | None,
        typer.Option("--education", help=_("Start from this education, whatever was said in the quiz.")),
    ] = None,
    years: Annotated[
        int | None,
        typer.Option("--years", min=0, max=80, metavar="N", help=_("Start from this many years of work.")),
    ] = None,
    people: Annotated[
        int | None,
        typer.Option("--people", min=0, max=1_000_000, metavar="N", help=_("Start from having led this many people.")),
    ] = None,
    result: ResultName = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Show the ways to a role."""
    from careerfit.cli.readings import show_path

    stated = {"education": education, "years_experience": years, "people_led": people}
    show_path(" ".join(role), result, catalogue, stated, json)
