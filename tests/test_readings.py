"""Explanations, comparisons and differences as documents: what sums to what, and against results built anew."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
import numpy as np
import pytest
from build import TRAITS, answer_like, answers, believe, instrument, properties, text
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal import speaking

from careerfit.comparison import compare, compare_roles
from careerfit.difference import difference, difference_of_catalogues
from careerfit.document import Result
from careerfit.engine.fit import SEED, evidence, posterior_draws
from careerfit.engine.instrument import Instrument
from careerfit.explanation import explain
from careerfit.model import Difference as Authored
from careerfit.model import Facts
from careerfit.readings import Comparison, Difference, Explanation
from careerfit.result import Stamp, build_result
from careerfit.terminal import plain
from careerfit.terminal.explanation_view import explanation_blocks

INSTRUMENT = instrument()
CATALOGUE = INSTRUMENT.catalogue
ITEMS = [item.id for item in CATALOGUE.items]
ROLES = [role.id for role in CATALOGUE.roles]
STAMP = Stamp(id="r1", created="2026-11-21T10:00:00Z", language="en", program="careerfit 0.1.0")
PERSON = answer_like(
    CATALOGUE.items[:20], dict(zip(TRAITS, (0.5, 0.9, -0.2, 0.1), strict=True)), np.random.default_rng(2)
)

some_responses = st.dictionaries(st.sampled_from(ITEMS), st.one_of(st.none(), st.integers(0, 4)), max_size=10)


def result_of(responses, name="r1", measured: Instrument = INSTRUMENT, **fields) -> Result:
    return build_result(measured, answers(responses, **fields), "limit", msgspec.structs.replace(STAMP, id=name))


def entry(result: Result, role: str):
    return next(ranked for ranked in result.ranking if ranked.role == role)


# Explanations


@given(some_responses, st.sampled_from(ROLES))
@settings(properties, max_examples=10)
def test_what_is_explained_is_what_the_result_says(responses, role):
    """Place and shares are those of the result; the shares sum to the evidence."""
    result = result_of(responses)
    explanation = explain(INSTRUMENT, result, role, "en")
    assert explanation.ranked == entry(result, role)
    assert sum(signal.evidence for signal in explanation.ranked.signals) == pytest.approx(
        explanation.ranked.evidence, abs=1e-9
    )
    assert explanation.roles == len(ROLES)


def test_an_explanation_speaks_the_language_asked_for():
    """Title and signals are told in it, whatever language the result was told in; nothing else changes."""
    result = result_of(PERSON)
    english, indonesian = (explain(INSTRUMENT, result, "planner", language).ranked for language in ("en", "id"))
    assert indonesian.title == "Planner (id)"
    assert {signal.text for signal in indonesian.signals} == {
        "orderly signal (id)",
        "leading signal (id)",
        "sociable signal (id)",
    }
    in_english = msgspec.structs.replace(indonesian, title=english.title, signals=english.signals)
    assert in_english == english


@given(st.lists(st.tuples(st.sampled_from(["met", "clash", "unsure"]), st.floats(-9, 9)), min_size=3, max_size=3))
@settings(properties)
def test_what_is_printed_of_a_sum_adds_up(shares):
    """The three parts make the total to the last digit, whatever the signals say."""
    explanation = explain(INSTRUMENT, result_of(PERSON), "planner", "en")
    signals = tuple(
        msgspec.structs.replace(signal, status=status, evidence=share)
        for signal, (status, share) in zip(explanation.ranked.signals, shares, strict=True)
    )
    explanation = msgspec.structs.replace(
        explanation, ranked=msgspec.structs.replace(explanation.ranked, signals=signals)
    )
    with speaking("en"):
        page = plain.render(explanation_blocks(explanation, CATALOGUE))
    (line,) = re.findall("^ *In favour .*", page, flags=re.MULTILINE)
    *parts, total = (Decimal(number) for number in re.findall(r"[+-]?\d+\.\d", line.replace("\N{MINUS SIGN}", "-")))
    assert len(parts) == 3
    assert sum(parts) == total


@pytest.mark.parametrize("role", ROLES)
def test_a_move_takes_the_role_where_it_says(role):
    """With the estimate moved by hand the role stands at the place told, before or behind the roles named."""
    result = result_of(PERSON)
    explanation = explain(INSTRUMENT, result, role, "en")
    belief = INSTRUMENT.believe(result.answers)
    aims = {move.aim for move in explanation.moves}
    rank = entry(result, role).rank
    assert rank == 1 or "up" in aims
    assert rank == len(ROLES) or "down" in aims
    for move in explanation.moves:
        moved = belief.mean[0].copy()
        moved[TRAITS.index(move.trait)] += move.change
        order = np.argsort(-evidence(INSTRUMENT.requirements, moved, belief.variance[0]), kind="stable")
        after = [ROLES[place] for place in order]
        assert after.index(role) + 1 == move.rank
        assert (move.rank > rank) == (move.aim == "down")
        for other in move.passes:
            assert (entry(result, other).rank < rank) == (move.aim != "down")
            assert (after.index(other) > after.index(role)) == (move.aim != "down")
        assert move.passes


def test_into_the_first_three_is_told_of_roles_further_down():
    """The fifth of five roles is told what takes it among the first three; the fourth needs only one place."""
    result = result_of(PERSON)
    aims = {
        ranked.rank: [m.aim for m in explain(INSTRUMENT, result, ranked.role, "en").moves] for ranked in result.ranking
    }
    assert "top3" in aims[5]
    assert not any("top3" in aims[rank] for rank in range(1, 5))
    assert "up" not in aims[1]
    assert "down" not in aims[5]


@pytest.mark.parametrize("role", ROLES)
def test_another_answer_is_the_sheet_scored_anew(role):
    """Place and change in evidence are those of a result with that one answer changed."""
    result = result_of(PERSON)
    for other in explain(INSTRUMENT, result, role, "en").other_answers:
        assert other.response == PERSON[other.item]
        assert abs(other.instead - other.response) == 1
        anew = entry(result_of({**PERSON, other.item: other.instead}), role)
        assert anew.rank == other.rank
        assert anew.evidence - entry(result, role).evidence == pytest.approx(other.evidence, abs=1e-6)


def test_questions_to_answer_next_are_open_and_ordered():
    """They are not answered yet, the most telling first; a skipped one is open."""
    responses = {**PERSON, "handy-0": None}
    questions = explain(INSTRUMENT, result_of(responses), "technician", "en").questions
    assert questions
    assert not {question.item for question in questions} & {
        item for item, said in responses.items() if said is not None
    }
    assert [q.reduction for q in questions] == sorted((q.reduction for q in questions), reverse=True)
    assert all(0 < question.reduction < 1 for question in questions)


def test_with_everything_answered_there_is_nothing_to_ask():
    """No question is left that would make the place surer."""
    everything = answer_like(CATALOGUE.items, dict.fromkeys(TRAITS, 0.3), np.random.default_rng(1))
    assert explain(INSTRUMENT, result_of(everything), "host", "en").questions == ()


def test_places_hold_eight_of_ten_draws():
    """Of the posterior draws at least eight in ten put the role between the two places, and both are reached."""
    result = result_of(PERSON)
    belief = INSTRUMENT.believe(result.answers)
    drawn = evidence(INSTRUMENT.requirements, posterior_draws(belief, np.random.default_rng(SEED)), 0.0)
    for index, role in enumerate(ROLES):
        place = 1 + (drawn > drawn[:, [index]]).sum(axis=1)
        best, worst = explain(INSTRUMENT, result, role, "en").places
        assert np.mean((best <= place) & (place <= worst)) >= 0.8
        assert {best, worst} <= set(place.tolist())


def test_nothing_answered_explains_nothing():
    """Without answers no signal is met or clashes, no answer can be another, and there are questions to begin with."""
    explanation = explain(INSTRUMENT, result_of({}), "head", "en")
    assert {signal.status for signal in explanation.ranked.signals} == {"unsure"}
    assert explanation.other_answers == ()
    assert explanation.questions


def test_a_role_that_is_not_there_cannot_be_explained():
    """An unknown id is a KeyError."""
    with pytest.raises(KeyError):
        explain(INSTRUMENT, result_of(PERSON), "baker", "en")


# Comparisons


@given(some_responses, st.permutations(ROLES))
@settings(properties, max_examples=10)
def test_traits_sum_to_the_difference_of_two_roles(responses, order):
    """Over the traits, what the first role has more of adds up to its evidence less the second's."""
    result = result_of(responses)
    comparison = compare(INSTRUMENT, result, order[0], order[1], "en")
    gap = entry(result, order[0]).evidence - entry(result, order[1]).evidence
    assert sum(trait.evidence for trait in comparison.traits) == pytest.approx(gap, abs=1e-9)
    sizes = [abs(trait.evidence) for trait in comparison.traits]
    assert sizes == sorted(sizes, reverse=True)


