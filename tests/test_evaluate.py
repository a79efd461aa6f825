"""Simulated people, ways of asking and figures, on a small catalogue and against numbers worked out independently."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from careerfit.engine import fit
from careerfit.engine.belief import Bank, category_probabilities, estimate
from careerfit.engine.evaluate import (
    STRATEGIES,
    Comparison,
    Strategy,
    ask,
    ask_adaptively,
    compare,
    expected_reduction,
    full_bank,
    outcome,
    percent_met,
    short_form,
)
from careerfit.engine.instrument import Instrument
from careerfit.engine.simulate import (
    DISCRIMINATIONS,
    NO_ROLE,
    draw_answers,
    draw_noise,
    general_people,
    people_of_roles,
)
from careerfit.model import (
    Answers,
    Catalogue,
    Conditions,
    Item,
    Pair,
    Readiness,
    Role,
    Side,
    Signal,
    Statement,
    Trait,
)
from careerfit.session import Session

NOTHING = {"en": "-"}
TRAITS = ("lead", "records", "machines", "host", "calm", "floor")
THRESHOLDS = ((-1.5, -0.5, 0.5, 1.5), (-1.0, -0.2, 0.6, 1.8), (-2.0, -1.0, 0.0, 0.7))


def signal(trait: str, **levels: object) -> Signal:
    return Signal(trait=trait, text=NOTHING, source="s", **levels)


def role(name: str, fit_signals: tuple[Signal, ...], unfit: tuple[Signal, ...] = ()) -> Role:
    return Role(
        id=name,
        title=NOTHING,
        family="f",
        summary=NOTHING,
        tasks=(),
        fit=fit_signals,
        unfit=unfit,
        conditions=Conditions(overtime="never", on_call="never", travel="never", shifts="never", place="office"),
        readiness=Readiness(education="secondary", years_experience=0, people_led=0),
    )


def build_items() -> tuple[Item, ...]:
    statements: list[Item] = [
        Statement(
            id=f"{trait}-{number}",
            text=NOTHING,
            trait=trait,
            keyed="negative" if number == 2 else "positive",
            thresholds=THRESHOLDS[(place + number) % 3],
        )
        for place, trait in enumerate(TRAITS)
        for number in range(3)
    ]
    pairs: list[Item] = [
        Pair(
            id=f"{left}-or-{right}",
            left=Side(text=NOTHING, trait=left),
            right=Side(text=NOTHING, trait=right),
        )
        for left, right in zip(TRAITS, TRAITS[1:] + TRAITS[:1], strict=True)
    ]
    return (*statements, *pairs)


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    """Six traits, 24 items, five roles; `lead` and `records` are correlated."""
    traits = tuple(
        Trait(id=name, name=NOTHING, low=NOTHING, high=NOTHING, correlates={"records": -0.3} if name == "lead" else {})
        for name in TRAITS
    )
    roles = (
        role("chief", (signal("lead", at_least=4), signal("calm", at_least=4)), (signal("records", at_least=4),)),
        role("clerk", (signal("records", at_least=4), signal("lead", at_most=2)), (signal("floor", at_least=4),)),
        role("operator", (signal("machines", at_least=4), signal("floor", at_least=4))),
        role("receptionist", (signal("host", at_least=4), signal("floor", between=(2, 4), weight=0.5))),
        role("foreman", (signal("lead", at_least=3), signal("floor", at_least=4)), (signal("host", at_least=4),)),
    )
    return Instrument.of(
        Catalogue(
            name="small",
            hash="",
            languages=("en",),
            sources=(),
            families=(),
            traits=traits,
            items=build_items(),
            roles=roles,
        )
    )


@pytest.fixture(scope="module")
def bank(instrument: Instrument) -> Bank:
    return instrument.bank


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture(scope="module")
def comparison(instrument: Instrument) -> Comparison:
    rng = np.random.default_rng(3)
    people = people_of_roles(instrument.requirements, len(TRAITS), 2_000, rng)
    return compare(instrument, people, (4, 8, 24, 60), rng)


# People


def test_people_meet_their_signals_more_than_the_population_does(instrument: Instrument, rng):
    """Every signal of every role is met by more of the role's people than of the population, or by nearly all."""
    requirements = instrument.requirements
    people = people_of_roles(requirements, len(TRAITS), 5_000, rng)
    for place, interval in zip(requirements.role, requirements.interval, strict=True):
        low, high = requirements.low[interval], requirements.high[interval]
        theta = people.theta[people.role == place, requirements.trait[interval]]
        population = stats.norm.cdf(high) - stats.norm.cdf(low)
        assert ((theta >= low) & (theta <= high)).mean() > population + 0.1


