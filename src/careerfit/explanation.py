"""Why a role stands where it does: its signals, how sure its place is, and what would change it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np

from careerfit.document import RankedRole, Result, SignalResult
from careerfit.engine import whatif
from careerfit.engine.belief import Belief, Integers
from careerfit.engine.fit import DECIBANS, SEED, Booleans, evidence, posterior_draws
from careerfit.engine.instrument import Instrument
from careerfit.engine.kernel import Floats
from careerfit.model import Answers, Role
from careerfit.readings import Aim, Explanation, OtherAnswer, Question, TraitMove

MOST_QUESTIONS = 3
"""Questions named that would make a role's place surer."""

MOST_OTHER_ANSWERS = 3
"""Answers named whose change would move a role most."""

SLIGHTEST_CHANGE = 0.5
"""Decibans: an answer that changes a role's evidence by less, and not its place, is not worth telling."""

SLIGHTEST_REDUCTION = 0.01
"""Questions that are expected to shrink the uncertainty by less than this share are not worth asking for it."""

MIDDLE = (0.1, 0.9)
"""Quantiles of the posterior draws between which a role's place is told."""


def explain(instrument: Instrument, result: Result, role_id: str, language: str) -> Explanation:
    """Return why a role of a result stands where it does.

    Args:
        instrument: The catalogue that the result was made with.
        result: The result.
        role_id: The role.
        language: The language of the texts, one of the catalogue's.

    Raises:
        KeyError: The role is not in the result.
    """
    requirements, catalogue = instrument.requirements, instrument.catalogue
    ranked = ranked_role(result, role_id)
    role = requirements.roles.index(role_id)
    belief = instrument.believe(result.answers)
    return Explanation(
        result=result.id,
        language=language,
        catalogue=result.catalogue,
        ranked=msgspec.structs.replace(
            ranked,
            title=catalogue.roles[role].title[language],
            signals=_signals(catalogue.roles[role], ranked, language),
        ),
        roles=len(result.ranking),
        places=_places(instrument, belief, role),
        moves=_moves(instrument, belief, role, ranked.rank),
        other_answers=_other_answers(instrument, result.answers, belief, role),
        questions=questions(
            instrument, result.answers, belief, whatif.role_direction(requirements, belief, role), MOST_QUESTIONS
        ),
    )


def ranked_role(result: Result, role_id: str) -> RankedRole:
    """Return the entry of a role in a result's ranking; raises KeyError."""
    for ranked in result.ranking:
        if ranked.role == role_id:
            return ranked
    raise KeyError(role_id)


def questions(
    instrument: Instrument, answers: Answers, belief: Belief, direction: Floats, most: int
) -> tuple[Question, ...]:
    """Return the unanswered questions that shrink the uncertainty along a direction most, the best first."""
    reductions = whatif.narrowing(instrument.bank, belief, direction)
    reductions[[instrument.bank.item_index[item] for item, _response in answers.given()]] = 0.0
    return tuple(
        Question(item=instrument.catalogue.items[place].id, reduction=float(reductions[place]))
        for place in np.argsort(-reductions, kind="stable")[:most]
        if reductions[place] >= SLIGHTEST_REDUCTION
    )


def _signals(role: Role, ranked: RankedRole, language: str) -> tuple[SignalResult, ...]:
    """Return a role's signals with their texts in another language; a result is told in the language of its day."""
    return tuple(
        msgspec.structs.replace(result, text=signal.text[language])
        for result, signal in zip(ranked.signals, role.fit + role.unfit, strict=True)
    )


def _places(instrument: Instrument, belief: Belief, role: int) -> tuple[int, int]:
    draws = posterior_draws(belief, np.random.default_rng(SEED))
    drawn = whatif.places(evidence(instrument.requirements, draws, 0.0))[:, role]
    best, worst = np.quantile(drawn, MIDDLE, method="nearest")
    return int(best), int(worst)


def _moves(instrument: Instrument, belief: Belief, role: int, rank: int) -> tuple[TraitMove, ...]:
    """Return the smallest moves up, into the first three and down, without those that are the same as another."""
    aims: list[tuple[Aim, Callable[[Integers], Booleans]]] = []
    if rank > 1:
        aims.append(("up", lambda place: place < rank))
    if rank > 4:
        aims.append(("top3", lambda place: place <= 3))
    if rank < len(instrument.requirements.roles):
        aims.append(("down", lambda place: place > rank))
    now = whatif.places(evidence(instrument.requirements, belief.mean[0], belief.variance[0]))
    found = []
    for aim, wanted in aims:
        move = whatif.smallest_move(instrument.requirements, belief, role, wanted)
        if move is not None:
            was_above, is_above = now < now[role], move.places < move.places[role]
            passed = np.flatnonzero(is_above & ~was_above if aim == "down" else was_above & ~is_above)
            found.append(
                TraitMove(
                    aim=aim,
                    trait=instrument.catalogue.traits[move.trait].id,
                    change=move.change,
                    rank=int(move.places[role]),
                    passes=tuple(instrument.requirements.roles[other] for other in passed[np.argsort(now[passed])]),
                )
            )
    return tuple(found)


def _other_answers(instrument: Instrument, answers: Answers, belief: Belief, role: int) -> tuple[OtherAnswer, ...]:
    """Return the answers whose change by one category moves the role most: places first, then evidence.

    Of the two changes of an answer the stronger one counts.
    """
    requirements = instrument.requirements
    _, responses = instrument.responses(answers)
    items = list(answers.responses)
    expected = evidence(requirements, belief.mean[0], belief.variance[0])
    rank = int(whatif.places(expected)[role])
    strongest: dict[str, OtherAnswer] = {}
    found = [
        OtherAnswer(
            item=items[other.row],
            response=int(responses[0, other.row]),
            instead=other.category,
            rank=int(whatif.places(other.evidence)[role]),
            evidence=float(other.evidence[role] - expected[role]) * DECIBANS,
        )
        for other in whatif.other_answers(requirements, instrument.bank, belief, responses, role)
    ]
    for other in sorted(found, key=lambda other: (-abs(other.rank - rank), -abs(other.evidence))):
        if other.rank != rank or abs(other.evidence) >= SLIGHTEST_CHANGE:
            strongest.setdefault(other.item, other)
    return tuple(strongest.values())[:MOST_OTHER_ANSWERS]
