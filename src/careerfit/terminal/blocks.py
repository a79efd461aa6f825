"""A page before it is printed: blocks of styled text, the same for a pipe and for a terminal.

`careerfit.terminal.plain` prints them as lines, `careerfit.terminal.styled` with rich. Text from a catalogue
is only ever text here: nothing in it is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Style = Literal["", "strong", "dim", "good", "bad", "unsure", "accent"]


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    style: Style = ""


Line = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading; level 1 opens a page, level 2 a part, level 3 a paragraph."""

    line: Line
    level: Literal[1, 2, 3] = 2
    indent: int = 0


class Paragraph(NamedTuple):
    """Running text, hung behind `mark` when there is one; `indent` counts columns."""

    line: Line
    mark: Span = Span("")
    indent: int = 0


class Bar(NamedTuple):
    """A share from 0 to 1 as a bar; the words that say the same stand beside it."""

    share: float
    line: Line
    indent: int = 0


class Interval(NamedTuple):
    """Where something lies between 0 and 1, and how surely; the words that say the same stand beside it.

    `likely` are the bounds around `point`; `asked` those of what is wanted, or None.
    """

    point: float
    likely: tuple[float, float]
    asked: tuple[float, float] | None
    line: Line
    indent: int = 0


class Command(NamedTuple):
    """What can be typed, on a line of its own: it is never wrapped, so that it can be copied."""

    typed: str
    indent: int = 0


class Space(NamedTuple):
    """An empty line."""


Block = Heading | Paragraph | Bar | Interval | Command | Space


def spans(*parts: str | Span) -> Line:
    """Return a line of parts, plain text standing for itself."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def strong(text: str) -> Span:
    """Return text that stands out."""
    return Span(text, "strong")


def dim(text: str) -> Span:
    """Return text that stands back."""
    return Span(text, "dim")


def bullets(texts: Iterable[Line], mark: Span, indent: int) -> list[Block]:
    """Return a paragraph for each text, hung behind the same mark."""
    return [Paragraph(text, mark, indent) for text in texts]
