"""The interview and the reality check as values: what a reply changes, what the next screen shows."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from terminal import speaking

from careerfit.engine.instrument import Instrument
from careerfit.model import CONDITIONS, EDUCATION_ORDER, Answers, Facts, Wishes
from careerfit.session import Session
from careerfit.terminal.dialogue import Question, Screen
from careerfit.terminal.interview import FACTS, OPENING, WILLINGNESS, Interview
from careerfit.terminal.reality import PER_ROLE, RealityCheck, reality_check
from careerfit.words import PEOPLE, YEARS


@pytest.fixture(autouse=True)
def _english():
    with speaking("en"):
        yield


@pytest.fixture
def interview(small) -> Interview:
    return Interview(Session(Instrument.of(small), Answers()), 0, "en")


@pytest.fixture
def at_items(interview) -> Interview:
    """The interview after an opening in which everything was skipped."""
    return after(interview, *["skip"] * len(OPENING))


def after(dialogue, *replies):
    for reply in replies:
        dialogue = dialogue.reply(reply)
    return dialogue


def reach(interview: Interview, name: str) -> Interview:
    return after(interview, *["skip"] * OPENING.index(name))


# The opening


def test_facts_and_conditions_come_before_the_items(interview):
    """Three facts and four conditions, each with its own question."""
    questions = []
    for _name in OPENING:
        questions.append(interview.screen.question)
        assert interview.screen.progress is None
        interview = interview.reply("skip")
    assert len(set(questions)) == len(OPENING) == len(FACTS) + len(CONDITIONS)
    assert interview.screen.progress is not None


@pytest.mark.parametrize(
    ("name", "values"),
    [("education", EDUCATION_ORDER), ("years_experience", YEARS), ("people_led", PEOPLE)],
)
def test_an_answer_to_a_fact_is_kept_as_its_value(interview, name, values):
    """Every answer stands for a value, in order, and changes no other fact."""
    asked = reach(interview, name)
    assert len(asked.screen.answers) == len(values)
    for place, value in enumerate(values):
        facts = asked.reply(place).session.answers.facts
        assert facts == Facts(**{name: value})


@pytest.mark.parametrize("name", CONDITIONS)
def test_an_answer_to_a_condition_is_kept_as_a_wish(interview, name):
    """Yes, it depends, no, in the order shown; no other condition changes."""
    asked = reach(interview, name)
    for place, wish in enumerate(WILLINGNESS):
        assert asked.reply(place).session.answers.conditions == Wishes(**{name: wish})


def test_a_skipped_fact_stays_unsaid(interview):
    """Skipping everything leaves the answers empty and goes on to the items."""
    done = after(interview, *["skip"] * len(OPENING))
    assert done.session.answers == Answers()
    assert done.session.asked == 0


def test_skipping_takes_back_a_fact_said_before(interview):
    """Back and skip: what was said is unsaid."""
    assert after(interview, 2, "back", "skip").session.answers.facts.education is None


def test_back_in_the_opening_shows_the_answer_given(interview):
    """The old answer is chosen on the screen."""
    for place in range(5):
        assert after(interview, place, "back").screen.chosen == place


def test_back_at_the_beginning_stays_there(interview):
    """There is nothing before the first question."""
    assert interview.reply("back") == interview


def test_back_from_the_first_item_returns_to_the_opening(at_items):
    """The last condition is asked again."""
    back = at_items.reply("back")
    assert back.step == len(OPENING) - 1
    assert back.screen.progress is None


def test_back_through_the_whole_opening_and_forward_again(interview):
    """Going back to the start and answering the same again gives the same interview."""
    replies = [3, 2, 1, 0, 1, 2, 0]
    done = after(interview, *replies)
    assert after(done, *["back"] * len(OPENING)).step == 0
    assert after(done, *["back"] * len(OPENING), *replies).session.answers == done.session.answers


def test_nothing_chosen_when_nothing_was_said(interview):
    """A fresh question has no old answer."""
    assert interview.screen.chosen is None


def test_years_between_two_answers_choose_none(small):
    """A sheet may say 4 years, which is none of the answers: none is marked, none is lost."""
    session = Session(Instrument.of(small), Answers(facts=Facts(years_experience=4)))
    assert Interview(session, OPENING.index("years_experience"), "en").screen.chosen is None


# Items


def test_an_answer_to_an_item_is_kept_by_its_id(at_items):
    """The response is the place of the answer."""
    item = at_items.session.next_item
    assert at_items.reply(3).session.answers.responses == {item.id: 3}


def test_a_skipped_item_is_kept_as_missing(at_items):
    """Skipping is not the middle."""
    item = at_items.session.next_item
    assert at_items.reply("skip").session.answers.responses == {item.id: None}


def test_back_takes_the_last_response_away_and_remembers_it(at_items):
    """The same item comes again, with the old answer chosen."""
    back = after(at_items, 4, 1, "back")
    assert list(back.session.answers.responses.values()) == [4]
    assert back.screen.chosen == 1


def test_answers_are_remembered_through_several_steps_back(at_items):
    """Two steps back and one the same way forward: the second old answer is chosen again."""
    assert after(at_items, 4, 1, "back", "back", 4).screen.chosen == 1


def test_a_skipped_item_comes_back_with_nothing_chosen(at_items):
    """There was no answer, so none is marked."""
    assert after(at_items, "skip", "back").screen.chosen is None


def test_back_and_the_same_answer_change_nothing(at_items):
    """The answers are the only state."""
    assert after(at_items, 4, 1, "back", 1).session.answers == after(at_items, 4, 1).session.answers


def test_the_number_of_the_question_counts_skipped_ones(at_items):
    """Question 3 is the third asked."""
    assert "3" in after(at_items, 1, "skip").screen.part


def test_a_pair_shows_both_sides_and_a_statement_its_text(at_items, small):
    """Every text of the item is on its screen, in the language asked for."""
    interview = at_items
    while not interview.is_over:
        item, told = interview.session.next_item, "\n".join(interview.screen.question)
        sides = (item.left.text, item.right.text) if hasattr(item, "left") else (item.text,)
        assert all(text["en"] in told for text in sides)
        assert len(interview.screen.answers) == 5
        interview = interview.reply(interview.session.asked % 5)
    assert interview.session.asked == len(small.items)


def test_the_explanation_names_what_the_item_is_about(at_items, small):
    """Why this question: its traits, by name."""
    item = at_items.session.next_item
    assert all(small.trait(trait).name["en"] in at_items.screen.why for trait in item.weights)


def test_finishing_ends_it_at_once(at_items):
    """Whatever is left to ask, it is over, with the answers there are."""
    done = after(at_items, 2, "finish")
    assert done.is_over
    assert done.session.stop_reason == "respondent"
    assert list(done.session.answers.responses.values()) == [2]


def test_finishing_in_the_opening_ends_it_too(interview):
    """Nobody has to tell facts to get out."""
    assert after(interview, 1, "finish").is_over


def test_an_interview_ends_when_the_limit_is_reached(small):
    """After `max_items` nothing is asked."""
    interview = Interview(Session(Instrument.of(small), Answers(), max_items=2), len(OPENING), "en")
    assert after(interview, 0, "skip").is_over


def test_the_opening_is_asked_whatever_the_limit(small):
    """A resumed quiz whose items are done still asks the facts it had not come to."""
    session = Session(Instrument.of(small), Answers(responses={"settle-it": 4}), max_items=1)
    assert not Interview(session, 0, "en").is_over


@pytest.mark.parametrize("reply", [-1, 5, 99])
def test_an_answer_that_does_not_exist_is_refused(interview, at_items, reply):
    """Neither in the opening nor among the items."""
    for asked in (interview, at_items):
        with pytest.raises(ValueError, match=str(reply)):
            asked.reply(reply)


def test_a_fourth_answer_to_three_is_refused(interview):
    """Conditions have three answers."""
    with pytest.raises(ValueError, match="3"):
        reach(interview, "overtime").reply(3)


def test_an_interview_is_a_value(at_items):
    """A reply leaves the interview it was given to as it was."""
    before = at_items.session.answers
    at_items.reply(2)
    assert at_items.session.answers == before


@pytest.mark.parametrize(("limit", "left"), [(30, 9), (10, 9), (4, 3), (1, 0)])
def test_it_says_how_many_may_still_come(small, limit, left):
    """After this one, no more than the limit allows and the catalogue's ten items give; one less with every reply."""
    interview = after(Interview(Session(Instrument.of(small), Answers(), limit), 0, "en"), *["skip"] * len(OPENING))
    assert interview.screen.left == left
    if left:
        assert interview.reply("skip").screen.left == left - 1


