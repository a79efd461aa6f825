"""The kernel against scipy.stats, numerical integration and finite differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from build import properties
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from careerfit.engine import kernel
from careerfit.engine.kernel import (
    expected,
    expected_log_probability,
    interval,
    log_probability,
    normal_cdf,
    normal_density,
)

INFINITY = float("inf")

means = st.floats(-3, 3)
variances = st.floats(0, 4)
tolerances = st.floats(0.25, 3)
bounds = st.tuples(st.floats(-3, 3), st.floats(0.2, 3), st.sampled_from(["both", "low", "high"]))


def open_ended(drawn: tuple[float, float, str]) -> tuple[float, float]:
    low, width, given_bounds = drawn
    return (-INFINITY if given_bounds == "high" else low), (INFINITY if given_bounds == "low" else low + width)


def log_z(low: float, high: float, mean: float, variance: float, tolerance: float) -> float:
    """Return log Z from scipy.stats, in whichever tail keeps the digits."""
    spread = math.sqrt(variance + tolerance**2)
    below = stats.norm.cdf(high, mean, spread) - stats.norm.cdf(low, mean, spread)
    above = stats.norm.sf(low, mean, spread) - stats.norm.sf(high, mean, spread)
    return float(np.log(below if low + high < 2 * mean else above))


def test_standard_normal_within_one_sd():
    """With s = 1 (0.6^2 + 0.8^2) the chance to lie within one SD is the published 0.6826894921370859."""
    found = interval(-1.0, 1.0, 0.0, 0.36, 0.8)
    assert math.exp(found.log_z) == pytest.approx(0.6826894921370859, abs=1e-15)


def test_half_line_by_hand():
    """Above 0 from N(0, 1) through noise of SD 1: Z = 1/2, g = 1/sqrt(pi), h = 1/pi, worked out by hand."""
    found = interval(0.0, INFINITY, 0.0, 1.0, 1.0)
    assert [float(found.log_z), float(found.g), float(found.h)] == pytest.approx(
        [-math.log(2), 1 / math.sqrt(math.pi), 1 / math.pi], abs=1e-15
    )


@given(bounds, means, variances, tolerances)
@properties
def test_log_z_is_that_of_scipy(drawn, mean, variance, tolerance):
    """The kernel's log Z is the log of a difference of scipy.stats' normal distribution functions."""
    low, high = open_ended(drawn)
    wanted = log_z(low, high, mean, variance, tolerance)
    assert interval(low, high, mean, variance, tolerance).log_z == pytest.approx(wanted, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize(("low", "high"), [(-0.4, 1.1), (0.8, INFINITY), (-INFINITY, -0.5)])
def test_z_is_the_chance_of_the_noisy_quantity(low, high):
    """Z integrates, over the quantity, the chance that it plus noise falls in the interval (scipy.integrate.quad)."""
    mean, variance, tolerance = 0.3, 0.7, 0.8

    def chance(x: float) -> float:
        noisy = stats.norm(x, tolerance)
        return stats.norm.pdf(x, mean, math.sqrt(variance)) * (noisy.cdf(high) - noisy.cdf(low))

    expected, _ = integrate.quad(chance, -8, 8, epsabs=1e-12)
    assert math.exp(interval(low, high, mean, variance, tolerance).log_z) == pytest.approx(expected, abs=1e-10)


@given(bounds, means, variances, tolerances)
@properties
def test_g_is_the_slope_of_log_z(drawn, mean, variance, tolerance):
    """The kernel's g is the derivative of scipy's log Z in the mean, by central differences."""
    low, high = open_ended(drawn)
    step = 1e-4
    ahead, behind = (log_z(low, high, mean + move, variance, tolerance) for move in (step, -step))
    slope = (ahead - behind) / (2 * step)
    assert interval(low, high, mean, variance, tolerance).g == pytest.approx(slope, rel=1e-5, abs=1e-6)


@given(bounds, means, variances, st.floats(0.5, 3))
@properties
def test_h_is_the_curvature_of_log_z(drawn, mean, variance, tolerance):
    """The kernel's h is minus the second derivative of scipy's log Z in the mean, by central differences."""
    low, high = open_ended(drawn)
    step = 1e-3
    ahead, here, behind = (log_z(low, high, mean + move, variance, tolerance) for move in (step, 0.0, -step))
    curvature = -(ahead - 2 * here + behind) / step**2
    assert interval(low, high, mean, variance, tolerance).h == pytest.approx(curvature, rel=1e-4, abs=1e-5)


@given(bounds, st.floats(-30, 30), variances, tolerances)
@properties
def test_h_lies_between_none_and_all_of_the_precision(drawn, mean, variance, tolerance):
    """0 <= h <= 1/s^2: an answer never widens the quantity it looks at, nor does it settle it beyond its noise."""
    low, high = open_ended(drawn)
    found = interval(low, high, mean, variance, tolerance)
    assert 0.0 <= found.h <= (1 + 1e-9) / (variance + tolerance**2)


@given(bounds, st.floats(-30, 30), variances, tolerances)
@properties
def test_mirror_image(drawn, mean, variance, tolerance):
    """Mirroring bounds and mean leaves log Z and h as they are and turns g round."""
    low, high = open_ended(drawn)
    here = interval(low, high, mean, variance, tolerance)
    there = interval(-high, -low, -mean, variance, tolerance)
    assert [there.log_z, -there.g, there.h] == pytest.approx([here.log_z, here.g, here.h], rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=4, unique=True), means, variances, tolerances)
@properties
def test_categories_share_everything_out(thresholds, mean, variance, tolerance):
    """Over categories that leave no gap Z sums to 1, its slope to 0 and its curvature to 0."""
    thresholds = sorted(thresholds)
    assume(min(np.diff(thresholds)) > 1e-3)
    edges = np.array([-INFINITY, *thresholds, INFINITY])
    found = interval(edges[:-1], edges[1:], mean, variance, tolerance)
    z = np.exp(found.log_z)
    sums = [z.sum(), (z * found.g).sum(), (z * (found.g**2 - found.h)).sum()]
    assert sums == pytest.approx([1.0, 0.0, 0.0], abs=1e-11)


@pytest.mark.parametrize("distance", [5.0, 10.0, 20.0, 30.0, 37.0])
@pytest.mark.parametrize("side", [1.0, -1.0])
def test_tails_keep_their_digits(distance, side):
    """Far from a half-line log Z is scipy's log_ndtr and g the inverse Mills ratio, on either side."""
    low, high = (distance, INFINITY) if side > 0 else (-INFINITY, -distance)
    found = interval(low, high, 0.0, 0.36, 0.8)
    log_tail = special.log_ndtr(-distance)
    mills = math.exp(stats.norm.logpdf(distance) - log_tail)
    assert [found.log_z, found.g * side] == pytest.approx([log_tail, mills], rel=1e-12)


