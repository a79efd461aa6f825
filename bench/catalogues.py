"""A small and a large catalogue, made up from a seed: do both work, and does the large one keep people waiting?

    python bench/catalogues.py [--runs N] [--people N] [--seed S]

The small one has 5 traits, 50 items and 16 roles, the large one 40 traits, 400 items and 1,000 roles. Both are checked,
simulated people take their quiz, and `careerfit show` of the large one is held against that of the small one: whole
processes, taking turns, with both catalogues in the cache.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes

import numpy as np
from startup import Run, run

from careerfit.catalogue.checks import check_catalogue
from careerfit.catalogue.load import parse_located, read_files
from careerfit.engine.instrument import Instrument
from careerfit.engine.simulate import draw_answers, draw_noise, people_of_roles
from careerfit.model import Answers, Catalogue
from careerfit.session import Session

NEXT_ITEM_MS = 50.0
"""Most that the step from an answer to the next item may take on the large catalogue, in the middle."""

SHOW_RATIO = 1.5
"""Most times longer that `show` may take on the large catalogue."""


class Size(NamedTuple):
    """How much a catalogue holds."""

    traits: int
    items: int
    roles: int
    signals: int


SMALL = Size(traits=5, items=50, roles=16, signals=3)
LARGE = Size(traits=40, items=400, roles=1_000, signals=10)

_WORDS = (
    "arrange", "balance", "begin", "between", "change", "count", "days", "deliver", "difficult",
    "every", "figure", "floor", "follow", "keep", "lead", "line", "many", "order",
    "other", "people", "plan", "quiet", "record", "risk", "room", "safe", "shift",
    "slow", "small", "staff", "stock", "team", "time", "together", "trouble", "wait",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--runs", type=int, default=20, help="runs of `show` on each (default: %(default)s)")
    options.add_argument("--people", type=int, default=8, help="people who take each quiz (default: %(default)s)")
    options.add_argument("--seed", type=int, default=20261121, help="default: %(default)s")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folders = {}
        for name, size in (("small", SMALL), ("large", LARGE)):
            folders[name] = Path(home, name)
            write_catalogue(folders[name], size, chosen.seed)
            print_quiz(folders[name], chosen.people, chosen.seed)
        print_show(folders, chosen.runs, Path(home))


def write_catalogue(folder: Path, size: Size, seed: int) -> None:
    """Write a catalogue of a size into a new folder; the same seed writes the same bytes."""
    draw = random.Random(seed)
    folder.mkdir()
    for name, lines in (("traits", _traits(size, draw)), ("items", _items(size, draw)), ("roles", _roles(size, draw))):
        (folder / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _flow(**values: Any) -> str:
    """Return a mapping on one line; texts in JSON's quotes are YAML."""
    return json.dumps(values)


def _words(count: int, draw: random.Random) -> dict[str, str]:
    return {language: " ".join(draw.choices(_WORDS, k=count)).capitalize() + "." for language in ("id", "en")}


def _traits(size: Size, draw: random.Random) -> list[str]:
    return [
        "- "
        + _flow(
            id=f"trait-{number}", name=_numbered(_words(2, draw), number), low=_words(6, draw), high=_words(6, draw)
        )
        for number in range(size.traits)
    ]


def _items(size: Size, draw: random.Random) -> list[str]:
    """Return the items: three statements to a pair, trait by trait, keyed both ways."""
    lines = []
    for number in range(size.items):
        own, turn = number % size.traits, number // size.traits
        if turn % 4 == 3:
            other = (own + draw.randrange(1, size.traits)) % size.traits
            sides = {
                side: {"trait": f"trait-{trait}", "text": _words(9, draw)}
                for side, trait in (("left", own), ("right", other))
            }
            lines.append("- " + _flow(id=f"item-{number}", kind="pair", **sides))
        else:
            keyed = "negative" if turn % 2 else "positive"
            text = _words(9, draw)
            lines.append(
                "- " + _flow(id=f"item-{number}", kind="statement", trait=f"trait-{own}", keyed=keyed, text=text)
            )
    return lines


def _numbered(text: dict[str, str], number: int) -> dict[str, str]:
    """Return a name that no other entry has."""
    return {language: f"{words} {number}" for language, words in text.items()}


