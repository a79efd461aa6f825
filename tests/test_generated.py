"""The catalogues that bench/catalogues.py makes up: small and large ones work alike, whole."""

from __future__ import annotations

import json

import pytest
from terminal import run

from scripts import script


@pytest.fixture(scope="module")
def bench():
    return script("bench/catalogues.py")


@pytest.mark.parametrize("name", ["SMALL", pytest.param("LARGE", marks=pytest.mark.slow)])
def test_a_generated_catalogue_works(bench, tmp_path, name):
    """It has neither errors nor weaknesses, its quiz ends with a result, and its roles are listed and shown."""
    size, folder, home = getattr(bench, name), tmp_path / "generated", tmp_path / "home"
    bench.write_catalogue(folder, size, 1)
    checked = run(home, "catalogue", "check", folder, "--strict")
    assert (checked.returncode, checked.stdout) == (0, b"")
    counted = json.loads(run(home, "catalogue", "stats", folder, "--json").stdout)
    assert (len(counted["traits"]), sum(counted["items"].values()), len(counted["roles"])) == size[:3]
    own = ("--catalogue", folder, "--json")
    answers = "s\n" * 7 + "".join(f"{1 + number % 5}\n" for number in range(30))
    asked = run(home, "quiz", "--plain", "--no-save", *own, answers=answers)
    assert asked.returncode == 0, asked.stderr[-500:]
    assert len(json.loads(asked.stdout)["ranking"]) == size.roles
    assert len(json.loads(run(home, "roles", *own).stdout)) == size.roles
    assert json.loads(run(home, "show", f"role-{size.roles - 1}", *own).stdout)["id"] == f"role-{size.roles - 1}"


def test_the_same_seed_makes_the_same_catalogue(bench, tmp_path):
    """Byte for byte, and another seed another one."""
    for folder, seed in (("one", 1), ("same", 1), ("other", 2)):
        bench.write_catalogue(tmp_path / folder, bench.SMALL, seed)
    one, same, other = (
        [(tmp_path / folder / f"{file}.yaml").read_bytes() for file in ("roles", "traits", "items")]
        for folder in ("one", "same", "other")
    )
    assert one == same
    assert all(mine != theirs for mine, theirs in zip(one, other, strict=True))
