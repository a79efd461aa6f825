"""The program's words for values that are codes in the data: frequencies, education, answers."""

from __future__ import annotations

from collections.abc import Mapping

from careerfit.language import _, ngettext

YEARS = (0, 1, 3, 6, 11)
"""Years of experience that the quiz's five answers stand for: each is the least of its range."""

PEOPLE = (0, 1, 6, 21, 51)
"""People led that the quiz's five answers stand for: each is the least of its range."""


def frequency(value: str) -> str:
    """Return how often a condition occurs, in words."""
    return {"never": _("never"), "sometimes": _("sometimes"), "often": _("often")}[value]


def condition(value: str) -> str:
    """Return the name of a condition."""
    return {
        "overtime": _("overtime"),
        "on_call": _("on call"),
        "travel": _("travel"),
        "shifts": _("nights or shifts"),
    }[value]


def place(value: str) -> str:
    """Return where the work happens."""
    return {
        "plant": _("in a plant"),
        "office": _("in an office"),
        "set": _("on a film set"),
        "site": _("at changing sites"),
        "mixed": _("partly in an office, partly where the work happens"),
    }[value]


def education(value: str) -> str:
    """Return a level of education by the name people know it by."""
    return {
        "primary": _("primary or lower secondary school"),
        "secondary": _("upper secondary school"),
        "diploma": _("diploma"),
        "bachelor": _("bachelor's degree"),
        "master": _("master's degree or higher"),
    }[value]


def years(count: int) -> str:
    """Return a number of years of experience in words."""
    return ngettext("{count} year of experience", "{count} years of experience", count).format(count=count)


def people(count: int) -> str:
    """Return a number of people led in words."""
    return ngettext("experience of leading {count} person", "experience of leading {count} people", count).format(
        count=count
    )


def ranges_of_years() -> tuple[str, ...]:
    """Return the quiz's answers about years of experience, in the order of `YEARS`."""
    return (_("none yet"), _("1 to 2 years"), _("3 to 5 years"), _("6 to 10 years"), _("more than 10 years"))


def ranges_of_people() -> tuple[str, ...]:
    """Return the quiz's answers about people led, in the order of `PEOPLE`."""
    return (_("nobody yet"), _("1 to 5 people"), _("6 to 20 people"), _("21 to 50 people"), _("more than 50 people"))


def willingness(value: str) -> str:
    """Return whether somebody would take on a condition, in words."""
    return {"yes": _("yes"), "depends": _("it depends"), "no": _("no")}[value]


def codes(values: Mapping[str, str]) -> str:
    """Return the codes of a role in other classifications, each behind the name people know it by."""
    known = {"onet": "O*NET-SOC", "isco": "ISCO-08", "kbji": "KBJI 2014"}
    return ", ".join(f"{known.get(name, name)} {code}" for name, code in values.items())


def statement_answers() -> tuple[str, ...]:
    """Return the five answers to a statement, from 0 to 4."""
    return (_("not me at all"), _("not really me"), _("somewhere in between"), _("rather like me"), _("very much me"))


def pair_answers() -> tuple[str, ...]:
    """Return the five answers to a pair, from left (0) to right (4)."""
    return (_("A by far"), _("A, a little"), _("both the same"), _("B, a little"), _("B by far"))


def preference(towards: int, other: str) -> str:
    """Return how much one side of a pair was preferred: 2 by far, 0 neither, -2 the other side, which is quoted."""
    return {
        2: _("much preferred"),
        1: _("slightly preferred"),
        0: _("both the same"),
        -1: _("“{other}” slightly preferred"),
        -2: _("“{other}” much preferred"),
    }[towards].format(other=other)


def reality_answers() -> dict[str, tuple[str, ...]]:
    """Return the answers to each kind of card of the reality check, from the first to the last."""
    return {
        "myth": (_("true"), _("not true")),
        "truth": (_("go on"),),
        "reality": (_("as I thought"), _("new to me")),
        "interest": (_("more than before"), _("yes, still"), _("not sure"), _("not any more")),
    }
