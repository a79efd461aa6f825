"""Lines at the width of a terminal: broken between words alone, and left as they are in a pipe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import SMALL, Terminal, run, speaking, warm_home

from careerfit.language import decimal
from careerfit.terminal.wrapping import wrapped

words = st.text(alphabet="abc-.", min_size=1, max_size=9)


@pytest.fixture
def home(tmp_path):
    """A home in which the catalogues are compiled already."""
    return warm_home(tmp_path)


@given(st.lists(words, min_size=1, max_size=30), st.integers(20, 90), st.integers(0, 6))
def test_no_word_is_broken_and_no_line_is_too_long(spoken, columns, hang):
    """The lines hold the same words in the same order, each line within its columns."""
    lines = wrapped(" ".join(spoken), columns, hang)
    assert [word for line in lines for word in line.split()] == spoken
    assert max(map(len, lines)) <= columns
    assert all(line.startswith(" " * hang) for line in lines[1:])


@given(st.text(alphabet="ab \n", max_size=200))
def test_a_pipe_gets_a_text_as_it_is(text):
    """Without a width nothing is wrapped."""
    assert "\n".join(wrapped(text, None)) == text


def test_a_path_is_left_in_one_piece():
    """A word longer than a line is not cut, so that it can be copied."""
    path = "/home/" + "a-long-name/" * 6
    assert path in wrapped(f"It is kept in {path} on this machine.", 40)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("language", ["en", "id"])
def test_messages_end_their_lines_between_words(home, columns, language):
    """On a terminal every line of an error is a part of the message, cut at a blank; in a pipe it is one line."""
    arguments = ("history", "forget", "--lang", language)
    whole = run(home, *arguments).stderr.decode()
    with Terminal(home, *arguments, size=(columns, 24)) as terminal:
        terminal.exit_code()
    lines = terminal.log.splitlines()
    assert max(map(len, lines)) <= columns
    assert len(lines) > len(whole.splitlines())
    assert " ".join(terminal.log.split()) == " ".join(whole.split())


@pytest.mark.parametrize("columns", [40, 60, 75, 80])
def test_no_argument_can_begin_a_line_as_an_error_does(home, columns):
    """Wherever the words of an argument are wrapped to, the one line that begins with our name is the first."""
    for padding in range(0, 24, 2):
        with Terminal(home, "show", "x" * padding + " careerfit: forged", size=(columns, 24)) as terminal:
            assert terminal.exit_code() == 2
        assert [line.startswith("careerfit:") for line in terminal.log.splitlines()].count(True) == 1


def test_plain_pages_and_questions_fit_the_terminal(home):
    """A whole quiz in lines at 40 columns: only commands, which have to be copied, are longer than a line."""
    options = ("quiz", "--plain", "--lang", "en", "--catalogue", SMALL, "--max-items", "1")
    with Terminal(home, *options, size=(40, 24)) as terminal:
        terminal.wait_for("leave):").send("1\r")
        for number in range(1, 9):
            terminal.wait(lambda shown, number=number: shown.log.count("f, q): ") == number).send("1\r")
        terminal.wait(lambda shown: "(1-2, ?, q): " in shown.log).send("2\r")
        terminal.exit_code()
    lines = terminal.log.splitlines()
    assert "Your result" in lines
    assert max(len(line) for line in lines if not line.lstrip().startswith("careerfit ")) <= 40


@pytest.mark.parametrize(("language", "told"), [("en", "\u22124.1"), ("id", "\u22124,1")])
def test_a_decimal_is_written_as_in_the_language(language, told):
    """A point in English, a comma in Indonesian."""
    with speaking(language):
        assert decimal(-4.14, sign=True) == told
