"""YAML written by strangers: bytes to plain data with positions, or Problems.

The parser only delivers events; the data is built here, so nothing is executed, expanded or guessed. Read as YAML 1.2:
numbers look as in JSON, `true`, `false` and `null` are themselves, and everything else is text.
"""

from __future__ import annotations

import re

import yaml

from careerfit.catalogue.builder import Allowance, Builder, Fatal, forbidden, problem_at
from careerfit.catalogue.characters import clean_file, forbidden_in_file, named
from careerfit.catalogue.files import MAX_BYTES, MAX_TOTAL_BYTES
from careerfit.catalogue.findings import Findings, shown
from careerfit.catalogue.lines import lines_of, places_in
from careerfit.catalogue.nodes import Node, line_and_column, place_of
from careerfit.errors import Message, Problem, message

_ABOVE = 4
"""Lines above a syntax error in which its cause is looked for."""

_ODD_INDENT = re.compile(r"[ ]*([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_OPEN_MARK = re.compile(r'[^"#]*: +"(?=(?:[^"\\]|\\.)*$)')

_DIRECTIVE = re.compile(r"(?:\A|[\r\n])%")


def parse_yaml(data: bytes, file: str, findings: Findings, allowance: Allowance | None = None) -> Node | None:
    """Return the one document of a file, or None if it cannot be read to its end.

    Args:
        data: The bytes of the file.
        file: Its name, for the problems.
        findings: Where problems go. A value that was refused by itself is `BROKEN` in the data returned.
        allowance: What may still be read; the whole of it when the file is read alone.

    Raises:
        Enough: The file has more problems than are kept.
    """
    allowance = allowance or Allowance()
    source = _decode(data, file, findings, allowance)
    if source is None:
        return None
    source = _without_forbidden(source, file, findings)
    directive = _DIRECTIVE.search(source)
    if directive is not None:
        # refused before parsing because libyaml compares each with all before it: 1.6 MB of them took 20 s
        text = message("A line cannot begin with %: directives are not supported.")
        findings.add(problem_at(file, places_in(source)(directive.end() - 1), "directive", text))
        return None
    # the text may take four times the bytes, and is not needed beside what is built from them
    data = source.encode()
    del source
    try:
        return Builder(file, findings, allowance).document(data)
    except Fatal:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = place_of(mark.line + 1, mark.column + 1) if mark else place_of(1, 1)
        findings.add(_slip(file, place, data) or _syntax_problem(file, place, error.problem or error.context or ""))
        return None
    except yaml.YAMLError as error:
        findings.add(_syntax_problem(file, place_of(1, 1), str(error)))
        return None


def _decode(data: bytes, file: str, findings: Findings, allowance: Allowance) -> str | None:
    """Return the text of a file, without a byte order mark."""
    allowance.bytes -= len(data)
    if len(data) > MAX_BYTES or allowance.bytes < 0:
        text = message("A file may have {limit} bytes at most.", limit=MAX_BYTES)
        if len(data) <= MAX_BYTES:
            text = message("The files of a catalogue may have at most {limit} bytes together.", limit=MAX_TOTAL_BYTES)
        findings.add(problem_at(file, place_of(1, 1), "file-too-large", text))
        return None
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = places_in(before)(len(before))
        text, hint = message("This is not UTF-8."), message("Save the file as UTF-8.")
        findings.add(problem_at(file, place, "not-utf8", text, hint))
        return None


def _without_forbidden(source: str, file: str, findings: Findings) -> str:
    """Report every forbidden character that stands in a file as it is, and return the text with them replaced."""
    places = None
    for offset, character in forbidden_in_file(source):
        places = places or places_in(source)
        findings.add(problem_at(file, places(offset), "forbidden-character", forbidden(character)))
    return clean_file(source) if places else source


def _slip(file: str, place: int, data: bytes) -> Problem | None:
    """Return what probably led to a syntax error at a place and cannot be seen there, or None.

    A blank that only looks like one in an indentation, or a quotation mark shortly above that is not closed.
    """
    last, _ = line_and_column(place)
    lines = lines_of(data, range(max(1, last - _ABOVE), last + 1))
    for number in sorted(lines, reverse=True):
        if odd := _ODD_INDENT.match(lines[number]):
            text = message("The blank {name} is not one to indent with.", name=named(odd[1]))
            hint = message("Type ordinary spaces in its place.")
            return problem_at(file, place_of(number, odd.end()), "syntax", text, hint)
    for number in sorted(lines):
        open_mark = _OPEN_MARK.match(lines[number])
        if open_mark is not None and number < last:
            text = message("This quotation mark is probably not closed.")
            hint = message('Write " where the text ends.')
            return problem_at(file, place_of(number, open_mark.end()), "syntax", text, hint)
    return None


def _syntax_problem(file: str, place: int, detail: str) -> Problem:
    """Return the problem of a file that is not YAML, with a hint for the usual reasons."""
    hint = None
    if "mapping values are not allowed" in detail or "did not find expected" in detail:
        hint = message('Put texts that hold ": ", "#" or quotes in double quotes, and check the indentation.')
    elif "cannot start any token" in detail or "tab" in detail:
        hint = message("Indent with spaces only, and put texts that begin with a special character in quotes.")
    text = message("This is not valid YAML: {detail}.", detail=_in_words(detail))
    return problem_at(file, place, "syntax", text, hint)


def _in_words(detail: str) -> Message:
    """Return what the parser complains of; a rare complaint in its own words, in quotes."""
    usual = {
        "mapping values are not allowed": message('there is a ": " where no key can be'),
        "did not find expected key": message("a key was expected here"),
        "did not find expected '-' indicator": message('a line of the list was expected here, beginning with "- "'),
        "could not find expected ':'": message('a ": " is missing after the key'),
        "cannot start any token": message("no text can begin with this character"),
        "unexpected end of stream": message("the file ends in the middle of something; is a quote or bracket open?"),
        "did not find expected ',' or": message("a comma or a closing bracket was expected here"),
    }
    found = (words for part, words in usual.items() if part in detail)
    return next(found, message("“{text}”", text=shown(detail, most=120)))
