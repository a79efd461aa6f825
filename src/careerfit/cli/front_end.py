"""How the quiz reaches a person: with keys on a capable terminal, in plain lines anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from careerfit.errors import NeedsTerminal, message
from careerfit.terminal.dialogue import AnyDialogue, Question, Screen


class _Run(Protocol):
    """Runs a dialogue; returns it, and whether the person left before its end."""

    def __call__(
        self, dialogue: AnyDialogue, on_reply: Callable[[AnyDialogue], None], /
    ) -> tuple[AnyDialogue, bool]: ...


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """How questions are put: what runs a dialogue, whether a person is there, what drops keys typed ahead.

    `draws` says whether a question is drawn where the cursor stands; else it begins with an empty line.
    """

    run: _Run
    someone_is_there: bool
    forget_typed: Callable[[], None] = lambda: None
    draws: bool = False

    def ask(self, screen: Screen) -> int | None:
        """Return the answer to a single question, counted from 0; None when the person left."""
        asked, left = self.run(Question(screen), lambda _dialogue: None)
        return None if left else asked.answer


def choose_front_end(plain: bool) -> FrontEnd:
    """Return keys on a capable terminal, else plain lines; from a pipe only when they were asked for.

    Raises:
        NeedsTerminal: Nobody is there to answer, and plain lines were not asked for.
    """
    from careerfit.terminal import lines

    someone_is_there = sys.stdin is not None and sys.stdin.isatty()
    if sys.stdin is None or (not someone_is_there and not plain):
        raise NeedsTerminal(
            message("The quiz asks questions, and there is no terminal here to ask them on."),
            message(
                "From a file of answers, a line each: careerfit quiz --plain < answers.txt."
                " From an answer sheet: careerfit score sheet.json"
            ),
        )
    simple = plain or bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM") in (None, "", "dumb")
    if simple or not sys.stderr.isatty():
        run = partial(lines.run, source=sys.stdin, screen=sys.stderr, someone_is_there=someone_is_there)
        return FrontEnd(run, someone_is_there)
    from careerfit.terminal import keys

    return FrontEnd(keys.run, someone_is_there, keys.forget_typed, draws=True)
