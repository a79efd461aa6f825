"""How traits go together: traits.yaml against the answers of the described people."""

from __future__ import annotations

import numpy as np
import pytest
from build import catalogue, statement, trait

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine.belief import compile_bank
from scripts import script

correlations = script("bench/correlations.py")


@pytest.fixture(scope="module")
def shipped():
    return load_catalogue(shipped_folder())


def test_the_catalogue_has_the_correlations_that_the_script_finds(shipped):
    """Every number of traits.yaml, and none besides."""
    assert {entry.id: dict(entry.correlates) for entry in shipped.traits} == correlations.halved(shipped)


def test_they_are_half_of_what_the_estimates_show_and_small_ones_are_left_out(shipped, monkeypatch):
    """Estimates made to correlate at exactly .6, -.5 and .1: two are halved, the third is left out."""
    wanted = np.array([[1.0, 0.6, -0.5], [0.6, 1.0, 0.1], [-0.5, 0.1, 1.0]])
    noise = np.random.default_rng(3).standard_normal((500, 3))
    noise -= noise.mean(axis=0)
    white = noise @ np.linalg.inv(np.linalg.cholesky(np.cov(noise.T))).T
    monkeypatch.setattr(correlations, "estimates", lambda _catalogue: white @ np.linalg.cholesky(wanted).T)
    three = catalogue([trait("a"), trait("b"), trait("c")], [statement("q", "a")], list(shipped.roles[:0]))
    assert correlations.halved(three) == {"a": {}, "b": {"a": 0.3}, "c": {"a": -0.25}}


def test_the_matrix_is_far_from_singular(shipped):
    """Any trait keeps a third of its variance at least when all the others are known."""
    prior = compile_bank(shipped).prior
    assert np.linalg.eigvalsh(prior).min() > 0.3
    assert 0.2 < np.mean(np.abs(prior[np.triu_indices(28, 1)]) > 0) < 0.8
