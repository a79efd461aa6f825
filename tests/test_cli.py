"""The command line from outside: documents, exit codes, streams, languages, and what cannot be trusted."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from terminal import CAREERFIT, SMALL, Terminal, environment, run, saved, warm_home

from careerfit import __version__
from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.schema import document_schemas
from careerfit.cli.roles import show_role
from careerfit.document import Result
from careerfit.errors import InputRefused
from careerfit.model import Catalogue

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SHEET = EXAMPLES / "half-finished.json"
LONG_SHEET = EXAMPLES / "operations-clerk.json"
"""A sheet with every item answered: its result is larger than a pipe holds."""
LANGUAGES = ["id", "en"]

COMMANDS = {
    "show": ("show", "operations-clerk"),
    "show-json": ("show", "operations-clerk", "--json"),
    "roles": ("roles",),
    "roles-json": ("roles", "--json"),
    "items": ("items",),
    "items-json": ("items", "--json"),
    "score": ("score", str(SHEET), "--format", "text"),
    "score-json": ("score", str(SHEET), "--json"),
    "compare": ("compare", "plant-manager", "project-manager"),
    "compare-json": ("compare", "plant-manager", "project-manager", "--json"),
    "path": ("path", "plant-manager"),
    "path-json": ("path", "plant-manager", "--json"),
    "check-json": ("catalogue", "check", "--json"),
    "stats": ("catalogue", "stats"),
    "stats-json": ("catalogue", "stats", "--json"),
    "schema": ("catalogue", "schema", "roles"),
}
"""Every command that writes a result, with the arguments that make it write one."""

every_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home that all these tests share: none of their commands keeps anything in it."""
    return warm_home(tmp_path_factory.mktemp("cli"))


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return open_catalogue().catalogue()


def document(home: Path, *arguments: str | Path, **options: str):
    """Run a command that has to succeed quietly, and return what it printed as JSON."""
    done = run(home, *arguments, **options)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return json.loads(done.stdout)


def refusal(home: Path, code: int, *arguments: str | Path, **options: str) -> str:
    """Run a command that has to fail with a code and words but no result, and return the words."""
    done = run(home, *arguments, **options)
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert done.stdout == b""
    assert said
    assert "Traceback" not in said
    return said


# Documents


