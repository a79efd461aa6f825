"""The documents that the author of a catalogue gets from `careerfit catalogue`, as types: their schemas are made of these."""

from __future__ import annotations

from typing import Literal

from careerfit.model import Base


class ProblemEntry(Base, frozen=True, kw_only=True):
    """One thing wrong (error) or weak (warning) in a catalogue.

    Lines and columns count from 1, columns in characters; both are 0 for a problem of a file as a whole. `code` is
    stable, `path` names the place in the data, and `message` and `hint` are in the language asked for.
    """

    code: str
    severity: Literal["error", "warning"]
    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str | None


class Problems(Base, frozen=True, kw_only=True):
    """Everything wrong or weak in some catalogues: the document ``careerfit/problems/1``.

    `catalogues` are the folders that were checked; `errors` and `warnings` count the problems.
    """

    schema: Literal["careerfit/problems/1"] = "careerfit/problems/1"
    program: str
    language: str
    catalogues: tuple[str, ...]
    errors: int
    warnings: int
    problems: tuple[ProblemEntry, ...]
