"""What each of the three files holds as a whole, as msgspec types: the walk and the schemas are driven by them."""

from __future__ import annotations

from typing import Any

from careerfit.model import Base, Family, Item, Role, Source, Trait


class RolesFile(Base, frozen=True, kw_only=True):
    """The catalogue's name, its roles, and the families and sources they refer to.

    `languages` are those in which every text has to be given; by default the ones of the first trait's name.
    """

    name: str
    sources: tuple[Source, ...]
    families: tuple[Family, ...]
    roles: tuple[Role, ...]
    languages: tuple[str, ...] | None = None


TYPES: dict[str, Any] = {
    "roles.yaml": RolesFile,
    "traits.yaml": tuple[Trait, ...],
    "items.yaml": tuple[Item, ...],
}

ROOT_PATHS = {"roles.yaml": "", "traits.yaml": "traits", "items.yaml": "items"}
"""How the path of a problem begins; the keys of roles.yaml are paths themselves."""
