"""Hostile files are refused with a place, within little time and memory; damaged ones are never more than problems."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal import environment

from careerfit.catalogue.files import read_files
from careerfit.catalogue.load import parse_catalogue

SMALL = Path(__file__).parent / "catalogues" / "small"
GOOD = {name: content for name, content in read_files(SMALL).items() if isinstance(content, bytes)}

SECONDS = 5
"""Processor time of a child, far above the tenth of a second that a bomb takes: the machine may be busy."""

MEMORY = 600_000_000
"""Address space of a child, not memory in use; a parser that follows aliases or recurses goes beyond any limit."""

CHILD = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from pathlib import Path
from careerfit.catalogue.files import read_files
from careerfit.catalogue.load import parse_catalogue
name, data = sys.argv[1], sys.stdin.buffer.read()
catalogue, problems = parse_catalogue({{**read_files(Path({str(SMALL)!r})), name: data}})
print(json.dumps([[problem.code, problem.file, problem.line, problem.column] for problem in problems]))
"""

ALIASES = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter + 1, letter + 1, b", ".join([b"*%c" % letter] * 9)) for letter in range(97, 105)
)
MERGES = b"a: &a {x: 1}\n" + b"".join(
    b"%c: &%c {<<: [%s]}\n" % (letter + 1, letter + 1, b", ".join([b"*%c" % letter] * 9)) for letter in range(97, 105)
)
TRAIT = b"- {id: t%d, name: {id: a, en: b}, low: {id: a, en: b}, high: {id: a, en: b}, correlates: {t0: 0.001}}\n"

BOMBS = {
    "alias bomb": (ALIASES, "anchor"),
    "merge-key bomb": (MERGES, "anchor"),
    "self-reference": (b"&a [*a]", "anchor"),
    "500 lists deep": (b"[" * 500, "too-deep"),
    "10,000 lists deep": (b"[" * 10_000, "too-deep"),
    "100,000 lists deep": (b"[" * 100_000, "too-deep"),
    "complex keys in lists": (b"[?" * 15_000, "too-deep"),
    "25,000 lists deep": (b"[" * 25_000, "too-deep"),
    "25,000 dashes deep": (b"- " * 25_000, "too-deep"),
    "25,000 mappings deep": (b"{a: " * 25_000, "too-deep"),
    "mappings without a space": (b"{a:" * 25_000, "syntax"),
    "question marks": (b"? " * 25_000, "too-deep"),
    "100 MB text": (b"a: " + b"x" * 100_000_000, "file-too-large"),
    "5 MB text": (b"a: " + b"x" * 4_900_000, "text-too-long"),
    "base 60": (b"- 1" + b":59" * 100_000, "text-too-long"),
    "5,000 digits": (b"- " + b"9" * 5_000, "number-too-large"),
    "infinite number": (b"- 1.0e+400", "number-too-large"),
    "too many values": (b"[" + b"a," * 600_000 + b"]", "too-many-values"),
    "150,000 keys": (b"".join(b"k%d: 1\n" % number for number in range(150_000)), "wrong-type"),
    "800,000 equal keys": (b"a: 1\n" * 800_000, "duplicate-key"),
    "100,000 directives": (
        b"".join(b"%%TAG !a%d! x\n" % number for number in range(100_000)) + b"---\na\n",
        "directive",
    ),
    "directives of a second document": (b"a: 1\n...\n" + b"%TAG ! x\n" * 100_000 + b"---\n", "directive"),
    "a million documents": (b"---\n" * 1_000_000, "second-document"),
    "endless quotes": (b'"' + b"a\n" * 2_000_000, "syntax"),
    "million question marks": (b"? \n" * 1_000_000, "key-not-text"),
    "python object": (b"!!python/object/apply:os.system ['true']", "tag"),
    "python objects": (b"- !!python/object/apply:os.system x\n" * 100_000, "tag"),
    "bad date": (b"- !!timestamp abc", "tag"),
    "bad bool": (b"- !!bool maybe", "tag"),
    "only NUL": (b"\0" * 4_900_000, "forbidden-character"),
    "escape codes": (b'- "\\e]52;c;aGk=\\a"', "forbidden-character"),
    "bidi controls": ("\u202e".encode() * 1_600_000, "forbidden-character"),
    "stacked accents": (b"- a" + "\u0301".encode() * 19_000, "stacked-marks"),
    "UTF-16": ("- a".encode("utf-16"), "not-utf8"),
    "lone surrogate": (b"- \xed\xa0\x80", "not-utf8"),
    "escaped surrogate": (b'- "\\ud800"', "syntax"),
    "overlong NUL": (b"- \xc0\x80", "not-utf8"),
    "only spaces": (b" " * 4_900_000, "file-empty"),
    "only line ends": (b"\n" * 4_900_000, "file-empty"),
    "only comments": (b"#\n" * 2_400_000, "file-empty"),
    "only tabs": (b"\t" * 4_900_000, "syntax"),
    "10,000 traits": (b"".join(TRAIT % number for number in range(10_000)), "too-many"),
    "misspelt keys": (b"- {" + b",".join(b"nmae%d: 1" % number for number in range(100_000)) + b"}", "unknown-key"),
}


