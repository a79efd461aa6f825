"""Leafing through a page that is higher than the window, in the pager the person is used to.

`$CAREERFIT_PAGER` counts before `$PAGER`, and that before `less`; empty, or ``cat``, it stands for none. Leaving the
pager before the end of the page is no error: whoever leaves has seen enough.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from shutil import get_terminal_size, which

from careerfit.language import _


def is_needed(page: str) -> bool:
    """Return whether a page is higher than the window, a line of it being left for the prompt of the shell."""
    return page.count("\n") >= get_terminal_size().lines


def show(page: str) -> bool:
    """Show a page in the pager until the person leaves it; return False if there is none or it does not start."""
    command = _words(command_line())
    if not command:
        return False
    encoding = sys.stdout.encoding.lower()
    # fits on one screen: no paging; colours; no clearing at its end; what to press, in words
    looks = {"LESS": os.environ.get("LESS", f"FRXPs{_prompt()}$")}
    if encoding in ("utf-8", "utf8"):
        looks["LESSCHARSET"] = os.environ.get("LESSCHARSET", "utf-8")
    sys.stdout.flush()
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, **looks})  # noqa: S603
    except (OSError, ValueError):
        return False
    # Ctrl-C is for the pager alone, which may go on after it
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(page.encode(encoding, errors="backslashreplace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def command_line() -> str:
    """Return the pager and its options as they would be typed, "" for none."""
    chosen = os.environ.get("CAREERFIT_PAGER", os.environ.get("PAGER"))
    if chosen is None:
        chosen = "less" if which("less") else ""
    return "" if chosen.strip() == "cat" else chosen.strip()


def _prompt() -> str:
    """Return what less shows in its last line: which keys there are, at the end of the page other ones than before."""
    more, end = _("space: go on, b: back, q: leave"), _("the end; b: back, q: leave")
    return "?e{}:{}.".format(*(re.sub(r"[?:.%\\$]", r"\\\g<0>", told) for told in (end, more)))


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quote is open
        return []