# A single question


ALONE = Screen(part="p", lead="", question=("q",), answers=("yes", "no"), why="w", stands_alone=True)


def test_a_question_is_over_when_answered():
    """Its answer is the place chosen."""
    asked = Question(ALONE).reply(1)
    assert (asked.answer, asked.is_over) == (1, True)


@pytest.mark.parametrize("reply", ["back", "skip"])
def test_a_question_cannot_be_passed_over(reply):
    """Where going back and skipping mean nothing they do nothing."""
    assert not Question(ALONE).reply(reply).is_over


def test_a_question_at_the_end_of_the_input_has_no_answer():
    """Finished without an answer."""
    asked = Question(ALONE).reply("finish")
    assert (asked.answer, asked.is_over) == (None, True)


# The reality check


def check_of(small, first: str, tied: tuple[str, ...] = (), second: str = "coordinator-plant") -> RealityCheck:
    ranking = [SimpleNamespace(role=first, tied_with=tied), SimpleNamespace(role=second, tied_with=())]
    return reality_check(SimpleNamespace(ranking=ranking, language="en"), small)


def test_the_leading_role_is_put_to_the_person_card_by_card(small):
    """Myths, then realities, then whether it still appeals."""
    assert [card.kind for card in check_of(small, "plant-head").cards] == ["myth", "truth", "reality", "interest"]


