"""`careerfit show` and `careerfit roles`: kept free of everything slow to import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.find import find_role, suggest
from careerfit.catalogue.page import role_list, role_page
from careerfit.cli import output
from careerfit.cli.reading import reading_language
from careerfit.errors import Message, UsageError, message
from careerfit.language import _
from careerfit.terminal.blocks import Block, Paragraph, Span, dim, spans, strong

if TYPE_CHECKING:
    from careerfit.catalogue.compiled import Compiled, Directory


def show_role(query: str, folder: Path | None, as_json: bool) -> None:
    """Write the page of the role that the query names; a name that several roles share offers them all."""
    compiled = open_catalogue(folder)
    directory = compiled.directory
    spoken = reading_language(directory["languages"])
    found = _find(directory, query, folder)
    if len(found) > 1 and not as_json:
        _offer(compiled, found, query, spoken, folder)
        return
    role_id = _the_one(found, query)
    page = role_page(directory, compiled.role(role_id), spoken)
    if as_json:
        output.write_json(page)
        return
    from careerfit.terminal.role_view import role_blocks

    titles = {role["id"]: role["title"][spoken] for role in directory["roles"]}
    family = directory["families"][page["family"]][spoken]
    output.write_blocks(role_blocks(page, family, [titles[role_id] for role_id in page["leads_to"]]))


def role_named(directory: Directory, query: str, folder: Path | None = None) -> str:
    """Return the id of the role that a query names; raises UsageError when there is none, or several.

    `folder` is where the catalogue is, if it is not the shipped one, for the command that lists its roles.
    """
    return _the_one(_find(directory, query, folder), query)


def list_roles(family: str | None, search: str | None, folder: Path | None, as_json: bool) -> None:
    """Write the roles of a family, or those one of whose names contains a text, or all."""
    directory = open_catalogue(folder).directory
    spoken = reading_language(directory["languages"])
    if family is not None and family not in directory["families"]:
        from careerfit.cli.usage import close, did_you_mean

        known = message("Families are: {known}.", known=", ".join(directory["families"]))
        meant = did_you_mean(close(family, directory["families"]))
        raise UsageError(message("There is no family “{family}”.", family=family), meant or known)
    wanted = (search or "").casefold()
    names = {
        role["id"]: " ".join([role["id"], *role["title"].values(), *role["aliases"]]).casefold()
        for role in directory["roles"]
    }
    listed = [
        role
        for role in role_list(directory, spoken)
        if family in (None, role["family"]) and wanted in names[role["id"]]
    ]
    if as_json:
        output.write_json(listed)
        return
    if not listed:
        output.note(_("No role has “{text}” in its names.").format(text=search))
        return
    blocks: list[Block] = []
    for family_id, title in directory["families"].items():
        members = [role for role in listed if role["family"] == family_id]
        if members:
            blocks.append(Paragraph(spans(strong(title[spoken]), dim(f" · {family_id}"))))
            blocks += [Paragraph(spans(role["title"], dim(f"  {role['id']}")), indent=2) for role in members]
    output.write_blocks(blocks)


def _find(directory: Directory, query: str, folder: Path | None) -> list[str]:
    found = find_role(directory, query)
    if not found:
        hint = _did_you_mean(directory, query, folder)
        raise UsageError(message("There is no role called “{query}”.", query=query), hint)
    return found


def _the_one(found: list[str], query: str) -> str:
    if len(found) > 1:
        raise UsageError(
            message("“{query}” is the name of several roles.", query=query),
            message("Name one of them: {ids}.", ids=", ".join(found)),
        )
    return found[0]


def _offer(compiled: Compiled, found: list[str], query: str, spoken: str, folder: Path | None) -> None:
    blocks: list[Block] = [Paragraph(spans(_("“{query}” is the name of several roles:").format(query=query)))]
    for role_id in found:
        role = compiled.role(role_id)
        blocks.append(Paragraph(spans(strong(role["title"][spoken])), Span("•"), indent=2))
        blocks.append(Paragraph(spans(role["summary"][spoken]), indent=4))
        show = output.command("show", role_id, catalogue=folder)
        blocks.append(Paragraph(spans(Span(show, "accent")), indent=4))
    output.write_blocks(blocks)


def _did_you_mean(directory: Directory, query: str, folder: Path | None) -> Message:
    close = suggest(directory, query)
    if close:
        return message("Did you mean {suggestions}?", suggestions=", ".join(close))
    return message("`{command}` lists them all.", command=output.command("roles", catalogue=folder))
