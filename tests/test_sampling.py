"""Figures counted on few people say how far chance may have moved them, and nothing is advised within that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from build import neighbours
from scipy import stats

from careerfit.engine.advice import advise, undecided
from careerfit.engine.appraisal import Appraisal, Bin
from careerfit.engine.appraise import NOISE, appraise
from careerfit.engine.instrument import Instrument
from careerfit.engine.sampling import Z, reach, spread_error, standard_error, wilson
from careerfit.engine.separation import Pair
from careerfit.terminal import plain
from careerfit.terminal.evaluation_view import Settings, evaluation_blocks

SEEDS = 10


def appraised(people: int, seed: int) -> Appraisal:
    return appraise(Instrument.of(neighbours()), people, NOISE["usual"], 30, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def many() -> list[Appraisal]:
    """The same catalogue, tried on other people again and again."""
    return [appraised(40, seed) for seed in range(SEEDS)]


@pytest.mark.parametrize(("right", "people"), [(0, 4), (3, 4), (4, 4), (50, 60), (5, 960), (960, 960), (1, 1)])
def test_a_share_has_the_interval_of_wilson(right, people):
    """As scipy has it, and without its correction for continuity."""
    expected = stats.binomtest(right, people).proportion_ci(stats.norm.cdf(Z) - stats.norm.cdf(-Z), method="wilson")
    assert wilson(right / people, people) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert reach(right / people, people) == pytest.approx(
        max(right / people - expected.low, expected.high - right / people)
    )


def test_an_interval_holds_the_truth_as_often_as_it_says():
    """Worked out from the binomial distribution, not simulated: 95 in 100 on the average of all shares."""
    people = 40
    counts = np.arange(people + 1)
    low, high = np.transpose([wilson(count / people, people) for count in counts])
    shares = np.linspace(0.005, 0.995, 199)
    holds = [stats.binom.pmf(counts, people, share)[(low <= share) & (share <= high)].sum() for share in shares]
    assert np.mean(holds) == pytest.approx(0.95, abs=0.01)
    assert min(holds) > 0.82


def test_without_chance_an_interval_is_its_share():
    assert wilson(0.3, 40, z=0.0) == (pytest.approx(0.3), pytest.approx(0.3))
    assert wilson(0.5, 0) == (0.0, 1.0), "of nobody nothing is known"


def test_errors_of_means_and_spreads():
    """A mean's is scipy's; a normal spread's is s / sqrt(2 n), and that of two points that are as frequent is 0."""
    values = np.random.default_rng(3).standard_normal(20_000) * 3.0 + 1.0
    assert standard_error(values) == pytest.approx(stats.sem(values))
    assert spread_error(values) == pytest.approx(3.0 / np.sqrt(2 * 20_000), rel=0.05)
    assert spread_error(np.array([0.0, 2.0] * 50)) == pytest.approx(0.0)
    assert spread_error(np.ones(5)) == 0.0
    heavy = np.random.default_rng(4).exponential(size=(2_000, 400))
    assert spread_error(heavy[0]) == pytest.approx(heavy.std(axis=1).std(), rel=0.35)


@pytest.mark.parametrize(
    ("figure", "error"),
    [
        (lambda one: one.full.regret, lambda one: one.full.regret_standard_error),
        (lambda one: one.traits[0].known, lambda one: one.traits[0].known_standard_error),
        (lambda one: one.traits[2].known_full, lambda one: one.traits[2].known_full_standard_error),
        (lambda one: one.roles[1].spread, lambda one: one.roles[1].spread_standard_error),
        (lambda one: one.traits[1].moves, lambda one: one.traits[1].moves_standard_error),
        *((lambda one, n=n: one.items[n].gain, lambda one, n=n: one.items[n].gain_standard_error) for n in (0, 9, 20)),
    ],
)
def test_figures_differ_between_runs_as_much_as_they_say(many, figure, error):
    """The standard deviation over runs with other people is what each run states, as far as so few runs can tell."""
    seen, stated = np.std([figure(one) for one in many], ddof=1), np.mean([error(one) for one in many])
    low, high = np.sqrt(stats.chi2.ppf([0.001, 0.999], SEEDS - 1) / (SEEDS - 1))
    assert low < seen / stated < high


def test_shares_of_first_places_differ_between_runs_as_much_as_they_say(many):
    """Nineteen in twenty runs are within their interval of the mean over all runs."""
    for role in range(5):
        shares = [one.roles[role].share / 5 for one in many]
        within = [low <= np.mean(shares) <= high for low, high in (wilson(share, 80) for share in shares)]
        assert sum(within) >= SEEDS - 2


