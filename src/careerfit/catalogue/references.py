"""Ids and what refers to them: each is well formed and given once, and nothing refers to what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from careerfit.catalogue.findings import IDS_ALIKE, Findings, did_you_mean, shown
from careerfit.catalogue.nodes import Spot
from careerfit.catalogue.walk import Walk
from careerfit.errors import Message, message
from careerfit.model import Difference, Myth, Reality, Role, Side, Signal, Sourced, Statement, Trait

ID_PATTERN = "[a-z0-9][a-z0-9._-]{0,63}"
LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"
_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)

Ids = dict[str, Spot] | None
"""The ids of a kind and where they are given, or None when their file could not be read."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that the files may refer to."""

    traits: Ids
    roles: Ids
    sources: Ids
    families: Ids
    languages: tuple[str, ...] | None
    renamed: Mapping[str, str]
    """What was probably meant by a trait that is not there, from `renamed_trait`."""


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return _ID.fullmatch(text) is not None


def ids_of(values: Iterable[Spot], findings: Findings) -> dict[str, Spot]:
    """Return the ids of values of one kind, reporting those that are badly formed or given twice."""
    ids: dict[str, Spot] = {}
    for value in values:
        spot = value.get("id")
        if spot is None or spot.text is None:
            continue
        if not is_id(spot.text):
            text = message('"{id}" cannot be an id.', id=shown(spot.text))
            hint = message("Use a-z, 0-9 and . _ - only, begin with a letter or digit, at most 64 characters.")
            findings.add(spot.problem("id-form", text, hint))
        first = ids.setdefault(spot.text, spot)
        if first is not spot:
            text = message('The id "{id}" is taken; first on line {line}.', id=shown(spot.text), line=first.node.line)
            findings.add(spot.problem("duplicate-id", text))
    return ids


def renamed_trait(walks: Iterable[Walk], traits: Ids) -> Mapping[str, str]:
    """Return the id that is used and is no trait's, with the trait that nothing uses, where there is one of each."""
    used: set[str] = set()
    for walk in walks:
        named = (spot.get("trait") for spot in walk.of(Signal, Statement, Side))
        used.update(spot.text for spot in named if spot is not None and spot.text is not None)
        keyed = [spot.get("traits") for spot in walk.of(Side)] + [spot.get("correlates") for spot in walk.of(Trait)]
        used.update(key for spot in keyed if spot is not None for key, _ in spot.entries())
    missing, idle = used.difference(traits or ()), set(traits or ()) - used
    return dict(zip(missing, idle, strict=True)) if len(missing) == len(idle) == 1 else {}


def languages_of(roles: Spot | None, traits: Spot | None, findings: Findings) -> tuple[str, ...] | None:
    """Return the languages of a catalogue: those it names, or those of its first trait; None if neither is known."""
    named = roles.get("languages") if roles else None
    if named is not None and isinstance(named.node.value, list):
        return _named_languages(named, findings)
    first = next(traits.elements(), None) if traits else None
    name = first.get("name") if first else None
    languages = tuple(language for language, _ in name.entries()) if name else ()
    return languages or None


def _named_languages(named: Spot, findings: Findings) -> tuple[str, ...] | None:
    if not named.node.value:
        findings.add(named.problem("too-few", message("A catalogue needs at least one language.")))
    languages: list[str] = []
    for spot in named.elements():
        tag = spot.text
        if tag is None:
            continue
        if not _LANGUAGE.fullmatch(tag):
            text = message('"{tag}" is not the tag of a language.', tag=shown(tag))
            findings.add(spot.problem("language-form", text, message("Use tags as in id, en or pt-BR.")))
        elif tag in languages:
            findings.add(spot.problem("duplicate-language", message("{tag} stands here twice.", tag=tag)))
        else:
            languages.append(tag)
    return tuple(languages) or None


