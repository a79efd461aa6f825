"""Evidence, match, confidence, ties, influence and swaps against hand-worked cases, quadrature and plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from build import (
    HANDY,
    LEADING,
    ORDERLY,
    TRAITS,
    answer_like,
    belief_at,
    believe,
    catalogue,
    neighbours,
    properties,
    role,
    signal,
    statement,
    trait,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial.hermite_e import hermegauss
from scipy import integrate, special, stats

from careerfit.engine import fit
from careerfit.engine.belief import compile_bank
from careerfit.engine.fit import (
    compile_requirements,
    evidence,
    expected_regret,
    influence,
    match,
    population_evidence,
    posterior_draws,
    signal_view,
    slopes,
    standing,
)
from careerfit.engine.whatif import smallest_swap
from careerfit.model import Signal

CATALOGUE = neighbours()
BANK = compile_bank(CATALOGUE)
REQUIREMENTS = compile_requirements(CATALOGUE)
ROLES = [entry.id for entry in CATALOGUE.roles]
ITEMS = [item.id for item in CATALOGUE.items]

KNOWN = dict.fromkeys(TRAITS, 0.0)
"""The variances of someone whose theta is known."""

categories = st.integers(0, 4)
some_responses = st.dictionaries(st.sampled_from(ITEMS), categories, max_size=12)


def levels(wanted: Signal, kind: str) -> tuple[float, float]:
    """The theta interval that speaks for the role, from the words of design.md: level L stands at 0.75 (L - 3)."""
    low, high = -math.inf, math.inf
    if wanted.between is not None:
        low, high = (0.75 * (level - 3) for level in wanted.between)
    elif wanted.at_least is not None:
        low = 0.75 * (wanted.at_least - 3)
    else:
        high = 0.75 * (wanted.at_most - 3)
    if kind == "unfit":
        return (high, math.inf) if low == -math.inf else (-math.inf, low)
    return low, high


NODES, WEIGHTS = hermegauss(5)


def share(wanted: Signal, kind: str, mean: float, variance: float) -> float:
    """One signal's expected evidence in nats, with scipy.special and numpy's quadrature of the same order."""
    low, high = levels(wanted, kind)
    here = [math.log(chance_between(low, high, mean + math.sqrt(variance) * node, 0.8)) for node in NODES]
    expected = np.dot(WEIGHTS, here) / math.sqrt(2 * math.pi)
    return wanted.weight * (expected - math.log(chance_between(low, high, 0.0, math.sqrt(1.64))))


def chance_between(low: float, high: float, mean: float, spread: float) -> float:
    """The chance of a normal quantity to lie between two bounds, taken in the tail that keeps its digits."""
    if low + high > 2 * mean:
        low, high, mean = -high, -low, -mean
    return float(special.ndtr((high - mean) / spread) - special.ndtr((low - mean) / spread))


def evidence_by_hand(mean: dict[str, float], variance: dict[str, float]) -> list[float]:
    """Every role's evidence in nats, signal by signal in plain loops."""
    return [
        sum(share(wanted, "fit", mean[wanted.trait], variance[wanted.trait]) for wanted in entry.fit)
        + sum(share(wanted, "unfit", mean[wanted.trait], variance[wanted.trait]) for wanted in entry.unfit)
        for entry in CATALOGUE.roles
    ]


def one_trait(*roles):
    """Requirements of roles over the one trait "a"."""
    return compile_requirements(catalogue([trait("a")], [statement("s", "a")], roles))


HIGH, LOW = role("high", fit=[signal("a", at_least=3)]), role("low", fit=[signal("a", at_most=3)])
OPPOSITES = one_trait(HIGH, LOW)
"""Two roles that want the two halves of a trait: the first has more evidence exactly when theta is above 0."""


def log_half(x: float) -> float:
    return float(stats.norm.logcdf(x / 0.8))


def test_evidence_of_a_known_trait_by_hand():
    """Theta 0.64, level 3 or more: log(Phi(0.8) / 0.5) with the published Phi(0.8) = 0.7881446, by hand."""
    found = evidence(OPPOSITES, np.array([0.64]), 0.0)
    assert found == pytest.approx([math.log(0.7881446 / 0.5), math.log(0.2118554 / 0.5)], abs=1e-7)


