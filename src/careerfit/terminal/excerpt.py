"""A line of a file with a caret below the character that is meant, in a window that fits the terminal."""

from __future__ import annotations

from rich.cells import cell_len

from careerfit.catalogue.characters import clean_text

WIDEST = 80
"""Columns of a window at most."""

NARROWEST = 20
"""Columns below which a window says nothing any more."""

_TAB = "    "
_CUT = "…"


def excerpt(line: str, column: int, width: int = WIDEST) -> tuple[str, str]:
    """Return what of a line is shown, and the line below it that holds the caret.

    Tabs become four blanks, letters of East Asian scripts take two columns, and what would steer a terminal is
    replaced.

    Args:
        line: One line of a file, without its end.
        column: The character that is meant, from 1; one past the end is the end.
        width: Columns that may be used.
    """
    width = max(NARROWEST, min(width, WIDEST))
    place = min(column - 1, len(line))
    # no more than a window of it is looked at: a line may have millions of characters
    before = _shown(line[max(0, place - width) : place])
    after = _shown(line[place : place + width])
    cut_before, cut_after = place > width, place + width < len(line)
    if cut_before or cut_after or cell_len(before) + cell_len(after) > width:
        before, was_cut = _last(before, width * 2 // 3)
        before = _CUT + before if was_cut or cut_before else before
        after, was_cut = _first(after, width - cell_len(before) - len(_CUT))
        after = after + _CUT if was_cut or cut_after else after
    return (before + after).rstrip(), " " * cell_len(before) + "^"


def _shown(text: str) -> str:
    return clean_text(text.replace("\t", _TAB))


def _first(text: str, width: int) -> tuple[str, bool]:
    """Return the beginning of a text that fits into a width, and whether more follows."""
    end = len(text)
    while cell_len(text[:end]) > width:
        end -= 1
    return text[:end], end < len(text)


def _last(text: str, width: int) -> tuple[str, bool]:
    """Return the end of a text that fits into a width, and whether more goes before."""
    start = 0
    while cell_len(text[start:]) > width:
        start += 1
    return text[start:], start > 0
