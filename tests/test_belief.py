"""Beliefs against hand-worked cases, dense integration, and the symmetries of what was asked and answered."""

from __future__ import annotations

import math

import numpy as np
import pytest
from build import answer_like, bank, believe, neighbours, pair, properties, statement, trait
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from careerfit.engine.belief import (
    MISSING,
    category_probabilities,
    compile_bank,
    estimate,
    without_each_response,
)

SKEWED = (-1.2, -0.6, 0.3, 1.9)
"""Thresholds without symmetry, so that a mirrored direction shows."""

ONE_TRAIT = [
    statement(f"s{number}", "a", keyed="negative" if number % 3 == 2 else "positive", discrimination=slope)
    for number, slope in enumerate((0.6, 0.9, 1.0, 1.2, 1.5, 1.0, 0.8, 1.3))
]
TWO_TRAITS = [
    statement("a1", "a", discrimination=1.2),
    statement("a2", "a", keyed="negative", thresholds=SKEWED),
    statement("b1", "b", discrimination=0.9),
    statement("b2", "b", keyed="negative"),
    pair("a-or-b", "a", "b", discrimination=1.3),
    pair("mixed", {"a": 0.5, "b": 0.2}, {"b": 1.0}, thresholds=SKEWED),
]
CATALOGUE = neighbours()
BANK = compile_bank(CATALOGUE)
ITEMS = [item.id for item in CATALOGUE.items]

categories = st.integers(0, 4)
some_responses = st.dictionaries(st.sampled_from(ITEMS), categories, min_size=1, max_size=16)


def likelihood(items, responses, traits, theta):
    """The graded response model written out with scipy.stats: [points] from theta {trait: [points]}."""
    total = np.ones(len(theta[traits[0]]))
    for item in items:
        if item.id not in responses:
            continue
        length = math.sqrt(sum(weight**2 for weight in item.weights.values()))
        along = sum(weight / length * theta[about] for about, weight in item.weights.items())
        edges = [-np.inf, *item.thresholds, np.inf]
        low, high = edges[responses[item.id]], edges[responses[item.id] + 1]
        slope = item.discrimination
        total *= stats.norm.cdf(slope * (high - along)) - stats.norm.cdf(slope * (low - along))
    return total


def integrate_one(items, responses):
    """Posterior mean and SD of one trait on a grid of 4,001 points from -7 to 7."""
    grid = np.linspace(-7, 7, 4001)
    density = stats.norm.pdf(grid) * likelihood(items, responses, ["a"], {"a": grid})
    density /= density.sum()
    mean = density @ grid
    return mean, math.sqrt(density @ (grid - mean) ** 2)


def integrate_two(items, responses, correlation):
    """Posterior mean [2] and covariance [2, 2] of two correlated traits on a grid of 241 x 241 points from -6 to 6."""
    line = np.linspace(-6, 6, 241)
    points = np.stack([side.ravel() for side in np.meshgrid(line, line)], axis=1)
    prior = stats.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]])
    theta = {"a": points[:, 0], "b": points[:, 1]}
    density = prior.pdf(points) * likelihood(items, responses, ["a", "b"], theta)
    density /= density.sum()
    mean = density @ points
    return mean, (points - mean).T @ (density[:, None] * (points - mean))


def two_trait_bank(correlation: float):
    return bank([trait("a"), trait("b", a=correlation)], TWO_TRAITS)


def test_one_answer_by_hand():
    """To be above the mean, through noise of SD 1, gives theta 1/sqrt(pi) and variance 1 - 1/pi, worked out by hand."""
    found = believe(bank([trait("a")], [statement("s", "a", thresholds=(-3, -2, -1, 0))]), {"s": 4})
    assert found.mean[0, 0] == pytest.approx(1 / math.sqrt(math.pi), abs=1e-12)
    assert found.variance[0, 0] == pytest.approx(1 - 1 / math.pi, abs=1e-12)
    assert found.standard_error[0, 0] == pytest.approx(math.sqrt(1 - 1 / math.pi), abs=1e-12)
    assert found.log_predictive[0, 0] == pytest.approx(-math.log(2), abs=1e-12)


def test_one_pair_by_hand():
    """A pair's answer splits over its sides: d = (-1, 1)/sqrt(2), so each estimate is 1/sqrt(2 pi), by hand."""
    found = believe(bank([trait("a"), trait("b")], [pair("p", "a", "b", thresholds=(-3, -2, -1, 0))]), {"p": 4})
    assert found.mean[0] == pytest.approx([-1 / math.sqrt(2 * math.pi), 1 / math.sqrt(2 * math.pi)], abs=1e-12)
    half = 1 / (2 * math.pi)
    assert found.covariance[0] == pytest.approx(np.array([[1 - half, half], [half, 1 - half]]), abs=1e-12)


