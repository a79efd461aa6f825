"""What a result says of what somebody brings: in their own words, and no more certain than they were."""

from __future__ import annotations

import pytest
from terminal import speaking

from careerfit import sentences
from careerfit.document import ReadinessGap
from careerfit.terminal.interview import FACT_VALUES, opening_words


def told(what: str, needs: int, has: int) -> str:
    return sentences.readiness([ReadinessGap(what=what, needs=needs, has=has, gap=max(0, needs - has))])[0]


@pytest.mark.parametrize(
    ("what", "needs", "has", "words"),
    [
        ("people_led", 2, 1, "experience of leading 2 people (you: 1 to 5 people, perhaps enough)"),
        ("people_led", 5, 1, "experience of leading 5 people (you: 1 to 5 people, perhaps enough)"),
        ("people_led", 6, 1, "experience of leading 6 people (you: 1 to 5 people)"),
        ("people_led", 2, 0, "experience of leading 2 people (you: nobody yet)"),
        ("people_led", 200, 51, "experience of leading 200 people (you: more than 50 people, perhaps enough)"),
        ("years_experience", 2, 1, "2 years of experience (you: 1 to 2 years, perhaps enough)"),
        ("years_experience", 8, 3, "8 years of experience (you: 3 to 5 years)"),
        ("years_experience", 8, 4, "8 years of experience (you: 4 years)"),
        ("years_experience", 3, 3, "3 years of experience (you have that)"),
    ],
)
def test_a_range_is_told_as_the_person_chose_it(what, needs, has, words):
    """The least of a range stands for all of it: what lies within it is perhaps enough, what lies above is not."""
    with speaking("en"):
        assert told(what, needs, has) == words


@pytest.mark.parametrize("what", ["years_experience", "people_led"])
def test_every_answer_comes_back_as_it_was_put(what):
    """What the quiz offers, and what is said afterwards of the answer to it, are the same words."""
    _question, offered = opening_words()[what]
    assert tuple(sentences.brought(what, value) for value in FACT_VALUES[what]) == offered
