"""In words: what becomes of the answers of a quiz when its catalogue has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from careerfit.changes import Changes
from careerfit.language import _, ngettext

NAMED = 3
"""Roles that are new or gone are named if they are no more than this."""


def change_lines(changes: Changes, titles: Mapping[str, str]) -> list[str]:
    """Return a sentence for each thing that a person should know before going on with the new catalogue.

    `titles` are those of the roles of both catalogues, by id.
    """
    again, gone = len(changes.again), len(changes.gone)
    added, removed = ([titles[role] for role in roles] for roles in (changes.roles_added, changes.roles_gone))
    counted = (
        (
            again,
            ngettext(
                "{count} question you answered has been reworded; it comes again, with your answer marked.",
                "{count} questions you answered have been reworded; they come again, with your answers marked.",
                again,
            ),
        ),
        (
            gone,
            ngettext(
                "{count} question you answered is gone; your answer is kept but no longer counts.",
                "{count} questions you answered are gone; your answers are kept but no longer count.",
                gone,
            ),
        ),
        (
            changes.added,
            ngettext(
                "{count} question is new and may be asked.",
                "{count} questions are new and may be asked.",
                changes.added,
            ),
        ),
        (len(added), _named(ngettext("{count} role is new", "{count} roles are new", len(added)), added)),
        (len(removed), _named(ngettext("{count} role is gone", "{count} roles are gone", len(removed)), removed)),
    )
    lines = [text.format(count=count) for count, text in counted if count]
    if changes.rescored:
        lines.append(_("What answers count for has changed: yours will be counted the new way."))
    return lines or [_("None of it changes your answers or what they count for.")]


def _named(told: str, roles: Sequence[str]) -> str:
    """Return what became of roles as a sentence, with their names where they are few; `{count}` is left open."""
    names = ", ".join(roles).replace("{", "{{").replace("}", "}}")
    return f"{told}: {names}." if len(roles) <= NAMED else f"{told}."
