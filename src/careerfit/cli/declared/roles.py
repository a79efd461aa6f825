"""What reads a catalogue: show, roles and items."""

from typing import Annotated

import typer

from careerfit.cli.completion import families
from careerfit.cli.options import CatalogueFolder, Json, Language, RoleWords
from careerfit.language import _

commands = typer.Typer()


@commands.command(
    help=_("Show what a role is really like."),
    epilog="careerfit show operations-clerk\n" + _("careerfit show 'Production Department Head'"),
)
def show(
    role: RoleWords,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """Show one role."""
    from careerfit.cli.roles import show_role

    show_role(" ".join(role), catalogue, json)


@commands.command(
    help=_("List the roles."), epilog="careerfit roles --family film\n" + _("careerfit roles --search coordinator")
)
def roles(
    family: Annotated[
        str | None,
        typer.Option("--family", metavar=_("FAMILY"), help=_("Only this family."), autocompletion=families),
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar=_("TEXT"), help=_("Only names with this text."))
    ] = None,
    catalogue: CatalogueFolder = None,
    json: Json = False,
    _lang: Language = None,
) -> None:
    """List roles."""
    from careerfit.cli.roles import list_roles

    list_roles(family, search, catalogue, json)


@commands.command(help=_("List all questions the quiz can ask."), epilog="careerfit items\ncareerfit items --json")
def items(catalogue: CatalogueFolder = None, json: Json = False, _lang: Language = None) -> None:
    """List items."""
    from careerfit.cli.items import list_items

    list_items(catalogue, json)
