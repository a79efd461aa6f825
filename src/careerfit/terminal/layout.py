"""One screen of the quiz as lines that fit the window: calm when there is room, bare when there is not."""

from __future__ import annotations

import textwrap
from functools import lru_cache

from careerfit.language import _, ngettext
from careerfit.terminal.dialogue import Screen

Fragment = tuple[str, str]
"""A style class and its text."""

Row = list[Fragment]

WIDEST = 76
"""Columns a question uses at most."""

MOST_ANSWERS = 5
"""Answers that every question has room for."""

SECONDS = 12
"""What a question takes, roughly: about five minutes for the usual 25."""

_BAR = 16
_SHORTEST_BAR = 6
_GAP: list[Row] = [[]]
_BETWEEN = " · "


def lay_out(screen: Screen, width: int, height: int, cursor: int | None, note: str = "") -> list[Row]:
    """Return the rows of a question, at most `width` columns wide; `height` decides how much air they get.

    A question that has kin gets the room of the tallest of them, wherever the window has it: so the answers stay in
    their place from one question to the next. `cursor` marks an answer, counted from 0; `note` is a line below them.
    """
    columns = max(10, min(width - 1, WIDEST))
    head, left, lead = _head(screen, columns), _left(screen, columns), _wrapped(screen.lead, columns, "class:lead")
    answers = _answers(screen, columns, cursor)
    keys = _wrapped(note, columns, "class:note") if note else _keys_in_rows(_long_keys(screen), columns)
    if len(keys) > 1 and not note:
        short = _keys_in_rows(_short_keys(screen), columns)
        keys = short if len(short) < len(keys) and height < 20 else keys
    shapes: list[list[Row]] = []
    if screen.kin:
        calm = [*answers, *_blank(MOST_ANSWERS - len(answers))]
        for spaced in (True, False):
            tall = _tallest(screen.kin, columns, spaced)
            asked = _question(screen.question, columns, spaced)
            asked += _blank(tall - len(asked))
            opening = [*head, *(left or _GAP), *_GAP, *(lead or _GAP)]
            shapes.append([*opening, *_GAP, *asked, *_GAP, *calm, *_GAP, *keys])
        shapes += [[*head, *(lead or _GAP), *asked, *_GAP, *calm, *keys], [*head, *asked, *calm, *keys]]
    question = _question(screen.question, columns)
    shapes += [
        [*head, *_GAP, *(lead and [*lead, *_GAP]), *question, *_GAP, *answers, *_GAP, *keys],
        [*head, *lead, *question, *_GAP, *answers, *keys],
        [*head, *question, *answers, *keys],
    ]
    return next((rows for rows in shapes if len(rows) <= height), [*head, *question, *answers])


def lay_out_help(screen: Screen, width: int, height: int) -> list[Row]:
    """Return the rows that say why the question is asked and what the keys do, as fully as the height allows."""
    columns = max(10, min(width - 1, WIDEST))
    rows = _wrapped(_("Why this question?"), columns, "class:question")
    why = _wrapped(screen.why, columns, "")
    back = _wrapped(_("Enter: back to the question"), columns, "class:note")
    bar = [] if screen.progress is None else _wrapped(bar_meaning(), columns, "")
    keys = [
        row
        for key, meaning in key_meanings(screen)
        for row in _wrapped(f"{key:<6} {meaning}", columns, "class:keys", hang=7)
    ]
    short = _keys_in_rows(_short_keys(screen), columns)
    shapes: list[list[Row]] = [
        [*rows, *why, *(bar and [[], *bar]), [], *keys, [], *back],
        [*rows, *why, [], *keys, *back],
        [*rows, *why, *short, *back],
        [*why, *back],
    ]
    return next((rows for rows in shapes if len(rows) <= height), why)


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
        ("f", _("finish now") if screen.aside else _("finish now and see the result")),
    ]
    return [
        *choosing,
        *([] if screen.stands_alone else moving),
        ("?", _("why this question")),
        ("q", _("leave") if screen.aside or screen.stands_alone else _("save and leave")),
    ]


def progress_words(progress: float) -> str:
    """Return how settled the ranking is, in words; while questions come it is nearly settled at most."""
    if progress >= 0.8:
        return _("nearly settled")
    if progress >= 0.5:
        return _("taking shape")
    return _("still open")