@pytest.mark.parametrize("distance", [5.0, 15.0, 30.0, 37.0])
def test_curvature_in_the_tail(distance):
    """Far from a half-line h is r (r - x) with r the inverse Mills ratio; in 1/x^2 that is 1 - 1/x^2 + 6/x^4 - ..."""
    series = 1 - 1 / distance**2 + 6 / distance**4 - 50 / distance**6
    found = interval(distance, INFINITY, 0.0, 0.36, 0.8).h
    assert found == pytest.approx(series, abs=600 / distance**8 + 1e-9)


@pytest.mark.parametrize("mean", [-1e6, -300.0, -45.0, 45.0, 300.0, 1e6])
@pytest.mark.parametrize(("low", "high"), [(-0.5, 0.5), (0.5, INFINITY), (-INFINITY, -0.5)])
def test_beyond_the_reach_of_floats_everything_stays_finite(low, high, mean):
    """Where Z underflows, log Z stays finite and at most 0, and g and h are finite: no NaN ever starts here."""
    found = interval(low, high, mean, 0.36, 0.8)
    assert np.isfinite([found.log_z, found.g, found.h]).all()
    assert -750 < found.log_z <= 0.0


@pytest.mark.parametrize("mean", [40.0, 300.0])
def test_certainty_tells_nothing(mean):
    """A half-line that surely contains the quantity has log Z, g and h of 0."""
    assert interval(-0.5, INFINITY, mean, 0.36, 0.8) == pytest.approx((0.0, 0.0, 0.0), abs=1e-300)


def test_open_bounds_are_the_limit_of_distant_ones():
    """An infinite bound gives what a bound 60 SD away gives."""
    open_low, open_high = interval(-INFINITY, 0.4, 0.1, 0.3, 0.8), interval(0.4, INFINITY, 0.1, 0.3, 0.8)
    assert open_low == pytest.approx(interval(-60.0, 0.4, 0.1, 0.3, 0.8), rel=1e-14)
    assert open_high == pytest.approx(interval(0.4, 60.0, 0.1, 0.3, 0.8), rel=1e-14)


def test_no_variance_leaves_the_noise():
    """A quantity known exactly (variance 0) is seen through its noise alone: Phi(0.5 / 0.8) from scipy.stats."""
    found = log_probability(-INFINITY, 0.5, 0.0, 0.0, 0.8)
    assert found == pytest.approx(stats.norm.logcdf(0.625), rel=1e-14)