class References:
    """The checks of what one file refers to."""

    def __init__(self, walk: Walk, known: Known) -> None:
        self.walk = walk
        self.known = known
        self._names: dict[int, dict[str, str]] = {}

    def check(self) -> None:
        """Report every reference to what is not there."""
        for spot in self.walk.of(Signal, Statement, Side):
            self.trait(spot.get("trait"))
        for spot in self.walk.of(Side):
            self.trait_keys(spot.get("traits"))
        for spot in self.walk.of(Trait):
            self.trait_keys(spot.get("correlates"))
        for spot in self.walk.of(Signal, Sourced, Myth, Reality, Difference):
            self.source(spot.get("source"))
            self.source(spot.get("level_source"))
        for role in self.walk.of(Role):
            self.family(role.get("family"))
            own = role.get("id")
            for neighbour in role.elements("differs_from"):
                self.role(neighbour.get("role"), own)
            for next_role in role.elements("leads_to"):
                self.role(next_role, own)

    def trait(self, spot: Spot | None) -> None:
        """Report a trait that does not exist."""
        if spot is not None and spot.text is not None and self.known.traits is not None:
            text = message('There is no trait "{id}".', id=shown(spot.text))
            self._known(spot, self.known.traits, "unknown-trait", text)

    def trait_keys(self, spot: Spot | None) -> None:
        """Report keys of a mapping that are no traits."""
        if spot is None or self.known.traits is None:
            return
        for key, _ in spot.entries():
            if key not in self.known.traits:
                text = message('There is no trait "{id}".', id=shown(key))
                hint = self._meant(key, self.known.traits)
                self.walk.findings.add(spot.key_problem(key, "unknown-trait", text, hint))

    def source(self, spot: Spot | None) -> None:
        """Report a source that does not exist."""
        if spot is not None and spot.text is not None and self.known.sources is not None:
            text = message('There is no source "{id}".', id=shown(spot.text))
            self._known(spot, self.known.sources, "unknown-source", text)

    def family(self, spot: Spot | None) -> None:
        """Report a family that does not exist."""
        if spot is not None and spot.text is not None and self.known.families is not None:
            text = message('There is no family "{id}".', id=shown(spot.text))
            self._known(spot, self.known.families, "unknown-family", text)

    def role(self, spot: Spot | None, own: Spot | None) -> None:
        """Report a role that does not exist, or that is the very role that speaks."""
        if spot is None or spot.text is None or self.known.roles is None:
            return
        if own is not None and spot.text == own.text:
            text = message('The role "{id}" refers to itself here.', id=shown(spot.text))
            self.walk.findings.add(spot.problem("refers-to-itself", text))
            return
        text = message('There is no role "{id}".', id=shown(spot.text))
        self._known(spot, self.known.roles, "unknown-role", text)

    def _known(self, spot: Spot, ids: dict[str, Spot], code: str, text: Message) -> None:
        word = str(spot.text)
        if word not in ids:
            self.walk.findings.add(spot.problem(code, text, self._meant(word, ids)))

    def _meant(self, word: str, ids: dict[str, Spot]) -> Message | None:
        """Return a hint naming the id that bears a word as its name or title, is spelt much like it, or was once it."""
        if self._names.get(id(ids)) is None:
            self._names[id(ids)] = _names_of(ids)
        named = self._names[id(ids)].get(word.casefold())
        if named is None:
            named = self.walk.findings.close(word, ids, IDS_ALIKE)
        if named is None and ids is self.known.traits:
            named = self.known.renamed.get(word)
        return None if named is None else did_you_mean(named)


def _names_of(ids: dict[str, Spot]) -> dict[str, str]:
    """Return the ids by the names or titles, in any language, that stand beside them."""
    names: dict[str, str] = {}
    for own, spot in ids.items():
        for key in ("name", "title"):
            named = spot.above.get(key) if spot.above else None
            for _, text in named.entries() if named else ():
                names.setdefault((text.text or "").casefold(), own)
    return names
