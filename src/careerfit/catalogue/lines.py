"""The lines of a file, counted as the YAML reader counts them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from careerfit.catalogue.nodes import place_of

_LINE_END = re.compile(r"\r\n?|\n")


def places_in(source: str) -> Callable[[int], int]:
    """Return a function from an offset in a text to its place."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(source))]

    def place(offset: int) -> int:
        line = bisect_right(starts, offset)
        return place_of(line, offset - starts[line - 1] + 1)

    return place


def lines_of(data: bytes, wanted: Iterable[int]) -> dict[int, str]:
    """Return lines of a file by their numbers, from 1, as far as the file has them; what is no UTF-8 is replaced."""
    numbers = frozenset(wanted)
    if not numbers:
        return {}
    source = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    found: dict[int, str] = {}
    number, start, last = 1, 0, max(numbers)
    for match in _LINE_END.finditer(source):
        if number in numbers:
            found[number] = source[start : match.start()]
        number, start = number + 1, match.end()
        if number > last:
            return found
    if number in numbers:
        found[number] = source[start:]
    return found
