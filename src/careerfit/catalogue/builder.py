"""YAML events to nodes, within limits.

Anchors, aliases, tags, merge keys, keys that are not texts, equal keys, words that mean different things to different
programs and forbidden characters are reported, and building goes on; passing a limit ends it.
"""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

from careerfit.catalogue.characters import clean_text, forbidden_in_text, has_stacked_marks, named
from careerfit.catalogue.files import MAX_TOTAL_BYTES
from careerfit.catalogue.findings import Findings, shown
from careerfit.catalogue.nodes import BROKEN, Node, line_and_column, place_of
from careerfit.errors import Message, Problem, message

MAX_DEPTH = 16
MAX_VALUES = 350_000
"""Values, keys among them, that the files of a catalogue may hold together: what keeps reading them below 100 MB of
memory and two seconds. A thousand full roles hold 290,000."""

MAX_SCALAR = 20_000

_MAX_NUMBER = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_AMBIGUOUS = re.compile(r"(?i:y|n|yes|no|on|off)")


class Fatal(Exception):
    """A limit was passed: the rest of the file is not looked at."""


class Allowance:
    """What files that are read together may still hold between them."""

    def __init__(self) -> None:
        self.bytes = MAX_TOTAL_BYTES
        self.values = MAX_VALUES


class Builder:
    """Builds nodes from events, iteratively, and watches the limits."""

    def __init__(self, file: str, findings: Findings, allowance: Allowance) -> None:
        self.file = file
        self.findings = findings
        self.allowance = allowance
        self.documents = 0
        # the same few keys stand in a file ten thousands of times; one object of each is kept
        self.keys: dict[str, str] = {}

    def document(self, source: bytes) -> Node:
        """Return the root node of the only document."""
        root: Node | None = None
        stack: list[_Open] = []
        for event in yaml.parse(source, Loader=_LOADER):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node = self.scalar(event)
            elif kind in (yaml.SequenceStartEvent, yaml.MappingStartEvent):
                stack.append(_Open(self.collection(event, depth=len(stack) + 1)))
                continue
            elif kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
                node = stack.pop().node
            elif kind is yaml.AliasEvent:
                node = self.alias(event)
            else:
                if kind is yaml.DocumentStartEvent:
                    self.documents += 1
                    if self.documents > 1:
                        raise self.fatal(event, "second-document", message("Only one document may stand in a file."))
                continue
            if stack:
                self.put(stack[-1], node)
            else:
                root = node
        if root is None:
            self.problem(place_of(1, 1), "file-empty", message("There is nothing in this file."))
            raise Fatal
        return root

    def put(self, parent: _Open, node: Node) -> None:
        """Add a finished node to the list or mapping that it stands in."""
        container = parent.node
        if isinstance(container.value, list):
            container.value.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self.put_entry(container, key, node)

    def put_entry(self, container: Node, key: Node, node: Node) -> None:
        """Add an entry to a mapping; the first of two equal keys stays."""
        name, entries = key.value, container.value
        if name is BROKEN:
            return
        if not isinstance(name, str):
            text, hint = message("A key has to be a text."), None
            if not isinstance(name, (dict, list)):
                hint = message("Put it in quotes: {quoted}", quoted=f'"{shown(name)}"')
            self.problem(key.place, "key-not-text", text, hint)
        elif name in entries:
            first, _ = line_and_column(entries[name].key_place)
            text = message('The key "{key}" stands here twice; first on line {line}.', key=shown(name), line=first)
            self.problem(key.place, "duplicate-key", text)
        else:
            entries[self.keys.setdefault(name, name)] = node
            node.key_place = key.place

    def collection(self, event: Any, depth: int) -> Node:
        """Return an empty list or mapping."""
        self.guard(event)
        if depth > MAX_DEPTH:
            text = message("Values may stand in each other {limit} deep at most.", limit=MAX_DEPTH)
            raise self.fatal(event, "too-deep", text)
        self.refuse_marks(event)
        return Node({} if isinstance(event, yaml.MappingStartEvent) else [], _start(event))

    def scalar(self, event: Any) -> Node:
        """Return the node of a text, number, true, false or null."""
        self.guard(event)
        node = Node(event.value, _start(event))
        if len(node.value) > MAX_SCALAR:
            text = message("A text may have {limit} characters at most.", limit=MAX_SCALAR)
            raise self.fatal(event, "text-too-long", text)
        if event.anchor is not None or event.tag is not None:
            self.refuse_marks(event)
            node.value = BROKEN
        elif event.implicit[0]:
            self.resolve(node)
        # what stands in the file as it is was looked at before; only escapes can bring in more
        if isinstance(node.value, str) and (event.style == '"' or not node.value.isascii()):
            self.refuse_characters(node)
        return node

    def alias(self, event: Any) -> Node:
        """Return a broken node: an alias is never followed."""
        self.guard(event)
        place = _start(event)
        text = message("Aliases (*{name}) are not supported; write the value out.", name=shown(event.anchor))
        self.problem(place, "alias", text)
        return Node(BROKEN, place)

    def resolve(self, node: Node) -> None:
        """Give a scalar without quotes its meaning."""
        value = node.value
        if value in _WORDS:
            node.value = _WORDS[value]
        elif value == "<<":
            self.problem(node.place, "merge-key", message("Merge keys (<<) are not supported."))
            node.value = BROKEN
        elif len(value) <= 3 and _AMBIGUOUS.fullmatch(value):
            text = message(
                '"{value}" without quotes means true or false to some programs and a text to others.', value=value
            )
            self.problem(node.place, "quotes-needed", text, _quote(value))
        elif value[0] in "-0123456789" and (match := _NUMBER.fullmatch(value)):
            is_whole = match[1] is None and match[2] is None
            number = (int(value) if is_whole else float(value)) if len(value) <= _MAX_NUMBER else math.inf
            if math.isinf(number):
                self.problem(node.place, "number-too-large", message("This number is too large or too long."))
            node.value = BROKEN if math.isinf(number) else number

    def refuse_characters(self, node: Node) -> None:
        """Report what may not stand in a text, and replace it so that nothing later shows it."""
        for character in forbidden_in_text(node.value):
            self.problem(node.place, "forbidden-character", forbidden(character))
            node.value = clean_text(node.value)
        if has_stacked_marks(node.value):
            text = message("More than four accents on one letter are not allowed in a text.")
            self.problem(node.place, "stacked-marks", text)
            node.value = BROKEN

    def refuse_marks(self, event: Any) -> None:
        """Report an anchor or a tag."""
        if event.anchor is not None:
            text = message("Anchors (&{name}) are not supported.", name=shown(event.anchor))
            self.problem(_start(event), "anchor", text)
        if event.tag is not None:
            text = message("Tags ({name}) are not supported.", name=shown(event.tag))
            self.problem(_start(event), "tag", text)

    def guard(self, event: Any) -> None:
        """Count a value."""
        self.allowance.values -= 1
        if self.allowance.values < 0:
            text = message("The files of a catalogue may hold at most {limit} values together.", limit=MAX_VALUES)
            raise self.fatal(event, "too-many-values", text)

    def fatal(self, event: Any, code: str, text: Message) -> Fatal:
        """Report a problem that ends the file, and return what to raise."""
        self.problem(_start(event), code, text)
        return Fatal()

    def problem(self, place: int, code: str, text: Message, hint: Message | None = None) -> None:
        """Report a problem at a place."""
        self.findings.add(problem_at(self.file, place, code, text, hint))


class _Open:
    """A list or mapping that has begun, and the key that waits for its value."""

    __slots__ = ("key", "node")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.key: Node | None = None


def _start(event: Any) -> int:
    mark = event.start_mark
    return place_of(mark.line + 1, mark.column + 1)


def problem_at(file: str, place: int, code: str, text: Message, hint: Message | None = None) -> Problem:
    """Return a problem of a place that has no path yet."""
    line, column = line_and_column(place)
    return Problem(code=code, file=file, line=line, column=column, path="", message=text, hint=hint)


def forbidden(character: str) -> Message:
    """Return what is said about a character that no text may hold."""
    return message(
        "The character {name} is not allowed: it is invisible, reorders text or steers a terminal.",
        name=named(character),
    )


def _quote(value: str) -> Message:
    return message("Put it in quotes: {quoted}", quoted=f'"{value}"')
