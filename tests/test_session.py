"""A quiz as a value: its answers are its only state, and it ends for a reason."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from build import answer_like, answers, catalogue, instrument, properties, role, signal, statement, trait
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from careerfit.engine import adaptive
from careerfit.engine.adaptive import FEWEST_ITEMS
from careerfit.engine.fit import evidence
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Facts, Wishes
from careerfit.session import DEFAULT_MAX_ITEMS, Session

INSTRUMENT = instrument()
ITEMS = [item.id for item in INSTRUMENT.catalogue.items]
SHARP = {"handy": 2.2, "orderly": 1.4, "leading": -1.6, "sociable": -0.5}
"""Somebody who is a technician and nothing else."""

SETTLED_REGRET = 0.25
"""The threshold here, nats: less is at stake among these five roles than in the shipped catalogue."""


@pytest.fixture(autouse=True, scope="module")
def small_stakes():
    """Hold the quizzes of this file to that threshold, whatever suits the shipped catalogue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adaptive, "SETTLED_REGRET", SETTLED_REGRET)
        yield


keys = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=7)


def begin(max_items: int = DEFAULT_MAX_ITEMS, **responses: int | None) -> Session:
    return Session(INSTRUMENT, answers(responses), max_items=max_items)


def press(session: Session, pressed) -> Session:
    """Answer whatever comes next with each key in turn, as long as anything comes."""
    for key in pressed:
        if session.next_item is None:
            return session
        session = session.answer(session.next_item.id, key)
    return session


def take(session: Session, theta=SHARP, seed: int = 0) -> Session:
    """Take the quiz to its end as a person at theta."""
    rng = np.random.default_rng(seed)
    while session.next_item is not None:
        item = session.next_item
        session = session.answer(item.id, answer_like([item], theta, rng)[item.id])
    return session


def few(number: int) -> Instrument:
    """An instrument with that many items and two roles they tell apart."""
    items = [statement(f"s{copy}", "a") for copy in range(number)]
    roles = [role("high", fit=[signal("a", at_least=4)]), role("low", fit=[signal("a", at_most=2)])]
    return Instrument.of(catalogue([trait("a")], items, roles))


def all_alike(number: int, **options) -> Session:
    """All items of `few` answered by someone whose leading role is clear."""
    return Session(few(number), answers({f"s{copy}": 4 for copy in range(number)}), **options)


@given(keys, st.integers(0, 4))
@settings(properties, max_examples=20)
def test_back_after_an_answer_is_where_it_was(pressed, key):
    """Going back after an answer gives equal answers, in the same order, and the same next item."""
    before = press(begin(), pressed)
    after = before.answer(before.next_item.id, key).back()
    assert after == before
    assert list(after.answers.responses.items()) == list(before.answers.responses.items())
    assert after.next_item == before.next_item


def test_back_reaches_the_start_and_stays_there():
    """Going back drops one response a time, skipped ones too; at the start there is nothing to drop."""
    session = press(begin(), [4, None, 2])
    lengths = [session.asked]
    for _ in range(4):
        session = session.back()
        lengths.append(session.asked)
    assert lengths == [3, 2, 1, 0, 0]


def test_back_takes_up_a_quiz_that_was_ended():
    """Going back after finishing lets the quiz go on with its last item."""
    session = press(begin(), [4, 1])
    last = list(session.answers.responses)[-1]
    reopened = session.finish().back()
    assert (reopened.stop_reason, reopened.next_item.id) == (None, last)


@given(keys)
@settings(properties, max_examples=20)
def test_replay_equals_live(pressed):
    """A session made from the saved answers is equal to the live one and goes on with the same item and regret."""
    live = press(begin(), pressed)
    saved = msgspec.json.decode(msgspec.json.encode(live.answers), type=Answers)
    replayed = Session(INSTRUMENT, saved)
    assert replayed == live
    assert replayed.next_item == live.next_item
    assert replayed.regret == live.regret
    assert np.array_equal(replayed.belief.mean, live.belief.mean)


def test_a_quiz_equals_a_sheet():
    """Answers from a quiz and the same answers from a sheet, in the catalogue's order, give the same belief."""
    live = take(begin())
    sheet = {item: live.answers.responses[item] for item in ITEMS if item in live.answers.responses}
    assert list(sheet) != list(live.answers.responses)
    assert begin(**sheet).belief.mean == pytest.approx(live.belief.mean, abs=1e-9)


