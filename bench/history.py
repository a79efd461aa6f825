"""How long `careerfit history` takes with many results, as a whole process, against a Typer hello-world.

    python bench/history.py [--results N] [--runs N]

Both are the interpreter that runs this file, and take turns; ratios are of runs in the same turn. The results are
written straight into the store's tables, each with a document of the size of a real one and its quiz, which
remembers the folder of its catalogue.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import msgspec
from startup import HELLO, careerfit, paired, run

from careerfit.model import Answers
from careerfit.store import SavedQuiz, Store
from careerfit.store.rows import ENTRY_COLUMNS, ResultEntry, sealed

DOCUMENT = b"x" * 20_000
"""In the place of a result document; no list reads it, but it lies between the rows."""

ANSWERED = 22


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--results", type=int, default=10_000, help="results kept (default: %(default)s)")
    options.add_argument("--runs", type=int, default=20, help="runs of each (default: %(default)s)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, hello = Path(folder) / "home", Path(folder) / "hello.py"
        fill(home, given.results)
        hello.write_text(HELLO, encoding="utf-8")
        environment = {**os.environ, "CAREERFIT_HOME": str(home)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {
            "typer hello-world": [sys.executable, str(hello), "hello", "you"],
            "careerfit history": [*careerfit(), "history"],
            "... --all": [*careerfit(), "history", "--all"],
            "... --json": [*careerfit(), "history", "--json"],
        }
        for command in commands.values():
            run(command, environment)
        print(f"{given.results} results, {given.runs} runs each, in turn, output to a pipe; medians\n")
        turns = [{name: run(command, environment) for name, command in commands.items()} for _ in range(given.runs)]
    print("                     wall s     cpu s   times hello: wall   cpu")
    for name in commands:
        wall = statistics.median(turn[name].wall for turn in turns) / 1_000
        cpu = statistics.median(turn[name].cpu for turn in turns) / 1_000
        ratios = [paired(turns, name, "typer hello-world", field) for field in ("wall", "cpu")]
        print(f"{name:<18}{wall:>9.3f}{cpu:>10.3f}{ratios[0]:>20.2f}{ratios[1]:>6.2f}")


def fill(home: Path, count: int) -> None:
    """Make a store with that many results."""
    with Store(home) as store:
        columns = ", ".join(ENTRY_COLUMNS)
        query = f"INSERT INTO results ({columns}, seal, content_seal, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        with store._transaction():
            for number in range(count):
                entry = ResultEntry(
                    id=f"{number:012x}",
                    quiz=f"{number:08x}",
                    created=f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00Z",
                    catalogue_hash="sha256:" + "0" * 64,
                    catalogue_name="careerfit",
                    headline="Kepala Departemen Produksi",
                    answered=ANSWERED,
                )
                store._put(quiz_of(entry))
                values = tuple(msgspec.structs.asdict(entry).values())
                content_seal = sealed((entry.id, DOCUMENT, None))
                store._connection.execute(query, (*values, sealed(values), content_seal, DOCUMENT))


def quiz_of(entry: ResultEntry) -> SavedQuiz:
    """Return the finished quiz of a result."""
    return SavedQuiz(
        id=entry.quiz,
        created=entry.created,
        updated=entry.created,
        catalogue_hash=entry.catalogue_hash,
        catalogue_name=entry.catalogue_name,
        language="id",
        max_items=30,
        step=ANSWERED + 7,
        answers=Answers(responses={f"item-with-a-name-{number}": number % 5 for number in range(ANSWERED)}),
        aside={},
        finished=True,
        folder=Path("/home/somebody/catalogues/school"),
    )


if __name__ == "__main__":
    main()
