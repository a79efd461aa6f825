"""The quiz in plain lines: a question as text, an answer as a line. For pipes, for screen readers, for any terminal.

Nothing is redrawn and nothing depends on colour; on a terminal lines are wrapped between words. From a pipe every line
answers one question: a line that is no answer to it skips the question and says so, and the end of the input finishes
the quiz.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TextIO

from careerfit.catalogue.characters import clean_line
from careerfit.language import _
from careerfit.terminal.dialogue import Action, AnyDialogue, Reply, Screen
from careerfit.terminal.layout import key_meanings, left_words, numbers, progress_words, question_hang
from careerfit.terminal.wrapping import columns_of, wrapped

_TELL_LEFT = 5
"""Every so many questions it is said how many may still come: at each of them it would be tiring to hear."""

_ACTIONS: dict[str, Action] = {"b": "back", "s": "skip", "f": "finish"}


def run(
    dialogue: AnyDialogue,
    on_reply: Callable[[AnyDialogue], None],
    source: TextIO,
    screen: TextIO,
    someone_is_there: bool,
) -> tuple[AnyDialogue, bool]:
    """Ask line by line until the dialogue is over; return it, and whether the person left before.

    Args:
        dialogue: What to ask.
        on_reply: Called after every reply, before the next question is written.
        source: Where answers are read from.
        screen: Where questions are written.
        someone_is_there: Whether a person types: then a slip is asked again and the end of input means leaving.
    """
    while not dialogue.is_over:
        shown = dialogue.screen
        _write(shown, screen, someone_is_there)
        reply = _ask(shown, source, screen, someone_is_there)
        if reply == "leave":
            return dialogue, True
        dialogue = dialogue.reply(reply)
        on_reply(dialogue)
    return dialogue, False


def _ask(shown: Screen, source: TextIO, screen: TextIO, someone_is_there: bool) -> Reply | Literal["leave"]:
    """Return the reply to one question, asking a person again until there is one."""
    count = len(shown.answers)
    while True:
        _print(_prompt(shown), screen, end="")
        line = _line(source, screen)
        typed = clean_line(line.strip().lower())
        if not someone_is_there:
            print(typed, file=screen)
        if not line:
            print(file=screen)
            return "leave" if someone_is_there else "finish"
        if typed == "q":
            return "leave"
        if typed == "?":
            _write_help(shown, screen)
        elif someone_is_there and not typed and shown.chosen is not None:
            return shown.chosen
        elif (reply := _read(typed, count)) is not None and (isinstance(reply, int) or not shown.stands_alone):
            return reply
        elif someone_is_there:
            _print(_("Please type a number from 1 to {count}, or ? for help.").format(count=count), screen)
        else:
            if typed:
                told = _('"{typed}" is not an answer from 1 to {count}, so the question is skipped.')
                _print(told.format(typed=typed, count=count), screen)
            return "skip"


def _line(source: TextIO, screen: TextIO) -> str:
    try:
        return source.readline()
    except BaseException:
        # whatever is said next begins on a line of its own, not behind the prompt
        print(file=screen)
        raise


def _prompt(shown: Screen) -> str:
    if len(shown.answers) == 1:
        return _("Press Enter to go on (? why, q leave): ")
    if shown.stands_alone:
        return _("Your answer ({numbers}, ?, q): ").format(numbers=numbers(shown))
    return _("Your answer ({numbers}, b, s, ?, f, q): ").format(numbers=numbers(shown))


def _read(typed: str, answers: int) -> Reply | None:
    if typed in _ACTIONS:
        return _ACTIONS[typed]
    if answers == 1 and not typed:
        return 0
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= answers:
        return int(typed) - 1
    return None


def _write(shown: Screen, screen: TextIO, someone_is_there: bool) -> None:
    part = shown.part
    if shown.progress is not None:
        part = _("{part}. The ranking so far: {settled}.").format(part=part, settled=progress_words(shown.progress))
    if shown.left is not None and shown.left % _TELL_LEFT == 0:
        left = left_words(shown.left)[1]
        part += f" {left[0].upper()}{left[1:]}."
    for line in ("", part, *([shown.lead] if shown.lead else [])):
        _print(line, screen)
    for paragraph in shown.question:
        _print(paragraph, screen, hang=question_hang(paragraph))
    for number, answer in enumerate(shown.answers, start=1):
        before = ""
        if number - 1 == shown.chosen:  # from a pipe an empty line skips
            before = _(" (your answer before; Enter keeps it)") if someone_is_there else _(" (your answer before)")
        _print(f"  {number}  {answer}{before}", screen, hang=3)


def _write_help(shown: Screen, screen: TextIO) -> None:
    _print(shown.why, screen)
    for key, meaning in key_meanings(shown):
        if key != "↑ ↓":
            _print(f"  {key:<4} {meaning}", screen, hang=5)


def _print(text: str, screen: TextIO, hang: int = 0, end: str = "\n") -> None:
    print("\n".join(wrapped(clean_line(text), columns_of(screen), hang)), end=end, file=screen, flush=True)
