"""The one formula of the engine: how likely a normal quantity is to lie between two bounds, and how that changes.

Let x ~ N(m, v) be looked at through noise of standard deviation 1/a, and ask whether it falls between `low` and
`high`. With s = sqrt(v + 1/a^2), alpha = (low - m)/s and beta = (high - m)/s:

    Z = Phi(beta) - Phi(alpha)
    g =   d log Z / dm   = (phi(alpha) - phi(beta)) / (s Z)
    h = - d2 log Z / dm2 = g^2 + (beta phi(beta) - alpha phi(alpha)) / (s^2 Z)

Source: the probit moments of Rasmussen and Williams (2006), section 3.9, with two bounds instead of one, as in Chu
and Ghahramani (2005), section 2.1. What log Z is on average over what x may be has no closed form and is summed by
Gauss-Hermite quadrature (Abramowitz and Stegun 1964, 25.4.46).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = Floats | float

_erfc = np.frompyfunc(math.erfc, 1, 1)

_NODES = math.sqrt(2.0) * np.array([-2.020182870456086, -0.958572464613819, 0.0, 0.958572464613819, 2.020182870456086])
_NODE_WEIGHTS = np.array(
    [0.01995324205904591, 0.3936193231522412, 0.9453087204829419, 0.3936193231522412, 0.01995324205904591]
) / math.sqrt(math.pi)
"""Gauss-Hermite nodes and weights of order 5 (Abramowitz and Stegun 1964, table 25.10), for a standard normal x."""


class Kernel(NamedTuple):
    """log Z (nats, at most 0), g and h, each with the broadcast shape of the arguments; h is at least 0."""

    log_z: Floats
    g: Floats
    h: Floats


def normal_cdf(x: Numbers) -> Floats:
    """Return Phi(x), the standard normal distribution function, to full relative precision in the lower tail."""
    return np.asarray(0.5 * _erfc(np.asarray(x) * -math.sqrt(0.5)), dtype=np.float64)


def normal_density(x: Numbers) -> Floats:
    """Return phi(x), the standard normal density; 0 at plus and minus infinity."""
    return np.asarray(np.exp(-0.5 * np.square(x)) / math.sqrt(2.0 * math.pi), dtype=np.float64)


def interval(low: Numbers, high: Numbers, mean: Numbers, variance: Numbers, tolerance: Numbers) -> Kernel:
    """Return `Kernel` of "between `low` and `high`" under N(mean, variance), seen through noise of SD `tolerance`.

    Arguments broadcast against each other. Bounds may be infinite; `low` lies below `high`, `tolerance` (1/a) is
    above 0 and in the units of `mean`.
    """
    s = _spread(variance, tolerance)
    alpha, beta = (low - mean) / s, (high - mean) / s
    log_z, z = _log_probability(alpha, beta)
    density_low, density_high = normal_density(alpha), normal_density(beta)
    g = (density_low - density_high) / (s * z)
    h = np.square(g) + (_times(beta, density_high) - _times(alpha, density_low)) / (np.square(s) * z)
    return Kernel(log_z, g, np.maximum(h, 0.0))


def log_probability(low: Numbers, high: Numbers, mean: Numbers, variance: Numbers, tolerance: float) -> Floats:
    """Return log Z alone; arguments as for `interval`."""
    s = _spread(variance, tolerance)
    return _log_probability((low - mean) / s, (high - mean) / s)[0]


class Expected(NamedTuple):
    """E[log Z(x)] over x ~ N(mean, variance), nats, at most 0, and its derivatives in the mean and the variance."""

    log_z: Floats
    by_mean: Floats
    by_variance: Floats


def expected(low: Numbers, high: Numbers, mean: Numbers, variance: Numbers, tolerance: float) -> Expected:
    """Return `Expected` of "between `low` and `high`" for an x that is not known: Z(x) is Z of x itself.

    Arguments as for `interval`, the variance above 0. E[log Z] lies below the log of the expected Z, the further the
    less is known of x (Jensen). Summed at five nodes: within 0.001 nats for variances up to 1 and tolerances from 0.8.
    The derivatives are those of the sum; they approach E[g(x)] and -E[h(x)] / 2 (Price 1958).
    """
    deviation = np.sqrt(variance)
    log_z, by_mean, by_variance = (np.zeros(()) for _part in Expected._fields)
    for node, weight in zip(_NODES, _NODE_WEIGHTS, strict=True):
        at = interval(low, high, mean + node * deviation, 0.0, tolerance)
        log_z = log_z + weight * at.log_z
        by_mean = by_mean + weight * at.g
        by_variance = by_variance + weight * at.g * node / (2.0 * deviation)
    return Expected(log_z, by_mean, by_variance)


def expected_log_probability(low: Numbers, high: Numbers, mean: Numbers, variance: Numbers, tolerance: float) -> Floats:
    """Return E[log Z(x)] alone; arguments as for `expected`, but the variance may be 0."""
    deviation = np.sqrt(variance)
    nodes = zip(_NODES, _NODE_WEIGHTS, strict=True)
    return np.asarray(
        sum(weight * log_probability(low, high, mean + node * deviation, 0.0, tolerance) for node, weight in nodes)
    )


def _spread(variance: Numbers, tolerance: Numbers) -> Floats:
    return np.asarray(np.sqrt(variance + np.square(tolerance)), dtype=np.float64)


def _log_probability(alpha: Floats, beta: Floats) -> tuple[Floats, Floats]:
    """Return (log Z, Z); the interval is mirrored into the lower tail, where differences of Phi keep their digits."""
    mirrored = alpha + beta > 0
    lower, upper = np.where(mirrored, -beta, alpha), np.where(mirrored, -alpha, beta)
    z = normal_cdf(upper)
    bounded = np.isfinite(lower)
    z[bounded] -= normal_cdf(lower[bounded])
    z = np.maximum(z, np.finfo(np.float64).tiny)
    return np.log(z), z


def _times(x: Floats, density: Floats) -> Floats:
    """Return x * density with the limit 0 where x is infinite."""
    return np.where(np.isinf(x), 0.0, x) * density
