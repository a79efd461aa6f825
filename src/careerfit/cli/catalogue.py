"""`careerfit catalogue check` and `careerfit catalogue schema`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Literal

import typer

from careerfit import __version__, language
from careerfit.catalogue.characters import clean_line, clean_text
from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.files import FILE_NAMES
from careerfit.catalogue.lines import lines_of
from careerfit.catalogue.load import parse_located, read_files, shipped_folder
from careerfit.catalogue.order import gathered, in_order
from careerfit.catalogue.published import ProblemEntry, Problems
from careerfit.catalogue.schema import catalogue_schemas, document_schemas
from careerfit.catalogue.slips import cut_texts
from careerfit.catalogue.vocabulary import read_vocabulary
from careerfit.cli import output
from careerfit.cli.new import tell_errors
from careerfit.cli.which import authors_folder
from careerfit.errors import ExitCode, InputRefused, Problem
from careerfit.language import ngettext, say

if TYPE_CHECKING:
    from careerfit.catalogue.files import Content
    from careerfit.model import Catalogue

Format = Literal["text", "json", "github"]


def check_catalogues(paths: Sequence[Path], form: Format, strict: bool) -> None:
    """Write every error and weakness of some catalogues.

    Ends with `ExitCode.REFUSED` if there are errors, or with `strict` warnings.

    Args:
        paths: Folders, or files in them; without any, what `which.authors_folder` says.
        form: How problems are written.
        strict: Whether warnings count as errors do.
    """
    folders = list(dict.fromkeys(map(_folder_of, paths))) or [authors_folder(None)]
    problems: list[Problem] = []
    shown: list[str] = []
    counts: list[str] = []
    for folder in folders:
        files, found, size = _looked_at(folder)
        problems += found
        counts.append(_counted(folder, found, size))
        if form == "text":
            shown += _with_lines(found, files)
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if form == "json":
        output.write_document(_document(folders, problems, errors, warnings))
    else:
        output.write_text("".join(f"{line}\n" for line in shown or map(_annotation, problems)))
        for count in counts:
            output.note(count)
    if errors or (strict and warnings):
        raise typer.Exit(ExitCode.REFUSED)


def print_schema(name: str, folder: Path | None) -> None:
    """Write the JSON Schema of a document; those of a catalogue's files know its ids, as far as they can be read."""
    schemas = document_schemas()
    if name in schemas:
        output.write_json(schemas[name])
        return
    folder = shipped_folder() if folder is None else folder
    known, errors = read_vocabulary(folder)
    output.write_json(catalogue_schemas(known)[name])
    tell_errors(folder, errors)


def _looked_at(folder: Path) -> tuple[Mapping[str, Content], list[Problem], str]:
    """Return what the files of a folder hold, what is wrong or weak in them, and how much there is of it, in words."""
    try:
        files = read_files(folder)
    except InputRefused as error:
        return {}, list(error.problems), ""
    parsed = parse_located(files, str(folder))
    if parsed.catalogue is None:
        return files, list(parsed.problems), ""
    found = list(check_catalogue(parsed.catalogue, parsed.positions))
    for name, content in files.items():
        if isinstance(content, bytes):
            found += cut_texts(str(folder / name), content, parsed.catalogue.languages)
    return files, list(in_order(found)), catalogue_size(parsed.catalogue)


def catalogue_size(catalogue: Catalogue) -> str:
    """Return how many roles, traits and questions a catalogue has."""
    return ", ".join(
        [
            ngettext("{count} role", "{count} roles", len(catalogue.roles)).format(count=len(catalogue.roles)),
            ngettext("{count} trait", "{count} traits", len(catalogue.traits)).format(count=len(catalogue.traits)),
            ngettext("{count} question", "{count} questions", len(catalogue.items)).format(count=len(catalogue.items)),
        ]
    )


def _counted(folder: Path, found: Sequence[Problem], size: str) -> str:
    """Return the line that ends the list of a catalogue's problems; it names the folder that was looked at."""
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    counted = ", ".join(
        [
            ngettext("{count} error", "{count} errors", errors).format(count=errors),
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        ]
    )
    name = folder.resolve().name if folder == Path() else str(folder)
    return f"{name}: {counted} ({size})" if size else f"{name}: {counted}"


def _folder_of(path: Path) -> Path:
    return path.parent if path.is_file() or path.name in FILE_NAMES else path


def _with_lines(problems: Sequence[Problem], files: Mapping[str, Content]) -> Iterable[str]:
    """Yield each problem on one line, and moved in below it: its line of the file, a caret, and where else it is so."""
    from careerfit.terminal.excerpt import excerpt

    width = get_terminal_size().columns - len(_INDENT)
    lines = {
        name: lines_of(content, (one.line for one in problems if one.line and Path(one.file).name == name))
        for name, content in files.items()
        if isinstance(content, bytes)
    }
    for problem, others in gathered(problems):
        yield output.problem_line(problem)
        line = lines.get(Path(problem.file).name, {}).get(problem.line, "")
        if line.strip():
            yield from (f"{_INDENT}{row}".rstrip() for row in excerpt(line, problem.column, width))
        yield from (f"{_INDENT}{clean_line(output.place_of(other))}" for other in others)


_INDENT = "    "


def _annotation(problem: Problem) -> str:
    """Return a problem as a workflow command of GitHub Actions, which shows it beside the line it is about."""
    place = f",line={problem.line},col={problem.column}" if problem.line else ""
    hint = "" if problem.hint is None else f" {say(problem.hint)}"
    data = _escaped(clean_text(say(problem.message) + hint))
    file, title = (
        _escaped(clean_text(value)).replace(":", "%3A").replace(",", "%2C") for value in (problem.file, problem.code)
    )
    return f"::{problem.severity} file={file}{place},title={title}::{data}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _document(folders: Iterable[Path], problems: Iterable[Problem], errors: int, warnings: int) -> Problems:
    return Problems(
        program=f"careerfit {__version__}",
        language=language.current(),
        catalogues=tuple(map(str, folders)),
        errors=errors,
        warnings=warnings,
        problems=tuple(ProblemEntry(**output.problem_document(problem)) for problem in problems),
    )
