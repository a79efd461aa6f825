"""The clock: the time that is written down, and the day it was for the person who reads it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the time, UTC, as in ``2026-11-21T10:00:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(when: str) -> str:
    """Return the day of a time that was written down, by the clock on the wall here; what is no time as it is."""
    try:
        return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d")
    except (ValueError, OverflowError):
        return when
