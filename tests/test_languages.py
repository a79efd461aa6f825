"""A third language is one translation away, and a catalogue may have languages that the program lacks."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import write_po
from hypothesis import given
from hypothesis import strategies as st
from terminal import SMALL, run, warm_home

from careerfit import language
from careerfit.catalogue.page import content_language

MALAY = {
    "There is no role called “{query}”.": "Tiada peranan bernama “{query}”.",
    "What is usually asked for": "Yang lazimnya diminta",
    "Options": "Pilihan",
    "List the roles.": "Senaraikan peranan.",
}


@pytest.fixture
def home(tmp_path) -> Path:
    return warm_home(tmp_path)


@pytest.fixture
def locale(tmp_path) -> Path:
    """A folder with a compiled Malay translation of some words."""
    return translation(tmp_path / "locale", MALAY)


def translation(folder: Path, words_of: dict[str, str]) -> Path:
    """Make a folder with a compiled Malay translation, as docs/translating.md says."""
    words = folder / "ms" / "LC_MESSAGES"
    words.mkdir(parents=True)
    catalogue = Catalog(locale="ms", fuzzy=False)
    for english, malay in words_of.items():
        catalogue.add(english, malay)
    with (words / "careerfit.po").open("wb") as file:
        write_po(file, catalogue)
    CommandLineInterface().run(["pybabel", "-q", "compile", "-D", "careerfit", "-d", str(folder)])
    return folder


@pytest.fixture
def malay(tmp_path) -> Path:
    """The small catalogue with a third language: every Malay text is the Indonesian one with "(ms)" after it."""
    folder = tmp_path / "malay"
    shutil.copytree(SMALL, folder)
    for file in folder.iterdir():
        content = file.read_text().replace("languages: [id, en]", "languages: [id, en, ms]")
        file.write_text(re.sub(r'\{id: "([^"]*)", en:', r'{id: "\1", ms: "\1 (ms)", en:', content))
    return folder


def title(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["title"])


def show(home: Path, folder: Path, *options: str | Path, **changes: str) -> str:
    return title(run(home, "show", "plant-head", "--catalogue", folder, "--json", *options, **changes))


def test_a_translation_in_a_folder_of_ones_own_is_spoken(home, locale, malay):
    """The program's and Typer's words and the catalogue's texts are Malay; what has no translation is English."""
    spoken = {"CAREERFIT_LOCALE": str(locale)}
    said = run(home, "show", "nobody", "--catalogue", malay, "--lang", "ms", **spoken)
    assert "Tiada peranan bernama “nobody”." in said.stderr.decode()
    page = run(home, "show", "plant-head", "--catalogue", malay, "--lang", "ms", **spoken).stdout.decode()
    assert "Kepala Pabrik (ms)" in page
    assert "Yang lazimnya diminta" in page
    assert "Head of Plant" not in page
    help_page = run(home, "roles", "--help", "--lang", "ms", **spoken).stdout.decode()
    assert "Senaraikan peranan." in help_page
    assert "Pilihan:" in help_page
    assert "Only this family." in help_page


@pytest.mark.parametrize("malay", ["Tiada {peranan}.", "Tiada {query", "Tiada {0}."])
def test_a_translation_with_other_fields_is_left_out(home, tmp_path, malay):
    """What the program could not fill in is said in English, and the rest in Malay."""
    spoken = translation(tmp_path / "wrong", {**MALAY, "There is no role called “{query}”.": malay})
    done = run(home, "show", "nobody", "--catalogue", SMALL, "--lang", "ms", CAREERFIT_LOCALE=str(spoken))
    assert done.returncode == 2
    assert "There is no role called “nobody”." in done.stderr.decode()


@pytest.mark.parametrize("changes", [{"CAREERFIT_LANG": "ms"}, {"LC_ALL": "ms_MY.UTF-8"}], ids=["variable", "locale"])
def test_a_third_language_is_chosen_as_the_others_are(home, locale, malay, changes):
    """CAREERFIT_LANG and the locale choose it too."""
    done = run(home, "show", "nobody", "--catalogue", malay, CAREERFIT_LOCALE=str(locale), **changes)
    assert "Tiada peranan" in done.stderr.decode()


