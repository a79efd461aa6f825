"""The answer sheets in examples/: people read from the articles' words, and what careerfit must say of them."""

import json
from pathlib import Path

import pytest

from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.document import Result
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers
from careerfit.result import Stamp, build_result
from careerfit.session import Session

EXAMPLES = Path(__file__).parents[1] / "examples"
FITTING = (
    "operations-production-director",
    "production-department-head",
    "operations-clerk",
    "production-coordinator-manufacturing",
    "film-production-coordinator",
)
STAMP = Stamp(id="test", created="2026-11-21T10:00:00Z", language="en", program="careerfit test")


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return Instrument.of(load_catalogue(shipped_folder()))


def sheet(instrument: Instrument, name: str) -> Answers:
    return parse_answers((EXAMPLES / f"{name}.json").read_bytes(), name, instrument.catalogue)


def result(instrument: Instrument, name: str) -> Result:
    return build_result(instrument, sheet(instrument, name), "respondent", STAMP)


@pytest.mark.parametrize("role", FITTING)
def test_who_answers_as_an_article_describes_gets_its_role_among_the_first_three(instrument, role):
    """All questions answered in character by a reader of the article: its role is in the first three."""
    ranking = result(instrument, role).ranking
    assert role in [entry.role for entry in ranking[:3]]


@pytest.mark.parametrize("role", FITTING)
def test_a_quiz_of_at_most_30_questions_finds_the_same_role(instrument, role):
    """Asked adaptively and stopped by its own rule, the same person's quiz has the role in the first three."""
    answers = sheet(instrument, role)
    session = Session(instrument, Answers())
    while (item := session.next_item) is not None:
        session = session.answer(item.id, answers.responses[item.id])
    ranking = build_result(instrument, session.answers, session.stop_reason, STAMP).ranking
    assert session.asked <= 30
    assert role in [entry.role for entry in ranking[:3]]


@pytest.mark.parametrize(
    ("role", "article", "traits"),
    [
        ("operations-production-director", "article-direktur-operasi", {"challenge", "lead-people", "decide"}),
        ("production-department-head", "article-kepala-departemen", {"lead-people", "decide", "schedule"}),
    ],
)
def test_who_answers_as_an_article_describes_its_unfit_person_is_told_so(instrument, role, article, traits):
    """The three unfit signals of the article are raised, by the article, and the role is nowhere near the top."""
    entry = next(entry for entry in result(instrument, f"unfit-{role}").ranking if entry.role == role)
    raised = {
        signal.trait
        for signal in entry.signals
        if signal.kind == "unfit" and signal.status == "clash" and signal.source == article
    }
    assert raised == traits
    assert entry.rank > 10


def test_a_careless_sheet_is_said_to_be_one(instrument):
    """Keys pressed at random are flagged as inconsistent; none of the described people is flagged."""
    assert result(instrument, "careless").quality.flags == ("inconsistent",)
    for name in (*FITTING, *(f"unfit-{role}" for role in FITTING[:2]), "half-finished"):
        assert result(instrument, name).quality.flags == (), name


def test_a_half_finished_sheet_stays_unsure(instrument):
    """Twelve answers over 28 traits leave no role first in more than half of the posterior."""
    ranking = result(instrument, "half-finished").ranking
    assert max(entry.confidence.first for entry in ranking) < 0.5
    assert ranking[0].tied_with


def test_every_sheet_holds_each_item_of_the_catalogue_once(instrument):
    """The sheets answer the catalogue as it is now: no item missing, none unknown, none twice."""
    items = [item.id for item in instrument.catalogue.items]
    for path in sorted(EXAMPLES.glob("*.json")):
        keys = [key for key, _ in json.loads(path.read_text(), object_pairs_hook=list)[2][1]]
        assert keys == items, path.name