@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (0.8, 0.36), (-1.5, 0.6), (2.0, 0.1)])
def test_evidence_is_the_mean_over_the_posterior(mean, variance):
    """Of two roles that want opposite halves: the integral of log 2 Phi(theta / 0.8), scipy.integrate.quad."""

    def weighted(x: float) -> float:
        return stats.norm.pdf(x, mean, math.sqrt(variance)) * (log_half(x) + math.log(2))

    expected, _ = integrate.quad(weighted, mean - 8, mean + 8)
    assert evidence(OPPOSITES, np.array([mean]), np.array([variance]))[0] == pytest.approx(expected, abs=1e-3)


@given(some_responses)
@settings(properties, max_examples=20)
def test_evidence_is_what_the_draws_average_to(responses):
    """Each role's evidence is the mean of its evidence in 4,000 posterior draws, within 5 standard errors."""
    found = standing(REQUIREMENTS, believe(BANK, responses), np.random.default_rng(6), draws=4_000)
    error = found.drawn.std(axis=0) / math.sqrt(4_000)
    assert (np.abs(found.evidence - found.drawn.mean(axis=0)) <= 5 * error + 1e-3).all()


@given(some_responses)
@properties
def test_what_is_not_known_counts_against(responses):
    """Every signal's share lies below the log of its chance over that of anyone (Jensen)."""
    view = signal_view(REQUIREMENTS, believe(BANK, responses))
    assert (view.evidence < REQUIREMENTS.weight * np.log(view.probability / view.usual)).all()


@given(st.lists(st.floats(-4, 4), min_size=4, max_size=4), st.lists(st.floats(0, 1.5), min_size=4, max_size=4))
@properties
def test_evidence_is_the_weighted_sum_of_the_signals(mean, variance):
    """Each role's evidence is that of plain loops over its signals with scipy.special, at every estimate."""
    expected = evidence_by_hand(dict(zip(TRAITS, mean, strict=True)), dict(zip(TRAITS, variance, strict=True)))
    assert evidence(REQUIREMENTS, np.array(mean), np.array(variance)) == pytest.approx(expected, abs=1e-9)


def test_evidence_of_many_at_once():
    """A batch of estimates gets what each gets alone, with a variance of their own or none at all."""
    rng = np.random.default_rng(0)
    means, variances = rng.normal(size=(7, 4)), rng.uniform(0.1, 1, size=(7, 4))
    together, exact = evidence(REQUIREMENTS, means, variances), evidence(REQUIREMENTS, means, 0.0)
    for row in range(7):
        assert together[row] == pytest.approx(evidence(REQUIREMENTS, means[row], variances[row]), abs=1e-12)
        assert exact[row] == pytest.approx(evidence(REQUIREMENTS, means[row], np.zeros(4)), abs=1e-12)


@given(some_responses)
@properties
def test_shares_sum_to_the_evidence(responses):
    """Each role's signal shares add up to its evidence, to 1e-9."""
    belief = believe(BANK, responses)
    view = signal_view(REQUIREMENTS, belief)
    sums = [view.evidence[REQUIREMENTS.role == row].sum() for row in range(len(ROLES))]
    assert sums == pytest.approx(evidence(REQUIREMENTS, belief.mean[0], belief.variance[0]), abs=1e-9)


@given(some_responses)
@properties
def test_each_share_and_probability_is_that_of_its_signal(responses):
    """Signals come role by role, fit before unfit, each with its share, its chance and that of anyone (scipy)."""
    belief = believe(BANK, responses)
    mean, variance = dict(zip(TRAITS, belief.mean[0], strict=True)), dict(zip(TRAITS, belief.variance[0], strict=True))
    shares, chances, usual = [], [], []
    for entry in CATALOGUE.roles:
        for kind, group in (("fit", entry.fit), ("unfit", entry.unfit)):
            for wanted in group:
                low, high = levels(wanted, kind)
                spread = math.sqrt(variance[wanted.trait] + 0.64)
                chances.append(chance_between(low, high, mean[wanted.trait], spread))
                usual.append(chance_between(low, high, 0.0, math.sqrt(1.64)))
                shares.append(share(wanted, kind, mean[wanted.trait], variance[wanted.trait]))
    view = signal_view(REQUIREMENTS, belief)
    assert view.evidence == pytest.approx(shares, abs=1e-9)
    assert view.probability == pytest.approx(chances, abs=1e-12)
    assert view.usual == pytest.approx(usual, abs=1e-12)


