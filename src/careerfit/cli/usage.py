"""What is said of a wrong command line, whatever Typer would say: one sentence, and what to do.

Typer's exceptions are told apart by their type and read by their fields; their English is never looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from typer import BadParameter, TyperException
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption
from typer.core import TyperArgument, TyperGroup, TyperOption

from careerfit.errors import Message, UsageError, message

if TYPE_CHECKING:
    from typer._click import Context, Parameter

_ALIKE = 0.65
"""How much alike two names are, at least, for one to be suggested in place of the other; from 0 to 1."""


def explained(error: TyperException, ctx: Context, given: Sequence[str]) -> UsageError:
    """Return what to say of an exception that Typer raised while it read the arguments `given` to a command."""
    match error:
        case MissingParameter(param=TyperArgument() | TyperOption() as parameter):
            choices = _choices(parameter)
            hint = message("It takes one of: {known}.", known=", ".join(choices)) if choices else _see_help(ctx)
            return UsageError(message("{name} is missing.", name=_name(parameter)), hint)
        case BadParameter(param=TyperArgument() | TyperOption() as parameter):
            return _wrong_value(error, parameter, ctx, given)
        case NoSuchOption(option_name=option):
            known = [name for parameter in ctx.command.get_params(ctx) for name in parameter.opts if name[:2] == "--"]
            return UsageError(
                message("`{command}` has no option “{option}”.", command=ctx.command_path, option=option),
                _as_a_variable(option) or did_you_mean(close(option, known)) or _see_help(ctx),
            )
        case BadOptionUsage(option_name=option):
            return _misused(option, ctx)
        case _:
            return UsageError(message("“{text}”", text=error.format_message()), _see_help(ctx))


def too_much(rest: Sequence[str], ctx: Context) -> UsageError:
    """Return what to say of arguments that a command has no use for."""
    text = message("`{command}` has no use for “{rest}”.", command=ctx.command_path, rest=" ".join(rest))
    return UsageError(text, _see_help(ctx))


def no_command(name: str, group: TyperGroup, ctx: Context) -> UsageError:
    """Return what to say of a command that a group does not have; those of the groups in it are suggested too."""
    ways: dict[str, list[str]] = {}
    for own, command in group.commands.items():
        ways.setdefault(own, []).append(f"{ctx.command_path} {own}")
        if isinstance(command, TyperGroup):
            for inner in command.commands:
                ways.setdefault(inner, []).append(f"{ctx.command_path} {own} {inner}")
    suggested = did_you_mean([way for one in close(name, ways) for way in ways[one]])
    if suggested is None and ctx.parent is not None:
        suggested = message("`{command}` has: {known}.", command=ctx.command_path, known=", ".join(group.commands))
    return UsageError(message("There is no command “{name}”.", name=name), suggested or _see_help(ctx))


def close(wanted: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the known names that are spelt much like the one wanted, best first."""
    names = {name.lower(): name for name in known}
    return [names[name] for name in get_close_matches(wanted.lower()[:100], names, cutoff=_ALIKE)]


def did_you_mean(suggestions: Sequence[str]) -> Message | None:
    """Return the question whether one of these was meant, if there are any."""
    return message("Did you mean {suggestions}?", suggestions=", ".join(suggestions)) if suggestions else None


def _as_a_variable(option: str) -> Message | None:
    """Return how a page is had that an option asks for which the quiz alone has."""
    if option != "--plain":
        return None
    return message(
        "`{command}` has it. Every other page is plain with {variable}.",
        command="careerfit quiz",
        variable="CAREERFIT_PLAIN=1",
    )


def _wrong_value(error: BadParameter, parameter: Parameter, ctx: Context, given: Sequence[str]) -> UsageError:
    name, value = _name(parameter), _given(parameter, ctx, given)
    if value is None and isinstance(parameter.envvar, str):
        name, value = parameter.envvar, os.environ.get(parameter.envvar)
    kind: Any = parameter.type
    choices = _choices(parameter)
    if choices and value not in choices:
        text = message("{name} cannot be “{value}”.", name=name, value=value)
        suggested = close(str(value), choices)
        if suggested:
            return UsageError(text, did_you_mean(suggested))
        return UsageError(text, message("It takes one of: {known}.", known=", ".join(choices)))
    if kind.name == "boolean":
        return UsageError(message("{name} takes yes or no, not “{value}”.", name=name, value=value), _see_help(ctx))
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    said = {"name": name, "value": value, "least": least}
    if least is not None and most is not None:
        text = message("{name} takes a whole number from {least} to {most}, not “{value}”.", **said, most=most)
        return UsageError(text, _see_help(ctx))
    if least is not None:
        return UsageError(
            message("{name} takes a whole number, {least} or more, not “{value}”.", **said), _see_help(ctx)
        )
    if kind.name == "int":
        return UsageError(message("{name} takes a whole number, not “{value}”.", name=name, value=value))
    if kind.name == "datetime":
        text = message("{name} takes a day, not “{value}”.", name=name, value=value)
        return UsageError(text, message("Write a day as year-month-day, such as {example}.", example="2026-01-31"))
    # raised by a check of ours, in our words
    return UsageError(message("{name}: {text}", name=name, text=error.message), _see_help(ctx))


def _misused(option: str, ctx: Context) -> UsageError:
    """Return what to say of an option that lacks a value, or has one that it has no use for."""
    parameter = next(one for one in ctx.command.get_params(ctx) if option in one.opts)
    if isinstance(parameter, TyperOption) and parameter.is_flag:
        return UsageError(message("{name} takes no value.", name=option), _see_help(ctx))
    written = f"{option} {parameter.make_metavar(ctx)}"
    return UsageError(message("{name} needs a value.", name=option), message("Write it as: {written}", written=written))


def _name(parameter: Parameter) -> str:
    """Return how a parameter is written on the command line: its longest name, or what stands for an argument."""
    if isinstance(parameter, TyperOption):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.strip("[]")


def _choices(parameter: Parameter) -> list[str]:
    return [str(choice) for choice in getattr(parameter.type, "choices", ())]


def _given(parameter: Parameter, ctx: Context, given: Sequence[str]) -> str | None:
    """Return what was given for a parameter on the command line, as it was typed."""
    values, _rest, _order = ctx.command.make_parser(ctx).parse_args(list(given))
    return values.get(parameter.name or "")


def _see_help(ctx: Context) -> Message:
    return message("`{command} --help` explains it.", command=ctx.command_path)
