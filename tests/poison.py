"""Catalogue files in which every text is hostile, found by walking the types of the model: no field is forgotten."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from hostile import INJECTIONS
from msgspec import inspect
from terminal import SMALL

from careerfit.catalogue.characters import forbidden_in_text
from careerfit.catalogue.documents import TYPES
from careerfit.catalogue.texts import MAX_NAME, MAX_TEXT

Writer = Callable[[bool], str]
"""Gives the next hostile text; told whether it has to be short enough for a name."""

REFERENCES = {"id", "source", "level_source", "trait", "role", "family", "languages", "leads_to"}
"""Fields whose texts are ids; everything else that is a text is read by people."""

NAMES = {"name", "title", "licence", "url", "aliases", "codes", "onet"}
ADDRESS = "https://x.example/"
LANGUAGES = ("id", "en")

LEGAL = (
    "[red]x[/red]",
    "[/]",
    "[link=https://x.example]y[/link]",
    "[conceal]z",
    ":fire:",
    "{0} {name} {x.__class__}",
    "{ }} {{",
    "%s %d %(x)s %",
    "$(touch pwned) `touch pwned`",
    "\\$(touch pwned)",
    "'; touch pwned #",
    "\\x1b[31m \\u001b]0;t\\a ^[[31m",
    "e\u0301\u0302\u0303\u0304",
    "one\ntwo\tthree",
    "a\u200db\u200cc",
    "\uff21\U0001f525\u6f22",
    "w" * 60,
    *(text for text in INJECTIONS if not forbidden_in_text(text)),
)
"""Texts that are allowed, and would act somewhere if they were taken for more than text."""

FORBIDDEN = (
    *("\x1b[31m", "\x1b[2J", "\x1b]8;;https://x.example\x1b\\", "\x1b]52;c;eA==", "\x1b]0;t", "\x9b31m", "\x9d0;t"),
    *("\x00", "\x07", "\x08", "\x0b", "\x0c", "\x0e", "\x1a", "\x7f", "\x85", "\x90q"),
    *("\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u2060", "\ufeff", "\u00ad"),
    *("\u3164", "\ufff9", "\ufffe", "\u2028", "\u2029", "\U000e0001", "\U000e0041"),
)
"""What no text may hold, each with one forbidden character; shown, it would steer, reorder or hide."""


def packed(texts: tuple[str, ...], limit: int) -> list[str]:
    """Return texts joined to as few as fit into a limit of characters."""
    packs: list[str] = []
    for text in texts:
        if packs and len(packs[-1]) + 1 + len(text) <= limit:
            packs[-1] += f" {text}"
        else:
            packs.append(text)
    return packs


NAME_PACKS = packed(LEGAL, MAX_NAME - len(ADDRESS))
TEXT_PACKS = packed(LEGAL, MAX_TEXT)


def poisoned_files(write: Writer) -> dict[str, Any]:
    """Return the data of the small catalogue's files with every text written by `write`, optional ones too."""
    files = {}
    for name, type_ in TYPES.items():
        data = yaml.safe_load((SMALL / name).read_text(encoding="utf-8"))
        files[name] = _filled(inspect.type_info(type_), data, "", write)
    return files


def put(folder: Path, files: dict[str, Any], raw: bool = False) -> dict[str, list[str]]:
    """Write files with a value a line, hostile characters escaped or as they are; return their lines."""
    folder.mkdir()
    lines = {}
    for name, data in files.items():
        text = json.dumps(data, ensure_ascii=False, indent=1)
        text = re.sub(r"\\(?:[bf]|u[0-9a-f]{4}|.)", _as_it_is, text)
        if not raw:
            text = re.sub(r"[^\n -~]", lambda character: f"\\U{ord(character[0]):08x}", text)
        (folder / name).write_bytes(text.encode())
        lines[name] = text.split("\n")
    return lines


def text_fields(type_: inspect.Type) -> set[tuple[str, str]]:
    """Return (type, field) of everything below a type that people read as text."""
    match type_:
        case inspect.StructType(cls=cls, fields=fields):
            found = set()
            for field in fields:
                inner = text_fields(field.type)
                of_text = ("", "") in inner and field.encode_name not in REFERENCES
                found |= (inner - {("", "")}) | ({(cls.__name__, field.encode_name)} if of_text else set())
            return found
        case inspect.UnionType(types=types):
            return set().union(*map(text_fields, types))
        case inspect.VarTupleType(item_type=inner):
            return text_fields(inner)
        case inspect.DictType(value_type=inner):
            return text_fields(inner)
        case inspect.StrType():
            return {("", "")}
        case _:
            return set()


def strings(data: Any) -> Iterator[str]:
    """Yield every text in plain data, keys left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from strings(inner)


def _as_it_is(escape: re.Match[str]) -> str:
    return json.loads(f'"{escape[0]}"') if escape[0][1] in "bfu" else escape[0]


def _filled(type_: inspect.Type, value: Any, field: str, write: Writer) -> Any:
    match type_:
        case inspect.UnionType(types=types):
            return _filled(_chosen(types, value), value, field, write)
        case inspect.StructType(fields=fields):
            return {
                **value,
                **{
                    inner.encode_name: _filled(inner.type, value.get(inner.encode_name), inner.encode_name, write)
                    for inner in fields
                    if inner.encode_name in value or _can_be_made(inner)
                },
            }
        case inspect.VarTupleType(item_type=inspect.StructType() as inner):
            return [_filled(inner, element, field, write) for element in value or [{"source": "editorial"}]]
        case inspect.VarTupleType(item_type=inspect.UnionType() as inner):
            return [_filled(inner, element, field, write) for element in value]
        case inspect.VarTupleType(item_type=inspect.StrType()) if field not in REFERENCES:
            return [write(True)]
        case inspect.DictType(value_type=inspect.StrType()):
            return {key: write(field in NAMES) for key in LANGUAGES}
        case inspect.StrType() if field not in REFERENCES:
            return (ADDRESS if field == "url" else "") + write(field in NAMES)
        case _:
            return value


def _chosen(types: tuple[inspect.Type, ...], value: Any) -> inspect.Type:
    """Return what of a union is meant: the struct of the value's kind, or whatever is not null."""
    structs = [type_ for type_ in types if isinstance(type_, inspect.StructType)]
    if structs:
        return next(type_ for type_ in structs if type_.tag == value["kind"])
    return next(type_ for type_ in types if not isinstance(type_, inspect.NoneType))


def _can_be_made(field: inspect.Field) -> bool:
    """Return whether an optional field can be given though the small catalogue leaves it out: it refers to nothing."""
    match field.type:
        case inspect.VarTupleType(item_type=inspect.StructType(fields=fields)):
            needed = {inner.encode_name for inner in fields if inner.required}
            return needed & REFERENCES <= {"source"} and "readiness" not in needed
        case _:
            return field.encode_name not in REFERENCES and bool(text_fields(field.type))
