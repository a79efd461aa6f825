"""Twelve described people whom the catalogue was not made with: does the quiz find the work they were described for?"""

import json
from pathlib import Path

import pytest

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers
from careerfit.result import RankedRole, Stamp, build_result
from careerfit.session import Session

PEOPLE = sorted((Path(__file__).parent / "people").glob("*.json"))
STAMP = Stamp(id="test", created="2026-11-21T10:00:00Z", language="en", program="careerfit test")


@pytest.fixture(scope="module")
def rankings() -> dict[str, tuple[RankedRole, ...]]:
    """The ranking each of them gets from a quiz with the default settings; what they never saw is skipped."""
    instrument = Instrument.of(load_catalogue(shipped_folder()))
    rankings = {}
    for path in PEOPLE:
        said = json.loads(path.read_text(encoding="utf-8"))["responses"]
        session = Session(instrument, Answers())
        while (item := session.next_item) is not None:
            session = session.answer(item.id, said.get(item.id))
        result = build_result(instrument, session.answers, session.stop_reason, STAMP)
        assert result.quality.flags == (), path.name
        rankings[path.stem] = result.ranking
    return rankings


def test_eleven_of_the_twelve_have_their_work_among_the_first_three(rankings):
    """After at most 30 questions the right role is in the first three for eleven."""
    found = [name for name, ranking in rankings.items() if name in [entry.role for entry in ranking[:3]]]
    assert len(rankings) == 12
    assert len(found) >= 11, set(rankings) - set(found)


def test_most_of_them_have_it_first(rankings):
    """The right role comes first for at least seven of the twelve."""
    assert sum(ranking[0].role == name for name, ranking in rankings.items()) >= 7
