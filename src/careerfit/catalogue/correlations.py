"""How traits go together in people: whether the correlations in traits.yaml can all be true at once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from careerfit.catalogue.findings import shown
from careerfit.catalogue.nodes import Spot
from careerfit.catalogue.walk import Walk
from careerfit.errors import message
from careerfit.model import Trait

Correlations = Mapping[frozenset[str], float]

MAX_TRAITS = 200
"""Most traits of a catalogue: the time that the engine and the check below take grows with their cube."""

_LEAST_PIVOT = 1e-6
"""Variance that a trait has to keep when those before it are known; with less the engine cannot invert."""


def check_correlations(walk: Walk) -> None:
    """Report correlations that are impossible, alone or together, and those written down twice."""
    findings = walk.findings
    traits = _by_id(walk)
    given: dict[frozenset[str], float] = {}
    for own, trait in traits.items():
        correlates = trait.get("correlates")
        for other, spot in correlates.entries() if correlates else ():
            pair = frozenset((own, other))
            if other == own:
                text = message('The trait "{id}" is correlated with itself here.', id=shown(own))
                findings.add(spot.problem("refers-to-itself", text))
            elif pair in given:
                text = message('The correlation with "{id}" is already given there; write it once.', id=shown(other))
                findings.add(spot.problem("correlation-twice", text))
            elif spot.number is not None and not -1 < spot.number < 1:
                findings.add(spot.problem("correlation-range", message("A correlation lies between -1 and 1.")))
            elif spot.number is not None and other in traits:
                given[pair] = spot.number
    involved = {trait for pair in given for trait in pair}
    order = [trait for trait in traits if trait in involved]
    impossible = first_impossible(order, given) if len(order) <= MAX_TRAITS else None
    if impossible is not None:
        trait = traits[impossible]
        text = message(
            'The correlations of "{id}" with the traits before it cannot all be true at once.', id=shown(impossible)
        )
        hint = message("Bring them closer to zero (the matrix of correlations is not positive definite).")
        findings.add((trait.get("correlates") or trait).problem("correlations-impossible", text, hint))


def first_impossible(order: Sequence[str], given: Correlations) -> str | None:
    """Return the first trait that its correlations with those before it leave no variance, or None.

    The rows of a Cholesky factor are made one after the other; the matrix is positive definite as long as every
    pivot is positive.
    """
    rows: list[list[float]] = []
    for trait in order:
        row: list[float] = []
        for other, known in zip(order, rows, strict=False):
            shared = math.fsum(a * b for a, b in zip(row, known, strict=False))
            row.append((given.get(frozenset((trait, other)), 0.0) - shared) / known[-1])
        pivot = 1.0 - math.fsum(value * value for value in row)
        if pivot < _LEAST_PIVOT:
            return trait
        rows.append([*row, math.sqrt(pivot)])
    return None


def _by_id(walk: Walk) -> dict[str, Spot]:
    traits: dict[str, Spot] = {}
    for trait in walk.of(Trait):
        spot = trait.get("id")
        if spot is not None and spot.text is not None:
            traits.setdefault(spot.text, trait)
    return traits
