"""Which catalogue a command for authors is about when none is named."""

from __future__ import annotations

import os
from pathlib import Path

from careerfit.catalogue.files import shipped_folder


def authors_folder(named: Path | None) -> Path:
    """Return the folder named, else that of the settings, else this one if it holds roles.yaml, else the shipped."""
    if named is not None:
        return named
    if setting := os.environ.get("CAREERFIT_CATALOGUE"):
        return Path(setting)
    return Path() if Path("roles.yaml").is_file() else shipped_folder()
