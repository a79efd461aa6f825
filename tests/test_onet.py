"""The comparison of a catalogue with O*NET: its own rank correlation, its levels, and a run on a made-up release."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from build import catalogue, role, signal, statement, trait
from conftest import SMALL
from msgspec.structs import asdict
from scipy import stats

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.model import Role
from scripts import script

ROOT = Path(__file__).parent.parent
RELEASE = ROOT.parent / "shared" / "onet"


@pytest.fixture(scope="module")
def onet():
    return script("bench/onet.py")


OCCUPATIONS = ("11-1011.00", "11-3051.00", "43-5061.00", "51-1011.00")
RATINGS = {
    "Work Styles.txt": ("IM", {"1.C.1.a": (1, 2, 3, 4), "1.C.2.b": (4, 3, 2, 1), "1.C.5.b": (2, 2, 2, 5)}),
    "Interests.txt": ("OI", {"1.B.1.a": (1, 7, 7, 7), "1.B.1.f": (1, 3, 2, 4)}),
    "Work Values.txt": ("EX", {"1.B.2.c": (4, 3, 2, 1)}),
}


@pytest.fixture
def release(tmp_path) -> Path:
    """Three files of four occupations, each with a row on a scale that is not wanted."""
    for name, (scale, elements) in RATINGS.items():
        rows = ["O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tDate"]
        for element, values in elements.items():
            rows += [
                f"{code}\t{element}\tname\t{scale}\t{value}\t08/2023"
                for code, value in zip(OCCUPATIONS, values, strict=True)
            ]
            rows.append(f"{OCCUPATIONS[0]}\t{element}\tname\tZZ\t99\t08/2023")
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def with_elements(name: str, *elements: str):
    made = trait(name)
    return type(made)(id=made.id, name=made.name, low=made.low, high=made.high, onet=elements)


TRAITS = [
    with_elements("challenge", "1.C.1.a"),
    with_elements("lead", "1.C.2.b", "4.A.4.b.4"),
    with_elements("exact", "1.C.5.b", "1.B.1.f"),
    with_elements("machines", "1.B.1.a"),
    with_elements("visible", "1.B.2.c"),
    with_elements("unrated", "4.C.1.a"),
    with_elements("silent", "1.B.1.f"),
]


def made_up(**codes: str):
    signals = {
        "fit": [
            signal("challenge", at_least=4),
            signal("exact", between=(2, 4)),
            signal("machines", at_most=2),
            signal("unrated", at_least=4),
        ],
        "unfit": [signal("challenge", at_most=1), signal("lead", at_least=4), signal("visible", at_most=3)],
    }
    few = role("few", fit=[signal("challenge", at_least=4)], codes=codes)
    return catalogue(TRAITS, [statement("q", "challenge")], [role("planner", **signals, codes=codes), few])


def test_the_rank_correlation_is_spearmans(onet):
    """Against scipy, with and without ties."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        one, other = rng.integers(0, 6, 12).tolist(), rng.standard_normal(12).tolist()
        assert onet.spearman(one, other) == pytest.approx(stats.spearmanr(one, other).statistic)
        assert onet.ranks(one).tolist() == stats.rankdata(one).tolist()
    assert onet.spearman([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]) is None


def test_the_level_is_that_of_the_fit_signal_or_lies_beyond_the_unfit_one(onet):
    planner = made_up().roles[0]
    levels = {one.id: onet.level_of(planner, one.id) for one in TRAITS}
    assert levels == {
        "challenge": 4.0,
        "exact": 3.0,
        "machines": 2.0,
        "unrated": 4.0,
        "lead": 2.5,
        "visible": 4.5,
        "silent": None,
    }


def test_a_percentile_counts_equal_ratings_half(onet):
    """Among 1, 7, 7, 7 the 7s stand at (1 + 3/2) / 4, the 1 at (1/2) / 4."""
    ratings = dict(zip(OCCUPATIONS, (1, 7, 7, 7), strict=True))
    assert onet.percentile(ratings, OCCUPATIONS[1]) == 62.5
    assert onet.percentile(ratings, OCCUPATIONS[0]) == 12.5


