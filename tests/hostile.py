"""A catalogue and a result in which every text is hostile, for the tests of what is written from them."""

from __future__ import annotations

from typing import Any

import msgspec

from careerfit.document import Result
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Catalogue, Facts, Wishes
from careerfit.result import Stamp, build_result

INJECTIONS = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title></head><body onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<!-- <iframe src=//x.example>",
    "]]><a href=javascript:alert(1)>x</a>",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "{{ 7 * 7 }}{% raw %}",
    "{0}{end}%s%(x)s",
    "[x](javascript:alert(1))",
    "![x](https://x.example/p.png)",
    "<https://x.example>",
    "https://x.example/a_b_c",
    "www.x.example",
    "someone@x.example",
    "# heading",
    "1. one",
    "- item",
    "> quoted",
    "---",
    "===",
    "```",
    "`code`` | cell | x\\",
    "**bold** _em_ ~~gone~~ $x$ [^1]",
    "| a | b |",
    '=HYPERLINK("https://x.example";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\uff1d1+1",
    "x; =1+1",
    'x;"=1+1',
    "\t=1+1",
    "\x1b[31mred\x1b]8;;https://x.example\x07",
    "\u202eevil\u2066",
    "a\r\nb\x00c",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)
"""Texts that act somewhere: in HTML, a template, Markdown, a spreadsheet or a terminal."""

STAMP = Stamp(id="r1", created="2026-11-21T10:00:00Z", language="en", program="careerfit 0.1.0")


def poisoned(catalogue: Catalogue, text: str) -> Catalogue:
    """Return the catalogue with every text replaced; ids, levels and weights stay."""
    return msgspec.convert(_poison(msgspec.to_builtins(catalogue), text, frozenset(catalogue.languages)), Catalogue)


def poisoned_result(result: Result, text: str) -> Result:
    """Return the result with every text replaced that is not an id of the catalogue."""
    told = {**_poison(msgspec.to_builtins(result), text, frozenset()), "id": text, "respondent": text}
    return msgspec.convert(told, Result)


_TEXTS = {"title", "text", "name", "created", "program", "hash", "licence", "url"}
"""Keys of what is text in one language or in none."""


def result_of(
    catalogue: Catalogue, response: int | None = 4, skipped: int = 0, respondent: str | None = None, **stamp: str
) -> Result:
    """Return a result in which every question but the first few got the same response, swinging around it."""
    responses = {
        item.id: None if number < skipped or response is None else (response + 2 * (number % 2)) % 5
        for number, item in enumerate(catalogue.items)
    }
    answers = Answers(
        respondent=respondent,
        responses=responses,
        facts=Facts(education="diploma", years_experience=2),
        conditions=Wishes(overtime="no", on_call="depends", travel="yes"),
    )
    stamped = msgspec.structs.replace(STAMP, **stamp)
    return build_result(Instrument.of(catalogue), answers, "limit", stamped)


def _poison(value: Any, text: str, languages: frozenset[str]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_poison(inner, text, languages) for inner in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= languages:
        return dict.fromkeys(value, text)
    new = {
        key: text if key in _TEXTS and isinstance(inner, str) else _poison(inner, text, languages)
        for key, inner in value.items()
    }
    return {**new, "aliases": [text], "codes": {"x": text}} if "aliases" in value else new
