"""Three files to a checked `Catalogue`, or every Problem in them at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from careerfit.catalogue.builder import Allowance
from careerfit.catalogue.correlations import MAX_TRAITS, check_correlations
from careerfit.catalogue.documents import ROOT_PATHS, TYPES
from careerfit.catalogue.files import FILE_NAMES, catalogue_hash, read_files, shipped_folder
from careerfit.catalogue.findings import Enough, Findings
from careerfit.catalogue.nodes import Positions, Spot
from careerfit.catalogue.numbers import check_numbers
from careerfit.catalogue.order import in_order
from careerfit.catalogue.references import Ids, Known, References, ids_of, languages_of, renamed_trait
from careerfit.catalogue.texts import check_texts
from careerfit.catalogue.walk import Walk, too_many
from careerfit.catalogue.yamlsafe import parse_yaml
from careerfit.errors import InputRefused, Problem, message
from careerfit.model import Catalogue, Family, Item, Role, Source, Trait

if TYPE_CHECKING:
    from careerfit.catalogue.files import Content

__all__ = [
    "Parsed",
    "build_catalogue",
    "catalogue_hash",
    "load_catalogue",
    "parse_catalogue",
    "parse_located",
    "read_files",
    "shipped_folder",
]

LEAST_TRAITS, LEAST_ITEMS, LEAST_ROLES = 1, 1, 2


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came out of three files: the catalogue unless there are errors, all errors, and where everything stands."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    positions: Positions


def load_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue of a folder.

    Raises:
        InputRefused: Something in it is wrong; carries every Problem found.
    """
    return build_catalogue(read_files(folder), str(folder))


def build_catalogue(files: Mapping[str, Content], folder: str = "") -> Catalogue:
    """Return the catalogue that the files hold; like `parse_catalogue`, but raises `InputRefused`."""
    catalogue, problems = parse_catalogue(files, folder)
    if catalogue is None:
        raise InputRefused(message("The catalogue in {folder} cannot be used.", folder=folder), problems)
    return catalogue


def parse_catalogue(files: Mapping[str, Content], folder: str = "") -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Return the catalogue that the files hold, or None and the reasons why there is none.

    Args:
        files: The contents of roles.yaml, traits.yaml and items.yaml by name, as `read_files` returns them.
        folder: What problems put before the names of the files.
    """
    parsed = parse_located(files, folder)
    return parsed.catalogue, parsed.problems


def parse_located(files: Mapping[str, Content], folder: str = "") -> Parsed:
    """Return what `parse_catalogue` does, with the positions for `checks.check_catalogue`."""
    with _without_gc():
        return _parse_located(files, folder)


def _parse_located(files: Mapping[str, Content], folder: str) -> Parsed:
    allowance = Allowance()
    readings = {name: _Reading(name, files.get(name), allowance) for name in FILE_NAMES}
    known = _known(readings["roles.yaml"], readings["traits.yaml"], readings["items.yaml"])
    for reading in readings.values():
        reading.check(known)
    problems = [problem for reading in readings.values() for problem in reading.findings.problems]
    positions = Positions({name: reading.root for name, reading in readings.items() if reading.root}, folder)
    languages = known.languages or ()
    del readings, known, reading  # what the walk gathered is as large as the catalogue
    catalogue = None if problems else _catalogue(positions.roots, languages, catalogue_hash(files))
    located = (problem._replace(file=positions.file(problem.file)) for problem in problems)
    return Parsed(catalogue, in_order(located), positions)


class _Reading:
    """One file on its way from bytes to values, with what was found wrong in it."""

    def __init__(self, name: str, content: Content, allowance: Allowance) -> None:
        self.name = name
        self.findings = Findings()
        self.walk = Walk(self.findings)
        self.root: Spot | None = None
        with suppress(Enough):
            self._read(content, allowance)

    def _read(self, content: Content, allowance: Allowance) -> None:
        if isinstance(content, bytes):
            node = parse_yaml(content, self.name, self.findings, allowance)
            if node is not None:
                self.root = Spot(self.name, node, ROOT_PATHS[self.name])
                self.walk.check(self.root, TYPES[self.name])
        elif content is None:
            text = message("This file does not exist.")
            hint = message("A catalogue is a folder with roles.yaml, traits.yaml and items.yaml.")
            self.findings.add(
                Problem(code="file-missing", file=self.name, line=0, column=0, path="", message=text, hint=hint)
            )
        else:
            self.findings.add(content)

    def list_of(self, key: str | None = None) -> Spot | None:
        """Return the list that this file is, or the one under a key; None when it cannot be known whole."""
        spot = self.root if key is None or self.root is None else self.root.get(key)
        return spot if spot is not None and isinstance(spot.node.value, list) and not self.findings.is_full else None

    def check(self, known: Known) -> None:
        """Report everything that is wrong with this file's values, though their form is right."""
        if self.root is None or self.findings.is_full:
            return
        with suppress(Enough):
            References(self.walk, known).check()
            check_texts(self.walk, self.root, known.languages)
            check_numbers(self.walk)
            check_correlations(self.walk)


def _known(roles: _Reading, traits: _Reading, items: _Reading) -> Known:
    """Return everything that may be referred to, reporting bad ids and lists that are too short or too long."""

    def ids(reading: _Reading, key: str | None, least: int = 0, most: int | None = None) -> Ids:
        values = reading.list_of(key)
        if values is None:
            return None
        with suppress(Enough):
            _check_count(values, least, most, reading.findings)
            return ids_of(values.elements(), reading.findings)
        return None

    ids(items, None, least=LEAST_ITEMS)
    languages = None
    with suppress(Enough):
        languages = languages_of(roles.root, traits.root, roles.findings)
    trait_ids = ids(traits, None, least=LEAST_TRAITS, most=MAX_TRAITS)
    return Known(
        traits=trait_ids,
        roles=ids(roles, "roles", least=LEAST_ROLES),
        sources=ids(roles, "sources"),
        families=ids(roles, "families"),
        languages=languages,
        renamed=renamed_trait((roles.walk, traits.walk, items.walk), trait_ids),
    )


def _check_count(values: Spot, least: int, most: int | None, findings: Findings) -> None:
    count = len(values.node.value)
    if count < least:
        text = message("This list needs at least {least} entries; it has {count}.", least=least, count=count)
        findings.add(values.problem("too-few", text))
    if most is not None and count > most:
        findings.add(values.problem("too-many", too_many(most, count)))


def _catalogue(roots: Mapping[str, Spot], languages: tuple[str, ...], digest: str) -> Catalogue:
    """Return the typed values of files without problems."""
    roles = roots["roles.yaml"]
    name = roles.get("name")
    return Catalogue(
        name=str(name.text if name else ""),
        hash=digest,
        languages=languages,
        sources=_typed(roles.elements("sources"), Source),
        families=_typed(roles.elements("families"), Family),
        traits=_typed(roots["traits.yaml"].elements(), Trait),
        items=_typed(roots["items.yaml"].elements(), Item),
        roles=_typed(roles.elements("roles"), Role),
    )


def _typed(elements: Iterable[Spot], type_: Any) -> tuple[Any, ...]:
    """Return values of the model, made one at a time: plain data of all would take as much again."""
    return tuple(msgspec.convert(element.node.plain(), type_) for element in elements)


@contextmanager
def _without_gc() -> Iterator[None]:
    """Pause garbage collection, which would go through half a million nodes again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