@given(keys)
@settings(properties, max_examples=20)
def test_a_skip_leaves_the_belief_as_it_was(pressed):
    """Skipping an item changes no estimate and no uncertainty, counts as asked and not as answered."""
    before = press(begin(), pressed)
    after = before.answer(before.next_item.id, None)
    assert np.array_equal(after.belief.mean, before.belief.mean)
    assert np.array_equal(after.belief.covariance, before.belief.covariance)
    assert (after.asked, after.answered) == (before.asked + 1, before.answered)


def test_a_skipped_item_does_not_come_again():
    """Skipping everything leads through different items only."""
    session = press(begin(), [None] * 12)
    assert session.asked == len(session.answers.responses) == 12
    assert session.next_item.id not in session.answers.responses


def test_no_item_comes_twice():
    """A whole quiz asks each item once at most, and stops at its limit at the latest."""
    for seed in range(3):
        session, seen = begin(max_items=20), []
        rng = np.random.default_rng(seed)
        while session.next_item is not None:
            seen.append(session.next_item.id)
            session = session.answer(seen[-1], int(rng.integers(0, 5)))
        assert len(seen) == len(set(seen)) <= 20


def test_answering_leaves_the_earlier_session_alone():
    """A session is a value: answering, finishing and stating facts make new ones."""
    before = press(begin(), [4])
    item = before.next_item
    before.answer(item.id, 2)
    before.finish()
    before.state(facts=Facts(people_led=3))
    assert (before.asked, before.finished, before.answers.facts) == (1, False, Facts())
    assert before.next_item == item


def test_answering_again_replaces_the_response():
    """An item answered a second time counts once, with its last response, at its first place."""
    session = begin().answer("leading-0", 1).answer("handy-0", 2).answer("leading-0", 4)
    assert list(session.answers.responses.items()) == [("leading-0", 4), ("handy-0", 2)]


def test_a_quiz_goes_on_until_it_has_a_reason_to_stop():
    """In the middle of a quiz there is an item to ask and no reason to stop."""
    session = press(begin(), [3, 1])
    assert session.stop_reason is None
    assert session.next_item.id not in session.answers.responses


def test_it_stops_when_the_ranking_is_settled():
    """For somebody clear the quiz ends before its limit, with little regret after enough answers."""
    session = take(begin())
    assert session.stop_reason == "settled"
    assert FEWEST_ITEMS <= session.answered < DEFAULT_MAX_ITEMS
    assert session.regret < SETTLED_REGRET
    assert session.next_item is None


def test_it_was_not_settled_one_answer_earlier():
    """The quiz ends with the first answer that settles the ranking."""
    earlier = take(begin()).back()
    assert earlier.stop_reason is None
    assert earlier.answered < FEWEST_ITEMS or earlier.regret >= SETTLED_REGRET


def test_it_stops_when_nothing_is_left():
    """With all items answered, too few to settle anything, nothing is left to ask."""
    session = all_alike(3)
    assert (session.stop_reason, session.next_item, session.choice) == ("nothing-left", None, None)


def test_it_stops_at_the_limit():
    """At `max_items` items, skipped ones included, the quiz is over, though there is more to ask; before it is not."""
    session = press(begin(max_items=4), [4, None, 2, None])
    assert (session.stop_reason, session.next_item) == ("limit", None)
    assert session.choice is not None
    assert session.back().stop_reason is None


def test_it_stops_when_the_respondent_ends_it():
    """Finished by the respondent, there is no next item though one would be worth asking."""
    session = press(begin(), [4]).finish()
    assert (session.stop_reason, session.next_item) == ("respondent", None)
    assert session.choice is not None


def test_the_respondent_comes_before_all_other_reasons():
    """A quiz that is settled, has nothing left and is at its limit was still ended by the respondent."""
    assert all_alike(FEWEST_ITEMS, max_items=FEWEST_ITEMS).finish().stop_reason == "respondent"


