"""`careerfit score` with several sheets: each stands for itself, in files and on lines."""

from __future__ import annotations

import csv
import io
import json
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from terminal import SMALL, run, warm_home

from careerfit.catalogue.schema import document_schemas

GOOD = {"schema": "careerfit/answers/1", "respondent": "Putri", "responses": {"own-part": 4, "hand-out-tasks": 1}}
OTHER = {**GOOD, "respondent": "Agus", "responses": {"own-part": 0}}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


def score(home, *arguments, answers: str = "", **changes):
    return run(home, "score", *arguments, "--catalogue", SMALL, "--lang", "en", answers=answers, **changes)


def told(line: str) -> dict:
    """Return a result without what differs from run to run."""
    return {key: value for key, value in json.loads(line).items() if key not in ("id", "created")}


def test_each_of_several_files_gets_its_line(home, tmp_path):
    """As many documents, in the order of the files, each what the file alone gives."""
    alone = []
    for name, sheet in (("a.json", GOOD), ("b.json", OTHER)):
        (tmp_path / name).write_text(json.dumps(sheet, indent=2))
        alone.append(told(score(home, tmp_path / name).stdout))
    done = score(home, tmp_path / "a.json", tmp_path / "b.json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [told(line) for line in done.stdout.decode().splitlines()] == alone


@pytest.mark.parametrize("options", [(), ("--json",), ("--format", "ndjson")])
def test_lines_of_a_stream_are_sheets(home, options):
    """Blank lines between them do not matter; the last may lack its end."""
    done = score(home, "-", *options, answers=f"{json.dumps(GOOD)}\n\n{json.dumps(OTHER)}")
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["respondent"] for line in done.stdout.decode().splitlines()] == ["Putri", "Agus"]


@pytest.mark.parametrize("place", range(3))
def test_a_bad_line_costs_one_record(home, place):
    """The others are scored; its problem has the line in the whole file; exit 3."""
    lines = [json.dumps(GOOD)] * 2
    lines.insert(place, '{"schema": "careerfit/answers/1", "responses": {"own-part": 9}}')
    done = score(home, answers="\n".join(lines))
    assert done.returncode == 3
    assert done.stdout.count(b"\n") == 2
    said = done.stderr.decode().splitlines()
    assert said[0].startswith(f"stdin:{place + 1}:")
    assert said[-1] == "2 sheets were scored, 1 cannot be used."


@pytest.mark.parametrize("place", range(2))
def test_a_line_that_is_no_json_costs_one_record(home, place):
    """Also as the first one."""
    lines = [json.dumps(GOOD)]
    lines.insert(place, '{"schema": ')
    done = score(home, answers="\n".join(lines) + "\n")
    assert (done.returncode, done.stdout.count(b"\n")) == (3, 1)
    assert f"stdin:{place + 1}:" in done.stderr.decode()


def test_when_none_can_be_used_nothing_is_done(home, tmp_path):
    """Exit 4, as for one sheet."""
    done = score(home, tmp_path / "no.json", tmp_path / "none.json")
    assert (done.returncode, done.stdout) == (4, b"")
    assert score(home, tmp_path / "no.json").returncode == 4


def test_what_is_refused_is_told_as_json_when_asked(home, tmp_path):
    """Each line on standard error but the last is a document."""
    done = score(home, "--format", "ndjson", answers=f'{json.dumps(GOOD)}\n{{"x": 1}}\n')
    refused = json.loads(done.stderr.decode().splitlines()[0])
    assert (refused["schema"], refused["problems"][0]["line"]) == ("careerfit/error/1", 2)


def test_in_words_each_result_has_its_person(home, tmp_path):
    """The name of the respondent, or of the file, stands above."""
    for name, sheet in (("a.json", GOOD), ("b.json", {**OTHER, "respondent": None})):
        (tmp_path / name).write_text(json.dumps(sheet))
    page = score(home, tmp_path / "a.json", tmp_path / "b.json", "--format", "text").stdout.decode()
    assert page.index("Putri") < page.index(str(tmp_path / "b.json"))


def test_one_sheet_is_one_document_over_several_lines(home):
    """Written on one line or on many, it is answered as before."""
    for indent in (None, 2):
        done = score(home, answers=json.dumps(GOOD, indent=indent) + "\n")
        assert done.returncode == 0
        assert done.stdout.count(b"\n") > 10
        assert json.loads(done.stdout)["respondent"] == "Putri"


