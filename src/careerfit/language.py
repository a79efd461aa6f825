"""Which language the program speaks, and its own words in it (a catalogue brings its own texts).

The choice is made before the commands are imported, because their help is built at import. It goes through the
standard gettext domain, so that Typer's own words are looked up in our messages as well.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from careerfit.errors import Message

LANGUAGES = ("id", "en")
"""Languages the program's own words exist in; the first is spoken when nothing says otherwise."""

_DOMAIN = "careerfit"
_FOLDER = Path(__file__).parent / "locale"
_OLD_TAGS = {"in": "id"}
_NO_LANGUAGE = {"", "C", "POSIX"}
_translation = gettext.NullTranslations()


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language to speak: ``--lang`` among the arguments, then CAREERFIT_LANG, then the locale.

    A locale in another language gives English; no locale at all, or "C", gives Indonesian.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and place + 1 < len(arguments):
            return _spoken(arguments[place + 1])
        if argument.startswith("--lang="):
            return _spoken(argument.removeprefix("--lang="))
    for name in ("CAREERFIT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environ.get(name, "").split(":")[0].split(".")[0]
        if wanted not in _NO_LANGUAGE:
            return _spoken(wanted)
    return LANGUAGES[0]


def use(tag: str) -> None:
    """Speak this language from now on, in this process; Typer's own words are looked up in our messages too."""
    global _translation
    os.environ["LANGUAGE"] = tag
    gettext.bindtextdomain(_DOMAIN, _FOLDER)
    gettext.textdomain(_DOMAIN)
    # looked up once: the module's functions would search the folder again at every text
    _translation = gettext.translation(_DOMAIN, _FOLDER, [tag], fallback=True)


def current() -> str:
    """Return the language spoken now."""
    return os.environ.get("LANGUAGE", LANGUAGES[0])


def _(text: str) -> str:
    """Return a text of the program in the language spoken now."""
    return _translation.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a text that goes with a number, in the language spoken now."""
    return _translation.ngettext(singular, plural, count)


def say(message: Message) -> str:
    """Return a message in the language spoken now, and the messages in it."""
    values = {name: say(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return _translation.gettext(message.template).format(**values)


def _spoken(wanted: str) -> str:
    tag = wanted.split(".")[0].replace("_", "-").split("-")[0].lower()
    tag = _OLD_TAGS.get(tag, tag)
    return tag if tag in LANGUAGES else "en"


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
