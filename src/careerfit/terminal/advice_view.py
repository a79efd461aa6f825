"""What the author of a catalogue should do next, in words."""

from __future__ import annotations

from careerfit.engine.advice import Advice
from careerfit.language import _, decimal
from careerfit.model import Catalogue

_NAMED = 5
"""Items named in one sentence; the others are counted."""


def advice_text(advice: Advice, catalogue: Catalogue, language: str) -> str:
    """Return one piece of advice as sentences, with the names of roles and traits in a language of the catalogue."""
    roles = [catalogue.roles[index].title[language] for index in advice.roles]
    traits = [catalogue.traits[index].name[language] for index in advice.traits]
    if advice.code.startswith("pair"):
        return _pair(advice, *roles, *traits)
    if roles:
        return _role(advice, roles[0])
    if traits:
        return _trait(advice, traits[0])
    return _quiz(advice, [catalogue.items[index].id for index in advice.items])


def _pair(advice: Advice, one: str, other: str, trait: str = "") -> str:
    told = _("“{one}” and “{other}”: {wrong} in 100 people suited to one get the other above it.").format(
        one=one, other=other, wrong=round(100 * (1 - (advice.figure or 0.0)))
    )
    if advice.code == "pair-same":
        what = _("They ask for the same: give one of them a requirement the other lacks, or make them one role.")
    elif advice.code == "pair-level":
        what = _("They ask for nearly the same: sharpen a level on “{trait}”.").format(trait=trait)
    else:
        what = _("Write a question that sets the two apart on “{trait}”.").format(trait=trait)
    return f"{told} {what}"


def _role(advice: Advice, role: str) -> str:
    times = decimal(advice.figure or 0.0)
    if advice.code == "favourite":
        return _(
            "“{role}” is a favourite: it takes {times} times its equal share of first places. Ask for more there, or"
            " for something rarer."
        ).format(role=role, times=times)
    if advice.code == "never-first":
        return _(
            "“{role}” hardly ever comes first: {times} times its equal share. Look for requirements that hardly anyone"
            " meets together, or that a neighbour has as well."
        ).format(role=role, times=times)
    return _(
        "“{role}” asks for nothing rare: whoever answers, little speaks for or against it. Add a requirement that many"
        " people do not meet."
    ).format(role=role)


def _trait(advice: Advice, trait: str) -> str:
    if advice.code == "trait-unused":
        return _("No role needs “{trait}”: use it in a role, or take it out together with its questions.").format(
            trait=trait
        )
    if advice.code == "trait-unasked":
        return _("No question asks about “{trait}”, though a role needs it: write some.").format(trait=trait)
    if advice.code == "trait-idle":
        return _(
            "“{trait}” hardly changes the ranking: sharpen the levels on it or let more roles use it, or take it out."
        ).format(trait=trait)
    return _(
        "“{trait}” has too few questions: all of them explain only {known} per cent of how people differ on it."
        " Write more."
    ).format(trait=trait, known=round(100 * (advice.figure or 0.0)))


def _quiz(advice: Advice, items: list[str]) -> str:
    if advice.code == "items-idle":
        named = ", ".join(items[:_NAMED])
        if len(items) > _NAMED:
            named += _(" and {count} more").format(count=len(items) - _NAMED)
        return _("Questions that earn nothing: {items}. Rewrite them, or take them out.").format(items=named)
    if advice.code == "unsteady":
        return _(
            "A second take gives too often another role. Questions that say more, such as a choice between two everyday"
            " scenes that carry several traits each, help most."
        )
    return _(
        "The quiz is surer than it is right, by up to {points} points. See whether items.yaml claims discriminations"
        " that are too high."
    ).format(points=round(100 * (advice.figure or 0.0)))
