"""Whether answers look considered: how well they agree with each other, and how much they vary.

`log_evidence` compares each answer's predicted probability, before it was taken in, with answering blindly (one in
five); random answering pulls it below zero. It cannot see a respondent who always gives the same answer, for whom the
spread of the raw answers is watched (anchored in careless-responding research: Meade and Craig 2012; Dunn et al. 2018).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from careerfit.document import Flag
from careerfit.engine.belief import MISSING, Belief, Integers
from careerfit.model import CATEGORIES

FEWEST_ANSWERS = 10
"""Below this many answers nothing is said about their quality."""

LOG_EVIDENCE_LEVEL, LOG_EVIDENCE_SLACK = 0.06, 0.8
"""Bound of the mean log evidence, nats an answer: the first less the second by the square root of the answers.

bench/calibrate.py --people 160: at most 1% of the population lie below it at 12 to 30 answers and at most 2% of people
drawn for a role; 11-23% of people who answer more loosely than items claim, and at 30 answers three in five of those
who press keys at random.
"""

LOWEST_SPREAD = 0.7
"""Standard deviation of raw answers below which they look like one answer throughout.

bench/calibrate.py: 97.5% of considered simulated people lie above 0.85 after 12 items and above 0.94 after 20.
"""


class Quality(NamedTuple):
    """Indices of one respondent: nats per answer, SD of raw answers (0-2), and what they give reason to say."""

    log_evidence: float
    spread: float
    flags: tuple[Flag, ...]


def assess(belief: Belief, responses: Integers) -> Quality:
    """Return the quality of the first respondent's answers [n, K].

    Flags are "inconsistent" and "uniform", or "unanswered" alone.
    """
    given = responses[0] != MISSING
    answered = int(given.sum())
    if answered == 0:
        return Quality(0.0, 0.0, ("unanswered",))
    log_evidence = float(np.log(CATEGORIES) + belief.log_predictive[0][given].mean())
    spread = float(responses[0][given].std())
    flags: list[Flag] = []
    if answered >= FEWEST_ANSWERS:
        if log_evidence < lowest_log_evidence(answered):
            flags.append("inconsistent")
        if spread < LOWEST_SPREAD:
            flags.append("uniform")
    return Quality(log_evidence, spread, tuple(flags))


def lowest_log_evidence(answered: int) -> float:
    """Return the mean log evidence, nats an answer, below which so many answers look random."""
    return float(LOG_EVIDENCE_LEVEL - LOG_EVIDENCE_SLACK / np.sqrt(answered))
