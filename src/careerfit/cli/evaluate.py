"""`careerfit catalogue evaluate`: what a catalogue can tell apart, tried on simulated people."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from careerfit import __version__
from careerfit.catalogue.balance import check_balance
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.evaluated import Evaluation
from careerfit.catalogue.nodes import Positions
from careerfit.cli import output
from careerfit.cli.reading import reading_language
from careerfit.cli.which import authors_folder
from careerfit.language import _, say

if TYPE_CHECKING:
    from careerfit.engine.appraisal import Appraisal, Bin, Hit
    from careerfit.engine.appraise import NoiseLevel, Step
    from careerfit.model import Catalogue
    from careerfit.terminal.evaluation_view import Settings


def evaluate_folder(folder: Path | None, people: int, seed: int, noise: NoiseLevel, as_json: bool) -> None:
    """Write the evaluation of a catalogue, as blocks or as one document; progress goes to standard error."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes
    catalogue = open_catalogue(authors_folder(folder)).catalogue()
    spoken = reading_language(catalogue.languages)

    import numpy as np

    from careerfit.engine.appraise import NOISE, appraise
    from careerfit.engine.instrument import Instrument
    from careerfit.session import DEFAULT_MAX_ITEMS
    from careerfit.terminal.evaluation_view import Settings, evaluation_blocks

    settings = Settings(seed, noise, DEFAULT_MAX_ITEMS)
    rng = np.random.default_rng(seed)
    appraisal = appraise(Instrument.of(catalogue), people, NOISE[noise], settings.limit, rng, _tell)
    if as_json:
        output.write_document(evaluation_document(appraisal, catalogue, settings, spoken))
        return
    unbalanced = [say(problem.message) for problem in check_balance(catalogue, Positions())]
    output.write_blocks(evaluation_blocks(appraisal, catalogue, settings, spoken, unbalanced))


def evaluation_document(appraisal: Appraisal, catalogue: Catalogue, settings: Settings, spoken: str) -> Evaluation:
    """Return the document ``careerfit/evaluation/1``: shares are 0-1, evidence is in decibans, names are ids.

    `first_places`, and the `figure` of favourites and of roles never first, are multiples of the equal share; `moves`
    is a multiple of the average trait's.
    """
    from careerfit.engine.advice import advise, undecided
    from careerfit.engine.fit import DECIBANS
    from careerfit.terminal.advice_view import advice_text

    roles = [role.id for role in catalogue.roles]
    traits = [trait.id for trait in catalogue.traits]
    items = [item.id for item in catalogue.items]

    def hit(one: Hit) -> dict[str, float]:
        error = one.regret_standard_error * DECIBANS
        return {
            "first": one.first,
            "top3": one.top3,
            "regret": one.regret * DECIBANS,
            "regret_standard_error": error,
        }

    document = {
        "program": f"careerfit {__version__}",
        "language": spoken,
        "catalogue": {"name": catalogue.name, "hash": catalogue.hash},
        "people": appraisal.people,
        "people_in_general": appraisal.general,
        "people_theta_known": appraisal.theta_known,
        "seed": settings.seed,
        "noise": settings.noise,
        "discriminations": list(appraisal.discriminations),
        "standard_items": appraisal.standard,
        "right_role": {
            "people": appraisal.people,
            "by_items": [{"items": k, **hit(one)} for k, one in appraisal.hits.items()],
            "all_items": hit(appraisal.full),
            "theta_known": hit(appraisal.known),
        },
        "two_takes": {"people": appraisal.people, **appraisal.takes._asdict()},
        "length": {
            "people": appraisal.people,
            "lower_quartile": appraisal.length.lower,
            "median": appraisal.length.median,
            "upper_quartile": appraisal.length.upper,
            "ended_before_limit": appraisal.length.ended,
            "limit": settings.limit,
        },
        "confidence": {
            "population": _bins(appraisal.confidence),
            "drawn_for_a_role": _bins(appraisal.confidence_drawn),
        },
        "roles": [
            {
                "role": role,
                "people": one.people,
                "first": one.hit,
                "first_places": one.share,
                "first_places_theta_known": one.share_known,
                "spread": one.spread * DECIBANS,
                "spread_standard_error": one.spread_standard_error * DECIBANS,
                "hardest_neighbour": None if one.neighbour is None else roles[one.neighbour],
            }
            for role, one in zip(roles, appraisal.roles, strict=True)
        ],
        "pairs": [
            {
                "roles": [roles[pair.role], roles[pair.neighbour]],
                "people": pair.people,
                "told_apart": pair.separated,
                "people_theta_known": pair.known_people,
                "told_apart_theta_known": pair.known,
                "trait": None if pair.trait is None else traits[pair.trait],
                "difference": pair.difference * DECIBANS,
                "unknown": pair.unknown,
            }
            for pair in appraisal.pairs
        ],
        "traits": [{"trait": trait, **one._asdict()} for trait, one in zip(traits, appraisal.traits, strict=True)],
        "items": [{"item": item, **one._asdict()} for item, one in zip(items, appraisal.items, strict=True)],
        "next": [
            {
                "code": one.code,
                "roles": [roles[index] for index in one.roles],
                "traits": [traits[index] for index in one.traits],
                "items": [items[index] for index in one.items],
                "figure": one.figure,
                "text": advice_text(one, catalogue, spoken),
            }
            for one in advise(appraisal)
        ],
        "undecided": undecided(appraisal),
        "unbalanced": [
            {"code": problem.code, "text": say(problem.message)} for problem in check_balance(catalogue, Positions())
        ],
    }
    return msgspec.convert(_rounded(document), Evaluation)


def _bins(bins: tuple[Bin, ...]) -> list[dict[str, Any]]:
    width = 1.0 / len(bins)
    return [{"from": place * width, "to": (place + 1) * width, **one._asdict()} for place, one in enumerate(bins)]


def _rounded(value: Any) -> Any:
    """Return plain data with every fraction to four digits: the fifth is noise of the simulation."""
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def _tell(step: Step) -> None:
    told = {
        "first take": _("1 of 5: people drawn for the roles take the quiz"),
        "second take": _("2 of 5: the same people take it again"),
        "pairs": _("3 of 5: new people, to count the pairs that are hard to tell apart"),
        "population": _("4 of 5: people in general take it"),
        "whole bank": _("5 of 5: every question is answered"),
    }
    output.note(told[step])