def test_at_most_a_few_cards_of_each_kind(small):
    """Nobody is made to read a whole page in cards."""
    kinds = [card.kind for card in check_of(small, "plant-head").cards]
    assert max(kinds.count(kind) for kind in kinds) <= PER_ROLE


def test_a_role_without_myths_or_realities_has_no_cards(small):
    """Nothing to check is over at once."""
    assert check_of(small, "coordinator-film").is_over


def test_a_tied_second_role_is_checked_too(small):
    """Two roles that cannot be told apart are both put to the person."""
    cards = check_of(small, "coordinator-film", tied=("plant-head",), second="plant-head").cards
    assert {card.role for card in cards} == {"plant-head"}


def test_the_truth_is_told_after_the_answer_whatever_it_was(small):
    """The card after a myth says what is so, differently to who believed it and who did not."""
    check = check_of(small, "plant-head")
    truth = small.role("plant-head").myths[0].truth["en"]
    believed, doubted, skipped = (check.reply(reply).screen for reply in (0, 1, "skip"))
    assert all(screen.question[-1] == truth for screen in (believed, doubted, skipped))
    assert len({believed.question, doubted.question, skipped.question}) == 3


def test_going_back_opens_the_card_before(small):
    """Back and another answer keep the later one; at the first card there is nothing before."""
    check = check_of(small, "plant-head")
    assert check.reply("back") == check
    assert after(check, 0, "back", 1).replies == (1,)


def test_going_back_shows_the_reply_given_before(small):
    """As everywhere else the old answer is marked."""
    assert after(check_of(small, "plant-head"), 1, "back").screen.chosen == 1


def test_finishing_a_check_keeps_what_was_answered(small):
    """The document has the cards passed and no more."""
    done = after(check_of(small, "plant-head"), 1, "finish")
    assert done.is_over
    assert [(card["kind"], card["reply"]) for card in done.document()] == [("myth", 1)]


def test_the_document_of_a_check_says_what_was_asked(small):
    """Role, kind, question and reply of each card; a skipped one has none, and a truth is no question."""
    done = after(check_of(small, "plant-head"), "skip", 0, 0, 3)
    assert [card["reply"] for card in done.document()] == [None, 0, 3]
    assert all(set(card) == {"role", "kind", "question", "reply"} for card in done.document())
