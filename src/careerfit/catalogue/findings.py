"""Problems while they are being gathered: how many are enough, and what somebody may have meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from careerfit.catalogue.characters import clean_text, forbidden_in_text
from careerfit.catalogue.nodes import line_and_column
from careerfit.errors import Message, Problem, message

MAX_PROBLEMS = 300
"""Problems of one file after which it is not looked at any further."""

ALIKE, IDS_ALIKE = 0.6, 0.75
"""How much alike two words are, at least, for one to be suggested in place of the other, 0-1: keys, of which there are
few, and ids, which often share a part."""

SURELY_ALIKE = 0.75
"""How much alike a key is to one that belongs in its place for it to be read as that, 0-1."""

_MAX_COMPARISONS = 20_000
_MAX_WORD = 80


class Enough(Exception):
    """A file has more problems than anybody reads, or one that nothing can be read beyond."""


class Findings:
    """The problems of one file, in the order found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        # each suggestion compares with every candidate, and a hostile file can ask for many of both
        self._comparisons_left = _MAX_COMPARISONS

    @property
    def is_full(self) -> bool:
        """Whether no more problems are kept."""
        return len(self.problems) > MAX_PROBLEMS

    def add(self, problem: Problem) -> None:
        """Keep a problem.

        Raises:
            Enough: It was the last that is kept.
        """
        self.problems.append(problem)
        if len(self.problems) == MAX_PROBLEMS:
            text = message("This file was read no further after {count} problems.", count=MAX_PROBLEMS)
            self.problems.append(
                Problem(code="too-many-problems", file=problem.file, line=0, column=0, path="", message=text)
            )
            raise Enough

    def drop(self, code: str, place: int) -> None:
        """Take back the problems of a code at a place, about which something better is said."""
        where = line_and_column(place)
        self.problems[:] = [
            problem for problem in self.problems if problem.code != code or (problem.line, problem.column) != where
        ]

    def did_you_mean(self, word: str, candidates: Collection[str], alike: float = ALIKE) -> Message | None:
        """Return a hint naming the candidate that is spelt most like a word, at least so much, or None."""
        close = self.close(word, candidates, alike)
        return None if close is None else did_you_mean(close)

    def close(self, word: str, candidates: Collection[str], alike: float = ALIKE) -> str | None:
        """Return the candidate that is spelt most like a word, or None."""
        self._comparisons_left -= len(candidates)
        if self._comparisons_left < 0 or len(word) > _MAX_WORD:
            return None
        close = get_close_matches(word, candidates, n=1, cutoff=alike) or get_close_matches(
            word.casefold().replace("_", "-").replace(" ", "-"), candidates, n=1, cutoff=alike
        )
        # letters that changed places make much of a short word, as in di for id
        turned = (candidate for candidate in candidates if sorted(candidate) == sorted(word))
        return close[0] if close else next(turned, None)


def did_you_mean(suggestion: str) -> Message:
    """Return the question whether something was meant."""
    return message('Did you mean "{suggestion}"?', suggestion=suggestion)


def shown(value: object, most: int = 40) -> str:
    """Return how a message shows a value of a file: short, on one line, without anything that steers a terminal."""
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = " ".join(str(value).split())
    if forbidden_in_text(text):
        text = clean_text(text)
    return text if len(text) <= most else f"{text[: most - 1]}…"
