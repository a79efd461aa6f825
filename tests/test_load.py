"""Three files become a checked catalogue, or every mistake in them is named with its place."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from careerfit.catalogue.correlations import first_impossible
from careerfit.catalogue.files import MAX_BYTES, catalogue_hash, read_files, shipped_folder
from careerfit.catalogue.findings import MAX_PROBLEMS, Findings
from careerfit.catalogue.load import load_catalogue, parse_catalogue
from careerfit.errors import InputRefused, Problem
from careerfit.model import Catalogue, Pair, Statement

FOLDER = Path(__file__).parent / "catalogues"
SMALL = FOLDER / "small"
HERE = "¦"


def table() -> list[tuple[str, str, str, str, str]]:
    """The rows of mistakes.txt as (code, file, good, bad, hint)."""
    rows = []
    for line in (FOLDER / "mistakes.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, file, good, bad, hint = (cell.strip(" ") for cell in line.split(" |"))
            rows.append((code, f"{file}.yaml", written(good), written(bad), hint))
    return rows


def written(cell: str) -> str:
    """What a cell of the table stands for."""
    cell = cell.replace("⏎", "\n").replace("<long name>", "x" * 101).replace("<long text>", "x" * 601)
    return re.sub(r"<U\+([0-9A-F]+)>", lambda match: chr(int(match[1], 16)), cell)


def place(text: str) -> tuple[int, int]:
    """Line and column of the mark in a text."""
    before = text[: text.index(HERE)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str, int, int]]:
    return [(problem.code, problem.file, problem.line, problem.column) for problem in problems]


@pytest.mark.parametrize(("code", "file", "good", "bad", "hint"), table())
def test_a_mistake_is_named_where_it_stands(
    code: str, file: str, good: str, bad: str, hint: str, small_files: dict[str, bytes]
) -> None:
    """A mistake is the only problem reported, at its line and column, with what was probably meant."""
    text = small_files[file].decode()
    assert text.count(good) == 1
    marked = text.replace(good, bad)
    small_files[file] = marked.replace(HERE, "").encode()

    catalogue, problems = parse_catalogue(small_files)

    assert catalogue is None
    assert found(problems) == [(code, file, *place(marked))]
    assert str(problems[0].hint or "") == hint
    assert problems[0].severity == "error"
    assert str(problems[0].message)


def test_the_small_catalogue_is_read(small: Catalogue) -> None:
    """A good folder becomes values with their defaults, and a hash."""
    assert small.name == "small"
    assert small.languages == ("id", "en")
    assert [trait.id for trait in small.traits] == ["lead", "decide", "exact", "stage"]
    assert [role.id for role in small.roles] == ["plant-head", "coordinator-plant", "coordinator-film"]
    assert small.role("plant-head").fit[2].between == (2.0, 4.0)
    assert isinstance(small.item("round-figures"), Statement)
    assert isinstance(small.item("lead-or-count"), Pair)
    assert small.item("direct-or-judge").weights == {"stage": -1.5, "lead": -0.5, "decide": 1.0}
    assert re.fullmatch("sha256:[0-9a-f]{64}", small.hash)


def test_many_mistakes_are_reported_in_one_run(small_files: dict[str, bytes]) -> None:
    """Mistakes of every kind are reported together, by file, line and column; what may follow from others is last."""
    text = '{id: "a", en: "a"}'
    stage = f"- id: stage\n  name: {text}\n  low: {text}\n  high: {text}\n- id: stage"
    changes = {
        "roles.yaml": [
            ("family: film\n", "family: flim\n"),
            ("at_least: 3.5", "at_least: high"),
            ("people_led: 10", "peple: 1"),
        ],
        "traits.yaml": [("- id: stage", stage), ('en: "Leading"', 'en: ""'), ("decide: 0.3", "decide: 3")],
        "items.yaml": [
            ("kind: statement, trait: exact, text", "kind: statment, trait: exakt, text"),
            ("1.2}", "1.2, id: x}"),
        ],
    }
    for file, pairs in changes.items():
        for good, bad in pairs:
            assert small_files[file].decode().count(good) == 1
            small_files[file] = small_files[file].replace(good.encode(), bad.encode())

    _, problems = parse_catalogue(small_files)

    assert [(problem.file, problem.line, problem.code) for problem in problems] == [
        ("items.yaml", 5, "value-not-allowed"),
        ("items.yaml", 5, "duplicate-key"),
        ("roles.yaml", 30, "wrong-type"),
        ("roles.yaml", 56, "unknown-key"),
        ("traits.yaml", 2, "empty-text"),
        ("traits.yaml", 6, "correlation-range"),
        ("traits.yaml", 22, "duplicate-id"),
        ("items.yaml", 5, "unknown-trait"),
        ("roles.yaml", 93, "unknown-family"),
    ]


def test_a_file_that_cannot_be_read_hides_nothing_in_the_others(small_files: dict[str, bytes]) -> None:
    """A syntax error in traits.yaml is no reason to call its traits unknown, nor to keep quiet about items.yaml."""
    small_files["traits.yaml"] += b"- [\n"
    small_files["items.yaml"] = small_files["items.yaml"].replace(b"discrimination: 1.2", b"discrimination: 9")
    _, problems = parse_catalogue(small_files)
    assert [(problem.file, problem.code) for problem in problems] == [
        ("items.yaml", "discrimination-range"),
        ("traits.yaml", "syntax"),
    ]


def test_languages_are_those_of_the_first_trait_unless_named(small_files: dict[str, bytes]) -> None:
    """A catalogue without the key `languages` has the languages of its first trait's name."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"languages: [id, en]\n", b"")
    catalogue, problems = parse_catalogue(small_files)
    assert not problems
    assert catalogue is not None
    assert catalogue.languages == ("id", "en")