def test_a_trait_with_a_signal_follows_its_density(instrument: Instrument, rng):
    """`host` at least 4 gives the density phi(x) Phi((x - 0.75) / 0.5), normalised by numerical integration."""
    theta = people_of_roles(instrument.requirements, len(TRAITS), 10_000, rng)
    sample = theta.theta[theta.role == 3, TRAITS.index("host")]

    def density(x):
        return stats.norm.pdf(x) * stats.norm.cdf((x - 0.75) / 0.5)

    total = integrate.quad(density, -8, 8)[0]
    grid = np.linspace(-8, 8, 8_001)
    cumulative = integrate.cumulative_trapezoid(density(grid), grid, initial=0.0) / total
    assert stats.kstest(sample, lambda x: np.interp(x, grid, cumulative)).pvalue > 1e-3
    s = np.hypot(1.0, 0.5)  # mean of that skew normal: phi(b) / (s Phi(-b)) with b = 0.75 / s
    expected = stats.norm.pdf(0.75 / s) / (s * stats.norm.cdf(-0.75 / s))
    assert sample.mean() == pytest.approx(expected, abs=4 * sample.std() / np.sqrt(len(sample)))


def test_a_trait_without_a_signal_stays_standard_normal(instrument: Instrument, rng):
    """The operator says nothing about `calm`."""
    people = people_of_roles(instrument.requirements, len(TRAITS), 10_000, rng)
    assert stats.kstest(people.theta[people.role == 2, TRAITS.index("calm")], "norm").pvalue > 1e-3


def test_two_signals_on_one_trait_both_count(rng, instrument: Instrument):
    """At least 3 and at most 4 on one trait, as two signals, keeps people between the two."""
    both = role("both", (signal("lead", at_least=3),), (signal("lead", at_least=4),))
    catalogue = Catalogue(
        name="two",
        hash="",
        languages=("en",),
        sources=(),
        families=(),
        traits=instrument.catalogue.traits,
        items=instrument.catalogue.items,
        roles=(both,),
    )
    theta = people_of_roles(fit.compile_requirements(catalogue), len(TRAITS), 4_000, rng).theta[:, 0]

    def density(x, power=0):
        return x**power * stats.norm.pdf(x) * stats.norm.cdf(x / 0.5) * stats.norm.cdf((0.75 - x) / 0.5)

    expected = integrate.quad(density, -8, 8, args=(1,))[0] / integrate.quad(density, -8, 8)[0]
    assert theta.mean() == pytest.approx(expected, abs=4 * theta.std() / np.sqrt(len(theta)))


def test_roles_take_turns(instrument: Instrument, rng):
    """Twelve people of five roles: three of the first two roles, two of the others."""
    people = people_of_roles(instrument.requirements, len(TRAITS), 12, rng)
    assert np.bincount(people.role).tolist() == [3, 3, 2, 2, 2]


def test_the_general_population_has_the_prior_correlations(bank: Bank, rng):
    """The correlations of 20,000 people are the prior's, and nobody belongs to a role."""
    people = general_people(bank, 20_000, rng)
    np.testing.assert_allclose(np.cov(people.theta.T), bank.prior, atol=0.04)
    assert set(people.role) == {NO_ROLE}


# Answers


def test_answers_follow_the_category_probabilities(bank: Bank, rng):
    """5,000 people at one theta: chi-square of every item's answers against `category_probabilities`."""
    theta, n = np.array([[0.9, -1.1, 0.2, 0.0, -0.4, 1.6]]), 5_000
    noise = draw_noise(bank, rng)
    answers = draw_answers(bank, np.repeat(theta, n, axis=0), noise, rng)
    expected = n * category_probabilities(bank, theta, noise)[0]
    for item, counts in enumerate(expected):
        observed = np.bincount(answers[:, item], minlength=5)
        assert stats.chisquare(observed, counts * n / counts.sum()).pvalue > 1e-4


