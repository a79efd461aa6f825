"""The README's pictures show what the program shows today, and bring nothing along."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from terminal import warm_home

from scripts import script

ROOT = Path(__file__).parent.parent
picture = script("scripts/picture.py")


@pytest.mark.parametrize("name", picture.PICTURES)
def test_a_picture_is_current(name, tmp_path):
    """A run of today draws the very picture in docs/; `make pictures` renews it."""
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert kept == picture.PICTURES[name](warm_home(tmp_path)), "`make pictures`, and look at them"


@pytest.mark.parametrize("name", picture.PICTURES)
def test_a_picture_brings_nothing_along(name):
    """It is well-formed, has no script, no link, no address but the name of its format, and says what it shows."""
    source = (ROOT / "docs" / name).read_text(encoding="utf-8")
    root = ElementTree.fromstring(source)
    tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
    assert tags == {"svg", "title", "desc", "style", "rect", "path", "circle", "text"}
    assert re.findall(r"https?:[^\"]*", source) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|@import|href", source)
    words = root.findtext("{http://www.w3.org/2000/svg}desc")
    shown = " ".join(element.text for element in root.iter("{http://www.w3.org/2000/svg}text"))
    assert words.split()[-1] in shown
    assert len(words) > 200
