"""Options that several commands share, declared once."""

from pathlib import Path
from typing import Annotated

import typer

from careerfit.cli.completion import languages, results, role_words
from careerfit.language import _, is_tag


def _tag(value: str | None) -> str | None:
    if value is not None and not is_tag(value):
        raise typer.BadParameter(
            _("“{tag}” is not the tag of a language; use tags such as id, en or pt-BR.").format(tag=value)
        )
    return value


Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar=_("TAG"),
        callback=_tag,
        autocompletion=languages,
        help=_("Language, such as id or en. Otherwise CAREERFIT_LANG, the settings, then the locale."),
    ),
]
RoleWords = Annotated[
    list[str],
    typer.Argument(
        metavar=_("ROLE"), help=_("An id, a title or another name for the role."), autocompletion=role_words
    ),
]
ResultName = Annotated[
    str | None,
    typer.Option(
        "--result",
        metavar=_("ID"),
        help=_(
            "The result: its id, the beginning of it, or a file with a result or an answer sheet; the newest if left"
            " out."
        ),
        show_default=False,
        autocompletion=results,
    ),
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
