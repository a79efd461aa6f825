"""A walk over a file's data along the msgspec types of the model, gathering everything of the wrong form.

msgspec's own conversion stops at the first mistake and knows no positions. The walk also notes where each value of
the model stands, so that the checks after it need not look for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any, get_args

from msgspec import Struct, inspect

from careerfit.catalogue.findings import SURELY_ALIKE, Findings, did_you_mean, shown
from careerfit.catalogue.mending import (
    fill,
    meant_instead,
    mend,
    not_a_list,
    not_a_mapping,
    not_a_number,
    not_a_text,
    not_whole,
)
from careerfit.catalogue.nodes import Spot
from careerfit.errors import Message, message
from careerfit.model import Education, Frequency, Willingness

MOST_ENTRIES = 100
"""Most entries of a list inside a role, a trait or an item; the lists of roles, traits and items may be longer."""

_ORDERED = (Frequency, Education, Willingness)
"""Choices that have an order."""

_PLAIN_MAPS = {("Role", "codes")}
"""Fields from text to text that are not a text in several languages."""


class Walk:
    """What the walk over one file has come by."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.texts: list[Spot] = []
        """Each text in several languages."""
        self._structs: defaultdict[str, list[Spot]] = defaultdict(list)

    def of(self, *types: type[Struct]) -> list[Spot]:
        """Return the mappings that stand where values of these types have to stand."""
        return [spot for type_ in types for spot in self._structs[type_.__name__]]

    def check(self, spot: Spot, type_: Any) -> None:
        """Report whatever under a spot is not of the form of a type."""
        self._value(spot, _type_info(type_))

    def _value(self, spot: Spot, expected: inspect.Type, may_go: bool = False) -> None:
        """Walk a value; `may_go` says that its key may be left out."""
        if spot.is_broken:
            return
        if spot.node.value is None and not isinstance(expected, (inspect.UnionType, inspect.LiteralType)):
            self.findings.add(spot.problem("wrong-type", message("A value is missing here."), fill(expected, may_go)))
            return
        match expected:
            case inspect.StructType():
                self._struct(spot, expected)
            case inspect.UnionType():
                self._union(spot, expected)
            case inspect.VarTupleType(item_type=item_type):
                if self._is(spot, list, not_a_list):
                    for element in spot.elements():
                        self._value(element, item_type)
            case inspect.TupleType(item_types=item_types):
                self._tuple(spot, item_types)
            case inspect.DictType(value_type=value_type):
                if self._is(spot, dict, not_a_mapping):
                    for _, entry in spot.entries():
                        self._value(entry, value_type)
            case inspect.LiteralType(values=values):
                self._literal(spot, _in_order(map(str, values)))
            case inspect.StrType():
                self._is(spot, str, not_a_text)
            case inspect.IntType():
                self._is(spot, int, not_whole)
            case inspect.FloatType():
                self._is(spot, (int, float), not_a_number)
            case _:
                raise TypeError(expected)

    def _is(
        self,
        spot: Spot,
        kind: type | tuple[type, ...],
        otherwise: Callable[[object], Message],
        count: int | None = None,
    ) -> bool:
        """Report a value of another kind, with the usual way to mend it."""
        value = spot.node.value
        if isinstance(value, kind) and not isinstance(value, bool):
            return True
        self.findings.add(spot.problem("wrong-type", otherwise(value), mend(value, kind, count)))
        return False

    def _struct(self, spot: Spot, expected: inspect.StructType) -> None:
        name = expected.cls.__name__
        if not self._is(spot, dict, not_a_mapping):
            return
        self._structs[name].append(spot)
        fields = {field.encode_name: field for field in expected.fields}
        known = [*fields, *([expected.tag_field] if expected.tag_field else [])]
        meant = self._unknown_keys(spot, known)
        for key, entry in spot.entries():
            if key in fields:
                field = fields[key]
                if name != "RolesFile" and isinstance(entry.node.value, list) and self._is_too_long(entry):
                    continue
                if isinstance(field.type, inspect.DictType) and _is_text(name, key, field.type):
                    self.texts.append(entry)
                    if isinstance(entry.node.value, (str, int, float)):
                        self._without_language(entry)
                        continue
                self._value(entry, field.type, may_go=not field.required)
        for key, field in fields.items():
            if field.required and spot.get(key) is None and key not in meant:
                self._missing(spot, key)

    def _unknown_keys(self, spot: Spot, known: Collection[str]) -> set[str | None]:
        """Report keys that do not belong here, and return those that were perhaps meant.

        One that is hardly different from a key that does is read as that, so that what stands under it is looked at and
        nothing that refers to it is said to be wrong as well.
        """
        perhaps = set()
        for key, _ in list(spot.entries()):
            if key not in known:
                perhaps.add(self._unknown_key(spot, key, [other for other in known if spot.get(other) is None]))
        return perhaps

    def _unknown_key(self, spot: Spot, key: str, free: Collection[str]) -> str | None:
        """Report a key that does not belong here; return which of the free ones was perhaps meant."""
        meant = self.findings.close(key, free)
        hint = None if meant is None else did_you_mean(meant)
        text = message('"{key}" is not a key that belongs here.', key=shown(key))
        self.findings.add(spot.key_problem(key, "unknown-key", text, hint))
        if meant is not None and self.findings.close(key, [meant], SURELY_ALIKE) is not None:
            spot.node.value[meant] = spot.node.value.pop(key)
        return meant

    def _misspelt_tag(self, spot: Spot, tag: str, structs: Iterable[inspect.StructType]) -> None:
        """Read the key that is hardly different from the tag of some structs as that, and report it."""
        known = {field.encode_name for struct in structs for field in struct.fields}
        for key, _ in spot.entries():
            if key not in known and self.findings.close(key, [tag], SURELY_ALIKE) is not None:
                self._unknown_key(spot, key, [tag])
                return

    def _without_language(self, spot: Spot) -> None:
        """Report a text that does not say in which language it is."""
        hint = message('Write it below, as in: en: "…"')
        self.findings.add(spot.problem("wrong-type", message("A text has to stand under its language."), hint))

    def _is_too_long(self, spot: Spot) -> bool:
        """Report a list that nobody would read to its end."""
        count = len(spot.node.value)
        if count > MOST_ENTRIES:
            self.findings.add(spot.problem("too-many", too_many(MOST_ENTRIES, count)))
        return count > MOST_ENTRIES

    def _missing(self, spot: Spot, key: str) -> None:
        self.findings.add(spot.problem("missing-key", message('The key "{key}" is missing here.', key=key)))

    def _union(self, spot: Spot, expected: inspect.UnionType) -> None:
        """Walk the one type that is meant: anything or null, or structs told apart by their tag."""
        types = [type_ for type_ in expected.types if not isinstance(type_, inspect.NoneType)]
        if len(types) < len(expected.types) and spot.node.value is None:
            return
        if len(types) == 1:
            self._value(spot, types[0])
            return
        structs = {str(type_.tag): type_ for type_ in types if isinstance(type_, inspect.StructType)}
        if not self._is(spot, dict, not_a_mapping):
            return
        tag_field = next(iter(structs.values())).tag_field or ""
        if spot.get(tag_field) is None:
            self._misspelt_tag(spot, tag_field, structs.values())
        tag = spot.get(tag_field)
        if tag is None:
            self._missing(spot, tag_field)
        elif not tag.is_broken:
            self._literal(tag, list(structs))
        chosen = structs.get(str(tag.text)) if tag else None
        self._struct(spot, chosen or _most_alike(spot, list(structs.values())))

    def _tuple(self, spot: Spot, item_types: tuple[inspect.Type, ...]) -> None:
        value, count = spot.node.value, len(item_types)
        if not self._is(spot, list, not_a_list, count):
            return
        if len(value) != count:
            text = message("This list has to hold {count} values, not {found}.", count=count, found=len(value))
            self.findings.add(spot.problem("wrong-length", text))
        for element, item_type in zip(spot.elements(), item_types, strict=False):
            self._value(element, item_type)

    def _literal(self, spot: Spot, allowed: list[str]) -> None:
        value = spot.node.value
        if value in allowed:
            return
        text = message(
            "{value} is not allowed here; choose from {allowed}.", value=shown(value), allowed=", ".join(allowed)
        )
        meant = meant_instead(value, allowed)
        if meant is None and isinstance(value, str):
            meant = self.findings.close(value, allowed)
        hint = None if meant is None else did_you_mean(meant)
        self.findings.drop("quotes-needed", spot.node.place)  # quotes would not make it one of those
        self.findings.add(spot.problem("value-not-allowed", text, hint))


def _in_order(values: Iterable[str]) -> list[str]:
    """Return words in an order of their own, if they have one, and not by the alphabet."""
    allowed = list(values)
    return next((list(own) for own in map(get_args, _ORDERED) if set(own) == set(allowed)), allowed)


@lru_cache
def _type_info(type_: Any) -> inspect.Type:
    return inspect.type_info(type_)


def _is_text(struct: str, field: str, type_: inspect.DictType) -> bool:
    return isinstance(type_.value_type, inspect.StrType) and (struct, field) not in _PLAIN_MAPS


def _most_alike(spot: Spot, structs: list[inspect.StructType]) -> inspect.StructType:
    """Return the type whose fields a mapping without a usable tag has most of."""
    return max(structs, key=lambda struct: sum(spot.get(field.encode_name) is not None for field in struct.fields))


def too_many(most: int, count: int) -> Message:
    """Return what is said about a list that is too long."""
    return message("This list may have {most} entries at most; it has {count}.", most=most, count=count)
