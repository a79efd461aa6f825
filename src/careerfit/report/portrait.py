"""What the work of a role is really like, as the catalogue tells it, every statement with the number of its source."""

from __future__ import annotations

from typing import NamedTuple

from careerfit import words
from careerfit.language import _
from careerfit.model import CONDITIONS, Catalogue, Role


class Cited(NamedTuple):
    """A statement and the number of its source; `about` is what it is said of, where that needs saying."""

    text: str
    source: int
    about: str = ""


class Portrait(NamedTuple):
    """A role's page. `myths` and `realities` are pairs: what is believed or expected, and what is so."""

    role: str
    title: str
    also: str
    summary: str
    tasks: tuple[Cited, ...]
    myths: tuple[tuple[str, Cited], ...]
    realities: tuple[tuple[str, Cited], ...]
    differences: tuple[Cited, ...]
    circumstances: str
    notes: tuple[Cited, ...]
    leads_to: str
    codes: str


class Cites:
    """Numbers the sources of a report in the order in which it cites them."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str, source: str, about: str = "") -> Cited:
        """Return a statement with the number of its source."""
        return Cited(text, self._numbers.setdefault(source, len(self._numbers) + 1), about)

    def sources(self) -> tuple[str, ...]:
        """Return the title of every source cited so far, with its licence and address, by number from 1."""
        known = {source.id: source for source in self._catalogue.sources}
        return tuple(
            ", ".join(filter(None, (known[cited].title[self._language], known[cited].licence, known[cited].url)))
            for cited in self._numbers
        )


def portrait(role: Role, catalogue: Catalogue, language: str, cite: Cites) -> Portrait:
    """Return the page of a role."""

    def titles(ids: tuple[str, ...]) -> str:
        return ", ".join(catalogue.role(role_id).title[language] for role_id in ids)

    frequencies = [(words.condition(name), words.frequency(getattr(role.conditions, name))) for name in CONDITIONS]
    circumstances = [(_("place"), words.place(role.conditions.place)), *frequencies]
    return Portrait(
        role=role.id,
        title=role.title[language],
        also=", ".join(role.aliases),
        summary=role.summary[language],
        tasks=tuple(cite(task.text[language], task.source) for task in role.tasks),
        myths=tuple((myth.claim[language], cite(myth.truth[language], myth.source)) for myth in role.myths),
        realities=tuple(
            (reality.expectation[language], cite(reality.reality[language], reality.source))
            for reality in role.realities
        ),
        differences=tuple(
            cite(difference.text[language], difference.source, titles((difference.role,)))
            for difference in role.differs_from
        ),
        circumstances="; ".join(f"{name}: {value}" for name, value in circumstances),
        notes=tuple(cite(note.text[language], note.source) for note in (*role.conditions.notes, *role.readiness.notes)),
        leads_to=titles(role.leads_to),
        codes=words.codes(role.codes),
    )
