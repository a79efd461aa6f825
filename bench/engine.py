"""How well each way of asking finds the right role, and how long choosing takes: the tables of design.md 7.

    python bench/engine.py [--catalogue DIR] [--people N] [--seed S]

Respondents are drawn to meet one role's signals (careerfit.engine.simulate), the roles in turn. All ways of asking get
the same people, the same answers and the catalogue's own item parameters, while the answers follow discriminations
drawn from 0.8-1.5.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes

import numpy as np

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine.evaluate import STRATEGIES, Comparison, Outcome, Strategy, compare
from careerfit.engine.instrument import Instrument
from careerfit.engine.simulate import draw_answers, draw_noise, people_of_roles
from careerfit.model import Answers
from careerfit.session import DEFAULT_MAX_ITEMS, Session

LENGTHS = (8, 12, 16, 20, 24, 30)
HEADINGS: dict[Strategy, str] = {
    "random": "random order",
    "short-form": "fixed short form",
    "uncertain": "most uncertain trait",
    "ours": "ours",
}
QUIZZES = 16
"""Simulated quizzes in which the steps are timed."""


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--catalogue", type=Path, help="folder of a catalogue; default: the one that is shipped")
    options.add_argument("--people", type=int, default=1_600, help="simulated respondents (default: %(default)s)")
    options.add_argument("--seed", type=int, default=20261121, help="default: %(default)s")
    chosen = options.parse_args()
    instrument = Instrument.of(load_catalogue(chosen.catalogue or shipped_folder()))
    catalogue = instrument.catalogue
    print(
        f"catalogue {catalogue.name}: {len(catalogue.roles)} roles, {len(catalogue.traits)} traits, "
        f"{len(catalogue.items)} items; {chosen.people} people, seed {chosen.seed}\n"
    )
    rng = np.random.default_rng(chosen.seed)
    people = people_of_roles(instrument.requirements, len(catalogue.traits), chosen.people, rng)
    print_comparison(compare(instrument, people, LENGTHS, rng))
    print_times(time_quizzes(instrument, np.random.default_rng(chosen.seed)))


def print_comparison(comparison: Comparison) -> None:
    print("right role first / in the first three / regret (nats of true evidence lost by taking our first)\n")
    print("items  " + "".join(f"{HEADINGS[strategy]:<24}" for strategy in STRATEGIES))
    for k in comparison.asked["ours"]:
        print(f"{k:>5}  " + "".join(f"{figures(comparison.asked[strategy][k]):<24}" for strategy in STRATEGIES))
    print("  all  " + "".join(f"{figures(comparison.full):<24}" for _ in STRATEGIES))
    print("\nours less the others, right first, in points (standard error of the paired difference)\n")
    print("items  " + "".join(f"{HEADINGS[strategy]:<24}" for strategy in STRATEGIES[:-1]))
    for k, ours in comparison.asked["ours"].items():
        others = (comparison.asked[strategy][k] for strategy in STRATEGIES[:-1])
        print(f"{k:>5}  " + "".join(f"{paired(ours, other):<24}" for other in others))
    print("\nscored by                       evidence                weighted percent-met")
    print(f"all items answered              {figures(comparison.full):<24}{figures(comparison.full_percent_met)}")
    print(f"theta known                     {figures(comparison.known):<24}{figures(comparison.known_percent_met)}")


def figures(outcome: Outcome) -> str:
    return f"{outcome.first.mean():.3f} / {outcome.top3.mean():.3f} / {outcome.regret.mean():.2f}"


def paired(ours: Outcome, other: Outcome) -> str:
    difference = 100.0 * (ours.first - other.first)
    return f"{difference.mean():+.1f} ({difference.std() / np.sqrt(len(difference)):.1f})"


class Times(NamedTuple):
    """Milliseconds of every step of the simulated quizzes."""

    estimate: list[float]
    choice: list[float]
    step: list[float]


def time_quizzes(instrument: Instrument, rng: np.random.Generator) -> Times:
    """Time three things after every answer of some quizzes: the estimate, the choice, and all a quiz does."""
    bank = instrument.bank
    people = people_of_roles(instrument.requirements, len(bank.prior), QUIZZES, rng)
    answers = draw_answers(bank, people.theta, draw_noise(bank, rng), rng)
    times = Times([], [], [])
    for sheet in answers:
        session = Session(instrument, Answers())
        while session.choice is not None and session.asked < min(DEFAULT_MAX_ITEMS, len(sheet)):
            item = instrument.catalogue.items[session.choice.item].id
            session = session.answer(item, int(sheet[session.choice.item]))
            fresh = Session(instrument, session.answers)
            times.estimate.append(timed(fresh, lambda it: it.belief))
            times.choice.append(timed(fresh, lambda it: it.choice))
            times.step.append(timed(session, lambda it: it.next_item))
    return times


def timed(session: Session, work: Callable[[Session], object]) -> float:
    start = time.perf_counter()
    work(session)
    return 1_000.0 * (time.perf_counter() - start)


def print_times(times: Times) -> None:
    print(f"\ntimes over {len(times.choice)} answers of {QUIZZES} quizzes, one core\n")
    print("                                        median ms   95th percentile   times one estimate")
    rows = (
        ("one belief.estimate", times.estimate),
        ("Session.choice, belief known", times.choice),
        ("full step: belief, choice, stop", times.step),
    )
    for name, values in rows:
        ratio = statistics.median(one / other for one, other in zip(values, times.estimate, strict=True))
        print(f"{name:<40}{statistics.median(values):>9.2f}{np.quantile(values, 0.95):>18.2f}{ratio:>21.2f}")


if __name__ == "__main__":
    main()
