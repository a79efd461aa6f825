"""The next item against the design's formula in plain loops, and against what answering really changes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from build import (
    HANDY,
    TRAITS,
    belief_at,
    believe,
    catalogue,
    neighbours,
    pair,
    properties,
    role,
    signal,
    statement,
    trait,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial.hermite_e import hermegauss
from scipy import special

from careerfit.engine.adaptive import (
    FEWEST_ITEMS,
    SETTLED_REGRET,
    Contest,
    choose,
    contest,
    expected_square_gradient,
    gains,
    is_settled,
)
from careerfit.engine.belief import Belief, compile_bank, estimate
from careerfit.engine.fit import compile_requirements
from careerfit.model import Catalogue

CATALOGUE = neighbours()
BANK = compile_bank(CATALOGUE)
REQUIREMENTS = compile_requirements(CATALOGUE)
ITEMS = [item.id for item in CATALOGUE.items]
NOTHING_ASKED = np.zeros(len(ITEMS), dtype=bool)

some_responses = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 4), max_size=10)

WANTS_HIGH = role("wants-high", fit=[signal("a", at_least=4)])
WANTS_LOW = role("wants-low", fit=[signal("a", at_most=2)])


def phi(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def chance_and_slope(low: float, high: float, mean: float, variance: float, tolerance: float) -> tuple[float, float]:
    """Z and d log Z / dm of design.md section 4, for one interval."""
    spread = math.sqrt(variance + tolerance**2)
    alpha, beta = (low - mean) / spread, (high - mean) / spread
    chance = special.ndtr(beta) - special.ndtr(alpha)
    return chance, (phi(alpha) - phi(beta)) / (spread * chance)


NODES, NODE_WEIGHTS = hermegauss(5)


def expected_and_slope(low: float, high: float, mean: float, variance: float) -> tuple[float, float]:
    """E[log Z] and its slope in the mean for one signal at tolerance 0.8, by numpy's quadrature."""
    at = [chance_and_slope(low, high, mean + math.sqrt(variance) * node, 0.0, 0.8) for node in NODES]
    shares = NODE_WEIGHTS / math.sqrt(2 * math.pi)
    return sum(shares * [math.log(z) for z, _g in at]), sum(shares * [g for _z, g in at])


def by_hand(entries: Catalogue, belief: Belief, contenders: int = 48) -> tuple[list[float], list[float]]:
    """Evidence of every role and gain of every item, from section 4 of design.md in plain loops."""
    mean, covariance = belief.mean[0], belief.covariance[0]
    place = {about.id: row for row, about in enumerate(entries.traits)}
    evidence, slopes = [], []
    for entry in entries.roles:
        total, slope = 0.0, [0.0] * len(place)
        for kind, group in (("fit", entry.fit), ("unfit", entry.unfit)):
            for wanted in group:
                low, high = wanted.interval
                if kind == "unfit":
                    low, high = (high, math.inf) if low == -math.inf else (-math.inf, low)
                row = place[wanted.trait]
                log_z, g = expected_and_slope(low, high, mean[row], covariance[row, row])
                anyone, _ = chance_and_slope(low, high, 0.0, 1.0, 0.8)
                total += wanted.weight * (log_z - math.log(anyone))
                slope[row] += wanted.weight * g
        evidence.append(total)
        slopes.append(slope)
    chosen = sorted(range(len(evidence)), key=lambda row: -evidence[row])[:contenders]
    weights = [math.exp(evidence[row] / 2) for row in chosen]
    shares = [weight / sum(weights) for weight in weights]
    average = [sum(p * slopes[row][t] for p, row in zip(shares, chosen, strict=True)) for t in range(len(place))]
    gain = []
    for item in entries.items:
        length = math.sqrt(sum(weight**2 for weight in item.weights.values()))
        d = [item.weights.get(about, 0.0) / length for about in place]
        turned = [sum(covariance[t, u] * d[u] for u in range(len(d))) for t in range(len(d))]
        along = sum(mean[t] * d[t] for t in range(len(d)))
        spread = sum(turned[t] * d[t] for t in range(len(d)))
        edges = [-math.inf, *item.thresholds, math.inf]
        told = 0.0
        for category in range(5):
            z, g = chance_and_slope(edges[category], edges[category + 1], along, spread, 1 / item.discrimination)
            told += z * g**2
        apart = 0.0
        for p, row in zip(shares, chosen, strict=True):
            apart += p * sum((slopes[row][t] - average[t]) * turned[t] for t in range(len(d))) ** 2
        gain.append(told * apart)
    return evidence, gain


