"""`catalogue evaluate` on catalogues nobody would praise: it neither fails nor keeps quiet about what is wrong."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest
from build import catalogue, role, signal, statement, trait
from jsonschema import Draft202012Validator
from terminal import SMALL, run

from careerfit.catalogue.balance import check_balance
from careerfit.catalogue.nodes import Positions
from careerfit.catalogue.schema import document_schemas
from careerfit.cli.evaluate import evaluation_document
from careerfit.engine.advice import advise
from careerfit.engine.appraise import NOISE, appraise
from careerfit.engine.instrument import Instrument
from careerfit.model import Catalogue
from careerfit.terminal import plain
from careerfit.terminal.evaluation_view import Settings, evaluation_blocks

TRAITS = tuple("abcde")
PEOPLE = 40


def made(roles, asked=TRAITS, each: int = 6) -> Catalogue:
    """A catalogue of five traits with `each` statements on those that are asked about."""
    items = [
        statement(f"{about}-{number}", about, keyed="negative" if number % 2 else "positive")
        for about in asked
        for number in range(each)
    ]
    return catalogue([trait(about) for about in TRAITS], items, roles)


def high(*about: str, weight: float = 1.0):
    return [signal(one, at_least=4, weight=weight) for one in about]


ODD = {
    "two roles, five traits": (
        made([role("x", high("a", "b"), high("c")), role("y", high("d"), high("a"))]),
        {"trait-unused"},
    ),
    "a trait nobody measures": (
        made([role("x", high("a", "e")), role("y", high("d")), role("z", high("e"))], asked=TRAITS[:-1]),
        {"trait-unasked", "trait-unused"},
    ),
    "a role that asks for nothing rare": (
        made([role("x", [signal("a", at_least=1)]), role("y", high("b", "c")), role("z", high("d", "e"))]),
        {"common"},
    ),
    "two roles that are the same": (
        made([role("x", high("a")), role("y", high("a")), role("z", high("b"))]),
        {"pair-same"},
    ),
    "questions about the wrong trait": (
        made([role("x", high("a")), role("y", high("b"))], asked=("e",)),
        {"trait-unasked", "items-idle"},
    ),
    "a single question": (
        made([role("x", high("a")), role("y", [signal("a", at_most=2)])], asked="a", each=1),
        {"trait-unknown"},
    ),
    "a role that outweighs all others": (
        made([role("x", high(*TRAITS, weight=9)), role("y", high("a")), role("z", high("b")), role("w", high("c"))]),
        {"role-heavy"},
    ),
    "one role alone": (made([role("x", high("a", "b"))]), {"trait-unused", "items-idle"}),
}
"""What the catalogue is like, and codes of what has to be said about it."""

OFTEN = ("a trait nobody measures", "two roles that are the same", "one role alone")
"""Those of the ordinary run."""


@pytest.mark.parametrize(
    ("odd", "codes"),
    [pytest.param(*row, id=what, marks=() if what in OFTEN else pytest.mark.slow) for what, row in ODD.items()],
)
@pytest.mark.filterwarnings("error")
def test_an_odd_catalogue_is_evaluated_and_told_about(odd, codes):
    """No warning of numpy's, no figure that is none, and advice about what is odd."""
    appraisal = appraise(Instrument.of(odd), PEOPLE, NOISE["usual"], 30, np.random.default_rng(1))
    settings = Settings(1, "usual", 30)
    document = msgspec.to_builtins(evaluation_document(appraisal, odd, settings, "en"))
    json.dumps(document, allow_nan=False)
    Draft202012Validator(document_schemas()["evaluation"]).validate(json.loads(json.dumps(document)))
    said = {one.code for one in advise(appraisal)} | {one["code"] for one in document["unbalanced"]}
    assert codes <= said
    unbalanced = [str(problem.message) for problem in check_balance(odd, Positions())]
    page = plain.render(evaluation_blocks(appraisal, odd, settings, "en", unbalanced))
    assert page.split("What to do next\n")[1].count("•") == len(document["next"]) + len(unbalanced) > 0


def test_the_command_says_what_is_out_of_balance(tmp_path, small_files):
    """A role whose signals weigh far more than the others' is named on the page and in the document."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"weight: 1.5", b"weight: 9")
    for name, content in small_files.items():
        (tmp_path / name).write_bytes(content)
    command = ("catalogue", "evaluate", tmp_path, "--people", str(PEOPLE), "--lang", "en")
    page = run(tmp_path / "home", *command)
    assert page.returncode == 0
    assert 'The signals of "plant-head" weigh 12 together' in page.stdout.decode()
    document = json.loads(run(tmp_path / "home", *command, "--json").stdout)
    assert [one["code"] for one in document["unbalanced"]] == ["role-heavy"]


def test_a_catalogue_with_one_role_is_refused_in_words(tmp_path):
    """There is nothing to tell apart: the command says so, and does not begin."""
    text = (SMALL / "roles.yaml").read_text(encoding="utf-8")
    text = text[: text.index("  - id: coordinator-plant")].replace(
        "      - role: coordinator-plant", "      - role: nobody"
    )
    (tmp_path / "roles.yaml").write_text(text, encoding="utf-8")
    for name in ("traits.yaml", "items.yaml"):
        (tmp_path / name).write_bytes((SMALL / name).read_bytes())
    done = run(tmp_path / "home", "catalogue", "evaluate", tmp_path, "--lang", "en")
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"at least 2 entries; it has 1" in done.stderr
