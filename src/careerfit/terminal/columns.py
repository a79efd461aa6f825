"""Tables as lines of text: columns aligned by spaces, readable aloud and in a pipe, at most 80 columns wide."""

from __future__ import annotations

from collections.abc import Sequence

from careerfit.terminal.blocks import Block, Paragraph, dim, spans

WIDEST = 78
"""Columns of a line, without its indent of two."""

_GAP = 2
_NARROWEST = 12
_ELLIPSIS = "…"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[int] = (0,)) -> list[Block]:
    """Return a table as paragraphs, its head standing back.

    Args:
        head: What stands above each column.
        rows: Cells, as many as in the head.
        texts: Columns that hold text: aligned left, and shortened, the widest first, where a line would be too long.
            The others hold numbers and are aligned right.
    """
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    while sum(widths) + _GAP * (len(widths) - 1) > WIDEST:
        widest = max(texts, key=lambda column: widths[column])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1

    def line(row: Sequence[str]) -> str:
        cells = [
            _cut(cell, width).ljust(width) if column in texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return (" " * _GAP).join(cells).rstrip()

    return [Paragraph(spans(dim(line(head))), indent=2), *(Paragraph(spans(line(row)), indent=2) for row in rows)]


def _cut(text: str, width: int) -> str:
    """Return a text in `width` columns; what stands in brackets at its end is kept, as it tells namesakes apart."""
    if len(text) <= width:
        return text
    bracket = text.rfind(" (")
    end = text[bracket:] if bracket > 0 and len(text) - bracket < width // 2 else ""
    return text[: width - len(end) - len(_ELLIPSIS)].rstrip() + _ELLIPSIS + end
