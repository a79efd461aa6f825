"""What the engine's constants stand on: when to stop, which answers look careless, what ties and confidence are worth.

    python bench/calibrate.py [--catalogue DIR] [--people N] [--seed S] [--settled NATS] [--fewest N]

Three groups answer adaptively (careerfit.engine.simulate): people drawn for a role, the general population, and people
of the population who answer with more noise than items claim. Careless respondents answer without reading. Beliefs are
settled after every answer, so choices and stops are those of a real quiz.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes

import numpy as np

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine import adaptive, fit, quality
from careerfit.engine.belief import Belief, Integers
from careerfit.engine.evaluate import Outcome, ask, outcome
from careerfit.engine.instrument import Instrument
from careerfit.engine.kernel import Floats
from careerfit.engine.simulate import People, draw_answers, draw_noise, general_people, people_of_roles
from careerfit.session import DEFAULT_MAX_ITEMS

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
FEWEST = (8, 10, 12, 14)
LENGTHS = range(min(FEWEST), DEFAULT_MAX_ITEMS + 1)
QUALITY_LENGTHS = (12, 20, 30)
FALSE_ALARMS = 0.025
NOISY_DISCRIMINATIONS = (0.5, 1.0)
MIDDLE_HEAVY = (0.05, 0.2, 0.5, 0.2, 0.05)
STEADINESS = 0.8
"""How often somebody who gives nearly one answer throughout gives that answer."""


@dataclass(frozen=True)
class Group:
    """People who have answered adaptively: their beliefs at every length, and what is true of them.

    Attributes:
        beliefs: By number of items.
        answers: To every item, [n, Q].
        right: The role drawn for, or in a population the role with the most evidence at theta, [n].
        best: The role with the most evidence at theta, [n].
        true_evidence: At theta, nats, [n, R].
    """

    name: str
    beliefs: dict[int, Belief]
    answers: Integers
    right: Integers
    best: Integers
    true_evidence: Floats


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--catalogue", type=Path, help="folder of a catalogue; default: the one that is shipped")
    options.add_argument("--people", type=int, default=640, help="people in each group (default: %(default)s)")
    options.add_argument("--seed", type=int, default=20261121, help="default: %(default)s")
    options.add_argument(
        "--settled", type=float, default=adaptive.SETTLED_REGRET, help="nats; regret at the stop (default: %(default)s)"
    )
    options.add_argument(
        "--fewest", type=int, default=adaptive.FEWEST_ITEMS, help="answers before it (default: %(default)s)"
    )
    chosen = options.parse_args()
    instrument = Instrument.of(load_catalogue(chosen.catalogue or shipped_folder()))
    bank, rng = instrument.bank, np.random.default_rng(chosen.seed)
    print(f"{len(instrument.catalogue.roles)} roles, {chosen.people} people in each group, seed {chosen.seed}")
    noise = draw_noise(bank, rng)
    noisy = 1.0 / rng.uniform(*NOISY_DISCRIMINATIONS, len(bank.noise))
    drawn = people_of_roles(instrument.requirements, len(bank.prior), chosen.people, rng)
    population = general_people(bank, chosen.people, rng)
    groups = [
        asked(instrument, "people drawn for a role", drawn, draw_answers(bank, drawn.theta, noise, rng), rng),
        asked(instrument, "population", population, draw_answers(bank, population.theta, noise, rng), rng),
        asked(instrument, "noisy population", population, draw_answers(bank, population.theta, noisy, rng), rng),
    ]
    regrets = [expected_regrets(instrument, group) for group in groups[:2]]
    print(f"expected regret before the first answer: {instrument.initial_regret:.2f} nats")
    for group, regret in zip(groups, regrets, strict=False):
        print_stopping(instrument, group, regret, chosen.settled, chosen.fewest)
    print_quality(instrument, groups, rng)
    for group, regret in zip(groups, regrets, strict=False):
        print_confidence(instrument, group, stops(regret, chosen.settled, chosen.fewest), chosen.settled)


def asked(instrument: Instrument, name: str, people: People, answers: Integers, rng: np.random.Generator) -> Group:
    """Return the group after a quiz of `DEFAULT_MAX_ITEMS` adaptive items."""
    true_evidence = fit.evidence(instrument.requirements, people.theta, 0.0)
    best = true_evidence.argmax(axis=1)
    return Group(
        name=name,
        beliefs=ask(instrument, answers, "ours", LENGTHS, rng),
        answers=answers,
        right=np.where(people.role < 0, best, people.role),
        best=best,
        true_evidence=true_evidence,
    )


def one(belief: Belief, person: int) -> Belief:
    """Return the belief about one person."""
    return belief.of(slice(person, person + 1))


# Stopping


def expected_regrets(instrument: Instrument, group: Group) -> Floats:
    """Return the regret that the quiz expects at every length, nats, [n, len(LENGTHS)]."""
    people = range(len(group.right))
    return np.array([[instrument.regret(one(group.beliefs[k], person)) for k in LENGTHS] for person in people])


def stops(regret: Floats, settled: float, fewest: int) -> Integers:
    """Return after how many items each quiz stops, [n]; `DEFAULT_MAX_ITEMS` when it never settles."""
    over = (regret < settled) & (np.array(LENGTHS) >= fewest)
    over[:, -1] = True
    return np.asarray(LENGTHS[0] + over.argmax(axis=1), dtype=np.int64)


def outcomes(instrument: Instrument, group: Group) -> dict[int, Outcome]:
    """Return what became of everybody at every length."""
    return {
        k: outcome(fit.evidence(instrument.requirements, b.mean, b.variance), group.right, group.true_evidence)
        for k, b in group.beliefs.items()
    }


def at(results: dict[int, Outcome], length: Integers) -> Outcome:
    """Return what became of everybody at a length of their own, [n]."""
    people = np.arange(len(length))
    first, top3, regret = (np.array([getattr(results[k], field) for k in LENGTHS]) for field in Outcome._fields)
    place = length - LENGTHS[0]
    return Outcome(first[place, people], top3[place, people], regret[place, people])


def print_stopping(instrument: Instrument, group: Group, regret: Floats, settled: float, fewest: int) -> None:
    results = outcomes(instrument, group)
    whole = results[DEFAULT_MAX_ITEMS]
    print(f"\n(a) stopping: {group.name}; first / in the first three / regret (nats)")
    print("    'same length': everybody asked the mean number of items, which the rule must beat")
    print("    'loss': right first when always asked 30, less right first at the stop, in points (standard error)\n")
    print("fewest  settled  before 30  median  mean  at the stop             same length             loss")
    rules = [(fewest, threshold) for threshold in THRESHOLDS] + [(few, settled) for few in FEWEST]
    for few, threshold in rules:
        length = stops(regret, threshold, few)
        stopped, fixed = at(results, length), results[round(float(length.mean()))]
        loss = 100.0 * (whole.first - stopped.first)
        print(
            f"{few:>6}{threshold:>9.2f}{(length < DEFAULT_MAX_ITEMS).mean():>11.2f}{np.median(length):>8.0f}"
            f"{length.mean():>6.1f}  {figures(stopped):<24}{figures(fixed):<24}"
            f"{loss.mean():+.1f} ({loss.std() / np.sqrt(len(loss)):.1f})"
        )
    print(f"{f'always {DEFAULT_MAX_ITEMS}':<42}{figures(whole)}\n")
    for k in QUALITY_LENGTHS:
        column, true = regret[:, k - LENGTHS[0]], results[k].regret.mean()
        low, middle, high = np.quantile(column, (0.1, 0.5, 0.9))
        print(
            f"expected regret at {k} items: mean {column.mean():.2f} (true {true:.2f}); "
            f"deciles {low:.2f}, {middle:.2f}, {high:.2f}"
        )


def figures(result: Outcome) -> str:
    return f"{result.first.mean():.3f} / {result.top3.mean():.3f} / {result.regret.mean():.2f}"


# Answer quality


def indices(group: Group, k: int) -> tuple[Floats, Floats]:
    """Return log evidence (nats an answer) and spread (SD of answers) of everybody after k items, both [n]."""
    belief = group.beliefs[k]
    given = np.take_along_axis(group.answers, belief.items, axis=1)
    judged = [quality.assess(one(belief, person), given[person : person + 1]) for person in range(len(given))]
    return np.array([it.log_evidence for it in judged]), np.array([it.spread for it in judged])


def careless_groups(instrument: Instrument, n: int, rng: np.random.Generator) -> list[Group]:
    """Return groups of respondents who answer without reading."""
    shape = (n, len(instrument.bank.noise))
    one_answer = np.tile(rng.integers(0, 5, (n, 1)), (1, shape[1]))
    steady = rng.random(shape) < STEADINESS
    sheets = {
        "uniform random": rng.integers(0, 5, shape),
        "middle-heavy random": rng.choice(5, shape, p=MIDDLE_HEAVY),
        "one answer throughout": one_answer,
        f"one answer, {STEADINESS:.0%}": np.where(steady, one_answer, rng.integers(0, 5, shape)),
    }
    nobody = general_people(instrument.bank, n, rng)
    return [asked(instrument, name, nobody, sheet, rng) for name, sheet in sheets.items()]


def print_quality(instrument: Instrument, groups: list[Group], rng: np.random.Generator) -> None:
    careless = careless_groups(instrument, len(groups[0].right), rng)
    lows: list[tuple[float, float]] = []
    print("\n(b) answer quality: log evidence (nats an answer) and spread (SD of answers, 0-2)\n")
    columns = f"{FALSE_ALARMS:>7.1%}    10%    50%    90%     AUC    "
    print(f"{'':<33}{'log evidence':<{len(columns)}}spread")
    print(f"{'items  group':<33}{columns}{columns}")
    for k in QUALITY_LENGTHS:
        of_honest = [indices(group, k) for group in groups[:2]]
        honest = tuple(np.concatenate(column) for column in zip(*of_honest, strict=True))
        lows.append((float(np.quantile(honest[0], FALSE_ALARMS)), float(np.quantile(honest[1], FALSE_ALARMS))))
        for group in groups + careless:
            row = f"{k:>5}  {group.name:<26}"
            for values, reference in zip(indices(group, k), honest, strict=True):
                quantiles = "".join(f"{q:>7.2f}" for q in np.quantile(values, (FALSE_ALARMS, 0.1, 0.5, 0.9)))
                row += f"{quantiles}{'' if group in groups else f'{area(reference, values):.3f}':>8}    "
            print(row)
    print(
        f"\nlowest {FALSE_ALARMS:.1%} of the honest at {QUALITY_LENGTHS} items: "
        + "; ".join(f"log evidence {one:.3f}, spread {two:.3f}" for one, two in lows)
    )
    for name, column in zip(("log evidence", "spread"), zip(*lows, strict=True), strict=True):
        slope, level = np.polyfit(1.0 / np.sqrt(QUALITY_LENGTHS), column, 1)
        print(f"  which is near {level:.3f} {slope:+.3f} / sqrt(items) for {name}")
    as_set = [(quality.lowest_log_evidence(k), quality.LOWEST_SPREAD) for k in QUALITY_LENGTHS]
    print_flagged("as set", as_set, groups + careless)
    print_flagged("below what 12 items give", [lows[0]] * len(lows), groups + careless)
    print_flagged("below what each length gives", lows, groups + careless)


def print_flagged(name: str, lowest: list[tuple[float, float]], groups: list[Group]) -> None:
    """Print the share flagged by bounds on (log evidence, spread) at each of `QUALITY_LENGTHS`."""
    print(f"\nflagged {name}: by log evidence / by spread / by either")
    print(" " * 28 + "".join(f"{f'{k} items':<24}" for k in QUALITY_LENGTHS))
    print(f"  {'(bounds)':<26}" + "".join(f"{f'{low:.3f} / {narrow:.3f}':<24}" for low, narrow in lowest))
    for group in groups:
        row = f"  {group.name:<26}"
        for k, bounds in zip(QUALITY_LENGTHS, lowest, strict=True):
            low, narrow = (values < bound for values, bound in zip(indices(group, k), bounds, strict=True))
            row += f"{f'{low.mean():.3f} / {narrow.mean():.3f} / {(low | narrow).mean():.3f}':<24}"
        print(row)


def area(honest: Floats, careless: Floats) -> float:
    """Return the chance that an honest person's index is above a careless one's, ties counting half (the AUC)."""
    ordered = np.sort(careless)
    below, level = np.searchsorted(ordered, honest, "left"), np.searchsorted(ordered, honest, "right")
    return float((below + level).mean() / (2.0 * len(ordered)))


# Ties and confidence


def print_confidence(instrument: Instrument, group: Group, length: Integers, settled: float) -> None:
    tied, first, leader, second = [], [], [], []
    for person, k in enumerate(length):
        belief = one(group.beliefs[int(k)], person)
        standing = fit.standing(instrument.requirements, belief, np.random.default_rng(fit.SEED))
        upper, lower = standing.order[:2]
        tied.append(standing.tied[upper, lower])
        first.append(standing.first[upper])
        leader.append(upper)
        second.append(lower)
    tie, stated, lead = np.array(tied), np.array(first), np.array(leader)
    correct, best = lead == group.right, lead == group.best
    covered = correct | (tie & (np.array(second) == group.right))
    print(f"\n(c) {group.name}, stopped at {settled:.2f} nats (mean {length.mean():.1f} items)\n")
    print(f"the two leading roles declared tied: {tie.mean():.3f}")
    print(f"right role first: {correct.mean():.3f}; when tied {mean(correct[tie])}, when not {mean(correct[~tie])}")
    print(f"right role first, or second and declared tied with the first: {covered.mean():.3f}")
    print("stated confidence of the leader against how often it was right\n")
    print("stated         people   mean stated   right role   best at theta")
    for low in range(10):
        within = np.minimum((stated * 10).astype(int), 9) == low
        if within.any():
            print(
                f"{low / 10:.1f}-{(low + 1) / 10:.1f}{within.sum():>14}{stated[within].mean():>14.3f}"
                f"{correct[within].mean():>13.3f}{best[within].mean():>16.3f}"
            )
    print(f"all{len(stated):>18}{stated.mean():>14.3f}{correct.mean():>13.3f}{best.mean():>16.3f}")


def mean(values: Floats) -> str:
    return f"{values.mean():.3f}" if len(values) else "-"


if __name__ == "__main__":
    main()
