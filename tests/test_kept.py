"""Results that are kept, found by id or in a file, each with the catalogue it was made with."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from terminal import SMALL, saved, warm_home

from careerfit.catalogue.load import load_catalogue
from careerfit.cli.kept import kept_result
from careerfit.engine.instrument import Instrument
from careerfit.errors import CareerfitError, CatalogueChanged, InputRefused, UsageError
from careerfit.model import Answers
from careerfit.result import Stamp, build_result
from careerfit.store import FILE_NAME, Store

GOLDEN = Path(__file__).parent / "stores" / "version-1"
IDS = ("aaaa00", "aabb00", "bbbb00")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A catalogue of one's own, which may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "own"))


@pytest.fixture
def home(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with three results, the last one with a reality check."""
    home = warm_home(tmp_path)
    monkeypatch.setenv("CAREERFIT_HOME", str(home))
    catalogue = load_catalogue(own)
    instrument = Instrument.of(catalogue)
    with Store(home) as store:
        for place, name in enumerate(IDS):
            answers = Answers(responses={catalogue.items[0].id: place})
            stamp = Stamp(id=name, created="2026-11-21T10:00:00Z", language="en", program="careerfit")
            result = build_result(instrument, answers, "respondent", stamp)
            quiz = store.start(when=result.created, catalogue=catalogue, language="en", max_items=30)
            store.finish(quiz.id, name, result.created, msgspec.json.encode(result), headline="x", answered=1)
        store.save_reality(IDS[-1], b"[]")
    return home


def found(wanted: str | None, folder: Path | None = None) -> str:
    return kept_result(wanted, folder).result.id


def test_without_a_wish_the_newest_is_returned(home):
    """With its reality check, and the catalogue it was made with, though the shipped one is another."""
    kept = kept_result(None)
    assert (kept.result.id, kept.reality) == ("bbbb00", b"[]")
    assert kept.catalogue == load_catalogue(SMALL)


@pytest.mark.parametrize(("wanted", "name"), [("aabb00", "aabb00"), ("aab", "aabb00"), ("b", "bbbb00")])
def test_an_id_or_its_beginning_finds_a_result(home, wanted, name):
    """As with commits in git."""
    assert found(wanted) == name


def test_a_beginning_of_several_names_them(home):
    """Exit 2, with what there is to choose from."""
    with pytest.raises(UsageError) as refusal:
        kept_result("aa")
    assert "aabb00, aaaa00" in str(refusal.value.hint)


@pytest.mark.parametrize("wanted", ["zz", "", "AAAA00", "%"])
def test_an_id_that_nothing_has_is_a_usage_error(home, wanted):
    """Nothing is matched loosely."""
    with pytest.raises(UsageError):
        kept_result(wanted)


def test_without_any_result_the_way_to_one_is_named(tmp_path, monkeypatch):
    """And looking makes no store."""
    monkeypatch.setenv("CAREERFIT_HOME", str(tmp_path / "none"))
    with pytest.raises(UsageError) as refusal:
        kept_result(None)
    assert "careerfit quiz" in str(refusal.value.hint)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("how", ["edited", "broken", "gone"])
def test_a_result_outlives_every_change_of_its_catalogue(home, own, how):
    """The store has a copy of what it was made with."""
    roles = own / "roles.yaml"
    if how == "edited":
        roles.write_text(roles.read_text().replace("Runs a plant.", "Runs a whole plant."))
    elif how == "broken":
        roles.write_text("roles: [")
    else:
        shutil.rmtree(own)
    assert kept_result("aaaa", own).catalogue == load_catalogue(SMALL)


def old_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with a store of version 1, which kept no catalogues."""
    shutil.copy(GOLDEN / FILE_NAME, tmp_path / FILE_NAME)
    monkeypatch.setenv("CAREERFIT_HOME", str(tmp_path))


def test_a_result_without_a_copy_needs_a_folder_with_the_same_catalogue(tmp_path, monkeypatch):
    """Named with --catalogue it is used; without it the way out is said, exit 7."""
    old_home(tmp_path, monkeypatch)
    assert kept_result(None, GOLDEN / "catalogue").result.id == "0123456789ab"
    with pytest.raises(CatalogueChanged) as refusal:
        kept_result(None)
    assert refusal.value.exit_code == 7
    assert "--catalogue" in str(refusal.value.hint)


def document(home: Path) -> dict[str, Any]:
    return json.loads(saved(home)["results"][0].document)


def test_a_document_is_read_from_a_file(home, tmp_path, monkeypatch):
    """By its ending or its slash; the catalogue is found by its hash in the store."""
    monkeypatch.chdir(tmp_path)
    for name in ("mine.json", "./mine"):
        Path(name).write_text(json.dumps(document(home)))
        kept = kept_result(name)
        assert (kept.result.id, kept.reality) == ("bbbb00", None)


def test_a_document_is_read_from_standard_input(home, monkeypatch):
    """For pipes."""

    class Stdin:
        buffer = io.BytesIO(json.dumps(document(home)).encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert found("-") == "bbbb00"


def changed(home: Path, path: str, value: object) -> bytes:
    """The document with one place in it changed."""
    plain = document(home)
    *way, last = path.split("/")
    place: Any = plain
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("ranking/0/role", "nobody"),
        ("ranking/0/role", "film-production-coordinator"),
        ("ranking/0/rank", 2),
        ("ranking/0/match", 10**9),
        ("ranking/0/confidence/first", -1.0),
        ("ranking/0/tied_with", ["nobody"]),
        ("ranking/0/signals/0/trait", "nothing"),
        ("ranking/0/signals/0/source", "nowhere"),
        ("ranking/0/readiness/0/needs", 4),
        ("ranking/0/readiness/1/has", "bachelor"),
        ("ranking/0/title", "\x1b[31mred"),
        ("ranking/0/title", "\u202eder"),
        ("contrast/first", "nobody"),
        ("contrast/swap", {"trait": "nothing", "change": 1.0}),
        ("traits/0/trait", "nothing"),
        ("answers/responses", {"nothing": 1}),
        ("answers/responses", {"hand-out-tasks": 5}),
        ("language", "xx"),
        ("schema", "careerfit/result/2"),
        ("extra", 1),
        ("ranking", []),
    ],
)
def test_a_document_changed_by_hand_is_refused(home, tmp_path, path, value):
    """Exit 4, never a traceback, whatever was changed."""
    if path == "ranking/0/role" and value == document(home)["ranking"][0]["role"]:
        value = document(home)["ranking"][1]["role"]
    file = tmp_path / "mine.json"
    file.write_bytes(changed(home, path, value))
    with pytest.raises(InputRefused) as refusal:
        kept_result(str(file))
    assert refusal.value.exit_code == 4


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b'{"schema": "x"}', b"1e999"])
def test_a_file_that_is_no_document_is_refused(home, tmp_path, content):
    """As above."""
    (tmp_path / "mine.json").write_bytes(content)
    with pytest.raises(InputRefused):
        kept_result(str(tmp_path / "mine.json"))


def test_a_file_that_is_not_there_or_endless_is_refused(home, tmp_path):
    """A device without an end is read no further than a result can be long."""
    for name in (str(tmp_path / "none.json"), str(tmp_path), "/dev/zero"):
        with pytest.raises(InputRefused):
            kept_result(name)


def test_a_name_that_is_no_text_is_refused(home):
    """A name in bytes that are no text is no crash either."""
    with pytest.raises(CareerfitError):
        kept_result("\udcff/x")