@given(st.lists(categories, min_size=1, max_size=len(ONE_TRAIT)))
@properties
def test_one_trait_agrees_with_dense_integration_whatever_was_answered(drawn):
    """Mean and SD are those of dense integration to 0.02 SD, even if all answers crowd at one end (measured: 0.012)."""
    responses = {item.id: category for item, category in zip(ONE_TRAIT, drawn, strict=False)}
    found = believe(bank([trait("a")], ONE_TRAIT), responses)
    assert [found.mean[0, 0], found.standard_error[0, 0]] == pytest.approx(
        integrate_one(ONE_TRAIT, responses), abs=0.02
    )


@pytest.mark.parametrize("theta", [-1.0, -0.4, 0.0, 0.3, 0.8])
def test_one_trait_agrees_with_dense_integration_to_four_digits(theta):
    """For people within 1 SD of the mean, who answer as the model says, the agreement is 1e-4 SD (measured: 4e-5)."""
    many = [statement(f"s{number}", "a", discrimination=0.7 + 0.05 * number) for number in range(16)]
    found = []
    expected = []
    for seed in range(5):
        responses = answer_like(many, {"a": theta}, np.random.default_rng(seed))
        belief = believe(bank([trait("a")], many), responses)
        found += [belief.mean[0, 0], belief.standard_error[0, 0]]
        expected += integrate_one(many, responses)
    assert found == pytest.approx(expected, abs=1e-4)


@given(st.lists(categories, min_size=6, max_size=6), st.sampled_from([-0.6, 0.0, 0.5]))
@settings(properties, max_examples=25)
def test_two_traits_agree_with_dense_integration_whatever_was_answered(drawn, correlation):
    """Means agree with dense integration to 0.003, covariances to 0.01, for any answers and any prior correlation."""
    responses = {item.id: category for item, category in zip(TWO_TRAITS, drawn, strict=True)}
    found = believe(two_trait_bank(correlation), responses)
    mean, covariance = integrate_two(TWO_TRAITS, responses, correlation)
    assert found.mean[0] == pytest.approx(mean, abs=0.003)
    assert found.covariance[0] == pytest.approx(covariance, abs=0.01)


@pytest.mark.parametrize("correlation", [-0.6, 0.0, 0.5])
def test_two_traits_agree_with_dense_integration_to_four_digits(correlation):
    """For answers in the middle of the scale the agreement on two correlated traits is 1e-4."""
    responses = {"a1": 3, "a2": 1, "b1": 2, "b2": 3, "a-or-b": 1, "mixed": 2}
    found = believe(two_trait_bank(correlation), responses)
    mean, covariance = integrate_two(TWO_TRAITS, responses, correlation)
    assert found.mean[0] == pytest.approx(mean, abs=1e-4)
    assert found.covariance[0] == pytest.approx(covariance, abs=1e-4)


@given(some_responses, st.randoms(use_true_random=False))
@properties
def test_order_of_answers_is_irrelevant(responses, random):
    """The same answers in another order give the same belief, to 1e-9."""
    shuffled = list(responses.items())
    random.shuffle(shuffled)
    here, there = believe(BANK, responses), believe(BANK, dict(shuffled))
    assert there.mean == pytest.approx(here.mean, abs=1e-9)
    assert there.covariance == pytest.approx(here.covariance, abs=1e-9)


@given(st.lists(categories, min_size=4, max_size=4), st.integers(0, 3))
@properties
def test_reverse_keying_with_the_mirrored_answer_changes_nothing(drawn, turned):
    """A statement keyed the other way round, answered the other way round, says the same."""
    keyed = [statement(f"s{number}", "a" if number < 2 else "b") for number in range(4)]
    reversed_ = list(keyed)
    reversed_[turned] = statement(f"s{turned}", keyed[turned].trait, keyed="negative")
    traits = [trait("a"), trait("b", a=0.4)]
    responses = {f"s{number}": category for number, category in enumerate(drawn)}
    mirrored = {**responses, f"s{turned}": 4 - drawn[turned]}
    here, there = believe(bank(traits, keyed), responses), believe(bank(traits, reversed_), mirrored)
    assert there.mean == pytest.approx(here.mean, abs=1e-9)
    assert there.covariance == pytest.approx(here.covariance, abs=1e-9)


