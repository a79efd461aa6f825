"""The quiz in plain lines: from a pipe, on a terminal, and what other programs get out of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
from terminal import CAREERFIT, CTRL_C, CTRL_D, SMALL, Companion, Terminal, environment, run, saved, speaking, warm_home

from careerfit.model import CONDITIONS
from careerfit.terminal.interview import OPENING

SCHEMA = Path(__file__).parent.parent / "schema" / "result.json"
OPENING_LINES = "4\n3\n2\n1\n2\n3\n1\n"
ANSWERS = OPENING_LINES + "5\n4\n2\n1\n3\n" * 6
"""Answers to the opening and to 30 items, a line each."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


def quiz(home: Path, answers: str | bytes, *options: str, language: str = "en", **changes: str):
    """Run the plain quiz on the small catalogue from a pipe."""
    arguments = ("quiz", "--plain", "--lang", language, "--catalogue", SMALL, *options)
    return run(home, *arguments, answers=answers, **changes)


@pytest.fixture(scope="module")
def piped(tmp_path_factory):
    """A whole quiz on the shipped catalogue through a pipe, as JSON."""
    home = warm_home(tmp_path_factory.mktemp("piped"))
    return run(home, "quiz", "--json", "--plain", "--lang", "id", answers=ANSWERS)


# Through a pipe


def test_a_pipe_of_answers_gives_one_document(piped):
    """Standard output is the result and nothing else."""
    assert piped.returncode == 0
    document = json.loads(piped.stdout)
    assert document["schema"] == "careerfit/result/1"
    assert document["language"] == "id"
    assert document["answers"]["facts"] == {"education": "bachelor", "years_experience": 3, "people_led": 1}
    assert document["answers"]["conditions"] == dict(zip(CONDITIONS, ("yes", "depends", "no", "yes"), strict=True))
    assert 10 <= document["items_asked"] <= 30
    given = list(document["answers"]["responses"].values())
    assert given == ([4, 3, 1, 0, 2] * 6)[: len(given)]


def test_the_questions_go_to_standard_error(piped):
    """Every question asked is on standard error."""
    asked = piped.stderr.decode()
    assert asked.count("\n  5  ") >= json.loads(piped.stdout)["items_asked"]


