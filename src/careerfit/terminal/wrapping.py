"""Plain lines at the width of the terminal they go to; in a pipe or a file they stay as long as they are."""

from __future__ import annotations

import os
import textwrap
from typing import TextIO


def columns_of(stream: TextIO) -> int | None:
    """Return how many columns a stream has if it is a terminal, as far as that can be told; else None."""
    try:
        if not stream.isatty():
            return None
        said = os.environ.get("COLUMNS", "")
        return (int(said) if said.isdigit() else os.get_terminal_size(stream.fileno()).columns) or None
    except (OSError, ValueError):
        return None


def wrapped(text: str, columns: int | None, hang: int = 0) -> list[str]:
    """Return a text as lines of at most that many columns, broken between words alone.

    Every line begins where the first one does, `hang` columns further in from the second one on. A word that is longer
    than a line, such as a path, is left to the terminal, so that it can be copied.
    """
    lines = []
    for line in text.split("\n"):
        room = columns if columns is not None and len(line) > columns else None
        start = " " * min(len(line) - len(line.lstrip(" ")) + hang, (columns or 0) // 3)
        lines += (
            [line]
            if room is None
            else textwrap.wrap(line, room, subsequent_indent=start, break_long_words=False, break_on_hyphens=False)
        )
    return lines
