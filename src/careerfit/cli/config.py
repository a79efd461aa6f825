"""`careerfit config`: every setting, its value now, and where that comes from."""

from __future__ import annotations

import os

from careerfit import language
from careerfit.catalogue.files import shipped_folder
from careerfit.cli import output, pager, settings
from careerfit.language import _
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, dim, spans, strong

SCHEMA = "careerfit/config/1"


def show_config(as_json: bool) -> None:
    """Write the settings as they are for a command without options."""
    file = settings.config_file(os.environ)
    found = [(setting, _value(setting), settings.origin(setting)) for setting in settings.SETTINGS]
    if as_json:
        output.write_json(
            {
                "schema": SCHEMA,
                "file": str(file),
                "exists": file.exists(),
                "settings": [
                    {"key": setting.key, "variable": setting.variable, "value": value, "from": origin}
                    for setting, value, origin in found
                ],
            }
        )
        return
    where = _("Settings are read from {file}.") if file.exists() else _("Settings would be read from {file}.")
    told = {"file": _("from the file"), "environment": _("from the environment"), "default": _("by default")}
    blocks: list[Block] = [
        Heading(spans(_("Settings")), level=1),
        Paragraph(spans(where.format(file=file))),
        Paragraph(spans(_("Options override environment variables, and those override the file."))),
        Space(),
    ]
    for setting, value, origin in found:
        blocks.append(Paragraph(spans(strong(setting.key), f" = {value or '-'}"), indent=2))
        blocks.append(Paragraph(spans(dim(f"{told[origin]} · {setting.variable}")), indent=4))
    output.write_blocks(blocks)


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
