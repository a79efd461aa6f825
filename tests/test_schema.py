"""The JSON Schemas say what the loader says, as far as JSON Schema can."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from careerfit.catalogue.files import shipped_folder
from careerfit.catalogue.load import load_catalogue, parse_catalogue
from careerfit.catalogue.schema import answers_schema, catalogue_schemas
from careerfit.catalogue.vocabulary import vocabulary_of
from careerfit.catalogue.walk import MOST_ENTRIES
from careerfit.model import Catalogue

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def validators(small: Catalogue) -> dict[str, Draft202012Validator]:
    schemas = catalogue_schemas(vocabulary_of(small))
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    return {name: Draft202012Validator(schema) for name, schema in schemas.items()}


@pytest.fixture
def documents(small_files: dict[str, bytes]) -> dict[str, Any]:
    return {name.removesuffix(".yaml"): yaml.safe_load(data) for name, data in small_files.items()}


@pytest.mark.parametrize("name", ["roles", "traits", "items"])
def test_a_good_file_is_valid(
    name: str, validators: dict[str, Draft202012Validator], documents: dict[str, Any]
) -> None:
    """Nothing is flagged in a catalogue that loads."""
    assert list(validators[name].iter_errors(documents[name])) == []


def put(*steps: str | int, value: object) -> Callable[[Any], None]:
    """A change of what stands at the end of the steps."""

    def change(document: Any) -> None:
        for step in steps[:-1]:
            document = document[step]
        document[steps[-1]] = value

    return change


MISTAKES = [
    ("roles", put("roles", 0, "sumary", value={})),
    ("roles", put("roles", 0, "fit", 0, "trait", value="leed")),
    ("roles", put("roles", 0, "fit", 0, "source", value="article-two")),
    ("roles", put("roles", 0, "fit", 0, "at_least", value=6)),
    ("roles", put("roles", 0, "fit", 0, "at_most", value=5)),
    ("roles", put("roles", 0, "fit", 0, "weight", value=0)),
    ("roles", put("roles", 0, "fit", 2, "between", value=[1, 2, 3])),
    ("roles", put("roles", 0, "family", value="flim")),
    ("roles", put("roles", 0, "leads_to", value=["baker"])),
    ("roles", put("roles", 0, "differs_from", 0, "role", value="baker")),
    ("roles", put("roles", 0, "title", value={"id": "a"})),
    ("roles", put("roles", 0, "title", value={"id": "a", "en": "b", "de": "c"})),
    ("roles", put("roles", 0, "title", "en", value="x" * 101)),
    ("roles", put("roles", 0, "codes", value={"isco": 1321})),
    ("roles", put("roles", 0, "id", value="Plant Head")),
    ("roles", put("roles", 0, "conditions", "overtime", value="daily")),
    ("roles", put("roles", 0, "readiness", "people_led", value=-1)),
    ("roles", put("roles", value=[])),
    ("traits", put(0, "correlates", value={"leed": 0.1})),
    ("traits", put(0, "correlates", value={"decide": 1})),
    ("traits", put(0, "low", value="a")),
    ("items", put(0, "kind", value="pear")),
    ("items", put(0, "trait", value="leed")),
    ("items", put(0, "keyed", value="up")),
    ("items", put(4, "discrimination", value=9)),
    ("items", put(5, "thresholds", value=[1, 2, 3])),
    ("items", put(8, "left", "traits", value={"lead": 1})),
    ("items", put(9, "left", "traits", "leed", value=1)),
    ("items", put(9, "left", "traits", "lead", value=0)),
]


@pytest.mark.parametrize(("name", "change"), MISTAKES)
def test_an_editor_flags_a_mistake(
    name: str, change: Callable[[Any], None], validators: dict[str, Draft202012Validator], documents: dict[str, Any]
) -> None:
    """What the loader refuses about a single value, the schema does too."""
    change(documents[name])
    assert not validators[name].is_valid(documents[name])


def test_an_unfit_signal_cannot_be_between(
    validators: dict[str, Draft202012Validator], documents: dict[str, Any]
) -> None:
    """Between is for fit signals."""
    signal = documents["roles"]["roles"][0]["unfit"][0]
    del signal["at_most"]
    signal["between"] = [1, 2]
    assert not validators["roles"].is_valid(documents["roles"])


def test_traits_carry_their_names(small: Catalogue) -> None:
    """An editor shows what a trait's id stands for while completing it."""
    side = catalogue_schemas(vocabulary_of(small))["items"]["$defs"]["Side"]["properties"]["traits"]
    assert side["properties"]["lead"]["description"] == "Memimpin / Leading"
    assert side["additionalProperties"] is False
    ids = catalogue_schemas(vocabulary_of(small))["roles"]["$defs"]["RoleId"]
    assert dict(zip(ids["enum"], ids["enumDescriptions"], strict=True)) == {
        "plant-head": "Kepala Pabrik / Head of Plant",
        "coordinator-plant": "Koordinator Produksi / Production Coordinator",
        "coordinator-film": "Koordinator Produksi (film) / Production Coordinator (film)",
    }


def test_schemas_are_the_same_every_time(small: Catalogue) -> None:
    """They can be committed, and compared with what is made anew."""
    first, second = (json.dumps([catalogue_schemas(vocabulary_of(small)), answers_schema()]) for _ in range(2))
    assert first == second
    assert list(json.loads(first)[1]) == ["$schema", "title", "$ref", "$defs"]
    assert json.loads(first)[0]["roles"]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", ["roles", "traits", "items"])
def test_the_committed_schemas_are_current(name: str) -> None:
    """Those in schema/ are what is printed today for the shipped catalogue; `make schema` renews them."""
    printed = catalogue_schemas(vocabulary_of(load_catalogue(shipped_folder())))[name]
    assert json.loads((ROOT / "schema" / f"{name}.json").read_bytes()) == printed


def test_a_list_of_a_role_has_an_end(
    validators: dict[str, Draft202012Validator], documents: dict[str, Any], small_files: dict[str, bytes]
) -> None:
    """A hundred other names are allowed and no more, by the schema as by the loader."""
    for count, valid in ((MOST_ENTRIES, True), (MOST_ENTRIES + 1, False)):
        names = [f"name {number}" for number in range(count)]
        documents["roles"]["roles"][0]["aliases"] = names
        assert validators["roles"].is_valid(documents["roles"]) is valid
        roles = small_files["roles.yaml"].replace(b'["Kepala Produksi"]', json.dumps(names).encode())
        problems = parse_catalogue({**small_files, "roles.yaml": roles})[1]
        assert [problem.code for problem in problems] == ([] if valid else ["too-many"])


@pytest.mark.parametrize(
    ("answers", "valid"),
    [
        ({"schema": "careerfit/answers/1", "responses": {"a": 0, "b": 4, "c": None}}, True),
        ({"schema": "careerfit/answers/1", "facts": {"education": "diploma", "years_experience": 3}}, True),
        ({"schema": "careerfit/answers/2"}, False),
        ({"responses": {"a": 5}}, False),
        ({"responses": {"a": -1}}, False),
        ({"responses": {"a": True}}, False),
        ({"responses": {"a": "4"}}, False),
        ({"facts": {"years_experience": -1}}, False),
        ({"conditions": {"overtime": "maybe"}}, False),
        ({"answers": {}}, False),
    ],
)
def test_answers_are_described(answers: dict[str, Any], valid: bool) -> None:
    """The schema of an answers document knows its keys and its five categories."""
    Draft202012Validator.check_schema(answers_schema())
    assert Draft202012Validator(answers_schema()).is_valid(answers) is valid
