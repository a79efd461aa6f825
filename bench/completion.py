"""How long the Tab key takes in `careerfit show`, as a whole process, against that of a Typer hello-world.

    python bench/completion.py [--runs N]

Both are the same interpreter and are asked the same way; they take turns (A B A B ...), so that a busy moment hits them
alike. The last line is the time of our own: the median, over turns, of one process less the other.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from startup import HELLO, careerfit, refuse_shim, run

LIMIT = 100.0
"""Milliseconds of our own that nobody notices."""

SHELLS = {
    "bash": {"COMP_WORDS": "{name} {word}", "COMP_CWORD": "{place}"},
    "zsh": {"_TYPER_COMPLETE_ARGS": "{name} {word}"},
    "fish": {"_TYPER_COMPLETE_ARGS": "{name} {word}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--runs", type=int, default=20, help="runs of each (default: %(default)s)")
    runs = options.parse_args().runs
    refuse_shim()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        home = Path(folder) / "home"
        home.mkdir()
        base = {**os.environ, "CAREERFIT_HOME": str(home)}
        base.pop("PYTHONDONTWRITEBYTECODE", None)
        run([*careerfit(), "roles"], base)  # compiles the catalogue
        print("shell    careerfit ms   hello-world ms   our own ms (wall, medians of runs in turn)")
        for shell in SHELLS:
            ours = asked(shell, "careerfit", "show production-", 2, base)
            theirs = asked(shell, "hello.py", "", 1, base)
            turns = [(run(careerfit(), ours).wall, run([sys.executable, str(hello)], theirs).wall) for _ in range(runs)]
            mine, other = (statistics.median(column) for column in zip(*turns, strict=True))
            own = statistics.median(one - two for one, two in turns)
            verdict = "" if own < LIMIT else f"   more than {LIMIT:.0f}"
            print(f"{shell:<6}{mine:>15.1f}{other:>17.1f}{own:>13.1f}{verdict}")


def asked(shell: str, name: str, word: str, place: int, base: dict[str, str]) -> dict[str, str]:
    """Return the environment in which a shell asks a program to complete."""
    said = {key: text.format(name=name, word=word, place=place) for key, text in SHELLS[shell].items()}
    return {**base, f"_{name}_COMPLETE".upper(): f"complete_{shell}", **said}


if __name__ == "__main__":
    main()