def test_problems_name_the_path(small_files: dict[str, bytes]) -> None:
    """A problem says where in the data it is, in the words of the catalogue."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"weight: 1.5", b"weight: heavy")
    small_files["traits.yaml"] = small_files["traits.yaml"].replace(
        b'low: {id: "melihat gambaran besar",', b"low: {id: 1,"
    )
    _, problems = parse_catalogue(small_files)
    assert [problem.path for problem in problems] == ["roles[0].fit[1].weight", "traits[2].low.id"]


def test_a_reader_is_not_buried_in_problems(small_files: dict[str, bytes]) -> None:
    """After so many problems a file is read no further, and says so."""
    small_files["items.yaml"] = b"- {kind: nothing}\n" * 1000
    _, problems = parse_catalogue(small_files)
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[0].code == "too-many-problems"


def test_suggestions_stop_before_they_take_long() -> None:
    """Every word is compared with every candidate, so that a file full of both gets no more suggestions."""
    findings = Findings()
    candidates = [f"trait-{number}" for number in range(3_000)]
    hints = [findings.did_you_mean("trait-1x", candidates) for _ in range(10)]
    assert hints[0] is not None
    assert hints[-1] is None
    assert Findings().did_you_mean("trait-1" * 20, candidates) is None


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("items.yaml", b"[]\n", "too-few"),
        ("items.yaml", b"", "file-empty"),
        ("items.yaml", b"# nothing yet\n", "file-empty"),
        ("items.yaml", b"a: 1\n", "wrong-type"),
        ("roles.yaml", b"- a\n", "wrong-type"),
        ("items.yaml", b"\xff\xfe- \x00", "not-utf8"),
        ("items.yaml", b"#" * (MAX_BYTES + 1), "file-too-large"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(
    file: str, content: bytes, code: str, small_files: dict[str, bytes]
) -> None:
    """A file that holds something else altogether is one problem on its first line."""
    small_files[file] = content
    catalogue, problems = parse_catalogue(small_files)
    assert catalogue is None
    assert found(problems) == [(code, file, 1, 1)]


def test_one_role_is_not_enough(small_files: dict[str, bytes]) -> None:
    """There is nothing to choose from among fewer than two roles."""
    head, rest = small_files["roles.yaml"].decode().split("  - id: coordinator-plant\n")
    small_files["roles.yaml"] = head.replace("role: coordinator-plant", "role: plant-head").encode()
    assert "coordinator-film" in rest
    _, problems = parse_catalogue(small_files)
    assert [problem.code for problem in problems] == ["too-few", "refers-to-itself"]


def test_a_role_needs_a_signal(small_files: dict[str, bytes]) -> None:
    """A role that says nothing about anybody cannot be ranked."""
    text = small_files["roles.yaml"].decode()
    start, end = (
        text.index("    fit:\n      - trait: stage"),
        text.index('    differs_from:\n      - role: coordinator-plant\n        text: {id: "Yang'),
    )
    small_files["roles.yaml"] = f"{text[:start]}    fit: []\n    unfit: []\n{text[end:]}".encode()
    _, problems = parse_catalogue(small_files)
    assert [problem.code for problem in problems] == ["no-signal"]


def test_a_missing_folder_is_one_problem(tmp_path: Path, small_files: dict[str, bytes]) -> None:
    """It is named, with the catalogue beside it that is spelt like it."""
    (tmp_path / "school").mkdir()
    (tmp_path / "school" / "roles.yaml").write_bytes(small_files["roles.yaml"])
    for name, hint in (
        ("shcool", f"Did you mean {tmp_path / 'school'}?"),
        ("elsewhere", "A catalogue is a folder with roles.yaml, traits.yaml and items.yaml."),
    ):
        with pytest.raises(InputRefused) as refused:
            load_catalogue(tmp_path / name)
        assert found(refused.value.problems) == [("no-folder", str(tmp_path / name), 0, 0)]
        assert str(refused.value.problems[0].hint) == hint


def test_missing_files_are_named(tmp_path: Path, small_files: dict[str, bytes]) -> None:
    """Where one of three is there, the others are missed; where none is, it is no catalogue."""
    with pytest.raises(InputRefused) as refused:
        load_catalogue(tmp_path)
    assert found(refused.value.problems) == [("no-catalogue", str(tmp_path), 0, 0)]
    (tmp_path / "roles.yaml").write_bytes(small_files["roles.yaml"])
    with pytest.raises(InputRefused) as refused:
        load_catalogue(tmp_path)
    assert found(refused.value.problems) == [
        ("file-missing", str(tmp_path / name), 0, 0) for name in ("items.yaml", "traits.yaml")
    ]


def test_a_misspelt_key_is_one_problem(small_files: dict[str, bytes]) -> None:
    """A key that was probably meant is not said to be missing as well."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"    summary: {", b"    sumary: {", 1)
    _, problems = parse_catalogue(small_files)
    assert [problem.code for problem in problems] == ["unknown-key"]


@pytest.mark.parametrize(
    ("file", "good", "bad"),
    [
        ("items.yaml", b"{id: hand-out-tasks, kind:", b"{id: hand-out-tasks, knd:"),
        ("items.yaml", b'left: {trait: lead, text: {id: "memimpin', b'left: {trai: lead, text: {id: "memimpin'),
        ("roles.yaml", b"- trait: decide\n        at_least: 3\n", b"- trait: decide\n        at_leats: 3\n"),
        ("traits.yaml", b"- id: lead\n", b"- di: lead\n"),
        ("traits.yaml", b'en: "Leading"', b'eng: "Leading"'),
        ("roles.yaml", b"    fit:\n      - trait: lead", b"    fits:\n      - trait: lead"),
    ],
)
def test_a_misspelt_key_is_read_as_it_was_meant(small_files, file: str, good: bytes, bad: bytes) -> None:
    """Neither what it makes complete nor what refers to it is said to be wrong as well."""
    assert small_files[file].count(good) == 1, good
    small_files[file] = small_files[file].replace(good, bad)
    _, problems = parse_catalogue(small_files)
    assert [problem.code in ("unknown-key", "unknown-language") for problem in problems] == [True]
    assert problems[0].hint is not None


def test_mistakes_under_a_misspelt_key_are_found_in_the_same_run(small_files: dict[str, bytes]) -> None:
    """What stands under it is read as under the right one."""
    good = b"    fit:\n      - trait: lead\n        at_least: 4"
    assert small_files["roles.yaml"].count(good) == 1
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(
        good, good.replace(b"fit:", b"fits:").replace(b"4", b"6")
    )
    _, problems = parse_catalogue(small_files)
    assert [problem.code for problem in problems] == ["unknown-key", "level-range"]


def test_an_id_given_twice_comes_before_what_follows_from_it(small_files: dict[str, bytes]) -> None:
    """The cause stands in the last file and is listed first; every place that follows from it keeps its own."""
    small_files["traits.yaml"] = small_files["traits.yaml"].replace(b"- id: stage\n", b"- id: lead\n")
    _, problems = parse_catalogue(small_files)
    assert (problems[0].file, problems[0].code) == ("traits.yaml", "duplicate-id")
    uses = sum(len(re.findall(rb"trait: stage\b|[{ ]stage: ", content)) for content in small_files.values())
    following = [(problem.file, problem.line, problem.column) for problem in problems[1:]]
    assert {problem.code for problem in problems[1:]} == {"unknown-trait"}
    assert len(set(following)) == len(following) == uses > 5


def test_a_renamed_trait_is_recognised(small_files: dict[str, bytes]) -> None:
    """One id that nothing uses, and one that is used and not there, are probably the same; else nothing is guessed."""
    traits = small_files["traits.yaml"]
    small_files["traits.yaml"] = traits.replace(b"- id: stage\n", b"- id: performing\n")
    _, problems = parse_catalogue(small_files)
    assert {str(problem.hint) for problem in problems} == {'Did you mean "performing"?'}
    text = b'{id: "a", en: "a"}'
    small_files["traits.yaml"] += b"- id: other\n  name: %s\n  low: %s\n  high: %s\n" % (text, text, text)
    _, problems = parse_catalogue(small_files)
    assert {problem.hint for problem in problems} == {None}


def test_choices_come_in_their_own_order(small_files: dict[str, bytes]) -> None:
    """Never, sometimes, often: not by the alphabet."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"education: bachelor", b"education: x")
    _, (problem,) = parse_catalogue(small_files)
    assert str(problem.message).endswith("choose from primary, secondary, diploma, bachelor, master.")


def test_numbers_out_of_range_are_written_out(small_files: dict[str, bytes]) -> None:
    """A million is 1000000, as it would be written in the file."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"people_led: 10}", b"people_led: -1}")
    _, (problem,) = parse_catalogue(small_files)
    assert str(problem.message) == "-1 is out of range: 0 to 1000000."


