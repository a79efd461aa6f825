"""Hostile text in every field of a report: nothing executes, loads, links or becomes a formula, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from build import properties
from hostile import INJECTIONS, poisoned, poisoned_result, result_of
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from terminal import SMALL

from careerfit.catalogue.characters import clean_text, forbidden_in_text
from careerfit.catalogue.load import load_catalogue
from careerfit.document import Result
from careerfit.model import Catalogue
from careerfit.report import markdown, table
from careerfit.report.content import report_of
from careerfit.report.html import page, policy

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "p", "dl", "div", "dt"),
    *("dd", "span", "nav", "ul", "ol", "li", "main", "section", "article", "strong", "table", "caption", "thead"),
    *("tbody", "tr", "th", "td", "svg", "rect", "line", "circle"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope", "role", "aria-label"),
    *("aria-labelledby", "aria-hidden", "viewbox", "x", "y", "width", "height", "rx", "x1", "y1", "x2", "y2"),
    *("cx", "cy", "r"),
}
CATALOGUE = load_catalogue(SMALL)
RESULT = result_of(CATALOGUE, skipped=1, respondent="somebody")
REALITY = [{"role": "plant-head", "kind": "myth", "question": ["?"], "reply": 1}]
PAGE = page(report_of(RESULT, CATALOGUE, json.dumps(REALITY).encode()))

few = settings(properties, max_examples=12)
many = settings(properties, max_examples=1_000)

hostile_texts = st.one_of(
    st.sampled_from(INJECTIONS),
    st.lists(st.sampled_from(INJECTIONS), min_size=2, max_size=3).map(" ".join),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda text: text.strip()),
)


class Read(HTMLParser):
    """What a browser reads: every tag and attribute, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.others: list[str] = []
        self._in_style = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attributes):
        assert len(dict(attributes)) == len(attributes)
        self.tags.append((tag, dict(attributes)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag):
        self._in_style = False

    def handle_data(self, data):
        if not self._in_style:
            self.texts.append(data)

    def handle_comment(self, data):
        self.others.append(data)

    def handle_decl(self, decl):
        self.others.append(decl)

    def handle_pi(self, data):
        self.others.append(data)

    def unknown_decl(self, data):
        self.others.append(data)

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _tag, attributes in self.tags if attribute in attributes]


def hostile(text: str) -> tuple[Result, Catalogue, bytes]:
    reality = json.dumps([{**card, "question": [text]} for card in REALITY]).encode()
    return poisoned_result(RESULT, text), poisoned(CATALOGUE, text), reality


def harmless(source: str) -> Read:
    """Return what was read of a page after holding it against what a page may have."""
    read, pattern = Read(source), Read(PAGE)
    assert {tag for tag, _attributes in read.tags} <= TAGS
    assert {name for _tag, attributes in read.tags for name in attributes} <= ATTRIBUTES
    assert read.others == ["DOCTYPE html"]
    assert all(re.fullmatch(r"#[a-z]+", target) for target in read.values("href"))
    assert set(read.values("class")) <= set(pattern.values("class"))
    assert read.values("http-equiv") == ["Content-Security-Policy"]
    assert not forbidden_in_text(source.replace("\n", " "))
    return read


def words_of(text: str) -> str:
    return " ".join(clean_text(text).split())


def holds_in_html(text: str) -> None:
    read = harmless(page(report_of(*hostile(text))))
    assert [tag for tag, _attributes in read.tags if tag in ("style", "title", "body", "main")] == [
        "title",
        "style",
        "body",
        "main",
    ]
    shown = words_of(" ".join(read.texts))
    assert shown.count(words_of(text)) >= 20


@pytest.mark.parametrize("text", INJECTIONS, ids=repr)
def test_html_shows_an_injection_as_text(text):
    """An injection in every field adds no tag, no attribute and no link, and can be read as it was written."""
    holds_in_html(text)


@few
@given(text=hostile_texts)
def test_html_shows_any_text_as_text(text):
    """So does arbitrary text."""
    holds_in_html(text)


def test_the_policy_allows_the_stylesheet_alone():
    """It names the hash of the one style element and nothing else, and comes before it."""
    style = re.search(r"<style>(.*?)</style>", PAGE, re.DOTALL)
    assert style is not None
    allowed = Read(PAGE).values("content")[0]
    assert allowed == policy(style.group(1))
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'", allowed
    )
    assert PAGE.index("Content-Security-Policy") < style.start()
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)


