"""The Result: shares, statuses, gaps and texts, and that it goes through JSON unharmed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
from build import (
    LEADING,
    TRAITS,
    answer_like,
    answers,
    believe,
    catalogue,
    instrument,
    properties,
    role,
    signal,
    statement,
    trait,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from careerfit.document import ConditionResult, ReadinessGap, Result
from careerfit.engine.fit import evidence, influence
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Conditions, Facts, Readiness, Wishes
from careerfit.result import (
    MOST_ANSWERS,
    SLIGHTEST_INFLUENCE,
    Stamp,
    build_result,
    condition_results,
    readiness_gaps,
    signal_status,
)

INSTRUMENT = instrument()
CATALOGUE = INSTRUMENT.catalogue
ITEMS = [item.id for item in CATALOGUE.items]
STAMP = Stamp(id="r1", created="2026-11-21T10:00:00Z", language="en", program="careerfit 0.1.0")
HANDY_PERSON = answer_like(
    CATALOGUE.items[:20], {"handy": 1.8, "orderly": 0.8, "leading": -1.5}, np.random.default_rng(0)
)

some_responses = st.dictionaries(st.sampled_from(ITEMS), st.one_of(st.none(), st.integers(0, 4)), max_size=12)


def result_of(responses, stopped="limit", stamp=STAMP, **fields) -> Result:
    return build_result(INSTRUMENT, answers(responses, **fields), stopped, stamp)


def leaves(value: object) -> Iterator[object]:
    """Every scalar of a JSON-like value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def decibans(nats: float) -> float:
    return 10 * math.log10(math.exp(nats))


@given(some_responses)
@settings(properties, max_examples=15)
def test_shares_sum_to_the_evidence(responses):
    """The signals' evidence of each role adds up to the role's, to 1e-9 decibans."""
    for entry in result_of(responses).ranking:
        assert sum(share.evidence for share in entry.signals) == pytest.approx(entry.evidence, abs=1e-9)


def test_evidence_is_in_decibans():
    """The result's evidence is 10 log10 of the likelihood ratio whose natural logarithm the engine has."""
    belief = believe(INSTRUMENT.bank, HANDY_PERSON)
    nats = evidence(INSTRUMENT.requirements, belief.mean[0], belief.variance[0])
    found = {entry.role: entry.evidence for entry in result_of(HANDY_PERSON).ranking}
    expected = {entry.id: decibans(value) for entry, value in zip(CATALOGUE.roles, nats, strict=True)}
    assert found == pytest.approx(expected, abs=1e-9)


def test_a_signal_by_hand():
    """One answer above the mean, theta 1/sqrt(pi), variance 1 - 1/pi, asked to be at level 3 or more: by hand.

    Z = Phi(m / sqrt(v + 0.64)) = Phi(0.5642 / 1.1497) = Phi(0.4907) = 0.6882; the evidence is the mean of
    10 log10(2 Phi(theta / 0.8)) over the posterior, by scipy.integrate.quad.
    """
    half = statement("s", "a", thresholds=(-3, -2, -1, 0))
    roles = [role("high", fit=[signal("a", at_least=3)]), role("low", fit=[signal("a", at_most=3)])]
    found = build_result(Instrument.of(catalogue([trait("a")], [half], roles)), answers({"s": 4}), "limit", STAMP)
    share = found.ranking[0].signals[0]
    assert share.estimate == pytest.approx(0.5642, abs=1e-4)
    assert share.standard_error == pytest.approx(0.8257, abs=1e-4)
    assert share.probability == pytest.approx(0.6882, abs=1e-4)
    expected, _ = integrate.quad(
        lambda x: stats.norm.pdf(x, 0.5642, 0.8257) * 10 * (stats.norm.logcdf(x / 0.8) / math.log(10) + math.log10(2)),
        -8,
        8,
    )
    assert share.evidence == pytest.approx(expected, abs=0.005)
    assert share.status == "met"
    assert found.ranking[1].signals[0].status == "clash"
    assert found.traits[0].percentile == 71


def test_ranking_is_by_evidence():
    """Ranks count from 1 in the order of evidence, every role once."""
    found = result_of(HANDY_PERSON).ranking
    assert [entry.rank for entry in found] == [1, 2, 3, 4, 5]
    assert [entry.evidence for entry in found] == sorted((entry.evidence for entry in found), reverse=True)
    assert {entry.role for entry in found} == {entry.id for entry in CATALOGUE.roles}


