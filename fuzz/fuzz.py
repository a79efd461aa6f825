"""Damaged catalogues and answers: whatever the bytes, what comes out is values or problems with a place.

    python fuzz/fuzz.py [--cases N] [--first N] [--processes N]
    python fuzz/fuzz.py --atheris [options of libFuzzer]

Case number N is always the same case: it begins with the small catalogue of the tests, or with answers to it, and a
random generator seeded with N damages one of the files once or a few times. A case fails when anything but a documented
error is raised, when it takes longer than `SLOW` seconds, or when a problem has no place; its number is printed, and
`--first N --cases 1` plays it again. With atheris installed the same cases can be driven by coverage instead.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.compiled import Compiled, pack
from careerfit.catalogue.files import FILE_NAMES, read_files
from careerfit.catalogue.load import load_catalogue, parse_located
from careerfit.catalogue.slices import slices_of
from careerfit.errors import InputRefused, Problem
from careerfit.model import Answers, Catalogue

CORPUS = Path(__file__).parents[1] / "tests" / "catalogues" / "small"
ANSWERS = b"""{"schema": "careerfit/answers/1", "respondent": "ani",
 "responses": {"hand-out-tasks": 4, "own-part": 0, "settle-it": 3, "spot-slips": null, "lead-or-count": 2},
 "facts": {"education": "diploma", "years_experience": 3, "people_led": 0},
 "conditions": {"overtime": "yes", "on_call": "depends", "travel": "no"}}