def _roles(size: Size, draw: random.Random) -> list[str]:
    """Return roles.yaml: families of eight whose roles share half of their signals."""
    families = [f"family-{number}" for number in range(-(-size.roles // 8))]
    lines = ["name: generated", "languages: [id, en]", "sources:"]
    lines += ["  - " + _flow(id="editorial", kind="editorial", title=_words(2, draw)), "families:"]
    lines += ["  - " + _flow(id=family, title=_words(2, draw)) for family in families]
    lines.append("roles:")
    shared: list[tuple[str, str, int]] = []
    for number in range(size.roles):
        if number % 8 == 0:
            shared = _signals(range(size.traits), size.signals // 2, draw)
        taken = {int(trait.rpartition("-")[2]) for trait, _level, _value in shared}
        rest = [trait for trait in range(size.traits) if trait not in taken]
        signals = shared + _signals(rest, size.signals - len(shared), draw)
        lines += _role(number, families[number // 8], signals, size, draw)
    return lines


def _signals(traits: Any, count: int, draw: random.Random) -> list[tuple[str, str, int]]:
    """Return fit signals on different traits: trait, which end it asks for, and the level."""
    return [
        (f"trait-{trait}", *draw.choice((("at_least", 4), ("at_least", 5), ("at_most", 2), ("at_most", 3))))
        for trait in draw.sample(list(traits), count)
    ]


def _role(number: int, family: str, signals: list[tuple[str, str, int]], size: Size, draw: random.Random) -> list[str]:
    def sourced(**values: Any) -> str:
        return "      - " + _flow(**values, source="editorial")

    opposite = {"at_least": ("at_most", 1), "at_most": ("at_least", 5)}
    lines = [
        f"  - id: role-{number}",
        "    title: " + _flow(**_numbered(_words(3, draw), number)),
        f"    family: {family}",
    ]
    lines += ["    summary: " + _flow(**_words(18, draw)), "    tasks:"]
    lines += [sourced(text=_words(10, draw)) for _ in range(4)]
    lines.append("    fit:")
    lines += [sourced(trait=trait, **{end: level}, text=_words(10, draw)) for trait, end, level in signals]
    lines.append("    unfit:")
    for trait, end, _level in signals[-2:]:
        turned, level = opposite[end]
        lines.append(sourced(trait=trait, **{turned: level}, text=_words(10, draw)))
    lines += ["    myths:", sourced(claim=_words(9, draw), truth=_words(10, draw))]
    lines += ["    realities:", sourced(expectation=_words(9, draw), reality=_words(10, draw))]
    lines += ["    differs_from:", sourced(role=f"role-{(number + 1) % size.roles}", text=_words(10, draw))]
    lines.append(
        "    conditions: {overtime: often, on_call: sometimes, travel: never, shifts: sometimes, place: plant}"
    )
    lines.append("    readiness: {education: diploma, years_experience: 3, people_led: 5}")
    return lines


def load(folder: Path) -> Catalogue:
    """Return the catalogue of a folder; leave with its problems if it has errors."""
    parsed = parse_located(read_files(folder), str(folder))
    if parsed.catalogue is None:
        sys.exit("\n".join(f"{problem.file}:{problem.line}: {problem.message}" for problem in parsed.problems))
    weak = check_catalogue(parsed.catalogue, parsed.positions)
    print(f"  no errors, {len(weak)} warnings {' '.join(sorted({problem.code for problem in weak}))}".rstrip())
    return parsed.catalogue


def print_quiz(folder: Path, people: int, seed: int) -> None:
    """Let simulated people take the quiz, and print what a choice and a whole step take."""
    megabytes = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    print(f"{folder.name}: {megabytes:.2f} MB")
    start = time.perf_counter()
    catalogue = load(folder)
    print(f"  read in {time.perf_counter() - start:.2f} s")
    instrument = Instrument.of(catalogue)
    rng = np.random.default_rng(seed)
    drawn = people_of_roles(instrument.requirements, len(catalogue.traits), people, rng)
    answers = draw_answers(instrument.bank, drawn.theta, draw_noise(instrument.bank, rng), rng)
    choosing, stepping, asked = [], [], []
    for person in range(people):
        session = Session(instrument, Answers())
        while session.next_item is not None:
            item = session.next_item.id
            start = time.perf_counter()
            session = session.answer(item, int(answers[person, instrument.bank.item_index[item]]))
            _ = session.belief, session.regret
            middle = time.perf_counter()
            _ = session.choice
            end = time.perf_counter()
            choosing.append(1_000.0 * (end - middle))
            stepping.append(1_000.0 * (end - start))
        asked.append(session.asked)
    print(f"  {people} people answered {statistics.median(asked):g} items (median)")
    for name, times in (("choosing the next item", choosing), ("from an answer to the next item", stepping)):
        slow = statistics.quantiles(times, n=20)[-1]
        print(f"  {name}: {statistics.median(times):.1f} ms (median), {slow:.1f} ms (95 in 100)")
    if statistics.median(stepping) > NEXT_ITEM_MS:
        print(f"  slower than {NEXT_ITEM_MS:g} ms")


def print_show(folders: dict[str, Path], runs: int, home: Path) -> None:
    """Print how much longer `show` and `roles` take on the large catalogue, wall and processor time."""
    environment = {**os.environ, "CAREERFIT_HOME": str(home / "home")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for words in (("show", "role-5"), ("roles", "--json")):
        took: dict[str, list[Run]] = {name: [] for name in folders}
        for turn in range(runs + 1):
            for name, folder in folders.items():
                command = [sys.executable, "-m", "careerfit", *words, "--catalogue", str(folder)]
                one = run(command, environment)
                if turn:  # the first fills the cache
                    took[name].append(one)
        for what, place in (("wall", 0), ("cpu", 1)):
            ratios = [big[place] / little[place] for big, little in zip(took["large"], took["small"], strict=True)]
            ratio = statistics.median(ratios)
            late = f", above {SHOW_RATIO}" if words[0] == "show" and ratio > SHOW_RATIO else ""
            ms = ", ".join(f"{name} {statistics.median(one[place] for one in took[name]):.0f} ms" for name in took)
            print(f"{' '.join(words)}, {what}: {ms}; large/small {ratio:.2f}{late}")


if __name__ == "__main__":
    main()
