"""How the traits go together in the described people: the correlations of traits.yaml, halved.

    python bench/correlations.py [--catalogue DIR]

Each trait of the people of tests/people/described with whom the catalogue was revised (`revision`, the suited ones) is
estimated from all their answers as if traits were independent; the correlations of these estimates are shrunk half-way
to zero, as people at large differ less by the work they suit than these do, and those under `LEAST` are left out.
Printed as `correlates` for each trait, with the traits before it.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes

import numpy as np
from people import people

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine.belief import MISSING, compile_bank, estimate
from careerfit.engine.kernel import Floats
from careerfit.model import Catalogue

SHRINKAGE = 0.5
"""Share of a correlation that is kept."""

LEAST = 0.1
"""Correlations smaller than this after shrinking are taken as none."""


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--catalogue", type=Path, default=shipped_folder())
    catalogue = load_catalogue(options.parse_args().catalogue)
    for trait, correlates in halved(catalogue).items():
        print(f"{trait}: {{{', '.join(f'{other}: {value:g}' for other, value in correlates.items())}}}")


def halved(catalogue: Catalogue) -> dict[str, dict[str, float]]:
    """Return, for each trait, the shrunken correlations with the traits before it, to two digits."""
    found = SHRINKAGE * np.asarray(np.corrcoef(estimates(catalogue).T))
    traits = [trait.id for trait in catalogue.traits]
    return {
        trait: {other: round(float(found[row, column]), 2) for column, other in enumerate(traits[:row])
                if abs(found[row, column]) >= LEAST}
        for row, trait in enumerate(traits)
    }  # fmt: skip


def estimates(catalogue: Catalogue) -> Floats:
    """Return what all answers of the suited people of `revision` say of their traits, taken as independent, [n, T]."""
    bank = compile_bank(catalogue)
    said = [answers for person, answers in people() if person.set == "revision" and person.suited]
    given = [[answers.get(item.id) for item in catalogue.items] for answers in said]
    responses = np.array([[MISSING if one is None else one for one in row] for row in given])
    items = np.tile(np.arange(len(catalogue.items)), (len(responses), 1))
    return estimate(replace(bank, prior=np.eye(len(catalogue.traits))), items, responses).mean


if __name__ == "__main__":
    main()
