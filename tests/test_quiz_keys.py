"""The quiz with keys, driven through a real pseudo-terminal: what the person sees, what is kept, how it ends."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import termios
from pathlib import Path
from types import SimpleNamespace

import pytest
from terminal import (
    CAREERFIT,
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    ESCAPE,
    SMALL,
    UP,
    Companion,
    Terminal,
    run,
    saved,
    speaking,
    texts,
    warm_home,
)
from wcwidth import wcswidth

from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.load import load_catalogue
from careerfit.engine.instrument import Instrument
from careerfit.language import _
from careerfit.model import Answers, Catalogue
from careerfit.session import Session
from careerfit.terminal.dialogue import Screen
from careerfit.terminal.interview import OPENING, Interview
from careerfit.terminal.layout import finish_note, lay_out, lay_out_help, left_words, progress_words
from careerfit.terminal.reality import reality_check

LANGUAGES = ("id", "en")
SIZES = ((80, 24), (40, 15))
YES_NO = 2
"""Answers of the offer to check on reality, and of the offer to carry on."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return open_catalogue().catalogue()


def begin(home: Path, *arguments: str | Path, **options: object) -> Terminal:
    """Start a quiz on the small catalogue, in English, and pass its welcome."""
    arguments = ("quiz", "--lang", "en", "--catalogue", SMALL, *arguments)
    return Terminal(home, *arguments, **options).wait_for_choice(1).send(ENTER)


def to_items(terminal: Terminal, companion: Companion, size: tuple[int, int] = (80, 24)) -> None:
    """Answer the opening questions with the first answer."""
    for _question in OPENING:
        terminal.wait_for_rows(companion.rows(size)).send("1")
        companion.reply(0)
    terminal.wait_for_rows(companion.rows(size))


def fresh_settings() -> list[object]:
    """Return the settings of a terminal nobody has changed."""
    one, other = os.openpty()
    try:
        return termios.tcgetattr(one)
    finally:
        os.close(one)
        os.close(other)


# A whole quiz


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_quiz_shows_every_question_and_keeps_every_answer(home, shipped, language, size):
    """Digits, arrows, back and skip: each screen is the one the quiz means, and the result has the answers given."""
    companion = Companion(shipped, language)
    with Terminal(home, "quiz", "--lang", language, size=size) as terminal:
        terminal.wait_for_choice(1).send(ENTER)
        terminal.wait_for_rows(companion.rows(size)).send("4")
        companion.reply(3)
        terminal.wait_for_rows(companion.rows(size)).send("b")
        companion.reply("back")
        terminal.wait_for_rows(companion.rows(size)).send(ENTER)
        companion.reply(3)
        turn = 0
        while not companion.is_over:
            terminal.wait_for_rows(companion.rows(size))
            turn += 1
            count = len(companion.interview.screen.answers)
            if turn == 9:
                terminal.send("s")
                companion.reply("skip")
            elif turn == 12:
                terminal.send("b")
                companion.reply("back")
                terminal.wait_for_rows(companion.rows(size)).send("1")
                companion.reply(0)
            elif turn % 5 == 0:
                terminal.send(DOWN).wait_for_rows(companion.rows(size, cursor=0)).send(ENTER)
                companion.reply(0)
            elif turn % 7 == 0:
                terminal.send(UP).wait_for_rows(companion.rows(size, cursor=count - 1)).send(ENTER)
                companion.reply(count - 1)
            else:
                place = (turn * turn) % count
                terminal.send(str(place + 1))
                companion.reply(place)
        terminal.wait_for_choice(YES_NO).send("2")
        assert terminal.exit_code() == 0
    (result,) = saved(home)["results"]
    document = json.loads(result.document)
    assert document["answers"]["responses"] == dict(companion.answers.responses)
    assert None in document["answers"]["responses"].values()
    assert document["answers"]["facts"]["education"] == "bachelor"
    assert document["language"] == language


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_welcome_fits_the_window(home, language, size):
    """The first screen is whole, also in a small window, and promises no more questions than the catalogue has."""
    with Terminal(home, "quiz", "--lang", language, "--catalogue", SMALL, size=size) as terminal:
        terminal.wait_for_choice(1).wait(lambda t: "?" in t.text.splitlines()[-1], "the keys below the answers")
        assert terminal.lines[0] == "careerfit"
        assert " 10 " in " ".join(terminal.text.split())
        terminal.send("q")
        assert terminal.exit_code() == 0