@given(categories, categories)
@properties
def test_reverse_keying_mirrors_the_thresholds_too(first, second):
    """With lopsided thresholds, turning direction, thresholds and answer round says the same."""
    upright = statement("s", "a", thresholds=SKEWED)
    turned = statement("s", "a", keyed="negative", thresholds=tuple(-edge for edge in reversed(SKEWED)))
    other = statement("other", "a")
    here = believe(bank([trait("a")], [upright, other]), {"s": first, "other": second})
    there = believe(bank([trait("a")], [turned, other]), {"s": 4 - first, "other": second})
    assert [*there.mean[0], *there.variance[0]] == pytest.approx([*here.mean[0], *here.variance[0]], abs=1e-9)


@given(categories)
@properties
def test_changing_sides_with_the_mirrored_answer_changes_nothing(category):
    """A pair with its sides exchanged, answered the other way round, says the same."""
    traits = [trait("a"), trait("b", a=0.4), trait("c")]
    here = believe(bank(traits, [pair("p", "a", {"b": 0.3, "c": 0.9})]), {"p": category})
    there = believe(bank(traits, [pair("p", {"b": 0.3, "c": 0.9}, "a")]), {"p": 4 - category})
    assert there.mean == pytest.approx(here.mean, abs=1e-12)
    assert there.covariance == pytest.approx(here.covariance, abs=1e-12)


@given(some_responses, st.sets(st.sampled_from(ITEMS), max_size=8))
@properties
def test_a_skipped_item_equals_one_never_asked(responses, skipped):
    """None in the place of an answer leaves exactly the belief of the other answers."""
    kept = {item: category for item, category in responses.items() if item not in skipped}
    here = believe(
        BANK, {item: responses.get(item) if item in kept else None for item in {**responses, **dict.fromkeys(skipped)}}
    )
    there = believe(BANK, kept)
    assert np.array_equal(here.mean, there.mean)
    assert np.array_equal(here.covariance, there.covariance)


@given(st.lists(st.one_of(st.none(), categories), min_size=6, max_size=6))
@properties
def test_a_trait_nobody_asked_about_stays_at_the_prior(drawn):
    """A trait without items, uncorrelated with the others, keeps mean 0 and variance 1 to the last digit."""
    found = believe(
        bank([trait("a"), trait("unasked"), trait("b", a=0.5)], TWO_TRAITS),
        {item.id: category for item, category in zip(TWO_TRAITS, drawn, strict=True)},
    )
    assert found.mean[0, 1] == 0.0
    assert found.covariance[0, 1].tolist() == [0.0, 1.0, 0.0]


@given(st.lists(categories, min_size=8, max_size=8), st.floats(-0.9, 0.9))
@properties
def test_an_unasked_trait_follows_by_regression(drawn, correlation):
    """A correlated trait without items moves by r times the asked one, its variance to 1 - r^2 (1 - v): by hand."""
    responses = {item.id: category for item, category in zip(ONE_TRAIT, drawn, strict=True)}
    found = believe(bank([trait("a"), trait("follows", a=correlation)], ONE_TRAIT), responses)
    mean, variance = found.mean[0, 0], found.variance[0, 0]
    assert found.mean[0, 1] == pytest.approx(correlation * mean, abs=1e-9)
    assert found.variance[0, 1] == pytest.approx(1 - correlation**2 * (1 - variance), abs=1e-9)


def test_nothing_answered_is_the_population():
    """Without responses, or with skipped ones only, the belief is the prior."""
    for responses in ({}, {"leading-0": None, "handy-1": None}):
        found = believe(BANK, responses)
        assert found.mean.tolist() == [[0.0] * 4]
        assert np.array_equal(found.covariance[0], BANK.prior)


def test_a_batch_equals_each_respondent_alone():
    """Respondents estimated together get what each gets alone, to 1e-10, though they settle at different sweeps."""
    rng = np.random.default_rng(11)
    items = np.array([rng.permutation(len(ITEMS))[:14] for _ in range(25)])
    responses = rng.integers(MISSING, 5, size=items.shape)
    together = estimate(BANK, items, responses)
    for row in range(len(items)):
        alone = estimate(BANK, items[row : row + 1], responses[row : row + 1])
        assert together.mean[row] == pytest.approx(alone.mean[0], abs=1e-10)
        assert together.covariance[row] == pytest.approx(alone.covariance[0], abs=1e-10)
        assert together.log_predictive[row].tolist() == alone.log_predictive[0].tolist()