def test_a_quoted_value_is_shown_in_quotes(small_files: dict[str, bytes]) -> None:
    """The text "3.5" and the number are told apart in what is said of them."""
    small_files["roles.yaml"] = small_files["roles.yaml"].replace(b"at_least: 3.5", b'at_least: "3.5"')
    _, (problem,) = parse_catalogue(small_files)
    assert str(problem.message) == 'This has to be a number, not "3.5".'


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    """A folder, a named pipe or an endless device in the place of a file is a problem, not a wait."""
    (tmp_path / "items.yaml").mkdir()
    os.mkfifo(tmp_path / "roles.yaml")
    (tmp_path / "traits.yaml").symlink_to("/dev/zero")
    _, problems = parse_catalogue(read_files(tmp_path))
    assert [problem.code for problem in problems] == ["not-a-file"] * 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    """A file that may not be read is said to be so."""
    (tmp_path / "items.yaml").touch(mode=0)
    assert parse_catalogue(read_files(tmp_path))[1][0].code == "file-unreadable"


def test_the_hash_is_of_the_bytes(small_files: dict[str, bytes]) -> None:
    """One changed byte is another catalogue, and so is the same text in another file."""
    first = catalogue_hash(small_files)
    assert catalogue_hash({**small_files, "items.yaml": small_files["items.yaml"] + b"#"}) != first
    assert catalogue_hash({"items.yaml": b"ab", "roles.yaml": b""}) != catalogue_hash(
        {"items.yaml": b"a", "roles.yaml": b"b"}
    )


