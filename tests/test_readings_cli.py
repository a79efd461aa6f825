"""`careerfit explain`, `compare`, `path` and `history diff` from outside: pages, documents, and what they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from terminal import SMALL, Terminal, run, warm_home

from careerfit.catalogue.schema import document_schemas
from careerfit.model import EDUCATION_ORDER

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("readings"))


@pytest.fixture(scope="module")
def results(home, tmp_path_factory) -> dict[str, str]:
    """Files with results, by the sheet that was scored."""
    folder = tmp_path_factory.mktemp("results")
    files = {}
    for name in ("half-finished", "production-department-head"):
        done = run(home, "score", EXAMPLES / f"{name}.json", "--json", "--lang", "en")
        file = folder / f"{name}.json"
        file.write_bytes(done.stdout)
        files[name] = str(file)
    return files


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A home in which two quizzes of the small catalogue are kept, the second with one answer more."""
    home = warm_home(tmp_path_factory.mktemp("kept"))
    for typed in ("\n" * 7 + "4\n2\n", "\n" * 7 + "4\n2\n5\n"):
        done = run(home, "quiz", "--catalogue", SMALL, "--plain", "--new", "--json", answers=typed)
        assert done.returncode == 0, done.stderr.decode()
    return home


def reading(home: Path, *arguments: str | Path) -> dict:
    """Run a command that has to succeed quietly, and return its document, valid by the schema it names."""
    done = run(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    document = json.loads(done.stdout)
    name = document["schema"].split("/")[1]
    Draft202012Validator(document_schemas()[name]).validate(document)
    return document


def page(home: Path, *arguments: str | Path, **changes: str) -> str:
    done = run(home, *arguments, **changes)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode()


def refusal(home: Path, *arguments: str | Path) -> str:
    done = run(home, *arguments)
    assert done.returncode == 2, done.stdout.decode()
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


def test_each_document_goes_by_its_schema(home, kept, results):
    """The four commands print the documents that `careerfit catalogue schema` describes."""
    head, half = results["production-department-head"], results["half-finished"]
    assert reading(home, "explain", "Plant Manager", "--result", head)["ranked"]["role"] == "plant-manager"
    compared = reading(home, "compare", "plant-manager", "Manajer Proyek", "--result", half)
    assert [compared[side]["role"] for side in ("first", "second")] == ["plant-manager", "project-manager"]
    assert reading(home, "path", "plant-manager", "--result", head)["status"] == "ladder"
    assert reading(kept, "history", "diff")["explained"] > 0.95


def test_an_explanation_tells_the_shares_and_their_sum(home, results):
    """Every signal stands there with its share; the sum told is that of the document."""
    arguments = ("explain", "plant-manager", "--result", results["half-finished"], "--lang", "en")
    ranked = reading(home, *arguments)["ranked"]
    told = page(home, *arguments)
    for signal in ranked["signals"]:
        assert signal["text"] in told or not signal["answers"]
    assert f"together {ranked['evidence']:+.1f}".replace("-", "\N{MINUS SIGN}") in told
    assert f"Place {ranked['rank']} of 48" in told


def test_without_a_result_two_roles_are_still_compared(home):
    """The catalogue alone says what sets them apart; nothing is said about the person."""
    told = page(home, "compare", "production-manager", "operations-production-director", "--lang", "en")
    assert "From the catalogue alone" in told
    assert "The production manager answers for the production function alone." in told
    assert "in 100" not in told
    assert reading(home, "compare", "production-manager", "plant-manager")["chance"] is None


def test_without_a_result_a_path_begins_at_the_bottom(home):
    """The ladder is there, and it is said that nothing was stated."""
    assert reading(home, "path", "plant-manager")["status"] == "nothing-stated"
    assert "No promise" in page(home, "path", "plant-manager", "--lang", "en")


def test_what_a_path_sets_out_from_can_be_said(home, results):
    """Each fact that is said counts before the one of the result; the others stay."""
    stated = reading(home, "path", "plant-manager", "--education", "diploma", "--years", "4", "--people", "0")
    assert stated["facts"] == {"education": "diploma", "years_experience": 4, "people_led": 0}
    assert stated["status"] == "ladder"
    named = ("path", "plant-manager", "--result", results["production-department-head"])
    assert reading(home, *named, "--years", "0")["facts"] == {**reading(home, *named)["facts"], "years_experience": 0}


def test_a_number_said_on_the_command_line_is_told_as_that_number(home):
    """Three years are three, not the answer "3 to 5 years" of the quiz, which begins with the same number."""
    told = page(home, "path", "operations-manager", "--years", "3", "--people", "6", "--lang", "en")
    assert "5 years of experience (you: 3 years)" in told
    assert "leading 10 people (you: 6 people)" in told
    assert "perhaps enough" not in told
    assert "(you: none yet)" in page(home, "path", "operations-manager", "--years", "0", "--lang", "en")


def test_a_path_takes_the_education_that_a_sheet_takes(home):
    """The same five words."""
    assert all(reading(home, "path", "plant-manager", "--education", word)["facts"] for word in EDUCATION_ORDER)
    said = refusal(home, "path", "plant-manager", "--education", "doctor")
    assert all(word in said for word in EDUCATION_ORDER)


def test_without_a_result_there_is_nothing_to_explain(home):
    """It is said how to get one."""
    assert "careerfit quiz" in refusal(home, "explain", "plant-manager")
    assert "careerfit quiz" in refusal(home, "history", "diff")


def test_the_newest_results_are_read_when_none_is_named(kept):
    """Explain reads the newest; diff goes from the one before it to the newest; both know their own catalogue."""
    explained = reading(kept, "explain", "plant-head", "--lang", "en")
    changed = reading(kept, "history", "diff")
    assert explained["result"] == changed["newer"]["id"]
    assert (changed["older"]["answered"], changed["newer"]["answered"]) == (2, 3)
    assert [move["before"] for move in changed["answers"]] == [None]


def test_a_single_result_has_none_to_be_held_against(tmp_path):
    """It is said what to do; one that is named is held against the newest."""
    home = warm_home(tmp_path)
    done = run(home, "quiz", "--catalogue", SMALL, "--plain", "--json", answers="\n" * 7 + "4\n2\n")
    assert "careerfit quiz --new" in refusal(home, "history", "diff")
    changed = reading(home, "history", "diff", json.loads(done.stdout)["id"])
    assert (changed["answers"], changed["explained"]) == ([], None)


def test_a_result_of_another_catalogue_is_not_held_against_this_one(kept):
    """With a catalogue named, a newest result of another one stays out of a comparison; by name it is used."""
    assert reading(kept, "compare", "plant-manager", "project-manager", "--catalogue", ROOT / "data")["result"] is None
    assert reading(kept, "compare", "plant-head", "coordinator-film", "--catalogue", SMALL)["result"] is not None


def test_a_newest_result_of_another_catalogue_does_not_hide_the_shipped_roles(kept):
    """Roles that its catalogue has not are looked for in the shipped one, and nothing is said about the person."""
    assert reading(kept, "compare", "plant-manager", "project-manager")["result"] is None
    assert reading(kept, "path", "plant-manager")["result"] is None
    assert reading(kept, "path", "plant-head")["result"] is not None


def test_a_page_names_the_result_it_goes_by(kept):
    """Under its title: the day, the answers and the id; and that three answers are few."""
    names = [entry["id"] for entry in json.loads(run(kept, "history", "--json").stdout)["results"]]
    for command in (("explain", "plant-head"), ("compare", "plant-head", "coordinator-film"), ("path", "plant-head")):
        for chosen, result, count in (((), names[0], 3), (("--result", names[1]), names[1], 2)):
            lines = page(kept, *command, *chosen, "--lang", "en").splitlines()
            assert re.fullmatch(rf"Going by your result of .* · {count} answers · {result}", lines[2])
            assert f"{count} answers only" in lines[3]


def test_an_earlier_result_with_many_more_answers_is_pointed_out(tmp_path):
    """Whoever only looked into a second quiz means the first; who named a result is not told of others."""
    home = warm_home(tmp_path)
    for typed in ("4\n2\n5\n1\n", "4\n2\nf\n"):
        answers = "\n" * 7 + typed
        assert run(home, "quiz", "--catalogue", SMALL, "--plain", "--new", answers=answers).returncode == 0
    newest, fuller = (entry["id"] for entry in json.loads(run(home, "history", "--json").stdout)["results"])
    assert f"--result {fuller}" in page(home, "explain", "plant-head", "--lang", "en")
    assert fuller not in page(home, "explain", "plant-head", "--lang", "en", "--result", newest)


def test_results_of_two_catalogues_are_not_compared_as_if_they_were_of_one(tmp_path):
    """Left to itself diff takes two results of one catalogue; two without a role in common are refused when named."""
    home = warm_home(tmp_path)
    for folder in (SMALL, ROOT / "data", SMALL):
        answers = "\n" * 7 + "4\n2\nf\n"
        options = ("--catalogue", folder, "--plain", "--new")
        assert run(home, "quiz", *options, answers=answers).returncode == 0
    names = [entry["id"] for entry in json.loads(run(home, "history", "--json").stdout)["results"]]
    changed = reading(home, "history", "diff")
    assert [changed[side]["id"] for side in ("older", "newer")] == [names[2], names[0]]
    said = refusal(home, "history", "diff", names[1], names[0], "--lang", "en")
    assert "“careerfit”" in said
    assert "“small”" in said
    run(home, "history", "forget", names[2], "--yes")
    assert "“small”" in refusal(home, "history", "diff", "--lang", "en")


def test_a_role_of_another_results_catalogue_is_found_there(tmp_path):
    """It is the result that has not the role, not careerfit; the result that has it is named."""
    home = warm_home(tmp_path)
    for folder in (ROOT / "data", SMALL):
        options = ("--catalogue", folder, "--plain", "--new")
        assert run(home, "quiz", *options, answers="\n" * 7 + "4\n2\nf\n").returncode == 0
    newest, shipped = (entry["id"] for entry in json.loads(run(home, "history", "--json").stdout)["results"])
    said = refusal(home, "explain", "operations-clerk", "--lang", "en")
    assert f"The result {newest} is of the catalogue “small”" in said
    assert f"--result {shipped}" in said
    assert reading(home, "explain", "operations-clerk", "--result", shipped)["result"] == shipped
    assert "--result ID" in refusal(home, "explain", "no-such-role-anywhere", "--lang", "en")


def test_a_result_held_against_itself_has_the_same_order(kept):
    """And nothing is said to have been elsewhere."""
    name = json.loads(run(kept, "history", "--json").stdout)["results"][0]["id"]
    told = page(kept, "history", "diff", name, name, "--lang", "en")
    assert "The order is the same: " in told
    assert "same place as before" not in told


@pytest.mark.parametrize("command", ["explain", "path"])
def test_a_name_that_several_roles_share_offers_them(home, results, command):
    """Nothing is guessed: both ids are named."""
    said = refusal(home, command, "Koordinator Produksi", "--result", results["half-finished"])
    assert "production-coordinator-manufacturing" in said
    assert "film-production-coordinator" in said


def test_a_misspelt_role_is_met_with_a_suggestion(home, results):
    """Did you mean."""
    assert "plant-manager" in refusal(home, "explain", "plant", "manger", "--result", results["half-finished"])
    assert "plant-manager" in refusal(home, "compare", "plant manger", "project-manager")


def test_a_result_whose_signals_were_tampered_with_is_refused(home, results, tmp_path):
    """A document that lost a signal does not go with its catalogue: it is refused in words."""
    document = json.loads(Path(results["half-finished"]).read_bytes())
    del document["ranking"][0]["signals"][0]
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    done = run(home, "explain", document["ranking"][0]["role"], "--result", file)
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"Traceback" not in done.stderr


def test_a_role_is_not_compared_with_itself(home):
    """Two names of one role are refused."""
    assert "chief-executive" in refusal(home, "compare", "CEO", "Direktur Utama")


def test_a_terminal_draws_where_somebody_stands(home, results):
    """The line with the point stands beside its words."""
    command = ("explain", "plant-manager", "--result", results["half-finished"], "--lang", "en")
    with Terminal(home, *command, size=(80, 200)) as terminal:
        terminal.wait(lambda screen: "What would change its place" in screen.text)
        assert "●" in terminal.text
        assert "you: about 48, likely 23 to 74" in terminal.text
