"""The command line: choose the language, run a command, and turn what went wrong into words and an exit code.

The language is chosen before the commands are imported, so that their help is in it. Commands import what they need
in their bodies: start-up time is a feature.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from careerfit import language
from careerfit.errors import CareerfitError, ExitCode, InputRefused

_COMPLETING = "_CAREERFIT_COMPLETE"
"""The variable by which a shell asks what the Tab key completes."""

_ALWAYS = {"-h", "--help", "--version", "--install-completion", "--show-completion"}
"""Options that work whatever the settings are."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # more threads are slower at our sizes; numpy reads this when it is imported
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = sys.argv[1:]
    from careerfit.cli import output

    try:
        code = _run(arguments)
    except CareerfitError as error:
        if _COMPLETING not in os.environ:  # else somebody is in the middle of typing
            output.report(error, as_json=_wants_json(arguments))
        code = error.exit_code
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """Run the command that the arguments name, and return its exit code."""
    from careerfit.cli import output, settings

    try:
        settings.adopt(os.environ)
    except InputRefused:
        if not _needs_no_settings(arguments):
            raise
    finally:
        language.use(language.choose(arguments, os.environ))
    from typer.main import get_command

    from careerfit.cli.app import build

    if _COMPLETING in os.environ:
        from careerfit.cli.shells import answer_shells

        answer_shells()
    command = get_command(build(_first_word(arguments)))
    output.prepare_streams()
    try:
        # otherwise Typer would say itself, in English, what is wrong with a command line
        code: int | None = command.main(arguments, prog_name="careerfit", standalone_mode=False)
    finally:
        output.flush()
    return code or ExitCode.DONE


def _needs_no_settings(arguments: list[str]) -> bool:
    """Return whether what is asked for helps to mend settings that are wrong, or has nothing to do with them."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    words = [
        word
        for before, word in zip(["", *options], options, strict=False)
        if before != "--lang" and not word.startswith("-")
    ]
    asked = {option.partition("=")[0] for option in options}
    return _COMPLETING in os.environ or words in (["config"], ["history", "where"]) or not asked.isdisjoint(_ALWAYS)


def _first_word(arguments: list[str]) -> str:
    """Return the command or group that is called, as far as it can be told without Typer; "" when it cannot."""
    before = ""
    for argument in arguments:
        if not argument.startswith("-") and before != "--lang":
            return argument
        if argument in ("-h", "--help"):
            break
        before = argument
    return ""


def _wants_json(arguments: list[str]) -> bool:
    """Return whether a document is asked for, so that what goes wrong has to be one too."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options
