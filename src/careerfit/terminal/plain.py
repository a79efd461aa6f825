"""Blocks as plain lines: for pipes, for reading aloud, for terminals that only print. Nothing is wrapped or drawn.

Whatever a text holds, it stays on its line and steers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from careerfit.catalogue.characters import clean_line
from careerfit.terminal.blocks import Bar, Block, Heading, Interval, Line, Space


def render(blocks: Iterable[Block]) -> str:
    """Return the page as text, one line a block; a bar or an interval is its words alone."""
    lines = []
    for block in blocks:
        match block:
            case Space():
                lines.append("")
            case Heading(line, level, indent):
                text = _text(line)
                lines.append(" " * indent + text)
                if level == 1:
                    lines.append("=" * len(text))
            case Bar(line=line, indent=indent) | Interval(line=line, indent=indent):
                lines.append(" " * indent + _text(line))
            case _:
                mark = f"{block.mark.text} " if block.mark.text else ""
                lines.append(" " * block.indent + mark + _text(block.line))
    return "\n".join(lines) + "\n"


def _text(line: Line) -> str:
    return "".join(clean_line(span.text) for span in line)