def test_discriminations_are_drawn_whatever_the_items_claim(bank: Bank, rng):
    """All items claim 1; the drawn ones fill 0.8-1.5."""
    discriminations = np.concatenate([1.0 / draw_noise(bank, rng) for _ in range(100)])
    assert stats.kstest(discriminations, stats.uniform(DISCRIMINATIONS[0], 0.7).cdf).pvalue > 1e-3


# Ways of asking


def simulated(instrument: Instrument, rng: np.random.Generator, n: int = 30) -> np.ndarray:
    people = people_of_roles(instrument.requirements, len(TRAITS), n, rng)
    return draw_answers(instrument.bank, people.theta, draw_noise(instrument.bank, rng), rng)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_with_all_items_every_way_of_asking_is_the_same(instrument: Instrument, rng, strategy: Strategy):
    """The same answers in another order give the same belief, and every item is asked once."""
    answers = simulated(instrument, rng)
    asked = ask(instrument, answers, strategy, (answers.shape[1],), rng)[answers.shape[1]]
    everything = full_bank(instrument.bank, answers)
    np.testing.assert_allclose(asked.mean, everything.mean, atol=1e-8)
    np.testing.assert_allclose(asked.covariance, everything.covariance, atol=1e-8)
    assert all(sorted(items) == list(range(answers.shape[1])) for items in asked.items)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_reported_beliefs_are_those_of_the_answers_given(instrument: Instrument, rng, strategy: Strategy):
    """At every reported length the belief is `estimate` of the sheet's answers to the items asked."""
    answers = simulated(instrument, rng)
    for k, belief in ask(instrument, answers, strategy, (3, 9), rng).items():
        given = np.take_along_axis(answers, belief.items, axis=1)
        assert given.shape == (30, k)
        alone = estimate(instrument.bank, belief.items[4:5], given[4:5])
        np.testing.assert_allclose(belief.mean[4], alone.mean[0], atol=1e-9)
        np.testing.assert_allclose(belief.covariance[4], alone.covariance[0], atol=1e-9)


def test_ours_asks_what_a_quiz_asks(instrument: Instrument, rng):
    """With every length reported, the items are those a `Session` chooses for the same answers, in its order."""
    answers = simulated(instrument, rng, n=4)
    chosen = ask(instrument, answers, "ours", range(1, 13), rng)[12].items
    for sheet, items in zip(answers, chosen, strict=True):
        session = Session(instrument, Answers())
        for item in items:
            assert session.choice is not None
            assert session.choice.item == item
            session = session.answer(instrument.catalogue.items[item].id, int(sheet[item]))


def test_the_first_answer_taken_in_once_is_taken_in_exactly(instrument: Instrument, rng):
    """One response has nothing to settle with: the second item is the same whether the first length is reported."""
    answers = simulated(instrument, rng)
    straight, stepwise = (ask(instrument, answers, "ours", lengths, rng)[2] for lengths in ((2,), (1, 2)))
    np.testing.assert_array_equal(straight.items, stepwise.items)


def test_batches_do_not_matter(instrument: Instrument, rng):
    """Seven at a time or all at once: the same items and beliefs."""
    answers = simulated(instrument, rng)
    one_by_one, together = (
        ask_adaptively(
            instrument.bank, answers, lambda belief: expected_reduction(instrument.bank, belief), (6,), batch=batch
        )[6]
        for batch in (7, 30)
    )
    np.testing.assert_array_equal(one_by_one.items, together.items)
    np.testing.assert_allclose(one_by_one.mean, together.mean, atol=1e-9)


def test_expected_reduction_is_the_mean_over_the_possible_answers(bank: Bank):
    """Worked out by answering: the prior's trace less the mean trace after each answer, weighted by its probability."""
    nobody = estimate(bank, np.zeros((1, 0), dtype=np.int64), np.zeros((1, 0), dtype=np.int64))
    expected = expected_reduction(bank, nobody)[0]
    for item in range(len(bank.noise)):
        after = estimate(bank, np.full((5, 1), item), np.arange(5)[:, np.newaxis])
        left = np.exp(after.log_predictive[:, 0]) @ after.variance.sum(axis=1)
        assert expected[item] == pytest.approx(nobody.variance.sum() - left, abs=1e-9)