@given(some_responses)
@properties
def test_belief_is_the_product_of_prior_and_factors(responses):
    """The posterior precision is that of the prior plus each factor's along its direction: matrices inverted here."""
    found = believe(BANK, responses)
    directions = BANK.directions[found.items[0]]
    precision = np.linalg.inv(BANK.prior) + (directions.T * found.precision[0]) @ directions
    covariance = np.linalg.inv(precision)
    assert found.covariance[0] == pytest.approx(covariance, abs=1e-9)
    assert found.mean[0] == pytest.approx(covariance @ directions.T @ found.shift[0], abs=1e-9)


def test_the_first_answer_is_predicted_by_the_model():
    """Before anything else is known, the chance of each category is that of theta plus noise: scipy.stats."""
    items = bank([trait("a")], [statement("s", "a", discrimination=1.25, thresholds=SKEWED)])
    spread = math.sqrt(1 + 0.8**2)
    expected = np.diff(stats.norm.cdf([-np.inf, *SKEWED, np.inf], scale=spread))
    found = [math.exp(believe(items, {"s": category}).log_predictive[0, 0]) for category in range(5)]
    assert found == pytest.approx(list(expected), rel=1e-12)


def test_later_answers_are_predicted_from_the_earlier_ones():
    """The prediction of the second answer is the ratio of dense integrals with and without it, to 4 digits."""
    two = ONE_TRAIT[:2]
    found = believe(bank([trait("a")], two), {"s1": 3, "s0": 1})
    grid = np.linspace(-7, 7, 4001)
    both = stats.norm.pdf(grid) @ likelihood(two, {"s1": 3, "s0": 1}, ["a"], {"a": grid})
    first = stats.norm.pdf(grid) @ likelihood(two, {"s1": 3}, ["a"], {"a": grid})
    assert math.exp(found.log_predictive[0, 1]) == pytest.approx(both / first, rel=1e-4)


def test_a_skipped_item_has_no_prediction():
    """Missing responses have a log predictive probability, precision and shift of 0."""
    found = believe(BANK, {"leading-0": 4, "handy-0": None, "leading-1": 4})
    assert [found.log_predictive[0, 1], found.precision[0, 1], found.shift[0, 1]] == [0.0, 0.0, 0.0]
    assert (found.log_predictive[0, [0, 2]] < 0).all()


@given(some_responses, st.sampled_from(ITEMS))
@properties
def test_expected_variance_never_grows(responses, following):
    """Averaged over the predicted answers to one more item, no variance is larger than now (but for EP's 3e-5)."""
    responses.pop(following, None)
    now = believe(BANK, responses)
    expected = np.zeros(len(BANK.prior))
    for category in range(5):
        later = believe(BANK, {**responses, following: category})
        expected += math.exp(later.log_predictive[0, -1]) * later.variance[0]
    assert (expected <= now.variance[0] + 1e-4).all()


@pytest.mark.parametrize("item", range(len(ITEMS)))
def test_the_first_answer_is_expected_to_narrow_what_it_looks_at(item):
    """Over the answers to a first item, where one factor is exact, expected variances fall, most so along the item."""
    laters = [believe(BANK, {ITEMS[item]: category}) for category in range(5)]
    chances = [math.exp(later.log_predictive[0, 0]) for later in laters]
    expected = sum(chance * later.covariance[0] for chance, later in zip(chances, laters, strict=True))
    assert (np.diag(expected) <= 1 + 1e-12).all()
    direction = BANK.directions[item]
    assert direction @ expected @ direction < 0.8 * direction @ BANK.prior @ direction


@given(st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 3), max_size=10), st.sampled_from(ITEMS))
@properties
def test_expected_estimate_stays(responses, following):
    """Averaged over the predicted answers to one more item, the estimates are those of now: no answer is expected."""
    responses.pop(following, None)
    now = believe(BANK, responses)
    laters = [believe(BANK, {**responses, following: category}) for category in range(5)]
    expected = sum(math.exp(later.log_predictive[0, -1]) * later.mean[0] for later in laters)
    assert expected == pytest.approx(now.mean[0], abs=5e-4)


