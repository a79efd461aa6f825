"""Blocks on a terminal, with rich: wrapped to the window, in the terminal's own sixteen colours.

Whatever a text holds, it is shown as text, on its own lines, and steers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from careerfit.catalogue.characters import clean_line
from careerfit.terminal.blocks import Bar, Block, Command, Heading, Interval, Line, Space, Style

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


def render(blocks: Iterable[Block], file: TextIO) -> str:
    """Return the page as it is to be written to a terminal; no line ends in blanks or is wider than the window."""
    console = Console(file=file, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        _show(blocks, console)
    return captured.get()


def _show(blocks: Iterable[Block], console: Console) -> None:
    width = min(console.width, _WIDEST)
    for block in blocks:
        match block:
            case Space():
                console.print()
            case Heading(line, level, indent):
                text = _text(line)
                text.stylize("bold underline" if level == 1 else "bold")
                _print(console, text, width, Text(), indent)
            case Command(typed, indent):
                start = " " * min(indent, width // 5)
                console.print(Text.assemble(start, (clean_line(typed), _STYLES["accent"])), soft_wrap=True)
            case Bar(share, line, indent):
                _print(console, _bar(share, line, width - indent, console), width, Text(), indent)
            case Interval(line=line, indent=indent):
                _print(console, _interval(block, width - indent, console), width, Text(), indent)
            case _:
                mark = Text(block.mark.text, _STYLES[block.mark.style])
                _print(console, _text(block.line), width, mark, block.indent)


def _print(console: Console, text: Text, width: int, mark: Text, indent: int) -> None:
    """Print text wrapped to a width, hung behind a mark, and moved in by at most a fifth of the width."""
    first = Text.assemble(" " * min(indent, width // 5), mark, " " if mark else "")
    if first.cell_len >= width:
        first = Text()
    for number, line in enumerate(text.wrap(console, max(1, width - first.cell_len), overflow="fold")):
        line.rstrip()
        console.print(first if number == 0 else Text(" " * first.cell_len), line, sep="", soft_wrap=True)


def _text(line: Line) -> Text:
    return Text.assemble(*((clean_line(span.text), _STYLES[span.style]) for span in line))


def _interval(interval: Interval, width: int, console: Console) -> Text:
    """Return a line with the point and the bounds on it, solid where it is asked for and dotted elsewhere."""
    columns = min(_BAR, width // 3)
    line, dotted, likely, point = ("─", "·", "━", "●") if _draws(console) else ("-", ".", "=", "o")
    drawn = Text()
    for column in range(columns):
        centre = (column + 0.5) / columns
        if column == min(int(interval.point * columns), columns - 1):
            drawn.append(point, "bold")
        elif interval.likely[0] <= centre <= interval.likely[1]:
            drawn.append(likely, "cyan")
        elif interval.asked is not None and interval.asked[0] <= centre <= interval.asked[1]:
            drawn.append(line, "green")
        else:
            drawn.append(dotted, "dim")
    return Text.assemble(drawn, " ", _text(interval.line))


def _draws(console: Console) -> bool:
    """Return whether the terminal has more than ASCII to draw with."""
    return console.encoding.lower() in ("utf-8", "utf8")


def _bar(share: float, line: Line, width: int, console: Console) -> Text:
    columns = min(_BAR, width // 3)
    filled = round(share * columns)
    full, empty = ("━", "─") if _draws(console) else ("#", ".")
    return Text.assemble((full * filled, "cyan"), (empty * (columns - filled), "dim"), " ", _text(line))
