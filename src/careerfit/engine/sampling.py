"""How far chance may have moved a figure that was counted on so many simulated people.

Shares have Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22, 1927, 209-212), which holds for few people and near 0
and 1 as well; means have so many standard errors either way.
"""

from __future__ import annotations

import math

import numpy as np

from careerfit.engine.kernel import Floats

Z = 1.96
"""Standard errors either way within which a figure lies 95 times in 100."""


def wilson(share: float, people: float, z: float = Z) -> tuple[float, float]:
    """Return the interval of a share of so many people, both 0-1; with `z` 0 it is the share alone."""
    if people <= 0:
        return 0.0, 1.0
    shrunk = 1.0 + z * z / people
    middle = (share + z * z / (2.0 * people)) / shrunk
    half = z * math.sqrt(share * (1.0 - share) / people + z * z / (4.0 * people * people)) / shrunk
    return max(0.0, middle - half), min(1.0, middle + half)


def reach(share: float, people: float) -> float:
    """Return how far the interval of a share reaches to its farther side, 0-1."""
    low, high = wilson(share, people)
    return max(share - low, high - share)


def standard_error(values: Floats) -> float:
    """Return the standard error of the mean of so many people's values, [n]; infinite for a single one."""
    return float(values.std(ddof=1) / math.sqrt(len(values))) if len(values) > 1 else math.inf


def spread_error(values: Floats) -> float:
    """Return the standard error of the standard deviation of people's values, [n], whatever they are distributed like.

    That of a variance is sqrt((m4 - m2^2) / n) for large n, and a root's error is its argument's over twice the root
    (Kendall and Stuart, The Advanced Theory of Statistics 1, 10.8-10.9).
    """
    squares = np.square(values - values.mean())
    spread = math.sqrt(float(squares.mean()))
    return 0.0 if spread == 0.0 else float(squares.std()) / math.sqrt(len(values)) / (2.0 * spread)