def test_going_back_shows_the_answer_given_before(home, small):
    """After `b` the cursor stands on the old answer, and Enter keeps it."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        companion.reply(3, "back")
        rows = companion.rows((80, 24))
        assert [row for row in rows if row.startswith("> 4")] == [row for row in rows if row.endswith("✓")] != []
        terminal.send("4").send("b").wait_for_rows(rows).send(ENTER)
        companion.reply(3)
        terminal.wait_for_rows(companion.rows((80, 24)))
        assert dict(saved(home)["unfinished"][0].answers.responses) == dict(companion.answers.responses)


def test_back_on_the_first_question_stays_there(home, small):
    """There is nothing before the first question."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        terminal.wait_for_rows(companion.rows((80, 24))).send("bb2")
        companion.reply(1)
        terminal.wait_for_rows(companion.rows((80, 24)))


def test_why_is_shown_and_put_away_by_the_same_key(home, small):
    """`?` explains the question and the keys; `?` again shows the question as it was."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        with speaking("en"):
            why = texts(lay_out_help(companion.interview.screen, 80, 24))
        terminal.send("?").wait_for_rows(why).send("?").wait_for_rows(companion.rows((80, 24)))


@pytest.mark.parametrize("key", ["3", ENTER, "x", "s"])
def test_the_page_of_help_says_how_to_leave_it_and_takes_no_answer(home, small, key):
    """The answers are out of sight there: a digit, Enter or a stray key shows the question again; s still skips."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        terminal.send("?").wait_for("Enter: back to the question").send(key)
        if key == "s":
            companion.reply("skip")
        terminal.wait_for_rows(companion.rows((80, 24)))
        assert 2 not in saved(home)["unfinished"][0].answers.responses.values()


def test_a_wrong_key_is_told_what_to_type(home, small):
    """A key without a meaning leaves a line that says which ones have one, until the next key."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        terminal.send("x").wait_for("That key does nothing here. Type 1-5").send(ESCAPE)
        terminal.wait_for_rows(companion.rows((80, 24)))


@pytest.mark.parametrize(("progress", "guess"), [(0.2, True), (0.9, False), (None, False)])
def test_finishing_early_says_what_the_order_is_worth(progress, guess):
    """While the ranking is open, the question whether to finish says that the order is hardly more than a guess."""
    screen = Screen(part="", lead="", question=("?",), answers=("a", "b"), why="", progress=progress)
    with speaking("en"):
        assert ("guess" in finish_note(screen)) == guess
        assert "Press f once more" in finish_note(screen)


def test_a_skipped_question_says_so_when_it_comes_again(small):
    """Who goes back to a question they skipped sees that they did."""
    companion = Companion(small, "en").reply(*["skip"] * (len(OPENING) + 1), "back")
    with speaking("en"):
        assert "You skipped this before" in companion.interview.screen.lead


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("progress", [0.0, 0.6, 0.99, 1.0])
def test_the_bar_is_labelled_in_narrow_windows_too(language, progress):
    """At 40 columns a word still says what the bar means, and while questions come nothing is called settled."""
    with speaking(language):
        part = _("Question {number}").format(number=88)
        screen = Screen(part=part, lead="", question=("?",), answers=("a",), why="", progress=progress)
        head = texts(lay_out(screen, 40, 15, None))[0]
        assert head.endswith(progress_words(progress))
        assert ("━" in head) == (progress > 0)
        assert wcswidth(head) < 40
        assert progress_words(1.0) == progress_words(0.9)


def test_escape_puts_the_explanation_away(home, small):
    """Escape alone closes what was opened and never answers."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        with speaking("en"):
            why = texts(lay_out_help(companion.interview.screen, 80, 24))
        terminal.send("?").wait_for_rows(why).send(ESCAPE).wait_for_rows(companion.rows((80, 24)))


