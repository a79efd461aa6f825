"""Commands and groups as Typer makes them, with help and errors of the command line in our words and language.

`careerfit.cli.app` makes every command a `Command` and every group a `Group`; what is special about them is a page of
help (`careerfit.cli.help`), what is said of a wrong command line (`careerfit.cli.usage`), and a group that shows its
help when no command is named.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from typer import TyperException
from typer._click import Command as AnyCommand
from typer.core import TyperCommand, TyperGroup, TyperOption

from careerfit.cli import output
from careerfit.language import _

if TYPE_CHECKING:
    from typer._click import Context, Parameter

Option = TypeVar("Option", bound=TyperOption | None)


class _Ours(AnyCommand):
    """What a command and a group have in common."""

    def get_help(self, ctx: Context) -> str:
        """Return its page of help."""
        from careerfit.cli.help import help_page

        return help_page(ctx)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option `--help`, in our words."""
        return _in_our_words(super().get_help_option(ctx))

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return what it takes, and what may stand anywhere."""
        return [*super().get_params(ctx), _no_pager()]


class Command(_Ours, TyperCommand):
    """A command."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read its part of the command line; raises `careerfit.errors.UsageError`."""
        given, ctx.allow_extra_args = list(args), True
        try:
            rest = super().parse_args(ctx, args)
        except TyperException as error:
            from careerfit.cli.usage import explained

            raise explained(error, ctx, given) from None
        if rest and not ctx.resilient_parsing:
            from careerfit.cli.usage import too_much

            raise too_much(rest, ctx)
        return rest


class Group(_Ours, TyperGroup):
    """A group of commands; without one of them it shows its help, or does what its callback does."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.no_args_is_help = False  # `invoke` does that, so that it is a result and not an error

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read its part of the command line; raises `careerfit.errors.UsageError`."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            from careerfit.cli.usage import explained

            raise explained(error, ctx, given) from None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that the arguments begin with; raises `careerfit.errors.UsageError`."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            from careerfit.cli.usage import no_command

            raise no_command(args[0], self, ctx)
        return args[0] if command else None, command, args[1:]

    def invoke(self, ctx: Context) -> Any:
        """Run the command that is named; show the help when none is."""
        try:
            return super().invoke(ctx)
        except TyperException:
            if ctx.invoked_subcommand is not None:
                raise
        output.write_text(f"{ctx.get_help()}\n")
        return None


def _in_our_words(option: Option) -> Option:
    if option is not None:
        option.help = _("Show this page of help.")
        option.callback = _print_help
    return option


def _print_help(ctx: Context, _option: Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        output.write_text(f"{ctx.get_help()}\n")
        ctx.exit()


@cache
def _no_pager() -> TyperOption:
    """Return the option `--no-pager`, which stands in the help of the root alone but is taken anywhere."""
    return TyperOption(
        param_decls=["--no-pager"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=_page_nothing,
        help=_("Print long texts whole instead of page by page; goes with every command."),
    )


def _page_nothing(_ctx: Context, _option: Parameter, wanted: bool) -> None:
    if wanted:
        os.environ["CAREERFIT_PAGER"] = ""  # an option counts before the variable
