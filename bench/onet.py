"""How well the levels of a catalogue agree with O*NET: Spearman correlation within each role, over traits.

    python bench/onet.py ONET_FOLDER [--catalogue DIR] [--details]

ONET_FOLDER holds the text files of an O*NET release (https://www.onetcenter.org/database.html): `Work Styles.txt`
(scale IM), `Interests.txt` (OI) and `Work Values.txt` (EX) are read. For a role with an occupation (`codes.onet`) each
trait with a rated element (`onet` in traits.yaml) has a level and the occupation's percentile among all occupations;
the percentiles of several elements are averaged. The level is that of the fit signal (of `between` its middle), or of
an unfit signal 1.5 beyond it: `at_most` L means L + 1.5 does well, `at_least` L means L - 1.5. Traits without a signal
are left out, and so are roles with fewer than `FEWEST_TRAITS` of them or with one level throughout.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.model import Catalogue, Role, Signal

FILES = {"Work Styles.txt": "IM", "Interests.txt": "OI", "Work Values.txt": "EX"}
"""File to the scale that is read from it."""

FEWEST_TRAITS = 4
BEYOND = 1.5
"""Levels between where people struggle and where they do well."""

Ratings = Mapping[str, Mapping[str, float]]
"""Element to occupation to rating."""


class Compared(NamedTuple):
    """One role: its traits with their levels (1-5) and percentiles (0-100), and their rank correlation."""

    role: str
    occupation: str
    traits: tuple[str, ...]
    levels: tuple[float, ...]
    percentiles: tuple[float, ...]
    correlation: float


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("onet", type=Path, metavar="ONET_FOLDER", help="text files of an O*NET release")
    options.add_argument("--catalogue", type=Path, help="folder of a catalogue; default: the one that is shipped")
    options.add_argument("--details", action="store_true", help="also print every trait: level/percentile")
    chosen = options.parse_args(arguments)
    missing = [name for name in FILES if not (chosen.onet / name).is_file()]
    if missing:
        sys.exit(f"{chosen.onet} has no {', '.join(missing)}")
    catalogue = load_catalogue(chosen.catalogue or shipped_folder())
    compared = sorted(compare(catalogue, read_ratings(chosen.onet)), key=lambda one: -one.correlation)
    with_code = sum("onet" in role.codes for role in catalogue.roles)
    print(f"catalogue {catalogue.name}: {len(catalogue.roles)} roles, {with_code} with an O*NET occupation\n")
    print(f"{'role':<40}{'occupation':<12}{'traits':>6}{'Spearman':>10}")
    for one in compared:
        print(f"{one.role:<40}{one.occupation:<12}{len(one.traits):>6}{one.correlation:>10.2f}")
        if chosen.details:
            rows = zip(one.traits, one.levels, one.percentiles, strict=True)
            print("    " + ", ".join(f"{trait} {level:g}/{percentile:.0f}" for trait, level, percentile in rows))
    if compared:
        middle = float(np.median([one.correlation for one in compared]))
        print(f"\nmedian of {len(compared)} roles: {middle:.2f}")
    else:
        print("no role could be compared")


def read_ratings(folder: Path) -> Ratings:
    """Return the ratings of a release by element and occupation."""
    ratings: dict[str, dict[str, float]] = {}
    for name, scale in FILES.items():
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["Scale ID"] == scale:
                    ratings.setdefault(row["Element ID"], {})[row["O*NET-SOC Code"]] = float(row["Data Value"])
    return ratings


def compare(catalogue: Catalogue, ratings: Ratings) -> list[Compared]:
    """Return every role that can be compared, in the catalogue's order."""
    compared = []
    for role in catalogue.roles:
        occupation = role.codes.get("onet", "")
        rows = []
        for trait in catalogue.traits:
            level = level_of(role, trait.id)
            known = [percentile(ratings[e], occupation) for e in trait.onet if occupation in ratings.get(e, {})]
            if level is not None and known:
                rows.append((trait.id, level, sum(known) / len(known)))
        if len(rows) >= FEWEST_TRAITS:
            traits, levels, percentiles = zip(*rows, strict=True)
            correlation = spearman(levels, percentiles)
            if correlation is not None:
                compared.append(Compared(role.id, occupation, traits, levels, percentiles, correlation))
    return compared


def level_of(role: Role, trait: str) -> float | None:
    """Return the level at which people do well, or None when the role says nothing about the trait."""
    for signal in role.fit:
        if signal.trait == trait:
            return _named(signal)
    for signal in role.unfit:
        if signal.trait == trait:
            return _named(signal) + (BEYOND if signal.at_most is not None else -BEYOND)
    return None


def _named(signal: Signal) -> float:
    if signal.between is not None:
        return sum(signal.between) / 2.0
    level = signal.at_least if signal.at_least is not None else signal.at_most
    assert level is not None, "a signal has one of at_least, at_most and between"
    return level


def percentile(of_occupations: Mapping[str, float], occupation: str) -> float:
    """Return where an occupation's rating stands among all occupations, 0-100; equal ones share their places."""
    values = np.array(list(of_occupations.values()))
    its = of_occupations[occupation]
    return float(100.0 * ((values < its).sum() + 0.5 * (values == its).sum()) / len(values))


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation with average ranks for ties, or None when one side never changes."""
    first, second = ranks(one), ranks(other)
    spread = float(first.std() * second.std())
    if spread == 0.0:
        return None
    return float(((first - first.mean()) * (second - second.mean())).mean() / spread)


def ranks(values: Sequence[float]) -> NDArray[np.float64]:
    """Return ranks from 1; equal values share the average of their ranks."""
    column = np.asarray(values, dtype=np.float64)
    below = (column < column[:, np.newaxis]).sum(axis=1)
    level = (column == column[:, np.newaxis]).sum(axis=1)
    return np.asarray(below + (level + 1) / 2.0)


if __name__ == "__main__":
    main()
