"""In words: what becomes of the answers of a quiz when its catalogue has changed."""

from __future__ import annotations

from careerfit.changes import Changes
from careerfit.language import _, ngettext


def change_lines(changes: Changes) -> list[str]:
    """Return a sentence for each thing that a person should know before going on with the new catalogue."""
    again, gone, roles_gone = len(changes.again), len(changes.gone), len(changes.roles_gone)
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
        (
            len(changes.roles_added),
            ngettext("{count} role is new.", "{count} roles are new.", len(changes.roles_added)),
        ),
        (roles_gone, ngettext("{count} role is gone.", "{count} roles are gone.", roles_gone)),
    )
    lines = [text.format(count=count) for count, text in counted if count]
    if changes.rescored:
        lines.append(_("What answers count for has changed: yours will be counted the new way."))
    return lines or [_("None of it changes your answers or what they count for.")]
