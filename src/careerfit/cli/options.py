"""Options that several commands share, declared once."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from careerfit.language import _

Language = Annotated[
    Literal["id", "en"] | None,
    typer.Option("--lang", help=_("Language: id or en. Otherwise CAREERFIT_LANG, then the locale.")),
]
CatalogueFolder = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar=_("DIR"),
        envvar="CAREERFIT_CATALOGUE",
        help=_("Folder with your own roles.yaml, traits.yaml and items.yaml."),
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print one JSON document."))]
