"""From what somebody typed to the role that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careerfit.catalogue.compiled import Directory, RoleEntry

MAX_SUGGESTIONS = 3

_MAX_QUERY = 100
_ALIKE = 0.7


def find_role(directory: Directory, query: str) -> list[str]:
    """Return the ids of the roles that a query names: none, one, or several namesakes.

    An exact id counts before a title or alias in any language, and that before a title or alias without its part in
    brackets. Capitals and punctuation do not matter.
    """
    if any(role["id"] == query for role in directory["roles"]):
        return [query]
    wanted = _normal(query)
    if not wanted:
        return []
    for names in (_names, _short_names):
        found = [role["id"] for role in directory["roles"] if wanted in map(_normal, names(role))]
        if found:
            return found
    return []


def suggest(directory: Directory, query: str) -> list[str]:
    """Return the ids of up to three roles whose id, title or alias is spelt much like a query, best first."""
    from difflib import get_close_matches

    wanted = _normal(query)[:_MAX_QUERY]
    spelt: dict[str, list[str]] = {}
    for role in directory["roles"]:
        for name in {_normal(name) for name in (*_names(role), *_short_names(role))}:
            spelt.setdefault(name, []).append(role["id"])
    close = get_close_matches(wanted, spelt, n=2 * MAX_SUGGESTIONS, cutoff=_ALIKE)
    return list(dict.fromkeys(role_id for name in close for role_id in spelt[name]))[:MAX_SUGGESTIONS]


def _names(role: RoleEntry) -> list[str]:
    return [role["id"], *role["title"].values(), *role["aliases"]]


def _short_names(role: RoleEntry) -> list[str]:
    """Return the names without what stands in brackets, as in "Koordinator Produksi (film)"."""
    return [name.split("(", 1)[0] for name in _names(role)]


def _normal(name: str) -> str:
    """Return a name as it is compared: small letters and digits, one space between words."""
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFKC", name)
    return " ".join("".join(character if character.isalnum() else " " for character in name.casefold()).split())