def quiet(appraisal: Appraisal) -> Appraisal:
    """An appraisal that gives rise to nothing."""
    return replace(
        appraisal,
        pairs=(),
        roles=tuple(
            one._replace(share=1.0, spread=1.0, spread_standard_error=0.0, neighbour=None) for one in appraisal.roles
        ),
        traits=tuple(one._replace(moves=1.0, known_full=0.9) for one in appraisal.traits),
        items=tuple(one._replace(asked=0.5, gain=0.5) for one in appraisal.items),
        takes=appraisal.takes._replace(same_or_tied=0.9, among_three=0.95),
        confidence=(),
        confidence_drawn=(),
    )


def pair_with(known: float):
    def change(one: Appraisal, people: int) -> Appraisal:
        return replace(one, pairs=(Pair(0, 1, people, 0.70, known, people, 1, 1.0, 0.5),))

    return change


def role_with(**figures: float):
    def change(one: Appraisal, people: int) -> Appraisal:
        error = 1.0 / np.sqrt(2 * people)
        changed = one.roles[0]._replace(**figures)
        changed = changed._replace(spread_standard_error=changed.spread * error)
        return replace(one, roles=(changed, *one.roles[1:]), general=people)

    return change


def trait_with(figure: str, value: float):
    def change(one: Appraisal, people: int) -> Appraisal:
        changed = one.traits[0]._replace(**{figure: value, f"{figure}_standard_error": 0.5 / np.sqrt(people)})
        return replace(one, traits=(changed, *one.traits[1:]))

    return change


def idle_item(one: Appraisal, people: int) -> Appraisal:
    changed = one.items[0]._replace(asked=0.0, gain=0.2, gain_standard_error=0.0)
    return replace(one, items=(changed, *one.items[1:]), people=people)


def takes_with(**figures: float):
    def change(one: Appraisal, people: int) -> Appraisal:
        return replace(one, takes=one.takes._replace(**figures), people=people)

    return change


def sure(one: Appraisal, people: int) -> Appraisal:
    return replace(one, confidence=(Bin(people, 0.86, 0.72),), confidence_drawn=(Bin(0, None, None),))


LINES = {
    "pair-question": pair_with(0.99),
    "pair-level": pair_with(0.80),
    "favourite": role_with(share=3.3),
    "never-first": role_with(share=0.15),
    "common": role_with(spread=0.22),
    "trait-idle": trait_with("moves", 0.20),
    "trait-unknown": trait_with("known_full", 0.55),
    "items-idle": idle_item,
    "unsteady": takes_with(same_or_tied=0.65),
    "overconfident": sure,
}
"""Code to what puts its figure a little beyond the line, counted on so many people."""


@pytest.mark.parametrize("code", LINES)
def test_nothing_is_advised_that_may_be_chance(many, code):
    """The same figure is advice when it is of many people, and with few it is only said that it is open."""
    still = quiet(many[0])
    assert advise(still) == ()
    assert undecided(still) == 0
    few, enough = LINES[code](still, 30), LINES[code](still, 4_000)
    assert advise(few) == ()
    assert undecided(few) == 1
    assert [one.code for one in advise(few, 0.0)] == [code]
    assert [one.code for one in advise(enough)] == [code]
    assert undecided(enough) == 0


def test_what_is_counted_in_the_catalogue_has_no_error(many):
    """A trait that no role uses, or no item asks about, is named on however few people."""
    still = quiet(many[0])
    first, second, *others = still.traits
    odd = replace(still, people=1, traits=(first._replace(roles=0), second._replace(items=0), *others))
    assert [one.code for one in advise(odd)] == ["trait-unused", "trait-unasked"]


def test_the_page_says_how_far_chance_goes(many):
    """Beside shares stands ±, and what may be chance is said to be open, without advice."""
    settings = Settings(1, "usual", 30)
    page = plain.render(evaluation_blocks(many[0], neighbours(), settings, "en"))
    first = many[0].full.first
    (row,) = [line.split() for line in page.splitlines() if line.startswith("    ±")][:1]
    assert row[-2] == str(round(100 * reach(first, 40)))
    few = sure(quiet(many[0]), 30)
    page = plain.render(evaluation_blocks(few, neighbours(), settings, "en"))
    assert "surer than it is right" not in page
    assert "Of one more thing these figures do not tell whether it is chance" in page
    enough = plain.render(evaluation_blocks(sure(quiet(many[0]), 4_000), neighbours(), settings, "en"))
    assert "surer than it is right, by up to 14 points" in enough
    assert "whether it is chance" not in enough
