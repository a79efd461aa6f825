"""What is weak in a catalogue is said as warnings, at the place to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.load import parse_located
from careerfit.catalogue.nodes import Positions
from careerfit.model import Catalogue

ITEM = '{{id: {id}, kind: statement, trait: {trait}, text: {{id: "a", en: "a"}}}}\n'
TRAIT = '- id: weather\n  name: {id: "a", en: "a"}\n  low: {id: "a", en: "a"}\n  high: {id: "a", en: "a"}\n'


def weaknesses(files: dict[str, bytes]) -> list[tuple[str, str, int, int]]:
    parsed = parse_located(files)
    assert parsed.catalogue is not None, parsed.problems
    found = check_catalogue(parsed.catalogue, parsed.positions)
    assert {problem.severity for problem in found} <= {"warning"}
    return [(problem.code, problem.file, problem.line, problem.column) for problem in found]


def test_a_catalogue_without_weaknesses_gets_no_warning(small_files: dict[str, bytes]) -> None:
    """The small catalogue is small, and sound."""
    assert weaknesses(small_files) == []


@pytest.mark.parametrize(
    ("file", "good", "bad", "expected"),
    [
        ("traits.yaml", "- id: stage", f"{TRAIT}- id: stage", [("trait-unmeasured", 18, 7), ("trait-unused", 18, 7)]),
        (
            "items.yaml",
            "trait: stage, keyed: negative",
            "trait: lead, keyed: negative",
            [("trait-few-items", "traits.yaml", 18, 7)],
        ),
        (
            "items.yaml",
            "trait: stage, keyed: negative",
            "trait: stage",
            [("trait-keyed-one-way", "traits.yaml", 18, 7)],
        ),
        (
            "roles.yaml",
            "- trait: decide\n        at_most: 2",
            "- trait: decide\n        at_least: 4",
            [("signals-contradict", 39, 16)],
        ),
        (
            "roles.yaml",
            "  - id: editorial\n",
            '  - id: unused\n    kind: dataset\n    title: {id: "a", en: "a"}\n  - id: editorial\n',
            [("source-unused", 8, 9)],
        ),
    ],
)
def test_a_weakness_is_named_where_it_can_be_mended(
    file: str, good: str, bad: str, expected: list[tuple[object, ...]], small_files: dict[str, bytes]
) -> None:
    """Each weakness is one warning with its line and column."""
    text = small_files[file].decode()
    assert text.count(good) == 1
    small_files[file] = text.replace(good, bad).encode()
    wanted = [entry if len(entry) == 4 else (entry[0], file, *entry[1:]) for entry in expected]
    assert weaknesses(small_files) == wanted


def test_signals_that_only_touch_do_not_contradict(small_files: dict[str, bytes]) -> None:
    """Fit from 3.5 up and unfit up to 3.5 share one level and no range of levels."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(
        b"decide\n        at_most: 2", b"decide\n        at_most: 3.5"
    )
    assert weaknesses(small_files) == []


def test_a_role_that_warns_nobody_and_says_little_is_weak(small_files: dict[str, bytes]) -> None:
    """A role needs three signals, and one about who might struggle."""
    text = small_files["roles.yaml"].decode()
    start, end = (
        text.index("    unfit:\n      - trait: stage"),
        text.index('    differs_from:\n      - role: coordinator-plant\n        text: {id: "Yang'),
    )
    small_files["roles.yaml"] = f"{text[:start]}    unfit: []\n{text[end:]}".encode()
    assert [code for code, *_ in weaknesses(small_files)] == ["role-few-signals", "role-no-unfit"]


def test_an_item_about_traits_that_no_role_uses_is_idle(small_files: dict[str, bytes]) -> None:
    """Asking it tells no role from another."""
    small_files["traits.yaml"] += TRAIT.encode()
    small_files["items.yaml"] += b"- " + ITEM.format(id="rain", trait="weather").encode()
    assert [code for code, *_ in weaknesses(small_files)] == ["item-unused", "trait-few-items", "trait-unused"]


def test_roles_with_the_same_signals_are_named(small_files: dict[str, bytes]) -> None:
    """Whatever their texts say, nothing in the answers can tell them apart."""
    text = small_files["roles.yaml"].decode()
    start = text.index("  - id: coordinator-film")
    small_files["roles.yaml"] = (text + text[start:].replace("coordinator-film", "film-twin")).encode()
    assert weaknesses(small_files) == [("roles-alike", "roles.yaml", 118, 9)]


def test_without_positions_warnings_name_the_file(small: Catalogue) -> None:
    """A catalogue that came from elsewhere is checked all the same."""
    found = check_catalogue(
        type(small)(**{field: getattr(small, field) for field in small.__struct_fields__} | {"items": small.items[:1]}),
        Positions(folder="somewhere"),
    )
    assert {(problem.file, problem.line) for problem in found} == {(str(Path("somewhere", "traits.yaml")), 0)}
