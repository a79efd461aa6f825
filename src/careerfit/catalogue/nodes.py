"""Plain data that remembers where in its file it stands, and spots in it that problems can point at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from careerfit.errors import Message, Problem

BROKEN: Any = type("Broken", (), {"__repr__": lambda _: "BROKEN", "__slots__": ()})()
"""Value of a node that was refused while parsing; whoever meets it says nothing more about it."""


_COLUMN_BITS = 24
"""Room for the column in a place; a file has fewer characters than that can count."""


class Node(msgspec.Struct, gc=False):
    """A value with the place where it begins, and where its key begins if it stands in a mapping.

    `value` is a dict of nodes by key, a list of nodes, or a scalar. There are hundreds of thousands in a large file:
    places are single numbers from `place_of`, and nodes hold no circles that a garbage collector would look for.
    """

    value: Any
    place: int
    key_place: int = 0

    @property
    def line(self) -> int:
        """The line, from 1, on which the value begins."""
        return line_and_column(self.place)[0]

    def plain(self) -> Any:
        """Return the value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def place_of(line: int, column: int) -> int:
    """Return a line and a column, from 1 and in characters, as one number that is ordered as they are."""
    return line << _COLUMN_BITS | column


def line_and_column(place: int) -> tuple[int, int]:
    """Return what `place_of` was given."""
    return place >> _COLUMN_BITS, place & (1 << _COLUMN_BITS) - 1


class Spot(msgspec.Struct, gc=False):
    """A node together with its file and the step that leads to it: a key or an index in what stands above."""

    file: str
    node: Node
    step: str | int = ""
    above: Spot | None = None

    @property
    def path(self) -> str:
        """The place in the data, as in ``roles[3].fit[0].trait``."""
        return self.step_path(self.step, self.above)

    @property
    def text(self) -> str | None:
        """The text that stands here, or None if it is anything else."""
        return self.node.value if isinstance(self.node.value, str) else None

    @property
    def number(self) -> float | None:
        """The number that stands here, or None if it is anything else."""
        value = self.node.value
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    @property
    def is_broken(self) -> bool:
        """Whether a problem was already reported about this value as a whole."""
        return self.node.value is BROKEN

    def get(self, key: str) -> Spot | None:
        """Return the value under a key, or None if this is no mapping or has no such key."""
        value = self.node.value
        return Spot(self.file, value[key], key, self) if isinstance(value, dict) and key in value else None

    def element(self, index: int) -> Spot | None:
        """Return one element of a list, or None if this is no list or is shorter."""
        value = self.node.value
        return Spot(self.file, value[index], index, self) if isinstance(value, list) and index < len(value) else None

    def entries(self) -> Iterator[tuple[str, Spot]]:
        """Yield the keys and values of a mapping; nothing if this is none."""
        if isinstance(self.node.value, dict):
            for key, node in self.node.value.items():
                yield key, Spot(self.file, node, key, self)

    def elements(self, key: str | None = None) -> Iterator[Spot]:
        """Yield the elements of this list (or of the list under `key`); nothing if there is no list."""
        spot = self if key is None else self.get(key)
        if spot is not None and isinstance(spot.node.value, list):
            for index, node in enumerate(spot.node.value):
                yield Spot(self.file, node, index, spot)

    def problem(self, code: str, text: Message, hint: Message | None = None) -> Problem:
        """Return a Problem that points at the beginning of this value."""
        return self._problem(self.node.place, self.path, code, text, hint)

    def key_problem(self, key: str, code: str, text: Message, hint: Message | None = None) -> Problem:
        """Return a Problem that points at a key of this mapping."""
        return self._problem(self.node.value[key].key_place, self.step_path(key, self), code, text, hint)

    def _problem(self, place: int, path: str, code: str, text: Message, hint: Message | None) -> Problem:
        line, column = line_and_column(place)
        return Problem(code=code, file=self.file, line=line, column=column, path=path, message=text, hint=hint)

    @staticmethod
    def step_path(step: str | int, above: Spot | None) -> str:
        """Return the path of a step below another place."""
        before = above.path if above else ""
        if isinstance(step, int):
            return f"{before}[{step}]"
        return f"{before}.{step}" if before else step


@dataclass(frozen=True, slots=True)
class Positions:
    """Where everything in a catalogue's files stands; an empty one knows the files and no lines.

    `roots` holds the whole of each file by its name, `folder` is what problems put before that name.
    """

    roots: Mapping[str, Spot] = field(default_factory=dict)
    folder: str = ""

    def file(self, name: str) -> str:
        """Return how a problem names a file of the catalogue."""
        return str(Path(self.folder, name))

    def weakness(self, code: str, text: Message, name: str, *steps: str | int, hint: Message | None = None) -> Problem:
        """Return a warning about the deepest known place along the steps into a file.

        Args:
            code: Stable code of the warning.
            text: What is weak.
            name: Name of the file, as in ``"roles.yaml"``.
            steps: Keys and indices from its root, as in ``"roles", 3, "fit"``.
            hint: What to do about it.
        """
        spot = self.roots.get(name)
        if spot is None:
            problem = Problem(code=code, file=name, line=0, column=0, path="", message=text, hint=hint)
        else:
            for step in steps:
                deeper = spot.get(step) if isinstance(step, str) else spot.element(step)
                if deeper is None:
                    break
                spot = deeper
            problem = spot.problem(code, text, hint)
        return problem._replace(file=self.file(name), severity="warning")
