"""What sets the first two roles of a result apart, in sentences: in general, and in the answers."""

from __future__ import annotations

from typing import NamedTuple

from careerfit.document import Result
from careerfit.language import _
from careerfit.model import Catalogue


class Told(NamedTuple):
    """A point of a comparison: a text, and the title of the role it is about, or nothing."""

    text: str
    about: str = ""


def versus(result: Result) -> str:
    """Return the question that the comparison of the first two roles answers."""
    one, other = (role.title for role in result.ranking[:2])
    return _("{one} or {other}?").format(one=one, other=other)


def too_close(result: Result) -> str | None:
    """Return that the first two roles cannot be told apart, or None when they can."""
    first, second = result.ranking[:2]
    if second.role not in first.tied_with:
        return None
    return _("Your answers cannot yet tell these two apart. Here is where they differ:")


def points(result: Result, catalogue: Catalogue) -> list[Told]:
    """Return what sets the first two roles apart, in general and in the answers; nothing where there is one role."""
    if result.contrast is None or len(result.ranking) < 2:
        return []
    language = result.language
    first, second = catalogue.role(result.contrast.first), catalogue.role(result.contrast.second)
    told = [
        Told(difference.text[language], _unless_said(role.title[language], difference.text[language]))
        for role, neighbour in ((first, second), (second, first))
        for difference in role.differs_from
        if difference.role == neighbour.id
    ]
    for sign, role in ((1, first), (-1, second)):
        speaking = [t.trait for t in result.contrast.traits if t.evidence * sign >= 1.0][:3]
        if speaking:
            names = ", ".join(catalogue.trait(trait).name[language] for trait in speaking)
            template = _("So far your answers on these speak more for {title}: {traits}")
            told.append(Told(template.format(title=role.title[language], traits=names)))
    if result.contrast.swap is not None:
        change = result.contrast.swap.change
        template = (
            _("They would change places if it were truer that you {end} ({trait}).")
            if abs(change) >= 0.5
            else _("They would change places if it were only a little truer that you {end} ({trait}).")
        )
        trait = catalogue.trait(result.contrast.swap.trait)
        end = trait.high[language] if change > 0 else trait.low[language]
        told.append(Told(template.format(end=end, trait=trait.name[language])))
    return told


def _unless_said(title: str, text: str) -> str:
    """Return the title that a text is about, or nothing where the text begins with it, an article apart."""
    return "" if title.casefold() in text.casefold()[: len(title) + len("the ")] else title