"""

SLOW = 2.0
"""Seconds of processor time that no case may take."""

WHOLE_FILES = ("file-missing", "too-many-problems")
"""Codes of problems that are about a file and have no line."""

DEEP = 10
"""Every so many catalogues that are still good are compiled and asked for a first item, which takes longer."""

PIECES = (
    *(b"- ", b": ", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!str ", b"<<: ", b'"', b"'", b"\n", b"  ", b"\t", b"#"),
    *(b"null", b"true", b"no", b"~", b"1e9", b"-1", b"0", b"5", b"1e999", b"0x10", b".nan", b"99999999999999999999"),
    *(b"id: ", b"en: ", b"trait: ", b"at_least: ", b"between: ", b"lead", b"decide", b"{id: a, en: b}", b"[1, 2]"),
    *(b"\xe2\x80\xae", b"\xff", b"\x00", b"\x1b[31m", b'"\\ud800"', b'"\\e"', b"\xcc\x81" * 6, b"\xef\xbb\xbf", b"\r"),
    *(b"---\n", b"...\n", b"%YAML 1.1\n", b"? ", b"| \n", b"> \n", b"editorial", b"plant-head", b"\xf0\x9f\x98\x80"),
)


class Case(NamedTuple):
    """What is read: the three files of a catalogue, or an answers document."""

    files: dict[str, bytes]
    answers: bytes | None = None


class Outcome(NamedTuple):
    """How one case ended: kind of outcome, what to print about a failure, seconds of processor time."""

    kind: str
    failure: str
    seconds: float


@cache
def good() -> dict[str, bytes]:
    """Return the files everything begins with."""
    return {name: content for name, content in read_files(CORPUS).items() if isinstance(content, bytes)}


@cache
def small() -> Catalogue:
    """Return the catalogue that the answers belong to."""
    return load_catalogue(CORPUS)


def case_of(number: int) -> Case:
    """Return the case of a number."""
    draw = random.Random(number)
    if number % 4 == 3:
        return Case(good(), damaged(ANSWERS, draw))
    files = dict(good())
    for _ in range(draw.choice((1, 1, 1, 2))):
        name = draw.choice(FILE_NAMES)
        files[name] = damaged(files[name], draw)
    return Case(files)


def damaged(data: bytes, draw: random.Random) -> bytes:
    """Return a file damaged in one to four places."""
    for _ in range(draw.choice((1, 1, 1, 2, 3, 4))):
        data = draw.choice(DAMAGES)(data, draw)
    return data


def _put(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(PIECES) + data[at + draw.choice((0, 0, 1, 4)) :]


def _flip(data: bytes, draw: random.Random) -> bytes:
    if not data:
        return data
    at = draw.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << draw.randrange(8),)) + data[at + 1 :]


def _cut(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[at + draw.choice((1, 2, 5, 20, 200, len(data))) :]


def _word(data: bytes, draw: random.Random) -> bytes:
    """Exchange one word of the file for another of it: the form stays, the meaning does not."""
    words = data.split(b" ")
    words[draw.randrange(len(words))] = draw.choice(words)
    return b" ".join(words)


def _line(data: bytes, draw: random.Random) -> bytes:
    """Copy or move a line from any of the files, or indent one otherwise."""
    lines = data.splitlines(keepends=True)
    others = draw.choice([lines, *(content.splitlines(keepends=True) for content in good().values())])
    if lines and draw.random() < 0.5:
        del lines[draw.randrange(len(lines))]
    if others:
        lines.insert(draw.randrange(len(lines) + 1), b" " * draw.choice((0, 0, 1, 2, 4)) + draw.choice(others))
    return b"".join(lines)


def _repeat(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    piece = data[at : at + draw.choice((1, 3, 30, 300))]
    return data[:at] + piece * draw.choice((2, 20, 400)) + data[at:]


def _scalar(data: bytes, draw: random.Random) -> bytes:
    """Put something else behind a colon."""
    parts = data.split(b": ")
    if len(parts) < 2:
        return data
    place = draw.randrange(1, len(parts))
    head, mark, tail = parts[place].partition(draw.choice((b"\n", b",", b"}")))
    parts[place] = draw.choice(PIECES) + (mark + tail if mark else head)
    return b": ".join(parts)


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_put, _flip, _cut, _word, _line, _repeat, _scalar)


def outcome_of(case: Case, deep: bool = False) -> Outcome:
    """Read a case, and return how that ended."""
    start = time.process_time()
    try:
        kind = read_answers(case.answers) if case.answers is not None else read_catalogue(case.files, deep)
        failure = ""
    except Exception:  # the very thing that is looked for
        kind, failure = "failed", traceback.format_exc()
    seconds = time.process_time() - start
    return Outcome(kind, failure or (f"took {seconds:.1f} s" if seconds > SLOW else ""), seconds)


def read_catalogue(files: dict[str, bytes], deep: bool) -> str:
    """Read three files as `catalogue check` does, and go on with a good catalogue as `show` and `quiz` do."""
    parsed = parse_located(files)
    if (parsed.catalogue is None) != bool(parsed.problems):
        raise AssertionError("neither a catalogue nor a problem, or both")
    hold_problems(parsed.problems)
    if parsed.catalogue is None:
        return "catalogue refused"
    hold_problems(check_catalogue(parsed.catalogue, parsed.positions))
    if Compiled(pack(slices_of(parsed.catalogue))).catalogue() != parsed.catalogue:
        raise AssertionError("compiled to another catalogue")
    if deep:
        from careerfit.engine.instrument import Instrument
        from careerfit.session import Session

        session = Session(Instrument.of(parsed.catalogue), Answers())
        item = session.next_item
        if item is not None:
            _ = session.answer(item.id, 4).next_item
    return "catalogue read"


def read_answers(data: bytes) -> str:
    """Read an answers document as `score` does."""
    try:
        parse_answers(data, "answers.json", small())
    except InputRefused as refused:
        if not refused.problems:
            raise AssertionError("refused without a problem") from None
        hold_problems(refused.problems)
        return "answers refused"
    return "answers read"


def hold_problems(problems: tuple[Problem, ...]) -> None:
    """Raise if a problem has no place, or cannot be said."""
    for problem in problems:
        if not problem.line and problem.code not in WHOLE_FILES:
            raise AssertionError(f"no place: {problem}")
        if not str(problem.message) or (problem.hint is not None and not str(problem.hint)):
            raise AssertionError(f"nothing to say: {problem}")


def run(first: int, cases: int) -> tuple[Counter[str], dict[int, str], float]:
    """Return outcomes by kind, failures by number, and the seconds of the slowest case."""
    kinds: Counter[str] = Counter()
    failures: dict[int, str] = {}
    slowest = 0.0
    for number in range(first, first + cases):
        outcome = outcome_of(case_of(number), deep=number % DEEP == 0)
        kinds[outcome.kind] += 1
        slowest = max(slowest, outcome.seconds)
        if outcome.failure:
            failures[number] = outcome.failure
    return kinds, failures, slowest


def main() -> int:
    """Run the cases asked for, print what became of them, and return 1 if any failed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--cases", type=int, default=200_000, help="how many (default: %(default)s)")
    options.add_argument("--first", type=int, default=0, help="number of the first (default: %(default)s)")
    options.add_argument("--processes", type=int, default=1, help="default: %(default)s")
    chosen = options.parse_args()
    share = 500
    starts = range(chosen.first, chosen.first + chosen.cases, share)
    sizes = [min(share, chosen.first + chosen.cases - start) for start in starts]
    kinds: Counter[str] = Counter()
    failures: dict[int, str] = {}
    slowest = 0.0
    with ProcessPoolExecutor(chosen.processes) as pool:
        for some, failed, slow in pool.map(run, starts, sizes):
            kinds += some
            failures |= failed
            slowest = max(slowest, slow)
    for number, failure in sorted(failures.items())[:10]:
        print(f"case {number}:\n{failure}")
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{kinds.total()} cases: {told}; slowest {slowest:.2f} s; {len(failures)} failed")
    return 1 if failures else 0


def drive_with_atheris() -> None:
    """Let atheris choose the cases by the branches they reach; the first byte says which file the rest replaces."""
    atheris = import_module("atheris")
    names = [*FILE_NAMES, None]
    atheris.instrument_all()

    def one_input(data: bytes) -> None:
        name, rest = names[data[0] % len(names)] if data else None, data[1:]
        outcome = outcome_of(Case(good(), rest) if name is None else Case({**good(), name: rest}))
        if outcome.failure:
            raise RuntimeError(outcome.failure)

    atheris.Setup([argument for argument in sys.argv if argument != "--atheris"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    if "--atheris" in sys.argv:
        drive_with_atheris()
    else:
        sys.exit(main())
