"""Which responses moved the evidence: sums, symmetry, one response alone, and finite differences along the way."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from build import TRAITS, answer_like, believe, neighbours, properties
from hypothesis import given, settings
from hypothesis import strategies as st

from careerfit.engine.attribution import attribute
from careerfit.engine.belief import Belief, compile_bank
from careerfit.engine.fit import compile_requirements, evidence

CATALOGUE = neighbours()
BANK = compile_bank(CATALOGUE)
REQUIREMENTS = compile_requirements(CATALOGUE)
ITEMS = [item.id for item in CATALOGUE.items]

some_responses = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 4), max_size=12)


def evidence_of(belief: Belief) -> np.ndarray:
    return evidence(REQUIREMENTS, belief.mean[0], belief.variance[0])


def shares(before: dict[str, int], after: dict[str, int]) -> dict[str, np.ndarray]:
    """What each item adds to the change in evidence, by item id, nats by role."""
    found = attribute(REQUIREMENTS, BANK, believe(BANK, before), believe(BANK, after))
    return {ITEMS[item]: found.evidence[row] for row, item in enumerate(found.items)}


@given(some_responses, some_responses)
@settings(properties, max_examples=40)
def test_the_shares_sum_to_the_whole_change(before, after):
    """Over all items, and for every role, to 1e-8 nats: nothing is lost on the way."""
    change = evidence_of(believe(BANK, after)) - evidence_of(believe(BANK, before))
    total = sum(shares(before, after).values(), np.zeros(len(REQUIREMENTS.roles)))
    assert total == pytest.approx(change, abs=1e-8)


@given(some_responses, some_responses)
@settings(properties, max_examples=20)
def test_going_back_takes_away_what_going_there_gave(before, after):
    """The way back has the same shares with the other sign."""
    there, back = shares(before, after), shares(after, before)
    assert there.keys() == back.keys()
    for item, given_there in there.items():
        assert given_there == pytest.approx(-back[item], abs=1e-10)


def test_a_response_that_comes_alone_carries_the_change_alone():
    """From no answers to one, all of the change is that answer's."""
    change = evidence_of(believe(BANK, {ITEMS[0]: 4})) - evidence_of(believe(BANK, {}))
    assert shares({}, {ITEMS[0]: 4})[ITEMS[0]] == pytest.approx(change, abs=1e-12)


def test_two_answers_on_traits_that_have_nothing_in_common_keep_their_own_change():
    """Answers about traits that are independent in the population and in no item together add up separately."""
    leading, orderly = "leading-0", "orderly-0"
    alone = {
        item: evidence_of(believe(BANK, {item: 4})) - evidence_of(believe(BANK, {})) for item in (leading, orderly)
    }
    roles = [REQUIREMENTS.roles.index(role) for role in ("planner", "clerk")]  # ask on both
    found = shares({}, {leading: 4, orderly: 4})
    for item, change in alone.items():
        assert found[item][roles] == pytest.approx(change[roles], abs=1e-10)
        assert np.abs(change[roles]).min() > 0.01


def test_twins_share_alike():
    """Two items that ask the same way and get the same answer have the same share, whichever comes first."""
    twins = neighbours()
    first = twins.items[0]
    items = (first, msgspec.structs.replace(first, id="twin"), *twins.items[1:])
    catalogue = msgspec.structs.replace(twins, items=items)
    bank, requirements = compile_bank(catalogue), compile_requirements(catalogue)
    before, after = believe(bank, {ITEMS[8]: 3}), believe(bank, {ITEMS[8]: 3, "twin": 4, first.id: 4})
    found = attribute(requirements, bank, before, after)
    rows = [list(found.items).index(bank.item_index[name]) for name in (first.id, "twin")]
    assert found.evidence[rows[0]] == pytest.approx(found.evidence[rows[1]], abs=1e-9)
    assert np.abs(found.evidence[rows[0]]).max() > 0.05


def orders_average(before: dict[str, int], after: dict[str, int], item: str, other: str) -> np.ndarray:
    """The Shapley value of one of two changed answers: its effect before the other and after it, averaged."""
    first = evidence_of(believe(BANK, {**before, item: after[item]})) - evidence_of(believe(BANK, before))
    second = evidence_of(believe(BANK, after)) - evidence_of(believe(BANK, {**before, other: after[other]}))
    return (first + second) / 2


def test_two_answers_agree_with_taking_them_in_both_orders():
    """Beside the average over both orders, estimated afresh at each step, the shares are off by a fiftieth at most."""
    rng = np.random.default_rng(5)
    before = answer_like(CATALOGUE.items[:20], dict.fromkeys(TRAITS, 0.5), rng)
    item, other = "leading-0", "leading-or-orderly"
    after = {**before, item: 4 - before[item], other: 4 - before[other]}
    found = shares(before, after)
    size = max(np.abs(found[name]).max() for name in (item, other))
    for name, beside in ((item, other), (other, item)):
        assert found[name] == pytest.approx(orders_average(before, after, name, beside), abs=0.02 * size)


@pytest.mark.parametrize("seed", range(4))
def test_answers_that_moved_explain_nearly_all(seed):
    """Of two quizzes by one person, answers given alike account for under a twentieth of the change in evidence."""
    rng = np.random.default_rng(seed)
    theta = dict(zip(TRAITS, rng.standard_normal(4), strict=True))
    before = answer_like([CATALOGUE.items[row] for row in rng.permutation(32)[:16]], theta, rng)
    after = answer_like([CATALOGUE.items[row] for row in rng.permutation(32)[:16]], theta, rng)
    found = shares(before, after)
    change = np.abs(evidence_of(believe(BANK, after)) - evidence_of(believe(BANK, before))).sum()
    rest = sum(found[item] for item in found if before.get(item) == after.get(item))
    assert np.abs(rest).sum() < 0.05 * change
