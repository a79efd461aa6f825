"""Answer quality: what the indices are, and whom they flag, on simulated respondents with fixed seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from build import TRAITS, answer_like, believe, catalogue, neighbours, statement, trait
from scipy import stats

from careerfit.engine.belief import MISSING, compile_bank
from careerfit.engine.quality import FEWEST_ANSWERS, assess

CATALOGUE = neighbours()
BANK = compile_bank(CATALOGUE)
PEOPLE = 150


def judge(responses, bank=BANK):
    categories = [MISSING if response is None else response for response in responses.values()]
    return assess(believe(bank, responses), np.array([categories], dtype=np.int64))


def asked(rng, number=24):
    return [CATALOGUE.items[row] for row in rng.permutation(len(CATALOGUE.items))[:number]]


def considered(rng):
    """Someone drawn from the population who answers as the model says."""
    theta = rng.multivariate_normal(np.zeros(4), BANK.prior)
    return judge(answer_like(asked(rng), dict(zip(TRAITS, theta, strict=True)), rng))


def careless(rng):
    """Someone who presses any key."""
    return judge({item.id: int(rng.integers(0, 5)) for item in asked(rng)})


def straight(rng):
    """Someone who presses the same key throughout, but for two slips."""
    items, key = asked(rng), int(rng.integers(0, 5))
    responses = dict.fromkeys((item.id for item in items), key)
    for row in rng.permutation(len(items))[:2]:
        responses[items[row].id] = min(4, key + 1)
    return judge(responses)


def test_considered_answers_agree_with_each_other():
    """Answers that follow the model are on average likelier than blind ones."""
    rng = np.random.default_rng(1)
    assert np.mean([considered(rng).log_evidence for _ in range(PEOPLE)]) > 0.05


def test_random_answers_do_not():
    """Any key at all is on average less likely than blind guessing, for nearly everybody."""
    rng = np.random.default_rng(2)
    assert np.quantile([careless(rng).log_evidence for _ in range(PEOPLE)], 0.9) < 0.0


def test_log_evidence_tells_random_from_considered_answers():
    """The two kinds of people hardly overlap: an area under the curve (Mann-Whitney) above 0.95."""
    rng = np.random.default_rng(3)
    honest = [considered(rng).log_evidence for _ in range(PEOPLE)]
    random = [careless(rng).log_evidence for _ in range(PEOPLE)]
    area = stats.mannwhitneyu(honest, random).statistic / PEOPLE**2
    assert area > 0.95


def test_random_answers_are_flagged():
    """Most of those who press any key are called inconsistent, hardly any uniform."""
    rng = np.random.default_rng(4)
    flags = [careless(rng).flags for _ in range(PEOPLE)]
    assert np.mean(["inconsistent" in flag for flag in flags]) > 0.75
    assert np.mean(["uniform" in flag for flag in flags]) < 0.02


def test_considered_answers_are_not_flagged():
    """Of those who answer as the model says, fewer than one in twenty is flagged with anything."""
    rng = np.random.default_rng(5)
    assert np.mean([considered(rng).flags != () for _ in range(PEOPLE)]) < 0.05


def test_straight_lining_is_flagged():
    """One key throughout is called uniform, even with two slips."""
    rng = np.random.default_rng(6)
    assert all("uniform" in straight(rng).flags for _ in range(PEOPLE))


def test_log_evidence_by_hand():
    """Answering above the mean (chance 1/2 of five categories) is log(5 / 2) nats likelier than blindly."""
    halves = compile_bank(catalogue([trait("a")], [statement("s", "a", thresholds=(-3, -2, -1, 0))]))
    assert judge({"s": 4}, halves).log_evidence == pytest.approx(math.log(2.5), abs=1e-12)


def test_log_evidence_is_the_mean_over_given_answers():
    """Items skipped do not count: the index is the mean log of five times each given answer's prediction."""
    responses = {"leading-0": 4, "handy-0": None, "leading-1": 3, "leading-2": 4}
    predicted = believe(BANK, responses).log_predictive[0, [0, 2, 3]]
    assert judge(responses).log_evidence == pytest.approx(np.mean(np.log(5 * np.exp(predicted))), abs=1e-12)


def test_spread_is_that_of_the_raw_answers():
    """0 and 4 lie 2 from their middle; a skipped item does not count: by hand."""
    assert judge({"leading-0": 0, "handy-0": None, "leading-1": 4}).spread == 2.0


def test_nothing_answered_says_nothing():
    """Without answers both indices are 0, and that is flagged."""
    for responses in ({}, {"leading-0": None, "handy-0": None}):
        assert judge(responses) == (0.0, 0.0, ("unanswered",))


def test_too_few_answers_are_not_judged():
    """The same key throughout is flagged from `FEWEST_ANSWERS` on and not before; skipped items do not count."""
    items = [item.id for item in CATALOGUE.items[:FEWEST_ANSWERS]]
    one_short = {**dict.fromkeys(items[:-1], 2), items[-1]: None}
    assert judge(one_short).flags == ()
    assert judge({**one_short, items[-1]: 2}).flags == ("uniform",)


def test_contradiction_is_inconsistent():
    """Agreeing and disagreeing strongly in turn, on one trait keyed one way, is called inconsistent."""
    one = compile_bank(catalogue([trait("a")], [statement(f"s{copy}", "a", discrimination=1.3) for copy in range(12)]))
    assert judge({f"s{copy}": 4 * (copy % 2) for copy in range(12)}, one).flags == ("inconsistent",)