@pytest.mark.parametrize("language", LANGUAGES)
def test_show_prints_a_role_as_a_document(home, shipped, language):
    """`show --json` has the keys of design.md 8, its texts in the language asked for."""
    page = document(home, "show", "operations-production-director", "--json", "--lang", language)
    assert set(page) == {
        *("schema", "id", "title", "aliases", "family", "summary", "tasks", "fit", "unfit", "myths", "realities"),
        *("differs_from", "conditions", "readiness", "leads_to", "codes", "sources"),
    }
    role = shipped.role("operations-production-director")
    assert (page["id"], page["title"]) == (role.id, role.title[language])
    assert page["summary"] == role.summary[language]
    assert [task["text"] for task in page["tasks"]] == [task.text[language] for task in role.tasks]
    assert [signal["trait"] for signal in page["fit"]] == [signal.trait for signal in role.fit]
    assert {task["source"] for task in page["tasks"]} <= {source["id"] for source in page["sources"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_can_be_shown(home, shipped, language, monkeypatch, capsys):
    """No page fails, in either language, as words or as a document."""
    monkeypatch.setenv("CAREERFIT_HOME", str(home))
    monkeypatch.setenv("LANGUAGE", language)
    for role in shipped.roles:
        show_role(role.id, None, as_json=False)
        assert role.title[language] in capsys.readouterr().out
        show_role(role.id, None, as_json=True)
        assert json.loads(capsys.readouterr().out)["title"] == role.title[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles_prints_a_list_as_a_document(home, shipped, language):
    """Id, title and family of every role, in the catalogue's order."""
    listed = document(home, "roles", "--json", "--lang", language)
    assert listed == [{"id": r.id, "title": r.title[language], "family": r.family} for r in shipped.roles]


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_prints_a_list_as_a_document(home, shipped, language):
    """Id, kind, traits and the text, or the two sides, of every item."""
    listed = document(home, "items", "--json", "--lang", language)
    assert [item["id"] for item in listed] == [item.id for item in shipped.items]
    keys = {"statement": {"id", "kind", "text", "traits"}, "pair": {"id", "kind", "left", "right", "traits"}}
    assert all(set(item) == keys[item["kind"]] for item in listed)
    first = next(item for item in listed if item["kind"] == "statement")
    assert first["text"] == shipped.item(first["id"]).text[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_score_prints_a_result_as_a_document(home, shipped, language):
    """`score --json` has the keys of the result, and the answers as they were given."""
    result = document(home, "score", SHEET, "--json", "--lang", language)
    assert set(result) == set(Result.__struct_fields__)
    assert result["schema"] == "careerfit/result/1"
    assert result["language"] == language
    assert result["catalogue"]["hash"] == shipped.hash
    given = json.loads(SHEET.read_bytes())
    assert result["answers"]["responses"] == given["responses"]
    assert result["respondent"] == given["respondent"]
    assert len(result["ranking"]) == len(shipped.roles)
    leader = result["ranking"][0]
    assert leader["title"] == shipped.role(leader["role"]).title[language]


def test_score_reads_standard_input(home):
    """`-` and nothing at all both mean standard input, and give what the file gives."""
    sheet = SHEET.read_bytes()
    from_file = document(home, "score", SHEET, "--json")["ranking"]
    assert document(home, "score", "-", "--json", answers=sheet)["ranking"] == from_file
    assert document(home, "score", "--json", answers=sheet)["ranking"] == from_file


def test_score_prints_json_into_a_pipe_and_words_when_asked(home):
    """Without `--format` a pipe gets the document; `--format text` gives the page."""
    json.loads(run(home, "score", SHEET).stdout)
    with pytest.raises(json.JSONDecodeError):
        json.loads(run(home, "score", SHEET, "--format", "text").stdout)


@pytest.mark.parametrize("sheet", sorted(EXAMPLES.glob("*.json")), ids=lambda sheet: sheet.stem)
def test_every_example_is_a_sheet_of_the_shipped_catalogue(sheet, shipped):
    """The sheets in examples/ are read without a problem."""
    assert parse_answers(sheet.read_bytes(), sheet.name, shipped).responses


@pytest.mark.parametrize(
    "name", ["Ay\u00fc", "\U0001f525", "\U0001f525\U00020000", "\\ud83d\\udd25", "\\\U0001f525", '"\\"']
)
def test_a_sheet_may_escape_what_json_may(small, name):
    """A name written by another program in ASCII is read as that program meant it."""
    sheet = json.dumps({"respondent": name})
    assert sheet.isascii()
    assert parse_answers(sheet.encode(), "sheet.json", small).respondent == json.loads(sheet)["respondent"]


def test_half_a_character_in_a_sheet_is_refused(small):
    """There is no such text."""
    with pytest.raises(InputRefused):
        parse_answers(b'{"respondent": "\\ud83dx"}', "sheet.json", small)


@pytest.mark.parametrize("name", ["roles", "traits", "items", *document_schemas()])
def test_every_document_has_a_schema(home, name):
    """`catalogue schema NAME` prints the JSON Schema that stands in schema/."""
    schema = document(home, "catalogue", "schema", name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == json.loads((ROOT / "schema" / f"{name}.json").read_bytes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_prints_its_findings_as_a_document(home, language, tmp_path):
    """`catalogue check --json` lists every problem with its place, and ends with 4."""
    folder = tmp_path / "own"
    shutil.copytree(SMALL, folder)
    roles = folder / "roles.yaml"
    roles.write_text(roles.read_text().replace("trait: stage", "trait: stagee"))
    done = run(home, "catalogue", "check", folder, "--json", "--lang", language)
    assert done.returncode == 4
    problems = json.loads(done.stdout)["problems"]
    keys = {"code", "severity", "file", "line", "column", "path", "message", "hint"}
    assert all(set(problem) == keys for problem in problems)
    wrong = [problem for problem in problems if problem["severity"] == "error"]
    assert len(wrong) == 2
    assert all("stage" in problem["hint"] for problem in wrong)


# Naming a role


@pytest.mark.parametrize(
    "name",
    ["operations-clerk", "OPERATIONS CLERK", "operations_clerk", "Petugas Operasi", "  operations   clerk "],
)
def test_a_role_is_found_by_any_of_its_names(home, shipped, name):
    """Id, title in either language, capitals and blanks as they come."""
    role = shipped.role("operations-clerk")
    name = role.title["id"] if name == "Petugas Operasi" else name
    assert document(home, "show", name, "--json")["id"] == role.id


def test_a_role_is_found_by_its_alias(home, shipped):
    """Another name for the role is as good."""
    alias, role = next((role.aliases[0], role) for role in shipped.roles if role.aliases)
    assert document(home, "show", alias, "--json")["id"] == role.id


def test_a_title_needs_no_quotes(home):
    """The words of a title may stand apart on the command line."""
    assert document(home, "show", "operations", "clerk", "--json")["id"] == "operations-clerk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misspelt_role_is_asked_about(home, language):
    """Did you mean: the id of the role that is spelt much like it; exit 2."""
    assert "operations-clerk" in refusal(home, 2, "show", "operatons-clrek", "--lang", language)


def test_an_unknown_role_points_to_the_list(home):
    """Nothing like it: the command that lists them; exit 2."""
    assert "careerfit roles" in refusal(home, 2, "show", "xyzzy-qq")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_two_roles_offers_both(home, language):
    """A namesake is two roles: both are shown, each with the command that shows it whole."""
    done = run(home, "show", "Koordinator Produksi", "--lang", language)
    assert done.returncode == 0
    for role in ("production-coordinator-manufacturing", "film-production-coordinator"):
        assert f"careerfit show {role}" in done.stdout.decode()


def test_a_name_of_two_roles_is_no_document(home):
    """With `--json` there is one document or none: exit 2, both ids named."""
    said = refusal(home, 2, "show", "Koordinator Produksi", "--json")
    assert "production-coordinator-manufacturing" in said
    assert "film-production-coordinator" in said


def test_roles_of_a_family(home, shipped):
    """`--family` lists its members and nobody else."""
    listed = document(home, "roles", "--family", "film", "--json")
    assert [role["id"] for role in listed] == [role.id for role in shipped.roles if role.family == "film"]


def test_roles_by_a_text_in_a_name(home):
    """`--search` looks in ids, titles of both languages and aliases, without minding capitals."""
    found = {role["id"] for role in document(home, "roles", "--search", "PRODUKSI", "--json", "--lang", "en")}
    assert {"film-production-coordinator", "production-coordinator-manufacturing"} <= found
    assert "receptionist" not in found


def test_roles_without_a_match_say_so(home):
    """An empty list as a document; for a person a word instead of an empty screen."""
    assert document(home, "roles", "--search", "zzzz", "--json") == []
    done = run(home, "roles", "--search", "zzzz")
    assert (done.stdout + done.stderr).strip()


def test_an_unknown_family_names_the_known_ones(home, shipped):
    """Exit 2, and every family there is."""
    said = refusal(home, 2, "roles", "--family", "nope")
    assert all(family.id in said for family in shipped.families)


# Exit codes and streams


@pytest.mark.parametrize(
    "arguments",
    [
        ("nope",),
        ("show",),
        ("show", "x", "--nope"),
        ("quiz", "--max-items", "0"),
        ("quiz", "--max-items", "many"),
        ("roles", "--lang", "fr"),
        ("items", "a", "b"),
        ("score", "--format", "xml"),
        ("catalogue", "schema", "nope"),
        ("catalogue", "nope"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_a_usage_error(home, arguments):
    """Exit 2, words on standard error, nothing on standard output."""
    refusal(home, 2, *arguments)


@pytest.mark.parametrize(
    "arguments", [("--help",), ("-h",), ("quiz", "--help"), ("catalogue", "check", "-h")], ids=" ".join
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_a_result(home, arguments, language):
    """Help asked for goes to standard output and ends with 0."""
    done = run(home, *arguments, CAREERFIT_LANG=language)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_every_command_is_in_the_help(home):
    """`--help` names them all."""
    said = run(home, "--help").stdout.decode()
    assert all(f"\n  {name} " in said for name in ("quiz", "show", "roles", "items", "score", "catalogue"))


def test_the_version_is_printed(home):
    """`--version` prints it and nothing else."""
    assert run(home, "--version").stdout.decode() == f"careerfit {__version__}\n"


def test_the_module_is_the_command(home):
    """`python -m careerfit` does what `careerfit` does."""
    module = [sys.executable, "-m", "careerfit"]
    assert run(home, "roles", "--json", prefix=module).stdout == run(home, "roles", "--json").stdout
    said = run(home, "nope", prefix=module)
    assert said.returncode == 2
    assert b"__main__" not in said.stderr


@pytest.mark.parametrize("name", ["missing.json", "."])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_that_cannot_be_read_is_refused(home, tmp_path, name, language):
    """A missing file and a folder: exit 4, the name said."""
    assert str(tmp_path) in refusal(home, 4, "score", tmp_path / name, "--lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_mistakes_in_a_sheet_are_reported_all_at_once(home, tmp_path, language):
    """Each with file:line:column, in order, and nothing is scored: exit 4."""
    first, second = list(json.loads(SHEET.read_bytes())["responses"])[:2]
    sheet = tmp_path / "sheet.json"
    sheet.write_text(
        "\n".join(
            [
                '{"schema": "careerfit/answers/1",',
                ' "responses": {',
                f'  "{first}": 9,',
                f'  "{second[:-1]}": 1,',
                f'  "{second}": "two"',
                " },",
                ' "facts": {"education": "kindergarten", "years_experience": -1},',
                ' "conditions": {"overtime": "maybe"},',
                ' "shoe_size": 42',
                "}",
            ]
        )
    )
    said = refusal(home, 4, "score", sheet, "--lang", language)
    places = re.findall(rf"^{re.escape(str(sheet))}:(\d+):(\d+): ", said, flags=re.MULTILINE)
    assert [int(line) for line, _column in places] == [3, 4, 5, 7, 7, 8, 9]
    assert all(int(column) > 1 for _line, column in places)
    assert second in said.splitlines()[1], "did you mean"


@pytest.mark.parametrize(
    "sheet",
    [b"", b"{", b"[]", b"null", b'{"responses": {}, "responses": {}}', b"\xff\xfe{}", b'{"a": ' * 200, b"NaN"],
    ids=["empty", "cut", "list", "null", "twice", "utf-16", "deep", "nan"],
)
def test_a_sheet_that_is_none_is_refused(home, sheet):
    """Exit 4 and a reason, never a traceback."""
    assert "stdin" in refusal(home, 4, "score", "-", answers=sheet)


def test_a_catalogue_that_does_not_exist_is_refused(home, tmp_path):
    """Exit 4 whatever the command."""
    for command in (("show", "x"), ("roles",), ("items",), ("score", SHEET), ("quiz", "--plain")):
        assert "roles.yaml" in refusal(home, 4, *command, "--catalogue", tmp_path / "nowhere")


@every_command
def test_a_result_goes_to_standard_output_alone(home, command):
    """Standard error stays empty when there is nothing to say."""
    done = run(home, *command)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr == b""


@every_command
def test_a_reader_who_leaves_is_no_error(home, command):
    """A pipe nobody reads from: exit 141 and not a word."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as pipe:  # noqa: PTH123
        done = subprocess.run(
            [*CAREERFIT, *command], env=environment(home), stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_head_in_a_shell(home):
    """The same with a real `head`, on an output larger than any pipe holds."""
    command = f"set -o pipefail; {CAREERFIT[0]} score {LONG_SHEET} --json | head -1"
    done = subprocess.run(["bash", "-c", command], env=environment(home), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (141, b"{\n", b"")


def test_a_reader_who_leaves_is_noticed_without_buffers_too(home):
    """PYTHONUNBUFFERED, usual in containers, makes writes short: a cut document must not end with 0."""
    command = f"set -o pipefail; {CAREERFIT[0]} score {LONG_SHEET} --json | head -1"
    changed = environment(home, PYTHONUNBUFFERED="1")
    done = subprocess.run(["bash", "-c", command], env=changed, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


@every_command
def test_a_closed_standard_output_is_said(home, command):
    """`>&-`: exit 8, because the result would be lost."""
    line = " ".join(f'"{word}"' for word in (*CAREERFIT, *command))
    done = subprocess.run(["bash", "-c", f"{line} >&-"], env=environment(home), stderr=subprocess.PIPE, check=False)
    assert done.returncode == 8
    assert b"Traceback" not in done.stderr
    assert done.stderr


@every_command
def test_a_full_device_is_said(home, command):
    """`> /dev/full`: exit 8, because the result is lost."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*CAREERFIT, *command], env=environment(home), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 8
    assert b"Traceback" not in done.stderr
    assert done.stderr


@pytest.mark.parametrize("command", [("--help",), ("--version",), ("show", "--help")], ids=" ".join)
def test_help_and_version_on_a_full_device_are_said(home, command):
    """What typer prints itself keeps the exit codes too."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*CAREERFIT, *command], env=environment(home), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 8
    assert b"Traceback" not in done.stderr


def test_a_damaged_store_is_said_and_left_alone(tmp_path):
    """Exit 5, the file named, not a byte of it changed."""
    home = warm_home(tmp_path)
    store = home / "careerfit.sqlite3"
    store.write_bytes(b"not a store at all" * 100)
    assert str(store) in refusal(home, 5, "quiz", "--plain", "--catalogue", SMALL)
    assert store.read_bytes() == b"not a store at all" * 100


def test_a_home_that_cannot_be_written_is_said(tmp_path):
    """Exit 8 before the first question."""
    (tmp_path / "file").touch()
    assert "file" in refusal(tmp_path / "file" / "home", 8, "quiz", "--plain", "--catalogue", SMALL)


def test_a_home_that_cannot_be_written_does_not_matter_without_saving(tmp_path):
    """`--no-save` needs no home, and neither does a page."""
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home"
    assert run(home, "quiz", "--plain", "--no-save", "--catalogue", SMALL).returncode == 0
    assert run(home, "show", "plant-head", "--catalogue", SMALL).returncode == 0


def test_a_quiz_whose_result_cannot_be_written_is_kept(tmp_path):
    """The result is in the store before it is printed: exit 8, and nothing has to be answered again."""
    home = warm_home(tmp_path)
    command = f'{CAREERFIT[0]} quiz --json --plain --catalogue "{SMALL}" > /dev/full'
    done = subprocess.run(
        ["bash", "-c", command], env=environment(home), input=b"1\n" * 9, stderr=subprocess.PIPE, check=False
    )
    assert done.returncode == 8
    assert len(saved(home)["results"]) == 1


def test_a_closed_standard_error_does_not_matter(home):
    """`2>&-`: the result is written all the same."""
    command = f"{CAREERFIT[0]} roles --json 2>&-"
    done = subprocess.run(["bash", "-c", command], env=environment(home), stdout=subprocess.PIPE, check=False)
    assert done.returncode == 0
    json.loads(done.stdout)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.ISO-8859-1"])
def test_json_is_utf_8_whatever_the_locale(home, locale):
    """No locale makes a document anything but UTF-8."""
    done = run(home, "show", "operations-clerk", "--json", LC_ALL=locale, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    json.loads(done.stdout.decode("utf-8"))


def test_words_on_an_ascii_terminal_do_not_fail(home):
    """What the encoding lacks is written as an escape instead of ending the program."""
    done = run(home, "show", "operations-clerk", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.decode("ascii")


# Languages and looks


def language_of(home: Path, *options: str, **changes: str) -> str:
    return {"Pabrik": "id", "Plant": "en"}[
        document(home, "show", "plant-head", "--catalogue", SMALL, "--json", *options, **changes)["title"].split()[-1]
    ]


@pytest.mark.parametrize(
    ("options", "changes", "expected"),
    [
        ((), {"LC_ALL": ""}, "id"),
        ((), {"LC_ALL": "C"}, "id"),
        ((), {"LC_ALL": "C.UTF-8"}, "id"),
        ((), {"LC_ALL": "", "LANG": "id_ID.UTF-8"}, "id"),
        ((), {"LC_ALL": "", "LANG": "in_ID"}, "id"),
        ((), {"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "en"),
        ((), {"LC_ALL": "", "LANG": "de_DE.UTF-8"}, "en"),
        ((), {"LC_ALL": "", "LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ((), {"LC_ALL": "id_ID.UTF-8", "LANG": "en_US.UTF-8"}, "id"),
        ((), {"LANGUAGE": "en:id", "LC_ALL": "id_ID.UTF-8"}, "en"),
        ((), {"CAREERFIT_LANG": "en", "LANGUAGE": "id", "LC_ALL": "id_ID.UTF-8"}, "en"),
        ((), {"CAREERFIT_LANG": "id", "LC_ALL": "en_US.UTF-8"}, "id"),
        (("--lang", "en"), {"CAREERFIT_LANG": "id"}, "en"),
        (("--lang=id",), {"CAREERFIT_LANG": "en", "LC_ALL": "en_US.UTF-8"}, "id"),
    ],
)
def test_the_option_counts_before_the_variable_and_that_before_the_locale(home, options, changes, expected):
    """--lang, then CAREERFIT_LANG, then LANGUAGE, LC_ALL, LC_MESSAGES and LANG; Indonesian when nothing says."""
    assert language_of(home, *options, **changes) == expected


def test_the_language_may_stand_before_the_command(home):
    """`careerfit --lang en show ...` is the same."""
    arguments = ("show", "plant-head", "--catalogue", SMALL, "--json")
    assert run(home, "--lang", "en", *arguments).stdout == run(home, *arguments, "--lang", "en").stdout


def test_help_is_in_the_language_asked_for(home):
    """Help differs with the language, whichever way it is asked for."""
    english, indonesian = run(home, "--help", "--lang", "en").stdout, run(home, "--help", "--lang", "id").stdout
    assert english != indonesian
    assert run(home, "--help", CAREERFIT_LANG="en").stdout == english
    assert run(home, "--lang", "id", "--help").stdout == indonesian


def test_a_catalogue_without_the_language_is_shown_in_its_own(home, tmp_path):
    """A catalogue in Indonesian alone is read in Indonesian, whatever the program speaks."""
    folder = tmp_path / "own"
    shutil.copytree(SMALL, folder)
    for file in folder.iterdir():
        content = file.read_text().replace("languages: [id, en]", "languages: [id]")
        file.write_text(re.sub(r', en: "[^"]*"', "", content))
    page = document(home, "show", "plant-head", "--catalogue", folder, "--json", "--lang", "en")
    assert page["title"] == "Kepala Pabrik"


def terminal_output(home: Path, *arguments: str | Path, **options: object) -> Terminal:
    """Run a command in a terminal to its end."""
    with Terminal(home, *arguments, watched=False, **options) as terminal:
        assert terminal.exit_code() == 0
    return terminal


def test_a_terminal_gets_colours(home):
    """On a terminal a page is styled."""
    assert "\x1b[" in terminal_output(home, "show", "operations-clerk").log


def test_no_color_is_heeded(home):
    """NO_COLOR leaves no colour in the output."""
    log = terminal_output(home, "score", SHEET, NO_COLOR="1").log
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", log) for code in found.split(";")}
    assert not {code for code in codes if code.isdigit() and 30 <= int(code) <= 107}


@pytest.mark.parametrize("changes", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}], ids=["dumb", "accessible"])
def test_a_terminal_that_only_prints_gets_plain_lines(home, changes):
    """TERM=dumb and ACCESSIBLE get no escape codes."""
    assert "\x1b" not in terminal_output(home, "score", SHEET, "--format", "text", **changes).log


@pytest.mark.parametrize("command", [c for name, c in COMMANDS.items() if name.endswith("json") or name == "schema"])
def test_a_document_is_never_coloured(home, command):
    """JSON on a terminal, with colours asked for, is still plain JSON."""
    terminal = terminal_output(home, *command, FORCE_COLOR="1", size=(200, 50))
    json.loads(terminal.log)


# A catalogue of one's own


@pytest.mark.parametrize(
    "command",
    [
        ("show", "plant-head", "--json"),
        ("show", "Koordinator Produksi", "--lang", "id"),
        ("roles", "--json"),
        ("items", "--json"),
        ("score", "-", "--json"),
        ("quiz", "--plain", "--no-save", "--json"),
        ("catalogue", "schema", "roles"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_every_command_takes_a_catalogue_of_ones_own(home, command):
    """`--catalogue DIR` works with each."""
    sheet = b'{"schema": "careerfit/answers/1", "responses": {"settle-it": 4}}' if command[0] == "score" else b""
    done = run(home, *command, "--catalogue", SMALL, answers=sheet)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout


def test_check_takes_a_folder(home):
    """`catalogue check DIR` ends with 0 when there are no errors."""
    assert run(home, "catalogue", "check", SMALL).returncode == 0


# What cannot be trusted


HOSTILE = ["\x1b[31mred", "\x1b]0;title\x07", "[red]x", "{0}", "%s", "a\nb", "\u202eevil", "$(id)", "-"]


@pytest.mark.parametrize("name", HOSTILE[:-1], ids=ascii)
def test_a_hostile_file_name_is_shown_harmlessly(home, tmp_path, name):
    """A name is only ever text: no control character of it reaches the terminal."""
    sheet = tmp_path / name
    sheet.write_text('{"responses": {"nope": 1}}')
    said = refusal(home, 4, "score", sheet)
    assert not [c for c in said if (ord(c) < 32 and c != "\n") or c in "\x7f\x9b\u202e"]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_role_is_shown_harmlessly(home, name):
    """The same for what was typed in place of a role."""
    said = refusal(home, 2, "show", "--", name)
    assert not [c for c in said if (ord(c) < 32 and c != "\n") or c in "\x7f\x9b\u202e"]


def test_a_name_that_is_no_text_is_shown_somehow(home, tmp_path):
    """Bytes that are not UTF-8 in a file name end in a refusal, not in a crash."""
    name = os.fsencode(tmp_path) + b"/\xff\xfe.json"
    done = subprocess.run([*CAREERFIT, "score", name], env=environment(home), capture_output=True, check=False)
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr


def test_a_hostile_catalogue_folder_is_shown_harmlessly(home, tmp_path):
    """The folder of a catalogue is as little to be trusted."""
    folder = tmp_path / "\x1b[2J[bold]{0}"
    shutil.copytree(SMALL, folder)
    (folder / "items.yaml").write_text("- {id: x}\n")
    said = refusal(home, 4, "roles", "--catalogue", folder)
    assert "\x1b" not in said


def test_an_endless_sheet_is_refused(home):
    """`yes | careerfit score -` is refused at the size limit and does not fill the memory."""
    command = f"ulimit -v 2000000; yes | {CAREERFIT[0]} score -"
    try:
        done = subprocess.run(
            ["bash", "-c", command], env=environment(home), capture_output=True, timeout=15, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.fail("still reading")
    assert done.returncode == 4, done.stderr.decode()[-300:]


def test_nothing_goes_to_the_network(home, tmp_path):
    """Neither `show` nor `score` opens an internet socket."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: network calls were not looked for")
    for number, command in enumerate((COMMANDS["show"], COMMANDS["score-json"])):
        trace = tmp_path / f"{number}.trace"
        done = run(home, *command, prefix=["strace", "-f", "-e", "trace=network", "-o", str(trace), *CAREERFIT])
        if done.returncode and b"ptrace" in done.stderr:
            pytest.skip("strace may not trace here: network calls were not looked for")
        assert done.returncode == 0, done.stderr.decode()
        assert "AF_INET" not in trace.read_text()
