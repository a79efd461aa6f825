"""What a person can set once for all commands: in a file, or in environment variables.

An option counts before its environment variable, that before the file, and that before what the program does by
itself. The file says what the variables would: what it holds is put into the environment where it is not set there,
so that there is one way from then on, and options name the variable they take their value from.
"""

from __future__ import annotations

import os
from collections.abc import Collection, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from careerfit.errors import InputRefused, Message, Problem

FILE_NAME = "config.toml"
MAX_BYTES = 100_000


class Setting(NamedTuple):
    """A key of the file, the environment variable that says the same, and what a value has to be."""

    key: str
    variable: str
    kind: Literal["text", "folder", "yes-no", "number", "command"]


SETTINGS = (
    Setting("lang", "CAREERFIT_LANG", "text"),
    Setting("catalogue", "CAREERFIT_CATALOGUE", "folder"),
    Setting("plain", "CAREERFIT_PLAIN", "yes-no"),
    Setting("save", "CAREERFIT_SAVE", "yes-no"),
    Setting("pager", "CAREERFIT_PAGER", "command"),
    Setting("max_items", "CAREERFIT_MAX_ITEMS", "number"),
)

_NO = ("0", "no", "n", "false", "f", "off")
"""How the value of a variable says no; the same words as an option of Typer takes from it."""

_YES = ("1", "yes", "y", "true", "t", "on")
"""How it says yes."""

_from_file: set[str] = set()
"""Variables whose value in this process is from the file."""


def adopt(environ: MutableMapping[str, str]) -> None:
    """Put what the file says into the environment, where that does not say otherwise, also beside mistakes in it.

    Raises:
        InputRefused: The file is not as it has to be, or it was named and is not there; carries every Problem.
    """
    file = config_file(environ)
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        if environ.get("CAREERFIT_CONFIG"):
            raise _unreadable(file, error) from None
        return
    except OSError as error:
        raise _unreadable(file, error) from None
    values, problems = _values(data, file)
    for variable, value in values:
        if variable not in environ:
            environ[variable] = value
            _from_file.add(variable)
    if problems:
        raise _refused(file, sorted(problems, key=lambda problem: problem.line))


def refusal(environ: MutableMapping[str, str], languages: Collection[str]) -> InputRefused | None:
    """Return what is wrong with the file and with the variables, which a command may have no use for; None if nothing.

    `languages` are those of the catalogue: one of them may be asked for though the program has no words in it.
    """
    from careerfit.errors import InputRefused, Problem, message

    problems: list[Problem] = []
    told = None
    try:
        adopt(environ)
    except InputRefused as error:
        problems, told = list(error.problems), error
    for setting in SETTINGS:
        value = environ.get(setting.variable)
        if value and not _is_fit(setting, value, languages):
            place = str(config_file(environ)) if setting.variable in _from_file else f"${setting.variable}"
            said = message("`{key}` has to be {expected}.", key=setting.key, expected=_expected(setting))
            hint = message("It is “{value}” now.", value=value)
            problems.append(Problem("config-value", place, 0, 0, setting.key, said, hint))
    if told is None and problems:
        told = InputRefused(message("Some of the settings cannot be used."))
    return told and InputRefused(told.message, problems, told.hint)


def _is_fit(setting: Setting, value: str, languages: Collection[str]) -> bool:
    """Return whether the value of a variable can be used: a language that there are words in, yes or no, a number."""
    from careerfit import language

    match setting.key, setting.kind:
        case "lang", _:
            return language.is_tag(value) and (value in languages or language.speaks(value))
        case _, "yes-no":
            return value.strip().lower() in (*_NO, *_YES)
        case _, "number":
            return value.strip().isdecimal() and int(value) > 0
    return True


def config_file(environ: MutableMapping[str, str]) -> Path:
    """Return where the file is or would be: `$CAREERFIT_CONFIG`, or one beside everything else that is kept."""
    named, home = environ.get("CAREERFIT_CONFIG"), environ.get("CAREERFIT_HOME")
    if named:
        return Path(named)
    if home:
        return Path(home, FILE_NAME)
    import platformdirs

    return platformdirs.user_config_path("careerfit") / FILE_NAME


def is_on(name: str, otherwise: bool = False) -> bool:
    """Return whether an environment variable that says yes or no says yes; `otherwise` stands for an empty one."""
    said = os.environ.get(name, "").strip().lower()
    return said not in _NO if said else otherwise