def test_arguments_broadcast():
    """Each element of a broadcast call equals the call with its own arguments."""
    low, high = np.array([-INFINITY, -0.5, 1.0]), np.array([-0.5, 1.0, INFINITY])
    mean, variance, tolerance = np.array([[0.2], [-1.0]]), np.array([[0.5], [0.9]]), np.array([0.8, 1.0, 1.3])
    found = interval(low, high, mean, variance, tolerance)
    for person in range(2):
        for place in range(3):
            alone = interval(low[place], high[place], mean[person, 0], variance[person, 0], tolerance[place])
            assert [part[person, place] for part in found] == pytest.approx(list(alone), rel=1e-15)


@given(bounds, st.floats(-50, 50), variances, tolerances)
@properties
def test_log_probability_is_the_first_part_of_the_kernel(drawn, mean, variance, tolerance):
    """`log_probability` is log Z of `interval` to the last digit."""
    low, high = open_ended(drawn)
    assert log_probability(low, high, mean, variance, tolerance) == interval(low, high, mean, variance, tolerance).log_z


@given(st.floats(-37, 8))
@properties
def test_normal_cdf_is_that_of_scipy(x):
    """Phi agrees with scipy.special.ndtr to 13 digits of its own size, deep into the lower tail."""
    assert normal_cdf(x) == pytest.approx(special.ndtr(x), rel=1e-13, abs=0)


@pytest.mark.parametrize("x", [-INFINITY, -8.0, -1.3, 0.0, 2.4, 37.0, INFINITY])
def test_normal_density_is_that_of_scipy(x):
    """The density agrees with scipy.stats.norm.pdf and vanishes at both infinities."""
    assert normal_density(x) == pytest.approx(stats.norm.pdf(x), rel=1e-14, abs=0)


@given(bounds, means, st.floats(0.01, 1), st.floats(0.8, 2))
@properties
def test_expected_log_z_is_the_integral(drawn, mean, variance, tolerance):
    """E[log Z(x)] over a normal x by scipy.integrate.quad, to 0.002 nats."""
    low, high = open_ended(drawn)
    spread = math.sqrt(variance)

    def weighted(x: float) -> float:
        return stats.norm.pdf(x, mean, spread) * log_z(low, high, x, 0.0, tolerance)

    integral, _ = integrate.quad(weighted, mean - 9 * spread, mean + 9 * spread)
    assert expected_log_probability(low, high, mean, variance, tolerance) == pytest.approx(integral, abs=2e-3)
    assert expected(low, high, mean, variance, tolerance).log_z == pytest.approx(integral, abs=2e-3)


@given(bounds, means, tolerances)
@properties
def test_of_a_known_quantity_the_expected_log_z_is_log_z(drawn, mean, tolerance):
    """Without variance there is nothing to average over."""
    low, high = open_ended(drawn)
    known = log_probability(low, high, mean, 0.0, tolerance)
    assert expected_log_probability(low, high, mean, 0.0, tolerance) == pytest.approx(known, rel=1e-12)


@given(bounds, means, st.floats(0.05, 1), st.floats(0.8, 2))
@properties
def test_the_derivatives_of_the_expected_log_z_are_slopes(drawn, mean, variance, tolerance):
    """Central differences in the mean and in the variance give the derivatives."""
    low, high = open_ended(drawn)
    step = 1e-5

    def at(mean_: float, variance_: float) -> float:
        return float(expected_log_probability(low, high, mean_, variance_, tolerance))

    found = expected(low, high, mean, variance, tolerance)
    by_mean = (at(mean + step, variance) - at(mean - step, variance)) / (2 * step)
    by_variance = (at(mean, variance + step) - at(mean, variance - step)) / (2 * step)
    assert found.by_mean == pytest.approx(by_mean, rel=1e-6, abs=1e-6)
    assert found.by_variance == pytest.approx(by_variance, rel=1e-6, abs=1e-6)


def test_the_nodes_are_those_of_numpy():
    """Order 5 of Gauss-Hermite quadrature, from numpy's own solver; it has E[x^8] = 105 of a standard normal."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    assert pytest.approx(nodes, abs=1e-14) == kernel._NODES
    assert pytest.approx(weights / math.sqrt(2 * math.pi), abs=1e-15) == kernel._NODE_WEIGHTS
    assert np.dot(kernel._NODE_WEIGHTS, kernel._NODES**8) == pytest.approx(105, rel=1e-12)
