"""The root of the command line. Its commands are declared in `careerfit.cli.declared`, a file for each kind.

Typer makes the parameters of every command it knows at each start, about half a millisecond each, so a command line
that begins with a command gets that one alone.
"""

from importlib import import_module
from typing import Annotated

import typer

from careerfit import __version__
from careerfit.cli.options import Language
from careerfit.language import _

DECLARED = {
    "quiz": ("quiz", "score"),
    "roles": ("show", "roles", "items"),
    "results": ("explain", "compare", "path"),
    "history": ("history",),
    "report": ("report",),
    "catalogue": ("catalogue",),
}
"""Module of `careerfit.cli.declared` to its commands and groups, in the order in which help lists them."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"careerfit {__version__}")
        raise typer.Exit


def root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("Print the version."))
    ] = False,
    _lang: Language = None,
) -> None:
    """Take the options that stand before a command; the language was chosen before this module was imported."""


def build(first: str = "") -> typer.Typer:
    """Return the application: all of it, or only the command or group that `first` names."""
    app = typer.Typer(
        help=_("Find out which of many similar roles fits you, why, and how sure that is."),
        epilog=_("Start with: careerfit quiz"),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(root)
    known = any(first in names for names in DECLARED.values())
    for module, names in DECLARED.items():
        if known and first not in names:
            continue
        declared: typer.Typer = import_module(f"careerfit.cli.declared.{module}").commands
        app.registered_commands += [
            command
            for command in declared.registered_commands
            if not known or (command.name or getattr(command.callback, "__name__", "")) == first
        ]
        app.registered_groups += declared.registered_groups
    return app