def test_ndjson_is_asked_for_of_one_sheet(home):
    """One document, one line."""
    assert score(home, "--format", "ndjson", answers=json.dumps(GOOD)).stdout.count(b"\n") == 1


def test_an_empty_sheet_says_that_it_says_nothing(home):
    """The ranking of somebody who answered nothing is no result; a person who pipes it is told, and so is the pipe."""
    for responses in ({}, {"own-part": None}):
        done = score(home, answers=json.dumps({**GOOD, "responses": responses}))
        assert done.returncode == 0
        assert done.stderr.decode() == "No question is answered in stdin: its ranking says nothing about anybody.\n"
        result = json.loads(done.stdout)
        assert result["quality"]["flags"] == ["unanswered"]
        Draft202012Validator(document_schemas()["result"]).validate(result)
        told = score(home, "--format", "text", answers=json.dumps({**GOOD, "responses": responses})).stdout.decode()
        assert told.count("You have not answered any question yet, so there is nothing to rank.") == 1
    done = score(home, answers=json.dumps(GOOD))
    assert (done.stderr, json.loads(done.stdout)["quality"]["flags"]) == (b"", [])


def table(done) -> list[dict[str, str]]:
    """Return the rows of a table as a spreadsheet reads it: UTF-8 with a byte order mark at its beginning alone."""
    assert done.stdout.startswith(BOM_UTF8)
    assert done.stdout.count(BOM_UTF8) == 1
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline=""), strict=True))


def test_sheets_are_one_table_as_csv(home, tmp_path):
    """A row for each sheet and role, with what the sheet's result says of it."""
    for name, sheet in (("a.json", GOOD), ("b.json", OTHER)):
        (tmp_path / name).write_text(json.dumps(sheet))
    done = score(home, tmp_path / "a.json", tmp_path / "b.json", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, b"")
    names = ("sheet", "respondent", "answered", "rank", "role", "match", "first")
    expected = []
    for file, answered in (("a.json", "2"), ("b.json", "1")):
        result = json.loads(score(home, tmp_path / file).stdout)
        for role in result["ranking"]:
            figures = (role["rank"], role["role"], role["match"], round(role["confidence"]["first"], 3))
            expected.append((str(tmp_path / file), result["respondent"], answered, *map(str, figures)))
    assert [tuple(row[name] for name in names) for row in table(done)] == expected


def test_a_sheet_that_cannot_be_used_is_not_in_the_table(home):
    """It is told as with the other formats; of none there is no table at all."""
    done = score(home, "--format", "csv", answers=f'{{"x": 1}}\n{json.dumps(GOOD)}\n{json.dumps(OTHER)}\n')
    assert done.returncode == 3
    assert done.stderr.decode().startswith("stdin:1:")
    assert {row["sheet"]: row["respondent"] for row in table(done)} == {"stdin:2": "Putri", "stdin:3": "Agus"}
    assert score(home, "--format", "csv", answers='{"x": 1}\n{"y": 1}\n').stdout == b""


def test_no_cell_of_the_table_is_a_formula(home):
    """A respondent's name is not computed; that nothing was answered stands in every row."""
    rows = table(score(home, "--format", "csv", answers=json.dumps({"respondent": "=1+1", "responses": {}})))
    assert {(row["respondent"], row["answered"], row["quality"]) for row in rows} == {("'=1+1", "0", "unanswered")}


def test_a_sheet_of_another_catalogue_is_one_problem(home):
    """That none of its items is known is said once, with what to do."""
    done = score(home, answers=json.dumps({**GOOD, "responses": {"theirs": 1, "also-theirs": 2}}))
    assert done.returncode == 4
    assert done.stderr.decode().count("error:") == 1
    assert "None of these items is in the catalogue small." in done.stderr.decode()


@pytest.mark.parametrize(
    ("sheet", "line", "said"),
    [
        ('{"responses": {"a": 1\n "b": 2}}', 2, "a comma or a closing bracket"),
        ('{"responses": {"a": ]}', 1, "a value was expected"),
        ('{\n  "responses": {"a: 1}\n}\n', 2, "the quotation mark here is not closed"),
        ('{"responses": {"a": 1},\n  b: [}\n', 2, "a key in double quotes"),
    ],
)
def test_json_is_spoken_of_as_json(home, sheet, line, said):
    """A sheet in JSON that is broken is not told how YAML is written."""
    done = score(home, answers=sheet)
    first = done.stderr.decode().splitlines()[0]
    assert done.returncode == 4
    assert first.startswith(f"stdin:{line}:")
    assert "This is not valid JSON: " in first
    assert said in first
    assert "YAML" not in first
