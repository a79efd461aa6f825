"""What is set once for all commands: config."""

import typer

from careerfit.cli.options import Json, Language
from careerfit.language import _

commands = typer.Typer()


@commands.command(
    help=_("Show every setting, its value, and where it comes from."),
    epilog="careerfit config\ncareerfit config --json",
)
def config(json: Json = False, _lang: Language = None) -> None:
    """Show the settings."""
    from careerfit.cli.config import show_config

    show_config(json)
