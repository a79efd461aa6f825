"""How long `careerfit show` takes as a whole process, against an empty Python and a Typer hello-world.

    python bench/startup.py [--runs N]

All three are the same interpreter, the one that runs this file. They take turns (A B C A B C ...) so that a busy moment
hits them alike; ratios are of runs in the same turn. `careerfit` runs once beforehand, in a home of its own, so that
its modules and its catalogue are compiled.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROLE = "operations-production-director"

HELLO = '''\
import typer

app = typer.Typer()


@app.command()
def hello(name: str) -> None:
    """Say hello."""
    print(f"Hello {name}")


@app.command()
def goodbye(name: str) -> None:
    """Say goodbye."""
    print(f"Goodbye {name}")


if __name__ == "__main__":
    app()
'''


class Run(NamedTuple):
    """Wall time and processor time (user and system) of one process, milliseconds."""

    wall: float
    cpu: float


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--runs", type=int, default=40, help="runs of each (default: %(default)s)")
    runs = options.parse_args().runs
    refuse_shim()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # the children inherit it
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        environment = {**os.environ, "CAREERFIT_HOME": str(home)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules must be compiled once, as they are for users
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "typer hello-world": [sys.executable, str(hello), "hello", "you"],
            "careerfit show": [*careerfit(), "show", ROLE],
        }
        for command in commands.values():
            run(command, environment)
        print(f"{sys.executable} (Python {sys.version.split()[0]}), {' '.join(commands['careerfit show'])}")
        print(f"{runs} runs each, in turn, output to a pipe; medians\n")
        turns = [{name: run(command, environment) for name, command in commands.items()} for _ in range(runs)]
    print_table(list(commands), turns)


def careerfit() -> list[str]:
    """Return how to start careerfit: its console script beside the interpreter, or else its module."""
    script = Path(sys.executable).parent / "careerfit"
    return [str(script)] if script.is_file() else [sys.executable, "-m", "careerfit"]


def refuse_shim() -> None:
    """Leave with a message when this interpreter is started through a script, which would be timed with it."""
    is_script = Path(sys.executable).read_bytes()[:2] == b"#!"
    asked = subprocess.run([sys.executable, "-c", "import sys; print(sys.executable)"], capture_output=True, check=True)
    if is_script or asked.stdout.decode().strip() != sys.executable:
        sys.exit(f"{sys.executable} is a shim; run this with the interpreter of a virtual environment")


def run(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command with its output to a pipe and return how long it took; leave with its message if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr.decode(errors='replace')}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(1_000.0 * wall, 1_000.0 * cpu)


def print_table(names: list[str], turns: list[dict[str, Run]]) -> None:
    print("                     wall ms    cpu ms   times pass: wall   cpu   times hello: wall   cpu")
    for name in names:
        wall = statistics.median(turn[name].wall for turn in turns)
        cpu = statistics.median(turn[name].cpu for turn in turns)
        row = f"{name:<18}{wall:>10.1f}{cpu:>10.1f}"
        for width, other in ((19, names[0]), (20, names[1])):
            row += f"{paired(turns, name, other, 'wall'):>{width}.2f}{paired(turns, name, other, 'cpu'):>6.2f}"
        print(row)


def paired(turns: list[dict[str, Run]], name: str, other: str, field: str) -> float:
    """Return the median over turns of one process's time over another's."""
    return statistics.median(float(getattr(turn[name], field) / getattr(turn[other], field)) for turn in turns)


if __name__ == "__main__":
    main()