def test_a_key_that_means_nothing_changes_nothing(home, small):
    """Digits beyond the answers, letters and function keys are passed over."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        terminal.send("0679xyz\x1b[15~\t ").send("2")
        companion.reply(1)
        terminal.wait_for_rows(companion.rows((80, 24)))
        assert list(saved(home)["unfinished"][0].answers.responses.values()) == [1]


def test_enter_without_a_cursor_answers_nothing(home, small):
    """Nobody answers by accident: Enter needs the arrows first."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        terminal.send(ENTER).send(DOWN).wait_for_rows(companion.rows((80, 24), cursor=0))
        assert not saved(home)["unfinished"][0].answers.responses


def test_finishing_takes_two_keys(home, small):
    """`f` asks first; `f` once more ends the quiz with what there is."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        companion.reply(4)
        terminal.send("5").wait_for_rows(companion.rows((80, 24)))
        before = terminal.text
        terminal.send("f").wait(lambda t: t.text != before).send("f").wait_for_choice(YES_NO).send("2")
        assert terminal.exit_code() == 0
    (result,) = saved(home)["results"]
    assert json.loads(result.document)["stopped"] == "respondent"
    assert not saved(home)["unfinished"]


def test_finishing_once_and_answering_goes_on(home, small):
    """One `f` and then an answer is an answer."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        terminal.send("f3")
        companion.reply(2)
        terminal.wait_for_rows(companion.rows((80, 24)))


def test_finishing_before_any_answer_ends_without_a_ranking(home):
    """Nothing answered gives a result that says so, and no reality check of roles nobody ranked."""
    with begin(home) as terminal:
        terminal.wait_for_choice(5).send("ff")
        assert terminal.exit_code() == 0
    (result,) = saved(home)["results"]
    assert json.loads(result.document)["items_asked"] == 0


# Leaving and coming back


def test_leaving_and_resuming_shows_the_same_question(home, small):
    """`q` names the command to go on; `--resume` goes on at the same question, with the same answers."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        companion.reply(4, 1)
        terminal.send("52").wait_for_rows(companion.rows((80, 24))).send("q")
        assert terminal.exit_code() == 0
        assert "careerfit quiz" in terminal.text
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, "--resume") as terminal:
        terminal.wait_for_rows(companion.rows((80, 24)))


@pytest.mark.parametrize("end", ["q", CTRL_C], ids=["quit", "ctrl-c"])
def test_the_command_to_go_on_goes_on_with_this_quiz(home, end):
    """A quiz on a catalogue of one's own is continued by the command shown, so that names the catalogue."""
    with begin(home) as terminal:
        terminal.wait_for_choice(5).send("11" + end)
        terminal.exit_code()
        shown = " ".join(terminal.text.split())
    assert "--catalogue" in shown


def test_leaving_during_the_opening_resumes_there(home, small):
    """The facts count too: who left at the third comes back to the third."""
    companion = Companion(small, "en").reply(3, "skip")
    with begin(home) as terminal:
        terminal.wait_for_choice(5).send("4s").wait_for_rows(companion.rows((80, 24))).send("q")
        assert terminal.exit_code() == 0
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, "--resume") as terminal:
        terminal.wait_for_rows(companion.rows((80, 24)))


