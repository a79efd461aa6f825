"""The shipped catalogue: the roles it must have, how complete they are, and where every article fact went."""

import re
from collections import Counter
from pathlib import Path

import pytest

from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.load import load_catalogue, parse_located, read_files, shipped_folder
from careerfit.model import Catalogue, Pair, Role, Statement

FROM_THE_ARTICLES = {
    "operations-production-director",
    "production-department-head",
    "operations-clerk",
    "production-coordinator-manufacturing",
    "film-production-coordinator",
}
NAMED_BESIDE_THEM = {
    "chief-executive",
    "production-manager",
    "project-manager",
    "executive-secretary",
    "receptionist",
    "administrative-assistant",
    "film-production-manager",
    "film-director",
    "location-manager",
    "inventory-controller",
    "operations-manager",
}
BESIDE_THE_FIELD = {
    "plant-manager",
    "production-supervisor",
    "production-line-leader",
    "production-operator",
    "production-planner",
    "industrial-engineer",
    "continuous-improvement-specialist",
    "quality-inspector",
    "quality-assurance-manager",
    "maintenance-technician",
    "maintenance-manager",
    "hse-officer",
    "procurement-officer",
    "procurement-manager",
    "warehouse-supervisor",
    "logistics-coordinator",
    "supply-chain-manager",
    "office-manager",
    "operations-analyst",
    "production-administrator",
    "project-coordinator",
    "line-producer",
    "first-assistant-director",
    "production-assistant",
    "event-coordinator",
    "hotel-operations-manager",
    "restaurant-manager",
    "customer-service-supervisor",
    "dispatcher",
    "business-process-analyst",
    "facilities-manager",
    "product-development-manager",
}
MAP = Path(__file__).parents[1] / "data" / "README.md"
PLACE = re.compile(r"\b(tasks|fit|unfit|myths|realities|differs_from|conditions\.notes|readiness\.notes)\[(\d+)\]")


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(shipped_folder())


def test_nothing_is_wrong_or_weak_in_it():
    """`careerfit catalogue check` finds neither an error nor a warning."""
    parsed = parse_located(read_files(shipped_folder()), "data")
    assert parsed.problems == ()
    assert check_catalogue(parsed.catalogue, parsed.positions) == ()


def test_the_roles_of_the_articles_and_those_named_beside_them_are_there(shipped):
    """All 16 roles that the four articles describe or name have an entry, and the 32 that complete the field."""
    assert {role.id for role in shipped.roles} >= FROM_THE_ARTICLES | NAMED_BESIDE_THEM | BESIDE_THE_FIELD


def test_every_role_is_complete(shipped):
    """Each role has tasks, fit and unfit signals, myths, realities and differences from at least two neighbours."""
    for role in shipped.roles:
        assert 6 <= len(role.tasks) <= 10, role.id
        assert 6 <= len(role.fit) <= 10, role.id
        assert 3 <= len(role.unfit) <= 6, role.id
        assert 2 <= len(role.myths) <= 4, role.id
        assert 2 <= len(role.realities) <= 4, role.id
        assert len({difference.role for difference in role.differs_from}) >= 2, role.id


def test_there_are_24_to_30_traits_with_at_least_six_items_each(shipped):
    """Every trait is measured by at least six items, counting both sides of pairs."""
    sides = Counter(
        trait
        for item in shipped.items
        for trait in ([*item.left.weights, *item.right.weights] if isinstance(item, Pair) else list(item.weights))
    )
    assert 24 <= len(shipped.traits) <= 30
    assert {trait.id: sides[trait.id] for trait in shipped.traits if sides[trait.id] < 6} == {}


def test_there_are_150_to_220_items(shipped):
    """Enough to choose from, and few enough to have been read one by one."""
    assert 150 <= len(shipped.items) <= 220


def test_a_third_of_the_items_are_pairs_and_a_quarter_of_the_statements_reverse_keyed(shipped):
    """At least one third of the items are graded pairs; at least a quarter of the statements are keyed negative."""
    statements = [item for item in shipped.items if isinstance(item, Statement)]
    assert 3 * (len(shipped.items) - len(statements)) >= len(shipped.items)
    assert 4 * sum(item.keyed == "negative" for item in statements) >= len(statements)


def test_no_text_stands_twice_in_one_language(shipped):
    """No two roles share a sentence: nothing was copied with words swapped in."""
    texts = Counter(
        text
        for role in shipped.roles
        for statement in (*role.tasks, *role.fit, *role.unfit, *role.differs_from)
        for text in statement.text.values()
    )
    assert [text for text, count in texts.items() if count > 1] == []


def test_the_namesake_is_two_roles(shipped):
    """Both production coordinators answer to the bare name, in both languages."""
    for name in ("Koordinator Produksi", "Production Coordinator"):
        assert [role.id for role in shipped.roles if name in role.aliases] == [
            "production-coordinator-manufacturing",
            "film-production-coordinator",
        ]


def _rows() -> list[tuple[str, str, str, str]]:
    """Return (role, article, fact, where it stands) of every row of the map in data/README.md."""
    rows, role, article = [], "", ""
    for line in MAP.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            role, article = line.removeprefix("### "), ""
        elif found := re.match(r"Article \d+ \(`(article-[a-z-]+)`\)", line):
            article = found[1]
        elif role and line.startswith("|") and "where it stands" not in line and not line.startswith("|--"):
            fact, where = (cell.strip() for cell in line.strip("|").split("|"))
            if "not claimed for this role" not in where:
                rows.append((role, article, fact, where))
    return rows


def _source(role: Role, part: str, place: int) -> str:
    values = role
    for name in part.split("."):
        values = getattr(values, name)
    return values[place].source


@pytest.mark.parametrize(("role", "article", "fact", "where"), _rows())
def test_an_article_fact_stands_where_the_map_says(shipped, role, article, fact, where):
    """Every place that the map names for a fact exists, and at least one of them names the article as its source."""
    places = PLACE.findall(where)
    sources = {_source(shipped.role(role), part, int(place)) for part, place in places}
    assert not places or article in sources, (fact, where)


def test_the_map_covers_every_role_an_article_describes():
    """Each of the five roles of the articles has at least ten facts mapped, and each of the four articles is used."""
    rows = _rows()
    counts = Counter(role for role, *_ in rows)
    assert all(counts[role] >= 10 for role in FROM_THE_ARTICLES), counts
    assert len({article for _, article, *_ in rows}) == 4


def test_what_carries_an_article_is_about_a_role_that_it_speaks_of(shipped):
    """A statement with an article as its source belongs to a role that the map lists for that article."""
    mapped = {(role, article) for role, article, *_ in _rows()}
    for role in shipped.roles:
        notes = (*role.conditions.notes, *role.readiness.notes)
        for statement in (
            *role.tasks,
            *role.fit,
            *role.unfit,
            *role.myths,
            *role.realities,
            *role.differs_from,
            *notes,
        ):
            if statement.source.startswith("article-"):
                assert (role.id, statement.source) in mapped, (role.id, statement.source)
