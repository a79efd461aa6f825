"""A report as one HTML page: no script, nothing loaded, nothing that text could turn into markup, link or style.

The words come from `careerfit.report.content`; the template sets them and draws, the stylesheet gives the look. The
policy in the page's head allows that stylesheet alone, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from careerfit.catalogue.characters import clean_text
from careerfit.report.content import Leaning, Place, Report
from careerfit.report.headings import headings

BAR = 400.0
"""Units of a whole bar of the ranking."""

SCALE = 240.0
"""Units from one end of a trait's scale to the other."""

MARGIN = 5.0
"""Units kept free at each end of a trait's scale, so that its mark is whole."""


def page(report: Report) -> str:
    """Return the report as an HTML document."""
    stylesheet = _read("report.css")
    return _template().render(
        report=report,
        heads=headings(),
        stylesheet=stylesheet,
        policy=policy(stylesheet),
        bar=_bar,
        scale=_scale,
        bar_width=_number(BAR),
        scale_width=_number(SCALE),
    )


def policy(stylesheet: str) -> str:
    """Return the content security policy of a page with this stylesheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(stylesheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(_read("report.html"))


def _read(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _clean(value: Any) -> Any:
    """Return a text without characters that reorder or hide; the template's own markup stays as it is."""
    return clean_text(value) if type(value) is str else value


def _bar(place: Place) -> dict[str, str]:
    """Return the ends of a bar: the first in 100 draws, and those among the first three."""
    first, top3 = (min(max(count, 0), 100) / 100 * BAR for count in (place.first, place.top3))
    return {"first": _number(first), "top3": _number(max(first, top3))}


def _scale(leaning: Leaning) -> dict[str, str]:
    """Return where the mark of a trait is, and where its band begins and how long it is."""
    left, mark, right = map(_along, (leaning.least, leaning.here, leaning.most))
    return {
        "from": _number(left),
        "length": _number(max(0.0, right - left)),
        "mark": _number(mark),
        "middle": _number(SCALE / 2),
    }


def _along(share: float) -> float:
    """Return where a share of people is drawn."""
    return MARGIN + share * (SCALE - 2 * MARGIN)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
