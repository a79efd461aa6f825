"""Small catalogues, instruments and simulated respondents, built in code for the tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray

from careerfit.engine.belief import MISSING, Bank, Belief, compile_bank, estimate
from careerfit.engine.instrument import Instrument
from careerfit.model import (
    Answers,
    Catalogue,
    Conditions,
    Family,
    Item,
    Pair,
    Readiness,
    Role,
    Side,
    Signal,
    Source,
    Statement,
    Text,
    Trait,
)

Array = NDArray[Any]

properties = settings(derandomize=True, database=None, deadline=None, max_examples=60)
"""For property tests: the same examples at every run, and no clock."""


def text(words: str) -> Text:
    return {"id": f"{words} (id)", "en": words}


def trait(name: str, **correlates: float) -> Trait:
    return Trait(
        id=name, name=text(name.title()), low=text(f"low {name}"), high=text(f"high {name}"), correlates=correlates
    )


def statement(name: str, about: str, **fields: Any) -> Statement:
    return Statement(id=name, text=text(name), trait=about, **fields)


def pair(name: str, left: str | Mapping[str, float], right: str | Mapping[str, float], **fields: Any) -> Pair:
    return Pair(id=name, left=_side(left), right=_side(right), **fields)


def _side(about: str | Mapping[str, float]) -> Side:
    if isinstance(about, str):
        return Side(text=text(about), trait=about)
    return Side(text=text("mixed"), traits=dict(about))


def signal(about: str, **fields: Any) -> Signal:
    return Signal(trait=about, text=text(f"{about} signal"), source="editors", **fields)


def role(name: str, fit: Sequence[Signal] = (), unfit: Sequence[Signal] = (), **fields: Any) -> Role:
    defaults = {
        "title": text(name.title()),
        "family": "all",
        "summary": text(name),
        "tasks": (),
        "conditions": Conditions(overtime="never", on_call="never", travel="never", shifts="never", place="office"),
        "readiness": Readiness(education="secondary", years_experience=0, people_led=0),
    }
    return Role(id=name, fit=tuple(fit), unfit=tuple(unfit), **{**defaults, **fields})


def catalogue(traits: Sequence[Trait], items: Sequence[Item], roles: Sequence[Role] = ()) -> Catalogue:
    return Catalogue(
        name="small",
        hash="sha256:0",
        languages=("id", "en"),
        sources=(Source(id="editors", kind="editorial", title=text("Editors")),),
        families=(Family(id="all", title=text("All")),),
        traits=tuple(traits),
        items=tuple(items),
        roles=tuple(roles),
    )


def bank(traits: Sequence[Trait], items: Sequence[Item]) -> Bank:
    return compile_bank(catalogue(traits, items))


def believe(bank: Bank, responses: Mapping[str, int | None]) -> Belief:
    """Return the belief of one respondent from {item id: category or None}."""
    rows = [bank.item_index[item] for item in responses]
    categories = [MISSING if response is None else response for response in responses.values()]
    return estimate(bank, np.array([rows], dtype=np.int64), np.array([categories], dtype=np.int64))


def belief_at(mean: Sequence[float] | Array, covariance: Sequence[Sequence[float]] | Array) -> Belief:
    """Return a belief of one respondent with this mean and covariance, and no responses behind it."""
    nothing = np.zeros((1, 0))
    return Belief(
        mean=np.array([mean], dtype=float),
        covariance=np.array([covariance], dtype=float),
        items=np.zeros((1, 0), dtype=np.int64),
        precision=nothing,
        shift=nothing,
        log_predictive=nothing,
    )


LEADING, ORDERLY, HANDY, SOCIABLE = TRAITS = ("leading", "orderly", "handy", "sociable")


def neighbours() -> Catalogue:
    """Return four traits, 32 items of both kinds and five roles that lie near each other."""
    traits = [trait(LEADING), trait(ORDERLY), trait(HANDY, orderly=0.3), trait(SOCIABLE, leading=0.4)]
    items: list[Item] = []
    for number, about in enumerate(TRAITS):
        items += [
            statement(
                f"{about}-{copy}",
                about,
                keyed="negative" if copy % 3 == 2 else "positive",
                discrimination=0.8 + 0.1 * copy + 0.03 * number,
            )
            for copy in range(6)
        ]
        following = TRAITS[(number + 1) % 4]
        items.append(pair(f"{about}-or-{following}", about, following, discrimination=1.1))
        opposite = TRAITS[(number + 2) % 4]
        items.append(pair(f"{about}-mixed", {about: 0.6, following: 0.8}, {opposite: 1.0}, discrimination=1.3))
    roles = [
        role(
            "head",
            fit=[signal(LEADING, at_least=4), signal(SOCIABLE, at_least=3, weight=0.5)],
            unfit=[signal(HANDY, at_least=5, weight=0.7)],
            conditions=Conditions(
                overtime="often", on_call="sometimes", travel="sometimes", shifts="never", place="plant"
            ),
            readiness=Readiness(education="bachelor", years_experience=5, people_led=20),
        ),
        role(
            "planner",
            fit=[signal(ORDERLY, at_least=4), signal(LEADING, between=(2, 4))],
            unfit=[signal(SOCIABLE, at_least=5, weight=0.5)],
        ),
        role(
            "technician",
            fit=[signal(HANDY, at_least=4), signal(ORDERLY, at_least=3)],
            unfit=[signal(LEADING, at_least=4)],
        ),
        role(
            "clerk",
            fit=[signal(ORDERLY, at_least=4, weight=1.5), signal(LEADING, at_most=2)],
            unfit=[signal(HANDY, at_least=4, weight=0.5)],
        ),
        role(
            "host",
            fit=[signal(SOCIABLE, at_least=4), signal(ORDERLY, between=(2.5, 4))],
            unfit=[signal(SOCIABLE, at_most=2), signal(HANDY, at_least=4)],
        ),
    ]
    return catalogue(traits, items, roles)


def instrument() -> Instrument:
    return Instrument.of(neighbours())


def answer_like(items: Sequence[Item], theta: Mapping[str, float], rng: np.random.Generator) -> dict[str, int]:
    """Return what a person at theta answers: the noisy position along each item, sorted into its categories."""
    responses = {}
    for item in items:
        weights = item.weights
        length = sum(weight**2 for weight in weights.values()) ** 0.5
        along = sum(weight * theta.get(about, 0.0) for about, weight in weights.items()) / length
        noisy = along + rng.standard_normal() / item.discrimination
        responses[item.id] = sum(noisy > threshold for threshold in item.thresholds)
    return responses


def answers(responses: Mapping[str, int | None], **fields: Any) -> Answers:
    return Answers(responses=dict(responses), **fields)
