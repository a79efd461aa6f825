"""docs/cli.md and its Indonesian twin are what the program says of itself today, and leave nothing out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_habits import EVERY

from careerfit.cli.settings import SETTINGS
from careerfit.errors import ExitCode
from scripts import script

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "docs" / "cli.py"
FILES = {"en": ROOT / "docs" / "cli.md", "id": ROOT / "docs" / "cli.id.md"}


@pytest.fixture(scope="module")
def reference():
    return script("docs/cli.py")


@pytest.mark.parametrize("language", FILES)
def test_the_reference_is_current(language):
    """`make docs` would change nothing."""
    done = subprocess.run([sys.executable, SCRIPT, language], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == FILES[language].read_text(encoding="utf-8"), "`make docs` brings it up to date"


@pytest.mark.parametrize("language", FILES)
def test_every_command_and_option_is_in_it(language):
    """A heading for each command, and every option it takes."""
    text = FILES[language].read_text(encoding="utf-8")
    for path, command in EVERY.items():
        heading = f"\n## {' '.join(('careerfit', *path))}\n"
        assert heading in text
        part = text.partition(heading)[2].partition("\n## ")[0]
        assert all(option in part for parameter in command.params for option in parameter.opts if option[:1] == "-")


def test_every_exit_code_is_in_it(reference):
    """No more and no less than the program has."""
    assert list(reference.CODES) == list(ExitCode)


def test_every_setting_and_variable_is_in_it(reference):
    """Settings by key, and every environment variable that the program looks at."""
    assert list(reference.SETTINGS) == [setting.key for setting in SETTINGS]
    read = set()
    for file in (ROOT / "src" / "careerfit").rglob("*.py"):
        read |= set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', file.read_text(encoding="utf-8")))
    described = {name for names in reference.VARIABLES for name in names.split(", ")}
    described |= {setting.variable for setting in SETTINGS}
    assert read - described <= {"OPENBLAS_NUM_THREADS", "UV_RUN_RECURSION_DEPTH", "LESS", "LESSCHARSET"}


def test_the_example_of_a_file_is_a_file_that_is_taken(reference, tmp_path):
    """The settings shown are read without a problem."""
    from careerfit.cli import settings

    file = tmp_path / "config.toml"
    file.write_text(reference.EXAMPLE, encoding="utf-8")
    environment = {"CAREERFIT_CONFIG": str(file)}
    settings.adopt(environment)
    assert environment.keys() - {"CAREERFIT_CONFIG"} == {setting.variable for setting in SETTINGS}
    settings._from_file.clear()
