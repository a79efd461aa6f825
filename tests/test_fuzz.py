"""The fuzz target in fuzz/: a short run of it, and that it notices what it is there to notice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from scripts import script

FUZZ = Path(__file__).parents[1] / "fuzz" / "fuzz.py"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    return script("fuzz/fuzz.py")


def test_damaged_files_give_documented_errors(fuzz):
    """A thousand cases end as values or problems, and there are some of each."""
    kinds, failures, _slowest = fuzz.run(0, 1_000)
    assert failures == {}
    assert kinds.total() == 1_000
    assert set(kinds) == {"catalogue read", "catalogue refused", "answers read", "answers refused"}


def test_a_case_is_known_by_its_number(fuzz):
    """The same number is the same case, and nearly every number is another one."""
    assert [fuzz.case_of(number) for number in range(50)] == [fuzz.case_of(number) for number in range(50)]
    cases = {str(fuzz.case_of(number)) for number in range(200)}
    assert len(cases) > 190


@pytest.mark.parametrize("planted", ["raise", "no place", "nothing"])
def test_a_planted_fault_is_found(fuzz, monkeypatch, planted):
    """An exception, a problem without a place, and neither catalogue nor problem are failures."""
    whole = fuzz.parse_located

    def faulty(files):
        parsed = whole(files)
        if planted == "raise":
            raise RecursionError
        if planted == "no place":
            return type(parsed)(None, tuple(one._replace(line=0) for one in parsed.problems), parsed.positions)
        return type(parsed)(None, (), parsed.positions)

    monkeypatch.setattr(fuzz, "parse_located", faulty)
    _kinds, failures, _slowest = fuzz.run(0, 40)
    assert failures


def test_the_long_run_says_what_became_of_its_cases():
    """The script counts its cases, and ends with 0 when none failed."""
    done = subprocess.run(
        [sys.executable, FUZZ, "--cases", "60", "--first", "5000"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("60 cases: ")
    assert done.stdout.endswith("; 0 failed\n")
