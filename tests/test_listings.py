"""Every document that a command prints with `--json` goes by a schema that is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from terminal import SMALL, run, saved, warm_home
from typer import Typer

from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.page import role_page
from careerfit.catalogue.schema import document_schemas
from careerfit.cli.app import build

ANSWERS = "s\n" * 7 + "5\n"

DOCUMENTS = {
    "quiz": ("result", ("quiz", "--plain", "--no-save")),
    "score": ("result", ("score", "-")),
    "show": ("role", ("show", "plant-head")),
    "roles": ("role-list", ("roles",)),
    "items": ("item-list", ("items",)),
    "explain": ("explanation", ("explain", "plant-head")),
    "compare": ("comparison", ("compare", "plant-head", "coordinator-film")),
    "path": ("path", ("path", "plant-head")),
    "history": ("history", ("history",)),
    "history list": ("history", ("history", "list")),
    "history show": ("result", ("history", "show")),
    "history diff": ("difference", ("history", "diff")),
    "history where": ("where", ("history", "where")),
    "config": ("config", ("config",)),
    "catalogue check": ("problems", ("catalogue", "check", str(SMALL))),
    "catalogue stats": ("statistics", ("catalogue", "stats", str(SMALL))),
    "catalogue evaluate": ("evaluation", ("catalogue", "evaluate", str(SMALL), "--people", "1")),
}
"""Command to the name of its document's schema, and what makes it print one."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home with two results and a quiz that was left."""
    home = warm_home(tmp_path_factory.mktemp("listings"))
    for answers in (ANSWERS, ANSWERS, f"{ANSWERS}q\n"):
        run(home, "quiz", "--plain", "--new", "--catalogue", SMALL, answers=answers)
    return home


def flaws(name: str, document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(document_schemas()[name]).iter_errors(document)]


def with_json(app: Typer, before: str = "") -> set[str]:
    """Return the commands that take --json, by their words."""
    found = {
        f"{before}{command.name or command.callback.__name__}"
        for command in app.registered_commands
        if "json" in command.callback.__annotations__
    }
    for group in app.registered_groups:
        name = group.typer_instance.info.name
        callback = group.typer_instance.registered_callback
        if callback is not None and "json" in callback.callback.__annotations__:
            found.add(name)
        found |= with_json(group.typer_instance, f"{name} ")
    return found


def test_all_of_them_are_tried_here():
    """Whatever is declared with --json stands in `DOCUMENTS`."""
    assert with_json(build()) == set(DOCUMENTS)


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_document_goes_by_its_schema(home, command):
    """The one that its own name gives, where it names itself; and one with a key more does not."""
    name, words = DOCUMENTS[command]
    answers = ANSWERS if command == "quiz" else '{"responses": {"own-part": 1}}'
    settings = {"CAREERFIT_CATALOGUE": str(SMALL), "CAREERFIT_LANG": "en"}
    done = run(home, *words, "--json", answers=answers, **settings)
    document = json.loads(done.stdout)
    assert flaws(name, document) == []
    if isinstance(document, dict):
        assert document["schema"] == f"careerfit/{name}/1"
        assert flaws(name, {**document, "more": 1}) != []
    else:
        assert document
        assert flaws(name, [{**document[0], "more": 1}]) != []


def test_every_role_goes_by_its_schema():
    """Of the shipped catalogue, in both languages."""
    compiled = open_catalogue()
    validator = Draft202012Validator(document_schemas()["role"])
    for entry in compiled.directory["roles"]:
        for language in ("id", "en"):
            assert (
                list(validator.iter_errors(role_page(compiled.directory, compiled.role(entry["id"]), language))) == []
            )


def test_a_note_that_is_not_there_is_left_out(home):
    """A key without a value is no empty object: a reader who expects words gets words."""
    signals = json.loads(run(home, "show", "plant-head", "--catalogue", SMALL, "--json").stdout)["fit"]
    assert signals
    assert not [signal for signal in signals if signal.get("level_note") == {}]


def test_what_is_damaged_is_in_the_document(home, tmp_path):
    """A quiz and a result that are not what was written are entries of their own."""
    store = tmp_path / "careerfit.sqlite3"
    data = (home / "careerfit.sqlite3").read_bytes()
    kept = saved(home)
    for old in (kept["results"][0].created, kept["unfinished"][0].updated):
        data = data.replace(old.encode(), old.replace("2", "3", 1).encode())
    store.write_bytes(data)
    store.chmod(0o600)
    done = run(tmp_path, "history", "--json")
    document = json.loads(done.stdout)
    assert flaws("history", document) == []
    assert {row["kind"] for row in document["damaged"]} == {"quiz", "result"}


@pytest.mark.parametrize("sheet", ["{", '{"responses": {"own-part": 9}, "x": 1}', None])
def test_what_goes_wrong_goes_by_its_schema(home, tmp_path, sheet):
    """With problems that have places, and without any."""
    file = tmp_path / "sheet.json"
    if sheet is not None:
        file.write_text(sheet)
    done = run(home, "score", file, "--catalogue", SMALL, "--json")
    document = json.loads(done.stderr)
    assert flaws("error", document) == []
    assert (document["code"], bool(document["problems"])) == (done.returncode, sheet is not None)
