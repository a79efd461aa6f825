"""Programs that use a store until something stops them, and what has to hold of what they leave behind.

One rule everywhere: what was acknowledged is stored, with equal values, and at most one change more.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from careerfit.model import Answers, Catalogue
from careerfit.store import FILE_NAME, SavedQuiz, Store

SOURCE = str(Path(__file__).parents[1] / "src")
ENVIRON = {**os.environ, "PYTHONPATH": SOURCE, "PYTHONDONTWRITEBYTECODE": "1"}

HEAD = """
import os, sys
from pathlib import Path
from careerfit.errors import CareerfitError
from careerfit.model import Answers, Catalogue
from careerfit.store import Store, database

def say(text):
    os.write(1, f"{text}\\n".encode())

def begin(store):
    catalogue = Catalogue(
        name="careerfit", hash="h", languages=("id",), sources=(), families=(), traits=(), items=(), roles=()
    )
    return store.start(when="t", catalogue=catalogue, language="id", max_items=30)

folder = Path(sys.argv[1])
"""

ANSWER_FOR_EVER = """
store = Store(folder)
quiz = (store.unfinished() or [begin(store)])[0]
with store.hold(quiz.id):
    responses = dict(store.load(quiz.id).answers.responses)
    say(len(responses))
    while True:
        responses[f"i{len(responses)}"] = len(responses) % 5
        store.save(quiz.id, Answers(responses=responses), len(responses), "t")
        say(len(responses))
"""

WHOLE_QUIZ = """
try:
    store = Store(folder)
    quiz = begin(store)
    say(0)
    with store.hold(quiz.id):
        responses = {}
        for number in range(3):
            responses[f"i{number}"] = number % 5
            store.save(quiz.id, Answers(responses=responses), number + 1, "t")
            say(number + 1)
        store.finish(quiz.id, "r1", "t", b"{}")
        say(4)
except CareerfitError as error:
    sys.exit(int(error.exit_code))
"""
LAST = 4  # what a whole quiz acknowledges at its end


def child(script: str, folder: Path, *before: str) -> list[str]:
    """Return the command that runs a script on a store, begun with `before`, such as strace."""
    return [*before, sys.executable, "-c", HEAD + script, str(folder)]


def begin(store: Store) -> SavedQuiz:
    """Begin a quiz on a catalogue of nothing."""
    catalogue = Catalogue(
        name="careerfit", hash="h", languages=("id",), sources=(), families=(), traits=(), items=(), roles=()
    )
    return store.start(when="t", catalogue=catalogue, language="id", max_items=30)


def last_acknowledged(output: bytes) -> int:
    """The last number said, complete with its newline; -1 when nothing was said."""
    return max((int(line) for line in output.split(b"\n")[:-1]), default=-1)


def expected(count: int) -> dict[str, int]:
    """The first responses that the programs above give."""
    return {f"i{number}": number % 5 for number in range(count)}


def check_what_is_left(folder: Path, said: int) -> None:
    """What a whole quiz left behind can be opened, has what was said and goes on."""
    with closing(Store(folder)) as store:
        assert store.damaged() == []
        unfinished, results = store.unfinished(), store.results()
        if results:
            assert said in (LAST - 1, LAST)
            assert unfinished == []
            assert store.load(results[0].quiz).answers.responses == expected(LAST - 1)
            assert store.result("r1").document == b"{}"
        elif unfinished:
            (quiz,) = unfinished
            kept = len(quiz.answers.responses)
            assert quiz.answers.responses == expected(kept)
            assert said <= kept <= said + 1
            with store.hold(quiz.id):
                store.save(quiz.id, Answers(), 0, "t")
        else:
            assert said == -1
        begin(store)
    assert {path.name for path in folder.iterdir()} <= {FILE_NAME, *(path.name for path in folder.glob("*.lock"))}
