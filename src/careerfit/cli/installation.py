"""How a shell comes to ask what the Tab key completes: a script, printed or added to its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer

from careerfit.cli import output
from careerfit.language import _

Shell = Literal["bash", "zsh", "fish", "powershell", "pwsh"]

_VARIABLE = "_CAREERFIT_COMPLETE"


def install_completion(shell: Shell | None) -> None:
    """Add to the settings of a shell what makes it ask, say where, and end."""
    if shell is None:
        return
    from typer._completion_shared import install

    from careerfit.cli.shells import use_own_script
    from careerfit.errors import CannotWrite, message, system_reason

    use_own_script()
    try:
        _shell, path = install(shell, "careerfit", _VARIABLE)
    except OSError as error:
        text = message("Completion could not be installed: {reason}.", reason=system_reason(error))
        raise CannotWrite(text, message("`careerfit --show-completion {shell}` prints it.", shell=shell)) from None
    output.note(_("Completion is installed in {file}. It works in every shell you open from now on.").format(file=path))
    settings = {"bash": Path.home() / ".bashrc", "zsh": Path.home() / ".zshrc"}.get(shell)
    if settings is not None:
        output.note(_("So that the shell reads it, lines were added to the end of {file}.").format(file=settings))
        undo = _("To undo it, delete {file} and those lines.")
    elif shell == "fish":
        undo = _("To undo it, delete {file}.")
    else:
        undo = _("To undo it, delete the lines about careerfit in {file}.")
    output.note(undo.format(file=path))
    raise typer.Exit


def show_completion(shell: Shell | None) -> None:
    """Write what makes a shell ask, and end."""
    if shell is None:
        return
    from typer._completion_shared import get_completion_script

    from careerfit.cli.shells import use_own_script

    use_own_script()
    script = get_completion_script(prog_name="careerfit", complete_var=_VARIABLE, shell=shell)
    output.write_text(f"{script}\n")
    raise typer.Exit