def test_a_role_is_compared_over_the_traits_that_have_both(onet, release):
    """Elements without ratings, traits without signals and roles with fewer than four traits are left out."""
    (only,) = onet.compare(made_up(onet="43-5061.00"), onet.read_ratings(release))
    assert (only.role, only.occupation) == ("planner", "43-5061.00")
    assert only.traits == ("challenge", "lead", "exact", "machines", "visible")
    assert only.levels == (4.0, 2.5, 3.0, 2.0, 4.5)
    # the second element of `exact` stands at (1 + 1/2) / 4, its first, 2 2 2 5, at (3/2) / 4
    assert only.percentiles == (62.5, 37.5, 37.5, 62.5, 37.5)
    expected = stats.spearmanr(only.levels, only.percentiles).statistic
    assert only.correlation == pytest.approx(expected)


def test_roles_without_an_occupation_or_with_an_unknown_one_are_left_out(onet, release):
    ratings = onet.read_ratings(release)
    assert onet.compare(made_up(), ratings) == []
    assert onet.compare(made_up(onet="99-9999.00"), ratings) == []


def test_it_runs_on_a_folder_and_a_catalogue(onet, release, capsys):
    onet.main([str(release), "--catalogue", str(SMALL)])
    assert "3 roles, 1 with an O*NET occupation" in capsys.readouterr().out


def test_a_folder_without_the_files_is_refused_in_words(onet, tmp_path):
    with pytest.raises(SystemExit, match=r"Work Styles\.txt"):
        onet.main([str(tmp_path)])


@pytest.mark.skipif(not RELEASE.is_dir(), reason="no O*NET release at ../shared/onet")
def test_it_runs_on_the_release(onet, capsys):
    """The shipped catalogue against the real ratings: every correlation is one, and a median is printed."""
    onet.main([str(RELEASE), "--details"])
    printed = capsys.readouterr().out
    assert "\nmedian of " in printed
    assert -1.0 <= float(printed.rsplit(maxsplit=1)[-1]) <= 1.0


def suggested(shown: float) -> float:
    """The level that a percentile suggests, by the rule of data/README.md."""
    return float(np.clip(3.0 + stats.norm.ppf(np.clip(shown / 100.0, 0.005, 0.995)) / 0.75, 1.0, 5.0))


@pytest.mark.skipif(not RELEASE.is_dir(), reason="no O*NET release at ../shared/onet")
def test_every_level_that_onet_speaks_of_follows_it_or_says_why_not(onet):
    """A level within the rule's distance names O*NET as its source; one further off has a note; no other has either."""
    shipped, ratings = load_catalogue(shipped_folder()), onet.read_ratings(RELEASE)
    elements = {entry.id: [e for e in entry.onet if e in ratings] for entry in shipped.traits}
    wrong = []
    for entry in shipped.roles:
        occupation = entry.codes.get("onet", "")
        for kind, signals in (("fit", entry.fit), ("unfit", entry.unfit)):
            for one in signals:
                known = [
                    onet.percentile(ratings[e], occupation) for e in elements[one.trait] if occupation in ratings[e]
                ]
                grounds = ("source" if one.level_source else "") + ("note" if one.level_note else "")
                if not known:
                    expected = ""
                else:
                    alone = Role(**{**asdict(entry), "fit": (), "unfit": (), kind: (one,)})
                    off = abs(onet.level_of(alone, one.trait) - suggested(sum(known) / len(known)))
                    near = 1.5 if kind == "unfit" or one.between is not None else 1.0
                    expected = "source" if off <= near else "note"
                if grounds != expected:
                    wrong.append((entry.id, kind, one.trait, grounds, expected))
    assert wrong == []
