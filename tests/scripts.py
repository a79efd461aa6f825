"""The scripts of the repository as modules: what stands in bench/, docs/, fuzz/ and scripts/ belongs to no package."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from unittest import mock

ROOT = Path(__file__).parents[1]


@cache
def script(path: str) -> ModuleType:
    """Return a script as a module, from its path in the repository; it may import those beside it."""
    file = ROOT / path
    name = f"{file.parent.name}_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where a dataclass looks for the words in its annotations
    with mock.patch.object(sys, "path", [str(file.parent), *sys.path]):
        spec.loader.exec_module(module)
    return module