@given(some_responses)
@properties
def test_gain_is_the_formula_of_the_design(responses):
    """Each item's gain is that of section 4's formula, written out here in plain loops."""
    belief = believe(BANK, responses)
    assert gains(REQUIREMENTS, BANK, belief)[0] == pytest.approx(by_hand(CATALOGUE, belief)[1], rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("row", range(0, len(ITEMS), 3))
def test_gain_is_the_uncertainty_an_answer_is_expected_to_take_away(row):
    """A first item's gain is what answering it is expected to take off the variance along the contenders' contrasts.

    Every answer is really given, weighed by its predicted probability; for a single answer the belief is exact.
    """
    prior = believe(BANK, {})
    contenders = contest(REQUIREMENTS, prior)
    expected = 0.0
    for category in range(5):
        later = believe(BANK, {ITEMS[row]: category})
        narrowed = prior.covariance[0] - later.covariance[0]
        along = np.einsum("ct,tu,cu->c", contenders.contrast[0], narrowed, contenders.contrast[0])
        expected += math.exp(later.log_predictive[0, 0]) * contenders.weight[0] @ along
    assert gains(REQUIREMENTS, BANK, prior)[0, row] == pytest.approx(expected, rel=1e-9)


def test_expected_square_gradient_by_hand():
    """Halves of a standard quantity through noise of SD 1: g is 1/sqrt(pi) either way, so its square is 1/pi."""
    halves = compile_bank(catalogue([trait("a")], [statement("s", "a", thresholds=(-90.0, -80.0, 0.0, 90.0))]))
    assert expected_square_gradient(halves, believe(halves, {}))[0, 0] == pytest.approx(1 / math.pi, abs=1e-12)


def test_gains_of_many_at_once():
    """Respondents looked at together have the gains each has alone."""
    rng = np.random.default_rng(4)
    items = np.array([rng.permutation(len(ITEMS))[:6] for _ in range(5)])
    responses = rng.integers(0, 5, size=items.shape)
    together = gains(REQUIREMENTS, BANK, estimate(BANK, items, responses))
    for row in range(5):
        alone = gains(REQUIREMENTS, BANK, estimate(BANK, items[row : row + 1], responses[row : row + 1]))
        assert together[row] == pytest.approx(alone[0], rel=1e-8)


@given(some_responses)
@properties
def test_contenders_are_weighed_by_half_their_evidence(responses):
    """Weights are the softmax of evidence over 2, largest first; the contrasts' weighted mean is 0."""
    belief = believe(BANK, responses)
    evidence = np.array(by_hand(CATALOGUE, belief)[0])
    found = contest(REQUIREMENTS, belief)
    assert found.weight[0] == pytest.approx(special.softmax(evidence[found.role[0]] / 2), abs=1e-9)
    assert sorted(found.role[0]) == list(range(len(CATALOGUE.roles)))
    assert (np.diff(found.weight[0]) <= 0).all()
    assert found.weight[0] @ found.contrast[0] == pytest.approx(np.zeros(4), abs=1e-12)


def test_forty_eight_roles_contend():
    """Of sixty roles the forty-eight with most evidence take part, in gains as in weights."""
    roles = [
        role(f"r{number}", fit=[signal(TRAITS[number % 4], at_least=1.5 + number / 24, weight=1 + number / 30)])
        for number in range(60)
    ]
    many = catalogue(CATALOGUE.traits, CATALOGUE.items, roles)
    requirements, belief = compile_requirements(many), believe(BANK, {"leading-0": 4, "handy-0": 0, "orderly-1": 3})
    evidence, gain = by_hand(many, belief)
    found = contest(requirements, belief)
    assert found.role[0].tolist() == sorted(range(60), key=lambda row: -evidence[row])[:48]
    assert found.weight[0].sum() == pytest.approx(1.0, abs=1e-12)
    assert gains(requirements, BANK, belief)[0] == pytest.approx(gain, rel=1e-8, abs=1e-12)
    assert by_hand(many, belief, contenders=60)[1] != pytest.approx(gain, rel=1e-3)


@given(some_responses, st.lists(st.booleans(), min_size=len(ITEMS), max_size=len(ITEMS)))
@properties
def test_an_asked_item_is_never_chosen(responses, asked):
    """Whatever was asked, the choice is another item, and of those the one with the largest gain."""
    mask = np.array(asked)
    belief = believe(BANK, responses)
    found = choose(REQUIREMENTS, BANK, belief, mask)
    left = [gain for gain, gone in zip(by_hand(CATALOGUE, belief)[1], asked, strict=True) if not gone]
    if found is None:
        assert max(left, default=0.0) < 1e-6
    else:
        assert not asked[found.item]
        assert found.gain == pytest.approx(max(left), rel=1e-8)


def test_nothing_is_chosen_when_everything_was_asked():
    """With no item left there is nothing to choose."""
    assert choose(REQUIREMENTS, BANK, believe(BANK, {}), ~NOTHING_ASKED) is None


def chosen(items, roles, traits=("a", "b"), **responses):
    entries = catalogue([trait(name) for name in traits], items, roles)
    bank = compile_bank(entries)
    asked = np.array([item.id in responses for item in items])
    return choose(compile_requirements(entries), bank, believe(bank, responses), asked)


def test_nothing_is_chosen_when_the_items_look_elsewhere():
    """Items about a trait that no role asks for, uncorrelated with those it does, would change nothing."""
    assert chosen([statement("s", "b"), statement("t", "b")], [WANTS_HIGH, WANTS_LOW]) is None


def test_nothing_is_chosen_between_equal_roles():
    """No item tells two roles with the same signals apart."""
    twins = [role(name, fit=[signal("a", at_least=4)], unfit=[signal("b", at_least=4)]) for name in ("one", "two")]
    assert chosen([statement("s", "a"), statement("t", "b")], twins) is None


def test_what_roles_agree_on_is_not_asked():
    """Of a trait that both roles ask for alike and one that divides them, the one that divides them is asked about."""
    both = signal("a", at_least=4)
    roles = [role("one", fit=[both, signal("b", at_least=4)]), role("two", fit=[both, signal("b", at_most=2)])]
    found = chosen([statement("s", "a", discrimination=2.0), statement("t", "b", discrimination=0.5)], roles)
    assert found.item == 1


def test_a_sharper_item_is_asked_before_a_blunter_one():
    """Of items that look at the same, the one with the larger discrimination tells more."""
    items = [statement("blunt", "a", discrimination=0.6), statement("sharp", "a", discrimination=1.4)]
    assert chosen(items, [WANTS_HIGH, WANTS_LOW]).item == 1


def test_a_trait_already_known_gives_way():
    """After six answers about one dividing trait the other is asked about, though its items are blunter."""
    roles = [
        role("one", fit=[signal("a", at_least=3), signal("b", at_least=3)]),
        role("two", fit=[signal("a", at_most=3), signal("b", at_most=3)]),
    ]
    items = [*(statement(f"a{copy}", "a", discrimination=1.1) for copy in range(8)), statement("b", "b")]
    assert chosen(items, roles).item == 0
    middle = dict(zip((f"a{copy}" for copy in range(6)), (2, 1, 3, 2, 1, 3), strict=True))
    assert items[chosen(items, roles, **middle).item].id == "b"


def test_equal_gains_go_to_the_first_item():
    """Of items that are alike, the one that comes first in the catalogue is asked first, the next one then."""
    items = [statement(name, "a") for name in ("first", "second", "third")]
    assert chosen(items, [WANTS_HIGH, WANTS_LOW]).item == 0
    assert chosen(items, [WANTS_HIGH, WANTS_LOW], first=2).item == 1


def test_keying_does_not_matter_to_the_choice():
    """A statement has the same gain whichever way it is keyed."""
    roles = [WANTS_HIGH, WANTS_LOW]
    upright = chosen([statement("s", "a")], roles)
    turned = chosen([statement("s", "a", keyed="negative")], roles)
    assert turned.gain == pytest.approx(upright.gain, rel=1e-12)


@pytest.mark.parametrize(
    ("item", "high", "low"),
    [
        (statement("s", "a"), 0, 1),
        (statement("s", "a", keyed="negative"), 1, 0),
        (pair("p", "b", "a"), 0, 1),
        (pair("p", "a", "b"), 1, 0),
    ],
)
def test_a_choice_says_what_its_answers_speak_for(item, high, low):
    """A high answer lifts the role that wants more of what the item looks at, a low answer the other."""
    found = chosen([item], [WANTS_HIGH, WANTS_LOW])
    assert (found.speaks_for, found.speaks_against) == ((high,), (low,))


def test_a_choice_names_two_roles_a_side_strongest_first():
    """Six contenders on both sides of a trait: the two strongest of each are named, the stronger before the weaker."""
    roles = [
        role(f"{side}-{weight}", fit=[signal("a", weight=weight, **bound)])
        for weight in (0.5, 2.0, 1.0)
        for side, bound in (("more", {"at_least": 3}), ("less", {"at_most": 3}))
    ]
    found = chosen([statement("s", "a")], roles)
    assert [roles[row].id for row in found.speaks_for] == ["more-2.0", "more-1.0"]
    assert [roles[row].id for row in found.speaks_against] == ["less-2.0", "less-1.0"]


def test_a_choice_names_those_that_really_contend():
    """A role out of the running is named after one in it, though an answer would move its evidence further."""
    sharp = [statement(f"b{copy}", "b", discrimination=1.5) for copy in range(5)]
    roles = [
        role("far", fit=[signal("b", at_most=1, weight=3), signal("a", at_least=3, weight=2)]),
        role("near", fit=[signal("b", at_least=5, weight=3), signal("a", at_least=3, weight=0.5)]),
        role("other", fit=[signal("b", at_least=5, weight=3), signal("a", at_most=3, weight=2)]),
    ]
    found = chosen([*sharp, statement("s", "a")], roles, **{item.id: 4 for item in sharp})
    assert [roles[row].id for row in found.speaks_for] == ["near", "far"]
    assert [roles[row].id for row in found.speaks_against] == ["other"]


@given(some_responses)
@settings(properties, max_examples=30)
def test_what_a_choice_speaks_for_is_lifted_by_a_high_answer(responses):
    """Answering 4 gives a role spoken for more evidence, relative to all contenders, than answering 0."""
    asked = np.array([item in responses for item in ITEMS])
    belief = believe(BANK, responses)
    found = choose(REQUIREMENTS, BANK, belief, asked)
    weight = contest(REQUIREMENTS, belief)
    highs, lows = (
        np.array(by_hand(CATALOGUE, believe(BANK, {**responses, ITEMS[found.item]: answer}))[0]) for answer in (4, 0)
    )
    change = highs - lows
    change -= average(weight, change)
    assert change[found.speaks_for[0]] > 0 > change[found.speaks_against[0]]


def average(contenders: Contest, values) -> float:
    return float(contenders.weight[0] @ np.asarray(values)[contenders.role[0]])


def test_order_of_the_catalogue_is_irrelevant_to_the_choice():
    """With traits, items and roles in another order the same item is asked, with the same gain."""
    rng = np.random.default_rng(2)
    responses = {"leading-0": 4, "handy-or-sociable": 1, "orderly-2": 0, "sociable-mixed": 2}
    here = choose(REQUIREMENTS, BANK, believe(BANK, responses), np.array([item in responses for item in ITEMS]))
    for _ in range(5):
        parts = (CATALOGUE.traits, CATALOGUE.items, CATALOGUE.roles)
        entries = catalogue(*([part[row] for row in rng.permutation(len(part))] for part in parts))
        bank = compile_bank(entries)
        asked = np.array([item.id in responses for item in entries.items])
        there = choose(compile_requirements(entries), bank, believe(bank, responses), asked)
        assert entries.items[there.item].id == ITEMS[here.item]
        assert there.gain == pytest.approx(here.gain, rel=1e-9)
        assert [entries.roles[row].id for row in there.speaks_for] == [
            CATALOGUE.roles[row].id for row in here.speaks_for
        ]


def test_a_known_person_needs_no_question():
    """When the traits are known to a thousandth of an SD, no item is worth asking."""
    assert choose(REQUIREMENTS, BANK, belief_at([0.3, 0.1, -0.4, 0.8], np.eye(4) * 1e-6), NOTHING_ASKED) is None


def test_correlated_traits_are_asked_for_each_other():
    """An item about a trait that no role asks for is worth asking when it goes with one that divides them."""
    entries = catalogue([trait("a"), trait("b", a=0.8)], [statement("s", "b")], [WANTS_HIGH, WANTS_LOW])
    bank = compile_bank(entries)
    found = choose(compile_requirements(entries), bank, believe(bank, {}), np.zeros(1, dtype=bool))
    assert (found.item, found.speaks_for) == (0, (0,))


@pytest.mark.parametrize(
    ("regret", "answered", "settled"),
    [
        (0.0, 0, False),
        (0.0, FEWEST_ITEMS - 1, False),
        (0.0, FEWEST_ITEMS, True),
        (0.999 * SETTLED_REGRET, FEWEST_ITEMS, True),
        (SETTLED_REGRET, FEWEST_ITEMS, False),
        (SETTLED_REGRET, 200, False),
    ],
)
def test_settled_takes_enough_answers_and_little_regret(regret, answered, settled):
    """The ranking is settled from the fewest answers on, when the expected regret is below its threshold."""
    assert is_settled(regret, answered) is settled


def test_the_handy_are_asked_about_hands():
    """Between a technician and a clerk who agree on the rest, the first item is about what divides them."""
    roles = [
        role("technician", fit=[signal(HANDY, at_least=4)]),
        role("clerk", unfit=[signal(HANDY, at_least=4)]),
    ]
    entries = catalogue(CATALOGUE.traits, CATALOGUE.items, roles)
    found = choose(compile_requirements(entries), BANK, believe(BANK, {}), NOTHING_ASKED)
    assert HANDY in CATALOGUE.items[found.item].weights
