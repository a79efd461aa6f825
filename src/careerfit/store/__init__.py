"""Quizzes in progress and finished results, kept in one SQLite file that only its owner can read.

What a method was asked to keep is on the disk when it returns; when it raises, what was kept before is still there.
Times come in as ISO strings, since there is no clock here, and results as bytes that nobody looks into.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import platformdirs

from careerfit.store.keeper import FILE_NAME, Keeper, NoStore, Store
from careerfit.store.rows import Damaged, ResultEntry, SavedQuiz, SavedResult

__all__ = [
    "FILE_NAME",
    "Damaged",
    "Keeper",
    "NoStore",
    "ResultEntry",
    "SavedQuiz",
    "SavedResult",
    "Store",
    "open_store",
    "store_folder",
]


def store_folder(environ: Mapping[str, str]) -> Path:
    """Return `$CAREERFIT_HOME`, or else the user's data folder."""
    return Path(environ.get("CAREERFIT_HOME") or platformdirs.user_data_path("careerfit"))


def open_store(environ: Mapping[str, str]) -> Store:
    """Return the store in `store_folder`, made if there is none."""
    return Store(store_folder(environ))
