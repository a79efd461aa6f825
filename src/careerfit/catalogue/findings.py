"""Problems while they are being gathered: how many are enough, and what somebody may have meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from careerfit.catalogue.characters import clean_text, forbidden_in_text
from careerfit.errors import Message, Problem, message

MAX_PROBLEMS = 300
"""Problems of one file after which it is not looked at any further."""

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

    def did_you_mean(self, word: str, candidates: Collection[str]) -> Message | None:
        """Return a hint naming the candidate that is spelt most like a word, or None."""
        self._comparisons_left -= len(candidates)
        if self._comparisons_left < 0 or len(word) > _MAX_WORD:
            return None
        close = get_close_matches(word, candidates, n=1, cutoff=0.6) or get_close_matches(
            word.casefold().replace("_", "-").replace(" ", "-"), candidates, n=1, cutoff=0.6
        )
        return message('Did you mean "{suggestion}"?', suggestion=close[0]) if close else None


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
