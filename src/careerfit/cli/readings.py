"""`careerfit explain`, `compare`, `path` and `history diff`: what is read out of results that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.find import find_role
from careerfit.catalogue.slices import directory_of
from careerfit.cli import output
from careerfit.cli.clock import day_of
from careerfit.cli.kept import kept_result, open_to_read
from careerfit.cli.reading import reading_language
from careerfit.cli.roles import role_named
from careerfit.document import Result
from careerfit.engine.instrument import Instrument
from careerfit.errors import UsageError, message
from careerfit.model import Catalogue, Facts
from careerfit.readings import Comparison, Difference, Explanation, RolePath
from careerfit.terminal.blocks import Block


def explain_role(query: str, wanted: str | None, folder: Path | None, as_json: bool) -> None:
    """Write why a role stands where it does in a result."""
    from careerfit.explanation import explain
    from careerfit.terminal.explanation_view import explanation_blocks

    kept = kept_result(wanted, folder)
    result, catalogue = kept.result, kept.catalogue
    role = role_named(directory_of(catalogue), query)
    explanation = explain(Instrument.of(catalogue), result, role, reading_language(catalogue.languages))
    _write(explanation, explanation_blocks(explanation, catalogue), as_json)


def compare_two(first: str, second: str, wanted: str | None, folder: Path | None, as_json: bool) -> None:
    """Write two roles side by side, against a result if there is one."""
    from careerfit.comparison import compare, compare_roles
    from careerfit.terminal.comparison_view import comparison_blocks

    result, catalogue, _at_hand = _result_or_catalogue(wanted, folder, first, second)
    roles = [role_named(directory_of(catalogue), query) for query in (first, second)]
    if roles[0] == roles[1]:
        raise UsageError(message("Both names mean the same role: {role}.", role=roles[0]))
    if result is None:
        comparison = compare_roles(catalogue, roles[0], roles[1], reading_language(catalogue.languages))
    else:
        comparison = compare(
            Instrument.of(catalogue), result, roles[0], roles[1], reading_language(catalogue.languages)
        )
    _write(comparison, comparison_blocks(comparison, catalogue), as_json)


def show_path(
    query: str, wanted: str | None, folder: Path | None, stated: Mapping[str, str | int | None], as_json: bool
) -> None:
    """Write the ways to a role, from the facts that are stated and, beyond them, those of a result if there is one."""
    from careerfit.path import find_path
    from careerfit.terminal.path_view import path_blocks

    result, catalogue, at_hand = _result_or_catalogue(wanted, folder, query)
    role = role_named(directory_of(catalogue), query)
    facts = Facts() if result is None else result.answers.facts
    facts = msgspec.structs.replace(facts, **{name: fact for name, fact in stated.items() if fact is not None})
    path = find_path(catalogue, role, facts, result, reading_language(catalogue.languages))
    show = output.command("show", role, catalogue=folder) if at_hand else None
    _write(path, path_blocks(path, catalogue, show), as_json)


def tell_apart(first: str | None, second: str | None, folder: Path | None, as_json: bool) -> None:
    """Write what changed from one result to another: by default from the one before the newest to the newest."""
    from careerfit.difference import difference, difference_of_catalogues
    from careerfit.terminal.difference_view import difference_blocks

    newer = kept_result(second, folder)
    older = kept_result(_before_the_newest() if first is None else first, folder)
    spoken = reading_language(newer.catalogue.languages)
    if older.result.catalogue.hash == newer.result.catalogue.hash:
        changed = difference(Instrument.of(newer.catalogue), older.result, newer.result, spoken)
    else:
        changed = difference_of_catalogues(newer.catalogue, older.result, newer.result, spoken)
    _write(changed, difference_blocks(changed, newer.catalogue, day_of), as_json)


def _before_the_newest() -> str:
    """Return the id of the result that was kept before the newest one."""
    with open_to_read() as store:
        entries = store.results()
    if len(entries) < 2:
        raise UsageError(
            message("There is only one result so far, so nothing to compare it with."),
            message("Take the quiz again with `careerfit quiz --new`, or name two results."),
        )
    return entries[1].id


def _result_or_catalogue(
    wanted: str | None, folder: Path | None, *queries: str
) -> tuple[Result | None, Catalogue, bool]:
    """Return a result with its catalogue, or a catalogue alone; and whether it is the one named, or the shipped one.

    What was not asked for by name counts only if it is there, made with the catalogue that was named, if one was, and
    knows the roles asked about.
    """
    compiled = open_catalogue(folder)
    if wanted is None:
        with open_to_read() as store:
            newest = store.results()[:1]
        if not newest or (folder is not None and newest[0].catalogue_hash != compiled.directory["hash"]):
            return None, compiled.catalogue(), True
    kept = kept_result(wanted, folder)
    if wanted is None and not kept.at_hand:
        known = directory_of(kept.catalogue)
        if not all(find_role(known, query) for query in queries):
            return None, compiled.catalogue(), True
    return kept.result, kept.catalogue, kept.at_hand


def _write(document: Explanation | Comparison | Difference | RolePath, blocks: Iterable[Block], as_json: bool) -> None:
    if as_json:
        output.write_document(document)
    else:
        output.write_blocks(blocks)