def test_nothing_answered_is_as_likely_as_anyone():
    """Before any answer every signal is as probable as in the population."""
    view = signal_view(REQUIREMENTS, believe(BANK, {}))
    assert view.probability == pytest.approx(view.usual, abs=1e-15)


def test_before_any_answer_the_rarer_requirement_has_less_evidence():
    """Level 5 or more, which 7 in 100 people have, starts below level 4 or more, and that below the middle."""
    rising = one_trait(*(role(f"level-{level}", fit=[signal("a", at_least=level)]) for level in (3, 4, 5)))
    middle, high, higher = evidence(rising, np.array([0.0]), np.array([1.0]))
    assert 0 > middle > high > higher


@pytest.mark.parametrize(
    ("unfit", "fit_"),
    [
        (signal("a", at_most=2), signal("a", at_least=2)),
        (signal("a", at_least=4), signal("a", at_most=4)),
        (signal("a", at_least=1.5, weight=0.5), signal("a", at_most=1.5, weight=0.5)),
    ],
)
def test_an_unfit_signal_is_the_interval_turned_round(unfit, fit_):
    """Struggling at a level or below asks what doing well from that level up asks, and the other way about."""
    found = one_trait(role("unfit", unfit=[unfit]), role("fit", fit=[fit_]))
    at = evidence(found, np.array([[-2.0], [0.1], [1.7]]), 0.0)
    assert at[:, 0] == pytest.approx(at[:, 1], abs=1e-15)
    assert at.std(axis=0).min() > 0.1


def test_zero_weight_has_no_effect():
    """A signal of weight 0 leaves its role's evidence as it was without it."""
    silent = role("high", fit=[signal("a", at_least=3), signal("a", at_least=5, weight=0.0)])
    at = np.array([[-1.0], [0.5], [2.0]])
    assert evidence(one_trait(silent, LOW), at, 0.0) == pytest.approx(evidence(OPPOSITES, at, 0.0), abs=1e-15)


def test_a_signal_said_twice_weighs_twice():
    """Two equal signals of a role count as one with their summed weight."""
    twice = role("high", fit=[signal("a", at_least=4, weight=0.7), signal("a", at_least=4, weight=0.8)])
    once = role("once", fit=[signal("a", at_least=4, weight=1.5)])
    at = evidence(one_trait(twice, once), np.array([[-1.0], [0.5], [2.0]]), 0.0)
    assert at[:, 0] == pytest.approx(at[:, 1], abs=1e-14)


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=4), st.lists(st.floats(0.05, 1), min_size=4, max_size=4))
@properties
def test_gradient_is_the_slope_of_evidence(mean, variance):
    """The gradient is the central difference of the evidence that plain loops give."""
    at = np.array([mean]), np.array([variance])
    found = slopes(REQUIREMENTS, *at).gradient[0]
    assert slopes(REQUIREMENTS, *at).evidence == pytest.approx(evidence(REQUIREMENTS, *at), abs=1e-12)
    spread, step = dict(zip(TRAITS, variance, strict=True)), 1e-4
    for column, about in enumerate(TRAITS):
        here = dict(zip(TRAITS, mean, strict=True))
        ahead = evidence_by_hand({**here, about: here[about] + step}, spread)
        behind = evidence_by_hand({**here, about: here[about] - step}, spread)
        slope = (np.array(ahead) - behind) / (2 * step)
        assert found[:, column] == pytest.approx(slope, abs=1e-5)


