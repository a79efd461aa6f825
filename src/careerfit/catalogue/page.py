"""One role in one language: the document of `careerfit show`, from the compiled catalogue's plain data.

Plain data in, plain data out: `show` stays fast because nothing here needs the typed model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from careerfit.catalogue.compiled import Directory

_STATEMENTS = ("tasks", "fit", "unfit", "myths", "realities", "differs_from")


def content_language(languages: list[str] | tuple[str, ...], wanted: str) -> str:
    """Return the language to read a catalogue in.

    It is the one wanted; or else the same language as it is written elsewhere, English, or the catalogue's first.
    """
    for alike in (_same_tag, _same_language):
        for tag in languages:
            if alike(tag, wanted):
                return tag
    return "en" if "en" in languages else languages[0]


def has_language(languages: list[str] | tuple[str, ...], wanted: str) -> bool:
    """Return whether a catalogue has its texts in a language, wherever it is spoken."""
    return any(_same_language(tag, wanted) for tag in languages)


def role_page(directory: Directory, role: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the document ``careerfit/role/1``: everything about a role, with the sources it cites."""
    languages = frozenset(directory["languages"])
    page = {"schema": "careerfit/role/1", **_in_language(role, language, languages)}
    titles = {entry["id"]: entry["title"][language] for entry in directory["roles"]}
    for signal in [*page["fit"], *page["unfit"]]:
        signal["name"] = directory["traits"][signal["trait"]][language]
        if not signal.get("level_note"):
            signal.pop("level_note", None)
    for difference in page["differs_from"]:
        difference["title"] = titles[difference["role"]]
    cited = {statement["source"] for part in _STATEMENTS for statement in page[part]}
    cited |= {signal["level_source"] for signal in (*page["fit"], *page["unfit"]) if "level_source" in signal}
    cited |= {note["source"] for part in ("conditions", "readiness") for note in page[part]["notes"]}
    page["sources"] = [
        {"id": source_id, **_in_language(source, language, languages)}
        for source_id, source in directory["sources"].items()
        if source_id in cited
    ]
    return page


def role_list(directory: Directory, language: str) -> list[dict[str, str]]:
    """Return id, title and family of every role."""
    return [
        {"id": entry["id"], "title": entry["title"][language], "family": entry["family"]}
        for entry in directory["roles"]
    ]


def _same_tag(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _same_language(one: str, other: str) -> bool:
    return _same_tag(one.partition("-")[0], other.partition("-")[0])


def _in_language(value: Any, language: str, languages: frozenset[str]) -> Any:
    """Return plain data with every text in one language; keys without a value are left out.

    A text is a mapping with languages for keys and nothing else: "id" is a language, and also the key of an id. Codes
    are no text, whatever their keys are.
    """
    if isinstance(value, dict):
        if value and value.keys() <= languages:
            return value[language]
        return {
            key: inner if key == "codes" else _in_language(inner, language, languages)
            for key, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list):
        return [_in_language(inner, language, languages) for inner in value]
    return value
