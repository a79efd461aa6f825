"""What is weak in a catalogue is said as warnings, at the place to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.findings import MAX_PROBLEMS
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
    assert all(str(problem.message) for problem in found)
    assert {problem.code for problem in found if not problem.hint} <= {"too-many-problems"}
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
        ("roles.yaml", "at_least: 3.5", "at_least: 1", [("level-everybody", 30, 19), ("signals-contradict", 39, 16)]),
        ("roles.yaml", "between: [2, 4]", "between: [1, 5]", [("level-everybody", 35, 18)]),
        ("roles.yaml", "between: [2, 4]", "between: [3, 3.4]", [("level-nobody", 35, 18)]),
        ("roles.yaml", "- trait: stage\n        at_least: 5", "- trait: stage\n        at_least: 1",
         [("signals-contradict", 108, 16), ("level-nobody", 109, 19)]),
        ("roles.yaml", "- trait: exact\n        between: [2, 4]", "- trait: decide\n        between: [1.5, 3]",
         [("signals-exclude", 34, 16), ("signals-contradict", 39, 16)]),
        ("roles.yaml", "- trait: exact\n        between: [2, 4]", "- trait: decide\n        at_least: 3.5",
         [("signal-twice", 34, 16)]),
        ("roles.yaml", "weight: 1.5", "weight: 6", [("role-heavy", 15, 9)]),
        ("roles.yaml", "- trait: stage\n        at_most: 3", "- trait: stage\n        weight: 0.1\n        at_most: 3",
         []),
        ("roles.yaml", "  - {id: film, title", '  - {id: sea, title: {id: "a", en: "a"}}\n  - {id: film, title',
         [("family-unused", 13, 10)]),
        ("items.yaml", 'text: {id: "Aku lebih suka bagianku sendiri.", en: "I prefer my own part."}',
         'text: {id: "Aku suka membagi tugas.", en: "I like handing out tasks."}', [("items-alike", 2, 8)]),
        ("items.yaml", 'en: "Round figures do for me."', 'en: "Angka kira-kira sudah cukup buatku."',
         [("text-untranslated", 11, 9)]),
        ("roles.yaml", 'en: "The team waits for your lead."', 'en: "Tim menunggu arahanmu."', []),
        ("roles.yaml", 'summary: {id: "Memimpin sebuah pabrik.", en: "Runs a plant."}',
         'summary: {id: "Memimpin sebuah pabrik besar.", en: "Memimpin sebuah pabrik besar."}',
         [("text-untranslated", 20, 14)]),
    ],
)  # fmt: skip
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


def test_a_role_that_names_no_strength_is_weak(small_files: dict[str, bytes]) -> None:
    """A role with unfit signals alone says who struggles, and nothing of who does well."""
    text = small_files["roles.yaml"].decode()
    start = text.index("    fit:\n      - trait: stage")
    film = text[start:].replace("    fit:\n", "    fit: []\n", 1).replace("    unfit:\n", "", 1)
    film = film.replace("    fit: []\n", "    fit: []\n    unfit:\n", 1).replace("at_most: 3", "at_most: 1")
    small_files["roles.yaml"] = (text[:start] + film).encode()
    assert [code for code, *_ in weaknesses(small_files)] == ["role-no-fit"]


def test_a_trait_with_far_more_items_is_named(small_files: dict[str, bytes]) -> None:
    """Ten items on a trait where the others have three take questions from them."""
    more = "".join(
        f'- {{id: more-{n}, kind: statement, trait: exact, text: {{id: "a{n}", en: "a{n}"}}}}\n' for n in range(8)
    )
    small_files["items.yaml"] += more.encode()
    assert weaknesses(small_files) == [("trait-many-items", "traits.yaml", 13, 7)]


def test_a_role_with_little_to_say_among_others_is_light(small_files: dict[str, bytes]) -> None:
    """Three signals of a tenth each weigh less than half of what the median role's do."""
    text = small_files["roles.yaml"].decode()
    start = text.index("  - id: coordinator-film")
    film = text[start:].replace("      - trait: ", "      - weight: 0.1\n        trait: ")
    small_files["roles.yaml"] = (text[:start] + film).encode()
    assert weaknesses(small_files) == [("role-light", "roles.yaml", 90, 9)]


def test_a_trait_of_which_all_ask_the_same_tells_nothing(small_files: dict[str, bytes]) -> None:
    """The same signal in every role moves all of them alike."""
    small_files["traits.yaml"] += TRAIT.encode()
    for number in range(4):
        item = f'- {{id: rain-{number}, kind: statement, trait: weather, text: {{id: "a{number}", en: "a"}}'
        small_files["items.yaml"] += f"{item}, keyed: {'positive' if number % 2 else 'negative'}}}\n".encode()
    signal = b'\n      - {trait: weather, at_least: 4, text: {id: "a", en: "b"}, source: editorial}\n'
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"    fit:\n", b"    fit:" + signal)
    assert weaknesses(small_files) == [("trait-tells-nothing", "traits.yaml", 22, 7)]


def test_a_reader_is_not_buried_in_warnings(small_files: dict[str, bytes]) -> None:
    """As many weaknesses of a file are named as errors, and it is said that there are more."""
    small_files["traits.yaml"] += TRAIT.encode()
    for number in range(MAX_PROBLEMS + 50):
        small_files["items.yaml"] += f"- {ITEM.format(id=f'rain-{number}', trait='weather')}".encode()
    found = [code for code, file, *_ in weaknesses(small_files) if file == "items.yaml"]
    assert len(found) == MAX_PROBLEMS + 1
    assert set(found) == {"item-unused", "items-alike", "too-many-problems"}


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
    assert weaknesses(small_files)[0] == ("roles-alike", "roles.yaml", 118, 9)
    assert {code for code, *_ in weaknesses(small_files)} == {"roles-alike", "name-twice"}


def test_without_positions_warnings_name_the_file(small: Catalogue) -> None:
    """A catalogue that came from elsewhere is checked all the same."""
    found = check_catalogue(
        type(small)(**{field: getattr(small, field) for field in small.__struct_fields__} | {"items": small.items[:1]}),
        Positions(folder="somewhere"),
    )
    assert {(problem.file, problem.line) for problem in found} == {(str(Path("somewhere", "traits.yaml")), 0)}
