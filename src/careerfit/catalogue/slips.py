"""What slips in while a catalogue is written or pasted: names given twice, quotation marks kept as text, cut texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careerfit.catalogue.nodes import Positions
from careerfit.errors import Problem, message
from careerfit.model import Catalogue, Statement, Text

Steps = tuple[str | int, ...]

_OPENING, _CLOSING = "\u201c\u201d\u201e\xab\u2018\u201a", "\u201c\u201d\xbb\u2019\u2018"
_PASTED = re.compile(f"[{_OPENING}][^{_OPENING}{_CLOSING}]*[{_CLOSING}]")
"""A text that stands, as a whole, in the quotation marks of a word processor."""


def check_slips(catalogue: Catalogue, positions: Positions) -> Iterator[Problem]:
    """Yield names that two traits or roles share, and texts in quotation marks that were meant for YAML.

    Two roles may share an alias, and are offered together then; a title is all that tells them apart in a ranking.
    """
    traits = [(trait.id, trait.name) for trait in catalogue.traits]
    roles = [(role.id, role.title) for role in catalogue.roles]
    yield from _shared(traits, positions, "traits.yaml", (), "name")
    yield from _shared(roles, positions, "roles.yaml", ("roles",), "title")
    for file, steps, text in _texts(catalogue):
        for language, words in text.items():
            if _PASTED.fullmatch(words.strip()):
                told = message("The quotation marks {marks} belong to this text.", marks=words.strip()[0])
                hint = message('If they are meant to begin and end it, write " in their place.')
                yield positions.weakness("text-in-quotes", told, file, *steps, language, hint=hint)


def cut_texts(file: str, data: bytes, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield the texts without quotes, in any of the languages, that end at a comment on their line."""
    cut = re.compile(rf"^\s*(?:- +)?(?:{'|'.join(map(re.escape, languages))}): +(?![\"'|>\[{{&*!#])\S.*?\s(?=#)")
    for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
        if found := cut.match(line):
            text = message("What stands from # on is a comment, and not part of the text.")
            hint = message("If it belongs to the text, put the whole of it in double quotes.")
            yield Problem("text-cut", file, number, found.end() + 1, "", text, hint, "warning")


def _shared(
    named: Sequence[tuple[str, Text]], positions: Positions, file: str, above: Steps, key: str
) -> Iterator[Problem]:
    """Yield the names that an earlier one has in the same language."""
    owners: dict[tuple[str, str], str] = {}
    for index, (own, name) in enumerate(named):
        for language, words in name.items():
            other = owners.setdefault((language, words.strip().casefold()), own)
            if other != own:
                text = message('"{name}" is also the name of "{other}".', name=words.strip(), other=other)
                hint = message("Add what sets the two apart, in brackets for example.")
                yield positions.weakness("name-twice", text, file, *above, index, key, language, hint=hint)


def _texts(catalogue: Catalogue) -> Iterator[tuple[str, Steps, Text]]:
    """Yield the texts that a person reads most, with their file and the steps to them."""
    for index, trait in enumerate(catalogue.traits):
        for key, text in (("name", trait.name), ("low", trait.low), ("high", trait.high)):
            yield "traits.yaml", (index, key), text
    for index, item in enumerate(catalogue.items):
        if isinstance(item, Statement):
            yield "items.yaml", (index, "text"), item.text
        else:
            yield "items.yaml", (index, "left", "text"), item.left.text
            yield "items.yaml", (index, "right", "text"), item.right.text
    for index, role in enumerate(catalogue.roles):
        yield "roles.yaml", ("roles", index, "title"), role.title
        yield "roles.yaml", ("roles", index, "summary"), role.summary
        for kind, signals in (("fit", role.fit), ("unfit", role.unfit)):
            for place, signal in enumerate(signals):
                yield "roles.yaml", ("roles", index, kind, place, "text"), signal.text