def test_the_right_role_stands_out():
    """Somebody handy and orderly who does not want to lead is a technician, ahead of most people for it."""
    first = result_of(HANDY_PERSON).ranking[0]
    assert first.role == "technician"
    assert first.match > 80
    assert first.confidence.first > 0.5


def test_nobody_is_better_than_a_hundred_in_a_hundred():
    """However clear the answers, the match says 99 at most."""
    items = [statement(f"s{copy}", "a", thresholds=(2.0, 2.5, 3.0, 3.5)) for copy in range(12)]
    small = Instrument.of(catalogue([trait("a")], items, [role("high", fit=[signal("a", at_least=5)])]))
    found = build_result(small, answers({item.id: 4 for item in items}), "limit", STAMP)
    assert found.ranking[0].match == 99


@pytest.mark.parametrize("responses", [{}, dict.fromkeys(ITEMS[:5])], ids=["nothing asked", "all skipped"])
def test_an_unanswered_quiz_says_nothing(responses):
    """Without answers every role matches as everybody does, no signal is met or clashes, and nothing is in favour."""
    found = result_of(responses)
    assert [entry.match for entry in found.ranking] == pytest.approx([50] * 5, abs=2)
    assert {share.status for entry in found.ranking for share in entry.signals} == {"unsure"}
    assert all(share.evidence < 0 for entry in found.ranking for share in entry.signals)
    assert found.quality.flags == ("unanswered",)
    assert found.contrast.traits == ()


@pytest.mark.parametrize(
    ("probability", "decibans_likelier", "status"),
    [
        (0.5, 1.01, "met"),
        (0.9, 3.0, "met"),
        (0.9, 0.99, "unsure"),
        (0.499, 4.0, "unsure"),
        (0.499, -1.01, "clash"),
        (0.01, -12.0, "clash"),
        (0.499, -0.99, "unsure"),
        (0.5, -2.0, "unsure"),
        (0.7, 0.0, "unsure"),
    ],
)
def test_status_takes_probability_and_a_noticeable_deciban(probability, decibans_likelier, status):
    """A signal is met or clashes when it is likelier than not and by a deciban likelier than for anyone that way."""
    assert signal_status(probability, probability / 10 ** (decibans_likelier / 10)) == status


def test_weight_does_not_change_a_status():
    """A signal that weighs little has little evidence and the same status as one that weighs much."""
    roles = [
        role(f"w{weight}", fit=[signal("a", at_least=4, weight=weight)], unfit=[signal("a", at_most=2, weight=weight)])
        for weight in (0.05, 1.0, 3.0)
    ]
    items = [statement(f"s{copy}", "a") for copy in range(6)]
    small = Instrument.of(catalogue([trait("a")], items, roles))
    found = build_result(small, answers({item.id: 4 for item in items}), "limit", STAMP)
    assert [[share.status for share in entry.signals] for entry in found.ranking] == [["met", "met"]] * 3
    heavy, middling, light = (entry.signals[0].evidence for entry in found.ranking)
    assert (heavy, light) == pytest.approx((3 * middling, 0.05 * middling), rel=1e-9)


def test_signals_are_told_as_written():
    """Each signal carries its kind, bound, weight, source and text, fit before unfit; bounds not given are left out."""
    found = next(entry for entry in result_of({}).ranking if entry.role == "planner")
    told = msgspec.to_builtins(found.signals)
    shown = [
        {key: value for key, value in entry.items() if key in ("kind", "trait", "weight", "text")} for entry in told
    ]
    assert shown == [
        {"kind": "fit", "trait": "orderly", "weight": 1.0, "text": "orderly signal"},
        {"kind": "fit", "trait": "leading", "weight": 1.0, "text": "leading signal"},
        {"kind": "unfit", "trait": "sociable", "weight": 0.5, "text": "sociable signal"},
    ]
    bounds = [{key: entry[key] for key in ("at_least", "at_most", "between") if key in entry} for entry in told]
    assert bounds == [{"at_least": 4.0}, {"between": (2.0, 4.0)}, {"at_least": 5.0}]
    assert {entry["source"] for entry in told} == {"editors"}


