"""Problems in the order in which to mend them: what may merely follow from another one comes last, and together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careerfit.errors import Problem, message

FOLLOWING = frozenset(
    {"unknown-trait", "unknown-source", "unknown-family", "unknown-role", "unknown-language", "missing-translation"}
)
"""Codes of problems that one mistake elsewhere brings about in many places: an id that was changed or is given twice, a
language that was added."""

MANY = 3
"""Places from which on such a problem is told once."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by file, line and column, those that may follow from others after all others."""
    return tuple(sorted(problems, key=lambda one: (one.code in FOLLOWING, one.file, one.line, one.column)))


def gathered(problems: Iterable[Problem]) -> Iterator[tuple[Problem, tuple[Problem, ...]]]:
    """Yield each problem with those that say the same of other places, which are not yielded again.

    Only what may follow from another problem is gathered, and only from `MANY` places on; the problem then says how
    many more there are.
    """
    alike: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        same = (problem.code, str(problem.message)) if problem.code in FOLLOWING else number
        alike.setdefault(same, []).append(problem)
    for first, *others in alike.values():
        if len(others) + 1 < MANY:
            yield from ((problem, ()) for problem in (first, *others))
        else:
            text = message("{problem} The same in {count} more places.", problem=first.message, count=len(others))
            yield first._replace(message=text), tuple(others)
