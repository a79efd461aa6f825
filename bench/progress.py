"""What the bar of the quiz says, held against how its quizzes ended.

    python bench/progress.py [--people N] [--seed N]

The suited people of tests/people answer a quiz with the default settings. For each of the words beside the bar it
prints at how many questions it stood there, how many were still to come, and how often the role that led then led at
the end, or was among the first three: with the bar as it is, even in the logarithm of the expected regret, and with
one that is even in the regret itself.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes

import numpy as np
from people import order, people, quiz

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine.adaptive import SETTLED_REGRET
from careerfit.engine.instrument import Instrument
from careerfit.terminal.layout import progress_words

THREE = 3


class Moment(NamedTuple):
    """A question on the screen: the bar on it, the regret, the questions to come, and the end of its leader."""

    progress: float
    regret: float
    left: int
    leads: bool
    among_three: bool


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--people", type=int, help="default: all of them")
    options.add_argument("--seed", type=int, default=20261121)
    chosen = options.parse_args()
    instrument = Instrument.of(load_catalogue(shipped_folder()))
    answered = drawn(chosen.people, chosen.seed)
    moments = [moment for said in answered for moment in moments_of(instrument, said)]
    start = instrument.initial_regret
    print(f"{len(answered)} described people, {len(moments)} questions")
    report("even in the logarithm of the regret, as shown", moments, lambda moment: moment.progress)
    report("even in the regret", moments, lambda moment: (start - moment.regret) / (start - SETTLED_REGRET))


def moments_of(instrument: Instrument, said: dict[str, int | None]) -> list[Moment]:
    """Return what stood on the screen at every question of a person's quiz."""
    *asked, end = quiz(instrument, said)
    first, *others = order(end)[:THREE]
    leaders = [order(then)[0] for then in asked]
    return [
        Moment(then.progress, then.regret, len(asked) - number, leader == first, leader in (first, *others))
        for number, (then, leader) in enumerate(zip(asked, leaders, strict=True))
    ]


def drawn(count: int | None, seed: int) -> list[dict[str, int | None]]:
    """Return what so many suited people answered, drawn at random; None is all of them."""
    suited = [said for person, said in people() if person.suited]
    return [suited[row] for row in np.random.default_rng(seed).permutation(len(suited))[:count]]


def report(title: str, moments: list[Moment], bar: Callable[[Moment], float]) -> None:
    """Print, for each of the words, what became of the role that led."""
    print(f"\n{title:<46} questions  to come  leads at the end  among the three")
    said: dict[str, list[Moment]] = {}
    for moment in sorted(moments, key=bar):
        said.setdefault(progress_words(bar(moment)), []).append(moment)
    for words, at in said.items():
        share = f"{len(at) / len(moments):9.0%}  {np.mean([moment.left for moment in at]):7.1f}"
        leads, three = (np.mean([getattr(moment, name) for moment in at]) for name in ("leads", "among_three"))
        print(f"  {words:<44} {share}  {leads:16.0%}  {three:15.0%}")


if __name__ == "__main__":
    main()