def test_the_short_form_starts_with_the_item_that_tells_most_about_anyone(bank: Bank, rng):
    """Before any answer everybody is alike, so its first item has the largest expected reduction; none comes twice."""
    form = short_form(bank, 12, rng)
    nobody = estimate(bank, np.zeros((1, 0), dtype=np.int64), np.zeros((1, 0), dtype=np.int64))
    expected = expected_reduction(bank, nobody)[0]
    assert expected[form[0]] == pytest.approx(expected.max(), abs=1e-8)
    assert len(set(form)) == 12


def test_the_short_form_is_the_same_for_everybody(instrument: Instrument, rng):
    """A fixed form does not look at the answers."""
    items = ask(instrument, simulated(instrument, rng), "short-form", (8,), rng)[8].items
    assert (items == items[0]).all()


# Figures


def test_percent_met_by_hand(instrument: Instrument):
    """A calm leader at +1 who is at 0 elsewhere, worked out by hand from the five roles' signals."""
    theta = np.array([[1.0, 0.0, 0.0, 0.0, 1.0, 0.0]])
    expected = [3 / 3, 1 / 3, 0 / 2, 0.5 / 1.5, 2 / 3]
    np.testing.assert_allclose(percent_met(instrument.requirements, theta)[0], expected, atol=1e-12)


def test_roles_with_equal_scores_share_their_places():
    """By hand: alone in front; one of two in front; one of two for the third place; behind three."""
    scores = np.array([[9.0, 5, 3, 1], [9, 9, 3, 1], [5, 9, 5, 8], [1, 9, 8, 7]])
    truth = np.array([[4.0, 3, 2, 1], [1, 4, 0, 0], [5, 2, 0, 0], [6, 2, 1, 0]])
    result = outcome(scores, np.zeros(4, dtype=np.int64), truth)
    np.testing.assert_allclose(result.first, [1, 0.5, 0, 0])
    np.testing.assert_allclose(result.top3, [1, 1, 0.5, 0])
    np.testing.assert_allclose(result.regret, [0, 4 - 2.5, 5 - 2, 6 - 2])


def test_with_theta_known_the_right_role_is_far_above_chance(comparison: Comparison):
    """Five roles: chance is a fifth; scoring the true theta by its own evidence loses nothing."""
    assert comparison.known.first.mean() > 0.7
    assert comparison.known.top3.mean() > 0.95
    np.testing.assert_array_equal(comparison.known.regret, 0.0)


def test_answers_tell_more_the_more_there_are(comparison: Comparison):
    """On average the regret falls from 4 items to 8 to all, and right-first rises up to theta known."""
    ours = comparison.asked["ours"]
    regrets = [ours[4].regret.mean(), ours[8].regret.mean(), comparison.full.regret.mean()]
    assert regrets == sorted(regrets, reverse=True)
    assert ours[4].first.mean() < comparison.full.first.mean() < comparison.known.first.mean()


def test_ours_loses_least_early_on(comparison: Comparison):
    """After 4 of 24 items its mean regret is below every baseline's, on the same people and answers.

    Early and by regret, because every trait of this small catalogue is of use: after 8 items all ways are near alike.
    """
    ours = comparison.asked["ours"][4].regret
    for strategy in STRATEGIES[:-1]:
        more = comparison.asked[strategy][4].regret - ours
        assert more.mean() > more.std() / np.sqrt(len(more)), strategy


def test_lengths_of_the_whole_bank_and_beyond_are_left_out(comparison: Comparison):
    """There are 24 items: only 4 and 8 are reported apart from "all"."""
    assert all(list(results) == [4, 8] for results in comparison.asked.values())


def test_equal_seeds_give_equal_figures(instrument: Instrument):
    """Two runs from the same seed agree in every person; another seed does not."""

    def run(seed: int) -> Comparison:
        rng = np.random.default_rng(seed)
        return compare(instrument, people_of_roles(instrument.requirements, len(TRAITS), 60, rng), (5,), rng)

    one, again, other = run(5), run(5), run(6)
    for strategy in STRATEGIES:
        np.testing.assert_array_equal(one.asked[strategy][5], again.asked[strategy][5])
    np.testing.assert_array_equal(one.full, again.full)
    assert not np.array_equal(one.full.regret, other.full.regret)
