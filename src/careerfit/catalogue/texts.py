"""What people read: each text is there in every language, says something, and is not too long to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careerfit.catalogue.findings import Findings, did_you_mean, shown
from careerfit.catalogue.nodes import Spot
from careerfit.catalogue.walk import Walk
from careerfit.errors import message
from careerfit.model import Role, Source, Trait

MAX_NAME = 100
"""Most characters of a name, title or alias: more does not fit on a line beside a rank."""

MAX_TEXT = 600
"""Most characters of any other text: a long paragraph."""

_NAMES = {"name", "title"}


def check_texts(walk: Walk, root: Spot, languages: Sequence[str] | None) -> None:
    """Report missing and unknown languages, empty texts and texts that are too long."""
    for spot in walk.texts:
        limit = MAX_NAME if spot.step in _NAMES else MAX_TEXT
        missed = [language for language in languages or () if spot.get(language) is None]
        misspelt = set()
        for language, text in spot.entries():
            if languages is not None and language not in languages:
                misspelt.add(_unknown_language(spot, language, languages, missed, walk.findings))
            _check_line(text, limit, walk.findings)
        if isinstance(spot.node.value, dict):
            for language in missed:
                if language not in misspelt:
                    missing = message("The text in the language {language} is missing.", language=language)
                    walk.findings.add(spot.problem("missing-translation", missing))
    for spot in _lines(walk, root):
        _check_line(spot, MAX_NAME, walk.findings)
    for source in walk.of(Source):
        url = source.get("url")
        if url is not None and url.text is not None and not url.text.startswith(("https://", "http://")):
            walk.findings.add(url.problem("url-form", message("An address has to begin with https:// or http://.")))


def _lines(walk: Walk, root: Spot) -> Iterator[Spot]:
    """Yield the texts that are the same in every language."""
    for owner, key in ((root, "name"), *((source, "licence") for source in walk.of(Source))):
        spot = owner.get(key)
        if spot is not None:
            yield spot
    for role in walk.of(Role):
        yield from role.elements("aliases")
        codes = role.get("codes")
        if codes is not None:
            yield from (spot for _, spot in codes.entries())
    for trait in walk.of(Trait):
        yield from trait.elements("onet")


def _check_line(spot: Spot, limit: int, findings: Findings) -> None:
    text = spot.text
    if text is None:
        return
    if not text.strip():
        findings.add(spot.problem("empty-text", message("This text is empty.")))
    elif len(text) > limit:
        too_long = message("This text has {found} characters; {limit} are allowed.", found=len(text), limit=limit)
        findings.add(spot.problem("text-too-long", too_long))


def _unknown_language(
    spot: Spot, language: str, languages: Sequence[str], missed: Sequence[str], findings: Findings
) -> str | None:
    """Report a language that the catalogue does not have; return the one that was probably meant, if any."""
    text = message(
        '"{tag}" is not a language of this catalogue, which are {languages}.',
        tag=shown(language),
        languages=", ".join(languages),
    )
    meant = findings.close(language, missed) or findings.close(language, languages)
    hint = None if meant is None else did_you_mean(meant)
    findings.add(spot.key_problem(language, "unknown-language", text, hint))
    return meant
