"""Going on with a quiz that was left: which one, how many questions, and on which version of its catalogue."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from terminal import ENTER, SMALL, Terminal, run, saved, warm_home

from careerfit.catalogue.load import load_catalogue
from careerfit.store import FILE_NAME, SavedQuiz

OPENING = "4\n3\n2\n1\n2\n3\n1\n"
GOLDEN = Path(__file__).parent / "stores" / "version-1"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A catalogue of one's own, which may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "own"))


def quiz(home: Path, folder: Path, answers: str, *options: str):
    """Run the plain quiz from a pipe, in English."""
    return run(home, "quiz", "--plain", "--json", "--lang", "en", "--catalogue", folder, *options, answers=answers)


def left(home: Path, folder: Path, answers: str = OPENING + "5\n4\n2\nq\n") -> SavedQuiz:
    """Leave a quiz, after three items if nothing else is said."""
    assert quiz(home, folder, answers).returncode == 0
    quizzes: list[SavedQuiz] = saved(home)["unfinished"]
    return quizzes[0]


def edit(folder: Path, before: str, after: str, file: str = "items.yaml") -> None:
    """Change a text in a file of a catalogue, where it stands exactly once."""
    content = (folder / file).read_text()
    assert content.count(before) == 1
    (folder / file).write_text(content.replace(before, after))


def reword(folder: Path, item_id: str) -> None:
    """Give an item other English words."""
    old = next(item for item in load_catalogue(folder).items if item.id == item_id)
    text = old.text["en"] if hasattr(old, "text") else old.left.text["en"]
    edit(folder, f'en: "{text}"', 'en: "Other words."')


def result_of(done: Any) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr.decode()
    document: dict[str, Any] = json.loads(done.stdout)
    return document


# Which one


def test_any_of_several_quizzes_is_reached_by_its_id(home):
    """`--resume` alone takes the one saved last; a beginning of an id is enough."""
    first = left(home, SMALL, OPENING + "5\nq\n")
    left(home, SMALL, OPENING + "1\n2\nq\n")
    assert result_of(quiz(home, SMALL, "f\n", "--resume"))["items_asked"] == 2
    document = result_of(quiz(home, SMALL, "f\n", "--resume", first.id[:6]))
    assert list(document["answers"]["responses"].values()) == [4]


def test_an_id_that_no_unfinished_quiz_has_is_a_usage_error(home):
    """Nothing is started instead."""
    left(home, SMALL)
    assert quiz(home, SMALL, "", "--resume", "zzzz").returncode == 2
    assert len(saved(home)["unfinished"]) == 1


def test_on_a_catalogue_without_a_quiz_the_one_on_another_is_pointed_out(home, own):
    """Nothing is gone on with that is of other roles than those asked for."""
    first = left(home, SMALL)
    for file in own.iterdir():
        file.write_text(file.read_text().replace("name: small", "name: other"))
    done = quiz(home, own, "f\n", "--resume")
    assert done.returncode == 2
    assert f"careerfit quiz --resume {first.id}" in done.stderr.decode()
    assert len(saved(home)["unfinished"]) == 1


def test_a_catalogue_that_broke_meanwhile_leaves_the_way_by_its_copy(home, own):
    """The command that goes on is named below the mistakes, and goes on."""
    folder = own.rename(own.with_name("small"))
    first = left(home, folder)
    edit(folder, "roles:", "rols:", "roles.yaml")
    done = quiz(home, folder, "f\n", "--new")
    assert done.returncode == 4
    assert f"--resume {first.id} --on old --catalogue {folder}" in done.stderr.decode()
    assert result_of(quiz(home, folder, "f\n", "--resume", first.id, "--on", "old"))["items_asked"] == 3


def test_the_plain_quiz_is_gone_on_with_in_plain_lines(home):
    """The command for it says so, unless the settings do."""
    for settings, told in (({}, True), ({"CAREERFIT_PLAIN": "1"}, False)):
        done = run(home, "quiz", "--plain", "--new", "--lang", "en", answers="4\nq\n", **settings)
        assert ("careerfit quiz --plain" in done.stderr.decode()) == told


# Somebody who has a result


def test_who_has_a_result_is_offered_to_look_at_it(home):
    """It is named on the first screen; looking shows it, and begins no quiz."""
    page = run(home, "quiz", "--plain", "--lang", "en", "--catalogue", SMALL, answers=OPENING + "5\n4\nf\n")
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, CAREERFIT_PAGER="") as terminal:
        terminal.wait_for_choice(2)
        assert saved(home)["results"][0].headline in terminal.text
        assert "“small”" in terminal.text
        assert terminal.send("2").exit_code() == 0
    assert page.stdout.decode().splitlines()[0] in terminal.log
    assert saved(home)["unfinished"] == []
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, "--new") as terminal:
        terminal.wait_for_choice(1)


def test_the_offer_says_that_there_are_more(home):
    """On a terminal, where only the latest is offered."""
    left(home, SMALL)
    left(home, SMALL)
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL) as terminal:
        terminal.wait_for_choice(2)
        assert "careerfit history" in terminal.text


@pytest.mark.parametrize("options", [("--new", "ab12"), ("--new", "--resume"), ("--on", "old")])
def test_options_that_contradict_each_other_are_refused(home, options):
    """Exit 2."""
    assert quiz(home, SMALL, "", *options).returncode == 2


# How many questions


def test_a_limit_given_on_resuming_holds(home):
    """Fewer and more than at first; without one the first limit stays."""
    assert quiz(home, SMALL, OPENING + "5\nq\n", "--max-items", "5").returncode == 0
    quiz(home, SMALL, "q\n", "--resume", "--max-items", "4")
    assert saved(home)["unfinished"][0].max_items == 4
    assert result_of(quiz(home, SMALL, "s\n" * 20, "--resume"))["items_asked"] == 4


def test_what_another_terminal_answered_meanwhile_is_not_undone(home):
    """The quiz is read again once it is held: here it was finished elsewhere while the offer stood on the screen."""
    left(home, SMALL)
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL) as terminal:
        terminal.wait_for_choice(2)
        result_of(quiz(home, SMALL, "f\n", "--resume"))
        terminal.send("1")
        assert terminal.exit_code() == 2
        assert "careerfit history" in terminal.text
    assert len(saved(home)["results"]) == 1


# On which catalogue


EXTRA = '- {id: extra, kind: statement, trait: lead, text: {id: "x", en: "An extra one."}}\n'
KINDS = {
    "typo": lambda folder, item: reword(folder, item),
    "level": lambda folder, _item: edit(folder, "at_least: 3.5", "at_least: 3", "roles.yaml"),
    "invalid": lambda folder, _item: (folder / "items.yaml").write_text("- {"),
    "gone": lambda folder, _item: shutil.rmtree(folder),
    "added": lambda folder, _item: edit(folder, "- {id: own-part", f"{EXTRA}- {{id: own-part"),
    "summary": lambda folder, _item: edit(folder, "Runs a plant.", "Runs a whole plant.", "roles.yaml"),
}
SLOW = [pytest.param(kind, marks=pytest.mark.slow) for kind in ("typo", "invalid", "added", "summary")]


@pytest.mark.parametrize("kind", ["level", "gone", *SLOW])
def test_a_changed_catalogue_needs_a_decision_and_without_a_terminal_the_ways_are_named(home, own, kind):
    """Exit 7 and not an answer touched; the way with the old catalogue then works as it is named."""
    before = left(home, own)
    KINDS[kind](own, next(iter(before.answers.responses)))
    refused = quiz(home, own, "f\n", "--resume")
    assert (refused.returncode, refused.stdout) == (7, b"")
    named = refused.stderr.decode()
    usable = kind not in ("invalid", "gone")
    assert (f"--resume {before.id} --on new" in named) == usable
    assert f"--resume {before.id} --on old" in named
    assert saved(home)["unfinished"] == [before]

    document = result_of(run(home, "quiz", "--plain", "--json", "--lang", "en", "--resume", before.id, "--on", "old"))
    assert document["answers"]["responses"] == dict(before.answers.responses)
    assert document["catalogue"]["hash"] == before.catalogue_hash


def test_an_item_with_other_words_is_asked_again_first_with_the_answer_marked(home, own):
    """On a terminal: one screen for the decision, then the item with the old answer under the cursor."""
    before = left(home, own)
    item = next(iter(before.answers.responses))
    reword(own, item)
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", own) as terminal:
        terminal.wait_for_choice(3)
        assert "1 question you answered has been reworded" in " ".join(terminal.text.split())
        terminal.send("1").wait_for("Other words.").wait_for_choice(5)
        assert "> 5" in terminal.text
        terminal.send(ENTER).wait_for("Question 4").send("q")
        assert terminal.exit_code() == 0
    after = saved(home)["unfinished"][0]
    assert after.answers.responses == before.answers.responses
    assert after.catalogue_hash == load_catalogue(own).hash


def test_an_answer_to_old_words_survives_leaving_before_it_is_given_again(home, own):
    """It comes again at the next resume, still with the old answer."""
    before = left(home, own)
    item, response = next(iter(before.answers.responses.items()))
    reword(own, item)
    assert quiz(home, own, "q\n", "--resume", "--on", "new").returncode == 0
    between = saved(home)["unfinished"][0]
    assert between.aside == {item: response}
    assert item not in between.answers.responses
    done = quiz(home, own, "s\nf\n", "--resume")
    assert "Other words." in done.stderr.decode()
    assert "(your answer before)" in done.stderr.decode()
    assert result_of(done)["answers"]["responses"] == {**between.answers.responses, item: None}


def test_going_back_and_finishing_among_the_items_asked_again(home, own):
    """Back opens the one before; finishing gives the result of what stands."""
    before = left(home, own)
    one, other, third = before.answers.responses
    for item in (one, other):
        reword(own, item)
    if list(load_catalogue(own).items).index(load_catalogue(own).item(one)) > list(load_catalogue(own).items).index(
        load_catalogue(own).item(other)
    ):
        one, other = other, one
    document = result_of(quiz(home, own, "1\nb\n2\nf\n", "--resume", "--on", "new"))
    assert document["answers"]["responses"] == {one: 1, third: before.answers.responses[third]}


def test_the_answer_to_an_item_that_is_gone_is_kept_and_not_scored(home, own):
    """Said on standard error, since nobody was asked on a screen."""
    before = left(home, own)
    lines = {line.split(",")[0]: line for line in (own / "items.yaml").read_text().splitlines()}
    item, line = next(
        (name, lines[f"- {{id: {name}"]) for name in before.answers.responses if f"- {{id: {name}" in lines
    )
    rest = [name for name in before.answers.responses if name != item]
    edit(own, line + "\n", "")
    done = quiz(home, own, "q\n", "--resume", "--on", "new")
    assert "1 question you answered is gone" in done.stderr.decode()
    after = saved(home)["unfinished"][0]
    assert list(after.answers.responses) == rest
    assert after.aside == {item: before.answers.responses[item]}


def test_other_levels_are_said_and_scored(home, own):
    """The answers stand, the ranking is that of the new levels."""
    before = left(home, own)
    KINDS["level"](own, "")
    done = quiz(home, own, "f\n", "--resume", "--on", "new")
    assert "counted the new way" in done.stderr.decode()
    document = result_of(done)
    assert document["answers"]["responses"] == dict(before.answers.responses)
    assert document["catalogue"]["hash"] == load_catalogue(own).hash


def test_a_new_quiz_can_be_begun_instead_and_the_old_one_stays(home, own):
    """The third answer of the screen."""
    before = left(home, own)
    KINDS["typo"](own, next(iter(before.answers.responses)))
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", own) as terminal:
        terminal.wait_for_choice(3).send("3").wait_for_choice(5).send("4").wait_for("2 of 7").send("q")
        assert terminal.exit_code() == 0
    new, old = saved(home)["unfinished"]
    assert (old, new.step) == (before, 1)


def test_a_person_is_offered_the_copy_when_the_catalogue_is_gone(home, own):
    """And the command to go on later names it."""
    before = left(home, own)
    shutil.rmtree(own)
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", own, "--resume") as terminal:
        terminal.wait_for_choice(2)
        assert "a copy was kept" in " ".join(terminal.text.split())
        terminal.send("1").wait_for("Question 4").send("q")
        assert terminal.exit_code() == 0
        assert f"--resume {before.id} --on old" in " ".join(terminal.text.split())


def test_a_gone_catalogue_without_a_copy_is_said(tmp_path):
    """From a store of version 1, which kept none: exit 7, and its folder is asked for."""
    shutil.copy(GOLDEN / FILE_NAME, tmp_path / FILE_NAME)
    done = run(tmp_path, "quiz", "--plain", "--lang", "en", "--resume", "5dfa")
    assert done.returncode == 7
    assert "--catalogue" in done.stderr.decode()
    folder = GOLDEN / "catalogue"
    assert result_of(quiz(tmp_path, folder, "f\n", "--resume", "5dfa"))["items_asked"] == 3


def test_past_results_do_not_change_with_the_catalogue(home, own):
    """Byte for byte."""
    left(home, own)
    result_of(quiz(home, own, "f\n", "--resume"))
    before = saved(home)["results"]
    KINDS["level"](own, "")
    left(home, own)
    result_of(quiz(home, own, "f\n", "--resume"))
    assert saved(home)["results"][1:] == before


# What is said to be kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("s\n" * 8 + "q\n", "Your place is kept; there are no answers yet."),
        ("s\n3\nq\n", "What you said about yourself is kept."),
        ("s\n" * 7 + "1\n2\nq\n", "Your answers to 2 questions are kept."),
        ("2\n" * 9 + "q\n", "Your answers to 2 questions are kept, and what you said about yourself."),
    ],
)
def test_what_is_kept_is_said_in_full(home, typed, said):
    """What the person said of herself counts too."""
    assert said in quiz(home, SMALL, typed).stderr.decode().splitlines()


def test_a_quiz_without_any_answer_leaves_nothing(home):
    """It would only stand in the way of those that have some."""
    done = quiz(home, SMALL, "s\nq\n")
    assert done.stderr.decode().splitlines()[-1] == "You have not answered anything, so nothing is kept."
    assert saved(home)["unfinished"] == []


@pytest.mark.parametrize(
    ("plain", "end", "code"),
    [((), signal.SIGHUP, 129), (("--plain",), signal.SIGHUP, 129), (("--plain",), signal.SIGTERM, 143)],
    ids=["keys-hup", "lines-hup", "lines-term"],
)
def test_a_signal_that_ends_the_quiz_has_its_exit_code_and_keeps_what_was_answered(home, plain, end, code):
    """The command to go on is named."""
    options = ("quiz", "--lang", "en", "--catalogue", SMALL, *plain)
    with Terminal(home, *options, size=(100, 40)) as terminal:
        terminal.wait_for_choice(1).send(ENTER).wait_for_choice(5)
        terminal.send("4\n" if plain else "4").wait_for("2 of 7").wait_for_choice(5)
        assert terminal.kill(end).exit_code() == code
        assert "What you said about yourself is kept." in terminal.text
        assert "careerfit quiz" in terminal.text
    assert saved(home)["unfinished"][0].answers.facts.education == "bachelor"