def test_settled_comes_before_nothing_left_and_limit():
    """With everything asked and the limit reached, a settled ranking is the reason."""
    session = all_alike(FEWEST_ITEMS, max_items=FEWEST_ITEMS)
    assert session.choice is None
    assert session.asked == session.max_items
    assert session.stop_reason == "settled"


def test_nothing_left_comes_before_the_limit():
    """With everything asked just at the limit, it is not the limit that ended the quiz."""
    assert all_alike(3, max_items=3).stop_reason == "nothing-left"


def test_skips_do_not_settle_a_ranking():
    """A clear leader after too few answers is not settled by skipping items."""
    names = [f"s{copy}" for copy in range(FEWEST_ITEMS + 5)]
    clear = dict.fromkeys(names[: FEWEST_ITEMS - 1], 4)
    session = Session(few(FEWEST_ITEMS + 10), answers({**dict.fromkeys(names), **clear}))
    assert session.asked > FEWEST_ITEMS
    assert session.regret < SETTLED_REGRET
    assert session.stop_reason is None


def test_progress_starts_at_nothing_and_ends_at_all():
    """Progress is 0 before the first answer, within the sampling of its draws, and 1 when the ranking is settled."""
    assert begin().progress == pytest.approx(0.0, abs=0.05)
    assert take(begin()).progress == 1.0


@given(keys)
@settings(properties, max_examples=20)
def test_progress_is_even_in_the_logarithm_of_regret(pressed):
    """In between, regret falls by the same factor for every step of progress; beyond the ends it stays 0 or 1."""
    session = press(begin(), pressed)
    start = INSTRUMENT.initial_regret
    shown = start ** (1 - session.progress) * SETTLED_REGRET**session.progress
    assert shown == pytest.approx(min(start, max(SETTLED_REGRET, session.regret)), rel=1e-12)
    assert 0.0 <= session.progress <= 1.0


def test_regret_at_the_start_by_quadrature():
    """Before any answer regret is what the better of two opposites has over either, over everybody: scipy.integrate."""

    def missed(x: float) -> float:
        less = special.log_ndtr((-x - 0.75) / 0.8) - special.log_ndtr((x - 0.75) / 0.8)
        return stats.norm.pdf(x) * max(0.0, less)

    expected, _ = integrate.quad(missed, -8, 8, points=[0.0])
    assert few(1).initial_regret == pytest.approx(expected, rel=0.15)
    assert Session(few(1), Answers()).regret == pytest.approx(expected, rel=0.25)


def test_progress_of_roles_that_nearly_agree():
    """Where little regret is at stake from the start, progress is full from the start."""
    roles = [role("one", fit=[signal("a", at_least=3)]), role("two", fit=[signal("a", at_least=3.01)])]
    near = Instrument.of(catalogue([trait("a")], [statement("s", "a")], roles))
    assert Session(near, Answers()).progress == 1.0


def test_facts_and_conditions_are_kept_apart_from_the_responses():
    """Stating facts or conditions changes these alone: responses, belief and next item stay."""
    before = press(begin(), [4, 1])
    facts, wishes = Facts(education="bachelor", years_experience=2), Wishes(overtime="no")
    after = before.state(facts=facts).state(conditions=wishes)
    assert (after.answers.facts, after.answers.conditions) == (facts, wishes)
    assert after.answers.responses == before.answers.responses
    assert np.array_equal(after.belief.mean, before.belief.mean)
    assert after.next_item == before.next_item


def test_facts_survive_answers_and_going_back():
    """What was stated before stays through answers and on the way back."""
    facts = Facts(people_led=4)
    session = press(begin().state(facts=facts), [4, 3]).back()
    assert session.answers.facts == facts


def test_an_item_from_elsewhere_is_refused():
    """Answers to an item that the catalogue does not have raise KeyError, naming it."""
    with pytest.raises(KeyError, match="elsewhere"):
        _ = begin(elsewhere=3).belief


def test_the_technician_is_found():
    """Of 20 people who are technicians and answer with ordinary luck, at least 14 end with the technician first."""
    leaders = []
    for seed in range(20):
        belief = take(begin(), SHARP, seed).belief
        found = evidence(INSTRUMENT.requirements, belief.mean[0], belief.variance[0])
        leaders.append(INSTRUMENT.catalogue.roles[int(np.argmax(found))].id)
    assert leaders.count("technician") >= 14
