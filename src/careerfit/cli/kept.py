"""The door to results that are kept: from the store or from a file, each with the catalogue it was made with.

A file may hold a result, or a sheet of answers, which is scored at once as `careerfit score` does it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple

import msgspec

from careerfit.catalogue.characters import forbidden_in_text
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.files import MAX_BYTES
from careerfit.document import RankedRole, Result
from careerfit.errors import CareerfitError, CatalogueChanged, InputRefused, UsageError, message, system_reason
from careerfit.model import CATEGORIES, Catalogue, Role
from careerfit.store import FILE_NAME, Keeper, NoStore, Store, store_folder

_ENDINGS = (".json", ".yaml", ".yml")
"""How the name of a file ends that is known for one without a slash."""

_OF_SHEETS = frozenset({"responses", "facts", "conditions"})
"""Keys of a sheet of answers that no other document has at its top."""

_CANDIDATES = 5
"""Ids named when a beginning belongs to several."""


class Kept(NamedTuple):
    """A result with the catalogue it was made with, and the reality check as JSON when there was one.

    `at_hand` says whether that catalogue is the one in the folder named, or the shipped one where none was named;
    otherwise it is the copy in the store. `sheet` names the sheet of answers that was scored to make the result just
    now; it is None for a result that was there before.
    """

    result: Result
    catalogue: Catalogue
    reality: bytes | None
    at_hand: bool
    sheet: str | None = None


def kept_result(wanted: str | None, folder: Path | None = None) -> Kept:
    """Return a result that was kept.

    Args:
        wanted: None for the newest; the id of one or the beginning of its id; a file with a result document or a sheet
            of answers, which ends in .json, .yaml or .yml or has a slash in its path; or - for one on standard input.
        folder: Where its catalogue may be, besides the shipped one and the copies in the store; that of a sheet.

    Raises:
        UsageError: There is no such result, or there are several.
        InputRefused: The file is no result document, or not of the catalogue it names, or a sheet that cannot be used.
        CatalogueChanged: The catalogue it was made with is not to be had.
        StoreDamaged: The store cannot be read.
    """
    data = None
    if wanted is not None and is_file(wanted):
        data = _read_file(wanted)
        if _is_sheet(data):
            return _scored(data, "stdin" if wanted == "-" else wanted, folder)
    with open_to_read() as store:
        if wanted is not None and data is not None:
            result, reality = _document(data, wanted), None
        else:
            ids = [entry.id for entry in store.results()]
            if wanted is None and not ids:
                raise UsageError(message("There is no result yet."), message("To take the quiz: careerfit quiz"))
            saved = store.result(ids[0] if wanted is None else the_one(wanted, ids))
            result, reality = _document(saved.document, saved.id), saved.reality
        catalogue, at_hand = catalogue_of(result.catalogue.hash, result.catalogue.name, folder, store)
    if not _fits(result, catalogue):
        text = message("{file} does not go with the catalogue it names.", file=wanted or result.id)
        raise InputRefused(text, hint=message("It may have been changed by hand. To make a new one: careerfit quiz"))
    return Kept(result, catalogue, reality, at_hand)


def folder_still_with(result: Result) -> Path | None:
    """Return the folder that the catalogue of a kept result was taken from, None unless it is there unchanged."""
    with suppress(CareerfitError), open_to_read() as store:
        folder = store.folders().get(store.result(result.id).quiz)
        if folder is not None and open_catalogue(folder).directory["hash"] == result.catalogue.hash:
            return folder
    return None


def is_file(wanted: str) -> bool:
    """Return whether what names a result is a file, or - for standard input, and not an id."""
    return wanted == "-" or wanted.endswith(_ENDINGS) or "/" in wanted


def open_to_read() -> Keeper:
    """Return the store, or an empty one in memory where there is none: looking leaves no file behind."""
    folder = store_folder(os.environ)
    return Store(folder) if os.path.lexists(folder / FILE_NAME) else NoStore()


def catalogue_of(wanted: str, name: str, folder: Path | None, store: Keeper) -> tuple[Catalogue, bool]:
    """Return the catalogue with a hash, and whether it is the one in the folder, or the shipped one where none is.

    Raises:
        CatalogueChanged: It is neither there nor in the store.
        StoreDamaged: Its copy in the store is damaged.
    """
    with suppress(InputRefused):  # what cannot be used may still be in the store
        compiled = open_catalogue(folder)
        if compiled.directory["hash"] == wanted:
            return compiled.catalogue(), True
    kept = store.catalogue(wanted)
    if kept is not None:
        return kept, False
    raise CatalogueChanged(
        message("This result was made with a catalogue “{name}” that is no longer here.", name=name),
        message("Name the folder that still has it with --catalogue, or take the quiz again: careerfit quiz --new"),
    )


def the_one(wanted: str, ids: Sequence[str]) -> str:
    """Return the id that is this text or the only one that begins with it; raise UsageError otherwise."""
    found = [name for name in ids if name == wanted] or [name for name in ids if wanted and name.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            message("Nothing is kept under the id {id}.", id=wanted),
            message("`careerfit history` lists what there is."),
        )
    some = ", ".join(found[:_CANDIDATES]) + (", …" if len(found) > _CANDIDATES else "")
    raise UsageError(
        message("Several ids begin with {id}.", id=wanted), message("Type more of the one you mean: {ids}", ids=some)
    )


def _read_file(name: str) -> bytes:
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputRefused(
            message("{file} cannot be read: {reason}.", file=name, reason=system_reason(error))
        ) from None
    if len(data) > MAX_BYTES:
        raise InputRefused(message("{file} is larger than a result can be.", file=name))
    return data


def _is_sheet(data: bytes) -> bool:
    """Return whether a document is meant for a sheet of answers; a result has one inside."""
    try:
        plain = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # YAML, or broken: what does it speak of?
        return b"careerfit/result/" not in data and (b"careerfit/answers/" in data or b"responses" in data)
    if not isinstance(plain, dict):
        return False
    if "schema" in plain:
        return str(plain["schema"]).startswith("careerfit/answers/")
    return not _OF_SHEETS.isdisjoint(plain)


def _scored(data: bytes, name: str, folder: Path | None) -> Kept:
    """Return the result of a sheet on the catalogue in the folder; raises InputRefused with what is wrong in either."""
    from careerfit.catalogue.answers import parse_answers
    from careerfit.cli.scoring import scored

    catalogue = open_catalogue(folder).catalogue()
    answers = parse_answers(data, name, catalogue)
    from careerfit.engine.instrument import Instrument

    return Kept(scored(Instrument.of(catalogue), answers, name), catalogue, None, at_hand=True, sheet=name)


def _document(data: bytes, name: str) -> Result:
    """Return the result in a document; one with characters that hide or steer is refused, wherever it comes from."""
    try:
        plain = msgspec.json.decode(data)
        if any(forbidden_in_text(text) for text in _texts(plain)):
            raise InputRefused(
                message("{file} has characters in it that are invisible or steer a terminal.", file=name)
            )
        return msgspec.convert(plain, Result)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputRefused(
            message("{file} is not a result that this careerfit can read: “{reason}”.", file=name, reason=error),
            hint=message("To make one: careerfit quiz --json, or careerfit score sheet.json --json"),
        ) from None


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for key, value in plain.items():
            yield key
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def _fits(result: Result, catalogue: Catalogue) -> bool:
    """Return whether a document refers to nothing that the catalogue has not, and its figures can be shown."""
    roles = {role.id for role in catalogue.roles}
    return (
        [role.rank for role in result.ranking] == list(range(1, len(roles) + 1))
        and {role.role for role in result.ranking} == roles
        and result.language in catalogue.languages
        and roles.issuperset(other for role in result.ranking for other in role.tied_with)
        and (result.contrast is None or roles.issuperset((result.contrast.first, result.contrast.second)))
        and {trait.id for trait in catalogue.traits}.issuperset(_traits(result))
        and {item.id for item in catalogue.items}.issuperset(item for item, _response in _responses(result))
        and all(response in range(CATEGORIES) for _item, response in _responses(result) if response is not None)
        and all(_showable(role) for role in result.ranking)
        and all(_signals_of(catalogue.role(role.role)) == _told_of(role) for role in result.ranking)
    )


def _signals_of(role: Role) -> list[tuple[str, str]]:
    """Return trait and source of a role's signals, in the order in which a result tells them."""
    return [(signal.trait, signal.source) for signal in role.fit + role.unfit]


def _told_of(role: RankedRole) -> list[tuple[str, str]]:
    return [(signal.trait, signal.source) for signal in role.signals]


def _traits(result: Result) -> Iterator[str]:
    yield from (trait.trait for trait in result.traits)
    yield from (signal.trait for role in result.ranking for signal in role.signals)
    if result.contrast is not None:
        yield from (difference.trait for difference in result.contrast.traits)
        if result.contrast.swap is not None:
            yield result.contrast.swap.trait


def _responses(result: Result) -> Iterator[tuple[str, int | None]]:
    yield from result.answers.responses.items()
    for role in result.ranking:
        yield from ((answer.item, answer.response) for signal in role.signals for answer in signal.answers)


def _showable(role: RankedRole) -> bool:
    shares = (role.match / 100, role.confidence.first, role.confidence.top3)
    kinds = {"education": str, "years_experience": int, "people_led": int}
    return all(0.0 <= share <= 1.0 for share in shares) and all(
        isinstance(gap.needs, kinds[gap.what]) and isinstance(gap.has, (kinds[gap.what], NoneType))
        for gap in role.readiness
    )
