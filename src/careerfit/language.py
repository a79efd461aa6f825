"""Which language the program speaks, and its own words in it (a catalogue brings its own texts).

English stands in the code; every other language is a folder in ``locale/`` with a compiled ``careerfit.mo``, or one in
``$CAREERFIT_LOCALE``, where a translation can be tried. A tag that neither has is no mistake yet: a catalogue may have
its texts in it, and the program's own words are English then.

The choice is made before the commands are imported, because their help is built at import. It goes through the
standard gettext domain, so that Typer's own words are looked up in our messages as well.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from careerfit.errors import Message, UsageError, message

DEFAULT = "id"
"""The language spoken when nothing says otherwise."""

BUILT_IN = "en"
"""The language of the code, spoken when a language is asked for that there are no words in."""

_DOMAIN = "careerfit"
_FOLDER = Path(__file__).parent / "locale"
_TAG = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_OLD_TAGS = {"in": "id"}
_NO_LANGUAGE = {"", "C", "POSIX"}


class _Tried(gettext.GNUTranslations):
    """A translation that nobody has checked yet: a text whose fields the program cannot fill is left in English."""

    def gettext(self, message: str) -> str:
        text = super().gettext(message)
        return text if _fields(text) <= _fields(message) else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = super().ngettext(msgid1, msgid2, n)
        return text if _fields(text) <= _fields(msgid2) else (msgid1 if n == 1 else msgid2)


_translation = gettext.NullTranslations()


def languages() -> list[str]:
    """Return the tags of the languages that the program's own words exist in, sorted."""
    compiled = (file for folder in _folders() for file in folder.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo"))
    return sorted({BUILT_IN, *(_canonical(file.parts[-3]) for file in compiled)})


def speaks(tag: str) -> bool:
    """Return whether the program's own words exist in a language, wherever it is spoken."""
    return _base(tag) == BUILT_IN or _home(tag) is not None


def asked(arguments: Sequence[str]) -> str | None:
    """Return what stands after ``--lang`` among the arguments, as it was typed, or None."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def is_tag(text: str) -> bool:
    """Return whether a text can name a language, as in ``id`` or ``pt-BR``."""
    return _TAG.fullmatch(text) is not None


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the tag of the language asked for: ``--lang``, then CAREERFIT_LANG, then the locale.

    No locale at all, or "C", gives Indonesian; what is no tag gives English.
    """
    wanted = asked(arguments)
    if wanted is not None:
        return _canonical(wanted)
    for name in ("CAREERFIT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environ.get(name, "").split(":")[0].split(".")[0].split("@")[0]
        if wanted not in _NO_LANGUAGE:
            return _canonical(wanted)
    return DEFAULT


def use(tag: str) -> None:
    """Speak this language from now on, in this process; Typer's own words are looked up in our messages too.

    Raises:
        UsageError: There are words in this language, and they cannot be read.
    """
    global _translation
    name = tag.replace("-", "_")
    home = _home(tag) or _FOLDER
    os.environ["LANGUAGE"] = name
    gettext.bindtextdomain(_DOMAIN, home)
    gettext.textdomain(_DOMAIN)
    try:
        # looked up once: the module's functions would search the folder again at every text
        kind = gettext.GNUTranslations if home == _FOLDER else _Tried
        _translation = gettext.translation(_DOMAIN, home, [name], kind, fallback=True)
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise UsageError(
            message("The words of “{tag}” in {folder} cannot be read: {reason}.", tag=tag, folder=home, reason=error),
            message("Compile them again; docs/translating.md says how."),
        ) from None


def current() -> str:
    """Return the tag of the language asked for; the program's own words are English if there are none in it."""
    return os.environ.get("LANGUAGE", DEFAULT).replace("_", "-")


def _(text: str) -> str:
    """Return a text of the program in the language spoken now."""
    return _translation.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a text that goes with a number, in the language spoken now."""
    return _translation.ngettext(singular, plural, count)


def decimal(value: float, sign: bool = False) -> str:
    """Return a number with one decimal as it is written in the language spoken now, on request with its sign."""
    mark = _("0.1")[1:-1]  # a translation writes the number as it is written there
    return f"{value:{'+' if sign else ''}.1f}".replace("-", "\N{MINUS SIGN}").replace(".", mark)


def say(message: Message) -> str:
    """Return a message in the language spoken now, and the messages in it."""
    values = {name: say(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return _translation.gettext(message.template).format(**values)


def _folders() -> list[Path]:
    """Return where translations are looked for, in this order."""
    own = os.environ.get("CAREERFIT_LOCALE")
    return [Path(own), _FOLDER] if own else [_FOLDER]


def _home(tag: str) -> Path | None:
    """Return the first folder that has words in a language."""
    name = tag.replace("-", "_")
    return next((folder for folder in _folders() if gettext.find(_DOMAIN, folder, [name])), None)


def _fields(text: str) -> set[tuple[str, str | None, str | None]]:
    """Return the fields in braces of a text; one that has nothing to do with any if the braces do not match."""
    from string import Formatter  # needed by a translation that is tried, and by no other

    try:
        return {(name, form, turned) for _text, name, form, turned in Formatter().parse(text) if name is not None}
    except ValueError:
        return {(text, None, None)}


def _canonical(wanted: str) -> str:
    """Return a tag written as usual, as in ``pt-BR`` or ``zh-Hans``; English for what is no tag."""
    if not is_tag(wanted):
        return BUILT_IN
    first, *others = wanted.replace("_", "-").lower().split("-")
    written = {2: str.upper, 4: str.title}
    return "-".join([_OLD_TAGS.get(first, first), *(written.get(len(part), str.lower)(part) for part in others)])


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _noop(text: str) -> str:
    """Return the text as it is; it is collected for translation wherever this function is called."""
    return text


# the words that Typer looks up in our domain, where its words are seen
_TYPERS_WORDS = (
    _noop("required"),
    _noop("default: {default}"),
    _noop("(dynamic)"),
    _noop("env var: {var}"),
)
