"""Which of a catalogue's languages its texts are shown in."""

from __future__ import annotations

import sys

from careerfit import language
from careerfit.catalogue.page import content_language, has_language
from careerfit.errors import UsageError, message


def reading_language(languages: list[str] | tuple[str, ...]) -> str:
    """Return the language to read a catalogue in, out of those it has.

    Raises:
        UsageError: ``--lang`` names a language that neither the program nor the catalogue has.
    """
    wanted = language.current()
    if not has_language(languages, wanted) and not language.speaks(wanted) and language.asked(sys.argv[1:]):
        raise UsageError(
            message("Neither careerfit nor this catalogue has the language “{tag}”.", tag=wanted),
            message(
                "careerfit has {program}; this catalogue has {catalogue}.",
                program=", ".join(language.languages()),
                catalogue=", ".join(languages),
            ),
        )
    return content_language(languages, wanted)
