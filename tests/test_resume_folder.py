"""A quiz remembers the folder of its catalogue: it goes on there, asks where that has changed, or takes its copy."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from terminal import SMALL, Terminal, run, saved, warm_home
from test_resume import KINDS, OPENING, left, quiz, result_of, reword

from careerfit.catalogue.files import shipped_folder
from careerfit.catalogue.load import load_catalogue
from careerfit.store import FILE_NAME, SavedQuiz

GOLDEN = Path(__file__).parent / "stores" / "version-2"
LEFT_IN_IT = "5dfa2b81"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A catalogue of one's own, which may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "own"))


def resume(home: Path, *options: str, answers: str = "f\n", **settings: str):
    """Go on with a quiz without naming a catalogue, in English and from a pipe."""
    return run(home, "quiz", "--plain", "--json", "--lang", "en", "--resume", *options, answers=answers, **settings)


def the_quiz(home: Path) -> SavedQuiz:
    (found,) = saved(home)["unfinished"]
    assert isinstance(found, SavedQuiz)
    return found


@pytest.mark.parametrize("named", [True, False])
def test_in_its_folder_unchanged_it_goes_on_without_a_word(home, own, named):
    """Its id is enough, or none; what can be typed after the result is about that folder."""
    first = left(home, own)
    assert first.folder == own
    done = run(home, "quiz", "--plain", "--lang", "en", "--resume", *([first.id] if named else []), answers="f\n")
    assert done.returncode == 0
    assert "copy" not in done.stderr.decode()
    assert f"careerfit quiz --new --catalogue {own}\n" in done.stdout.decode()


def test_the_folder_is_remembered_as_it_was_named_and_found_from_anywhere(home, own, monkeypatch):
    """A relative path is made absolute, links in it are kept."""
    link = own.with_name("linked")
    link.symlink_to(own)
    monkeypatch.chdir(link)
    first = left(home, Path())
    assert first.folder in (link, own)  # what the system calls the folder one stands in
    monkeypatch.chdir(own.parent)
    assert left(home, Path("linked")).folder == link
    monkeypatch.chdir("/")
    assert "copy" not in resume(home, first.id).stderr.decode()


def test_the_shipped_catalogue_has_no_folder(home):
    """It moves with the program."""
    run(home, "quiz", "--plain", "--new", "--lang", "en", answers="4\nq\n")
    assert the_quiz(home).folder is None


def test_after_leaving_it_again_its_id_leads_back(home, own):
    """Without the folder, which it remembers; typed as it stands, the command goes on."""
    first = left(home, own)
    said = resume(home, answers="q\n").stderr.decode()
    assert f"careerfit quiz --resume {first.id} --plain\n" in said
    assert the_quiz(home) == first


@pytest.mark.parametrize("kind", ["level", "invalid", pytest.param("typo", marks=pytest.mark.slow)])
def test_changed_there_it_needs_a_decision_and_without_a_terminal_the_ways_are_named(home, own, kind):
    """Exit 7, not an answer touched; each way works as it is named."""
    before = left(home, own)
    KINDS[kind](own, next(iter(before.answers.responses)))
    refused = resume(home)
    named = refused.stderr.decode()
    assert (refused.returncode, refused.stdout) == (7, b"")
    assert the_quiz(home) == before
    assert f"careerfit quiz --resume {before.id} --on old" in named
    assert (f"careerfit quiz --resume {before.id} --on new" in named) == (kind != "invalid")
    assert (f"careerfit quiz --new --catalogue {own}" in named) == (kind != "invalid")
    old = resume(home, before.id, "--on", "old", answers="q\n")
    assert old.returncode == 0
    assert the_quiz(home).catalogue_hash == before.catalogue_hash
    new = resume(home, before.id, "--on", "new")
    if kind == "invalid":
        assert new.returncode == 7
    else:
        assert result_of(new)["catalogue"]["hash"] == load_catalogue(own).hash


def test_changed_there_a_person_is_asked_which_one(home, own):
    """The same screen as when the folder is named."""
    before = left(home, own)
    reword(own, next(iter(before.answers.responses)))
    with Terminal(home, "quiz", "--lang", "en", "--resume") as terminal:
        terminal.wait_for_choice(3)
        assert "1 question you answered has been reworded" in " ".join(terminal.text.split())
        terminal.send("1").wait_for("Other words.").send("q")
        assert terminal.exit_code() == 0
    after = the_quiz(home)
    assert (after.catalogue_hash, after.folder) == (load_catalogue(own).hash, own)


def test_a_new_quiz_begun_on_that_screen_is_of_that_folder(home, own):
    """The third answer, though no folder was named."""
    before = left(home, own)
    reword(own, next(iter(before.answers.responses)))
    with Terminal(home, "quiz", "--lang", "en", "--resume") as terminal:
        terminal.wait_for_choice(3).send("3").wait_for_choice(5).send("4").wait_for("2 of 7").send("q")
        assert terminal.exit_code() == 0
        assert f"--catalogue {own}" not in terminal.text
    new, old = saved(home)["unfinished"]
    assert (old, new.folder, new.catalogue_hash) == (before, own, load_catalogue(own).hash)


@pytest.mark.parametrize("terminal", [True, False])
def test_when_the_folder_is_gone_it_goes_on_with_its_copy_and_says_so(home, own, terminal):
    """Which folder that was, and how to name another one."""
    before = left(home, own)
    shutil.rmtree(own)
    if terminal:
        with Terminal(home, "quiz", "--lang", "en", "--resume", size=(120, 40)) as screen:
            screen.wait_for_choice(1)
            said = screen.text
            screen.send("1").wait_for("Question 4").send("q")
            assert screen.exit_code() == 0
            assert f"careerfit quiz --resume {before.id} --on old" in screen.text
        assert the_quiz(home).folder == own
    else:
        done = resume(home)
        assert result_of(done)["catalogue"]["hash"] == before.catalogue_hash
        said = done.stderr.decode()
    words = " ".join(said.split())
    assert "goes on with the copy" in words
    assert f"because {own} is no longer there" in words
    assert f"careerfit quiz --resume {before.id} --catalogue DIR" in words


def test_a_folder_that_moved_is_named_once_and_then_remembered(home, own):
    """The same catalogue from another place, and nothing is asked."""
    left(home, own)
    moved = own.rename(own.with_name("moved"))
    assert quiz(home, moved, "q\n", "--resume").returncode == 0
    assert the_quiz(home).folder == moved
    assert "copy" not in resume(home).stderr.decode()


def test_what_is_named_now_counts_before_what_is_remembered(home, own):
    """A changed copy elsewhere asks, though the folder remembered is unchanged."""
    before = left(home, own)
    other = Path(shutil.copytree(own, own.with_name("other")))
    KINDS["level"](other, "")
    assert quiz(home, other, "f\n", "--resume").returncode == 7
    assert quiz(home, other, "q\n", "--resume", "--on", "new").returncode == 0
    after = the_quiz(home)
    assert (after.folder, after.catalogue_hash) == (other, load_catalogue(other).hash)
    assert after.answers == before.answers


def test_of_two_folders_with_one_name_each_has_its_own_quiz(home, own):
    """`--resume` takes the one that was left in the folder named, though another one was left after it."""
    other = Path(shutil.copytree(own, own.with_name("other")))
    KINDS["level"](other, "")
    first = left(home, own)
    second = left(home, other)
    assert first.catalogue_name == second.catalogue_name
    for folder, of_it in ((own, first), (other, second)):
        assert quiz(home, folder, "q\n", "--resume").returncode == 0
        assert next(found for found in saved(home)["unfinished"] if found.id == of_it.id) == of_it
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", own) as terminal:
        terminal.wait_for_choice(2)
        assert "has changed" not in terminal.text


def test_the_catalogue_of_the_settings_does_not_stand_in_for_another(home, own):
    """A quiz of another folder is reached by its id, and goes on there."""
    first = left(home, own)
    other = Path(shutil.copytree(own, own.with_name("other")))
    for file in other.iterdir():
        file.write_text(file.read_text().replace("name: small", "name: other"))
    done = resume(home, first.id, CAREERFIT_CATALOGUE=str(other))
    assert result_of(done)["catalogue"] == {"name": "small", "hash": first.catalogue_hash}
    assert "copy" not in done.stderr.decode()


def test_a_quiz_of_a_version_that_knew_no_folder_goes_on_with_its_copy(tmp_path):
    """As it did then: with a word about it."""
    shutil.copy(GOLDEN / FILE_NAME, tmp_path / FILE_NAME)
    done = resume(tmp_path, LEFT_IN_IT[:4])
    assert result_of(done)["items_asked"] == 3
    assert f"careerfit quiz --resume {LEFT_IN_IT} --catalogue DIR" in done.stderr.decode()


def test_a_quiz_on_a_changed_copy_of_the_shipped_catalogue_is_not_taken_for_one_on_it(home, tmp_path):
    """They have one name: the quiz of the copy is not offered on the shipped one, and goes on in its own folder."""
    copy = Path(shutil.copytree(shipped_folder(), tmp_path / "copy", ignore=shutil.ignore_patterns("*.md")))
    roles = (copy / "roles.yaml").read_text()
    (copy / "roles.yaml").write_text(roles.replace("title: {", "title:  {", 1) + "\n# of our school\n")
    items = (copy / "items.yaml").read_text()
    (copy / "items.yaml").write_text(items.replace("?", "??", 1))
    first = left(home, copy, "4\nq\n")
    assert first.catalogue_name == load_catalogue(shipped_folder()).name
    assert first.catalogue_hash != load_catalogue(shipped_folder()).hash
    with Terminal(home, "quiz", "--lang", "en") as terminal:
        terminal.wait_for_choice(1)
    assert resume(home, answers="q\n").returncode == 0
    assert the_quiz(home) == first


def test_a_folder_whose_name_steers_a_terminal_is_told_as_text(home, own):
    """On the way by the copy, on a screen and in lines, and in the list."""
    steering = own.rename(own.with_name("own\x1b]0;title\x07\u202eend"))
    left(home, steering, OPENING + "5\nq\n")
    left(home, SMALL, OPENING + "5\nq\n")
    shutil.rmtree(steering)
    (mine,) = (quiz.id for quiz in saved(home)["unfinished"] if quiz.folder == steering)
    with Terminal(home, "quiz", "--lang", "en", "--resume", mine) as terminal:
        terminal.wait_for_choice(1)
        assert "is no longer there" in " ".join(terminal.text.split())
        assert not any(steers in terminal.log for steers in ("\x1b]", "\x07", "\u202e"))
    for done in (resume(home, mine, answers="q\n"), run(home, "history", "--lang", "en")):
        written = (done.stdout + done.stderr).decode()
        assert not {"\x1b", "\x07", "\u202e"} & set(written)
    assert os.fsencode(steering).decode() not in written
