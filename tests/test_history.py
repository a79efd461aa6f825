"""`careerfit history`: what is kept is listed, shown as it was, and forgotten without a trace."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from terminal import CAREERFIT, SMALL, Terminal, run, saved, warm_home

from careerfit.catalogue.load import load_catalogue
from careerfit.engine.instrument import Instrument
from careerfit.errors import StoreDamaged
from careerfit.model import Answers, Facts
from careerfit.result import Stamp, build_result
from careerfit.store import FILE_NAME, Store

GOLDEN = Path(__file__).parent / "stores" / "version-1"
RESULTS = ("aaaa00000000", "aabb00000000", "bbbb00000000")
DAYS = ("2026-01-10", "2026-02-10", "2026-03-10")
LEFT = ("2026-01-20", "2026-03-20")


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Path:
    """A home with three results and two quizzes in progress, a day each."""
    home = warm_home(tmp_path_factory.mktemp("history"))
    catalogue = load_catalogue(SMALL)
    instrument = Instrument.of(catalogue)
    with Store(home) as store:
        for place, (name, day) in enumerate(zip(RESULTS, DAYS, strict=True)):
            responses = {item.id: 4 - place for item in catalogue.items[: place + 1]}
            answers = Answers(responses=responses, respondent=f"marker-{name}")
            stamp = Stamp(id=name, created=f"{day}T12:00:00Z", language="en", program="careerfit")
            result = build_result(instrument, answers, "respondent", stamp)
            quiz = store.start(when=stamp.created, catalogue=catalogue, language="en", max_items=30)
            store.save(quiz.id, answers, 7, stamp.created)
            document = msgspec.json.encode(result)
            title = result.ranking[0].title
            store.finish(quiz.id, name, stamp.created, document, headline=title, answered=place + 1)
        for day in LEFT:
            quiz = store.start(when=f"{day}T12:00:00Z", catalogue=catalogue, language="en", max_items=30)
            answers = Answers(facts=Facts(education="bachelor"), respondent="marker-left", responses={"own-part": 2})
            store.save(quiz.id, answers, 7, f"{day}T12:00:00Z")
    return home


@pytest.fixture
def home(full: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(full, tmp_path / "home"))


def history(home: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return run(home, "history", *arguments, "--lang", "en", **changes)


def listed(home: Path) -> dict[str, Any]:
    done = run(home, "history", "--json")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def ids(home: Path) -> tuple[list[str], list[str]]:
    """Days of the unfinished quizzes and ids of the results that are kept."""
    there = saved(home)
    return [quiz.updated[:10] for quiz in there["unfinished"]], [result.id for result in there["results"]]


# list


def test_what_is_kept_is_listed_newest_first_with_unfinished_quizzes_on_top(home):
    """Day, id, first role and number of answers, on one line each; the catalogue is the same of all."""
    done = history(home)
    lines = done.stdout.decode().splitlines()
    order = [next(place for place, line in enumerate(lines) if day in line) for day in (*LEFT[::-1], *DAYS[::-1])]
    assert order == sorted(order)
    for name, day, entry in zip(RESULTS, DAYS, saved(home)["results"][::-1], strict=True):
        (line,) = (line for line in lines if name in line and day in line)
        assert {day, name} <= set(line.split())
        assert "small" not in line
        assert entry.headline in line
        assert line.split()[-1] == str(entry.answered)
    assert done.returncode == 0
    assert run(home, "history", "list", "--lang", "en").stdout == done.stdout


def test_catalogues_are_named_where_there_are_several(home):
    """And their versions where those differ; a name that one version has stands alone."""
    small = load_catalogue(SMALL)
    with Store(home) as store:
        for name, catalogue_hash in (("other", "sha256:0123456789"), ("small", "sha256:abcdef0123")):
            changed = msgspec.structs.replace(small, name=name, hash=catalogue_hash)
            store.start(when="2026-04-01T12:00:00Z", catalogue=changed, language="en", max_items=30)
    lines = history(home).stdout.decode().splitlines()
    assert sum("small abcdef " in line for line in lines) == 1
    assert sum(f"small {small.hash[7:13]} " in line for line in lines) == len(RESULTS) + len(LEFT)
    assert sum(" other " in line for line in lines) == 1


def test_in_a_narrow_window_nothing_of_the_list_is_lost(home):
    """The name on one line; below it day, answers and id."""
    with Terminal(home, "history", "--lang", "en", size=(40, 40)) as terminal:
        assert terminal.exit_code() == 0
    for entry in saved(home)["results"]:
        place = next(number for number, line in enumerate(terminal.lines) if entry.id in line)
        assert terminal.lines[place - 1].strip() == entry.headline
        assert entry.created[:10] in terminal.lines[place]
    assert not any("…" in line for line in terminal.lines)


def test_the_commands_below_the_list_can_be_typed_as_they_stand(home):
    """They name the quiz left last and the newest result."""
    shown = history(home).stdout.decode()
    assert f"quiz --resume {saved(home)['unfinished'][0].id}\n" in shown
    assert f"history show {RESULTS[-1]}\n" in shown


def test_the_list_as_a_document(home):
    """Everything the page has and more, of all results."""
    document = listed(home)
    assert document["schema"] == "careerfit/history/1"
    assert [result["id"] for result in document["results"]] == list(RESULTS[::-1])
    assert [result["answered"] for result in document["results"]] == [3, 2, 1]
    assert {quiz["catalogue"]["hash"] for quiz in document["unfinished"]} == {load_catalogue(SMALL).hash}
    assert document["damaged"] == []


def test_a_home_without_a_store_has_nothing_and_gets_none(tmp_path):
    """Looking leaves no file behind."""
    done = history(tmp_path / "none")
    assert done.returncode == 0
    assert "careerfit quiz" in done.stdout.decode()
    assert not (tmp_path / "none").exists()


def test_older_results_are_counted_and_listed_when_all_are_asked_for(home):
    """Twenty are shown; the line below says how to see the rest."""
    with Store(home) as store:
        catalogue = load_catalogue(SMALL)
        for number in range(25):
            quiz = store.start(when="2026-04-01T00:00:00Z", catalogue=catalogue, language="en", max_items=30)
            store.finish(quiz.id, f"{number:012d}", "2026-04-01T00:00:00Z", b"{}")
    shown = history(home).stdout.decode()
    assert "and 8 older" in shown
    assert sum("2026-04-01" in line for line in shown.splitlines()) == 20
    every = history(home, "--all").stdout.decode()
    assert all(name in every for name in RESULTS)


def damage(home: Path, table: str, column: str, name: str) -> None:
    connection = sqlite3.connect(home / FILE_NAME)
    connection.execute(f"UPDATE {table} SET {column} = 'wrong' WHERE id = ?", (name,))
    connection.commit()
    connection.close()


def test_a_damaged_result_is_named_and_the_others_are_listed(home):
    """Exit 5 after the list; the damaged one can be forgotten."""
    damage(home, "results", "headline", RESULTS[1])
    done = history(home)
    assert done.returncode == 5
    assert RESULTS[1] in done.stderr.decode()
    assert RESULTS[1] not in done.stdout.decode()
    assert all(name in done.stdout.decode() for name in (RESULTS[0], RESULTS[2]))
    assert listed(home)["damaged"] == [{"kind": "result", "id": RESULTS[1]}]
    assert history(home, "forget", RESULTS[1][:4], "--yes").returncode == 0
    assert history(home).returncode == 0


def test_of_what_stands_on_a_page_that_cannot_be_read_it_is_said_that_it_goes_only_with_the_file(home):
    """It is named by its number; `forget` could not remove it, so that is not what is proposed."""
    file = home / FILE_NAME
    content = file.read_bytes()
    for start in range(4096, len(content), 4096):
        file.write_bytes(content[:start] + bytes(4096) + content[start + 4096 :])
        with suppress(StoreDamaged), Store(home) as store:
            if any(row.is_unreachable for row in store.damaged()):
                break
    done = history(home)
    said = done.stderr.decode()
    assert done.returncode == 5
    assert "damaged: #" in said
    assert f"delete {file}" in said
    assert "history forget" not in said


def test_hostile_words_in_the_store_do_not_steer_the_terminal(home):
    """Someone else may have written the file."""
    with Store(home) as store:
        catalogue = msgspec.structs.replace(load_catalogue(SMALL), name="\x1b]0;owned\x07", hash="sha256:evil")
        quiz = store.start(when="\x1b[31m", catalogue=catalogue, language="en", max_items=30)
        store.start(when="2026-04-01T00:00:00Z", catalogue=catalogue, language="en", max_items=30)
        store.finish(quiz.id, "cccc", "\u202e", b"{}", headline="\x1b[2J")
    done = history(home)
    assert b"\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout.decode()


def test_the_list_imports_neither_engine_nor_screen(home):
    """It is a page like `show`."""
    done = run(home, "history", prefix=[sys.executable, "-X", "importtime", *CAREERFIT])
    packages = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.decode().splitlines()}
    assert "careerfit" in packages
    assert not packages & {"numpy", "rich", "prompt_toolkit", "yaml", "jinja2"}


# show


def test_a_result_is_shown_again_as_it_was(home):
    """The page is the one the quiz printed when it ended, byte for byte, and so is the document."""
    fresh = warm_home(home / "elsewhere")
    typed = "4\n3\n2\n1\n2\n3\n1\n5\n2\n4\n"
    options = ("quiz", "--plain", "--catalogue", SMALL, "--max-items", "3")
    page = run(fresh, *options, "--lang", "id", answers=typed)
    assert history(fresh, "show", "--catalogue", SMALL).stdout == page.stdout
    document = run(fresh, *options, "--lang", "en", "--json", answers=typed)
    assert history(fresh, "show", "--json").stdout == document.stdout


def test_a_result_says_which_one_it_is(home):
    """When it was finished, in words, its id and its catalogue; English and Indonesian write the time differently."""
    shown = history(home, "show", "aabb", TZ="Asia/Jakarta").stdout.decode()
    assert "10 February 2026, 19:00 · aabb00000000 · catalogue “small”" in shown.splitlines()
    told = history(home, "show", "aabb", "--catalogue", str(SMALL.parent.parent.parent / "data")).stderr.decode()
    assert "“small”" in told


def test_an_old_result_is_shown_by_its_id(home):
    """Or by a file, or not at all when there is none of that name."""
    assert json.loads(history(home, "show", "aaaa", "--json").stdout)["id"] == RESULTS[0]
    file = home / "mine.json"
    file.write_bytes(history(home, "show", "aabb", "--json").stdout)
    assert json.loads(history(home, "show", str(file), "--json").stdout)["id"] == RESULTS[1]
    assert history(home, "show", "zzzz").returncode == 2


def test_what_was_said_at_the_reality_check_follows_the_result(home):
    """Each statement with its answer; the page before it is as it was."""
    before = history(home, "show").stdout.decode()
    cards = [
        {"role": "plant-head", "kind": "myth", "question": ["True or not?", "It is loud."], "reply": 1},
        {"role": "plant-head", "kind": "interest", "question": ["Still?"], "reply": None},
    ]
    with Store(home) as store:
        store.save_reality(RESULTS[-1], json.dumps(cards).encode())
    after = history(home, "show").stdout.decode()
    assert after.startswith(before)
    assert [line.strip() for line in after[len(before) :].splitlines()][-2:] == [
        "True or not? It is loud. → not true",
        "Still? → skipped",
    ]


# forget


def everything_in(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("options", "quizzes", "results"),
    [
        (("aaaa",), LEFT[::-1], RESULTS[:0:-1]),
        (("aaaa", "bbbb"), LEFT[::-1], RESULTS[1:2]),
        (("--before", "2026-02-01"), LEFT[1:], RESULTS[:0:-1]),
        (("--unfinished",), (), RESULTS[::-1]),
        (("--all",), (), ()),
    ],
    ids=" ".join,
)
def test_what_is_forgotten_is_in_no_file_any_more(home, options, quizzes, results):
    """Neither the answers nor the ids; everything else is still there, and what cannot be reached is said."""
    gone = [f"marker-{name}".encode() for name in RESULTS if name not in results]
    gone += [b"marker-left"] if not quizzes else []
    assert all(marker in everything_in(home) for marker in gone)
    done = history(home, "forget", *options, "--yes")
    assert done.returncode == 0, done.stderr.decode()
    assert "backups" in done.stdout.decode()
    assert ids(home) == (list(quizzes), list(results))
    content = everything_in(home)
    assert not [marker for marker in gone if marker in content]
    assert all(f"marker-{name}".encode() in content for name in results)
    assert [path.name for path in home.iterdir() if path.is_file()] == [FILE_NAME]
    assert (b"sha256:" in (home / FILE_NAME).read_bytes()) == bool(quizzes or results)


def test_forgetting_twice_and_on_an_empty_home_does_nothing(home, tmp_path):
    """Exit 0: what was to be gone is gone."""
    for _time in range(2):
        assert history(home, "forget", "--all", "--yes").returncode == 0
    assert history(tmp_path / "none", "forget", "--all", "--yes").returncode == 0
    assert not (tmp_path / "none").exists()


def test_an_old_store_can_be_forgotten(tmp_path):
    """A store of version 1, through the command."""
    shutil.copy(GOLDEN / FILE_NAME, tmp_path / FILE_NAME)
    assert history(tmp_path, "forget", "--all", "--yes").returncode == 0
    assert b"Rara" not in everything_in(tmp_path)


def test_without_a_terminal_somebody_has_to_agree_beforehand(home):
    """Exit 9, `--yes` named, nothing removed."""
    before = ids(home)
    done = history(home, "forget", "--all")
    assert (done.returncode, done.stdout) == (9, b"")
    assert "--yes" in done.stderr.decode()
    assert ids(home) == before


def test_on_a_terminal_the_list_is_shown_and_the_person_asked(home):
    """Keeping is the first answer; the second removes."""
    for key, left in (("1", 3), ("q", 3), ("2", 2)):
        with Terminal(home, "history", "forget", "aaaa", "--lang", "en") as terminal:
            terminal.wait_for_choice(2)
            assert RESULTS[0] in terminal.text
            assert terminal.send(key).exit_code() == 0
        assert len(saved(home)["results"]) == left


@pytest.mark.parametrize(
    "options", [(), ("aaaa", "--all"), ("--all", "--unfinished"), ("aa",), ("zzzz",), ("--before", "yesterday")]
)
def test_a_wish_that_is_unclear_is_a_usage_error(home, options):
    """Exit 2, and nothing is removed."""
    before = ids(home)
    assert history(home, "forget", *options, "--yes").returncode == 2
    assert ids(home) == before


@pytest.mark.parametrize(("spoken", "told"), [("en", "takes a day, not “kemarin”"), ("id", "“kemarin” bukan tanggal")])
def test_what_is_no_day_is_said_in_the_language_spoken(home, spoken, told):
    """With a day that shows how one is written."""
    said = run(home, "history", "forget", "--before", "kemarin", "--lang", spoken).stderr.decode()
    assert told in said
    assert "2026-01-31" in said
    assert "%" not in said


def test_a_quiz_that_is_open_in_a_terminal_is_not_removed_under_its_hands(home):
    """Exit 6, and nothing else is removed either."""
    with Store(home) as store, store.hold(store.unfinished()[0].id):
        assert history(home, "forget", "--all", "--yes").returncode == 6
    assert [len(part) for part in ids(home)] == [2, 3]


# where


def test_every_path_is_printed_whole_with_size_and_mode(home):
    """Every file in the home is among them."""
    places = {place["path"]: place for place in json.loads(run(home, "history", "where", "--json").stdout)["places"]}
    page = history(home, "where").stdout.decode()
    for path in home.rglob("*"):
        found = path.stat()
        place = places[str(path)]
        assert (place["bytes"], place["mode"]) == (found.st_size, f"{stat.S_IMODE(found.st_mode):04o}")
        assert str(path) in page
    assert places[str(home / FILE_NAME)]["mode"] == "0600"


def test_sizes_and_readers_are_told_in_words(home):
    """A size in a unit that people use, and who may read the file; each path is alone on its line."""
    file = home / FILE_NAME
    lines = [line.strip() for line in history(home, "where").stdout.decode().splitlines()]
    place = lines.index(str(file))
    assert lines[place + 1] == f"{round(file.stat().st_size / 1000)} kB · only you may read it (mode 0600)"
    file.chmod(0o644)
    assert "others on this machine may read it (mode 0644)" in history(home, "where").stdout.decode()


def test_where_names_what_is_not_there_yet_and_makes_nothing(tmp_path):
    """On a machine that has never run the quiz."""
    done = history(tmp_path / "none", "where")
    assert str(tmp_path / "none" / FILE_NAME) in done.stdout.decode()
    assert not os.path.lexists(tmp_path / "none")