def origin(setting: Setting) -> Literal["file", "environment", "default"]:
    """Return where the value of a setting comes from in this process, options aside."""
    if setting.variable in _from_file:
        return "file"
    return "environment" if setting.variable in os.environ else "default"


def _values(data: bytes, file: Path) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Return the variables that the file sets, with their values, and what is wrong in it; raises InputRefused."""
    import tomllib

    from careerfit.errors import Problem, message

    try:
        text = data[:MAX_BYTES].decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused(file, [Problem("not-utf8", str(file), line, 1, "", message("This is not UTF-8."))]) from None
    except tomllib.TOMLDecodeError as error:
        raise _refused(file, [_syntax_problem(file, text, str(error))]) from None
    problems: list[Problem] = []
    values: list[tuple[str, str]] = []
    known = {setting.key: setting for setting in SETTINGS}
    for key, value in table.items():
        if key not in known:
            problems.append(_unknown(file, text, key))
        elif (written := _written(known[key], value, file.parent)) is None:
            expected = _expected(known[key])
            said = message("`{key}` has to be {expected}.", key=key, expected=expected)
            problems.append(Problem("config-value", str(file), *_place(text, key), key, said))
        else:
            values.append((known[key].variable, written))
    return values, problems


def _written(setting: Setting, value: Any, folder: Path) -> str | None:
    """Return a value as its variable would have it, or None if it is none; folders are relative to the file's own."""
    match setting.kind, value:
        case ("yes-no", bool()):
            return "1" if value else "0"
        case ("command", False):
            return ""
        case ("number", int()) if value is not True and value is not False and value > 0:
            return str(value)
        case ("folder", str()) if value:
            return str(folder / Path(value).expanduser())
        case ("text" | "command", str()) if value:
            return str(value)
    return None


def _expected(setting: Setting) -> Message:
    from careerfit.errors import message

    if setting.key == "lang":
        return message('the tag of a language in quotes, such as "id" or "en"')
    return {
        "text": message("a text in quotes"),
        "folder": message("the name of a folder, in quotes"),
        "yes-no": message("true or false"),
        "number": message("a whole number above 0"),
        "command": message("a command in quotes, or false"),
    }[setting.kind]


def _unknown(file: Path, text: str, key: str) -> Problem:
    from difflib import get_close_matches

    from careerfit.errors import Problem, message

    known = [setting.key for setting in SETTINGS]
    close = get_close_matches(key, known, n=1)
    if close:
        hint = message("Did you mean {suggestions}?", suggestions=", ".join(close))
    else:
        hint = message("The keys are: {known}.", known=", ".join(known))
    said = message("There is no setting “{key}”.", key=key)
    return Problem("unknown-setting", str(file), *_place(text, key), key, said, hint)


def _place(text: str, key: str) -> tuple[int, int]:
    """Return line and column where a key of the file is first given, or the file as a whole."""
    import re

    found = re.search(rf"^[ \t]*\[*[ \t]*(?=[\"']?{re.escape(key)}\b)", text, re.MULTILINE)
    if found is None:
        return 0, 0
    return text.count("\n", 0, found.end()) + 1, found.end() - text.rfind("\n", 0, found.end())


def _syntax_problem(file: Path, text: str, detail: str) -> Problem:
    """Return the problem of a file that is not TOML; before Python 3.14 the place stands in the text of the error."""
    import re

    from careerfit.errors import Problem, message

    place = re.search(r" \(at line (\d+), column (\d+)\)$", detail)
    if place is None:
        line, column = text.count("\n") + 1, 1
    else:
        line, column = int(place[1]), int(place[2])
    written = text.splitlines()[line - 1 : line] or [""]
    key = written[0].partition("=")[0].strip()
    example = {"plain": "plain = true", "save": "save = false", "max_items": "max_items = 20"}.get(
        key, f'{key} = "…"' if key in {setting.key for setting in SETTINGS} else 'lang = "en"'
    )
    hint = message("A line in it looks like this: {example}", example=example)
    return Problem("syntax", str(file), line, column, key, message("This is not valid TOML."), hint)


def _refused(file: Path, problems: list[Problem]) -> InputRefused:
    from careerfit.errors import InputRefused, message

    return InputRefused(
        message("The settings in {file} cannot be used.", file=file),
        problems,
        message("Mend the file, or move it away."),
    )


def _unreadable(file: Path, error: OSError) -> InputRefused:
    from careerfit.errors import InputRefused, message, system_reason

    return InputRefused(message("{file} cannot be read: {reason}.", file=file, reason=system_reason(error)))