def test_the_pipe_into_jq_works(home, tmp_path):
    """`quiz --json --plain < answers.txt | jq -e '.ranking[0].role'` prints a role's id and succeeds."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed: the pipe into jq was not tried")
    answers = tmp_path / "answers.txt"
    answers.write_text(ANSWERS)
    command = f"""set -o pipefail; {CAREERFIT[0]} quiz --json --plain < "{answers}" | jq -e '.ranking[0].role'"""
    done = subprocess.run(["bash", "-c", command], env=environment(home), capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert json.loads(done.stdout)


def test_the_document_is_what_the_printed_schema_says(home, piped):
    """The result validates against `careerfit catalogue schema result`."""
    printed = run(home, "catalogue", "schema", "result")
    assert printed.returncode == 0, printed.stderr.decode()
    schema = json.loads(printed.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(piped.stdout), schema)


def test_the_document_is_what_the_committed_schema_says(piped):
    """The result validates against schema/result.json."""
    if not SCHEMA.exists():
        pytest.skip("schema/result.json is not committed yet: `make schema`")
    jsonschema.validate(json.loads(piped.stdout), json.loads(SCHEMA.read_bytes()))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_pipe_gives_the_result_in_words_without_json(home, language):
    """Without `--json` the page comes as plain lines, the leading role by its title in the language asked for."""
    done = quiz(home, OPENING_LINES + "1\n1\n", "--max-items", "2", language=language)
    assert done.returncode == 0
    title = {"id": "Kepala Pabrik", "en": "Head of Plant"}[language]
    assert title in done.stdout.decode()


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["words", "json"])
def test_nothing_written_to_a_pipe_holds_escape_codes(home, options):
    """Neither stream has a control character but the line break, even when TERM promises a terminal."""
    done = quiz(home, OPENING_LINES + "?\nx\n1\n2\n", "--max-items", "2", *options, TERM="xterm-256color")
    for stream in (done.stdout, done.stderr):
        assert not [c for c in stream.decode() if ord(c) < 32 and c != "\n"]


def test_a_line_that_is_no_answer_skips_its_question_and_is_said(home):
    """Every line is one question's: a wrong one skips it and is named, and the next line is the next question's."""
    done = quiz(home, OPENING_LINES + "perhaps\n6\n-1\n5\n", "--json", "--max-items", "4")
    assert list(json.loads(done.stdout)["answers"]["responses"].values()) == [None, None, None, 4]
    for typed in ("perhaps", "6", "-1"):
        assert f'"{typed}"' in done.stderr.decode()


def test_an_invalid_line_in_the_opening_leaves_the_fact_unsaid(home):
    """A slip among the facts shifts nothing."""
    done = quiz(home, "9\n3\n", "--json")
    assert json.loads(done.stdout)["answers"]["facts"] == {
        "education": None,
        "years_experience": 3,
        "people_led": None,
    }


def test_an_empty_line_skips_a_question(home):
    """A blank line is "don't know"."""
    done = quiz(home, OPENING_LINES + "\n5\n", "--json", "--max-items", "2")
    assert list(json.loads(done.stdout)["answers"]["responses"].values()) == [None, 4]


def test_the_end_of_the_input_finishes_the_quiz(home):
    """Two answers and then nothing: a result of two answers, ended by the respondent."""
    done = quiz(home, OPENING_LINES + "5\n2\n", "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert (document["items_asked"], document["stopped"]) == (2, "respondent")
    assert not saved(home)["unfinished"]


def test_no_input_at_all_gives_a_result_without_answers(home):
    """The empty file is somebody who answered nothing."""
    done = quiz(home, "", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["items_asked"] == 0


def test_windows_line_ends_and_blanks_around_answers_do_not_matter(home):
    """A file written elsewhere is read all the same."""
    done = quiz(home, OPENING_LINES.replace("\n", "\r\n") + " 5 \r\n\t2\r\n", "--json", "--max-items", "2")
    assert list(json.loads(done.stdout)["answers"]["responses"].values()) == [4, 1]


def test_the_last_line_needs_no_line_break(home):
    """A file without a last line break has its last answer counted."""
    done = quiz(home, OPENING_LINES + "5\n2", "--json", "--max-items", "2")
    assert list(json.loads(done.stdout)["answers"]["responses"].values()) == [4, 1]


def test_back_skip_and_finish_work_in_a_pipe(home):
    """The letters mean the same as on a terminal."""
    done = quiz(home, OPENING_LINES + "5\nb\n1\ns\n2\nf\n", "--json")
    document = json.loads(done.stdout)
    assert list(document["answers"]["responses"].values()) == [0, None, 1]
    assert document["stopped"] == "respondent"


def test_leaving_in_a_pipe_keeps_the_answers_and_gives_no_result(home):
    """`q` leaves: standard output stays empty, the quiz can be resumed."""
    done = quiz(home, OPENING_LINES + "5\nq\n", "--json")
    assert (done.returncode, done.stdout) == (0, b"")
    assert list(saved(home)["unfinished"][0].answers.responses.values()) == [4]


def test_a_quiz_left_in_a_pipe_is_resumed_in_a_pipe(home):
    """`--resume` goes on at the next item."""
    quiz(home, OPENING_LINES + "5\nq\n")
    done = quiz(home, "2\n", "--json", "--resume")
    assert list(json.loads(done.stdout)["answers"]["responses"].values()) == [4, 1]


def test_a_pipe_is_not_asked_to_check_on_reality(home):
    """Nobody is there: after the result the program ends, whatever is left on the pipe."""
    done = quiz(home, OPENING_LINES + "1\n" + "1\n" * 20, "--max-items", "1")
    assert done.returncode == 0
    assert saved(home)["results"][0].reality is None


def test_bytes_that_are_no_text_skip_their_question(home):
    """A line in another encoding is no answer, and no crash."""
    answers = (OPENING_LINES + "5\n").encode() + b"\xff\xfe\n2\n"
    done = quiz(home, answers, "--json", "--max-items", "3", PYTHONIOENCODING="utf-8:strict")
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-300:]
    assert list(json.loads(done.stdout)["answers"]["responses"].values()) == [4, None, 1]


def test_a_hostile_line_is_not_echoed_to_the_terminal(home):
    """Control characters typed into the pipe do not come out of it."""
    done = quiz(home, "\x1b]0;owned\x07\n\x1b[31mred\n", "--json")
    assert b"\x1b" not in done.stderr


def test_no_save_in_a_pipe_leaves_no_file(home):
    """`--no-save` keeps nothing."""
    before = sorted(home.rglob("*"))
    assert quiz(home, OPENING_LINES + "5\n", "--json", "--no-save").returncode == 0
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_terminal_and_no_plain_names_the_other_ways(home, language):
    """Exit 9 before anything is read, with the two commands that do the same from a file."""
    done = run(home, "quiz", "--lang", language, answers=ANSWERS)
    assert (done.returncode, done.stdout) == (9, b"")
    for command in ("careerfit quiz --plain <", "careerfit score "):
        assert command in done.stderr.decode()
    assert not list(home.glob("*.sqlite3"))


def test_a_closed_standard_input_is_no_terminal(home):
    """`<&-` ends with 9 as well, with `--plain` and without."""
    for options in ("", "--plain"):
        command = f'{CAREERFIT[0]} quiz {options} --catalogue "{SMALL}" <&-'
        done = subprocess.run(["bash", "-c", command], env=environment(home), capture_output=True, check=False)
        assert done.returncode == 9, done.stderr.decode()
        assert b"Traceback" not in done.stderr


# On a terminal


def begin(home: Path, *options: str, language: str = "en", **changes: str) -> Terminal:
    """Start the plain quiz on a terminal, and pass its welcome."""
    terminal = Terminal(home, "quiz", "--lang", language, "--catalogue", SMALL, *options, size=(200, 60), **changes)
    return terminal.wait_for_choice(1).wait(prompted).send("\n")


def prompted(terminal: Terminal) -> bool:
    """Return whether the program waits for a line."""
    return terminal.text.endswith(":")


def ask(terminal: Terminal, companion: Companion) -> Terminal:
    """Wait until the companion's question stands at the end of the screen, with its prompt."""
    with speaking(companion.language):
        screen = companion.interview.screen

    def asked(terminal: Terminal) -> bool:
        _before, part, rest = terminal.text.rpartition(screen.part)
        last = rest.count("\n  1  ") == 1
        return bool(part) and last and screen.question[0] in rest and prompted(terminal)

    return terminal.wait(asked, screen.question[0])


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_whole_quiz_in_lines_keeps_every_answer(home, small, language):
    """The journey with lines instead of keys: back and skip included."""
    companion = Companion(small, language, max_items=5)
    with begin(home, "--plain", "--max-items", "5", language=language) as terminal:
        for turn, _name in enumerate(OPENING):
            ask(terminal, companion).send(f"{turn % 3 + 1}\n")
            companion.reply(turn % 3)
        ask(terminal, companion).send("5\n")
        companion.reply(4)
        ask(terminal, companion).send("b\n")
        companion.reply("back")
        ask(terminal, companion).send("1\n")
        companion.reply(0)
        ask(terminal, companion).send("s\n")
        companion.reply("skip")
        while not companion.is_over:
            ask(terminal, companion).send("2\n")
            companion.reply(1)
        terminal.wait_for_choice(2).wait(prompted).send("2\n")
        assert terminal.exit_code() == 0
    document = json.loads(saved(home)["results"][0].document)
    assert document["answers"]["responses"] == dict(companion.answers.responses)


