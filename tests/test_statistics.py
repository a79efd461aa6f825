"""What a catalogue holds is counted rightly, and what is out of balance is said in words."""

from __future__ import annotations

import json

import pytest
import yaml
from build import catalogue, pair, role, signal, statement, trait
from jsonschema import Draft202012Validator
from terminal import SMALL, run, speaking, warm_home

from careerfit.catalogue.published import Statistics
from careerfit.catalogue.schema import document_schemas
from careerfit.catalogue.statistics import lopsided, statistics_of
from careerfit.model import Catalogue, Family, Source
from careerfit.terminal import plain
from careerfit.terminal.statistics_view import statistics_blocks


@pytest.fixture(scope="module")
def counted(small: Catalogue) -> Statistics:
    return statistics_of(small, "en", "test")


def told(made: Catalogue) -> dict[str, str]:
    return {code: str(text) for code, text in lopsided(statistics_of(made, "en", "test"))}


def test_roles_are_counted_by_family(counted):
    """The small catalogue has two roles in the plant and one in film."""
    assert [(one.family, one.title, one.roles) for one in counted.families] == [
        ("plant", "Plant", 2),
        ("film", "Film", 1),
    ]


def test_signals_and_sources_of_a_role_are_counted(counted):
    """The head of plant: three fit signals, one of weight 1.5, and one unfit; eight statements from two sources."""
    head = counted.roles[0]
    assert (head.fit, head.unfit, head.weight) == (3, 1, 4.5)
    assert (head.statements, head.sources) == (8, 2)


def test_what_asks_about_a_trait_is_counted(counted):
    """Leading: a statement each way, two pairs, and a signal that wants it high and one that wants it low."""
    lead = counted.traits[0]
    assert (lead.statements_positive, lead.statements_negative, lead.pairs) == (1, 1, 2)
    assert (lead.roles, lead.fit, lead.unfit) == (2, 2, 0)
    assert (lead.asks_high, lead.asks_middle, lead.asks_low) == (1, 0, 1)
    assert lead.levels == (3.0, 4.0)


def test_an_unfit_signal_looks_for_the_other_side(counted):
    """Struggling when low means that the role looks for people who are high: deciding is wanted high three times."""
    decide = counted.traits[1]
    assert (decide.fit, decide.unfit) == (2, 1)
    assert (decide.asks_high, decide.asks_low) == (3, 0)


def test_statements_are_counted_by_where_they_come_from(counted):
    """Counted another way: every key `source` in roles.yaml."""

    def sources(value):
        if isinstance(value, dict):
            yield from ([value["source"]] if "source" in value else [])
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                yield from sources(one)

    given = list(sources(yaml.safe_load((SMALL / "roles.yaml").read_bytes())["roles"]))
    assert {one.source: one.statements for one in counted.sources} == {
        name: given.count(name) for name in ("article-one", "editorial")
    }
    assert counted.source_kinds["article"] == pytest.approx(given.count("article-one") / len(given), abs=1e-3)
    assert sum(counted.source_kinds.values()) == pytest.approx(1.0, abs=1e-3)


def test_texts_are_counted_in_each_language(counted, small):
    """Every text is there twice, and the longest item is found by counting words by hand."""
    english = counted.languages[1]
    assert (english.language, english.texts) == ("en", english.of_texts)
    items = yaml.safe_load((SMALL / "items.yaml").read_bytes())
    lengths = [
        sum(len(text.split()) for text in ([item["text"]["en"]] if "text" in item else
            [item["left"]["text"]["en"], item["right"]["text"]["en"]]))
        for item in items
    ]  # fmt: skip
    assert english.item_words_most == max(lengths) == 8
    assert english.own == 1.0


def test_texts_that_were_not_translated_are_seen():
    """A text that says the same in two languages is not a text of its own."""
    made = catalogue([trait("a")], [statement("q", "a")], [role("x", [signal("a", at_least=4)])])
    assert statistics_of(made, "en", "test").languages[0].own == 1.0
    same = trait("a")
    for words in (same.name, same.low, same.high):
        words["id"] = words["en"]
    made = catalogue([same], [statement("q", "a")], [role("x", [signal("a", at_least=4)])])
    assert statistics_of(made, "en", "test").languages[0].own == pytest.approx(1 - 3 / 7, abs=1e-3)


def test_a_balanced_catalogue_is_not_called_lopsided(small):
    """Nothing stands out in the small catalogue."""
    assert told(small) == {}


def test_what_is_lopsided_is_said():
    """One family with nearly all roles, statements keyed one way, a trait wanted at one end, no source but editors."""
    roles = [
        role(name, [signal("a", at_least=4), signal("b", at_least=4) if name < "d" else signal("b", at_most=2)])
        for name in "bcdefg"
    ]
    made = catalogue([trait("a"), trait("b")], [statement(f"q{n}", "ab"[n % 2]) for n in range(6)], roles)
    found = told(made)
    assert set(found) == {"keyed-one-way", "only-high", "mostly-editorial"}
    assert "6 statements are keyed positive and 0 negative" in found["keyed-one-way"]
    assert found["only-high"] == "Some roles look for people high on these, and none for people low on them: A."
    assert "100 per cent" in found["mostly-editorial"]


def test_a_family_that_holds_most_roles_is_named():
    """Five of six roles in one family of two."""
    roles = [role(name, [signal("a", at_least=4)], family="one" if name != "g" else "two") for name in "bcdefg"]
    made = catalogue([trait("a")], [pair("q", "a", {"a": -1})], roles)
    families = tuple(Family(id=name, title={"id": name, "en": name}) for name in ("one", "two"))
    sources = (Source(id="editors", kind="dataset", title={"id": "a", "en": "b"}),)
    values = {field: getattr(made, field) for field in made.__struct_fields__}
    found = told(Catalogue(**values | {"families": families, "sources": sources}))
    assert found["family-dominates"] == "83 per cent of the roles belong to one family, “one”."
    assert "mostly-editorial" not in found


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_fits_eighty_columns(counted, language):
    """Its tables do; running text is wrapped by the terminal."""
    with speaking(language):
        page = plain.render(statistics_blocks(counted)).splitlines()
    rows = [line for line in page if line.startswith("  ") and "  " in line.strip()]
    assert rows
    assert max(map(len, rows)) <= 80


@pytest.mark.parametrize("folder", [None, SMALL])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_document_is_what_its_schema_says(tmp_path, folder, language):
    """`careerfit/statistics/1`, of the shipped catalogue and of another."""
    home = warm_home(tmp_path)
    done = run(home, "catalogue", "stats", *([folder] if folder else []), "--json", "--lang", language)
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    Draft202012Validator(document_schemas()["statistics"]).validate(document)
    assert document["language"] == language
    assert document["schema"] == "careerfit/statistics/1"


def test_weaknesses_are_told_with_the_balance(tmp_path, small_files):
    """What `catalogue check` would warn of is part of the page."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"weight: 1.5", b"weight: 9")
    for name, content in small_files.items():
        (tmp_path / name).write_bytes(content)
    done = run(tmp_path / "home", "catalogue", "stats", tmp_path, "--lang", "en")
    assert done.returncode == 0
    said = done.stdout.decode().split("Out of balance")[1]
    assert 'The signals of "plant-head" weigh 12 together' in said


def test_a_catalogue_with_mistakes_is_refused(tmp_path):
    """Its problems are told, and nothing is counted."""
    done = run(tmp_path / "home", "catalogue", "stats", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"roles.yaml" in done.stderr