def finish_note(screen: Screen) -> str:
    """Return what is asked before a quiz is finished; while the ranking is open, also what its order is worth."""
    if screen.progress is not None and progress_words(screen.progress) == progress_words(0.0):
        return _("Finish now? The order is hardly more than a guess yet. Press f once more, or go on answering.")
    return _("Finish now? Press f once more, or go on answering.")


def bar_meaning() -> str:
    """Return what the bar beside the number of the question shows."""
    return _(
        "The bar shows how settled the ranking is, not how many questions are done. An answer that surprises can open"
        " the ranking again, and then the bar goes back."
    )


def left_words(left: int) -> tuple[str, str]:
    """Return in words how many questions may still come after this one, without and with the time they take at most."""
    if not left:
        last = _("the last question")
        return last, last
    minutes = -(-left * SECONDS // 60)
    most = ngettext("at most {count} more question", "at most {count} more questions", left).format(count=left)
    time = ngettext("about {count} minute", "about {count} minutes", minutes).format(count=minutes)
    return most, f"{most}, {time}"


def _head(screen: Screen, columns: int) -> list[Row]:
    if screen.progress is None:
        return _wrapped(screen.part, columns, "class:part")
    short = progress_words(screen.progress)
    for words in (_("ranking: {settled}").format(settled=short), short):
        bar = min(_BAR, columns - len(screen.part) - len(words) - 3)
        if bar >= _SHORTEST_BAR:
            filled = round(screen.progress * bar)
            drawn = [("class:bar", "━" * filled), ("class:rest", "─" * (bar - filled))]
            return [[("class:part", screen.part), ("", "  "), *drawn, ("class:keys", f" {words}")]]
    return _wrapped(f"{screen.part}: {short}", columns, "class:part")


def _left(screen: Screen, columns: int) -> list[Row]:
    """Return how many questions may still come, in one row, or none where it does not fit."""
    if screen.left is None:
        return []
    short, long = left_words(screen.left)
    words = long if len(long) <= columns else short
    return [[("class:keys", words)]] if len(words) <= columns else []


def _question(paragraphs: tuple[str, ...], columns: int, spaced: bool = False) -> list[Row]:
    rows: list[Row] = []
    for paragraph in paragraphs:
        if spaced and rows:
            rows.append([])
        rows += _wrapped(paragraph, columns, "class:question", hang=question_hang(paragraph))
    return rows


def question_hang(paragraph: str) -> int:
    """Return how far a paragraph of a question hangs: behind the letter of a side of a pair."""
    return 3 if paragraph[1:3] == "  " else 0


@lru_cache(maxsize=32)
def _tallest(questions: tuple[tuple[str, ...], ...], columns: int, spaced: bool) -> int:
    """Return the rows of the question that takes most of them."""
    return max(len(_question(question, columns, spaced)) for question in questions)


def _blank(rows: int) -> list[Row]:
    return [[] for _row in range(rows)]


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
    lines = textwrap.wrap(text, columns, subsequent_indent=" " * min(hang, columns // 3), break_on_hyphens=False)
    return [[(style, line)] for line in lines]


def _keys_in_rows(keys: str, columns: int) -> list[Row]:
    """Return a row of keys, wrapped between keys: what a key does stays beside it."""
    lines: list[str] = []
    for key in keys.split(_BETWEEN):
        if lines and len(lines[-1]) + len(_BETWEEN) + len(key) <= columns:
            lines[-1] += _BETWEEN + key
        else:
            lines.append(key)
    return [row for line in lines for row in _wrapped(line, columns, "class:keys")]


def _long_keys(screen: Screen) -> str:
    if len(screen.answers) == 1:
        alone = screen.stands_alone
        return _("Enter: go on · ? why · q leave") if alone else _("Enter: go on · b back · f finish · ? why · q leave")
    if screen.aside:
        return _("{numbers} answer · b back · s skip · ? why · f finish · q leave").format(numbers=numbers(screen))
    if screen.stands_alone:
        return _("{numbers} answer · ? why · q leave").format(numbers=numbers(screen))
    return _("{numbers} answer · b back · s skip · ? why · f finish · q save and leave").format(numbers=numbers(screen))


def _short_keys(screen: Screen) -> str:
    keys = "q" if screen.stands_alone else "b s f q"
    return f"{numbers(screen)} {keys} · " + _("? help")
