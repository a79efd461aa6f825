"""`careerfit catalogue new`, and the schemas that `careerfit catalogue schema --write` puts beside a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer

from careerfit.catalogue.load import build_catalogue
from careerfit.catalogue.starting import STARTING_LANGUAGES, schema_files, starting_files
from careerfit.catalogue.vocabulary import read_vocabulary, vocabulary_of
from careerfit.cli import output
from careerfit.cli.files import write_files
from careerfit.cli.reading import reading_language
from careerfit.errors import ExitCode
from careerfit.language import _, ngettext
from careerfit.terminal.blocks import Block, Paragraph, Space, Span, spans


def new_catalogue(folder: Path, languages: Literal["id", "en", "both"] | None, force: bool) -> None:
    """Write a small catalogue to begin with into a folder, and say what to type next.

    It is in the language spoken unless another is asked for; its fields are explained in the language spoken.

    Raises:
        CannotWrite: Some of its files are there already and `force` is not given, or the disk does not take them.
    """
    spoken = reading_language(STARTING_LANGUAGES)
    chosen = STARTING_LANGUAGES if languages == "both" else (languages or spoken,)
    files = starting_files(folder.resolve().name, chosen, spoken if languages in (None, "both") else languages)
    catalogue = build_catalogue(files)
    write_files(folder, {**schema_files(vocabulary_of(catalogue)), **files}, overwrite=force)
    made = _("{folder} now holds a catalogue with {roles} roles, {traits} traits and {items} questions.").format(
        folder=folder,
        roles=len(catalogue.roles),
        traits=len(catalogue.traits),
        items=len(catalogue.items),
    )
    place = str(folder)
    output.write_blocks(
        [
            Paragraph(spans(made)),
            Paragraph(
                spans(_("Everything is explained in the files. Change what you like, and after every change run:"))
            ),
            _command("catalogue", "check", place),
            Space(),
            Paragraph(spans(_("To try its quiz:"))),
            _command("quiz", "--catalogue", place),
            Paragraph(spans(_("To see what its questions can tell apart:"))),
            _command("catalogue", "evaluate", place),
            Paragraph(spans(_("So that your editor knows a trait or role you add:"))),
            _command("catalogue", "schema", "--write", place),
        ]
    )


def write_schemas(folder: Path) -> None:
    """Write the schemas of the catalogue in a folder beside its files, over older ones, and say where they are.

    They hold what can be read of a catalogue with errors; it ends with `ExitCode.PARTLY_REFUSED` then.

    Raises:
        InputRefused: Its traits cannot be read.
    """
    known, errors = read_vocabulary(folder)
    files = schema_files(known)
    write_files(folder, files, overwrite=True)
    output.write_blocks(Paragraph(spans(str(folder / name))) for name in files)
    tell_errors(folder, errors)


def tell_errors(folder: Path, errors: int) -> None:
    """Say that schemas hold only what could be read, and end with `ExitCode.PARTLY_REFUSED`, if there are errors."""
    if not errors:
        return
    told = ngettext(
        "There is {count} error in {folder}. The schemas hold what could be read.",
        "There are {count} errors in {folder}. The schemas hold what could be read.",
        errors,
    )
    output.note(told.format(count=errors, folder=folder))
    output.note(_("To see what is wrong: {command}").format(command=output.command("catalogue", "check", str(folder))))
    raise typer.Exit(ExitCode.PARTLY_REFUSED)


def _command(*words: str) -> Block:
    return Paragraph(spans(Span(output.command(*words), "accent")), indent=2)