def test_correlations_that_cannot_be_are_found() -> None:
    """Three traits cannot all be each other's opposites; two opposites and a stranger can."""
    pairs = {frozenset(pair): -0.6 for pair in ("ab", "bc", "ac")}
    assert first_impossible("abc", pairs) == "c"
    assert first_impossible("abc", {frozenset("ab"): -0.9}) is None


def test_impossible_correlations_are_named_at_the_trait_that_breaks_them(small_files: dict[str, bytes]) -> None:
    """The problem points at the correlations of the first trait that contradicts those before it."""
    text = '{id: "a", en: "a"}'
    small_files["traits.yaml"] += (
        f"- id: fifth\n  name: {text}\n  low: {text}\n  high: {text}\n  correlates: {{lead: 0.9, decide: -0.9}}\n"
    ).encode()
    _, problems = parse_catalogue(small_files)
    assert found(problems) == [("correlations-impossible", "traits.yaml", 26, 15)]
    assert "closer to zero" in str(problems[0].hint)


@pytest.mark.parametrize(("most", "file"), [(200, "traits.yaml"), (100, "roles.yaml")])
def test_lists_whose_length_costs_time_are_limited(most: int, file: str, small_files: dict[str, bytes]) -> None:
    """A catalogue has at most 200 traits, a role at most 100 signals."""
    if file == "traits.yaml":
        piece = '- {id: t%d, name: {id: "a", en: "a"}, low: {id: "a", en: "a"}, high: {id: "a", en: "a"}}\n'
        more, place = [piece % number for number in range(most - 4)], "- id: lead\n"
    else:
        more = ['      - {trait: lead, at_least: 2, text: {id: "a", en: "a"}, source: editorial}\n'] * (most - 4)
        place = "      - trait: lead\n        at_least: 4\n"
    text = small_files[file].decode()
    assert text.count(place) == 1
    small_files[file] = text.replace(place, "".join(more) + place).encode()
    assert parse_catalogue(small_files)[1] == ()
    small_files[file] = text.replace(place, "".join(more) + more[-1].replace("id: t", "id: u") + place).encode()
    assert [problem.code for problem in parse_catalogue(small_files)[1]] == ["too-many"]


def test_the_shipped_catalogue_has_no_problems() -> None:
    """The catalogue in data/ loads."""
    assert load_catalogue(shipped_folder()).languages == ("id", "en")
