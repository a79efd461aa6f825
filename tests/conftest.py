"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from careerfit.catalogue.files import read_files
from careerfit.catalogue.load import load_catalogue
from careerfit.model import Catalogue

SMALL = Path(__file__).parent / "catalogues" / "small"


@pytest.fixture(scope="session")
def small() -> Catalogue:
    """The catalogue in tests/catalogues/small: 2 languages, 4 traits, 10 items, 3 roles of which two are namesakes."""
    return load_catalogue(SMALL)


@pytest.fixture
def small_files() -> dict[str, bytes]:
    """The bytes of its three files by name, to be changed at will."""
    return {name: content for name, content in read_files(SMALL).items() if isinstance(content, bytes)}
