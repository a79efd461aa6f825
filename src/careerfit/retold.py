"""A result in another language of its catalogue: the same numbers, other words."""

from __future__ import annotations

import msgspec

from careerfit.document import RankedRole, Result, SignalResult
from careerfit.model import Catalogue


def retold(result: Result, catalogue: Catalogue, language: str) -> Result:
    """Return the result with its titles, names and signals in a language of the catalogue it was made with.

    Raises:
        KeyError: A role or a trait of the result is not in the catalogue.
    """
    if language == result.language:
        return result
    return msgspec.structs.replace(
        result,
        language=language,
        ranking=tuple(_role(ranked, catalogue, result.language, language) for ranked in result.ranking),
        traits=tuple(
            msgspec.structs.replace(trait, name=catalogue.trait(trait.trait).name[language]) for trait in result.traits
        ),
    )


def _role(ranked: RankedRole, catalogue: Catalogue, before: str, language: str) -> RankedRole:
    role = catalogue.role(ranked.role)
    texts = {
        (kind, signal.trait, signal.text.get(before)): signal.text[language]
        for kind, signals in (("fit", role.fit), ("unfit", role.unfit))
        for signal in signals
    }

    def signal(told: SignalResult) -> SignalResult:
        return msgspec.structs.replace(told, text=texts.get((told.kind, told.trait, told.text), told.text))

    return msgspec.structs.replace(
        ranked, title=role.title[language], signals=tuple(signal(told) for told in ranked.signals)
    )
