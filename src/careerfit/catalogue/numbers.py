"""Numbers of signals, items and roles: each within its range, and together making sense."""

from __future__ import annotations

from careerfit.catalogue.findings import Findings, shown
from careerfit.catalogue.nodes import Spot
from careerfit.catalogue.walk import Walk
from careerfit.errors import message
from careerfit.model import HIGHEST_LEVEL, LOWEST_LEVEL, Pair, Readiness, Role, Statement

LEAST_DISCRIMINATION, MOST_DISCRIMINATION = 0.1, 4.0
MOST_WEIGHT = 10.0
FURTHEST_THRESHOLD = 10.0
MOST_YEARS, MOST_PEOPLE = 80, 1_000_000

MOST_SIGNALS = 100
"""Most signals of a role; a person can be told about a dozen."""

_LEVEL_KEYS = ("at_least", "at_most", "between")
_NEGLIGIBLE = 1e-9


def check_numbers(walk: Walk) -> None:
    """Report numbers that cannot be meant."""
    findings = walk.findings
    for role in walk.of(Role):
        signals = 0
        for kind in ("fit", "unfit"):
            for signal in role.elements(kind):
                signals += 1
                _check_signal(signal, kind, findings)
        if not signals and all(isinstance(_value(role, kind), list) for kind in ("fit", "unfit")):
            text = message("A role needs at least one signal under fit or unfit.")
            findings.add(role.problem("no-signal", text))
        if signals > MOST_SIGNALS:
            text = message(
                "A role may have {most} signals at most; this one has {count}.", most=MOST_SIGNALS, count=signals
            )
            findings.add(role.problem("too-many", text))
    for readiness in walk.of(Readiness):
        _check_range(readiness.get("years_experience"), 0, MOST_YEARS, "readiness-range", findings)
        _check_range(readiness.get("people_led"), 0, MOST_PEOPLE, "readiness-range", findings)
    for item in walk.of(Statement, Pair):
        discrimination = item.get("discrimination")
        _check_range(discrimination, LEAST_DISCRIMINATION, MOST_DISCRIMINATION, "discrimination-range", findings)
        _check_thresholds(item, findings)
    for pair in walk.of(Pair):
        _check_pair(pair, findings)


def _check_signal(signal: Spot, kind: str, findings: Findings) -> None:
    if not isinstance(signal.node.value, dict):
        return
    given = [key for key in _LEVEL_KEYS if _value(signal, key) is not None]
    if len(given) != 1:
        text = message("A signal has exactly one of at_least, at_most and between.")
        findings.add(signal.problem("signal-levels", text))
    if kind == "unfit" and "between" in given:
        text = message("An unfit signal has at_least or at_most; between is for fit signals.")
        findings.add(signal.key_problem("between", "unfit-between", text))
    for key in ("at_least", "at_most"):
        _check_range(signal.get(key), LOWEST_LEVEL, HIGHEST_LEVEL, "level-range", findings)
    between = list(signal.elements("between"))
    for level in between:
        _check_range(level, LOWEST_LEVEL, HIGHEST_LEVEL, "level-range", findings)
    levels = [level.number for level in between]
    if len(levels) == 2 and None not in levels and not levels[0] < levels[1]:  # type: ignore[operator]
        text = message("The first level of between has to be lower than the second.")
        findings.add(between[0].problem("between-order", text))
    weight = signal.get("weight")
    if weight is not None and weight.number is not None and not 0 < weight.number <= MOST_WEIGHT:
        text = message("A weight has to be more than 0 and at most {most}.", most=f"{MOST_WEIGHT:g}")
        findings.add(weight.problem("weight-range", text))


def _check_thresholds(item: Spot, findings: Findings) -> None:
    last: float | None = None
    for spot in item.elements("thresholds"):
        _check_range(spot, -FURTHEST_THRESHOLD, FURTHEST_THRESHOLD, "threshold-range", findings)
        if last is not None and spot.number is not None and spot.number <= last:
            findings.add(
                spot.problem("threshold-order", message("Each threshold has to be higher than the one before."))
            )
        last = spot.number


def _check_pair(pair: Spot, findings: Findings) -> None:
    sides = [side for side in (pair.get("left"), pair.get("right")) if side and isinstance(side.node.value, dict)]
    complete = [_check_side(side, findings) for side in sides]
    if len(sides) < 2 or not all(complete):
        return
    left, right = map(_weights, sides)
    if all(abs(right.get(trait, 0.0) - left.get(trait, 0.0)) < _NEGLIGIBLE for trait in {*left, *right}):
        text = message("The two sides speak for the same traits in the same way, so that no answer says anything.")
        findings.add(pair.problem("sides-cancel", text))


def _check_side(side: Spot, findings: Findings) -> bool:
    """Report what is wrong with one side; return whether its weights can be reckoned with."""
    trait, traits = _value(side, "trait"), _value(side, "traits")
    if (trait is not None) == bool(traits):
        findings.add(side.problem("side-traits", message("A side has exactly one of trait and traits.")))
        return False
    usable = True
    for _, weight in (side.get("traits") or side).entries() if traits else ():
        if weight.number is None:
            usable = False
        elif not 0 < abs(weight.number) <= MOST_WEIGHT:
            text = message("A weight has to be other than 0, from -{most} to {most}.", most=f"{MOST_WEIGHT:g}")
            findings.add(weight.problem("weight-range", text))
            usable = False
    return usable and (trait is None or isinstance(trait, str))


def _weights(side: Spot) -> dict[str, float]:
    traits = side.get("traits")
    weights = {key: spot.number or 0.0 for key, spot in traits.entries()} if traits else {}
    return weights or {str(_value(side, "trait")): 1.0}


def _check_range(spot: Spot | None, least: float, most: float, code: str, findings: Findings) -> None:
    if spot is None or spot.number is None or least <= spot.number <= most:
        return
    text = message(
        "{value} is out of range: {least} to {most}.",
        value=shown(spot.number),
        least=f"{least:.7g}",
        most=f"{most:.7g}",
    )
    findings.add(spot.problem(code, text))


def _value(spot: Spot, key: str) -> object:
    """Return the plain value or node list under a key, or None."""
    found = spot.get(key)
    return None if found is None else found.node.value
