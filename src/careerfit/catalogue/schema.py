"""JSON Schemas made from the model, for editors that complete and flag while a catalogue is being written."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from careerfit.catalogue import numbers, texts
from careerfit.catalogue.correlations import MAX_TRAITS
from careerfit.catalogue.documents import TYPES
from careerfit.catalogue.evaluated import Evaluation
from careerfit.catalogue.load import LEAST_ITEMS, LEAST_ROLES, LEAST_TRAITS
from careerfit.catalogue.published import Problems, Statistics
from careerfit.catalogue.references import ID_PATTERN, LANGUAGE_PATTERN
from careerfit.catalogue.vocabulary import Names, Vocabulary
from careerfit.catalogue.walk import MOST_ENTRIES
from careerfit.document import Result
from careerfit.model import CATEGORIES, HIGHEST_LEVEL, LOWEST_LEVEL, Answers, Text
from careerfit.readings import Comparison, Difference, Explanation, RolePath

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_TEXT: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
_LINE: Schema = {"type": "string", "minLength": 1, "maxLength": texts.MAX_NAME}
_LEVEL: Schema = {"type": "number", "minimum": LOWEST_LEVEL, "maximum": HIGHEST_LEVEL}
_WEIGHT: Schema = {"type": "number", "minimum": -numbers.MOST_WEIGHT, "maximum": numbers.MOST_WEIGHT}
_THRESHOLD: Schema = {
    "type": "number",
    "minimum": -numbers.FURTHEST_THRESHOLD,
    "maximum": numbers.FURTHEST_THRESHOLD,
}
_DISCRIMINATION: Schema = {
    "minimum": numbers.LEAST_DISCRIMINATION,
    "maximum": numbers.MOST_DISCRIMINATION,
}
_LEVEL_KEYS = ("at_least", "at_most", "between")


def catalogue_schemas(known: Vocabulary) -> dict[str, Schema]:
    """Return the schemas of "roles", "traits" and "items".

    They know the ids and languages of a catalogue, so that an editor completes and flags them.
    """
    schemas = {}
    for name, least, most in (
        ("roles", LEAST_ROLES, None),
        ("traits", LEAST_TRAITS, MAX_TRAITS),
        ("items", LEAST_ITEMS, None),
    ):
        schema = msgspec.json.schema(TYPES[f"{name}.yaml"])
        for struct, definition in schema["$defs"].items():
            _refine(struct, definition, known)
        schema["$defs"].update(_names(known))
        listed = schema["$defs"]["RolesFile"]["properties"]["roles"] if name == "roles" else schema
        listed["minItems"] = least
        if most is not None:
            listed["maxItems"] = most
        schemas[name] = _finished(schema, f"careerfit: {name}.yaml")
    return schemas


def answers_schema() -> Schema:
    """Return the schema of a ``careerfit/answers/1`` document."""
    schema = msgspec.json.schema(Answers)
    response = {"type": "integer", "minimum": 0, "maximum": CATEGORIES - 1}
    schema["$defs"]["Answers"]["properties"]["responses"]["additionalProperties"] = {
        "anyOf": [response, {"type": "null"}]
    }
    facts = schema["$defs"]["Facts"]["properties"]
    facts["years_experience"]["anyOf"][0].update(minimum=0, maximum=numbers.MOST_YEARS)
    facts["people_led"]["anyOf"][0].update(minimum=0, maximum=numbers.MOST_PEOPLE)
    return _finished(schema, "careerfit: answers of one respondent")


def result_schema() -> Schema:
    """Return the schema of a ``careerfit/result/1`` document."""
    schema = msgspec.json.schema(Result)
    schema["$defs"]["Answers"] = answers_schema()["$defs"]["Answers"]
    return _finished(schema, "careerfit: result of one respondent")


def document_schemas() -> dict[str, Schema]:
    """Return the schemas of what careerfit reads and prints beside a catalogue's files, by name."""
    titles = (
        ("explanation", Explanation, "why a role stands where it does"),
        ("comparison", Comparison, "two roles side by side"),
        ("difference", Difference, "what changed between two results"),
        ("path", RolePath, "ways to a role"),
        ("problems", Problems, "what is wrong or weak in a catalogue"),
        ("statistics", Statistics, "what a catalogue holds"),
        ("evaluation", Evaluation, "what a catalogue can tell apart"),
    )
    made = {name: _finished(msgspec.json.schema(document), f"careerfit: {title}") for name, document, title in titles}
    return {"answers": answers_schema(), "result": result_schema(), **made}


