"""The line of a file that a problem is about is shown with a caret below the character that is meant."""

from __future__ import annotations

import unicodedata

import pytest
from build import properties
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from careerfit.catalogue.lines import lines_of, places_in
from careerfit.catalogue.nodes import line_and_column
from careerfit.terminal.excerpt import NARROWEST, WIDEST, excerpt


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("family: flim", 9, "family: flim", "        ^"),
        ("a: b", 1, "a: b", "^"),
        ("a: b", 5, "a: b", "    ^"),
        ("", 1, "", "^"),
        ("\ta: b", 2, "    a: b", "    ^"),
        ("東京: x", 5, "東京: x", "      ^"),
        ("e\u0301a: x", 3, "e\u0301a: x", " ^"),
        ("a\x1b[31m: x", 2, "a\ufffd[31m: x", " ^"),
        ("a\u202e: x", 4, "a\ufffd: x", "   ^"),
    ],
)
def test_the_caret_stands_below_the_character(line: str, column: int, shown: str, caret: str) -> None:
    """Columns count characters; on the screen tabs, wide letters and accents take more or less than one."""
    assert excerpt(line, column) == (shown, caret)


def test_a_long_line_is_cut_around_the_character() -> None:
    """The window shows what stands on both sides, and dots where it was cut."""
    shown, caret = excerpt("x" * 5_000 + "HERE" + "y" * 5_000, 5_001)
    assert cell_len(shown) <= WIDEST
    assert shown[0] == shown[-1] == "…"
    assert shown[caret.index("^") :].startswith("HEREyyy")


def test_a_long_line_is_shown_from_its_beginning_when_that_is_meant() -> None:
    """Nothing is cut before a character that stands near the beginning."""
    shown, caret = excerpt("key: " + "x" * 500, 1, width=40)
    assert shown == "key: " + "x" * 34 + "…"
    assert caret == "^"


@properties
@given(
    line=st.text(alphabet=st.characters(blacklist_characters="\r\n"), max_size=200),
    where=st.integers(1, 201),
    width=st.integers(-5, 300),
)
@example(line="東" * 90, where=45, width=40)
@example(line="\t" * 90, where=90, width=20)
@example(line="a" + "\u0301" * 150, where=100, width=80)
def test_whatever_the_line_the_window_is_kept(line: str, where: int, width: int) -> None:
    """No window is wider than allowed, holds a control character, or has its caret outside."""
    column = min(where, len(line) + 1)
    shown, caret = excerpt(line, column, width)
    allowed = max(NARROWEST, min(width, WIDEST))
    assert cell_len(shown) <= allowed
    assert caret.strip(" ") == "^"
    assert len(caret) <= allowed + 1
    assert not [character for character in shown if unicodedata.category(character) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\nb\n", {1: "a", 2: "b", 3: ""}),
        (b"a\r\nb\rc", {1: "a", 2: "b", 3: "c"}),
        (b"\xef\xbb\xbfa", {1: "a"}),
        (b"", {1: ""}),
        (b"a\n\xff\xfe\nc", {1: "a", 2: "\ufffd\ufffd", 3: "c"}),
    ],
)
def test_lines_are_counted_as_the_reader_counts_them(data: bytes, lines: dict[int, str]) -> None:
    """Every kind of line end counts once, a byte order mark is no character, and there is nothing after the end."""
    assert lines_of(data, range(1, 10)) == lines
    assert lines_of(data, [1]) == {1: lines[1]}
    assert lines_of(data, []) == {}


@properties
@given(source=st.text(alphabet="ab\r\n", max_size=40), offsets=st.lists(st.integers(0, 39), max_size=5))
def test_places_and_lines_agree(source: str, offsets: list[int]) -> None:
    """The character at an offset is the one that stands at its place, however lines end."""
    found = places_in(source)
    lines = lines_of(source.encode(), range(1, 100))
    for offset in sorted(offsets):
        # half of a line end has no place of its own
        if offset < len(source) and source[offset] not in "\r\n":
            line, column = line_and_column(found(offset))
            assert lines[line][column - 1] == source[offset]
            assert len("".join(source[: offset + 1].splitlines(keepends=True)[: line - 1])) == offset + 1 - column
