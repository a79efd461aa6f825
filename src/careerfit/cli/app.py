"""The root of the command line. Its commands are declared in `careerfit.cli.declared`, a file for each kind.

Typer makes the parameters of every command it knows at each start, about half a millisecond each, so a command line
that begins with a command gets that one alone.
"""

from importlib import import_module
from typing import Annotated

import typer

from careerfit import __version__
from careerfit.cli import output
from careerfit.cli.commands import Command, Group
from careerfit.cli.installation import Shell, install_completion, show_completion
from careerfit.cli.options import Language
from careerfit.language import _

DECLARED = {
    "quiz": ("quiz", "score"),
    "roles": ("show", "roles", "items"),
    "results": ("explain", "compare", "path"),
    "history": ("history",),
    "report": ("report",),
    "catalogue": ("catalogue",),
    "config": ("config",),
}
"""Module of `careerfit.cli.declared` to its commands and groups, in the order in which help lists them."""


def _print_version(wanted: bool) -> None:
    if wanted:
        output.write_text(f"careerfit {__version__}\n")
        raise typer.Exit


def root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("Print the version."))
    ] = False,
    _install: Annotated[
        Shell | None,
        typer.Option(
            "--install-completion",
            callback=install_completion,
            is_eager=True,
            help=_("Let the Tab key complete commands and roles in this shell from now on."),
        ),
    ] = None,
    _show: Annotated[
        Shell | None,
        typer.Option(
            "--show-completion",
            callback=show_completion,
            is_eager=True,
            help=_("Print what that would add to the settings of the shell."),
        ),
    ] = None,
    _lang: Language = None,
) -> None:
    """Take the options that stand before a command; without a command, say what there is to do."""
    if context.invoked_subcommand is None:
        from careerfit.cli.start import show_start

        show_start()


def language_option(_lang: Language = None) -> None:
    """Take `--lang` between a group and its command; the language was chosen before this module was imported."""


def build(first: str = "") -> typer.Typer:
    """Return the application: all of it, or only the command or group that `first` names."""
    app = typer.Typer(
        cls=Group,
        help=_("Find out which of many similar roles fits you, why, and how sure that is."),
        epilog="careerfit quiz\ncareerfit quiz --lang en\n" + _("careerfit roles --search production"),
        invoke_without_command=True,
        add_completion=False,
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
    _dress(app)
    return app


def _dress(app: typer.Typer) -> None:
    """Make commands and groups ours, at every depth; a group without options of its own takes `--lang`."""
    for command in app.registered_commands:
        command.cls = Command
    for group in app.registered_groups:
        group.cls = Group
        if group.typer_instance is not None:
            if group.typer_instance.registered_callback is None:
                group.typer_instance.callback()(language_option)
            _dress(group.typer_instance)
