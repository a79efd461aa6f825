"""The compiled catalogue and its cache: fast when it can be, silent when it cannot, and never out of date."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from careerfit.catalogue import compiled
from careerfit.catalogue.compiled import Compiled, open_catalogue, pack
from careerfit.errors import InputRefused
from careerfit.model import Catalogue

SMALL = Path(__file__).parent / "catalogues" / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue folder of one's own."""
    return Path(shutil.copytree(SMALL, tmp_path / "catalogue"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which does not exist yet."""
    monkeypatch.setenv("CAREERFIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "cache"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Grows by one whenever the files of a catalogue are parsed."""
    parsed: list[Path] = []
    build = compiled._compile
    monkeypatch.setattr(compiled, "_compile", lambda folder, files: parsed.append(folder) or build(folder, files))
    return parsed


def cached_file(cache: Path) -> Path:
    """The only file of the cache."""
    (file,) = cache.iterdir()
    return file


def test_every_part_is_there(folder: Path, small: Catalogue) -> None:
    """The directory, each role and the whole catalogue come out as they went in."""
    opened = open_catalogue(folder)
    assert opened.catalogue() == small
    assert opened.directory["name"] == "small"
    assert opened.directory["hash"] == small.hash
    assert opened.directory["languages"] == ["id", "en"]
    assert opened.directory["families"]["film"] == {"id": "Film", "en": "Film"}
    assert opened.directory["traits"]["lead"] == {"id": "Memimpin", "en": "Leading"}
    assert opened.directory["sources"]["editorial"] == {
        "kind": "editorial",
        "title": {"id": "Redaksi", "en": "The editors"},
    }
    assert opened.directory["roles"][2] == {
        "id": "coordinator-film",
        "title": {"id": "Koordinator Produksi (film)", "en": "Production Coordinator (film)"},
        "aliases": ["Production Coordinator", "Koordinator Syuting"],
        "family": "film",
    }


def test_a_role_has_every_key_and_one_level_a_signal(folder: Path) -> None:
    """What was left out of a role is filled in; a signal names the level it was given and no other."""
    role = open_catalogue(folder).role("coordinator-plant")
    assert (role["aliases"], role["codes"], role["myths"], role["leads_to"]) == ([], {}, [], ["plant-head"])
    assert role["readiness"]["notes"] == []
    assert role["unfit"] == [
        {
            "trait": "exact",
            "text": {"id": "Selisih kecil cepat jadi masalah.", "en": "Small differences soon matter."},
            "source": "editorial",
            "at_most": 2.0,
            "weight": 1.0,
            "level_note": {},
        }
    ]
    with pytest.raises(KeyError):
        open_catalogue(folder).role("baker")


def test_the_second_time_nothing_is_parsed(folder: Path, builds: list[Path], small: Catalogue) -> None:
    """The first look makes the compiled form, the next ones read it."""
    assert [open_catalogue(folder).catalogue() for _ in range(3)] == [small] * 3
    assert builds == [folder]


def test_an_edit_shows_at_once_and_leaves_nothing_behind(folder: Path, builds: list[Path], cache: Path) -> None:
    """A changed file is another catalogue, whatever its time and size; the old compiled form goes."""
    open_catalogue(folder)
    before = cached_file(cache)
    roles = folder / "roles.yaml"
    roles.write_bytes(roles.read_bytes().replace(b"Kepala Pabrik", b"Bos    Pabrik"))
    assert open_catalogue(folder).directory["roles"][0]["title"]["id"] == "Bos    Pabrik"
    assert len(builds) == 2
    assert cached_file(cache) != before


def test_catalogues_of_other_folders_are_left_alone(
    folder: Path, tmp_path: Path, builds: list[Path], cache: Path
) -> None:
    """Each folder has its own compiled form, even of the same catalogue."""
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    for place in (folder, other, folder, other):
        open_catalogue(place)
    assert builds == [folder, other]
    assert len(list(cache.iterdir())) == 2


def test_another_version_does_not_read_it(folder: Path, builds: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A new careerfit, or a new form, compiles anew."""
    open_catalogue(folder)
    monkeypatch.setattr(compiled, "__version__", "99")
    open_catalogue(folder)
    monkeypatch.setattr(compiled, "FORMAT", 99)
    open_catalogue(folder)
    assert len(builds) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:5],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: b"\xff" * 8 + data[8:],
        lambda data: data.replace(b'"directory":[0', b'"directory":[1'),
        lambda data: data.replace(b"Kepala", b"Kepalo"),
        lambda data: b"{}",
        lambda data: b"SQLite format 3\0" * 100,
    ],
)
def test_a_damaged_file_is_made_again(
    damage: object, folder: Path, cache: Path, builds: list[Path], small: Catalogue
) -> None:
    """Cut, changed or foreign: it is not believed, and the next look finds a whole one."""
    open_catalogue(folder)
    file = cached_file(cache)
    good = file.read_bytes()
    file.write_bytes(damage(good))  # type: ignore[operator]
    assert open_catalogue(folder).catalogue() == small
    assert cached_file(cache).read_bytes() == good
    assert len(builds) == 2


def test_every_flipped_byte_is_noticed(folder: Path, cache: Path) -> None:
    """No single changed byte goes unseen."""
    open_catalogue(folder)
    good = cached_file(cache).read_bytes()
    for place in range(0, len(good), 97):
        bad = bytearray(good)
        bad[place] ^= 0x10
        with pytest.raises(ValueError, match="compiled"):
            Compiled(bytes(bad))


@pytest.mark.parametrize("obstacle", ["file", "broken link", "device"])
def test_a_cache_that_cannot_be_written_is_no_obstacle(
    obstacle: str, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a usable folder everything works as before, without a word."""
    home = tmp_path / "home"
    if obstacle == "file":
        home.write_text("not a folder")
    elif obstacle == "broken link":
        home.symlink_to(tmp_path / "gone" / "too")
    else:
        monkeypatch.setenv("CAREERFIT_HOME", "/dev/null")
    for _ in range(2):
        assert open_catalogue(folder).directory["name"] == "small"
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_leaves_no_half_file(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails leaves nothing behind."""

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    assert open_catalogue(folder).directory["name"] == "small"
    assert list(cache.iterdir()) == []


def test_only_its_owner_reads_the_cache(folder: Path, cache: Path) -> None:
    """The folder is made 0700 and the file 0600, whatever the umask."""
    open_catalogue(folder)
    assert stat.S_IMODE(cache.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(cached_file(cache).stat().st_mode) == 0o600


def test_a_catalogue_with_problems_is_refused_and_not_kept(folder: Path, cache: Path) -> None:
    """Every problem is told, each time."""
    (folder / "items.yaml").write_text("[]\n")
    for _ in range(2):
        with pytest.raises(InputRefused) as refused:
            open_catalogue(folder)
        assert [problem.code for problem in refused.value.problems] == ["too-few"]
    assert not cache.exists()


def test_finding_it_in_the_cache_imports_no_parser(folder: Path) -> None:
    """What `show` waits for is the standard library: no YAML, no msgspec, no OpenSSL."""
    look = (
        "from pathlib import Path; from careerfit.catalogue.compiled import open_catalogue\n"
        f"found = open_catalogue(Path({str(folder)!r})); found.directory; found.role('plant-head')"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", look], capture_output=True, text=True, check=True, timeout=60
        )
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "json" in imported
    unwanted = {"yaml", "msgspec", "numpy", "rich", "platformdirs", "hashlib", "dataclasses", "difflib"}
    assert not imported & unwanted
    assert {name for name in imported if name.startswith("careerfit")} == {
        "careerfit",
        "careerfit.catalogue",
        "careerfit.catalogue.compiled",
        "careerfit.catalogue.files",
    }


def test_the_form_is_an_index_and_slices() -> None:
    """Eight bytes with the length of the index, the index, the slices, four bytes of checksum."""
    packed = pack({"a": b"[1]", "b": b"{}"})
    assert packed[:8] == (21).to_bytes(8, "big")
    assert packed[8:29] == b'{"a":[0,3],"b":[3,2]}'
    assert packed[29:-4] == b"[1]{}"
