"""What becomes of a quiz's answers when its catalogue changes: every kind of change, on the small catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from build import properties
from hypothesis import given
from hypothesis import strategies as st
from terminal import speaking

from careerfit.changes import Changes, compare
from careerfit.model import Catalogue, Item, Pair, Side, Statement
from careerfit.terminal.changes_view import change_lines

replace = msgspec.structs.replace

STATEMENT, REVERSED = "hand-out-tasks", "own-part"


def with_item(catalogue: Catalogue, name: str, change: Callable[[Any], Item | None]) -> Catalogue:
    """The catalogue with one item changed, or taken out."""
    items = [change(item) if item.id == name else item for item in catalogue.items]
    return replace(catalogue, hash="sha256:new", items=tuple(item for item in items if item is not None))


def with_role(catalogue: Catalogue, **fields: Any) -> Catalogue:
    """The catalogue with its first role changed."""
    first, *rest = catalogue.roles
    return replace(catalogue, roles=(replace(first, **fields), *rest))


@pytest.fixture(scope="session")
def pair(small: Catalogue) -> Pair:
    """The first pair of the small catalogue."""
    return next(item for item in small.items if isinstance(item, Pair))


@pytest.fixture(scope="session")
def responses(pair: Pair) -> dict[str, int | None]:
    """Responses to two statements and a pair."""
    return {STATEMENT: 4, REVERSED: 1, pair.id: 3}


def compared(responses: dict[str, int | None], old: Catalogue, new: Catalogue, language: str = "en") -> Changes:
    changes = compare(responses, old, new, language)
    sorts = (changes.standing, changes.again, changes.gone)
    assert sum(map(len, sorts)) == len(responses)
    return changes


def reworded(item: Statement, **texts: str) -> Statement:
    return replace(item, text={**item.text, **texts})


# Everything stands


def test_nothing_changes_between_equal_catalogues(small, responses):
    """All answers stand, in their order; there is nothing to tell."""
    changes = compared(responses, small, small)
    assert list(changes.standing.items()) == list(responses.items())
    assert (changes.again, changes.gone, changes.added, changes.rescored) == ({}, {}, 0, False)
    assert (changes.roles_added, changes.roles_gone) == ((), ())


def test_another_order_changes_nothing(small, responses):
    """Items, roles and signals may stand anywhere."""
    first, *rest = small.roles
    new = replace(
        small,
        items=small.items[::-1],
        traits=small.traits[::-1],
        roles=(*rest, replace(first, fit=first.fit[::-1], unfit=first.unfit[::-1])),
    )
    changes = compared(responses, small, new)
    assert (list(changes.standing), changes.rescored) == (list(responses), False)


@pytest.mark.parametrize(
    "fields", [{"title": {"id": "Lain", "en": "Other"}}, {"summary": {"id": "x", "en": "x"}}, {"myths": ()}]
)
def test_what_is_told_of_a_role_changes_no_answer(small, responses, fields):
    """Titles, summaries and myths are not what answers are about."""
    changes = compared(responses, small, with_role(small, **fields))
    assert (len(changes.standing), changes.rescored) == (3, False)


def test_words_in_a_language_that_was_not_shown_change_nothing(small, responses):
    """The person answered the English words."""
    new = with_item(small, STATEMENT, lambda item: reworded(item, id="Kata lain."))
    assert compared(responses, small, new, "en").again == {}
    assert compared(responses, small, new, "id").again == {STATEMENT: 4}


@pytest.mark.parametrize(
    "fields",
    [{"keyed": "negative"}, {"discrimination": 1.7}, {"thresholds": (-2.0, -1.0, 1.0, 2.0)}, {"trait": "decide"}],
    ids=["reversed", "slope", "scale", "trait"],
)
def test_another_scoring_of_the_same_words_leaves_the_answer_standing(small, responses, fields):
    """The person said what they said; it counts as it does now, and that is told."""
    changes = compared(responses, small, with_item(small, STATEMENT, lambda item: replace(item, **fields)))
    assert (changes.standing, changes.rescored) == (responses, True)


@pytest.mark.parametrize("what", ["level", "weight", "signal gone", "to unfit", "correlation"])
def test_other_requirements_are_told(small, responses, what):
    """What roles ask for decides the ranking, though no answer changes."""
    first = small.roles[0]
    signal = first.fit[0]
    trait, other, *rest = small.traits
    news = {
        "level": with_role(small, fit=(replace(signal, at_least=None, at_most=1.5, between=None), *first.fit[1:])),
        "weight": with_role(small, fit=(replace(signal, weight=signal.weight * 2), *first.fit[1:])),
        "signal gone": with_role(small, fit=first.fit[1:]),
        "to unfit": with_role(small, fit=first.fit[1:], unfit=(*first.unfit, signal)),
        "correlation": replace(small, traits=(replace(trait, correlates={other.id: 0.123}), other, *rest)),
    }
    changes = compared(responses, small, news[what])
    assert (changes.standing, changes.rescored) == (responses, True)


# Asked again


@pytest.mark.parametrize("words", ["I like handing out task.", "I hate handing out tasks.", ""])
def test_an_item_with_other_words_is_asked_again(small, responses, words):
    """A slip of the pen and the opposite cannot be told apart by a program."""
    changes = compared(responses, small, with_item(small, STATEMENT, lambda item: reworded(item, en=words)))
    assert changes.again == {STATEMENT: 4}
    assert STATEMENT not in changes.standing
    assert not changes.rescored


@pytest.mark.parametrize("how", ["one side", "sides changed"])
def test_a_pair_with_another_side_is_asked_again(small, responses, pair, how):
    """Also when only the sides changed places: 3 would mean the other one."""
    new_pair = {
        "one side": replace(pair, left=Side(text={"id": "x", "en": "x"}, trait="lead")),
        "sides changed": replace(pair, left=pair.right, right=pair.left),
    }[how]
    changes = compared(responses, small, with_item(small, pair.id, lambda _item: new_pair))
    assert changes.again == {pair.id: 3}


def test_an_item_of_another_kind_is_asked_again_without_the_old_answer(small, responses, pair):
    """What is very much like me is neither left nor right."""
    changes = compared(responses, small, with_item(small, STATEMENT, lambda item: replace(pair, id=item.id)))
    assert changes.again == {STATEMENT: None}


def test_a_language_that_is_gone_asks_everything_again(small, responses):
    """The words that were answered are not there any more."""

    def indonesian(item: Item) -> Item:
        if isinstance(item, Statement):
            return replace(item, text={"id": item.text["id"]})
        left, right = (replace(side, text={"id": side.text["id"]}) for side in (item.left, item.right))
        return replace(item, left=left, right=right)

    new = replace(small, languages=("id",), items=tuple(map(indonesian, small.items)))
    assert compared(responses, small, new).again == responses


def test_without_a_copy_of_the_old_catalogue_no_words_are_taken_for_the_same(small, responses):
    """A store of version 1 kept none: what is still there is asked again, the rest is gone."""
    new = with_item(small, REVERSED, lambda _item: None)
    changes = compare(responses, None, new, "en")
    assert set(changes.again) == responses.keys() - {REVERSED}
    assert (changes.gone, changes.standing, changes.rescored) == ({REVERSED: 1}, {}, True)


# Kept, new, renamed


def test_the_answer_to_an_item_that_is_gone_is_kept_apart(small, responses):
    """It does not count, and is not lost."""
    changes = compared(responses, small, with_item(small, REVERSED, lambda _item: None))
    assert changes.gone == {REVERSED: 1}
    assert changes.rescored


def test_a_new_item_is_counted_and_touches_no_answer(small, responses):
    """It may be asked later on."""
    new = replace(small, items=(*small.items, replace(small.items[0], id="new", text={"id": "x", "en": "new words"})))
    changes = compared(responses, small, new)
    assert (changes.added, changes.standing) == (1, responses)


def test_an_item_under_another_id_keeps_its_answer(small, responses):
    """The words are what was answered; the id is only a name, and the order stays."""
    new = with_item(small, STATEMENT, lambda item: replace(item, id="deal-out-tasks"))
    changes = compared(responses, small, new)
    assert next(iter(changes.standing.items())) == ("deal-out-tasks", 4)
    assert (changes.added, changes.rescored, changes.gone) == (0, False, {})


def test_another_id_and_other_words_are_another_item(small, responses):
    """Nothing says that it is the same."""
    new = with_item(small, STATEMENT, lambda item: replace(reworded(item, en="Quite different."), id="other"))
    changes = compared(responses, small, new)
    assert (changes.gone, changes.added) == ({STATEMENT: 4}, 1)


def test_the_same_words_under_two_new_ids_are_not_guessed_between(small, responses):
    """Either could be the one."""
    one = next(item for item in small.items if item.id == STATEMENT)
    rest = tuple(item for item in small.items if item.id != STATEMENT)
    changes = compared(responses, small, replace(small, items=(*rest, replace(one, id="a"), replace(one, id="b"))))
    assert (changes.gone, changes.added) == ({STATEMENT: 4}, 2)


def test_roles_that_come_and_go_are_named(small, responses):
    """A renamed role is one of each."""
    new = with_role(small, id="renamed")
    changes = compared(responses, small, new)
    assert (changes.roles_added, changes.roles_gone) == (("renamed",), (small.roles[0].id,))
    assert changes.rescored


def test_a_skipped_item_stays_skipped(small):
    """None is a response like any other."""
    changes = compared({STATEMENT: None, REVERSED: None}, small, with_item(small, REVERSED, lambda _item: None))
    assert (changes.standing, changes.gone) == ({STATEMENT: None}, {REVERSED: None})


@properties
@given(data=st.data())
def test_every_response_goes_to_exactly_one_place(small, data):
    """Whatever is reworded, renamed and taken out together, no response is lost and none is made up."""
    names = [item.id for item in small.items]
    given_ = data.draw(st.dictionaries(st.sampled_from(names), st.none() | st.integers(0, 4)))
    fates = data.draw(
        st.fixed_dictionaries({name: st.sampled_from(["keep", "word", "name", "drop"]) for name in names})
    )

    def change(item: Any) -> Any:
        if fates[item.id] == "word":
            side = Side(text={"id": "x", "en": f"other {item.id}"}, trait="lead")
            return replace(item, left=side) if isinstance(item, Pair) else replace(item, text=side.text)
        return replace(item, id=f"new-{item.id}") if fates[item.id] == "name" else item

    new = replace(small, items=tuple(change(item) for item in small.items if fates[item.id] != "drop"))
    changes = compared(given_, small, new)
    expected: dict[str, dict[str, int | None]] = {"keep": {}, "word": {}, "name": {}, "drop": {}}
    for name, response in given_.items():
        expected[fates[name]][f"new-{name}" if fates[name] == "name" else name] = response
    assert changes.standing == {**expected["keep"], **expected["name"]}
    assert (changes.again, changes.gone) == (expected["word"], expected["drop"])


def test_few_roles_that_are_new_or_gone_are_named():
    """Up to three by their titles, whatever stands in them; of more only the number is told."""
    none = Changes(standing={}, again={}, gone={}, added=0, rescored=False, roles_added=(), roles_gone=())
    titles = {name: f"Role {{{name}}}" for name in "abcd"}
    few = replace(none, roles_added=("a", "b"), roles_gone=("c",))
    with speaking("en"):
        assert change_lines(few, titles) == ["2 roles are new: Role {a}, Role {b}.", "1 role is gone: Role {c}."]
        assert change_lines(replace(none, roles_gone=tuple(titles)), titles) == ["4 roles are gone."]