@given(st.dictionaries(st.sampled_from(ITEMS), categories, min_size=1, max_size=12))
@settings(properties, max_examples=25)
def test_influence_is_evidence_with_the_response_divided_out(responses):
    """A response's influence on a signal is its share now less its share from the other factors alone."""
    belief = believe(BANK, responses)
    found = influence(REQUIREMENTS, BANK, belief)
    directions = BANK.directions[belief.items[0]]
    now = signal_view(REQUIREMENTS, belief).evidence
    for out in range(len(responses)):
        rest = [row for row in range(len(responses)) if row != out]
        kept = directions[rest]
        covariance = np.linalg.inv(np.linalg.inv(BANK.prior) + (kept.T * belief.precision[0, rest]) @ kept)
        without = belief_at(covariance @ kept.T @ belief.shift[0, rest], covariance)
        assert found[out] == pytest.approx(now - signal_view(REQUIREMENTS, without).evidence, abs=1e-8)


def test_the_only_answer_has_all_the_influence():
    """Taking the only answer out leaves the population, so its influence is all that changed since."""
    belief = believe(BANK, {"leading-4": 4})
    found = influence(REQUIREMENTS, BANK, belief)
    before = signal_view(REQUIREMENTS, believe(BANK, {})).evidence
    assert found[0] == pytest.approx(signal_view(REQUIREMENTS, belief).evidence - before, abs=1e-12)
    assert np.abs(found).max() > 0.3


def test_a_skipped_item_has_no_influence():
    """Taking out a response that was not given changes nothing at all."""
    found = influence(REQUIREMENTS, BANK, believe(BANK, {"leading-4": 4, "orderly-0": None, "handy-0": 1}))
    assert found.shape == (3, len(REQUIREMENTS.role))
    assert not found[1].any()


def test_draws_have_the_moments_of_the_belief():
    """Means and covariances of 40,000 draws are those of the belief, within 5 standard errors."""
    belief = believe(BANK, {"leading-0": 4, "leading-or-orderly": 0, "sociable-1": 1, "handy-3": 3})
    drawn = posterior_draws(belief, np.random.default_rng(1), 40_000)
    assert drawn.mean(axis=0) == pytest.approx(belief.mean[0], abs=5 / math.sqrt(40_000))
    assert np.cov(drawn.T) == pytest.approx(belief.covariance[0], abs=5 * math.sqrt(2 / 40_000))


def test_draws_depend_on_the_generator_alone():
    """The same generator gives the same standing, another one another: no hidden randomness."""
    belief = believe(BANK, {"leading-0": 4})
    one, two, other = (standing(REQUIREMENTS, belief, np.random.default_rng(seed)) for seed in (4, 4, 5))
    assert np.array_equal(one.drawn, two.drawn)
    assert not np.array_equal(one.drawn, other.drawn)


@given(some_responses)
@settings(properties, max_examples=30)
def test_confidence_sums_to_one(responses):
    """Over all roles the chance to be first sums to 1, to be in the first three to 3, and first implies first three."""
    found = standing(REQUIREMENTS, believe(BANK, responses), np.random.default_rng(0), draws=200)
    assert [found.first.sum(), found.top3.sum()] == pytest.approx([1.0, 3.0], abs=1e-12)
    assert (found.first <= found.top3).all()


def test_first_three_of_two_roles_are_both():
    """With fewer than three roles each is always in the first three."""
    assert standing(OPPOSITES, belief_at([0.4], [[0.5]]), np.random.default_rng(0)).top3.tolist() == [1.0, 1.0]


def test_first_three_by_sorting():
    """The chance to be in the first three is the share of draws in which at most two roles have more evidence."""
    belief = believe(BANK, {"leading-0": 3, "orderly-0": 4, "handy-0": 1})
    found = standing(REQUIREMENTS, belief, np.random.default_rng(0), draws=300)
    expected = [
        sum(sum(other > draw[row] for other in draw) < 3 for draw in found.drawn) / 300 for row in range(len(ROLES))
    ]
    assert found.top3 == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (0.3, 0.25), (-0.7, 0.5)])
def test_confidence_of_opposites(mean, variance):
    """Of two roles that want opposite halves the upper is first with chance Phi(mean / SD): scipy.stats, 4 SE."""
    found = standing(OPPOSITES, belief_at([mean], [[variance]]), np.random.default_rng(2), draws=20_000)
    chance = stats.norm.cdf(mean / math.sqrt(variance))
    assert found.first == pytest.approx([chance, 1 - chance], abs=4 * math.sqrt(0.25 / 20_000))


