"""One screen of the quiz as lines that fit the window: calm when there is room, bare when there is not."""

from __future__ import annotations

import textwrap

from careerfit.language import _
from careerfit.terminal.dialogue import Screen

Fragment = tuple[str, str]
"""A style class and its text."""

Row = list[Fragment]

WIDEST = 76
"""Columns a question uses at most."""

_BAR = 16


def lay_out(screen: Screen, width: int, height: int, cursor: int | None, note: str = "") -> list[Row]:
    """Return the rows of a question, at most `width` columns wide; `height` decides how much air they get.

    `cursor` marks an answer, counted from 0; `note` is a line below the answers.
    """
    columns = max(10, min(width - 1, WIDEST))
    head = _head(screen, columns)
    lead = _wrapped(screen.lead, columns, "class:lead")
    question: list[Row] = []
    for paragraph in screen.question:
        question += _wrapped(paragraph, columns, "class:question", hang=3 if paragraph[1:3] == "  " else 0)
    answers = _answers(screen, columns, cursor)
    keys = _wrapped(note or _long_keys(screen), columns, "class:note" if note else "class:keys")
    if len(keys) > 1 and not note:
        short = _wrapped(_short_keys(screen), columns, "class:keys")
        keys = short if len(short) < len(keys) and height < 20 else keys
    gap: list[Row] = [[]]
    airy = [*head, *gap, *(lead and [*lead, *gap]), *question, *gap, *answers, *gap, *keys]
    if len(airy) <= height:
        return airy
    snug = [*head, *lead, *question, *gap, *answers, *keys]
    if len(snug) <= height:
        return snug
    bare = [*head, *question, *answers, *keys]
    return bare if len(bare) <= height else [*head, *question, *answers]


def lay_out_help(screen: Screen, width: int, height: int) -> list[Row]:
    """Return the rows that say why the question is asked and what the keys do, as fully as the height allows."""
    columns = max(10, min(width - 1, WIDEST))
    rows = _wrapped(_("Why this question?"), columns, "class:question")
    why = _wrapped(screen.why, columns, "")
    keys = [
        row
        for key, meaning in key_meanings(screen)
        for row in _wrapped(f"{key:<6} {meaning}", columns, "class:keys", hang=7)
    ]
    if len(rows) + len(why) + 1 + len(keys) <= height:
        return [*rows, *why, [], *keys]
    short = _wrapped(_short_keys(screen), columns, "class:keys")
    return [*rows, *why, *short] if len(rows) + len(why) + len(short) <= height else why


def numbers(screen: Screen) -> str:
    """Return the keys of the answers, as in "1-5"."""
    count = len(screen.answers)
    return "1" if count == 1 else f"1-{count}"


def key_meanings(screen: Screen) -> list[tuple[str, str]]:
    """Return every key that means something on a screen, with what it does."""
    choosing = [(numbers(screen), _("answer")), ("↑ ↓", _("move, Enter chooses"))]
    moving = [
        ("b", _("back to the question before")),
        ("s", _("skip, or don't know")),
        ("f", _("finish now and see the result")),
    ]
    return [
        *choosing,
        *([] if screen.stands_alone else moving),
        ("?", _("why this question")),
        ("q", _("save and leave")),
    ]


def progress_words(progress: float) -> str:
    """Return how settled the ranking is, in words."""
    if progress >= 1:
        return _("settled")
    if progress >= 0.8:
        return _("nearly settled")
    if progress >= 0.5:
        return _("taking shape")
    return _("still open")


def _head(screen: Screen, columns: int) -> list[Row]:
    if screen.progress is None:
        return _wrapped(screen.part, columns, "class:part")
    filled = round(screen.progress * _BAR)
    words = progress_words(screen.progress)
    row: Row = [
        ("class:part", screen.part),
        ("", "  "),
        ("class:bar", "━" * filled),
        ("class:rest", "─" * (_BAR - filled)),
    ]
    if len(screen.part) + 2 + _BAR + 1 + len(words) <= columns:
        return [[*row, ("class:keys", f" {words}")]]
    if len(screen.part) + 2 + _BAR <= columns:
        return [row]
    return _wrapped(screen.part, columns, "class:part")


def _answers(screen: Screen, columns: int, cursor: int | None) -> list[Row]:
    rows: list[Row] = []
    for place, answer in enumerate(screen.answers):
        pointed = place == cursor
        style = "class:chosen" if pointed else ""
        mark = ">" if pointed else " "
        was = " ✓" if place == screen.chosen else ""
        rows += _wrapped(f"{mark} {place + 1}  {answer}{was}", columns, style, hang=5)
    return rows


def _wrapped(text: str, columns: int, style: str, hang: int = 0) -> list[Row]:
    lines = textwrap.wrap(text, columns, subsequent_indent=" " * min(hang, columns // 3))
    return [[(style, line)] for line in lines]


def _long_keys(screen: Screen) -> str:
    if len(screen.answers) == 1:
        return _("Enter: go on · ? why · q leave")
    if screen.stands_alone:
        return _("{numbers} answer · ? why · q leave").format(numbers=numbers(screen))
    return _("{numbers} answer · b back · s skip · ? why · f finish · q save and leave").format(numbers=numbers(screen))


def _short_keys(screen: Screen) -> str:
    keys = "q" if screen.stands_alone else "b s f q"
    return f"{numbers(screen)} {keys} · " + _("? help")