def test_a_resumed_quiz_goes_back_into_what_was_answered_before_leaving(home, small):
    """`b` after `--resume` shows the last answer of the first sitting."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        companion.reply(4)
        terminal.send("5").wait_for_rows(companion.rows((80, 24))).send("q")
        assert terminal.exit_code() == 0
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, "--resume") as terminal:
        terminal.wait_for_rows(companion.rows((80, 24))).send("b")
        companion.reply("back")
        terminal.wait_for_rows(companion.rows((80, 24)))


@pytest.mark.parametrize("key", ["1", ENTER])
def test_a_quiz_offers_to_carry_on_the_one_that_was_left(home, small, key):
    """Without an option the person is asked, and the first answer, which Enter gives, carries on."""
    companion = Companion(small, "en").reply(0, 0)
    with begin(home) as terminal:
        terminal.wait_for_choice(5).send("11").wait_for_rows(companion.rows((80, 24))).send("q")
        assert terminal.exit_code() == 0
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL) as terminal:
        terminal.wait_for_choice(YES_NO).send(key).wait_for_rows(companion.rows((80, 24)))


def test_new_starts_afresh_and_keeps_the_old_quiz(home, small):
    """`--new` asks from the first question on; the quiz that was left is still there."""
    with begin(home) as terminal:
        terminal.wait_for_choice(5).send("11q")
        assert terminal.exit_code() == 0
    with begin(home, "--new") as terminal:
        terminal.wait_for_rows(Companion(small, "en").rows((80, 24))).send("1").wait_for("2 of 7").send("q")
        assert terminal.exit_code() == 0
    assert sorted(quiz.step for quiz in saved(home)["unfinished"]) == [1, 2]


def test_resume_without_a_saved_quiz_is_a_usage_error(home):
    """Nothing to go on with: exit 2, before any screen is drawn."""
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, "--resume") as terminal:
        assert terminal.exit_code() == 2
        assert "\x1b" not in terminal.log
        assert "careerfit quiz" in terminal.text


def test_new_and_resume_do_not_go_together(home):
    """Exit 2."""
    assert run(home, "quiz", "--new", "--resume").returncode == 2


def test_a_quiz_that_is_open_elsewhere_is_refused(home, small):
    """The second terminal is told so (exit 6); the first goes on undisturbed."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        terminal.wait_for_rows(companion.rows((80, 24)))
        second = run(home, "quiz", "--lang", "en", "--catalogue", SMALL, "--resume", "--plain")
        assert second.returncode == 6
        assert second.stdout == b""
        terminal.send("11q")
        assert terminal.exit_code() == 0
    assert saved(home)["unfinished"][0].step == 2


def test_no_save_leaves_no_file(home):
    """With `--no-save` nothing but the catalogue's cache is in the home, whichever way the quiz ends."""
    before = sorted(home.rglob("*"))
    with begin(home, "--no-save", "--max-items", "1") as terminal:
        terminal.wait_for_choice(5).send("1111111").wait_for("A  ").send("1").wait_for_choice(YES_NO).send("1")
        terminal.wait_for_choice(2).send("q")
        assert terminal.exit_code() == 0
    with begin(home, "--no-save") as terminal:
        terminal.wait_for_choice(5).send("1" + CTRL_C)
        assert terminal.exit_code() == 130
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(("end", "code"), [(CTRL_C, 130), ("q", 0)], ids=["ctrl-c", "quit"])
def test_without_saving_nothing_is_offered_to_continue(home, end, code):
    """There is nothing to go on with, so no command is named for it."""
    with begin(home, "--no-save") as terminal:
        terminal.wait_for_choice(5).send("1" + end)
        assert terminal.exit_code() == code
        assert "careerfit quiz" not in terminal.text


# Being ended


def test_ctrl_c_keeps_the_answers_and_names_the_command_to_go_on(home, small):
    """Exit 130; what was answered is there."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        companion.reply(1, 2)
        terminal.send("23").wait_for_rows(companion.rows((80, 24))).send(CTRL_C)
        assert terminal.exit_code() == 130
        assert "careerfit quiz" in terminal.text
        assert "Traceback" not in terminal.log
    assert dict(saved(home)["unfinished"][0].answers.responses) == dict(companion.answers.responses)


def test_sigterm_keeps_the_answers_and_names_the_command_to_go_on(home, small):
    """Exit 143; what was answered is there."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        companion.reply(1)
        terminal.send("2").wait_for_rows(companion.rows((80, 24))).kill(signal.SIGTERM)
        assert terminal.exit_code() == 143
        assert "careerfit quiz" in terminal.text
        assert "Traceback" not in terminal.log
    assert dict(saved(home)["unfinished"][0].answers.responses) == dict(companion.answers.responses)


@pytest.mark.parametrize(
    ("end", "code"), [(CTRL_C, 130), (signal.SIGTERM, 143), ("q", 0)], ids=["ctrl-c", "sigterm", "quit"]
)
def test_the_welcome_can_be_left(home, end, code):
    """Before the first question there is nothing to keep; the exit code is the same as later."""
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL) as terminal:
        terminal.wait_for_choice(1)
        _ = terminal.send(end) if isinstance(end, str) else terminal.kill(end)
        assert terminal.exit_code() == code
        assert "Traceback" not in terminal.log
    assert not saved(home)["unfinished"]


