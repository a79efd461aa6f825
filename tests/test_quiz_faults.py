"""The whole quiz, as people run it, when it is killed, cut off or may not write.

What the next question on the screen acknowledged is kept, at most one answer more; going on asks the right question.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import termios
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from terminal import CAREERFIT, ENTER, SMALL, Companion, Terminal, run, saved, warm_home

from careerfit.model import Catalogue
from careerfit.terminal.interview import OPENING

SIZE = (80, 24)
ITEMS = 3
QUIZ = ("quiz", "--plain", "--json", "--lang", "en", "--catalogue", SMALL)
LINES = [f"{answer}\n" for answer in (4, 3, 2, 1, 2, 3, 1, 5, 4, 2)]
"""Answers to the opening and to three items."""

PROMPT = "Your answer ("
CHANGING = ("mkdir", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "flock", "write", "openat")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return warm_home(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The answers of a quiz that nothing disturbed."""
    home = warm_home(tmp_path_factory.mktemp("whole"))
    answers: dict[str, Any] = answers_of(run(home, *QUIZ, "--max-items", str(ITEMS), answers="".join(LINES)))
    return answers


def answers_of(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr.decode()
    answers: dict[str, Any] = json.loads(done.stdout)["answers"]
    return answers


# kill -9


@pytest.mark.parametrize("kills", [2, pytest.param(None, marks=pytest.mark.slow)], ids=["some", "every"])
def test_a_kill_after_any_answer_loses_nothing_and_the_next_question_is_asked(
    home: Path, small: Catalogue, kills: int | None
) -> None:
    """One quiz, killed again and again when the next screen stands there, and gone on with each time."""
    companion = Companion(small, "en", max_items=5)
    last = len(OPENING) + 5 - 1
    moments = sorted(random.Random(7).sample(range(last), kills)) if kills else list(range(last))
    options = ("quiz", "--lang", "en", "--catalogue", SMALL)
    with Terminal(home, *options, "--max-items", "5") as terminal:
        terminal.wait_for_choice(1).send(ENTER).wait_for_rows(companion.rows(SIZE)).kill(signal.SIGKILL)
    for turn in range(last + 1):
        if turn == 0 or turn - 1 in moments:
            terminal = Terminal(home, *options, "--resume")
        terminal.wait_for_rows(companion.rows(SIZE)).send(str(turn % 3 + 1))
        companion.reply(turn % 3)
        if turn in moments:
            terminal.wait_for_rows(companion.rows(SIZE)).kill(signal.SIGKILL)
            assert terminal.exit_code() == -signal.SIGKILL
            terminal.child.close(force=True)
            (quiz,) = saved(home)["unfinished"]
            assert quiz.answers == companion.answers
    with terminal:
        terminal.wait_for_choice(2).send("2")
        assert terminal.exit_code() == 0
    assert json.loads(saved(home)["results"][0].document)["answers"]["responses"] == dict(companion.answers.responses)


def traced(home: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """A whole quiz from a pipe under strace."""
    prefix = ("strace", "-qq", "-f", *options, *CAREERFIT)
    return run(home, *QUIZ, "--max-items", str(ITEMS), answers="".join(LINES), prefix=prefix)


def calls_of_a_quiz(home: Path) -> list[tuple[str, int]]:
    """Every system call by which a whole quiz changes a file or says something, once its store is being opened."""
    log = home.with_suffix(".strace")
    done = traced(home, "-y", "-o", str(log), "-e", f"trace={','.join(CHANGING)}")
    assert done.returncode == 0
    seen: Counter[str] = Counter()
    calls = []
    for line in log.read_text().splitlines():
        call = line.split(None, 1)[1].split("(")[0]
        if call in CHANGING:
            seen[call] += 1
            if str(home) in line or call == "write":
                calls.append((call, seen[call]))
    return calls


def killed_and_gone_on(home: Path, call: str, place: int, whole: dict[str, Any]) -> None:
    inject = ("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={place}")
    done = traced(home, *inject)
    assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    acknowledged = done.stderr.decode(errors="replace").count(PROMPT) - 1
    there = saved(home)
    if there["results"]:
        assert json.loads(there["results"][0].document)["answers"] == whole
        return
    if not there["unfinished"]:
        assert acknowledged <= 0
        return
    (quiz,) = there["unfinished"]
    kept = quiz.step + len(quiz.answers.responses)
    assert acknowledged <= kept <= acknowledged + 1 or kept == 0
    assert answers_of(run(home, *QUIZ, "--resume", answers="".join(LINES[kept:]))) == whole


@pytest.mark.skipif(shutil.which("strace") is None, reason="NOT TESTED: kills at system calls need strace")
@pytest.mark.parametrize("sample", [4, pytest.param(None, marks=pytest.mark.slow)], ids=["sample", "all"])
def test_a_kill_on_entry_of_any_system_call_of_a_quiz_loses_nothing_and_it_goes_on(
    tmp_path: Path, whole: dict[str, Any], sample: int | None
) -> None:
    """Gone on with, the quiz ends with the answers of one that nothing disturbed."""
    calls = calls_of_a_quiz(warm_home(tmp_path))
    assert len(calls) > 150
    if sample is not None:
        calls = random.Random(11).sample(calls, sample)
    homes = [Path(shutil.copytree(tmp_path.parent / "warm", tmp_path / f"{call}-{place}")) for call, place in calls]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda home, at: killed_and_gone_on(home, *at, whole), homes, calls))


