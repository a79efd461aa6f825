"""What the compiled form of a catalogue holds, made from its typed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from careerfit.catalogue.compiled import Directory
    from careerfit.model import Catalogue, Role, Source


def slices_of(catalogue: Catalogue) -> dict[str, bytes]:
    """Return the slices by name: the directory, each role, and everything else."""
    roles = {f"role:{role.id}": msgspec.json.encode(role_dict(role)) for role in catalogue.roles}
    rest = msgspec.structs.replace(catalogue, roles=())
    return {"directory": msgspec.json.encode(directory_of(catalogue)), **roles, "rest": msgspec.json.encode(rest)}


def directory_of(catalogue: Catalogue) -> Directory:
    """Return the directory of a catalogue."""
    return {
        "name": catalogue.name,
        "hash": catalogue.hash,
        "languages": list(catalogue.languages),
        "roles": [
            {"id": role.id, "title": role.title, "aliases": list(role.aliases), "family": role.family}
            for role in catalogue.roles
        ],
        "families": {family.id: family.title for family in catalogue.families},
        "sources": {source.id: _source_dict(source) for source in catalogue.sources},
        "traits": {trait.id: trait.name for trait in catalogue.traits},
    }


def role_dict(role: Role) -> dict[str, Any]:
    """Return a role as plain data: what may be left out is filled in, and of a signal's levels only the given one."""
    plain: dict[str, Any] = msgspec.to_builtins(role)
    for kind in ("fit", "unfit"):
        plain[kind] = [_without_none(signal) for signal in plain[kind]]
    return plain


def _source_dict(source: Source) -> dict[str, Any]:
    plain = _without_none(msgspec.to_builtins(source))
    del plain["id"]
    return plain


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
