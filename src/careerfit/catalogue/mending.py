"""What is said of a value of the wrong form, and the usual way to mend it."""

from __future__ import annotations

import re

from msgspec import inspect

from careerfit.catalogue.findings import shown
from careerfit.errors import Message, message

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def not_a_text(value: object) -> Message:
    """Return what is said of a value that has to be a text."""
    return message("This has to be a text, not {value}.", value=_quoted(value))


def not_a_number(value: object) -> Message:
    """Return what is said of a value that has to be a number."""
    return message("This has to be a number, not {value}.", value=_quoted(value))


def not_whole(value: object) -> Message:
    """Return what is said of a value that has to be a whole number."""
    return message("This has to be a whole number, not {value}.", value=_quoted(value))


def not_a_list(value: object) -> Message:
    """Return what is said of a value that has to be a list."""
    return message("This has to be a list, not {value}.", value=_quoted(value))


def not_a_mapping(value: object) -> Message:
    """Return what is said of a value that has to be a mapping."""
    return message("This has to be a mapping of keys and values, not {value}.", value=_quoted(value))


def mend(value: object, kind: type | tuple[type, ...], count: int | None = None) -> Message | None:
    """Return the usual way to mend a value that is not of a kind, or None; `count` is the length a list has to have."""
    if kind is str and isinstance(value, (bool, int, float)):
        return message("Put it in quotes: {quoted}", quoted=f'"{shown(value)}"')
    if kind is list and isinstance(value, str):
        numbers = _NUMBER.findall(value)
        meant = ", ".join(numbers) if count is not None and len(numbers) == count else shown(value)
        return message("Write [{value}].", value=meant)
    if kind is int and isinstance(value, (str, float)):
        return message("Whole numbers are written in digits and without quotes, as in 4.")
    if kind == (int, float) and isinstance(value, str):
        return _mend_number(value)
    return None


def fill(expected: inspect.Type, may_go: bool) -> Message | None:
    """Return what to do where nothing stands after a key or a dash; `may_go` says that the key may be left out."""
    if may_go:
        return message("Leave the key out if there is nothing to say.")
    if isinstance(expected, inspect.StrType):
        return message("Write the text here, in double quotes.")
    return None


def meant_instead(value: object, allowed: list[str]) -> str | None:
    """Return the word that a no usually stands for among the ones that are allowed, or None."""
    is_no = value is False or str(value).lower() in ("no", "n", "off", "none")
    return "never" if is_no and "never" in allowed else None


def _mend_number(value: str) -> Message:
    try:
        float(value)
    except ValueError:
        return message("Numbers are written as in 4, 0.5 or -1.")
    return message("Write the number without quotes and as in 4, 0.5 or -1.")


def _quoted(value: object) -> str:
    return f'"{shown(value)}"' if isinstance(value, str) else shown(value)
