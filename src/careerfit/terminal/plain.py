"""Blocks as plain lines: for pipes, for reading aloud, for terminals that only print. Nothing is drawn.

A pipe gets one line a block; lines for a terminal are wrapped between words, to its width. Whatever a text holds, it
stays on its line and steers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from careerfit.catalogue.characters import clean_line
from careerfit.terminal.blocks import Bar, Block, Command, Heading, Interval, Line, Space
from careerfit.terminal.wrapping import wrapped


def render(blocks: Iterable[Block], columns: int | None = None) -> str:
    """Return the page as text, at most `columns` wide if that is said; a bar or an interval is its words alone."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Space():
                lines.append("")
            case Heading(line, level, indent):
                text = wrapped(" " * indent + _text(line), columns)
                lines += text
                if level == 1:
                    lines.append("=" * max(map(len, text)))
            case Command(typed, indent):
                lines.append(" " * indent + clean_line(typed))
            case Bar(line=line, indent=indent) | Interval(line=line, indent=indent):
                lines += wrapped(" " * indent + _text(line), columns)
            case _:
                mark = f"{block.mark.text} " if block.mark.text else ""
                lines += wrapped(" " * block.indent + mark + _text(block.line), columns, len(mark))
    return "\n".join(lines) + "\n"


def _text(line: Line) -> str:
    return "".join(clean_line(span.text) for span in line)