def test_answers_behind_a_signal_have_their_influence():
    """Listed with each signal are the answers that move it most, at most `MOST_ANSWERS`, largest first."""
    responses = {**HANDY_PERSON, ITEMS[25]: None}
    belief = believe(INSTRUMENT.bank, responses)
    moved = influence(INSTRUMENT.requirements, INSTRUMENT.bank, belief)
    place = 0
    found = {entry.role: entry for entry in result_of(responses).ranking}
    listed = 0
    for entry in CATALOGUE.roles:
        for share in found[entry.id].signals:
            behind = {
                item: (response, decibans(moved[row, place]))
                for row, (item, response) in enumerate(responses.items())
                if response is not None and abs(decibans(moved[row, place])) >= SLIGHTEST_INFLUENCE
            }
            told = {answer.item: (answer.response, answer.influence) for answer in share.answers}
            strongest = sorted((abs(moved_by) for _, moved_by in behind.values()), reverse=True)[:MOST_ANSWERS]
            assert sorted((abs(moved_by) for _, moved_by in told.values()), reverse=True) == pytest.approx(strongest)
            for item, (response, moved_by) in told.items():
                assert behind[item] == (response, pytest.approx(moved_by, abs=1e-9))
            sizes = [abs(answer.influence) for answer in share.answers]
            assert sizes == sorted(sizes, reverse=True)
            listed += len(sizes)
            place += 1
    assert listed > 20


EDUCATED = Readiness(education="bachelor", years_experience=5, people_led=20)


@pytest.mark.parametrize(
    ("facts", "gaps"),
    [
        (Facts(), (None, None, None)),
        (Facts(education="bachelor", years_experience=5, people_led=20), (0, 0, 0)),
        (Facts(education="master", years_experience=30, people_led=200), (0, 0, 0)),
        (Facts(education="diploma", years_experience=4, people_led=0), (1, 1, 20)),
        (Facts(education="secondary", years_experience=0, people_led=19), (2, 5, 1)),
        (Facts(education="primary"), (3, None, None)),
        (Facts(years_experience=2), (None, 3, None)),
        (Facts(people_led=0), (None, None, 20)),
    ],
)
def test_readiness_gaps(facts, gaps):
    """What is missing counts steps of education, years and people; more than asked is 0, not said is null."""
    found = readiness_gaps(role("head", fit=[signal("a", at_least=3)], readiness=EDUCATED), facts)
    assert found == (
        ReadinessGap(what="education", needs="bachelor", has=facts.education, gap=gaps[0]),
        ReadinessGap(what="years_experience", needs=5, has=facts.years_experience, gap=gaps[1]),
        ReadinessGap(what="people_led", needs=20, has=facts.people_led, gap=gaps[2]),
    )


@pytest.mark.parametrize(
    ("frequency", "wish", "status"),
    [
        ("never", "yes", "fine"),
        ("never", "depends", "fine"),
        ("never", "no", "fine"),
        ("never", None, "fine"),
        ("sometimes", "yes", "fine"),
        ("sometimes", "depends", "ask"),
        ("sometimes", "no", "clash"),
        ("sometimes", None, "unknown"),
        ("often", "yes", "fine"),
        ("often", "depends", "ask"),
        ("often", "no", "clash"),
        ("often", None, "unknown"),
    ],
)
@pytest.mark.parametrize("what", ["overtime", "on_call", "travel", "shifts"])
def test_condition_statuses(what, frequency, wish, status):
    """What never occurs is fine; otherwise yes is fine, depends worth asking, no a clash, and silence unknown."""
    calm = dict.fromkeys(("overtime", "on_call", "travel", "shifts"), "never")
    entry = role("head", conditions=Conditions(**{**calm, what: frequency}, place="plant"))
    found = condition_results(entry, Wishes(**{what: wish}))
    assert [condition.what for condition in found] == ["overtime", "on_call", "travel", "shifts"]
    expected = ConditionResult(what=what, role=frequency, respondent=wish, status=status)
    assert [condition for condition in found if condition.what == what] == [expected]
    assert {condition.status for condition in found if condition.what != what} == {"fine"}


def test_fit_readiness_and_conditions_are_never_added_together():
    """Facts and wishes change readiness and conditions and nothing else of the ranking."""
    stated = {"facts": Facts(education="primary", people_led=0), "conditions": Wishes(overtime="no", on_call="no")}
    plain, told = result_of(HANDY_PERSON), result_of(HANDY_PERSON, **stated)

    def fit_alone(entry):
        return msgspec.structs.replace(entry, readiness=(), conditions=())

    assert [fit_alone(entry) for entry in told.ranking] == [fit_alone(entry) for entry in plain.ranking]
    head = next(entry for entry in told.ranking if entry.role == "head")
    assert [gap.gap for gap in head.readiness] == [3, None, 20]
    assert [condition.status for condition in head.conditions] == ["clash", "clash", "unknown", "fine"]


