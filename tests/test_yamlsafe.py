"""Bytes become plain data with places, or problems; nothing in a file is executed, expanded or guessed."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from careerfit.catalogue import builder
from careerfit.catalogue.files import MAX_BYTES
from careerfit.catalogue.findings import Enough, Findings
from careerfit.catalogue.nodes import BROKEN, Node, line_and_column
from careerfit.catalogue.yamlsafe import parse_yaml


def parse(source: str | bytes) -> tuple[Node | None, list[tuple[str, int, int]]]:
    """The root node of a file, and its problems as (code, line, column)."""
    findings = Findings()
    root = parse_yaml(source.encode() if isinstance(source, str) else source, "a.yaml", findings)
    return root, [(problem.code, problem.line, problem.column) for problem in findings.problems]


def plain(source: str | bytes) -> Any:
    """What a file without problems holds."""
    root, problems = parse(source)
    assert root is not None
    assert not problems
    return root.plain()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("0.50", 0.5),
        ("1e3", 1000.0),
        ("-0.5E-1", -0.05),
        ("'true'", "true"),
        ('"12"', "12"),
        ("010", "010"),
        ("+1", "+1"),
        (".5", ".5"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("2026-01-15", "2026-01-15"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1.C.2.b", "1.C.2.b"),
        ("nope", "nope"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)
def test_scalars_mean_what_yaml_1_2_and_json_say(written: str, value: object) -> None:
    """Numbers look as in JSON, true, false and null are themselves, everything else is text."""
    read = plain(f"a: {written}\n")["a"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "y", "N"])
def test_words_that_programs_read_differently_need_quotes(word: str) -> None:
    """YAML 1.1 reads them as true and false, YAML 1.2 as text; in quotes they are text to all."""
    assert parse(f"- {word}\n")[1] == [("quotes-needed", 1, 3)]
    assert parse(f"{word}: 1\n")[1] == [("quotes-needed", 1, 1)]
    assert plain(f"- '{word}'\n") == [word]


def test_every_value_and_key_has_its_place() -> None:
    """Lines and columns count from 1, columns in characters and not in bytes."""
    root, _ = parse("# é\ntitle: {id: é, en: ü}\nlist:\n  - é: [1, 2]\n")
    assert root is not None
    english, first = root.value["title"].value["en"], root.value["list"].value[0].value["é"]
    assert (line_and_column(english.place), line_and_column(english.key_place)) == ((2, 20), (2, 16))
    assert (line_and_column(first.place), line_and_column(first.key_place)) == ((4, 8), (4, 5))
    assert first.value[1].line == 4


def test_a_byte_order_mark_and_foreign_line_ends_move_no_position() -> None:
    """Files from Windows and old Macs read the same, and problems point at the same place."""
    source = "a: 1\nb: no\n"
    for data in (source, "\ufeff" + source, source.replace("\n", "\r\n"), source.replace("\n", "\r")):
        assert parse(data)[1] == [("quotes-needed", 2, 4)]


def test_every_duplicate_key_is_reported_and_the_first_one_stays() -> None:
    """Each repetition is a problem that names the first line."""
    findings = Findings()
    root = parse_yaml(b"a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n", "a.yaml", findings)
    assert root is not None
    assert root.plain() == {"a": 1, "b": {"c": 1}}
    assert [(problem.line, str(problem.message)) for problem in findings.problems] == [
        (2, 'The key "c" stands here twice; first on line 2.'),
        (3, 'The key "a" stands here twice; first on line 1.'),
        (4, 'The key "a" stands here twice; first on line 1.'),
    ]


def test_problems_before_a_syntax_error_are_kept() -> None:
    """A syntax error ends the file, and everything found up to there is still reported."""
    assert parse("a: no\nb: &x 1\nc: [\n") == (
        None,
        [("quotes-needed", 1, 4), ("anchor", 2, 4), ("syntax", 4, 1)],
    )


def test_every_forbidden_character_is_reported() -> None:
    """Each one that stands in the file has its own place; one that was escaped has that of its text."""
    source = 'a: x\u200by\u202e\n# \x1b\nb: "\\u2066\\e"\n"\\0": 1\n'
    assert parse(source)[1] == [
        ("forbidden-character", 1, 5),
        ("forbidden-character", 1, 7),
        ("forbidden-character", 2, 3),
        ("forbidden-character", 3, 4),
        ("forbidden-character", 3, 4),
        ("forbidden-character", 4, 1),
    ]


@pytest.mark.parametrize(
    "character",
    [chr(code) for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x61C)]
    + [chr(code) for code in (0x200B, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2060, 0x2070))]
    + [chr(code) for code in (0xFEFF, 0xFFF9, 0xFFFF, 0xE0001, 0xE0041, 0xE007F)],
)
def test_no_forbidden_character_gets_into_the_data(character: str) -> None:
    """As it is or escaped, as a value or a key: it is a problem and is replaced."""
    for source in (f"- x{character}y\n", f'- "x\\U{ord(character):08X}y"\n', f'"x\\U{ord(character):08X}y": 1\n'):
        root, problems = parse(source)
        assert [code for code, _, _ in problems] == ["forbidden-character"]
        assert root is None or character not in str(root.plain())


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "क्‍ष", "نمی‌خواهم", "👩‍🏭", "ệ", "e\u0323\u0302", "Ω☃漢字"])
def test_letters_of_all_scripts_are_allowed(text: str) -> None:
    """Joiners, accents and emoji are writing, not a trick."""
    assert plain("- " + '"' + text.replace("\n", "\\n") + '"\n') == [text]


def test_refused_values_are_broken_and_the_rest_is_read() -> None:
    """What was refused by itself leaves a mark in its place, so that nothing is reported twice."""
    root, problems = parse("a: &x 1\nb: *x\nc: !!int '3'\nd: 4\n<<: {e: 5}\n")
    assert root is not None
    assert {key: node.value for key, node in root.value.items()} == {"a": BROKEN, "b": BROKEN, "c": BROKEN, "d": 4}
    assert [code for code, _, _ in problems] == ["anchor", "alias", "tag", "merge-key"]


@pytest.mark.parametrize(
    ("within", "beyond", "code"),
    [
        (b"[" * 16 + b"]" * 16, b"[" * 17 + b"]" * 17, "too-deep"),
        (b"x" * 20_000, b"x" * 20_001, "text-too-long"),
        (b"9" * 40, b"9" * 41, "number-too-large"),
        (b"[a, {b: c}, d, e]", b"[a, {b: c}, d, e, f]", "too-many-values"),
        (b"- a" + b" " * (MAX_BYTES - 3), b"- a" + b" " * (MAX_BYTES - 2), "file-too-large"),
        ("a\u0301\u0301\u0301\u0301".encode(), "a\u0301\u0301\u0301\u0301\u0301".encode(), "stacked-marks"),
    ],
)
def test_limits_are_where_they_are_said_to_be(
    within: bytes, beyond: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The most that is allowed is read, one more is refused."""
    if code == "too-many-values":
        monkeypatch.setattr(builder, "MAX_VALUES", 7)
    assert parse(within)[1] == []
    assert [problem for problem, _, _ in parse(beyond)[1]] == [code]


