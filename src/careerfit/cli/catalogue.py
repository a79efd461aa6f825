"""`careerfit catalogue check` and `careerfit catalogue schema`."""

from __future__ import annotations

from pathlib import Path

import typer

from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.load import parse_located, read_files, shipped_folder
from careerfit.catalogue.schema import answers_schema, catalogue_schemas, reading_schemas, result_schema
from careerfit.cli import output
from careerfit.errors import ExitCode
from careerfit.language import ngettext


def check_folder(folder: Path | None, as_json: bool) -> None:
    """Write every error and weakness of a catalogue; errors end with `ExitCode.REFUSED`."""
    folder = shipped_folder() if folder is None else folder
    parsed = parse_located(read_files(folder), str(folder))
    problems = list(parsed.problems)
    if parsed.catalogue is not None:
        problems += check_catalogue(parsed.catalogue, parsed.positions)
    if as_json:
        output.write_json([output.problem_document(problem) for problem in problems])
    else:
        output.write_text("".join(f"{output.problem_line(problem)}\n" for problem in problems))
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = len(problems) - errors
        output.note(
            ngettext("{count} error", "{count} errors", errors).format(count=errors)
            + ", "
            + ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
        )
    if parsed.catalogue is None:
        raise typer.Exit(ExitCode.REFUSED)


def print_schema(name: str, folder: Path | None) -> None:
    """Write the JSON Schema of a document; those of a catalogue's files know its ids."""
    if name == "answers":
        schema = answers_schema()
    elif name == "result":
        schema = result_schema()
    elif name in (readings := reading_schemas()):
        schema = readings[name]
    else:
        from careerfit.catalogue.load import load_catalogue

        schema = catalogue_schemas(load_catalogue(shipped_folder() if folder is None else folder))[name]
    output.write_json(schema)
