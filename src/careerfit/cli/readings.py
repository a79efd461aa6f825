"""`careerfit explain`, `compare`, `path` and `history diff`: what is read out of results that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.find import find_role
from careerfit.catalogue.slices import directory_of
from careerfit.cli import output
from careerfit.cli.clock import day_of, moment_of
from careerfit.cli.kept import Kept, catalogue_of, kept_result, open_to_read
from careerfit.cli.reading import reading_language
from careerfit.cli.roles import role_named
from careerfit.document import Result
from careerfit.engine.instrument import Instrument
from careerfit.errors import CareerfitError, UsageError, message
from careerfit.model import Catalogue, Facts
from careerfit.readings import Comparison, Difference, Explanation, RolePath
from careerfit.terminal.basis_view import Fuller, basis_blocks, sheet_name, under_title
from careerfit.terminal.blocks import Block

MUCH_MORE = 2
"""Times as many answers as the newest result has, from which an earlier one is pointed out."""


def explain_role(query: str, wanted: str | None, folder: Path | None, as_json: bool) -> None:
    """Write why a role stands where it does in a result."""
    from careerfit.explanation import explain
    from careerfit.terminal.explanation_view import explanation_blocks

    kept = kept_result(wanted, folder)
    result, catalogue = kept.result, kept.catalogue
    role = _role_in(kept, query, folder)
    explanation = explain(Instrument.of(catalogue), result, role, reading_language(catalogue.languages))
    page = explanation_blocks(explanation, catalogue)
    _write(explanation, under_title(page, _basis(kept, result, wanted)), as_json)


def compare_two(first: str, second: str, wanted: str | None, folder: Path | None, as_json: bool) -> None:
    """Write two roles side by side, against a result if there is one."""
    from careerfit.comparison import compare, compare_roles
    from careerfit.terminal.comparison_view import comparison_blocks

    kept = _result_or_catalogue(wanted, folder, first, second)
    result, catalogue = kept.result, kept.catalogue
    roles = [_role_in(kept, query, folder) for query in (first, second)]
    if roles[0] == roles[1]:
        raise UsageError(message("Both names mean the same role: {role}.", role=roles[0]))
    if result is None:
        comparison = compare_roles(catalogue, roles[0], roles[1], reading_language(catalogue.languages))
    else:
        comparison = compare(
            Instrument.of(catalogue), result, roles[0], roles[1], reading_language(catalogue.languages)
        )
    page = comparison_blocks(comparison, catalogue)
    _write(comparison, page if result is None else under_title(page, _basis(kept, result, wanted)), as_json)


def show_path(
    query: str, wanted: str | None, folder: Path | None, stated: Mapping[str, str | int | None], as_json: bool
) -> None:
    """Write the ways to a role, from the facts that are stated and, beyond them, those of a result if there is one."""
    from careerfit.path import find_path
    from careerfit.terminal.path_view import path_blocks

    kept = _result_or_catalogue(wanted, folder, query)
    result, catalogue = kept.result, kept.catalogue
    role = _role_in(kept, query, folder)
    facts = Facts() if result is None else result.answers.facts
    said = {name: fact for name, fact in stated.items() if fact is not None}
    facts = msgspec.structs.replace(facts, **said)
    path = find_path(catalogue, role, facts, result, reading_language(catalogue.languages))
    show = output.command("show", role, catalogue=folder) if kept.at_hand else None
    page = path_blocks(path, catalogue, show, exact=said.keys())
    _write(path, page if result is None else under_title(page, _basis(kept, result, wanted)), as_json)


def tell_apart(first: str | None, second: str | None, folder: Path | None, as_json: bool) -> None:
    """Write what changed from one result to another: by default to the newest, from the one before on its catalogue."""
    from careerfit.difference import difference, difference_of_catalogues
    from careerfit.terminal.difference_view import difference_blocks

    newer = kept_result(second, folder)
    older = kept_result(_before(newer.result) if first is None else first, folder)
    spoken = reading_language(newer.catalogue.languages)
    if older.result.catalogue.hash == newer.result.catalogue.hash:
        changed = difference(Instrument.of(newer.catalogue), older.result, newer.result, spoken)
    else:
        changed = difference_of_catalogues(newer.catalogue, older.result, newer.result, spoken)
    if not changed.roles:
        raise UsageError(
            message(
                "These two results have no role in common, so they cannot be compared: {one} is of the catalogue"
                " “{first}”, {other} of “{second}”.",
                one=_name(older),
                first=older.result.catalogue.name,
                other=_name(newer),
                second=newer.result.catalogue.name,
            ),
            message("`careerfit history` lists what there is."),
        )
    _write(changed, difference_blocks(changed, newer.catalogue, (_told(older), _told(newer))), as_json)


def _name(kept: Kept) -> str:
    """Return what a result is known by: its id, or the sheet it was made of."""
    return kept.sheet or kept.result.id


def _told(kept: Kept) -> str:
    """Return which result is meant: when it was made and its id, or the sheet it was made of and whose it is."""
    if kept.sheet is not None:
        return sheet_name(kept.result, kept.sheet)
    return f"{moment_of(kept.result.created)} · {kept.result.id}"


def _before(newest: Result) -> str:
    """Return the id of the result that was kept before the newest one, on a catalogue of the same name."""
    with open_to_read() as store:
        older = [entry for entry in store.results() if entry.id != newest.id]
    for entry in older:
        if entry.catalogue_name == newest.catalogue.name:
            return entry.id
    if older:
        text = message("There is only one result on the catalogue “{name}” so far.", name=newest.catalogue.name)
    else:
        text = message("There is only one result so far, so nothing to compare it with.")
    raise UsageError(text, message("Take the quiz again with `careerfit quiz --new`, or name two results."))


class _Ground(NamedTuple):
    """What a page stands on: a result with its catalogue, or a catalogue alone.

    `at_hand` says whether the catalogue is the one in the folder named, or the shipped one where none was; `sheet`
    names the sheet of answers of a result that was made of one just now.
    """

    result: Result | None
    catalogue: Catalogue
    at_hand: bool
    sheet: str | None = None


def _result_or_catalogue(wanted: str | None, folder: Path | None, *queries: str) -> _Ground:
    """Return a result with its catalogue, or a catalogue alone.

    What was not asked for by name counts only if it is there, made with the catalogue that was named, if one was, and
    knows the roles asked about.
    """
    compiled = open_catalogue(folder)
    if wanted is None:
        with open_to_read() as store:
            newest = store.results()[:1]
        if not newest or (folder is not None and newest[0].catalogue_hash != compiled.directory["hash"]):
            return _Ground(None, compiled.catalogue(), True)
    kept = kept_result(wanted, folder)
    if wanted is None and not kept.at_hand:
        known = directory_of(kept.catalogue)
        if not all(find_role(known, query) for query in queries):
            return _Ground(None, compiled.catalogue(), True)
    return _Ground(kept.result, kept.catalogue, kept.at_hand, kept.sheet)


def _role_in(kept: Kept | _Ground, query: str, folder: Path | None) -> str:
    """Return the role that a query names in the catalogue of a result.

    Raises:
        UsageError: There is none, or there are several; one that another result's catalogue has is said to be there.
    """
    known = directory_of(kept.catalogue)
    if kept.result is None or kept.sheet is not None or find_role(known, query):
        return role_named(known, query, folder)
    elsewhere = _result_that_knows(query, folder)
    if elsewhere is None and kept.at_hand:
        return role_named(known, query, folder)
    name = kept.result.catalogue.name
    text = message(
        "The result {id} is of the catalogue “{name}”, which has no role called “{query}”.",
        id=kept.result.id,
        name=name,
        query=query,
    )
    if elsewhere is None:
        raise UsageError(text, message("To go by another result, add --result ID; `careerfit history` lists them."))
    raise UsageError(text, message("The newest result that has it: --result {id}", id=elsewhere))


def _result_that_knows(query: str, folder: Path | None) -> str | None:
    """Return the id of the newest result whose catalogue has a role that a query names, None if there is none."""
    knows: dict[str, bool] = {}
    with open_to_read() as store:
        for entry in store.results():
            if entry.catalogue_hash not in knows:
                knows[entry.catalogue_hash] = False
                with suppress(CareerfitError):  # a catalogue that cannot be had knows nothing
                    catalogue, _at_hand = catalogue_of(entry.catalogue_hash, entry.catalogue_name, folder, store)
                    knows[entry.catalogue_hash] = bool(find_role(directory_of(catalogue), query))
            if knows[entry.catalogue_hash]:
                return entry.id
    return None


def _basis(kept: Kept | _Ground, result: Result, wanted: str | None) -> list[Block]:
    """Return which result a page goes by; of one that was not asked for by name, whether an earlier one says more."""
    fuller = None
    if wanted is None:
        with open_to_read() as store:
            entries = store.results()
        enough = MUCH_MORE * result.answers.answered
        for entry in entries:
            if entry.catalogue_name == result.catalogue.name and entry.answered >= max(enough, 1):
                fuller = Fuller(entry.id, day_of(entry.created), entry.answered)
                break
    return basis_blocks(result, moment_of(result.created), fuller, kept.sheet)


def _write(document: Explanation | Comparison | Difference | RolePath, blocks: Iterable[Block], as_json: bool) -> None:
    if as_json:
        output.write_document(document)
    else:
        output.write_blocks(blocks)
