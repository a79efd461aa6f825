"""Whether the signals of a role make sense: levels that divide people, and no two that speak against each other."""

from __future__ import annotations

from collections.abc import Iterator

from careerfit.catalogue.nodes import Positions
from careerfit.errors import Message, Problem, message
from careerfit.model import HIGHEST_LEVEL, LOWEST_LEVEL, Role, Signal, SignalKind

NARROWEST = 0.5
"""Levels between which hardly anybody stands when they are closer than this."""

Asked = tuple[SignalKind, str, tuple[float, float], float]
"""What a signal asks, without its text: kind, trait, interval of theta, weight."""


def asked_of(role: Role) -> frozenset[Asked]:
    """Return what a role asks of people, whatever its texts say."""
    return frozenset((kind, signal.trait, signal.interval, signal.weight) for kind, _place, signal in _placed(role))


def check_signals(role: Role, index: int, positions: Positions) -> Iterator[Problem]:
    """Yield what is weak about the signals of the role at an index as warnings."""
    seen: list[tuple[SignalKind, Signal]] = []
    for kind, place, signal in _placed(role):
        level = next(key for key in ("at_least", "at_most", "between") if getattr(signal, key) is not None)
        found = [(level, *one) for one in _about_level(kind, signal)]
        found += [("trait", *one) for one in _about_others(kind, signal, seen)]
        seen.append((kind, signal))
        for key, code, text, hint in found:
            yield positions.weakness(code, text, "roles.yaml", "roles", index, kind, place, key, hint=hint)


def _placed(role: Role) -> Iterator[tuple[SignalKind, int, Signal]]:
    yield from (("fit", place, signal) for place, signal in enumerate(role.fit))
    yield from (("unfit", place, signal) for place, signal in enumerate(role.unfit))


def _about_level(kind: SignalKind, signal: Signal) -> Iterator[tuple[str, Message, Message]]:
    """Yield a level that everybody or nobody meets."""
    low, high = signal.between or (LOWEST_LEVEL, HIGHEST_LEVEL)
    whole = low <= LOWEST_LEVEL and high >= HIGHEST_LEVEL
    if whole and signal.at_least in (None, LOWEST_LEVEL) and signal.at_most in (None, HIGHEST_LEVEL):
        hint = message("Name a level that divides people; half of them stand above 3.")
        if kind == "fit":
            text = message('Everybody meets this level of "{trait}".', trait=signal.trait)
            yield "level-everybody", text, hint
        else:
            text = message('Nobody escapes this level of "{trait}".', trait=signal.trait)
            yield "level-nobody", text, hint
    elif signal.between is not None and high - low < NARROWEST:
        text = message('Hardly anybody stands between these levels of "{trait}".', trait=signal.trait)
        yield "level-nobody", text, message("Set them at least half a level apart.")


def _about_others(
    kind: SignalKind, signal: Signal, earlier: list[tuple[SignalKind, Signal]]
) -> Iterator[tuple[str, Message, Message]]:
    """Yield what earlier signals of the same trait say against a signal, or say already."""
    hint = message("Change one of the two levels, or leave one signal out.")
    for other_kind, other in earlier:
        if other.trait != signal.trait:
            continue
        (low, high), (other_low, other_high) = signal.interval, other.interval
        shared = min(high, other_high) - max(low, other_low)
        if other_kind != kind:
            # touching at one level is not enough
            if shared > 0:
                text = message('The same level of "{id}" is a fit and an unfit signal of this role.', id=signal.trait)
                yield "signals-contradict", text, hint
        elif signal.interval == other.interval:
            yield "signal-twice", message('This role asks the same of "{id}" twice.', id=signal.trait), hint
        elif kind == "fit" and shared < 0:
            text = message('Nobody meets both fit signals of this role on "{id}".', id=signal.trait)
            yield "signals-exclude", text, hint