def test_a_slip_is_asked_again(home, small):
    """On a terminal a line that is no answer skips nothing."""
    companion = Companion(small, "en")
    with begin(home, "--plain") as terminal:
        ask(terminal, companion).send("seven\n9\n4\n")
        companion.reply(3)
        ask(terminal, companion)
        assert saved(home)["unfinished"][0].answers.facts.education == "bachelor"


def test_going_back_shows_the_line_answered_before(home, small):
    """The answer given before is marked, and only it."""
    companion = Companion(small, "en")
    with begin(home, "--plain") as terminal:
        ask(terminal, companion).send("4\n")
        companion.reply(3)
        ask(terminal, companion).send("b\n")
        companion.reply("back")
        ask(terminal, companion)
        rows = [row for row in terminal.lines if row.startswith("  ")][-5:]
        with speaking("en"):
            answers = companion.interview.screen.answers
        marked = [row for row, answer in zip(rows, answers, strict=True) if row[5:] != answer]
        assert [row[2] for row in marked] == ["4"]


def test_enter_keeps_the_answer_given_before(home, small):
    """A person who went back keeps the answer with Enter alone; nothing was answered before, nothing is kept."""
    with begin(home, "--plain") as terminal:
        terminal.wait_for("1 of 7").wait(prompted).send("4\n").wait_for("2 of 7")
        terminal.wait(prompted).send("b\n").wait_for("(your answer before; Enter keeps it)")
        terminal.wait(prompted).send("\n").wait(lambda shown: shown.log.count("2 of 7") == 2)
        terminal.wait(prompted).send("\n").wait_for("Please type a number").wait(prompted).send("q\n")
        assert terminal.exit_code() == 0
    assert saved(home)["unfinished"][0].answers.facts.education == "bachelor"