@pytest.mark.parametrize(("data", "code"), BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_with_a_place(data: bytes, code: str) -> None:
    """Under limits of time and memory, the file is refused and the place of its first problem is said."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, "traits.yaml"], input=data, capture_output=True, check=False, timeout=60
    )
    assert child.stderr == b""
    assert child.returncode == 0
    problems = [problem for problem in json.loads(child.stdout) if problem[1] == "traits.yaml" and problem[2] > 0]
    assert code in {problem[0] for problem in problems}
    assert all(line >= 1 and column >= 1 for _, _, line, column in problems)


LARGEST = 95_000_000
"""Bytes of memory that a whole process may take at its worst: the promise is 100 MB."""

WEIGHED = """
import atexit, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from pathlib import Path
from careerfit.cli import main
peak = lambda: next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
atexit.register(lambda: sys.stderr.write(peak()))
main()
"""
"""A command that says at its end how much memory it took; getrusage would tell that of its parent as well."""


def words(count: int) -> list[str]:
    """Different short words."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["".join(four) for four in itertools.islice(itertools.product(letters, repeat=4), count)]


def large_role(word: str, text: str) -> str:
    """A role with as many tasks as a role may have."""
    tasks = ",".join(
        f'{{text: {{id: "{word}{n}{text}", en: "{n}{word}{text}"}}, source: editorial}}' for n in range(100)
    )
    return (
        f"  - {{id: {word}, title: {{id: a, en: b}}, family: film, summary: {{id: a, en: b}}, tasks: [{tasks}],"
        " fit: [{trait: lead, at_least: 2, text: {id: a, en: b}, source: editorial}], unfit: [],"
        " conditions: {overtime: often, on_call: never, travel: never, shifts: never, place: set},"
        " readiness: {education: master, years_experience: 0, people_led: 0}}\n"
    )


def large_item(word: str) -> str:
    return f"- {{id: {word}, kind: statement, trait: lead, text: {{id: a, en: b}}}}\n"


def larger(name: str, more: str) -> bytes:
    return GOOD[name] + more.encode()


LARGE = {
    "roles": ("roles.yaml", larger("roles.yaml", "".join(large_role(word, "") for word in words(350))), 0),
    "wide letters": (
        "roles.yaml",
        larger("roles.yaml", "".join(large_role(word, "x" * 22 + "\U0001f600") for word in words(350))),
        0,
    ),
    "items": ("items.yaml", larger("items.yaml", "".join(map(large_item, words(26_000)))), 0),
    "empty mappings": ("roles.yaml", b"[" + b"{}," * 349_000 + b"]", 4),
    "a long list": (
        "roles.yaml",
        GOOD["roles.yaml"].replace(b'"Kepala Produksi"', b",".join(b'"%d"' % n for n in range(340_000))),
        4,
    ),
    "empty lines": ("roles.yaml", b"\n" * 4_900_000 + b"- \0", 4),
    "one wide letter": (
        "roles.yaml",
        larger("roles.yaml", "#\U0001f600" + "x" * 4_990_000),
        0,
    ),
}
"""The largest files that are read to their end: name, content, exit code."""

WORST = ("wide letters", "empty lines")
"""Those that take most memory, once accepted and once refused; the others are tried in the longer run."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process's peak memory")
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [pytest.param(*row, id=what, marks=() if what in WORST else pytest.mark.slow) for what, row in LARGE.items()],
)
def test_the_largest_files_take_little_memory(name: str, data: bytes, code: int, tmp_path: Path) -> None:
    """Whatever the files hold, compiling a catalogue stays below a hundred megabytes in the whole process."""
    for file, content in {**GOOD, name: data}.items():
        (tmp_path / file).write_bytes(content)
    command = ["-c", WEIGHED, "roles", "--search", "no such role", "--catalogue", str(tmp_path)]
    child = subprocess.run(
        [sys.executable, *command], capture_output=True, check=False, env=environment(tmp_path / "home"), timeout=60
    )
    said = child.stderr.decode()
    assert child.returncode == code, said[-500:]
    assert 1024 * int(said.rsplit("VmHWM:", 1)[1].split()[0]) < LARGEST


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process's peak memory")
def test_thousands_of_weaknesses_take_little_memory(tmp_path: Path) -> None:
    """A catalogue whose every item is idle is checked within the same limits, and says that there are more."""
    files = dict(GOOD) | {"traits.yaml": GOOD["traits.yaml"] + TRAIT % 1}
    item = "- {{id: i{n}, kind: statement, trait: t1, text: {{id: a b c d, en: a b c d}}}}\n"
    files["items.yaml"] += "".join(item.format(n=number) for number in range(25_000)).encode()
    files["traits.yaml"] = files["traits.yaml"].replace(b"t0: ", b"lead: ")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    command = ["-c", WEIGHED, "catalogue", "check", str(tmp_path)]
    child = subprocess.run(
        [sys.executable, *command], capture_output=True, check=False, env=environment(tmp_path / "home"), timeout=60
    )
    said = child.stderr.decode()
    assert child.returncode == 0, said[-500:]
    assert 1024 * int(said.rsplit("VmHWM:", 1)[1].split()[0]) < LARGEST
    assert b"too-many-problems" in child.stdout


def test_files_share_their_limits() -> None:
    """Two files that could each be read are too much together, in values or in bytes."""
    half = {
        "values": {"items.yaml": b"[" + b"a," * 250_000 + b"]", "roles.yaml": b"[" + b"a," * 150_000 + b"]"},
        "bytes": {"items.yaml": b"#" * 3_100_000, "roles.yaml": b"#" * 3_100_000},
    }
    codes = {
        what: [problem.code for problem in parse_catalogue({**GOOD, **files})[1] if problem.file == "roles.yaml"]
        for what, files in half.items()
    }
    assert codes == {"values": ["too-many-values"], "bytes": ["file-too-large"]}


def changed(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with pieces cut out and others put in, at places counted round."""
    for start, length, piece in edits:
        at = start % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


PIECES = st.binary(max_size=4) | st.sampled_from(
    b"- |: |{|}|[|]|&a |*a|!!x |<<: |\"|'|\n|  |null|1e9|-1|id: |en: |trait: |\xe2\x80\xae|yes|#|? ".split(b"|")
)


@settings(max_examples=400, deadline=None)
@given(
    name=st.sampled_from(sorted(GOOD)),
    edits=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), PIECES), min_size=1, max_size=4),
)
def test_a_damaged_catalogue_is_a_catalogue_or_problems(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    """Whatever happens to the bytes of a good file, what comes out is a catalogue or problems, never an exception."""
    catalogue, problems = parse_catalogue({**GOOD, name: changed(GOOD[name], edits)})
    assert (catalogue is None) == bool(problems)
    for problem in problems:
        assert problem.file in GOOD
        assert problem.line >= 1 or problem.code == "too-many-problems"
        assert str(problem.message)
        assert str(problem.hint)


@settings(max_examples=300, deadline=None)
@given(
    swaps=st.lists(
        st.tuples(
            st.sampled_from(sorted(GOOD)), st.integers(0, 10_000), st.sampled_from(sorted(GOOD)), st.integers(0, 10_000)
        ),
        min_size=1,
        max_size=3,
    )
)
def test_lines_in_the_wrong_place_are_a_catalogue_or_problems(swaps: list[tuple[str, int, str, int]]) -> None:
    """Lines copied to where they do not belong give values of every wrong kind, and never an exception."""
    files = {name: data.splitlines(keepends=True) for name, data in GOOD.items()}
    for source, line, target, place in swaps:
        lines = files[target]
        lines[place % len(lines)] = files[source][line % len(files[source])]
    catalogue, problems = parse_catalogue({name: b"".join(lines) for name, lines in files.items()})
    assert (catalogue is None) == bool(problems)