def test_turned_round_everything_speaks_for_the_other():
    """With the roles exchanged, evidence, influence and chance are the other way round."""
    result = result_of(PERSON)
    there, back = compare(INSTRUMENT, result, "head", "clerk", "en"), compare(INSTRUMENT, result, "clerk", "head", "en")
    assert there.chance == pytest.approx(1 - back.chance)
    turned = {trait.trait: trait for trait in back.traits}
    for trait in there.traits:
        assert trait.evidence == pytest.approx(-turned[trait.trait].evidence)
        assert (trait.first, trait.second) == (turned[trait.trait].second, turned[trait.trait].first)
        assert {a.item: a.influence for a in trait.answers} == pytest.approx(
            {a.item: -a.influence for a in turned[trait.trait].answers}
        )
    assert (there.first, there.second, there.swap, there.tied) == (back.second, back.first, back.swap, back.tied)


def test_an_answers_part_in_a_difference_is_what_its_absence_changes():
    """Taking the answer out, with nothing else on that trait, changes the difference by its influence."""
    responses = {"handy-0": 4, "leading-1": 3}
    comparison = compare(INSTRUMENT, result_of(responses), "technician", "clerk", "en")
    without = compare(INSTRUMENT, result_of({"leading-1": 3}), "technician", "clerk", "en")
    handy, handy_without = (
        next(trait for trait in made.traits if trait.trait == "handy") for made in (comparison, without)
    )
    influence = next(answer.influence for answer in handy.answers if answer.item == "handy-0")
    assert influence == pytest.approx(handy.evidence - handy_without.evidence, abs=1e-6)
    assert influence > 1


def test_the_question_separates_the_two_roles():
    """It is open, and about a trait on which the two roles ask for different things."""
    comparison = compare(INSTRUMENT, result_of({}), "technician", "clerk", "en")
    assert comparison.question is not None
    weights = CATALOGUE.item(comparison.question.item).weights
    assert set(weights) & {"handy", "leading"}


def with_contrast() -> Instrument:
    """The catalogue with a sentence on how the clerk differs from the planner, written at the clerk alone."""
    told = Authored(role="planner", text=text("keeps to the file"), source="editors")
    roles = [
        msgspec.structs.replace(role, differs_from=(told,)) if role.id == "clerk" else role for role in CATALOGUE.roles
    ]
    return Instrument.of(msgspec.structs.replace(CATALOGUE, roles=tuple(roles)))


@pytest.mark.parametrize("pair", [("planner", "clerk"), ("clerk", "planner")])
def test_what_is_written_on_either_side_is_told(pair):
    """What sets them apart is found whichever role it is written at, and says whom it is about."""
    measured = with_contrast()
    for made in (
        compare_roles(measured.catalogue, *pair, "id"),
        compare(measured, result_of(PERSON, measured=measured), *pair, "id"),
    ):
        assert [(apart.role, apart.text) for apart in made.apart] == [("clerk", "keeps to the file (id)")]


def test_without_a_result_the_catalogue_speaks_alone():
    """What both ask for is there, and whatever is about a person is left open."""
    comparison = compare_roles(CATALOGUE, "head", "planner", "en")
    assert comparison.result is comparison.chance is comparison.swap is comparison.question is None
    asked = {trait.trait: (len(trait.first), len(trait.second)) for trait in comparison.traits}
    assert asked == {"leading": (1, 1), "orderly": (0, 1), "handy": (1, 0), "sociable": (1, 1)}
    assert all(trait.evidence is trait.estimate is None for trait in comparison.traits)
    assert [gap.needs for gap in comparison.first.readiness] == ["bachelor", 5, 20]


def test_readiness_and_conditions_are_the_results_own():
    """Beside what roles ask stands what the respondent said."""
    result = result_of(PERSON, facts=Facts(education="diploma", years_experience=2, people_led=0))
    comparison = compare(INSTRUMENT, result, "head", "planner", "en")
    assert comparison.first.readiness == entry(result, "head").readiness
    assert [gap.gap for gap in comparison.first.readiness] == [1, 3, 20]


# Differences


@given(some_responses, some_responses)
@settings(properties, max_examples=8)
def test_named_answers_and_rest_sum_to_the_change(before, after):
    """For every role, and nothing but answers that moved is named."""
    older, newer = result_of(before, "old"), result_of(after, "new")
    made = difference(INSTRUMENT, older, newer, "en")
    said = [{item: answer for item, answer in given.items() if answer is not None} for given in (before, after)]
    moved = {item for item in ITEMS if said[0].get(item) != said[1].get(item)}
    assert {move.item for move in made.answers} == moved
    for role in made.roles:
        change = entry(newer, role.role).evidence - entry(older, role.role).evidence
        assert sum(share.evidence for share in role.shares) + role.rest == pytest.approx(change, abs=1e-7)
        assert {share.item for share in role.shares} == moved
        assert role.rank == (entry(older, role.role).rank, entry(newer, role.role).rank)


@pytest.mark.parametrize("seed", range(3))
def test_two_quizzes_are_told_apart_by_named_answers(seed):
    """At least 95% of the change in evidence is put down to answers by name."""
    rng = np.random.default_rng(seed)
    theta = dict(zip(TRAITS, rng.standard_normal(4), strict=True))
    sheets = [answer_like([CATALOGUE.items[row] for row in rng.permutation(32)[:16]], theta, rng) for _ in range(2)]
    made = difference(INSTRUMENT, result_of(sheets[0], "old"), result_of(sheets[1], "new"), "en")
    assert made.explained >= 0.95


def test_the_same_sheet_twice_is_no_difference():
    """Nothing moved, so there is nothing to explain."""
    made = difference(INSTRUMENT, result_of(PERSON, "old"), result_of(PERSON, "new"), "en")
    assert made.explained is None
    assert made.answers == ()
    assert all(role.rank[0] == role.rank[1] and role.noise is None and role.rest == 0.0 for role in made.roles)


def test_one_answer_changed_carries_the_change():
    """Of a sheet with one answer changed, that answer has nearly all of every role's change that can be told."""
    item = next(iter(PERSON))
    newer = {**PERSON, item: 4 - PERSON[item]}
    made = difference(INSTRUMENT, result_of(PERSON, "old"), result_of(newer, "new"), "en")
    assert [(move.item, move.before, move.after) for move in made.answers] == [(item, PERSON[item], newer[item])]
    assert made.explained >= 0.95


def test_a_move_between_tied_roles_is_noise():
    """Where the only roles passed were tied both times, the move says nothing."""
    tied_moves = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        theta = dict(zip(TRAITS, 0.5 * rng.standard_normal(4), strict=True))
        older, newer = (result_of(answer_like(CATALOGUE.items[:12], theta, rng), name) for name in ("old", "new"))
        above = [
            {role.role: {o.role for o in made.ranking if o.rank < role.rank} for role in made.ranking}
            for made in (older, newer)
        ]
        for role in difference(INSTRUMENT, older, newer, "en").roles:
            passed = above[0][role.role] ^ above[1][role.role]
            both = set(entry(older, role.role).tied_with) & set(entry(newer, role.role).tied_with)
            expected = role.rank[0] != role.rank[1] and passed <= both
            assert (role.noise == "tied") == expected
            tied_moves += expected
    assert tied_moves


def test_another_person_is_more_than_noise():
    """Somebody who answers everything the other way moves beyond what a second quiz of the first would do."""
    everything = answer_like(CATALOGUE.items, dict(zip(TRAITS, (2, 1, -2, 1), strict=True)), np.random.default_rng(4))
    opposite = {item: 4 - answer for item, answer in everything.items()}
    made = difference(INSTRUMENT, result_of(everything, "old"), result_of(opposite, "new"), "en")
    moved = [role for role in made.roles if abs(role.rank[1] - role.rank[0]) >= 3]
    assert moved
    assert all(role.noise is None for role in moved)


def test_of_two_catalogues_places_are_compared_and_nothing_is_explained():
    """Roles in both are told with their places; nothing is put down to answers."""
    fewer = msgspec.structs.replace(CATALOGUE, hash="sha256:1", roles=CATALOGUE.roles[1:])
    older, newer = result_of(PERSON, "old", Instrument.of(fewer)), result_of(PERSON, "new")
    made = difference_of_catalogues(CATALOGUE, older, newer, "en")
    assert not made.same_catalogue
    assert made.explained is None
    assert {role.role for role in made.roles} == set(ROLES[1:])
    assert all(role.shares == () and role.rest is role.noise is None for role in made.roles)


def test_documents_go_through_json_unharmed():
    """What is written as JSON is read back as it was."""
    result, other = result_of(PERSON), result_of({"handy-0": 4}, "new")
    for document, kind in (
        (explain(INSTRUMENT, result, "head", "en"), Explanation),
        (compare(INSTRUMENT, result, "head", "host", "en"), Comparison),
        (difference(INSTRUMENT, result, other, "en"), Difference),
    ):
        assert msgspec.json.decode(msgspec.json.encode(document), type=kind) == document


def test_estimates_of_a_comparison_are_those_of_the_belief():
    """Each trait carries the estimate and its standard error."""
    belief = believe(INSTRUMENT.bank, PERSON)
    for trait in compare(INSTRUMENT, result_of(PERSON), "head", "host", "en").traits:
        index = TRAITS.index(trait.trait)
        assert trait.estimate == pytest.approx(belief.mean[0, index])
        assert trait.standard_error == pytest.approx(belief.standard_error[0, index])
