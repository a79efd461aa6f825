"""The house of design.md section 6, held by reading the sources: who may import whom, and what stays pure."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import careerfit

PACKAGE = Path(careerfit.__file__).parent


class Row(NamedTuple):
    """A row of the table: what a module may import of careerfit, and of other people's packages."""

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


EVERYTHING = ("",)
VALUES = ("errors", "model", "document")
READERS = ("explanation", "comparison", "difference", "path")
TABLE = {
    "__init__": Row(),
    "__main__": Row(("cli",)),
    "errors": Row(),
    "model": Row((), ("msgspec",)),
    "document": Row(("model",), ("msgspec",)),
    "language": Row(("errors",)),
    "words": Row(("language",)),
    "sentences": Row(("model", "document", "language", "words"), ("msgspec",)),
    "contrast": Row(("model", "document", "language")),
    "engine": Row(("engine",), ("numpy",)),
    "engine.kernel": Row((), ("numpy",)),
    "engine.belief": Row(("model", "engine.kernel"), ("numpy",)),
    "engine.fit": Row(("model", "engine.kernel", "engine.belief"), ("numpy",)),
    "engine.adaptive": Row(("engine.kernel", "engine.belief", "engine.fit"), ("numpy",)),
    "engine.attribution": Row(tuple(f"engine.{name}" for name in ("kernel", "belief", "fit")), ("numpy",)),
    "engine.whatif": Row(
        ("model", *(f"engine.{name}" for name in ("kernel", "belief", "fit", "adaptive"))), ("numpy",)
    ),
    "engine.retake": Row(tuple(f"engine.{name}" for name in ("kernel", "belief", "fit", "simulate")), ("numpy",)),
    "engine.quality": Row(("model", "document", "engine.belief"), ("numpy",)),
    "engine.instrument": Row(("model", "engine.kernel", "engine.belief", "engine.fit"), ("numpy",)),
    "engine.sitting": Row(
        tuple(f"engine.{name}" for name in ("kernel", "belief", "fit", "instrument", "adaptive", "evaluate")),
        ("numpy",),
    ),
    "engine.separation": Row(("engine.kernel", "engine.belief", "engine.fit", "engine.sitting"), ("numpy",)),
    "engine.appraise": Row(("engine",), ("numpy",)),
    "engine.appraisal": Row(("engine.separation",)),
    "engine.sampling": Row(("engine.kernel",), ("numpy",)),
    "engine.advice": Row(("engine.appraisal", "engine.sampling", "engine.separation"), ("numpy",)),
    "catalogue": Row(("errors", "model", "catalogue"), ("msgspec", "platformdirs")),
    "catalogue.yamlsafe": Row(("errors", "catalogue"), ("yaml",)),
    "catalogue.builder": Row(("errors", "catalogue"), ("yaml",)),
    "catalogue.schema": Row(("model", "document", "readings", "listings", "catalogue"), ("msgspec",)),
    "session": Row(("model", "document", "engine"), ("numpy", "msgspec")),
    "changes": Row(("model",)),
    "result": Row(("model", "document", "engine"), ("numpy", "msgspec")),
    "readings": Row(("model", "document"), ("msgspec",)),
    "listings": Row(("model", "catalogue.published"), ("msgspec",)),
    "explanation": Row(("model", "document", "readings", "engine"), ("numpy", "msgspec")),
    "comparison": Row(("model", "document", "readings", "engine", "result", "explanation"), ("numpy", "msgspec")),
    "difference": Row(("model", "document", "readings", "engine", "explanation"), ("numpy",)),
    "path": Row(("model", "document", "readings", "result")),
    "store": Row(("errors", "model", "store"), ("msgspec", "platformdirs")),
    "retold": Row(("model", "document"), ("msgspec",)),
    "report": Row(
        ("model", "document", "language", "words", "sentences", "contrast", "catalogue.characters", "report"),
        ("msgspec",),
    ),
    "report.html": Row(("catalogue.characters", "report"), ("jinja2",)),
    "report.portrait": Row(("model", "language", "words")),
    "report.headings": Row(("language",)),
    "terminal": Row(
        (
            "model",
            "document",
            "readings",
            "language",
            "words",
            "sentences",
            "contrast",
            "engine",
            "session",
            "terminal",
        ),
        ("prompt_toolkit", "msgspec"),
    ),
    "terminal.lines": Row(("catalogue.characters", "language", "terminal")),
    "terminal.changes_view": Row(("changes", "language")),
    "terminal.plain": Row(("catalogue.characters", "terminal.blocks", "terminal.wrapping")),
    "terminal.styled": Row(("catalogue.characters", "terminal.blocks"), ("rich",)),
    "terminal.columns": Row(("terminal.blocks",)),
    "terminal.excerpt": Row(("catalogue.characters",), ("rich",)),
    "terminal.statistics_view": Row(("catalogue.published", "language", "terminal")),
    "cli.evaluate": Row(EVERYTHING, ("msgspec", "numpy")),
    "cli": Row(EVERYTHING, ("typer", "msgspec", "platformdirs")),
}
"""Module or package to its row; a module without a row of its own has that of its package."""