@given(some_responses)
@properties
def test_taking_one_response_out_divides_its_factor_out(responses):
    """Estimates without each response are those of the other factors alone: matrices inverted here."""
    found = believe(BANK, responses)
    means, variances = without_each_response(BANK, found)
    directions = BANK.directions[found.items[0]]
    for out in range(len(responses)):
        rest = [row for row in range(len(responses)) if row != out]
        kept = directions[rest]
        covariance = np.linalg.inv(np.linalg.inv(BANK.prior) + (kept.T * found.precision[0, rest]) @ kept)
        assert means[out] == pytest.approx(covariance @ kept.T @ found.shift[0, rest], abs=1e-8)
        assert variances[out] == pytest.approx(np.diag(covariance), abs=1e-8)


def test_taking_the_only_response_out_leaves_the_population():
    """Without its only response, a belief is the prior again."""
    means, variances = without_each_response(BANK, believe(BANK, {"sociable-1": 4}))
    assert means == pytest.approx(np.zeros((1, 4)), abs=1e-12)
    assert variances == pytest.approx(np.ones((1, 4)), abs=1e-12)


def test_intervals_cover_what_they_say():
    """Of 2,000 simulated respondents 90% have a true theta inside their 90% interval, within 3 binomial SE."""
    rng = np.random.default_rng(3)
    people, asked = 2_000, 16
    theta = rng.multivariate_normal(np.zeros(4), BANK.prior, size=people)
    items = np.array([rng.permutation(len(ITEMS))[:asked] for _ in range(people)])
    along = np.einsum("nkt,nt->nk", BANK.directions[items], theta)
    noisy = along + rng.standard_normal((people, asked)) * BANK.noise[items]
    responses = (noisy[..., None] > BANK.edges[items][..., 1:-1]).sum(axis=-1)
    found = estimate(BANK, items, responses)
    standardised = np.abs(theta - found.mean) / found.standard_error
    covered = (standardised < stats.norm.ppf(0.95)).mean(axis=0)
    assert covered == pytest.approx(np.full(4, 0.9), abs=3 * math.sqrt(0.9 * 0.1 / people))


def test_category_probabilities_are_those_of_the_graded_response_model():
    """Given theta, each category's chance is a difference of scipy's normal distribution functions."""
    theta = np.array([[0.4, -1.1], [2.5, 0.0]])
    found = category_probabilities(two_trait_bank(0.5), theta)
    for person, (a, b) in enumerate(theta):
        for row, item in enumerate(TWO_TRAITS):
            chances = [
                likelihood([item], {item.id: category}, ["a", "b"], {"a": np.array([a]), "b": np.array([b])})[0]
                for category in range(5)
            ]
            assert found[person, row] == pytest.approx(chances, abs=1e-12)


def test_category_probabilities_with_other_noise():
    """Noise handed in replaces the bank's: as if the items had been written with that discrimination."""
    theta = np.array([[0.4], [-1.3]])
    written = bank([trait("a")], [statement("s", "a", discrimination=0.5), statement("t", "a", discrimination=2.0)])
    plain = bank([trait("a")], [statement("s", "a"), statement("t", "a")])
    found = category_probabilities(plain, theta, noise=np.array([2.0, 0.5]))
    assert found == pytest.approx(category_probabilities(written, theta), rel=1e-14)


def test_directions_have_length_one():
    """Weights are scaled to length 1, right less left, so that every item looks at a quantity of one SD: by hand."""
    items = [
        statement("s", "b", keyed="negative"),
        pair("p", "a", "b"),
        pair("q", {"a": 1.0}, {"b": 3.0, "a": 4.0}),
        pair("r", {"a": 2.0, "b": 2.0}, {"c": 1.0}),
    ]
    found = bank([trait("a"), trait("b"), trait("c")], items).directions
    half = math.sqrt(0.5)
    expected = [[0, -1, 0], [-half, half, 0], [half, half, 0], [-2 / 3, -2 / 3, 1 / 3]]
    assert found == pytest.approx(np.array(expected), abs=1e-15)


def test_correlations_are_written_once_and_hold_both_ways():
    """A correlation stands on both sides of the prior's diagonal, whichever trait it was written with."""
    found = bank([trait("a", c=0.3), trait("b"), trait("c", b=-0.2)], [statement("s", "a")]).prior
    assert found.tolist() == [[1.0, 0.0, 0.3], [0.0, 1.0, -0.2], [0.3, -0.2, 1.0]]


def test_slope_and_thresholds_arrive_in_the_bank():
    """Noise is 1 / discrimination, and the outer categories are open."""
    found = bank([trait("a")], [statement("s", "a", discrimination=1.6, thresholds=SKEWED)])
    assert found.noise.tolist() == [0.625]
    assert found.edges.tolist() == [[-np.inf, *SKEWED, np.inf]]
