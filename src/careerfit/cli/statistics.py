"""`careerfit catalogue stats`: what a catalogue holds and how it is balanced."""

from __future__ import annotations

from pathlib import Path

import msgspec

from careerfit import __version__
from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.nodes import Positions
from careerfit.catalogue.published import Lopsided
from careerfit.catalogue.statistics import lopsided, statistics_of
from careerfit.cli import output
from careerfit.cli.reading import reading_language
from careerfit.cli.which import authors_folder
from careerfit.language import say


def describe_folder(folder: Path | None, as_json: bool) -> None:
    """Write what a catalogue holds, as blocks or as one document."""
    catalogue = open_catalogue(authors_folder(folder)).catalogue()
    spoken = reading_language(catalogue.languages)
    counted = statistics_of(catalogue, spoken, f"careerfit {__version__}")
    found = [*lopsided(counted), *((one.code, one.message) for one in check_catalogue(catalogue, Positions()))]
    told = tuple(Lopsided(code=code, text=say(text)) for code, text in found)
    counted = msgspec.structs.replace(counted, lopsided=told)
    if as_json:
        output.write_document(counted)
        return
    from careerfit.terminal.statistics_view import statistics_blocks

    output.write_blocks(statistics_blocks(counted))