def marked(home: Path) -> bool:
    """Whether any file of a home has the answers that are to be forgotten."""
    return any(b'"own-part":' in path.read_bytes() for path in home.iterdir() if path.is_file())


@pytest.mark.skipif(shutil.which("strace") is None, reason="NOT TESTED: kills at system calls need strace")
@pytest.mark.parametrize("sample", [3, pytest.param(None, marks=pytest.mark.slow)], ids=["sample", "all"])
def test_forgetting_that_is_killed_leaves_all_or_nothing_and_can_be_done_again(
    tmp_path: Path, sample: int | None
) -> None:
    """On entry of any system call that changes a file; the second time nothing is left of the answers."""
    full = warm_home(tmp_path)
    assert run(full, *QUIZ, "--max-items", "8", answers="".join(LINES) * 3).returncode == 0
    assert run(full, *QUIZ, answers="".join(LINES) + "q\n").returncode == 0
    assert marked(full)
    forget = ("history", "forget", "--all", "--yes")

    def fresh(name: str) -> Path:
        return Path(shutil.copytree(full, tmp_path / name))

    home, log = fresh("counted"), tmp_path / "strace"
    trace = ("strace", "-qq", "-y", "-o", str(log), "-e", f"trace={','.join(CHANGING)}", *CAREERFIT)
    assert run(home, *forget, prefix=trace).returncode == 0
    seen: Counter[str] = Counter()
    calls = []
    for line in log.read_text().splitlines():
        call = line.split("(")[0]
        seen[call] += 1
        if str(home) in line:
            calls.append((call, seen[call]))
    assert len(calls) > 25

    def killed(at: tuple[str, int]) -> None:
        call, place = at
        home = fresh(f"{call}-{place}")
        prefix = ("strace", "-qq", "-o", "/dev/null", "-e", f"inject={call}:signal=KILL:when={place}", *CAREERFIT)
        assert run(home, *forget, prefix=prefix).returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        there = saved(home)
        assert (len(there["unfinished"]), len(there["results"])) in ((1, 1), (0, 0))
        assert run(home, *forget).returncode == 0
        assert not marked(home)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(killed, calls if sample is None else random.Random(2).sample(calls, sample)))


