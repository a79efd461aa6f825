"""Ways to a role: ladders found against every chain walked by hand, and what a step says is missing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from build import LEADING, catalogue, properties, role, signal, statement, trait
from hypothesis import given, settings
from hypothesis import strategies as st

from careerfit.catalogue.files import shipped_folder
from careerfit.catalogue.load import load_catalogue
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Catalogue, Facts, Readiness, Role
from careerfit.path import MOST_LADDERS, find_path
from careerfit.result import Stamp, build_result

STAMP = Stamp(id="r1", created="2026-11-21T10:00:00Z", language="en", program="careerfit 0.1.0")


def step(name: str, years: int, people: int, *leads_to: str, education: str = "secondary", level: float = 3) -> Role:
    return role(
        name,
        fit=[signal(LEADING, at_least=level)],
        readiness=Readiness(education=education, years_experience=years, people_led=people),
        leads_to=leads_to,
    )


def house(*roles: Role) -> Catalogue:
    return catalogue([trait(LEADING)], [statement("one", LEADING)], roles)


PLANT = house(
    step("head", 10, 30, education="bachelor"),
    step("manager", 5, 10, "head", education="bachelor"),
    step("supervisor", 3, 5, "manager"),
    step("foreman", 2, 0, "supervisor", "manager", level=4),
    step("operator", 0, 0, "foreman", level=2),
    step("planner", 0, 0, "manager", education="diploma"),
    step("guest", 0, 0),
)
NEWCOMER = Facts(education="secondary", years_experience=0, people_led=0)


def ladders(target: str, facts: Facts, result=None) -> list[list[str]]:
    found = find_path(PLANT, target, facts, result, "en")
    return [[rung.role for rung in ladder] for ladder in found.ladders]


def test_the_shortest_chain_leads_from_what_is_in_reach():
    """A newcomer begins as an operator and skips the supervisor, because the foreman leads to the manager as well."""
    assert ladders("head", NEWCOMER) == [["operator", "foreman", "manager", "head"]]


def test_with_more_to_bring_the_ladder_is_shorter():
    """Two years make a foreman; a ladder never begins below a rung that is in reach already."""
    assert ladders("head", Facts(education="secondary", years_experience=2, people_led=0)) == [
        ["foreman", "manager", "head"]
    ]


def test_every_start_in_reach_has_its_ladder():
    """With a diploma the planner's desk is a way as well."""
    assert ladders("manager", Facts(education="diploma", years_experience=2, people_led=0)) == [
        ["foreman", "manager"],
        ["planner", "manager"],
    ]


def test_of_equally_long_ladders_the_better_fit_comes_first():
    """Somebody who does not care to lead fits the planner's desk better than the foreman's."""
    facts = Facts(education="diploma", years_experience=2, people_led=0)
    for response, first in ((0, "planner"), (4, "foreman")):
        answers = Answers(responses={"one": response}, facts=facts)
        result = build_result(Instrument.of(PLANT), answers, "limit", STAMP)
        assert ladders("manager", facts, result)[0] == [first, "manager"]


def test_of_equally_short_chains_the_one_that_misses_less_is_taken():
    """Two ways of two steps: the one that asks less than the person lacks."""
    roles = house(
        step("top", 9, 0), step("long", 8, 0, "top"), step("short", 2, 0, "top"), step("start", 0, 0, "long", "short")
    )
    found = find_path(roles, "top", NEWCOMER, None, "en")
    assert [[rung.role for rung in ladder] for ladder in found.ladders] == [["start", "short", "top"]]


def test_a_step_tells_what_is_missing_and_what_is_more_than_before():
    """Gaps are counted from today; `more` from the step before, and only what is more."""
    path = find_path(PLANT, "head", NEWCOMER, None, "en")
    operator, foreman, manager, _head = path.ladders[0]
    assert [gap.gap for gap in operator.readiness] == [0, 0, 0]
    assert operator.more == {}
    assert foreman.more == {"years_experience": 2}
    assert manager.more == {"education": 2, "years_experience": 3, "people_led": 10}
    assert [gap.gap for gap in manager.readiness] == [2, 5, 10]


def test_who_is_ready_needs_no_ladder():
    """Nothing is missing, and no way round is offered."""
    path = find_path(PLANT, "foreman", Facts(education="secondary", years_experience=4, people_led=0), None, "en")
    assert (path.status, path.ladders) == ("ready", ())


def test_where_no_way_is_written_down_the_gap_is_told():
    """A role that nothing leads to has no ladder, whatever is missing for it."""
    path = find_path(PLANT, "planner", NEWCOMER, None, "en")
    assert (path.status, path.ladders, path.led_to_by) == ("no-ladder", (), ())
    assert [gap.gap for gap in path.readiness] == [1, 0, 0]


def test_without_facts_ladders_begin_at_the_bottom():
    """Nothing in the catalogue comes before the first rung."""
    path = find_path(PLANT, "head", Facts(), None, "en")
    assert path.status == "nothing-stated"
    assert [ladder[0].role for ladder in path.ladders] == ["planner", "operator"]
    assert path.led_to_by == ("manager",)


def test_what_was_not_said_is_not_taken_for_granted():
    """With schooling alone stated, only roles that ask for no years and nobody led are in reach."""
    assert ladders("manager", Facts(education="diploma")) == [
        ["planner", "manager"],
        ["operator", "foreman", "manager"],
    ]


def test_roles_that_lead_in_a_circle_do_no_harm():
    """Two roles that lead to each other still have a shortest way."""
    circle = house(step("a", 0, 0, "b"), step("b", 1, 0, "a", "c"), step("c", 2, 0, "b"))
    found = find_path(circle, "c", NEWCOMER, None, "en")
    assert [[rung.role for rung in ladder] for ladder in found.ladders] == [["a", "b", "c"]]


def test_an_unknown_role_has_no_path():
    """An unknown id is a KeyError."""
    with pytest.raises(KeyError):
        find_path(PLANT, "baker", NEWCOMER, None, "en")


SHIPPED = load_catalogue(shipped_folder())


def walks(target: str, length: int) -> set[str]:
    """Roles from which the target is reached in that many steps, by walking back."""
    reached = {target}
    for _step in range(length):
        reached = {role.id for role in SHIPPED.roles if reached & set(role.leads_to)}
    return reached


@given(
    st.sampled_from([role.id for role in SHIPPED.roles]),
    st.sampled_from(["primary", "secondary", "diploma", "bachelor", "master"]),
    st.integers(0, 12),
    st.integers(0, 50),
)
@settings(properties, max_examples=40)
def test_ladders_of_the_shipped_catalogue_hold(target, education, years, people):
    """Each goes along what leads to what, begins in reach, ends at the role, and could not be shorter."""
    facts = Facts(education=education, years_experience=years, people_led=people)
    path = find_path(SHIPPED, target, facts, None, "id")
    assert len(path.ladders) <= MOST_LADDERS
    assert (path.status == "ladder") == bool(path.ladders)
    for ladder in path.ladders:
        assert ladder[-1].role == target
        assert all(gap.gap == 0 for gap in ladder[0].readiness)
        for rung, following in pairwise(ladder):
            assert following.role in SHIPPED.role(rung.role).leads_to
        shortest = next(n for n in range(1, 50) if ladder[0].role in walks(target, n))
        assert len(ladder) == shortest + 1