@given(some_responses)
@settings(properties, max_examples=15)
def test_json_round_trip(responses):
    """A result written as JSON and read again is the same result."""
    found = result_of(responses, respondent="r", facts=Facts(people_led=2), conditions=Wishes(travel="depends"))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Result) == found


@pytest.mark.parametrize(
    "responses",
    [{}, dict.fromkeys(ITEMS, 4), dict.fromkeys(ITEMS, 0), {item: 4 * (row % 2) for row, item in enumerate(ITEMS)}],
    ids=["none", "all 4", "all 0", "contradicting"],
)
def test_every_number_is_finite(responses):
    """There is no NaN and no infinity anywhere, so that any JSON reader can read it."""
    built = msgspec.to_builtins(result_of(responses))
    assert all(math.isfinite(value) for value in leaves(built) if isinstance(value, float))
    assert json.loads(json.dumps(built, allow_nan=False)) == json.loads(msgspec.json.encode(result_of(responses)))


@given(some_responses)
@settings(properties, max_examples=15)
def test_numbers_stay_in_their_range(responses):
    """Percentiles lie in 0-100, probabilities in 0-1, the chances to be first sum to 1, and nobody is above all."""
    found = result_of(responses)
    assert all(0 <= entry.match <= 99 for entry in found.ranking)
    assert all(0 <= entry.percentile <= 100 for entry in found.traits)
    assert all(0 <= share.probability <= 1 for entry in found.ranking for share in entry.signals)
    assert all(entry.confidence.first <= entry.confidence.top3 <= 1 for entry in found.ranking)
    assert sum(entry.confidence.first for entry in found.ranking) == pytest.approx(1.0, abs=1e-9)


def test_the_same_answers_give_the_same_result():
    """Nothing is left to chance: the draws have a fixed seed, on a fresh instrument too."""
    assert build_result(instrument(), answers(HANDY_PERSON), "limit", STAMP) == result_of(HANDY_PERSON)


@given(some_responses)
@settings(properties, max_examples=15)
def test_ties_are_mutual_and_in_rank_order(responses):
    """A role lists those it is tied with, best first, and is listed by each of them."""
    found = result_of(responses).ranking
    tied = {entry.role: entry.tied_with for entry in found}
    places = {entry.role: entry.rank for entry in found}
    for name, others in tied.items():
        assert all(name in tied[other] for other in others)
        assert [places[other] for other in others] == sorted(places[other] for other in others)


def test_opposites_without_answers_are_tied():
    """Before anything is known, roles that want opposite halves of a trait cannot be told apart."""
    roles = [role("high", fit=[signal("a", at_least=3)]), role("low", fit=[signal("a", at_most=3)])]
    small = Instrument.of(catalogue([trait("a")], [statement("s", "a")], roles))
    found = build_result(small, Answers(), "respondent", STAMP).ranking
    assert {entry.role: entry.tied_with for entry in found} == {"high": ("low",), "low": ("high",)}


def test_contrast_accounts_for_the_difference():
    """Trait by trait, largest first, the contrast adds up to the lead of the first role over the second."""
    found = result_of(HANDY_PERSON)
    first, second = found.ranking[:2]
    assert (found.contrast.first, found.contrast.second) == (first.role, second.role)
    expected = dict.fromkeys(TRAITS, 0.0)
    for sign, entry in ((1, first), (-1, second)):
        for share in entry.signals:
            expected[share.trait] += sign * share.evidence
    told = {part.trait: part.evidence for part in found.contrast.traits}
    assert told == pytest.approx(
        {about: value for about, value in expected.items() if abs(value) >= SLIGHTEST_INFLUENCE}, abs=1e-9
    )
    sizes = [abs(part.evidence) for part in found.contrast.traits]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(told.values()) == pytest.approx(first.evidence - second.evidence, abs=4 * SLIGHTEST_INFLUENCE)