# cut off


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["keys", "lines"])
def test_a_closed_terminal_ends_the_quiz_and_what_was_answered_is_kept(home: Path, plain: tuple[str, ...]) -> None:
    """The window is closed: exit 129, though there is nobody left to read why."""
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL, *plain) as terminal:
        terminal.wait_for_choice(1).send(ENTER).wait_for_choice(5)
        terminal.send("4\n" if plain else "4").wait_for("2 of 7").wait_for_choice(5)
        terminal.child.ptyproc.fileobj.close()
        _pid, status = os.waitpid(terminal.child.pid, 0)
        terminal.child.ptyproc.closed = terminal.child.closed = True
        terminal.child.ptyproc.terminated = terminal.child.terminated = True
    assert os.waitstatus_to_exitcode(status) == 129
    assert saved(home)["unfinished"][0].answers.facts.education == "bachelor"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_the_terminal_is_as_it_was_after_a_signal(home: Path, number: signal.Signals) -> None:
    """Echo and line mode are back, whoever sent it."""
    one, other = os.openpty()
    fresh = termios.tcgetattr(one)
    os.close(one)
    os.close(other)
    with Terminal(home, "quiz", "--lang", "en", "--catalogue", SMALL) as terminal:
        terminal.wait_for_choice(1).send(ENTER).wait_for_choice(5)
        assert terminal.settings() != fresh
        assert terminal.kill(number).exit_code() == 128 + number
        assert terminal.settings() == fresh
        assert not terminal.cursor_is_hidden
        assert "Traceback" not in terminal.log


# may not write


def test_questions_that_cannot_be_shown_end_the_quiz(home: Path) -> None:
    """Standard error is a full device: exit 8, no traceback, and nothing is asked in the dark."""
    command = f'exec {CAREERFIT[0]} quiz --plain --json --catalogue "{SMALL}" 2>/dev/full'
    done = run(home, command, prefix=("bash", "-c"), answers="".join(LINES))
    assert (done.returncode, done.stdout) == (8, b"")
    assert saved(home)["unfinished"][0].step == 0


@pytest.fixture
def unprivileged() -> tuple[str, ...]:
    """What to put before a command so that permissions hold for it, also when root runs the tests."""
    if os.geteuid():
        return ()
    prefix = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    if not shutil.which("setpriv") or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: root may write anywhere, and setpriv cannot take that away here")
    return prefix


@pytest.fixture
def read_only(home: Path) -> Iterator[Path]:
    """A home with an unfinished quiz and a result, in which nothing may be written."""
    assert run(home, *QUIZ, "--max-items", "1", answers="".join(LINES)).returncode == 0
    assert run(home, *QUIZ, answers="".join(LINES[:8]) + "q\n").returncode == 0
    paths = [home, *home.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield home
    for path, mode in modes.items():
        path.chmod(mode)


def test_what_is_in_a_read_only_home_can_be_read(read_only: Path, unprivileged: tuple[str, ...]) -> None:
    """Listed and shown, and not a byte of it changed."""
    before = (read_only / "careerfit.sqlite3").read_bytes()
    for arguments in (("history",), ("history", "show"), ("history", "where")):
        done = run(read_only, *arguments, prefix=[*unprivileged, *CAREERFIT])
        assert (done.returncode, done.stderr) == (0, b"")
    assert (read_only / "careerfit.sqlite3").read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--resume",)], ids=["new", "resume"])
def test_a_quiz_in_a_read_only_home_says_so_and_what_can_be_done(
    read_only: Path, unprivileged: tuple[str, ...], options: tuple[str, ...]
) -> None:
    """Exit 8 before the first question; without saving it works."""
    prefix = [*unprivileged, *CAREERFIT]
    done = run(read_only, *QUIZ, *options, answers="".join(LINES), prefix=prefix)
    assert (done.returncode, done.stdout) == (8, b"")
    assert str(read_only) in done.stderr.decode()
    assert PROMPT not in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    done = run(read_only, *QUIZ, "--no-save", "--max-items", "1", answers="".join(LINES), prefix=prefix)
    assert done.returncode == 0


def test_a_home_that_cannot_be_made_says_so(tmp_path: Path, unprivileged: tuple[str, ...]) -> None:
    """A folder below one that may not be written."""
    tmp_path.chmod(0o500)
    try:
        done = run(tmp_path / "home", *QUIZ, answers="".join(LINES), prefix=[*unprivileged, *CAREERFIT])
    finally:
        tmp_path.chmod(0o700)
    assert (done.returncode, done.stdout) == (8, b"")
    assert str(tmp_path) in done.stderr.decode()