def _refine(struct: str, definition: Schema, known: Vocabulary) -> None:
    """Write into the schema of one struct what the checks after the types know."""
    properties = definition["properties"]
    for field, schema in properties.items():
        if {**schema, "default": {}} == {**_TEXT, "default": {}} and (struct, field) != ("Role", "codes"):
            properties[field] = {"$ref": "#/$defs/Name" if field in ("name", "title") else "#/$defs/Text"}
        elif field in ("trait", "source", "level_source", "family", "role"):
            properties[field] = {"$ref": f"#/$defs/{field.split('_')[-1].capitalize()}Id"}
        elif field == "id":
            schema["pattern"] = f"^{ID_PATTERN}$"
        elif field in ("name", "licence"):
            properties[field] = _LINE
    ruled = {
        "RolesFile": {"languages": {"items": {"type": "string", "pattern": f"^{LANGUAGE_PATTERN}$"}}},
        "Trait": {"correlates": _by_trait(known, {"exclusiveMinimum": -1, "exclusiveMaximum": 1})},
        "Side": {"traits": {**_by_trait(known, {**_WEIGHT, "not": {"const": 0}}), "minProperties": 1}},
        "Statement": {"discrimination": _DISCRIMINATION, "thresholds": {"prefixItems": [_THRESHOLD] * 4}},
        "Pair": {"discrimination": _DISCRIMINATION, "thresholds": {"prefixItems": [_THRESHOLD] * 4}},
        "Readiness": {
            "years_experience": {"minimum": 0, "maximum": numbers.MOST_YEARS},
            "people_led": {"minimum": 0, "maximum": numbers.MOST_PEOPLE},
        },
        "Role": {
            "aliases": {"items": _LINE},
            "codes": {"additionalProperties": _LINE},
            "leads_to": {"items": {"$ref": "#/$defs/RoleId"}},
            "unfit": {"items": {"$ref": "#/$defs/Signal", "not": {"required": ["between"]}}},
        },
        "Signal": {
            "at_least": _LEVEL,
            "at_most": _LEVEL,
            "between": {"type": "array", "minItems": 2, "maxItems": 2, "items": _LEVEL},
            "weight": {"exclusiveMinimum": 0, "maximum": numbers.MOST_WEIGHT},
        },
    }
    for schema in properties.values():
        if struct != "RolesFile" and schema.get("type") == "array" and "prefixItems" not in schema:
            schema["maxItems"] = schema.get("maxItems", MOST_ENTRIES)
    for field, rules in ruled.get(struct, {}).items():
        properties[field] = {**_not_null(properties[field]), **rules}
    if struct == "Signal":
        definition["oneOf"] = _exactly_one(_LEVEL_KEYS)
    elif struct == "Side":
        definition["oneOf"] = _exactly_one(("trait", "traits"))


def _names(known: Vocabulary) -> dict[str, Schema]:
    """Return the definitions of texts and ids that the rest refers to."""
    return {
        "Text": _text(known.languages, texts.MAX_TEXT),
        "Name": _text(known.languages, texts.MAX_NAME),
        "TraitId": _ids(known.traits),
        "SourceId": _ids(known.sources),
        "FamilyId": _ids(known.families),
        "RoleId": _ids(known.roles),
    }


def _ids(names: Names) -> Schema:
    """Return the schema of an id; editors show what each one stands for where they know `enumDescriptions`."""
    if not names:
        return {"type": "string", "pattern": f"^{ID_PATTERN}$"}
    return {"enum": list(names), "enumDescriptions": [_shown(name) for name in names.values()]}


def _shown(name: Text) -> str:
    return " / ".join(name.values())


def _text(languages: Sequence[str], limit: int) -> Schema:
    line = {"type": "string", "minLength": 1, "maxLength": limit}
    if not languages:
        return {"type": "object", "additionalProperties": line}
    return {
        "type": "object",
        "properties": dict.fromkeys(languages, line),
        "required": list(languages),
        "additionalProperties": False,
    }


def _by_trait(known: Vocabulary, number: Schema) -> Schema:
    """Return the schema of a mapping from traits to numbers, each trait with its names."""
    number = {"type": "number", **number}
    if not known.traits:
        return {"type": "object", "additionalProperties": number}
    properties = {trait: {"description": _shown(name), **number} for trait, name in known.traits.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _exactly_one(keys: Iterable[str]) -> list[Schema]:
    return [{"required": [key]} for key in keys]


def _not_null(schema: Schema) -> Schema:
    """Return a schema without its alternative null and its default: in a file, a key left out says both."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    return choices[0] if len(choices) == 1 else {key: value for key, value in schema.items() if key != "default"}


def _finished(schema: Schema, title: str) -> Schema:
    """Return a schema as plain JSON data: dialect and title first, definitions by name, docstrings unindented."""
    plain: Schema = json.loads(json.dumps(schema))
    definitions = dict(sorted(plain.pop("$defs").items()))
    for definition in definitions.values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    plain.get("items", {}).pop("discriminator", None)
    return {"$schema": DIALECT, "title": title, **plain, "$defs": definitions}
