"""What a result gets from outside its answers: an id, the time, the language and the program."""

from __future__ import annotations

import secrets

from careerfit import __version__
from careerfit.cli.clock import now
from careerfit.cli.reading import reading_language
from careerfit.document import Stamp
from careerfit.model import Catalogue


def new_stamp(catalogue: Catalogue) -> Stamp:
    """Return the stamp of a result made now, in the language spoken as far as the catalogue has it."""
    return Stamp(
        id=secrets.token_hex(6),
        created=now(),
        language=reading_language(catalogue.languages),
        program=f"careerfit {__version__}",
    )
