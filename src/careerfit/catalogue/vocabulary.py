"""What the schemas of a catalogue know of it: its languages, its ids and what they stand for.

An editor needs them most while the catalogue is still wrong, so they are read out of files with errors as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from careerfit.catalogue.findings import Enough, Findings
from careerfit.catalogue.load import parse_located, read_files
from careerfit.catalogue.nodes import Positions, Spot
from careerfit.catalogue.references import is_id, languages_of
from careerfit.errors import InputRefused, message
from careerfit.model import Catalogue, Text

Names = Mapping[str, Text]
"""Ids, and what they stand for in every language that it is said in."""


class Vocabulary(NamedTuple):
    """The languages and ids of a catalogue; what is empty could not be read, and anything may stand there."""

    languages: tuple[str, ...]
    traits: Names
    sources: Names
    families: Names
    roles: Names


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """Return the vocabulary of a catalogue without errors."""
    return Vocabulary(
        languages=catalogue.languages,
        traits={trait.id: trait.name for trait in catalogue.traits},
        sources={source.id: source.title for source in catalogue.sources},
        families={family.id: family.title for family in catalogue.families},
        roles={role.id: role.title for role in catalogue.roles},
    )


def read_vocabulary(folder: Path) -> tuple[Vocabulary, int]:
    """Return the vocabulary of the catalogue in a folder, and how many errors there are in its files.

    Raises:
        InputRefused: There is no catalogue, or its traits.yaml cannot be read at all; carries every Problem found.
    """
    parsed = parse_located(read_files(folder), str(folder))
    if parsed.catalogue is not None:
        return vocabulary_of(parsed.catalogue), 0
    traits = parsed.positions.roots.get("traits.yaml")
    if traits is None or not isinstance(traits.node.value, list):
        raise InputRefused(message("The catalogue in {folder} cannot be used.", folder=str(folder)), parsed.problems)
    return _readable(traits, parsed.positions), len(parsed.problems)


def _readable(traits: Spot, positions: Positions) -> Vocabulary:
    roles = positions.roots.get("roles.yaml")
    languages = None
    with suppress(Enough):
        languages = languages_of(roles, traits, Findings())
    of_roles = {} if roles is None else {key: roles.elements(key) for key in ("sources", "families", "roles")}
    return Vocabulary(
        languages or (),
        _names(traits.elements(), "name"),
        *(_names(of_roles.get(key, ()), "title") for key in ("sources", "families", "roles")),
    )


def _names(values: Iterable[Spot], key: str) -> Names:
    """Return the ids that values have, the first of equal ones, with the texts under a key."""
    found: dict[str, Text] = {}
    for value in values:
        own, named = value.get("id"), value.get(key)
        if own is not None and own.text is not None and is_id(own.text):
            texts = named.entries() if named is not None else ()
            found.setdefault(own.text, {language: text.text for language, text in texts if text.text is not None})
    return found