def test_why_in_lines_explains_and_asks_again(home, small):
    """`?` prints the reason; the question is still to be answered."""
    companion = Companion(small, "en")
    with begin(home, "--plain") as terminal:
        with speaking("en"):
            why = companion.interview.screen.why
        ask(terminal, companion).send("?\n").wait(lambda t: why[:60] in t.text and prompted(t)).send("2\n")
        companion.reply(1)
        ask(terminal, companion)


@pytest.mark.parametrize(
    ("keys", "code"), [("q\n", 0), (CTRL_D, 0), (CTRL_C, 130)], ids=["quit", "end-of-input", "ctrl-c"]
)
def test_leaving_in_lines_keeps_the_answers(home, small, keys, code):
    """However a person leaves, what was answered is kept and the command to go on is named."""
    companion = Companion(small, "en")
    with begin(home, "--plain") as terminal:
        ask(terminal, companion).send("4\n")
        companion.reply(3)
        ask(terminal, companion).send(keys)
        assert terminal.exit_code() == code
        assert "careerfit quiz" in terminal.text
        assert "Traceback" not in terminal.log
    assert saved(home)["unfinished"][0].answers.facts.education == "bachelor"


@pytest.mark.parametrize("changes", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=["accessible", "dumb"])
def test_the_environment_can_ask_for_lines(home, small, changes):
    """ACCESSIBLE and TERM=dumb give the quiz and its result without any drawing."""
    with begin(home, "--max-items", "1", **changes) as terminal:
        terminal.send(OPENING_LINES + "1\n").wait_for_choice(2).wait(prompted).send("2\n")
        assert terminal.exit_code() == 0
    assert "\x1b" not in terminal.log


def test_plain_on_a_capable_terminal_draws_nothing_at_all(home):
    """`--plain` is for people who read with their ears: the result comes in plain lines too."""
    with begin(home, "--plain", "--max-items", "1") as terminal:
        terminal.send(OPENING_LINES + "1\n").wait_for_choice(2).wait(prompted).send("2\n")
        assert terminal.exit_code() == 0
    assert "\x1b" not in terminal.log


def test_the_reality_check_in_lines_is_kept(home):
    """The cards are asked in lines and stored beside the result."""
    with begin(home, "--plain", "--max-items", "1") as terminal:
        terminal.send(OPENING_LINES + "1\n").wait_for_choice(2).wait(prompted).send("1\n")
        terminal.send("2\n\n1\n2\n")
        assert terminal.exit_code() == 0
    replies = [card["reply"] for card in json.loads(saved(home)["results"][0].reality)]
    assert replies == [1, 0, 1]
