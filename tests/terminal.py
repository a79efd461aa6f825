"""A person at a terminal, for the tests: runs careerfit in a pseudo-terminal, types, and reads the screen."""

from __future__ import annotations

import gettext
import os
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from unittest import mock

import pexpect
import pyte

from careerfit import language as words
from careerfit.catalogue.compiled import open_catalogue
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Catalogue
from careerfit.session import Session
from careerfit.store import open_store
from careerfit.terminal.dialogue import Reply
from careerfit.terminal.interview import Interview
from careerfit.terminal.layout import Row, lay_out

SMALL = Path(__file__).parent / "catalogues" / "small"
CAREERFIT = (str(Path(sys.executable).with_name("careerfit")),)
"""The installed command."""

DEADLINE = 20.0
"""Seconds a terminal may take for anything; it only matters when something is wrong."""

CTRL_C, CTRL_D, ENTER, UP, DOWN, ESCAPE = "\x03", "\x04", "\r", "\x1b[A", "\x1b[B", "\x1b"

_JOINERS = dict.fromkeys((0x200C, 0x200D))
"""What pyte cannot draw: it leaves out whatever it is given together with one."""

_LOOKS = ("NO_COLOR", "FORCE_COLOR", "TTY_", "ACCESSIBLE", "TERM", "COLUMNS", "LINES", "PROMPT_TOOLKIT")
_LEFT_OUT = ("CAREERFIT", "PYTHON", "LANG", "LC_", "UV_", *_LOOKS)


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a command: nothing in it but `changes` decides its language, looks or streams.

    The command is found by its name, as it is where the package is installed, whoever runs the tests.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    places = {"PATH": path, "CAREERFIT_HOME": str(home), "CAREERFIT_PAGER": ""}
    return {**kept, **places, "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", **changes}


def warm_home(tmp_path: Path) -> Path:
    """Return a home of its own for a test, with the catalogues compiled already but nothing saved."""
    warm = tmp_path.parent / "warm"
    if not warm.exists():
        with mock.patch.dict(os.environ, {"CAREERFIT_HOME": str(warm)}):
            open_catalogue()
            open_catalogue(SMALL)
    home = tmp_path / "home"
    shutil.copytree(warm, home)
    return home


