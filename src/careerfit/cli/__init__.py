"""The command line: choose the language, run a command, and turn what went wrong into words and an exit code.

The language is chosen before the commands are imported, so that their help is in it. Commands import what they need
in their bodies: start-up time is a feature.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from careerfit import language
from careerfit.errors import CareerfitError


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # more threads are slower at our sizes; numpy reads this when it is imported
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from careerfit.cli import output

    try:
        language.use(language.choose(sys.argv[1:], os.environ))
        from careerfit.cli.app import build

        app = build(sys.argv[1] if len(sys.argv) > 1 else "")
        output.prepare_streams()
        try:
            app(prog_name="careerfit")
        finally:
            output.flush()
    except CareerfitError as error:
        output.report(error)
        sys.exit(error.exit_code)
    sys.exit(0)
