"""Bytes of an answers document to checked `Answers`, or every Problem in it.

JSON is read by the guarded YAML reader, so a sheet has positions and limits like a catalogue. It is a part of YAML but
for one thing: it may escape a character in two halves.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress

import msgspec

from careerfit.catalogue.findings import IDS_ALIKE, Enough, Findings, shown
from careerfit.catalogue.nodes import Spot
from careerfit.catalogue.numbers import MOST_PEOPLE, MOST_YEARS
from careerfit.catalogue.walk import Walk
from careerfit.catalogue.yamlsafe import parse_yaml
from careerfit.errors import InputRefused, Message, Problem, message
from careerfit.model import CATEGORIES, Answers, Catalogue

_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:["}]|$)')
"""How a document begins that is meant to be JSON."""

_ESCAPE = re.compile(rb"\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|.)", re.DOTALL | re.IGNORECASE)


def parse_answers(data: bytes, file: str, catalogue: Catalogue) -> Answers:
    """Return the answers in a document ``careerfit/answers/1``.

    Args:
        data: The bytes of the document.
        file: Its name, for the problems.
        catalogue: What the answers belong to.

    Raises:
        InputRefused: Something in it is wrong; carries every Problem found.
    """
    findings = Findings()
    node = None
    with suppress(Enough):
        node = parse_yaml(_ESCAPE.sub(_whole, data), file, findings)
        if node is None and _JSON.match(data) and not file.endswith((".yaml", ".yml")):
            findings.problems[:] = [_as_json(problem, data) for problem in findings.problems]
        if node is not None:
            _check(Spot(file, node), catalogue, findings)
    if node is None or findings.problems:
        problems = sorted(findings.problems, key=lambda problem: (problem.line, problem.column))
        raise InputRefused(message("The answers in {file} cannot be used.", file=file), problems)
    return msgspec.convert(node.plain(), Answers)


def _as_json(problem: Problem, data: bytes) -> Problem:
    """Return a syntax error of a document that is meant to be JSON in the terms of JSON."""
    if problem.code != "syntax":
        return problem
    try:
        json.loads(data.decode("utf-8-sig").rstrip())
    except json.JSONDecodeError as error:
        text = message("This is not valid JSON: {detail}.", detail=_in_words(error.msg))
        return problem._replace(line=error.lineno, column=error.colno, message=text, hint=None)
    except (ValueError, RecursionError):
        pass
    return problem


def _in_words(detail: str) -> Message:
    """Return what the reader of JSON complains of; a rare complaint in its own words, in quotes."""
    usual = {
        "delimiter": message("a comma or a closing bracket was expected here"),
        "property name": message("a key in double quotes was expected here"),
        "Expecting value": message("a value was expected here"),
        "Invalid control character": message("the quotation mark here is not closed"),
        "Unterminated string": message("the quotation mark here is not closed"),
        "Extra data": message("the sheet has ended before this"),
    }
    found = (words for part, words in usual.items() if part in detail)
    return next(found, message("“{text}”", text=detail))


def _whole(escape: re.Match[bytes]) -> bytes:
    """Return an escape as YAML has it: the two halves of a character as one."""
    if escape[1] is None:
        return escape[0]
    high, low = int(escape[1], 16), int(escape[2], 16)
    return b"\\U%08x" % (0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF))


def _check(root: Spot, catalogue: Catalogue, findings: Findings) -> None:
    Walk(findings).check(root, Answers)
    known = {item.id for item in catalogue.items}
    responses = root.get("responses")
    if responses is not None:
        given = [item_id for item_id, _ in responses.entries()]
        if given and known.isdisjoint(given):
            text = message("None of these items is in the catalogue {name}.", name=shown(catalogue.name))
            hint = message("Is the sheet for another one? Name its folder: --catalogue DIR")
            findings.add(responses.problem("other-catalogue", text, hint))
        else:
            _check_responses(responses, known, findings)
    for name, most in (("years_experience", MOST_YEARS), ("people_led", MOST_PEOPLE)):
        facts = root.get("facts")
        count = facts.get(name) if facts else None
        if count is not None and count.number is not None and not 0 <= count.number <= most:
            text = message("This has to be from {low} to {high}.", low=0, high=most)
            findings.add(count.problem("out-of-range", text))


def _check_responses(responses: Spot, known: set[str], findings: Findings) -> None:
    for item_id, response in responses.entries():
        if item_id not in known:
            text = message("The catalogue has no item {item}.", item=shown(item_id))
            hint = findings.did_you_mean(item_id, known, IDS_ALIKE)
            findings.add(responses.key_problem(item_id, "unknown-item", text, hint))
        elif response.number is not None and response.number not in range(CATEGORIES):
            text = message("A response is a whole number from 0 to 4, or null.")
            findings.add(response.problem("out-of-range", text))
