"""What a quiz with the default settings tells the described people of tests/people.

    python bench/people.py [--catalogue DIR]

Prints, for the people whom the catalogue was revised with (`revision`), for those at hand when its weights were chosen
(`later`), and for those whose answers were not looked at before it was done (`blind`), how many have their work first
and among the first three, how many have it or a neighbour of it there, how often a role that should never appear is
among the first ten, and where the roles stand that unsuited people want.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: more threads are slower at these sizes

import numpy as np

from careerfit.catalogue.load import load_catalogue, shipped_folder
from careerfit.engine import fit
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers
from careerfit.session import Session

PEOPLE = Path(__file__).parent.parent / "tests" / "people" / "described"
TEN, THREE = 10, 3


class Person(NamedTuple):
    """A described person: the role they are suited for, or else want; what else would be right, and what never."""

    role: str
    suited: bool
    set: str
    neighbours: list[str]
    never: list[str]


class Outcomes(NamedTuple):
    """Counts over the suited people of a set, and the places of the roles that unsuited people want."""

    people: int
    first: int
    among_three: int
    neighbour_among_three: int
    never_roles: int
    never_among_ten: int
    unwanted_places: tuple[int, ...]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--catalogue", type=Path, default=shipped_folder())
    instrument = Instrument.of(load_catalogue(options.parse_args().catalogue))
    for name in ("revision", "later", "blind"):
        found = outcomes(instrument, name)
        print(f"{name}: {found.people} people suited for a role")
        print(f"  right role first             {found.first / found.people:6.1%}")
        print(f"  among the first three        {found.among_three / found.people:6.1%}")
        print(f"  it or a neighbour there      {found.neighbour_among_three / found.people:6.1%}")
        print(f"  never-roles in the first ten {found.never_among_ten / found.never_roles:6.1%} of {found.never_roles}")
        places = ", ".join(map(str, sorted(found.unwanted_places)))
        if places:
            print(f"  wanted by {len(found.unwanted_places)} unsuited people: at places {places}")


def outcomes(instrument: Instrument, name: str) -> Outcomes:
    """Return what a quiz tells the people of a set."""
    ranked = [(person, ranking(instrument, said)) for person, said in people() if person.set == name]
    suited = [(person, order) for person, order in ranked if person.suited]
    return Outcomes(
        people=len(suited),
        first=sum(order[0] == person.role for person, order in suited),
        among_three=sum(person.role in order[:THREE] for person, order in suited),
        neighbour_among_three=sum(
            not {person.role, *person.neighbours}.isdisjoint(order[:THREE]) for person, order in suited
        ),
        never_roles=sum(len(person.never) for person, _order in suited),
        never_among_ten=sum(len({*person.never} & {*order[:TEN]}) for person, order in suited),
        unwanted_places=tuple(order.index(person.role) + 1 for person, order in ranked if not person.suited),
    )


def ranking(instrument: Instrument, said: dict[str, int | None]) -> list[str]:
    """Return role ids from most evidence to least after a quiz."""
    *_asked, last = quiz(instrument, said)
    return order(last)


def quiz(instrument: Instrument, said: dict[str, int | None]) -> Iterator[Session]:
    """Yield a quiz at each of its questions and at its end; what the person was never asked is skipped."""
    session = Session(instrument, Answers())
    while (item := session.next_item) is not None:
        yield session
        session = session.answer(item.id, said.get(item.id))
    yield session


def order(session: Session) -> list[str]:
    """Return role ids from most evidence to least."""
    requirements, belief = session.instrument.requirements, session.belief
    evidence = fit.evidence(requirements, belief.mean[0], belief.variance[0])
    return [requirements.roles[role] for role in np.argsort(-evidence, kind="stable")]


def people() -> Iterator[tuple[Person, dict[str, int | None]]]:
    """Yield every described person with what they answered, by item id."""
    described = {code: Person(**one) for code, one in json.loads((PEOPLE / "people.json").read_text("utf-8")).items()}
    with (PEOPLE / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for code, person in described.items():
        yield person, {row["item"]: int(row[code]) if row[code] else None for row in rows}


if __name__ == "__main__":
    main()
