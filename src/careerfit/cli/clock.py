"""The clock: the time that is written down, and how it is told to the person who reads it, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime

from careerfit.language import _


def now() -> str:
    """Return the time, UTC, as in ``2026-11-21T10:00:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(when: str) -> str:
    """Return the day of a time that was written down, as people say it; what is no time as it is."""
    here = _here(when)
    if here is None:
        return when
    return _("{day} {month} {year}").format(day=here.day, month=_months()[here.month - 1], year=here.year)


def moment_of(when: str) -> str:
    """Return the day and the minute of a time that was written down, as people say them; what is no time as it is."""
    here = _here(when)
    if here is None:
        return when
    minute = _("{hour}:{minute}").format(hour=f"{here.hour:02}", minute=f"{here.minute:02}")
    return _("{day}, {time}").format(day=day_of(when), time=minute)


def numbers_of(when: str, with_time: bool = False) -> str:
    """Return the day in numbers, as in ``2026-11-21``, for tables and names of files; what is no time as it is."""
    here = _here(when)
    return when if here is None else here.strftime("%Y-%m-%d %H:%M" if with_time else "%Y-%m-%d")


def _here(when: str) -> datetime | None:
    try:
        return datetime.fromisoformat(when).astimezone()
    except (ValueError, OverflowError):
        return None


def _months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
