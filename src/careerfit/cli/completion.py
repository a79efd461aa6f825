"""What the Tab key completes: roles by id and by title, families, results.

A role's title is completed word by word, as `careerfit show` takes it without quotes; a title in quotes is completed
whole. Whatever goes wrong, nothing is completed and nothing is said: somebody is in the middle of typing. For roles
nothing is read but the compiled catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from careerfit.catalogue.compiled import Directory
    from careerfit.store import Keeper

FILES_TOO = "careerfit.files"
"""Key in a context's `meta` by which a completion says that a file can stand here, if it has nothing to offer."""

_ACTED_UPON = re.compile(r"""[][$`\\"'!*?{}<>|&;#~^=%]""")
"""Characters of a title that mean something to a shell, even in quotes, or to what Typer renders titles with."""


def role_words(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return ids that begin with a word, each with its title, and what the words of a title go on with."""
    directory = _directory(ctx)
    if directory is None:
        return []
    before: list[str] = ctx.params.get("role") or []
    found = {} if before else _whole(directory, incomplete)
    if before or incomplete:
        found = {**_next_words(directory, before, incomplete), **found}
    return _described(found.items())


def one_role(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return ids that begin with a word, each with its title, and titles for a word in quotes."""
    directory = _directory(ctx)
    return [] if directory is None else _described(_whole(directory, incomplete).items())


def families(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the families that begin with a word, each with its title."""
    directory = _directory(ctx)
    if directory is None:
        return []
    found = [(name, _spoken(title)) for name, title in directory["families"].items() if name.startswith(incomplete)]
    return _described(found)


def languages(incomplete: str) -> list[str]:
    """Return the tags of the program's languages that begin with a word."""
    from careerfit.language import languages as spoken

    return [tag for tag in spoken() if tag.startswith(incomplete)]


def results(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of kept results that begin with a word, the newest first, each with its day and first role.

    A file may be meant as well.
    """
    ctx.meta[FILES_TOO] = True
    return _results(incomplete)


def files(ctx: typer.Context, _incomplete: str) -> list[str]:
    """Return nothing: files are the shell's to complete."""
    ctx.meta[FILES_TOO] = True
    return []


def unfinished(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of quizzes in progress that begin with a word, the one left last first, each with its day."""
    return _kept(incomplete, lambda store: [(one.id, one.updated, one.catalogue_name) for one in store.unfinished()])


def kept(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of everything that is kept that begin with a word: quizzes in progress, then results."""
    return unfinished(incomplete) + _results(incomplete)


def _results(incomplete: str) -> list[tuple[str, str]]:
    return _kept(incomplete, lambda store: [(entry.id, entry.created, entry.headline) for entry in store.results()])


def _kept(incomplete: str, read: Callable[[Keeper], list[tuple[str, str, str]]]) -> list[tuple[str, str]]:
    """Return what is read from the store, ids that begin with a word and their times and texts, as completions."""
    from careerfit.cli.clock import numbers_of
    from careerfit.cli.kept import open_to_read
    from careerfit.errors import CareerfitError

    try:
        with open_to_read() as store:
            entries = read(store)
    except CareerfitError:
        return []
    return _described(
        (name, f"{numbers_of(when)} {text}") for name, when, text in entries if name.startswith(incomplete)
    )


def _described(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return completions with descriptions in which no shell finds anything to act upon, and Typer no markup.

    The shells are given descriptions to evaluate, and Typer takes ``[x]`` and ``:x:`` in them for rich's markup.
    """
    return [(value, " ".join(_ACTED_UPON.sub(" ", told).replace(":", ": ").split())) for value, told in found]


def _directory(ctx: typer.Context) -> Directory | None:
    """Return the directory of the catalogue that the command line, so far, is about."""
    from careerfit.catalogue.compiled import open_catalogue
    from careerfit.errors import CareerfitError

    named = ctx.params.get("catalogue")
    try:
        return open_catalogue(Path(named) if named else None).directory
    except CareerfitError:
        return None


def _spoken(texts: dict[str, str]) -> str:
    """Return a text in the language spoken, or in the first one there is."""
    from careerfit.language import current

    return texts.get(current()) or next(iter(texts.values()))


def _whole(directory: Directory, incomplete: str) -> dict[str, str]:
    """Return ids with titles, and titles with ids where the word has a blank in it, which only quotes can put there.

    A title that a shell would act upon, were the line entered, is left to its id.
    """
    found = {}
    for entry in directory["roles"]:
        if entry["id"].startswith(incomplete.lower()):
            found[incomplete + entry["id"][len(incomplete) :]] = _spoken(entry["title"])
        if " " in incomplete:
            for name in entry["title"].values():
                if name.casefold().startswith(incomplete.casefold()) and not _ACTED_UPON.search(name):
                    found[incomplete + name[len(incomplete) :]] = entry["id"]
    return found


def _next_words(directory: Directory, before: list[str], incomplete: str) -> dict[str, str]:
    """Return the next word, with a title, of titles that begin with the words before; its case as typed so far."""
    begun = [word.casefold() for word in before]
    found: dict[str, str] = {}
    for entry in directory["roles"]:
        for name in entry["title"].values():
            # words as they can be typed: what a shell would act upon, like brackets, does not matter to a name
            words = re.findall(r"\w[\w-]*", name)
            if len(words) > len(begun) and [word.casefold() for word in words[: len(begun)]] == begun:
                following = words[len(begun)]
                if following.casefold().startswith(incomplete.casefold()):
                    found.setdefault(incomplete + following[len(incomplete) :], name)
    return found