@pytest.mark.parametrize(
    ("end", "code"), [(CTRL_C, 130), (signal.SIGTERM, 143), ("q", 0)], ids=["ctrl-c", "sigterm", "quit"]
)
def test_the_reality_check_can_be_left_and_the_result_stays(home, end, code):
    """After the result nothing can be lost any more."""
    with begin(home, "--max-items", "1") as terminal:
        terminal.wait_for_choice(5).send("1111111").wait_for("A  ").send("1").wait_for_choice(YES_NO)
        _ = terminal.send(end) if isinstance(end, str) else terminal.kill(end)
        assert terminal.exit_code() == code
        assert "Traceback" not in terminal.log
    assert len(saved(home)["results"]) == 1


@pytest.mark.parametrize(
    "end", [CTRL_C, CTRL_D, "q", "ff2", signal.SIGTERM], ids=["ctrl-c", "ctrl-d", "quit", "finish", "sigterm"]
)
def test_the_terminal_is_left_as_it_was(home, small, end):
    """Echo, line mode and cursor are back, however the quiz ended."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        terminal.wait_for_rows(companion.rows((80, 24)))
        assert terminal.settings() != fresh_settings()
        _ = terminal.send(end) if isinstance(end, str) else terminal.kill(end)
        terminal.exit_code()
        assert terminal.settings() == fresh_settings()
        assert not terminal.cursor_is_hidden


# Fast hands and moving windows


def test_a_burst_of_twenty_keys_loses_none(home, shipped):
    """Twenty answers typed at once are twenty answers stored."""
    companion = Companion(shipped, "en")
    with Terminal(home, "quiz", "--lang", "en") as terminal:
        terminal.wait_for_choice(1).send(ENTER)
        to_items(terminal, companion)
        places = [(turn * turn) % 5 for turn in range(20)]
        terminal.send("".join(str(place + 1) for place in places))
        companion.reply(*places)
        assert len(companion.answers.responses) == 20, "the answers are chosen so that the quiz goes on"
        terminal.wait_for_rows(companion.rows((80, 24)))
        assert dict(saved(home)["unfinished"][0].answers.responses) == dict(companion.answers.responses)


def burst(companion: Companion, seed: int, keys: int = 20) -> str:
    """Return keys typed at random that leave the quiz open, and have the companion do what they mean."""
    draw = random.Random(seed)
    typed = ""
    while len(typed) < keys:
        key = draw.choice("123451234512345bs?")
        meant = {"b": "back", "s": "skip"}.get(key, key)
        if key == "?":
            typed += "??"
            continue
        if key.isdigit() and int(key) > len(companion.interview.screen.answers):
            continue
        before = companion.interview
        companion.reply(int(meant) - 1 if meant.isdigit() else meant)
        if companion.is_over:
            companion.interview = before
        else:
            typed += key
    return typed


def take_bursts(home, catalogue, seeds: range) -> None:
    for seed in seeds:
        companion = Companion(catalogue, "en").reply(*["skip"] * len(OPENING))
        typed = burst(companion, seed)
        with Terminal(home, "quiz", "--new", "--lang", "en") as terminal:
            terminal.wait_for_choice(1).send(ENTER + "s" * len(OPENING)).wait_for("1  ").send(typed)
            terminal.wait_for_rows(companion.rows((80, 24)))
        kept = saved(home)["unfinished"][0].answers.responses
        assert list(kept.items()) == list(companion.answers.responses.items()), (seed, typed)


def test_bursts_of_any_keys_lose_none_and_double_none(home, shipped):
    """Answers, back, skip and help, typed twenty at a time, end on the question and the answers that they mean."""
    take_bursts(home, shipped, range(4))


@pytest.mark.slow
def test_two_hundred_bursts_lose_none_and_double_none(home, shipped):
    """The same, two hundred times."""
    take_bursts(home, shipped, range(200))


def test_keys_typed_at_the_welcome_reach_the_questions(home, shipped):
    """A burst that begins at the welcome goes on through the opening into the items."""
    companion = Companion(shipped, "en").reply(*[0] * 7, *[1, 3] * 6)
    with Terminal(home, "quiz", "--lang", "en") as terminal:
        terminal.wait_for_choice(1).send("1" + "1" * 7 + "24" * 6).wait_for_rows(companion.rows((80, 24)))
        assert dict(saved(home)["unfinished"][0].answers.responses) == dict(companion.answers.responses)


def test_keys_typed_before_the_first_screen_are_not_lost(home, small):
    """Who types while the program still starts has typed."""
    companion = Companion(small, "en").reply(3, 2)
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL) as terminal:
        terminal.send(ENTER + "43").wait_for_rows(companion.rows((80, 24)))


def test_resizing_in_the_middle_of_a_question_draws_it_anew(home, small):
    """The question fits the new window, smaller or larger, and its answer is taken."""
    companion = Companion(small, "en")
    with begin(home) as terminal:
        to_items(terminal, companion)
        for size in ((40, 15), (100, 30)):
            terminal.resize(*size).wait_for_rows(companion.rows(size))
        companion.reply(2)
        terminal.send("3").wait_for_rows(companion.rows((100, 30)))


# What stands on a screen


def item_screens(catalogue: Catalogue, language: str) -> list[Screen]:
    """Return a screen for every item, with a two-digit number, an old answer, and a long explanation."""
    instrument = Instrument.of(catalogue)
    longest = sorted(range(len(catalogue.roles)), key=lambda role: -len(catalogue.roles[role].title[language]))[:2]
    screens = []
    for item in catalogue.items:
        session = SimpleNamespace(
            instrument=instrument,
            answers=Answers(),
            next_item=item,
            asked=29,
            left=1,
            progress=0.5,
            choice=SimpleNamespace(speaks_for=longest[:1], speaks_against=longest[1:]),
        )
        with speaking(language):
            screens.append(Interview(session, len(OPENING), language, {item.id: 3}).screen)
    return screens


def unspaced(*paragraphs: str) -> str:
    """Return text without blanks, since it may be wrapped anywhere."""
    return "".join("".join(paragraphs).split())


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_the_catalogue_fits_the_window(shipped, language, size):
    """No row is wider and no screen higher than the window; question, answers and keys are all there."""
    columns, rows = size
    for screen in item_screens(shipped, language):
        with speaking(language):
            shown = texts(lay_out(screen, columns, rows, 3))
        assert len(shown) <= rows, screen.question
        assert max(map(wcswidth, shown)) <= columns, screen.question
        assert unspaced(*screen.question) in unspaced(*shown)
        for number, answer in enumerate(screen.answers, start=1):
            marked = [row for row in shown if row[2:].startswith(f"{number}  {answer}")]
            assert len(marked) == 1, (screen.question, answer)
        assert "?" in shown[-1], "the last row names the keys"


@pytest.mark.parametrize("size", [(80, 24), (132, 50), (60, 24), (40, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_never_move(shipped, language, size):
    """From the first question about the person to the last item, the five answers stand in the same rows."""
    with speaking(language):
        interview = Interview(Session(Instrument.of(shipped), Answers()), 0, language)
        opening = []
        for _step in OPENING:
            opening.append(interview.screen)
            interview = interview.reply("skip")
    first_rows = set()
    for screen in [*opening, *item_screens(shipped, language)]:
        with speaking(language):
            shown = texts(lay_out(screen, *size, None))
        first_rows.add(next(number for number, row in enumerate(shown) if row.startswith("  1  ")))
        assert len(shown) <= size[1]
    assert len(first_rows) == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (0, "at most 29 more questions, about 6 minutes"),
        (24, "at most 5 more questions, about 1 minute"),
        (28, "at most 1 more question, about 1 minute"),
        (29, "the last question"),
    ],
)
def test_it_says_how_much_is_left(asked, told):
    """The number of questions that may still come, and their time at twelve seconds each, rounded up."""
    with speaking("en"):
        assert left_words(29 - asked)[1] == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_of_every_item_fits_a_small_window(shipped, language):
    """Why, and all keys with it, stand on a 40x15 screen: nothing is cut off at its end."""
    too_high = []
    for screen in item_screens(shipped, language):
        with speaking(language):
            shown = texts(lay_out_help(screen, 40, 15))
        assert max(map(wcswidth, shown)) <= 40
        if len(shown) > 15:
            too_high.append(len(shown))
    assert not too_high


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_of_the_reality_check_is_shown_whole(shipped, language, size):
    """Claim, answers and what is so about the card before are all on the screen, for every role."""
    columns, rows = size
    cut = []
    for role in shipped.roles:
        result = SimpleNamespace(
            language=language, ranking=[SimpleNamespace(role=role.id, tied_with=()), SimpleNamespace(role="")]
        )
        with speaking(language):
            check = reality_check(result, shipped)
            while not check.is_over:
                screen = check.screen
                shown = texts(lay_out(screen, columns, rows, None))
                assert len(shown) <= rows
                parts = (screen.lead, *screen.question, *screen.answers)
                cut += [(role.id, text) for text in parts if unspaced(text) not in unspaced(*shown)]
                check = check.reply(0)
    assert not cut


def test_a_very_small_window_still_shows_question_and_answers(small):
    """At 20x10 nothing is wider than the window."""
    for screen in item_screens(small, "en"):
        with speaking("en"):
            shown = texts(lay_out(screen, 20, 10, 0))
        assert max(map(wcswidth, shown)) <= 20


# The result and after


def test_the_reality_check_is_kept_beside_the_result(home):
    """Its cards are asked one by one, its answers stored with the result, and the result is not touched."""
    catalogue = load_catalogue(SMALL)
    with begin(home, "--max-items", "2") as terminal:
        terminal.wait_for_choice(5).send("1111111").wait_for("A  ").send("11").wait_for_choice(YES_NO)
        (before,) = saved(home)["results"]
        assert before.reality is None
        leader = catalogue.role(json.loads(before.document)["ranking"][0]["role"])
        assert leader.id == "plant-head", "answering A, then no, leads to the role with myths and realities"
        terminal.send("1").wait_for(leader.myths[0].claim["en"]).send("2")
        terminal.wait_for(leader.myths[0].truth["en"]).send(ENTER)
        terminal.wait_for(leader.realities[0].reality["en"]).send("1")
        terminal.wait_for_choice(4).send("2")
        assert terminal.exit_code() == 0
    (after,) = saved(home)["results"]
    assert [(card["role"], card["kind"], card["reply"]) for card in json.loads(after.reality)] == [
        (leader.id, "myth", 1),
        (leader.id, "reality", 0),
        (leader.id, "interest", 1),
    ]
    assert after.document == before.document


def test_declining_the_reality_check_keeps_nothing_beside_the_result(home):
    """Who declines is done."""
    with begin(home, "--max-items", "1") as terminal:
        terminal.wait_for_choice(5).send("1111111").wait_for("A  ").send("1").wait_for_choice(YES_NO).send("2")
        assert terminal.exit_code() == 0
    assert saved(home)["results"][0].reality is None


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
def test_the_result_fits_the_window(home, size):
    """No line of the result is wider than the window, but for commands, which have to be copied in one piece."""
    with begin(home, "--max-items", "2", size=size) as terminal:
        terminal.wait_for_choice(5).send("1111111").wait_for("A  ").send("12").wait_for_choice(YES_NO).send("2")
        assert terminal.exit_code() == 0
    start = terminal.log.rindex("\x1b[?1049l")
    printed = printed_lines(terminal.log[start:])
    commands = [line for line in printed if line.lstrip().startswith("careerfit ")]
    assert any(line.endswith(f"--catalogue {SMALL}") for line in commands)
    assert max(wcswidth(line) for line in printed if line not in commands) <= size[0]


def test_stdout_gets_the_document_and_the_screens_go_to_the_terminal(home, tmp_path):
    """`quiz --json > file` with keys: the file holds one JSON document and nothing else."""
    file = tmp_path / "result.json"
    command = f'{CAREERFIT[0]} quiz --json --lang en --max-items 1 --catalogue "{SMALL}" > "{file}"'
    with Terminal(home, prefix=["sh", "-c", command]) as terminal:
        terminal.wait_for_choice(1).send(ENTER).wait_for_choice(5).send("1111111").wait_for("A  ").send("1")
        assert terminal.exit_code() == 0
    assert json.loads(file.read_bytes())["items_asked"] == 1


def printed_lines(text: str) -> list[str]:
    """Return what was printed, a line each, without control sequences."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r", "").split("\n")]
