"""What would change a ranking: moves, other answers and questions, against answering and estimating anew."""

from __future__ import annotations

import numpy as np
import pytest
from build import TRAITS, answer_like, belief_at, believe, catalogue, neighbours, properties, role, signal, trait
from hypothesis import given, settings
from hypothesis import strategies as st

from careerfit.engine import whatif
from careerfit.engine.belief import category_probabilities, compile_bank, estimate
from careerfit.engine.fit import compile_requirements, evidence
from careerfit.engine.retake import second_takes

CATALOGUE = neighbours()
BANK = compile_bank(CATALOGUE)
REQUIREMENTS = compile_requirements(CATALOGUE)
ITEMS = [item.id for item in CATALOGUE.items]
ROLES = range(len(REQUIREMENTS.roles))
SOMEBODY = answer_like(
    CATALOGUE.items[::2], dict(zip(TRAITS, (0.4, 0.7, -0.3, 0.2), strict=True)), np.random.default_rng(3)
)

THREE = compile_requirements(
    catalogue(
        [trait("a")],
        [],
        [role(name, fit=[signal("a", at_least=level)]) for name, level in (("low", 1), ("middle", 3), ("high", 5))],
    )
)
"""Roles that ask for more and more of one trait: the more somebody has, the better the higher one looks."""


def test_places_of_equal_roles_follow_the_catalogue():
    """The most evidence is place 1, and of equal roles the earlier one comes first."""
    assert whatif.places(np.array([1.0, 3.0, 1.0, 2.0])).tolist() == [3, 1, 4, 2]


def ranking(theta: float) -> list[int]:
    return whatif.places(evidence(THREE, np.array([theta]), np.array([0.3]))).tolist()


@pytest.mark.parametrize("start", [-2.0, -0.4, 0.1, 1.2])
def test_the_smallest_move_is_found_by_walking(start):
    """Walking from where somebody stands by hundredths, the first place where the role is first is the move found."""
    belief = belief_at([start], [[0.3]])
    for wanted_role in range(3):
        move = whatif.smallest_move(THREE, belief, wanted_role, lambda place: place == 1)
        walked = next(
            (
                sign * step / 100
                for step in range(1, round(whatif.REACH * 100) + 1)
                for sign in (1, -1)
                if ranking(start + sign * step / 100)[wanted_role] == 1
            ),
            None,
        )
        assert (None if move is None else move.change) == walked
        if move is not None:
            assert move.places.tolist() == ranking(start + move.change)


@given(st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 4), min_size=1, max_size=10), st.sampled_from(ROLES))
@settings(properties, max_examples=15)
def test_an_answer_given_differently_is_the_sheet_scored_anew(responses, wanted):
    """Each alternative has the evidence of the whole sheet with that one answer changed, and no other is left out."""
    belief = believe(BANK, responses)
    given_rows = np.array([list(responses.values())])
    found = whatif.other_answers(REQUIREMENTS, BANK, belief, given_rows, wanted)
    items = list(responses)
    assert {(items[other.row], other.category) for other in found} == {
        (item, category)
        for item, answer in responses.items()
        for category in (answer - 1, answer + 1)
        if 0 <= category <= 4
    }
    for other in found[:4]:
        anew = believe(BANK, {**responses, items[other.row]: other.category})
        assert other.evidence == pytest.approx(evidence(REQUIREMENTS, anew.mean[0], anew.variance[0]), abs=1e-9)


def test_skipped_items_have_no_other_answer():
    """Only what was answered can be answered differently."""
    responses = {"leading-0": None, "orderly-0": 2}
    found = whatif.other_answers(REQUIREMENTS, BANK, believe(BANK, responses), np.array([[-1, 2]]), 0)
    assert {other.row for other in found} == {1}


def test_of_many_answers_those_that_pull_are_tried(monkeypatch):
    """With fewer tries than answers, the strongest ones on the role and its neighbours are kept."""
    belief, responses = believe(BANK, SOMEBODY), np.array([list(SOMEBODY.values())])
    everything = whatif.other_answers(REQUIREMENTS, BANK, belief, responses, 0)
    monkeypatch.setattr(whatif, "PROBED", 3)
    few = whatif.other_answers(REQUIREMENTS, BANK, belief, responses, 0)
    now = evidence(REQUIREMENTS, belief.mean[0], belief.variance[0])

    def strength(other: whatif.OtherAnswer) -> float:
        change = other.evidence - now
        return float(np.abs(change - change[0]).max())

    strongest = max(everything, key=strength)
    assert len({other.row for other in few}) == 3
    assert strongest.row in {other.row for other in few}


def test_narrowing_is_what_answers_leave_on_average():
    """The expected share taken off is one less the mean variance after each answer, each estimated anew."""
    belief = believe(BANK, SOMEBODY)
    direction = whatif.role_direction(REQUIREMENTS, belief, 0)
    before = direction @ belief.covariance[0] @ direction
    found = whatif.narrowing(BANK, belief, direction)
    rng = np.random.default_rng(0)
    theta = belief.mean[0] + rng.standard_normal((4000, 4)) @ np.linalg.cholesky(belief.covariance[0]).T
    chances = category_probabilities(BANK, theta).mean(axis=0)
    for item in (1, 3, 6, 7, 15):
        rows = np.append(belief.items[0], item)
        sheets = np.array([[*SOMEBODY.values(), answer] for answer in range(5)])
        after = estimate(BANK, np.repeat(rows[np.newaxis], 5, axis=0), sheets)
        left = np.einsum("i,nij,j->n", direction, after.covariance, direction) @ chances[item]
        assert found[item] == pytest.approx(1 - left / before, abs=0.02)
    assert np.ptp(found) > 0.05


def test_narrowing_of_nothing_is_nothing():
    """Where the evidence does not depend on any trait there is nothing to shrink."""
    assert not whatif.narrowing(BANK, believe(BANK, {}), np.zeros(4)).any()


def test_a_lead_changes_as_the_difference_of_two_roles():
    """The direction of a lead is the one role's less the other's."""
    belief = believe(BANK, SOMEBODY)
    one, other = (whatif.role_direction(REQUIREMENTS, belief, index) for index in (0, 1))
    assert whatif.role_direction(REQUIREMENTS, belief, 0, 1) == pytest.approx(one - other)


def second_takes_within(people: int, seed: int) -> float:
    """Share of roles whose place in a real second quiz lies within nine of ten simulated ones."""
    rng = np.random.default_rng(seed)
    within = []
    for _person in range(people):
        theta = dict(zip(TRAITS, np.linalg.cholesky(BANK.prior) @ rng.standard_normal(4), strict=True))
        items = [CATALOGUE.items[row] for row in rng.permutation(32)[:14]]
        first = believe(BANK, answer_like(items, theta, rng))
        again = believe(BANK, answer_like(items, theta, rng))
        simulated = second_takes(REQUIREMENTS, BANK, first, first.items[0], rng)
        low, high = np.quantile(whatif.places(simulated), (0.05, 0.95), axis=0)
        place = whatif.places(evidence(REQUIREMENTS, again.mean[0], again.variance[0]))
        within.append((low <= place) & (place <= high))
    return float(np.mean(within))


def test_real_second_quizzes_stay_within_the_simulated_ones():
    """At least nine in ten places do: places are whole numbers, so the range holds a little more."""
    assert 0.88 <= second_takes_within(40, seed=8) <= 1.0


@pytest.mark.slow
def test_many_second_quizzes_stay_within_the_simulated_ones():
    """Of 600 people's second quizzes between 90 and 99 places in 100 lie in the range that is told."""
    assert 0.90 <= second_takes_within(600, seed=9) <= 0.99