def test_stated_confidence_is_kept():
    """Over 800 simulated people the stated chance of the leader to be first equals how often it truly is, within 3 SE.

    Truth is the role with the most evidence at the theta that the answers were drawn from.
    """
    rng = np.random.default_rng(8)
    stated, true = [], []
    for _ in range(800):
        theta = rng.multivariate_normal(np.zeros(4), BANK.prior)
        asked = [CATALOGUE.items[row] for row in rng.permutation(len(ITEMS))[:12]]
        responses = answer_like(asked, dict(zip(TRAITS, theta, strict=True)), rng)
        found = standing(REQUIREMENTS, believe(BANK, responses), rng, draws=300)
        leader = found.first.argmax()
        stated.append(found.first[leader])
        true.append(np.argmax(evidence_by_hand(dict(zip(TRAITS, theta, strict=True)), KNOWN)) == leader)
    assert np.mean(stated) == pytest.approx(np.mean(true), abs=3 * math.sqrt(0.25 / 800))


def test_order_is_from_most_evidence_to_least():
    """Roles stand in the order of their evidence; equal ones by place in the catalogue."""
    twins = one_trait(LOW, HIGH, role("twin", fit=[signal("a", at_least=3)]))
    found = standing(twins, belief_at([0.9], [[0.3]]), np.random.default_rng(0), draws=10)
    assert found.order.tolist() == [1, 2, 0]


@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (0.5, 0.6), (-1.2, 0.3)])
def test_regret_of_opposites(mean, variance):
    """Expected regret of the leader is the integral of what the other role has more of: scipy.integrate.quad."""

    def missed(x: float) -> float:
        less = log_half(-x) - log_half(x) if mean >= 0 else log_half(x) - log_half(-x)
        return stats.norm.pdf(x, mean, math.sqrt(variance)) * max(0.0, less)

    expected, _ = integrate.quad(missed, -8, 8, points=[0.0])
    belief = belief_at([mean], [[variance]])
    found = expected_regret(OPPOSITES, belief, np.random.default_rng(3), 40_000)
    assert found == pytest.approx(expected, abs=0.02)


@given(some_responses)
@settings(properties, max_examples=30)
def test_regret_is_never_negative(responses):
    """The best role's evidence is never below the leader's, and `standing` reports what `expected_regret` does."""
    belief = believe(BANK, responses)
    alone = expected_regret(REQUIREMENTS, belief, np.random.default_rng(0), 100)
    assert alone >= 0.0
    assert standing(REQUIREMENTS, belief, np.random.default_rng(0), draws=100).regret == alone


def test_certainty_leaves_no_regret():
    """When theta is known almost exactly, the leader is the best role in every draw."""
    found = standing(OPPOSITES, belief_at([0.5], [[1e-6]]), np.random.default_rng(0))
    assert [found.regret, *found.first] == [0.0, 1.0, 0.0]


@given(some_responses)
@settings(properties, max_examples=30)
def test_ties_are_symmetric(responses):
    """If one role is tied with another, the other is tied with it; none is tied with itself."""
    tied = standing(REQUIREMENTS, believe(BANK, responses), np.random.default_rng(0), draws=200).tied
    assert np.array_equal(tied, tied.T)
    assert not tied.diagonal().any()


@pytest.mark.parametrize(("mean", "tied"), [(0.0, True), (0.35, True), (-0.35, True), (0.52, False), (-0.52, False)])
def test_roles_tie_when_the_lower_one_may_well_be_better(mean, tied):
    """Of opposites the lower is better with chance Phi(-|mean|) at SD 1; the border of a third lies at 0.4307."""
    found = standing(OPPOSITES, belief_at([mean], [[1.0]]), np.random.default_rng(1), draws=4_000)
    assert found.tied.tolist() == [[False, tied], [tied, False]]


