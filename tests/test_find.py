"""From what somebody types to the role that is meant."""

from __future__ import annotations

import pytest

from careerfit.catalogue.compiled import Directory
from careerfit.catalogue.find import find_role, suggest
from careerfit.catalogue.slices import directory_of
from careerfit.model import Catalogue


@pytest.fixture
def directory(small: Catalogue) -> Directory:
    return directory_of(small)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("plant-head", ["plant-head"]),
        ("Plant head", ["plant-head"]),
        ("Kepala Pabrik", ["plant-head"]),
        ("  kepala   PABRIK ", ["plant-head"]),
        ("head of plant", ["plant-head"]),
        ("Kepala Produksi", ["plant-head"]),
        ("koordinator syuting", ["coordinator-film"]),
        ("Koordinator Produksi (film)", ["coordinator-film"]),
        ("koordinator produksi film", ["coordinator-film"]),
        ("Production Coordinator", ["coordinator-plant", "coordinator-film"]),
        ("Koordinator Produksi", ["coordinator-plant"]),
        ("coordinator-film", ["coordinator-film"]),
        ("baker", []),
        ("", []),
        ("---", []),
    ],
)
def test_a_role_is_found_by_id_title_or_alias(query: str, found: list[str], directory: Directory) -> None:
    """Capitals and punctuation do not matter, and namesakes are all found."""
    assert find_role(directory, query) == found


def test_a_title_without_its_brackets_finds_every_namesake(directory: Directory) -> None:
    """Where all namesakes carry brackets, the bare title means any of them."""
    directory["roles"][1]["title"] = {"id": "Koordinator Produksi (pabrik)", "en": "Production Coordinator (plant)"}
    assert find_role(directory, "koordinator produksi") == ["coordinator-plant", "coordinator-film"]


def test_accents_are_found_however_they_were_typed(directory: Directory) -> None:
    """A letter with its accent is one character here and two there."""
    directory["roles"][0]["aliases"] = ["Chef d'équipe"]
    assert find_role(directory, "chef d'e\u0301quipe") == ["plant-head"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("plnat-head", "plant-head"), ("kepala pabrk", "plant-head"), ("koordinator suting", "coordinator-film")],
)
def test_a_misspelling_suggests_the_role_that_was_meant(query: str, first: str, directory: Directory) -> None:
    """The role spelt most alike comes first."""
    assert suggest(directory, query)[0] == first


def test_nothing_is_suggested_for_something_else(directory: Directory) -> None:
    """A word that is like no role is answered with nothing, however long it is."""
    assert suggest(directory, "zzz") == []
    assert suggest(directory, "x" * 100_000) == []
