"""`careerfit config`: every setting, its value now, and where that comes from."""

from __future__ import annotations

import json
import os

from careerfit import language
from careerfit.catalogue.characters import clean_text
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.files import shipped_folder
from careerfit.cli import output, pager, settings
from careerfit.cli.which import authors_folder
from careerfit.errors import InputRefused
from careerfit.language import _
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, dim, spans, strong


def show_config(as_json: bool) -> None:
    """Write the settings as they are for a command without options; what is wrong with them is told after them.

    Raises:
        InputRefused: The file or a variable says what cannot be used; carries every Problem.
    """
    try:
        languages = open_catalogue(authors_folder(None)).directory["languages"]
    except InputRefused:
        languages = []
    wrong = settings.refusal(os.environ, languages)
    file = settings.config_file(os.environ)
    found = [(setting, _value(setting), settings.origin(setting)) for setting in settings.SETTINGS]
    if as_json:
        from careerfit.listings import Config, SettingEntry

        entries = (
            SettingEntry(key=setting.key, variable=setting.variable, value=value, origin=origin)
            for setting, value, origin in found
        )
        output.write_document(Config(file=str(file), exists=file.exists(), settings=tuple(entries)))
        if wrong is not None:
            raise wrong
        return
    where = _("Settings are read from {file}.") if file.exists() else _("Settings would be read from {file}.")
    told = {
        "file": _("from the file ({variable} counts before it)"),
        "environment": _("from the variable {variable}"),
        "default": _("by default ({variable} or the file changes it)"),
    }
    blocks: list[Block] = [
        Heading(spans(_("Settings")), level=1),
        Paragraph(spans(where.format(file=file))),
        Paragraph(spans(_("Options override environment variables, and those override the file."))),
        Space(),
    ]
    for setting, value, origin in found:
        blocks.append(Paragraph(spans(strong(setting.key), f" = {_written(setting, value)}"), indent=2))
        blocks.append(Paragraph(spans(dim(told[origin].format(variable=setting.variable))), indent=4))
    output.write_blocks(blocks)
    if wrong is not None:
        raise wrong


def _written(setting: settings.Setting, value: str) -> str:
    """Return a value as the file takes it, so that the line can be copied."""
    match setting.kind:
        case "yes-no":
            return "true" if value == "1" else "false"
        case "command" if not value:
            return "false"
        case "number" if value.isdecimal():
            return value
    return json.dumps(clean_text(value), ensure_ascii=False)


def _value(setting: settings.Setting) -> str:
    """Return the value of a setting as its variable would have it, "" for no pager."""
    from careerfit.session import DEFAULT_MAX_ITEMS

    match setting.key:
        case "lang":
            return language.current()
        case "pager":
            return pager.command_line()
        case "plain" | "save":
            return "1" if settings.is_on(setting.variable, otherwise=setting.key == "save") else "0"
    without = {"catalogue": str(shipped_folder()), "max_items": str(DEFAULT_MAX_ITEMS)}
    return os.environ.get(setting.variable) or without[setting.key]
