"""Pictures of careerfit in a terminal, for the README, from real runs: `python scripts/picture.py` or `make pictures`.

Each is an SVG without scripts or fonts from elsewhere, light or dark as the reader's page is. Text in it is text: it
can be selected, searched and read aloud.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pyte

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from terminal import DOWN, ENTER, Terminal, warm_home

EXAMPLE = ROOT / "examples" / "film-production-coordinator.json"
COLUMNS = 80
CELL, ROW, MARGIN, BAR = 8.4, 19, 18, 34
"""Sizes in the picture's own pixels: a column, a line, the space around, the bar on top."""

STYLE = """
.paper { fill: #fffdf9; stroke: #d9d5cc } .bar { fill: #f1eee7 } .dot { fill: #cfcac0 } .name { fill: #6a7075 }
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace }
text { fill: #22272b; white-space: pre } .dim { fill: #6a7075 } .bold { font-weight: 700 }
.line { text-decoration: underline }
.cyan { fill: #0d6f77 } .green { fill: #24713a } .red { fill: #b3362b } .brown { fill: #8a5a00 }
@media (prefers-color-scheme: dark) {
.paper { fill: #16191b; stroke: #3a4043 } .bar { fill: #1f2426 } .dot { fill: #4a5155 } .name { fill: #a3a9ac }
text { fill: #e4e1db } .dim { fill: #a0a6a9 } .cyan { fill: #6fc7c6 } .green { fill: #84c791 } .red { fill: #ec8d80 }
.brown { fill: #e0b15e }
}
"""

FAINT, BLINKING, NEITHER = 2, 5, 22


class Screen(pyte.Screen):
    """A screen that keeps faint text apart, which pyte does not know: it is marked as blinking, which we never do."""

    def select_graphic_rendition(self, *attributes: int, **_private: bool) -> None:
        """Set the style of what is written from here on."""
        known = [BLINKING if attribute == FAINT else attribute for attribute in attributes]
        super().select_graphic_rendition(*known, *([25] if NEITHER in known else []))


class Words(NamedTuple):
    """What the screens of the quiz are known by in a language."""

    opening: str
    question: str


LANGUAGES = {"en": Words("{number} of 7", "Question {number} "), "id": Words("{number} dari 7", "Pertanyaan {number} ")}


def result_picture(home: Path, language: str) -> str:
    """Return the first role of a result, as `careerfit score` shows it."""
    arguments = ("score", EXAMPLE, "--lang", language)
    with Terminal(home, *arguments, size=(COLUMNS, 160)) as terminal:
        assert terminal.exit_code() == 0
        end = next(number for number, line in enumerate(terminal.lines) if line.startswith("2. "))
        return picture(terminal, end - 1, f"careerfit score examples/{EXAMPLE.name} --lang {language}")


def quiz_picture(home: Path, language: str) -> str:
    """Return the seventh question of a quiz, an answer chosen and not yet given."""
    words = LANGUAGES[language]
    with Terminal(home, "quiz", "--no-save", "--lang", language, size=(COLUMNS, 24)) as terminal:
        terminal.wait_for_choice(1).send(ENTER)
        for number in range(1, 8):
            terminal.wait_for(words.opening.format(number=number)).send("s")
        for number, key in enumerate("425142", start=1):
            terminal.wait_for(words.question.format(number=number)).wait_for_choice(5).send(key)
        terminal.wait_for(words.question.format(number=7)).wait_for_choice(5).send(DOWN + DOWN).wait_for("> 2")
        lines = max(number for number, line in enumerate(terminal.lines) if line) + 1
        return picture(terminal, lines, f"careerfit quiz --lang {language}")


PICTURES: dict[str, Callable[[Path], str]] = {
    "result.svg": partial(result_picture, language="en"),
    "quiz.svg": partial(quiz_picture, language="en"),
    "result.id.svg": partial(result_picture, language="id"),
    "quiz.id.svg": partial(quiz_picture, language="id"),
}
"""File in docs/ to what makes it."""


def picture(terminal: Terminal, lines: int, title: str) -> str:
    """Return the upper lines of a terminal as an SVG."""
    width, height = round(COLUMNS * CELL + 2 * MARGIN), BAR + lines * ROW + 2 * MARGIN
    words = " ".join("\n".join(terminal.lines[:lines]).split())
    screen = Screen(terminal.columns, terminal.rows)
    pyte.Stream(screen).feed(terminal.log)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(words)}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="9"/>',
        f'<path class="bar" d="M1 {BAR}V10a9 9 0 0 1 9-9h{width - 20}a9 9 0 0 1 9 9V{BAR}z"/>',
        *(f'<circle class="dot" cx="{MARGIN + 4 + 18 * n}" cy="{BAR / 2}" r="5.5"/>' for n in range(3)),
        f'<text class="name" x="{width / 2}" y="{BAR / 2 + 5}" text-anchor="middle">{escape(title)}</text>',
    ]
    for number in range(lines):
        cells = [screen.buffer[number][column] for column in range(COLUMNS)]
        drawn += _row(cells, BAR + MARGIN + number * ROW + 13)
    return "\n".join([*drawn, "</svg>", ""])


def _row(cells: list[pyte.screens.Char], baseline: int) -> Iterator[str]:
    """Yield the runs of a line, each as wide as its columns whatever the font."""
    column = 0
    for names, group in groupby(cells, key=_names):
        text = "".join(cell.data for cell in group)
        if text.strip():
            start = len(text) - len(text.lstrip())
            shown = text.strip()
            kind = f' class="{names}"' if names else ""
            yield (
                f'<text{kind} x="{MARGIN + (column + start) * CELL:.1f}" y="{baseline}" '
                f'textLength="{len(shown) * CELL:.1f}" lengthAdjust="spacingAndGlyphs">{escape(shown)}</text>'
            )
        column += len(text)


def _names(cell: pyte.screens.Char) -> str:
    """Return the classes of a cell's style."""
    styles = {"bold": cell.bold, "line": cell.underscore, "dim": cell.blink}
    colours = [cell.fg] if cell.fg in ("cyan", "green", "red", "brown") else []
    return " ".join([*colours, *(name for name, wanted in styles.items() if wanted)])


def main() -> None:
    """Write every picture to docs/."""
    with tempfile.TemporaryDirectory() as folder:
        home = warm_home(Path(folder) / "x")
        for name, make in PICTURES.items():
            (ROOT / "docs" / name).write_text(make(home), encoding="utf-8")


if __name__ == "__main__":
    main()
