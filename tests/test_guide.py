"""docs/catalogue.md is true: what it says to type works, in that order, and prints what stands there."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from scipy.stats import norm
from terminal import environment

from careerfit.catalogue.load import load_catalogue
from careerfit.model import theta_of

GUIDE = (Path(__file__).parents[1] / "docs" / "catalogue.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(console|yaml change|yaml to)(?: (\S+))?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def steps(session: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a console session, here-documents with them, and the lines that each prints."""
    found = []
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _newline, rest = part.partition("\n")
        if "<<'END'" in command:
            document, _end, rest = rest.partition("\nEND\n")
            command = f"{command}\n{document}\nEND"
        found.append((command, rest.splitlines()))
    return found


def plain(line: str) -> str:
    return " ".join(line.split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder in which everything of the guide was done, each command's output compared with what is quoted."""
    folder = tmp_path_factory.mktemp("guide")
    spoken = environment(folder / "home")
    for (kind, _file, text), (next_kind, _next_file, replacement) in pairwise([*BLOCKS, ("", "", "")]):
        if kind == "yaml change":
            assert next_kind == "yaml to"
            place = folder / _file
            content = place.read_text()
            assert content.count(text) == 1, text
            place.write_text(content.replace(text, replacement))
        for command, expected in steps(text) if kind == "console" else []:
            if command.startswith("export "):
                name, _equals, value = command.removeprefix("export ").partition("=")
                spoken[name] = value
                continue
            done = subprocess.run(
                ["bash", "-c", command], cwd=folder, env=spoken, capture_output=True, text=True, check=False
            )
            printed = [plain(line) for line in (done.stdout + done.stderr).splitlines()]
            assert done.returncode == (4 if any(": error: " in line for line in expected) else 0), (command, printed)
            place_before = -1
            for line in expected:
                found = [n for n, other in enumerate(printed) if n > place_before and other.startswith(plain(line))]
                assert found, (command, line, printed)
                place_before = found[0]
    return folder


def test_the_guide_can_be_followed(folder):
    """At its end stands the catalogue that it describes."""
    catalogue = load_catalogue(folder / "school")
    assert [trait.id for trait in catalogue.traits][-1] == "outdoors"
    assert len(catalogue.items) == 28
    assert (folder / "school.tar.gz").is_file()


def test_there_is_something_to_follow():
    """The blocks of the guide are found: sessions, and changes in pairs."""
    kinds = [kind for kind, _file, _text in BLOCKS]
    assert kinds.count("console") >= 6
    assert kinds.count("yaml change") == kinds.count("yaml to") == 2
    assert GUIDE.count("\n```") == 2 * len(BLOCKS), "every block is one of these"


def test_the_levels_are_those_of_the_model():
    """So many people in 100 stand above each level."""
    rows = re.findall(r"^\| (\d) \| (\d+) \|", GUIDE, re.MULTILINE)
    assert [int(level) for level, _share in rows] == [5, 4, 3, 2, 1]
    for level, share in rows:
        assert int(share) == round(100 * norm.sf(theta_of(int(level))))


def test_what_it_links_to_is_there():
    """No link of the guides leads nowhere."""
    for page in ("catalogue.md", "translating.md"):
        docs = Path(__file__).parents[1] / "docs"
        for link in re.findall(r"\]\(([^)#]+)\)", (docs / page).read_text(encoding="utf-8")):
            assert link.startswith("https://") or (docs / link).exists(), link