def test_roles_far_apart_in_the_ranking_are_not_compared():
    """A tie is looked for among roles up to ten places apart, and found there."""
    many = one_trait(*(role(f"r{number}", fit=[signal("a", at_least=1 + 0.3 * number)]) for number in range(13)))
    found = standing(many, belief_at([0.0], [[1.0]]), np.random.default_rng(1))
    place = np.empty(13, dtype=int)
    place[found.order] = np.arange(13)
    for one in range(13):
        for other in range(one):
            upper, lower = sorted((one, other), key=lambda row: place[row])
            chance = np.mean(found.drawn[:, lower] > found.drawn[:, upper])
            near = place[lower] - place[upper] <= 10
            assert found.tied[one, other] == (near and chance >= 1 / 3)


def test_population_is_sorted_and_follows_the_prior():
    """The population's evidence is sorted role by role, and its median is that of the role at theta's median."""
    found = population_evidence(OPPOSITES, np.eye(1), np.random.default_rng(0))
    assert found.shape == (2_000, 2)
    assert (np.diff(found, axis=0) >= 0).all()
    assert np.median(found, axis=0) == pytest.approx([0.0, 0.0], abs=0.06)


@pytest.mark.parametrize("correlation", [-0.6, 0.0, 0.8])
def test_population_has_the_correlations_of_the_prior(correlation):
    """Evidence for a role that asks for two traits is spread as over numpy's own correlated normals (ks_2samp)."""
    both = role("both", fit=[signal("a", at_least=3), signal("b", at_least=3)])
    requirements = compile_requirements(catalogue([trait("a"), trait("b")], [statement("s", "a")], [both, HIGH]))
    prior = np.array([[1, correlation], [correlation, 1]])
    found = population_evidence(requirements, prior, np.random.default_rng(0))[:, 0]
    people = np.random.default_rng(9).multivariate_normal([0, 0], prior, size=20_000)
    expected = special.log_ndtr(people / 0.8).sum(axis=1) + 2 * math.log(2)
    assert stats.ks_2samp(found, expected).pvalue > 0.01


def test_match_is_the_share_of_people_with_less_evidence():
    """Match is counted out in plain loops: people with less evidence, averaged over draws, in per cent."""
    rng = np.random.default_rng(0)
    people, drawn = np.sort(rng.normal(size=(50, 3)), axis=0), rng.normal(size=(20, 3))
    drawn[0] = people[7]
    expected = [
        100 * np.mean([sum(person < draw for person in people[:, role]) / 50 for draw in drawn[:, role]])
        for role in range(3)
    ]
    assert match(people, drawn) == pytest.approx(expected, abs=1e-9)


def test_match_is_fifty_when_nothing_was_answered():
    """Who answered nothing stands at 50 for every role, within 2 points of sampling."""
    population = population_evidence(REQUIREMENTS, BANK.prior, np.random.default_rng(0))
    drawn = standing(REQUIREMENTS, believe(BANK, {}), np.random.default_rng(1), draws=10_000).drawn
    assert match(population, drawn) == pytest.approx(np.full(len(ROLES), 50.0), abs=2.0)


def test_match_of_someone_known():
    """Someone known to stand at theta has, for a role that wants more of one trait, the percentile Phi(theta)."""
    population = population_evidence(OPPOSITES, np.eye(1), np.random.default_rng(0))
    drawn = standing(OPPOSITES, belief_at([1.0], [[1e-8]]), np.random.default_rng(1)).drawn
    expected = 100 * stats.norm.cdf(1.0)
    assert match(population, drawn) == pytest.approx([expected, 100 - expected], abs=3.0)


def test_smallest_swap_of_opposites():
    """Roles that want opposite halves change places at 0: from 0.5 that is a change of -0.5, from -0.25 of +0.25."""
    assert smallest_swap(OPPOSITES, belief_at([0.5], [[0.3]]), 0, 1) == (0, -0.5)
    assert smallest_swap(OPPOSITES, belief_at([-0.25], [[0.3]]), 1, 0) == (0, 0.25)