def run(
    home: Path, *arguments: str | Path, answers: str | bytes = b"", prefix: Sequence[str] = CAREERFIT, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command without a terminal, `answers` on its standard input, and wait for it."""
    return subprocess.run(
        [*prefix, *map(str, arguments)],
        input=answers.encode() if isinstance(answers, str) else answers,
        capture_output=True,
        env=environment(home, **changes),
        timeout=DEADLINE,
        check=False,
    )


@contextmanager
def speaking(language: str) -> Iterator[Callable[[str], str]]:
    """Speak a language in this process for a `with` block; gives the function that looks a message up."""
    with mock.patch.dict(os.environ), mock.patch.object(words, "_translation"):
        words.use(language)
        yield gettext.gettext


def _heed_ctrl_c() -> None:
    """Take Ctrl-C as a command of a person's shell does; whoever runs the tests in the background may ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """One command in a terminal of its own; a context manager that leaves no process behind.

    An unwatched one keeps the log alone, which is faster where the screen does not matter.

    Attributes:
        log: Every character the command wrote so far.
    """

    def __init__(
        self,
        home: Path,
        *arguments: str | Path,
        size: tuple[int, int] = (80, 24),
        prefix: Sequence[str] = CAREERFIT,
        watched: bool = True,
        **changes: str,
    ) -> None:
        self.columns, self.rows = size
        self._watched = watched
        self.log = ""
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.Stream(self._screen)
        command = [*prefix, *map(str, arguments)]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(self.rows, self.columns),
            env=environment(home, **{"TERM": "xterm-256color", **changes}),
            encoding="utf-8",
            codec_errors="replace",
            preexec_fn=_heed_ctrl_c,
        )
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.ptyproc.delayafterclose = 0.0
        self.child.delayafterterminate = self.child.ptyproc.delayafterterminate = 0.02
        # a real terminal answers when it is asked where the cursor is
        self._screen.write_process_input = self.child.send

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.child.isalive():
            os.kill(self.child.pid, signal.SIGKILL)
        self.child.close(force=True)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, a line each, without blanks at the end."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.lines).rstrip()

    @property
    def cursor_is_hidden(self) -> bool:
        """Whether the command hid the cursor."""
        return bool(self._screen.cursor.hidden)

    def send(self, keys: str) -> Self:
        """Type, all at once."""
        self.child.send(keys)
        return self

    def kill(self, number: signal.Signals) -> Self:
        """Send the command a signal."""
        os.kill(self.child.pid, number)
        return self

    def resize(self, columns: int, rows: int) -> Self:
        """Change the size of the window."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
        return self

    def settings(self) -> list[Any]:
        """Return the settings of the terminal, as `termios.tcgetattr` does."""
        return termios.tcgetattr(self.child.child_fd)

    def wait(self, until: Callable[[Terminal], bool], what: str = "") -> Self:
        """Read until a condition on the terminal holds."""
        end = time.monotonic() + DEADLINE
        while not until(self):
            if not self._read() and not until(self):
                raise AssertionError(f"ended before {what or 'what was awaited'}:\n{self.text}")
            if time.monotonic() > end:
                raise AssertionError(f"not within {DEADLINE} s: {what or 'what was awaited'}; but:\n{self.text}")
        return self

    def wait_for(self, text: str) -> Self:
        """Read until a text stands on the screen."""
        return self.wait(lambda terminal: text in terminal.text, repr(text))

    def wait_for_choice(self, answers: int) -> Self:
        """Read until a screen with this many answers is shown, whatever it asks."""
        return self.wait(lambda terminal: choices(terminal.lines) == answers, f"{answers} answers")

    def wait_for_rows(self, rows: list[str]) -> Self:
        """Read until exactly these rows stand on the screen."""
        return self.wait(lambda terminal: terminal.text == "\n".join(rows).rstrip(), "\n" + "\n".join(rows) + "\n")

    def exit_code(self) -> int:
        """Read until the command ends, and return its exit code, negative for a signal."""
        end = time.monotonic() + DEADLINE
        while self._read():
            if time.monotonic() > end:
                raise AssertionError(f"still running:\n{self.text}")
        self.child.wait()
        return -self.child.signalstatus if self.child.signalstatus else int(self.child.exitstatus)

    def _read(self) -> bool:
        """Take in what there is; return whether more may come."""
        try:
            text = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.log += text
        if self._watched:
            self._stream.feed(text.translate(_JOINERS))
        return True


def choices(lines: Sequence[str]) -> int:
    """Return how many answers are shown, "> 1  yes" or "  1  yes" being the first."""
    shown = [
        line[2] for line in lines if line[:2] in ("  ", "> ") and line[2:5].rstrip().isdigit() and line[3:5] == "  "
    ]
    last = len(shown) - 1 - shown[::-1].index("1") if "1" in shown else 0
    return len(shown[last:])


class Companion:
    """Goes through the same quiz beside the terminal, and knows what the screen has to show."""

    def __init__(
        self, catalogue: Catalogue, language: str, max_items: int = 30, answers: Answers | None = None
    ) -> None:
        self.language = language
        session = Session(Instrument.of(catalogue), answers or Answers(), max_items=max_items)
        self.interview = Interview(session, 0, language)

    @property
    def is_over(self) -> bool:
        """Whether the quiz is over."""
        return self.interview.is_over

    @property
    def answers(self) -> Answers:
        """Everything answered so far."""
        return self.interview.session.answers

    def reply(self, *replies: Reply) -> Self:
        """Do what the person does."""
        with speaking(self.language):
            for reply in replies:
                self.interview = self.interview.reply(reply)
        return self

    def rows(self, size: tuple[int, int], cursor: int | None = None) -> list[str]:
        """Return the rows of the question on a window of this size."""
        with speaking(self.language):
            screen = self.interview.screen
            cursor = screen.chosen if cursor is None else cursor
            return texts(lay_out(screen, *size, cursor))


def texts(rows: list[Row]) -> list[str]:
    """Return rows without their styles."""
    return ["".join(text for _style, text in row).rstrip() for row in rows]


def saved(home: Path) -> Mapping[str, Any]:
    """Return what the store in a home holds: unfinished quizzes and results, the last one first."""
    store = open_store({"CAREERFIT_HOME": str(home)})
    try:
        return {"unfinished": store.unfinished(), "results": [store.result(entry.id) for entry in store.results()]}
    finally:
        store.close()
