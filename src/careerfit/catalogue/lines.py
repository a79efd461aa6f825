"""The lines of a file, counted as the YAML reader counts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from careerfit.catalogue.nodes import place_of

_LINE_END = re.compile(r"\r\n?|\n")


def places_in(source: str) -> Callable[[int], int]:
    """Return a function from an offset in a text to its place; it is to be asked for one after the other."""
    line, start, reached = 1, 0, 0

    def place(offset: int) -> int:
        nonlocal line, start, reached
        line += sum(source.count(end, reached, offset) for end in "\r\n") - source.count("\r\n", reached, offset)
        start = max(start, *(source.rfind(end, reached, offset) + 1 for end in "\r\n"))
        reached = offset
        return place_of(line, offset - start + 1)

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