def tokens(source: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [inner for token in parser.parse(source) for inner in (token, *(token.children or ()))]


def holds_in_markdown(text: str) -> None:
    pattern = tokens(markdown.document(report_of(RESULT, CATALOGUE)))
    found = tokens(markdown.document(report_of(*hostile(text))))
    kinds = {token.type for token in found}
    assert kinds <= {token.type for token in pattern} | {"code_inline", "blockquote_open", "blockquote_close"}
    assert {"link_open", "image", "html_inline", "html_block", "fence", "code_block", "hr"}.isdisjoint(kinds)
    for kind in ("heading_open", "em_open", "s_open", "hardbreak"):
        allowed = sum(token.type == kind for token in pattern)
        assert sum(token.type == kind for token in found) == allowed
    plain = " ".join(token.content for token in found if token.type in ("text", "text_special"))
    shown = [token.content for token in found if token.type == "inline"]
    assert sum(markdown.text(text) in line for line in shown) >= 20
    assert not re.search(r"://|www\.|@|mailto:|#\d", plain, re.IGNORECASE)


@pytest.mark.parametrize("text", INJECTIONS, ids=repr)
def test_markdown_shows_an_injection_as_text(text):
    """An injection in every field makes no link, image, HTML, heading or rule, and nothing that links by itself."""
    holds_in_markdown(text)


@few
@given(text=hostile_texts)
def test_markdown_shows_any_text_as_text(text):
    """Neither does arbitrary text."""
    holds_in_markdown(text)


@properties
@given(text=hostile_texts)
def test_markdown_says_what_the_text_says(text):
    """A text, escaped and read again, is the text, on one line."""
    lines = [token for token in tokens(f"- {markdown.text(text)}") if token.type == "inline"]
    read = "".join(inner.content for line in lines for inner in line.children)
    assert read == words_of(text)


FORMULA = re.compile(r"^\s*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")


def holds_in_csv(text: str) -> None:
    result, catalogue, _reality = hostile(text)
    made = table.table(result, catalogue)
    assert made.startswith("\ufeff")
    assert re.sub(r'"[^"]*"', "", made).count("\r\n") == made.count("\n") == len(result.ranking) + 1
    rows = list(csv.DictReader(io.StringIO(made[1:], newline=""), strict=True))
    assert [row.pop("role") for row in rows] == [role.role for role in result.ranking]
    for row, role in zip(rows, result.ranking, strict=True):
        assert (int(row.pop("rank")), int(row.pop("match"))) == (role.rank, role.match)
        assert float(row.pop("evidence")) == pytest.approx(role.evidence, abs=0.05)
        assert float(row.pop("first")) == pytest.approx(role.confidence.first, abs=0.0005)
        assert not [cell for cell in row.values() if FORMULA.match(cell)]
    for separator in ";\t":
        split = csv.reader(io.StringIO(made[1:], newline=""), delimiter=separator)
        assert not [cell for line in split for cell in line if FORMULA.match(cell)]


@pytest.mark.parametrize("text", INJECTIONS, ids=repr)
def test_csv_holds_no_formula(text):
    """No cell begins as a formula does, whether a spreadsheet splits at commas, semicolons or tabs; numbers stay."""
    holds_in_csv(text)


@few
@given(text=hostile_texts)
def test_csv_holds_no_formula_whatever_the_text(text):
    """Nor with arbitrary text."""
    holds_in_csv(text)


@pytest.mark.slow
@many
@given(text=hostile_texts)
def test_many_texts_are_shown_and_do_nothing(text):
    """All of this with more texts than there is time for in the ordinary run."""
    holds_in_html(text)
    holds_in_markdown(text)
    holds_in_csv(text)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  @x", "'@x"),
        ("\uff1d1", "'\uff1d1"),
        ("a; -b; +c", "a; '-b; '+c"),
        ('a;"=b', "a;\"'=b"),
        ("x = y - z", "x = y - z"),
        ("2-3 people", "2-3 people"),
        ("one\ntwo", "one two"),
    ],
)
def test_a_formula_gets_an_apostrophe_and_nothing_else_does(text, cell):
    """The apostrophe stands before the sign that would start a formula."""
    assert table.text(text) == cell
