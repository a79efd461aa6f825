"""Blocks, printed plainly and with rich: the same words in both, nothing wider than the window, nothing acted upon."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len

from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.page import role_page
from careerfit.terminal import plain, styled
from careerfit.terminal.blocks import Bar, Block, Heading, Interval, Paragraph, Space, Span, bullets, dim, spans, strong
from careerfit.terminal.role_view import role_blocks

LONG = "A long line of words that has to be wrapped in any window that is not as wide as this sentence happens to be."
PAGE: list[Block] = [
    Heading(spans("The heading of the page"), level=1),
    Heading(spans("A part"), level=2),
    Heading(spans("A paragraph's own heading"), level=3, indent=3),
    Paragraph(spans(LONG, dim(" and a quiet end")), indent=7),
    Space(),
    Paragraph(spans(strong("Strong: "), LONG), Span("+", "good"), indent=5),
    *bullets([spans("first"), spans("second")], Span("•"), indent=2),
    Bar(0.42, spans("fits you better than 42 people in 100"), indent=3),
    Bar(0.0, spans("nothing")),
    Bar(1.0, spans("everything")),
    Interval(0.6, (0.4, 0.7), (0.5, 1.0), spans("you: about 60, likely 40 to 70; asked for: 50 or more"), indent=4),
    Interval(1.0, (0.99, 1.0), None, spans("you: about 99")),
]
ACTED_UPON = [
    "[red]",
    "[/b]",
    "[/]",
    ":fire:",
    "[link=http://x]y[/link]",
    "[bold]b",
    "\\[x]",
    "{0}",
    "%s",
    "https://x.y",
]


def draw(blocks: list[Block], width: int, monkeypatch, *, colour: bool = False) -> str:
    """Return the page as rich prints it in a window of that width."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    if colour:
        monkeypatch.setenv("FORCE_COLOR", "1")
    return styled.render(blocks, io.StringIO())


def words(blocks: list[Block]) -> list[str]:
    """Return every word of every span, in order."""
    found = []
    for block in blocks:
        if not isinstance(block, Space):
            mark = getattr(block, "mark", Span("")).text
            found += [*mark.split(), *"".join(span.text for span in block.line).split()]
    return found


def role_page_blocks(language: str) -> list[Block]:
    compiled = open_catalogue()
    page = role_page(compiled.directory, compiled.role("operations-production-director"), language)
    return role_blocks(page, "family", ["next"])


def letters(text: str) -> str:
    """Return text without blanks and without what only draws."""
    return re.sub(r"[\s━─=·●]", "", text)


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("CAREERFIT_HOME", str(tmp_path))


def test_plain_holds_every_word():
    """Nothing is left out of the plain page."""
    assert letters("".join(words(PAGE))) == letters(plain.render(PAGE))


def test_plain_is_one_line_a_block():
    """Nothing is wrapped; only the first heading is underlined, with a line of its own."""
    assert len(plain.render(PAGE).splitlines()) == len(PAGE) + 1


def test_plain_holds_no_escape_codes():
    """Styles leave no trace."""
    assert "\x1b" not in plain.render(PAGE)


@pytest.mark.parametrize("width", [20, 40, 80, 132])
def test_styled_holds_every_word(width, monkeypatch):
    """Wrapping may part words, but not lose any."""
    shown = draw(PAGE, width, monkeypatch)
    for block in PAGE:
        if not isinstance(block, (Space, Bar)):
            for word in words([block]):
                assert letters(word) in letters(shown)
    assert letters("fits you better than 42 people in 100") in letters(shown)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_whole_role_fits_any_window(width, language, monkeypatch):
    """The longest real page: every word is there and no line is wider than the window."""
    blocks = role_page_blocks(language)
    shown = draw(blocks, width, monkeypatch)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    missing = [word for word in words(blocks) if letters(word) not in letters(shown)]
    assert not missing


@pytest.mark.parametrize("width", [20, 40, 80])
def test_styled_is_never_wider_than_the_window(width, monkeypatch):
    """Indents, marks and bars give way."""
    assert max(cell_len(line) for line in draw(PAGE, width, monkeypatch).splitlines()) <= width


@pytest.mark.parametrize("width", [1, 5, 10])
def test_a_window_too_small_for_words_is_no_error(width, monkeypatch):
    """Nobody reads a page there, but nothing may break."""
    assert max(cell_len(line) for line in draw(PAGE, width, monkeypatch).splitlines()) <= width


def test_styled_lines_do_not_end_in_blanks(monkeypatch):
    """What is copied from the window is the words, not the room beside them."""
    lines = draw(PAGE, 80, monkeypatch).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_styled_colours_on_a_terminal(monkeypatch):
    """With colours the same words come with our styles."""
    assert "\x1b[" in draw(PAGE, 80, monkeypatch, colour=True)


@pytest.mark.parametrize("text", ACTED_UPON)
def test_markup_in_a_text_is_shown_as_it_is(text, monkeypatch):
    """Text from a catalogue is only ever text, in every kind of block, plain and styled."""
    blocks: list[Block] = [
        Heading(spans(text), level=1),
        Paragraph(spans(text, strong(text)), Span("•"), indent=2),
        Bar(0.5, spans(text)),
    ]
    for shown in (plain.render(blocks), draw(blocks, 80, monkeypatch)):
        assert shown.count(text) == 4
    coloured = draw(blocks, 80, monkeypatch, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).count(text) == 4


def test_only_our_own_styles_come_out(monkeypatch):
    """No hyperlinks and no cursor movements: only colours and weights."""
    coloured = draw([Paragraph(spans(" ".join(ACTED_UPON)))], 80, monkeypatch, colour=True)
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", coloured)


@pytest.mark.parametrize(("share", "filled"), [(0.0, 0), (0.5, 12), (1.0, 24)])
def test_a_bar_is_as_long_as_its_share(share, filled, monkeypatch):
    """Half a share is half a bar."""
    assert draw([Bar(share, spans("x"))], 80, monkeypatch).count("━") == filled


def drawn(interval: Interval, monkeypatch) -> str:
    """Return the line that rich draws before the words of an interval."""
    return draw([interval], 80, monkeypatch).split(" ", 1)[0]


def test_an_interval_is_drawn_where_it_lies(monkeypatch):
    """Of 24 columns, the point is in the one it falls into, the bounds around it, and what is asked solid."""
    line = drawn(Interval(0.5, (0.25, 0.75), (0.9, 1.0), spans("words")), monkeypatch)
    assert line == "·" * 6 + "━" * 6 + "●" + "━" * 5 + "·" * 4 + "─" * 2
    assert drawn(Interval(1.0, (1.0, 1.0), None, spans("words")), monkeypatch) == "·" * 23 + "●"
    assert drawn(Interval(0.0, (0.0, 0.0), (0.0, 1.0), spans("words")), monkeypatch) == "●" + "─" * 23