def test_a_result_says_which_language_it_is_in(home, malay):
    """A result document carries the tag of its texts, whatever the program itself speaks."""
    done = run(home, "score", "--catalogue", malay, "--json", "--lang", "ms", answers='{"responses": {"settle-it": 4}}')
    result = json.loads(done.stdout)
    assert result["language"] == "ms"
    assert all(role["title"].endswith("(ms)") for role in result["ranking"])


def test_a_language_that_only_the_catalogue_has_is_read(home, malay):
    """The catalogue's texts are in it, and the program's own words in English."""
    page = run(home, "show", "plant-head", "--catalogue", malay, "--lang", "ms").stdout.decode()
    assert "Kepala Pabrik (ms)" in page
    assert "What is usually asked for" in page


def test_a_language_that_only_the_program_has_leaves_the_catalogue_readable(home, locale):
    """The small catalogue has no Malay: it is read in English."""
    assert show(home, SMALL, "--lang", "ms", CAREERFIT_LOCALE=str(locale)) == "Head of Plant"


def test_a_language_nobody_has_is_a_usage_error(home, locale):
    """Exit 2; both sides say what they have."""
    for command in (
        ["roles"],
        ["items"],
        ["show", "plant-head"],
        ["quiz", "--plain"],
        ["catalogue", "evaluate", SMALL],
    ):
        where = [] if "evaluate" in command else ["--catalogue", SMALL]
        done = run(home, *command, *where, "--lang", "fr", CAREERFIT_LOCALE=str(locale))
        said = done.stderr.decode()
        assert (done.returncode, done.stdout) == (2, b"")
        assert "“fr”" in said
        assert "careerfit has en, id, ms; this catalogue has id, en." in said


def test_a_preference_nobody_has_is_no_error(home):
    """CAREERFIT_LANG and the locale are wishes: English stands in."""
    assert show(home, SMALL, CAREERFIT_LANG="fr") == show(home, SMALL, LC_ALL="fr_FR.UTF-8") == "Head of Plant"


@pytest.mark.parametrize("tag", ["", "x y", "english", "id;rm", "../id", "\x1b[31m"])
def test_what_is_no_tag_is_refused(home, tag):
    """Exit 2, before anything is read."""
    done = run(home, "roles", "--lang", tag)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"not a translation", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_translation_that_cannot_be_read_is_named(home, locale, content):
    """Exit 2 and the folder, not a traceback."""
    (locale / "ms" / "LC_MESSAGES" / "careerfit.mo").write_bytes(content)
    done = run(home, "roles", "--lang", "ms", CAREERFIT_LOCALE=str(locale))
    assert (done.returncode, done.stdout) == (2, b"")
    assert str(locale) in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("id", "id"), ("IN", "id"), ("pt_br", "pt-BR"), ("zh-hans-cn", "zh-Hans-CN"), ("es-419", "es-419"), ("?", "en")],
)
def test_a_tag_is_written_as_usual(typed, tag):
    """Language in small letters, script with a capital, region in capitals, the old tag of Indonesian renewed."""
    assert language.choose(["--lang", typed], {}) == tag


@pytest.mark.parametrize(
    ("has", "wanted", "read"),
    [
        (["id", "en"], "en", "en"),
        (["id", "pt-BR"], "pt-BR", "pt-BR"),
        (["pt", "pt-br"], "pt-BR", "pt-br"),
        (["id", "pt"], "pt-BR", "pt"),
        (["id", "pt-BR"], "pt", "pt-BR"),
        (["id", "en-GB"], "en-US", "en-GB"),
        (["id", "en"], "jv", "en"),
        (["jv", "id"], "fr", "jv"),
    ],
)
def test_a_catalogue_is_read_in_the_nearest_language(has, wanted, read):
    """The tag itself, the same language elsewhere, English, or the catalogue's first."""
    assert content_language(has, wanted) == read


@given(st.text(max_size=12))
def test_any_wish_gives_a_tag(text):
    """Whatever stands after --lang or in the environment, a tag comes out, and the same one comes out of it again."""
    chosen = language.choose(["--lang", text], {})
    assert language.is_tag(chosen)
    assert language.choose([], {"CAREERFIT_LANG": chosen}) == chosen