def test_contrast_says_what_would_change_it():
    """Moving the named estimate by the named change brings the second role level with the first, 0.02 less does not."""
    found = result_of(HANDY_PERSON)
    swap = found.contrast.swap
    belief = believe(INSTRUMENT.bank, HANDY_PERSON)
    rows = [[entry.id for entry in CATALOGUE.roles].index(entry.role) for entry in found.ranking[:2]]
    leads = []
    for change in (swap.change, swap.change - math.copysign(0.02, swap.change)):
        moved = belief.mean[0].copy()
        moved[TRAITS.index(swap.trait)] += change
        upper, lower = evidence(INSTRUMENT.requirements, moved, belief.variance[0])[rows]
        leads.append(upper - lower)
    assert leads[0] <= 0 < leads[1]


def test_one_role_has_nobody_to_be_contrasted_with():
    """A catalogue of one role gives a ranking of one, sure to be first, and no contrast."""
    small = catalogue([trait("a")], [statement("s", "a")], [role("only", fit=[signal("a", at_least=4)])])
    found = build_result(Instrument.of(small), answers({"s": 1}), "limit", STAMP)
    assert found.contrast is None
    assert [(entry.role, entry.confidence.first, entry.tied_with) for entry in found.ranking] == [("only", 1.0, ())]


def test_traits_are_the_belief_in_the_order_of_the_catalogue():
    """Each trait has its estimate, standard error and the percentile that scipy.stats gives the estimate."""
    belief = believe(INSTRUMENT.bank, HANDY_PERSON)
    found = result_of(HANDY_PERSON).traits
    assert [entry.trait for entry in found] == list(TRAITS)
    assert [entry.estimate for entry in found] == pytest.approx(list(belief.mean[0]), abs=1e-12)
    assert [entry.standard_error for entry in found] == pytest.approx(list(np.sqrt(np.diag(belief.covariance[0]))))
    assert [entry.percentile for entry in found] == [round(100 * stats.norm.cdf(entry.estimate)) for entry in found]


@pytest.mark.parametrize(
    ("language", "title", "name"), [("en", "Head", "Leading"), ("id", "Head (id)", "Leading (id)")]
)
def test_texts_are_in_the_language_asked_for(language, title, name):
    """Titles, names and signals are told in the stamp's language."""
    found = result_of({}, stamp=msgspec.structs.replace(STAMP, language=language))
    head = next(entry for entry in found.ranking if entry.role == "head")
    told = [entry.name for entry in found.traits if entry.trait == LEADING]
    assert (found.language, head.title, told) == (language, title, [name])
    assert head.signals[0].text.endswith("(id)") is (language == "id")


def test_what_was_handed_in_is_handed_on():
    """Stamp, stop reason, catalogue, respondent and answers stand in the result as they were; skips count as asked."""
    responses = {"leading-0": 4, "handy-0": None}
    found = result_of(responses, stopped="respondent", respondent="siti", facts=Facts(people_led=1))
    assert (found.schema, found.id, found.created, found.program) == (
        "careerfit/result/1",
        "r1",
        "2026-11-21T10:00:00Z",
        "careerfit 0.1.0",
    )
    assert (found.stopped, found.respondent, found.items_asked) == ("respondent", "siti", 2)
    assert (found.catalogue.name, found.catalogue.hash) == ("small", "sha256:0")
    assert found.answers == answers(responses, respondent="siti", facts=Facts(people_led=1))


def test_quality_is_told():
    """Random and one-note answers carry their flag into the result, with the indices."""
    rng = np.random.default_rng(2)
    random = result_of({item: int(rng.integers(0, 5)) for item in ITEMS}).quality
    uniform = result_of(dict.fromkeys(ITEMS[:12], 3)).quality
    assert (random.flags, random.log_evidence < 0 < random.spread) == (("inconsistent",), True)
    assert "uniform" in uniform.flags
    assert uniform.spread == 0.0


def test_an_item_from_elsewhere_is_refused():
    """An answered item that the catalogue does not have raises KeyError, naming it."""
    with pytest.raises(KeyError, match="elsewhere"):
        result_of({"elsewhere": 2})


def test_roles_that_ask_for_the_same_are_tied_and_share_the_first_place():
    """Two roles with equal signals have equal evidence in every draw: tied, and each first half of the time."""
    twins = [role(name, fit=[signal("a", at_least=4)]) for name in ("one", "two")]
    small = Instrument.of(catalogue([trait("a")], [statement("s", "a")], twins))
    ranking = build_result(small, answers({"s": 3}), "limit", STAMP).ranking
    assert [entry.tied_with for entry in ranking] == [("two",), ("one",)]
    assert [entry.confidence.first for entry in ranking] == [0.5, 0.5]