@given(some_responses, st.integers(0, 3))
@settings(properties, max_examples=30)
def test_smallest_swap_swaps_there_and_not_before(responses, place):
    """At its change the lower role has caught up, 0.02 before it has not, and no other trait does it with less."""
    belief = believe(BANK, responses)
    spread = dict(zip(TRAITS, belief.variance[0], strict=True))
    here = dict(zip(TRAITS, belief.mean[0], strict=True))
    order = np.argsort(-np.array(evidence_by_hand(here, spread)), kind="stable")
    upper, lower = order[place], order[place + 1]

    def lead(about: str, change: float) -> float:
        moved = evidence_by_hand({**here, about: here[about] + change}, spread)
        return moved[upper] - moved[lower]

    swap = smallest_swap(REQUIREMENTS, belief, upper, lower)
    reach = 2.98 if swap is None else abs(swap.change) - 0.02
    if swap is not None:
        assert lead(TRAITS[swap.trait], swap.change) <= 1e-9
    for about in TRAITS:
        for change in np.linspace(-reach, reach, 9) if reach > 0 else ():
            assert lead(about, change) > -1e-9


def test_swap_goes_no_further_than_its_reach():
    """A change of 0.5 is found with a reach of 0.5 and not with 0.49; unless told otherwise the reach is 3 SD."""
    belief = belief_at([0.5], [[0.3]])
    assert smallest_swap(OPPOSITES, belief, 0, 1, reach=0.5) == (0, -0.5)
    assert smallest_swap(OPPOSITES, belief, 0, 1, reach=0.49) is None
    assert smallest_swap(OPPOSITES, belief_at([2.9], [[0.3]]), 0, 1) == (0, -2.9)
    assert smallest_swap(OPPOSITES, belief_at([3.1], [[0.3]]), 0, 1) is None


def shuffled(seed: int):
    """The catalogue with traits, items and roles in another order."""
    rng = np.random.default_rng(seed)

    def mix(values):
        return tuple(values[row] for row in rng.permutation(len(values)))

    return catalogue(mix(CATALOGUE.traits), mix(CATALOGUE.items), mix(CATALOGUE.roles))


@given(some_responses, st.integers(0, 1_000))
@settings(properties, max_examples=30)
def test_order_of_the_catalogue_is_irrelevant(responses, seed):
    """With traits, items and roles in another order each role has the same evidence, to 1e-9."""
    other = shuffled(seed)
    found = compile_requirements(other)
    belief, there = believe(BANK, responses), believe(compile_bank(other), responses)
    here = dict(zip(ROLES, evidence(REQUIREMENTS, belief.mean[0], belief.variance[0]), strict=True))
    assert dict(zip(found.roles, evidence(found, there.mean[0], there.variance[0]), strict=True)) == pytest.approx(
        here, abs=1e-9
    )


def test_order_of_the_catalogue_leaves_influence_alone():
    """An answer's influence on a signal does not depend on where trait, item and role stand in the catalogue."""
    other, responses = shuffled(3), {"leading-0": 4, "handy-or-sociable": 1, "orderly-2": 0}

    def by_signal(requirements, bank):
        found = influence(requirements, bank, believe(bank, responses)).T
        roles = [requirements.roles[row] for row in requirements.role]
        names = zip(roles, requirements.kinds, (wanted.trait for wanted in requirements.signals), strict=True)
        return {name: list(row) for name, row in zip(names, found, strict=True)}

    here = by_signal(REQUIREMENTS, BANK)
    there = by_signal(compile_requirements(other), compile_bank(other))
    assert there.keys() == here.keys()
    for name, expected in here.items():
        assert there[name] == pytest.approx(expected, abs=1e-9)


def test_decibans_are_tenths_of_a_power_of_ten():
    """log(10) nats are 10 decibans: ten times likelier."""
    assert math.log(10) * fit.DECIBANS == pytest.approx(10.0, abs=1e-14)


def test_answers_raise_the_role_they_speak_for():
    """Who agrees to all that a technician is asked for, and to no leading, has the technician first."""
    theta = {HANDY: 1.8, ORDERLY: 0.8, LEADING: -1.2}
    responses = answer_like(CATALOGUE.items, theta, np.random.default_rng(0))
    found = standing(REQUIREMENTS, believe(BANK, responses), np.random.default_rng(0))
    assert ROLES[found.order[0]] == "technician"
    assert found.first[found.order[0]] > 0.5