CORE = (
    *VALUES,
    "readings",
    "engine",
    "session",
    "result",
    "changes",
    *READERS,
    "retold",
    "words",
    "sentences",
    "contrast",
)
"""Values in, values out: no files, no printing, no clock, no hidden randomness."""

CLOCKS_AND_FILES = {"os", "sys", "pathlib", "io", "time", "datetime", "tempfile", "shutil", "glob", "sqlite3", "locale"}
OTHER_PROCESSES = {"random", "secrets", "logging", "subprocess", "socket", "threading"}
SCREENS = {"typer", "rich", "prompt_toolkit", "yaml", "jinja2", "platformdirs"}
OUTSIDE_WORLD = CLOCKS_AND_FILES | OTHER_PROCESSES | SCREENS
SPEAKING = frozenset({"print", "open", "input", "exec", "eval", "breakpoint", "__import__"})

LINES = 300
LONGER: dict[str, str] = {}
"""File to the reason why it is longer than `LINES` lines."""


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    """Dotted name below careerfit, a package by its own name: engine/__init__.py is "engine"."""
    parts = list(file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def within(name: str, area: str) -> bool:
    return area == "" or name == area or name.startswith(f"{area}.")


def row_of(name: str) -> Row | None:
    while name not in TABLE and "." in name:
        name = name.rpartition(".")[0]
    return TABLE.get(name)


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Absolute dotted names of everything imported anywhere in a module of that package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


class WhatRuns(ast.NodeTransformer):
    """Drops what is imported for type checkers alone."""

    def visit_If(self, node: ast.If) -> ast.If | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else node


def own_module(dotted: str, names: set[str]) -> str:
    """The module of careerfit that an imported dotted name lives in, below careerfit; "__init__" for the package."""
    below = dotted.split(".")[1:]
    while below and ".".join(below) not in names:
        below.pop()
    return ".".join(below) or "__init__"


def trespasses(source: str, name: str, package: str, names: set[str]) -> list[str]:
    """What a module imports against its row of the table."""
    row = row_of(name)
    if row is None:
        return [f"{name} has no row"]
    found = []
    for dotted in imported(ast.parse(source), package):
        top = dotted.partition(".")[0]
        if top == "careerfit":
            target = own_module(dotted, names)
            allowed = target == "__init__" or any(within(target, area) for area in row.own)
        else:
            allowed = top in row.others or top in sys.stdlib_module_names
        if not allowed:
            found.append(dotted)
    return found


def impurities(source: str) -> list[str]:
    """Imports of the outside world, calls that speak to it, and numpy's hidden or unseeded randomness."""
    tree = ast.parse(source)
    found = [dotted for dotted in imported(tree, "careerfit") if dotted.partition(".")[0] in OUTSIDE_WORLD]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in SPEAKING:
                found.append(f"{node.func.id}()")
            if ast.unparse(node.func).endswith("default_rng") and not node.args:
                found.append("default_rng()")
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np.random", "numpy.random"):
            found += [ast.unparse(node)] if node.attr not in ("Generator", "default_rng") else []
    return found


def package_of(file: Path) -> str:
    return ".".join(["careerfit", *file.relative_to(PACKAGE).parent.parts])


NAMES = {name_of(file) for file in files()}
by_file = pytest.mark.parametrize("file", files(), ids=name_of)


@by_file
def test_a_module_imports_what_its_row_allows(file):
    """Every module stands in the table, and imports nothing of careerfit or of others beyond its row."""
    assert trespasses(file.read_text(encoding="utf-8"), name_of(file), package_of(file), NAMES) == []


def test_the_table_allows_no_more_than_is_used():
    """Every row is of a module there is, and each of its arrows is one that a module goes by."""
    rows = {name: (set(row.own) - set(EVERYTHING), set(row.others)) for name, row in TABLE.items()}
    unused = {name: own | others for name, (own, others) in rows.items()}
    for file in files():
        name = name_of(file)
        while name not in TABLE:
            name = name.rpartition(".")[0]
        for dotted in imported(ast.parse(file.read_text(encoding="utf-8")), package_of(file)):
            target = own_module(dotted, NAMES)
            unused[name] -= {area for area in rows[name][0] if within(dotted, "careerfit") and within(target, area)}
            unused[name] -= {dotted.partition(".")[0]}
    assert {name: areas for name, areas in unused.items() if areas} == {}
    assert TABLE.keys() <= NAMES


def test_arrows_point_one_way():
    """No module reaches itself through what it imports when it runs."""
    arrows = {}
    for file in files():
        name, tree = name_of(file), WhatRuns().visit(ast.parse(file.read_text(encoding="utf-8")))
        own = {own_module(dotted, NAMES) for dotted in imported(tree, package_of(file)) if within(dotted, "careerfit")}
        arrows[name] = own - {name}
    order = list(TopologicalSorter(arrows).static_order())
    assert order.index("engine.kernel") < order.index("engine.belief") < order.index("session")


@pytest.mark.parametrize(
    "file", [file for file in files() if any(within(name_of(file), area) for area in CORE)], ids=name_of
)
def test_the_core_is_pure(file):
    """The core neither imports nor calls anything that reaches outside, and draws only from a seeded generator."""
    assert impurities(file.read_text(encoding="utf-8")) == []


@by_file
def test_a_file_is_short_or_says_why_not(file):
    """No file above 300 lines without a reason in `LONGER`."""
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= LINES or name_of(file) in LONGER


def test_reasons_are_for_files_that_need_them():
    """`LONGER` names files that exist and are longer, each with a reason."""
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files()}
    assert all(lengths.get(name, 0) > LINES and reason for name, reason in LONGER.items())


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("engine.kernel", "import rich", ["rich"]),
        ("engine.kernel", "from careerfit.model import Item", ["careerfit.model.Item"]),
        ("engine.kernel", "from ..model import Item", ["careerfit.model.Item"]),
        ("engine.belief", "from . import fit", ["careerfit.engine.fit"]),
        ("model", "def f():\n    from careerfit.session import Session", ["careerfit.session.Session"]),
        ("model", "import careerfit.engine.fit as fit", ["careerfit.engine.fit"]),
        ("session", "from careerfit import result", ["careerfit.result"]),
        ("catalogue.load", "import yaml", ["yaml"]),
        ("elsewhere", "", ["elsewhere has no row"]),
        ("engine.fit", "import math\nimport numpy\nfrom careerfit.engine import kernel", []),
    ],
)
def test_the_table_is_really_held(name, source, found):
    """Planted imports against the table are found, wherever and however they are written; others are not."""
    package = ".".join(["careerfit", *name.split(".")[:-1]])
    assert trespasses(source, name, package, NAMES) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path", ["os.path"]),
        ("from pathlib import Path", ["pathlib.Path"]),
        ("def f():\n    import time", ["time"]),
        ("print('x')", ["print()"]),
        ("with open('x') as f: pass", ["open()"]),
        ("x = input()", ["input()"]),
        ("np.random.seed(1)", ["np.random.seed"]),
        ("rng = np.random.default_rng()", ["default_rng()"]),
        ("rng = np.random.default_rng(7)\nrng.normal()", []),
    ],
)
def test_purity_is_really_held(source, found):
    """Planted impurities are found; a seeded generator is none."""
    assert impurities(source) == found


def test_importing_careerfit_is_light():
    """`import careerfit` in a fresh process loads none of the heavy packages."""
    code = "import sys, careerfit; print(*sorted({'typer', 'rich', 'numpy', 'yaml', 'msgspec'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == []
