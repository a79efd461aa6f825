"""The appraisal of a catalogue: figures that can be worked out by hand, and what an author is told."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import msgspec
import numpy as np
import pytest
from build import catalogue, instrument, neighbours, pair, role, signal, statement, trait
from conftest import SMALL
from jsonschema import Draft202012Validator
from scipy import stats

from careerfit.catalogue.schema import document_schemas
from careerfit.cli.evaluate import evaluate_folder, evaluation_document
from careerfit.engine import fit
from careerfit.engine.advice import Advice, advise, favourite_from
from careerfit.engine.appraisal import Appraisal, Bin
from careerfit.engine.appraise import NOISE, appraise
from careerfit.engine.evaluate import ask, full_bank
from careerfit.engine.instrument import Instrument
from careerfit.engine.separation import hardest, likely_scores, separation
from careerfit.engine.simulate import draw_answers, draw_noise, people_of_roles
from careerfit.engine.sitting import EvidenceTable, sit, standard_belief, verdicts
from careerfit.model import Answers, Catalogue
from careerfit.session import Session
from careerfit.terminal import plain
from careerfit.terminal.advice_view import advice_text
from careerfit.terminal.evaluation_view import Settings, evaluation_blocks

LIMIT = 30
SETTINGS = Settings(1, "usual", LIMIT)


def statements(*traits: str, each: int = 6):
    return [
        statement(f"{about}-{copy}", about, keyed="negative" if copy % 2 else "positive")
        for about in traits
        for copy in range(each)
    ]


def appraised(made: Catalogue, people: int = 240, seed: int = 1, noise=NOISE["usual"]) -> Appraisal:
    return appraise(Instrument.of(made), people, noise, LIMIT, np.random.default_rng(seed))


def codes(appraisal: Appraisal) -> list[str]:
    return [one.code for one in advise(appraisal)]


def unbalanced() -> Catalogue:
    """Five traits and three roles: one asks for what nearly everybody has, and one trait is in no role."""
    names = ("lead", "exact", "machines", "host", "calm")
    roles = [
        role("chief", fit=[signal("lead", at_least=5), signal("exact", at_least=5), signal("machines", at_most=1)]),
        role("fitter", fit=[signal("machines", at_least=5), signal("exact", at_most=1), signal("lead", at_most=1)]),
        role("anyone", fit=[signal("host", at_least=1)]),
    ]
    return catalogue([trait(name) for name in names], statements(*names), roles)


@pytest.fixture(scope="module")
def near() -> Appraisal:
    return appraised(neighbours(), 200)


@pytest.fixture(scope="module")
def tilted() -> Appraisal:
    return appraised(unbalanced())


# Sittings


@pytest.fixture(scope="module")
def sheets():
    made = instrument()
    rng = np.random.default_rng(11)
    people = people_of_roles(made.requirements, 4, 40, rng)
    return made, draw_answers(made.bank, people.theta, draw_noise(made.bank, rng), rng)


def test_a_table_looks_up_what_the_formula_gives(sheets):
    made, _answers = sheets
    theta = np.random.default_rng(2).standard_normal((500, 4)) * 1.5
    looked_up = EvidenceTable.of(made.requirements).evidence(theta)
    assert np.allclose(looked_up, fit.evidence(made.requirements, theta, 0.0), atol=3e-4)


def test_a_verdict_is_what_the_quiz_says(sheets):
    """Leader, regret, confidence and ties of one respondent after the other, from the same draws."""
    made, answers = sheets
    belief = standard_belief(made, answers[:12], 10)
    verdict = verdicts(made, EvidenceTable.of(made.requirements), belief)
    for person in range(12):
        one = belief.of(np.array([person]))
        standing = fit.standing(made.requirements, one, np.random.default_rng(fit.SEED), 256)
        leader = standing.order[0]
        assert verdict.leader[person] == leader
        assert verdict.regret[person] == pytest.approx(made.regret(one), abs=1e-3)
        assert verdict.confidence[person] == pytest.approx(standing.first[leader], abs=0.01)
        assert verdict.tied[person].tolist() == standing.tied[leader].tolist()


def test_a_sitting_ends_where_the_quiz_ends(sheets):
    """`Session` asks the same people one question at a time, and stops after as many."""
    made, answers = sheets
    sitting = sit(made, answers, (12,), LIMIT)
    for sheet, length, ended in zip(answers[:8], sitting.length, sitting.ended, strict=False):
        session = Session(made, Answers(), max_items=LIMIT)
        while session.stop_reason is None:
            assert session.choice is not None
            item = made.catalogue.items[session.choice.item].id
            session = session.answer(item, int(sheet[session.choice.item]))
        assert length == session.asked
        assert ended == (session.stop_reason != "limit")


def test_scores_of_a_sitting_are_those_of_asking(sheets):
    """After 12 items they are those of `evaluate.ask`, which the benches use, asked likewise."""
    made, answers = sheets
    sitting = sit(made, answers, (12,), LIMIT)
    asked = ask(made, answers, "ours", range(1, 13), np.random.default_rng(0))[12]
    assert np.allclose(sitting.scores[12], fit.evidence(made.requirements, asked.mean, asked.variance), atol=1e-9)


# Pairs


def test_separation_counts_both_kinds_of_people():
    """Two of two people of the first role and one of two of the second have theirs above: 3/4; a draw counts half."""
    scores = np.array([[2.0, 1.0], [3.0, 0.0], [0.0, 1.0], [5.0, 1.0]])
    role = np.array([0, 0, 1, 1])
    assert separation(scores, role)[0, 1] == 0.75
    assert separation(np.zeros((4, 2)), role)[0, 1] == 0.5
    assert hardest(np.array([[0.5, 0.9, 0.8], [0.9, 0.5, 0.7], [0.8, 0.7, 0.5]])).tolist() == [2, 2, 1]
    assert hardest(np.array([[0.5]])) is None


def test_likely_scores_are_like_those_of_the_whole_bank():
    """Guessed from what the answers leave open, pairs are told apart as often as by the answers themselves."""
    made = instrument()
    rng = np.random.default_rng(4)
    people = people_of_roles(made.requirements, 4, 2_000, rng)
    belief = full_bank(made.bank, draw_answers(made.bank, people.theta, made.bank.noise, rng))
    really = separation(fit.evidence(made.requirements, belief.mean, belief.variance), people.role)
    guessed = separation(likely_scores(made.requirements, people.theta, belief.variance, rng), people.role)
    assert np.abs(really - guessed).max() < 0.05


def test_identical_roles_are_confused_half_the_time_and_no_trait_splits_them():
    same = [signal("lead", at_least=4), signal("exact", at_most=2)]
    roles = [role("one", fit=same), role("other", fit=same), role("third", fit=[signal("exact", at_least=4)])]
    made = catalogue([trait("lead"), trait("exact")], statements("lead", "exact"), roles)
    appraisal = appraised(made)
    worst = appraisal.pairs[0]
    assert {worst.role, worst.neighbour} == {0, 1}
    assert worst.separated == pytest.approx(0.5)
    assert worst.known == pytest.approx(0.5)
    assert worst.trait is None
    assert appraisal.roles[0].share == pytest.approx(appraisal.roles[1].share)
    assert "pair-same" in codes(appraisal)


def test_the_trait_on_which_two_roles_differ_splits_them():
    """They agree on `lead` and differ on `exact`, which is hardly asked about."""
    lead = signal("lead", at_least=4)
    roles = [
        role("one", fit=[lead, signal("exact", at_least=3.5)]),
        role("other", fit=[lead, signal("exact", at_most=2.5)]),
    ]
    items = [*statements("lead", each=8), statement("exact-0", "exact", discrimination=0.3)]
    made = catalogue([trait("lead"), trait("exact")], items, roles)
    (only,) = appraised(made, noise=(0.3, 0.31)).pairs
    assert only.trait == 1
    assert only.unknown > 0.8
    assert only.known > only.separated + 0.1


# Roles


def test_a_role_that_asks_for_what_everybody_has_is_a_favourite(tilted):
    """`anyone` asks for a level that 93 in 100 have; its share with theta known is worked out with scipy."""
    lead, exact, machines, host = np.random.default_rng(8).standard_normal((4, 20_000))

    def high(theta):
        return stats.norm.logcdf((theta - 1.5) / 0.8) - stats.norm.logcdf(-1.5 / np.hypot(1.0, 0.8))

    chief, fitter = high(lead) + high(exact) + high(-machines), high(machines) + high(-exact) + high(-lead)
    common = stats.norm.logcdf((host + 1.5) / 0.8) - stats.norm.logcdf(1.5 / np.hypot(1.0, 0.8))
    expected = 3 * ((common > chief) & (common > fitter)).mean()
    anyone = tilted.roles[2]
    assert anyone.share_known == pytest.approx(expected, abs=0.08)
    assert anyone.share > favourite_from(3)
    assert anyone.spread < min(one.spread for one in tilted.roles[:2]) / 4
    assert Advice("favourite", (2,), figure=anyone.share) in advise(tilted)
    assert {"common", "trait-unused"} <= set(codes(tilted))


def test_a_role_that_hardly_anybody_gets_is_named(near):
    """Surely below a quarter of the equal share, and not at it; Wilson's interval is scipy's."""
    shares = (1.75, 0.15, 0.05, 1.5, 1.55)
    for share, below in ((0.15, False), (0.05, True)):
        interval = stats.binomtest(round(share / 5 * near.general), near.general).proportion_ci(method="wilson")
        assert bool(5 * interval.high < 0.25) is below
    roles = tuple(one._replace(share=share) for one, share in zip(near.roles, shares, strict=True))
    assert [one for one in advise(replace(near, roles=roles)) if one.code == "never-first"] == [
        Advice("never-first", (2,), figure=0.05)
    ]


@pytest.mark.parametrize(("roles", "line"), [(2, 1.5), (3, 2.0), (4, 2.5), (5, 3.0), (48, 3.0)])
def test_a_favourite_takes_three_shares_or_half_way_to_all(roles, line):
    assert favourite_from(roles) == line


def test_shares_of_first_places_sum_to_all(near):
    assert sum(one.share for one in near.roles) == pytest.approx(len(near.roles))
    assert sum(one.share_known for one in near.roles) == pytest.approx(len(near.roles))


def test_a_single_role_has_no_neighbour():
    made = catalogue([trait("lead")], statements("lead"), [role("only", fit=[signal("lead", at_least=4)])])
    appraisal = appraised(made, 20)
    assert appraisal.pairs == ()
    assert appraisal.roles[0].neighbour is None
    assert appraisal.full.first == 1.0
    document = msgspec.to_builtins(evaluation_document(appraisal, made, SETTINGS, "en"))
    json.dumps(document, allow_nan=False)


# Traits and items


def test_an_item_on_a_trait_that_no_signal_uses_earns_nothing(tilted):
    made = unbalanced()
    calm = [index for index, item in enumerate(made.items) if item.trait == "calm"]
    assert [tilted.items[index].gain for index in calm] == [0.0] * 6
    assert [tilted.items[index].asked for index in calm] == [0.0] * 6
    (idle,) = (one for one in advise(tilted) if one.code == "items-idle")
    assert set(calm) <= set(idle.items)
    assert tilted.traits[4] == tilted.traits[4]._replace(roles=0, moves=0.0)


def test_traits_without_enough_questions_are_named():
    """One loose question explains little of `exact`, none asks about `host`."""
    roles = [
        role("one", fit=[signal("lead", at_least=4), signal("exact", at_least=4)]),
        role("other", fit=[signal("exact", at_most=2), signal("host", at_least=4)]),
    ]
    items = [*statements("lead", each=10), statement("exact-0", "exact")]
    appraisal = appraised(catalogue([trait("lead"), trait("exact"), trait("host")], items, roles), 60)
    assert appraisal.traits[2].known_full == pytest.approx(0.0, abs=1e-9)
    named = {one.code: one.traits for one in advise(appraisal) if one.traits and not one.roles}
    assert named == {"trait-unknown": (1,), "trait-unasked": (2,)}


def test_asked_shares_sum_to_the_items_asked(near):
    assert sum(one.asked for one in near.items) == pytest.approx(near.standard)
    assert all(0.0 <= one.gain <= 1.0 for one in near.items)


# The quiz


def test_two_takes_without_noise_agree():
    """Whoever answers the same twice gets the same: discriminations beyond any doubt, nothing left to chance."""
    appraisal = appraised(neighbours(), 100, noise=(1e9, 2e9))
    assert appraisal.takes[1:] == (1.0, 1.0, 1.0, 1.0)
    assert "unsteady" not in codes(appraisal)


def test_ties_can_only_add_to_agreement(near):
    takes = near.takes
    assert takes.same <= takes.same_or_tied_once <= takes.same_or_tied
    assert takes.same <= takes.among_three


def test_more_questions_and_less_noise_find_the_right_role_oftener(near):
    assert near.hits[12].first < near.full.first < near.known.first
    low, high = (appraised(neighbours(), 100, noise=NOISE[level]).full.first for level in ("low", "high"))
    assert low > high


def test_confidence_is_near_the_truth_in_the_population(near):
    """Within four standard errors in every bin, with the noise that the items claim on the average."""
    assert sum(one.people for one in near.confidence) == 400
    for one in near.confidence:
        if one.people:
            error = np.sqrt(0.25 / one.people)
            assert abs(one.stated - one.true) < 4 * error


def test_overconfidence_is_named(near):
    """Where Wilson's interval of what is right lies ten points or more below what is said."""
    sure = replace(near, confidence=(*near.confidence[:4], Bin(200, 0.9, 0.7)))
    assert Advice("overconfident", figure=pytest.approx(0.2)) in advise(sure)
    for people, said in ((10, False), (40, False), (200, True)):
        high = stats.binomtest(round(0.7 * people), people).proportion_ci(method="wilson").high
        assert bool(0.9 - high > 0.1) is said
        assert ("overconfident" in codes(replace(near, confidence=(Bin(people, 0.9, 0.7),)))) is said


def test_a_small_bank_ends_by_itself(small):
    appraisal = appraised(small, 60)
    assert appraisal.length == (10.0, 10.0, 10.0, 1.0)
    assert (appraisal.standard, appraisal.hits) == (10, {})


def test_seeds_reproduce():
    three = appraised(neighbours(), 20, seed=3)
    assert three == appraised(neighbours(), 20, seed=3)
    assert three != appraised(neighbours(), 20, seed=4)


def test_every_role_has_people():
    assert appraised(neighbours(), 1).people == 20


def test_progress_is_told_in_order():
    told: list[str] = []
    appraise(instrument(), 20, NOISE["usual"], LIMIT, np.random.default_rng(1), told.append)
    assert told == ["first take", "second take", "pairs", "population", "whole bank"]


# What is printed


def every_advice() -> list[Advice]:
    return [
        *(Advice(code, (0, 1), (0,), figure=0.7) for code in ("pair-level", "pair-question")),
        Advice("pair-same", (0, 1), figure=0.5),
        *(Advice(code, (0,), figure=3.2) for code in ("favourite", "never-first", "common")),
        *(Advice(code, traits=(0,), figure=0.2) for code in ("trait-unused", "trait-unasked", "trait-idle")),
        Advice("trait-unknown", traits=(0,), figure=0.4),
        Advice("items-idle", items=tuple(range(8))),
        Advice("unsteady", figure=0.5),
        Advice("overconfident", figure=0.2),
    ]


def test_every_advice_is_a_sentence_of_its_own():
    told = [advice_text(one, neighbours(), "en") for one in every_advice()]
    assert len(set(told)) == len(told)
    assert all("{" not in text for text in told)
    assert "“Head” and “Planner”: 30 in 100" in told[0]
    assert "leading-0, leading-1" in told[10]
    assert len({one.code for one in every_advice()}) == 13


def test_the_page_fits_eighty_columns_and_ends_with_what_to_do(tilted):
    page = plain.render(evaluation_blocks(tilted, unbalanced(), SETTINGS, "en"))
    report, end = page.split("What to do next\n")
    assert max(len(line) for line in report.splitlines()) <= 80
    assert "“Anyone” is a favourite" in end
    assert "No role needs “Calm”" in end


def test_the_page_says_when_nothing_stands_out(near):
    quiet = replace(
        near,
        pairs=(),
        roles=tuple(one._replace(share=1.0, spread=1.0, neighbour=None) for one in near.roles),
        traits=tuple(one._replace(moves=1.0, known_full=0.9) for one in near.traits),
        items=tuple(one._replace(asked=0.5, gain=0.5) for one in near.items),
        takes=near.takes._replace(same_or_tied=0.9, among_three=0.9),
        confidence=(),
        confidence_drawn=(),
    )
    assert advise(quiet) == ()
    assert "Nothing stands out" in plain.render(evaluation_blocks(quiet, neighbours(), SETTINGS, "en"))


def test_the_document_has_its_keys_and_no_nan(tilted):
    made = unbalanced()
    document = json.loads(
        json.dumps(msgspec.to_builtins(evaluation_document(tilted, made, SETTINGS, "en")), allow_nan=False)
    )
    assert list(document) == [
        *("schema", "program", "language", "catalogue", "people", "people_in_general", "people_theta_known"),
        *("seed", "noise", "discriminations"),
        *("standard_items", "right_role", "two_takes", "length", "confidence", "roles", "pairs", "traits", "items"),
        *("next", "undecided", "unbalanced"),
    ]
    assert document["schema"] == "careerfit/evaluation/1"
    Draft202012Validator(document_schemas()["evaluation"]).validate(document)
    assert [one["items"] for one in document["right_role"]["by_items"]] == [12, 16, 20, 24]
    assert [one["role"] for one in document["roles"]] == ["chief", "fitter", "anyone"]
    assert [one["trait"] for one in document["traits"]] == ["lead", "exact", "machines", "host", "calm"]
    assert set(document["items"][0]) == {"item", "asked", "gain", "gain_standard_error"}
    assert set(document["pairs"][0]) == {
        *("roles", "people", "told_apart", "people_theta_known", "told_apart_theta_known"),
        *("trait", "difference", "unknown"),
    }
    assert set(document["next"][0]) == {"code", "roles", "traits", "items", "figure", "text"}
    assert {len(bins) for bins in document["confidence"].values()} == {5}


def test_the_command_prints_a_document_and_tells_its_progress(capfd, monkeypatch, tmp_path):
    monkeypatch.setenv("CAREERFIT_HOME", str(tmp_path))
    evaluate_folder(SMALL, 12, 5, "high", as_json=True)
    printed = capfd.readouterr()
    document = json.loads(printed.out)
    assert (document["people"], document["seed"], document["noise"]) == (12, 5, "high")
    assert document["discriminations"] == [0.5, 1.0]
    assert len(printed.err.splitlines()) == 5
    evaluate_folder(SMALL, 12, 5, "high", as_json=False)
    assert len(capfd.readouterr().out.splitlines()) > 30


def test_the_appraisal_is_documented():
    """Every field is in the docstring, with what it means."""
    assert all(f"{field.name}:" in (Appraisal.__doc__ or "") for field in fields(Appraisal))


def test_pairs_of_items_count_for_both_traits():
    """A pair looks along both of its traits."""
    roles = [role("one", fit=[signal("lead", at_least=4)]), role("other", fit=[signal("exact", at_least=4)])]
    made = catalogue([trait("lead"), trait("exact")], [pair("q", "lead", "exact")], roles)
    assert [one.items for one in appraised(made, 8).traits] == [1, 1]
