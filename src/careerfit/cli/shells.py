"""What is said between a shell and the program when the Tab key is pressed, where Typer would offer files too often.

Typer lets a shell complete files wherever the program has nothing to offer. Here that is so only where a file can be
meant: for a path, and where a completion says it in `FILES_TOO`. zsh and fish do what the program answers; bash goes by
the exit code, so its script is our own.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from typer import _completion_shared
from typer._click.shell_completion import ShellComplete, _resolve_context, _resolve_incomplete, add_completion_class
from typer._completion_classes import BashComplete, FishComplete, ZshComplete, completion_init
from typer.models import TyperPath

from careerfit.cli.completion import FILES_TOO

if TYPE_CHECKING:
    from typer._click.shell_completion import CompletionItem

_NO_FILES = 1
"""Exit code by which bash is told that nothing can stand here, not even a file."""

_BASH = rf"""
%(complete_func)s() {{
    local IFS=$'\n'
    COMPREPLY=( $( env COMP_WORDS="${{COMP_WORDS[*]}}" \
                   COMP_CWORD=$COMP_CWORD \
                   %(autocomplete_var)s=complete_bash $1 ) )
    [ $? -ne {_NO_FILES} ] || compopt +o default 2>/dev/null
    return 0
}}

complete -o default -F %(complete_func)s %(prog_name)s
"""


def answer_shells() -> None:
    """Have bash, zsh and fish answered as it is done here, and the other shells by Typer."""
    completion_init()
    for name, answering in (("bash", _Bash), ("zsh", _Zsh), ("fish", _Fish)):
        add_completion_class(answering, name)


def use_own_script() -> None:
    """Have the script for bash, wherever Typer prints or installs it, be the one that goes by the exit code."""
    _completion_shared._completion_scripts["bash"] = _BASH


class _Answering(ShellComplete):
    """Completions of a shell, and whether there are none and no file can be meant either."""

    nothing = False

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return what can stand at the cursor."""
        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        asked, incomplete = _resolve_incomplete(context, args, incomplete)
        found = asked.shell_complete(context, incomplete)
        is_path = isinstance(getattr(asked, "type", None), TyperPath)
        self.nothing = not (found or is_path or FILES_TOO in context.meta)
        return found


class _Bash(_Answering, BashComplete):
    def complete(self) -> str:
        """Return the completions, or end with `_NO_FILES`."""
        told = super().complete()
        if self.nothing:
            sys.exit(_NO_FILES)
        return told


class _Zsh(_Answering, ZshComplete):
    def complete(self) -> str:
        """Return a command that zsh runs: none where there is nothing."""
        told = super().complete()
        return "" if self.nothing else told


class _Fish(_Answering, FishComplete):
    def complete(self) -> str:
        """Return the completions, or end with whether fish shall keep to them."""
        try:
            return super().complete()
        except SystemExit:
            if self.nothing:
                sys.exit(0)
            raise
