"""The page of help of a command: usage, what it does, what it takes, examples; never wider than the window."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from inspect import cleandoc
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperGroup, TyperOption

from careerfit.language import _

if TYPE_CHECKING:
    from typer._click import Command, Context

_WIDEST, _NARROWEST = 80, 20
_FIRST_COLUMN = 26
"""Columns of the names at most; a longer one has its line to itself."""

_TWO_COLUMNS = 60
"""Columns of a window from which on names and their explanations stand side by side."""


def help_page(ctx: Context) -> str:
    """Return the page of help of the context's command, in lines no wider than the window or 80 columns."""
    command = ctx.command
    width = max(_NARROWEST, min(get_terminal_size().columns, _WIDEST))
    lines = _wrapped(usage(ctx), width, hang=4)
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        lines += ["", *_wrapped(paragraph, width, indent=2)]
    for heading, rows in sections(ctx):
        lines += ["", f"{heading}:", *_definitions(rows, width)]
    if command.epilog:
        lines += ["", _("Examples:")]
        for example in examples(command):
            lines += _continued(example, width)
    return "\n".join(lines)


def usage(ctx: Context) -> str:
    """Return the line that says how the command is written."""
    pieces = [ctx.command_path, _("[OPTIONS]")]
    pieces += [
        parameter.make_metavar(ctx, usage=True).strip("{}")  # Typer writes what is required in braces
        for parameter in ctx.command.get_params(ctx)
        if isinstance(parameter, TyperArgument)
    ]
    if isinstance(ctx.command, TyperGroup):
        pieces.append(_("COMMAND ..."))
    return _("Usage: {line}").format(line=" ".join(pieces))


def sections(ctx: Context) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the lists of arguments, options and commands that are not empty: heading, then names and what they do."""
    command = ctx.command
    arguments, options = [], []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is None or (ctx.parent is not None and "--no-pager" in parameter.opts):
            continue
        if isinstance(parameter, TyperArgument):
            arguments.append(record)
        elif isinstance(parameter, TyperOption):
            options.append((record[0], _in_words(record[1])))
    commands = []
    if isinstance(command, TyperGroup):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            if found is not None and not found.hidden:
                commands.append((name, _first_sentence(found)))
    every = ((_("Arguments"), arguments), (_("Options"), options), (_("Commands"), commands))
    return [(heading, rows) for heading, rows in every if rows]


def examples(command: Command) -> list[str]:
    """Return the examples of a command, which stand in its epilog, one on a line."""
    return cleandoc(command.epilog or "").splitlines()


def _in_words(text: str) -> str:
    """Return the explanation of an option with the numbers it takes as a person would write them."""
    text = re.sub(r"(\d+)<=x<=(\d+)", lambda found: _("{least} to {most}").format(least=found[1], most=found[2]), text)
    return re.sub(r"x>=(\d+)", lambda found: _("{least} or more").format(least=found[1]), text)


def _first_sentence(command: Command) -> str:
    return command.get_short_help_str(limit=200)


def _definitions(rows: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Return names with their explanations beside them, or below them where there is little room."""
    rows = list(rows)
    lines = []
    column = min(_FIRST_COLUMN, max(len(name) for name, _text in rows))
    for name, text in rows:
        if width < _TWO_COLUMNS:
            lines += [*_wrapped(name, width, indent=2, hang=2), *_wrapped(text, width, indent=6)]
            continue
        explained = textwrap.wrap(text, width - column - 4, break_on_hyphens=False) or [""]
        if len(name) > column:
            lines.append(f"  {name}")
        else:
            lines.append(f"  {name:<{column}}  {explained.pop(0)}".rstrip())
        lines += [" " * (column + 4) + line for line in explained]
    return lines


def _continued(example: str, width: int) -> list[str]:
    """Return a command as it can be copied: broken, where it has to be, by a backslash."""
    lines = textwrap.wrap(example, width - 6, break_long_words=False, break_on_hyphens=False)
    return [
        ("  " if number == 0 else "    ") + line + (" \\" if number < len(lines) - 1 else "")
        for number, line in enumerate(lines)
    ]


def _wrapped(text: str, width: int, indent: int = 0, hang: int = 0) -> list[str]:
    first, later = " " * indent, " " * (indent + hang)
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
