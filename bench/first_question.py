"""How long a quiz takes to its first question, against `careerfit show`, on the same pseudo-terminal.

    python bench/first_question.py [--runs N]

Both are whole processes with a warm cache; they take turns (A B A B ...) so that a busy moment hits them alike, and the
ratio is of runs in the same turn. The time of `show` is until it has ended, that of the quiz until the question after
the welcome screen stands there: Enter is typed ahead, as somebody who knows the program does.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CAREERFIT = Path(sys.executable).with_name("careerfit")
SHOW = ("show", "operations-production-director", "--lang", "en")
QUIZ = ("quiz", "--new", "--no-save", "--lang", "en")
FIRST_QUESTION = b"What is the highest education"


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--runs", type=int, default=20, help="runs of each (default: %(default)s)")
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "CAREERFIT_HOME": home,
            "TERM": "xterm-256color",
            "NO_COLOR": "1",
            "CAREERFIT_PAGER": "",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        until_it_shows(SHOW, environment, None)
        until_it_shows(QUIZ, environment, FIRST_QUESTION)
        turns = [
            (until_it_shows(SHOW, environment, None), until_it_shows(QUIZ, environment, FIRST_QUESTION))
            for _turn in range(runs)
        ]
    show, quiz = (statistics.median(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(second / first for first, second in turns)
    print(f"{runs} runs each, in turn; medians")
    print(f"show, ended           {show:7.1f} ms")
    print(f"quiz, first question  {quiz:7.1f} ms")
    print(f"quiz / show           {ratio:7.2f}")


def until_it_shows(arguments: tuple[str, ...], environment: dict[str, str], wanted: bytes | None) -> float:
    """Return milliseconds until a text stands on the terminal, or until the command has ended."""
    ours, theirs = pty.openpty()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(CAREERFIT), *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    if wanted is not None:
        os.write(ours, b"\r")
    seen = b""
    try:
        while wanted is None or wanted not in seen:
            if not select.select([ours], [], [], 20.0)[0]:
                raise TimeoutError(seen.decode(errors="replace"))
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            # a terminal answers when it is asked where the cursor is
            if b"\x1b[6n" in part:
                os.write(ours, b"\x1b[1;1R")
            seen += part
        return (time.perf_counter() - begun) * 1000.0
    finally:
        if wanted is not None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)


if __name__ == "__main__":
    main()
