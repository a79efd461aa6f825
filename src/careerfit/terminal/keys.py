"""The quiz with keys: one calm screen a question, drawn on the terminal's error stream by prompt_toolkit.

A question that stands alone is drawn below what is there, so that a result can be read while it waits.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import termios
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Generic

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style

from careerfit.language import _
from careerfit.terminal.dialogue import AnyDialogue, Reply, Screen
from careerfit.terminal.layout import Row, finish_note, lay_out, lay_out_help, numbers

# dim rather than a grey, and bold rather than yellow: they can be read on a light ground as well as on a dark one
_STYLE = Style.from_dict(
    {
        "part": "ansicyan",
        "bar": "ansicyan",
        "rest": "dim",
        "question": "bold",
        "chosen": "bold reverse",
        "keys": "dim",
        "note": "bold",
    }
)


def run(dialogue: AnyDialogue, on_reply: Callable[[AnyDialogue], None]) -> tuple[AnyDialogue, bool]:
    """Ask with single keys until the dialogue is over; return it, and whether the person left before.

    `on_reply` is called after every reply, before the next screen is drawn.
    """
    if dialogue.is_over:
        return dialogue, False
    return _KeyScreens(dialogue, on_reply).run()


def forget_typed() -> None:
    """Drop keys typed ahead: they were meant for what came before."""
    clear_typeahead(create_input(sys.stdin))
    termios.tcflush(sys.stdin, termios.TCIFLUSH)


class _KeyScreens(Generic[AnyDialogue]):
    """The application: what is shown, and what each key does to it."""

    def __init__(self, dialogue: AnyDialogue, on_reply: Callable[[AnyDialogue], None]) -> None:
        self._dialogue = dialogue
        self._screen = dialogue.screen
        self._on_reply = on_reply
        self._cursor = _first_cursor(self._screen)
        self._help = False
        self._confirm = False
        self._wrong = False
        self._application: Application[bool] = Application(
            layout=Layout(Window(FormattedTextControl(self._rows, show_cursor=False), wrap_lines=False)),
            key_bindings=self._bindings(),
            style=_STYLE,
            full_screen=not self._screen.stands_alone,
            erase_when_done=True,
            input=create_input(sys.stdin),
            output=create_output(sys.stderr),
        )
        self._application.ttimeoutlen = 0.05
        self._application.timeoutlen = 0.05

    def run(self) -> tuple[AnyDialogue, bool]:
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
        try:
            left = self._application.run(pre_run=partial(self._listen, handlers))
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        return self._dialogue, left

    def _listen(self, handlers: Mapping[signal.Signals, Any]) -> None:
        """Have the signals' own handlers called between keys: what they raise ends the application in order."""
        for number, handler in handlers.items():
            if callable(handler):
                asyncio.get_running_loop().add_signal_handler(number, self._on_signal, handler, number)

    def _on_signal(self, handler: Callable[[int, None], None], number: int) -> None:
        try:
            handler(number, None)
        except BaseException as error:
            if not self._application.is_done:
                self._application.exit(exception=error)

    def _rows(self) -> StyleAndTextTuples:
        size: Size = self._application.output.get_size()
        rows: list[Row]
        if self._help:
            rows = lay_out_help(self._screen, size.columns, size.rows)
        else:
            rows = lay_out(self._screen, size.columns, size.rows, self._cursor, self._note())
        text: StyleAndTextTuples = []
        for row in rows:
            text += [*row, ("", "\n")]
        return text[:-1]

    def _note(self) -> str:
        if self._confirm:
            return finish_note(self._screen)
        if self._wrong:
            return _("That key does nothing here. Type {numbers}, or ? for help.").format(numbers=numbers(self._screen))
        return ""

    def _reply(self, reply: Reply) -> None:
        self._dialogue = self._dialogue.reply(reply)
        self._on_reply(self._dialogue)
        self._close()
        if self._dialogue.is_over:
            if not self._application.is_done:
                self._application.exit(result=False)
            return
        self._screen = self._dialogue.screen
        self._cursor = _first_cursor(self._screen)

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()

        def on(*keys: str) -> Callable[[Callable[[], None]], None]:
            def bind(action: Callable[[], None]) -> None:
                def handle(event: KeyPressEvent) -> None:
                    if not self._application.is_done:
                        action()

                for key in keys:
                    bindings.add(key)(handle)

            return bind

        for place in range(9):
            on(str(place + 1))(partial(self._answer, place))
        # a line feed is Enter typed ahead, while the terminal still read whole lines
        on("enter", "c-j")(lambda: self._answer(self._cursor))
        on("up", "left")(lambda: self._move(-1))
        on("down", "right")(lambda: self._move(1))
        on("b", "B", "backspace")(lambda: self._reply("back"))
        on("s", "S")(lambda: self._reply("skip"))
        on("?", "h")(self._toggle_help)
        on("escape")(self._close)
        on("f", "F")(self._finish)
        on("<any>")(self._slip)
        on("q", "Q", "c-d")(lambda: self._application.exit(result=True))
        on("c-c", "<sigint>")(lambda: self._application.exit(exception=KeyboardInterrupt))
        return bindings

    def _answer(self, place: int | None) -> None:
        if self._help:  # the answers are out of sight
            self._close()
        elif place is not None and place < len(self._screen.answers):
            self._reply(place)
        else:
            self._slip()

    def _slip(self) -> None:
        """Say that a key means nothing; on the page of help it goes back to the question."""
        self._wrong = not self._help
        self._help = self._confirm = False

    def _move(self, step: int) -> None:
        last = len(self._screen.answers) - 1
        if self._cursor is None:
            self._cursor = 0 if step > 0 else last
        else:
            self._cursor = min(max(self._cursor + step, 0), last)
        self._close()

    def _toggle_help(self) -> None:
        self._help, self._confirm, self._wrong = not self._help, False, False

    def _close(self) -> None:
        self._help = self._confirm = self._wrong = False

    def _finish(self) -> None:
        if self._screen.stands_alone:
            return
        if self._confirm:
            self._reply("finish")
        else:
            self._help, self._confirm, self._wrong = False, True, False


def _first_cursor(screen: Screen) -> int | None:
    """Return where the cursor starts: on the answer given before, the proposed or the only one; else nowhere."""
    if len(screen.answers) == 1:
        return 0
    return screen.first if screen.chosen is None else screen.chosen