# JSON's 1e3 is a number here and text to PyYAML
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20).filter(
    lambda text: not re.fullmatch(r"-?[0-9.]+[eE][-+]?[0-9]+", text)
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | TEXTS
DATA = st.dictionaries(
    TEXTS,
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
    ),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(data=DATA, flow=st.sampled_from([None, True, False]), unicode=st.booleans())
def test_what_pyyaml_writes_is_read_as_pyyaml_reads_it(data: Any, flow: bool | None, unicode: bool) -> None:
    """On files that both accept, this reader and PyYAML's safe loader see the same values."""
    source = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=unicode, sort_keys=False)
    root, problems = parse(source)
    if problems:
        # refused among these are letters that nothing shows (the Hangul fillers), and a bare y or n
        assert {code for code, _, _ in problems} <= {"forbidden-character", "quotes-needed"}
        return
    assert root is not None
    assert root.plain() == yaml.load(source, Loader=yaml.CSafeLoader) == data


LINES = st.lists(
    st.sampled_from(
        [
            "a: 1",
            "b: [x, {y: z}]",
            "- p",
            "  - q: r",
            "  c: 'it''s'",
            '  d: "e\\n"',
            "e: |",
            "    f",
            "# g",
            "? h",
            ": i",
            "j: {k: l}",
            "",
            "m",
        ]
    ),
    max_size=8,
)


@settings(max_examples=300, deadline=None)
@given(lines=LINES)
def test_handwritten_lines_are_read_as_pyyaml_reads_them(lines: list[str]) -> None:
    """Whatever order lines come in, a file without problems means to us what it means to PyYAML."""
    source = "\n".join(lines)
    root, problems = parse(source)
    try:
        expected = yaml.load(source, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        assert problems
        return
    if root is not None and not problems:
        assert root.plain() == expected


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_data_or_problems(data: bytes) -> None:
    """There are no bytes that raise anything else."""
    findings = Findings()
    try:
        root = parse_yaml(data, "a.yaml", findings)
    except Enough:
        root = None
    assert root is not None or findings.problems
    for problem in findings.problems:
        assert problem.line >= 1
        assert problem.column >= 1
