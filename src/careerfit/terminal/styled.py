"""Blocks on a terminal, with rich: wrapped to the window, in the terminal's own sixteen colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from careerfit.terminal.blocks import Bar, Block, Heading, Line, Space, Style

_STYLES: dict[Style, str] = {
    "": "",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "red",
    "unsure": "yellow",
    "accent": "cyan",
}
_WIDEST = 88
"""Columns a page uses at most: longer lines are hard to read."""

_BAR = 24
"""Columns of a whole bar; narrow windows get shorter ones."""


def show(blocks: Iterable[Block], file: TextIO) -> None:
    """Print the page on a terminal."""
    console = Console(file=file, markup=False, emoji=False, highlight=False)
    width = min(console.width, _WIDEST)
    for block in blocks:
        match block:
            case Space():
                console.print()
            case Heading(line, level, indent):
                text = _text(line)
                text.stylize("bold underline" if level == 1 else "bold")
                console.print(Padding(text, (0, 0, 0, indent)), width=width)
            case Bar(share, line, indent):
                console.print(Padding(_bar(share, line, width - indent, console), (0, 0, 0, indent)), width=width)
            case _:
                body: Text | Table = _text(block.line)
                if block.mark.text:
                    body = _hung(Text(block.mark.text, _STYLES[block.mark.style]), _text(block.line))
                indent = min(block.indent, width // 6)
                console.print(Padding(body, (0, 0, 0, indent)), width=width)


def _text(line: Line) -> Text:
    return Text.assemble(*((span.text, _STYLES[span.style]) for span in line))


def _hung(mark: Text, body: Text) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(mark, body)
    return table


def _bar(share: float, line: Line, width: int, console: Console) -> Text:
    columns = min(_BAR, width // 3)
    filled = round(share * columns)
    full, empty = ("#", ".") if console.encoding.lower() not in ("utf-8", "utf8") else ("━", "─")
    return Text.assemble((full * filled, "cyan"), (empty * (columns - filled), "dim"), " ", _text(line))
