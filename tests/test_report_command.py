"""`careerfit report`: what it writes, where, and that a file is the old one or the whole new one."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from terminal import CAREERFIT, SMALL, Terminal, environment, run, warm_home

from careerfit.cli.files import write_file
from careerfit.errors import CannotWrite, ExitCode

ITEMS = ("hand-out-tasks", "own-part", "settle-it", "ask-around", "spot-slips", "round-figures")
SHEET = json.dumps(
    {
        "schema": "careerfit/answers/1",
        "respondent": "Rina",
        "responses": dict(zip(ITEMS, (4, 0, 4, 1, 3, None), strict=True)),
    }
)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def made(home) -> Path:
    """A result document of the small catalogue, in a file."""
    done = run(home, "score", "-", "--catalogue", SMALL, "--json", "--lang", "en", answers=SHEET)
    assert done.returncode == 0, done.stderr
    file = home / "result.json"
    file.write_bytes(done.stdout)
    return file


def report(home: Path, made: Path, *arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return run(home, "report", made, "--catalogue", SMALL, *arguments, **changes)


def test_a_pipe_gets_the_page(home, made):
    """Without a name, standard output in a pipe gets HTML, and standard error nothing."""
    done = report(home, made, "--lang", "en")
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.startswith(b'<!DOCTYPE html>\n<html lang="en">')
    assert b"Rina" in done.stdout


@pytest.mark.parametrize("ending", [".html", ".HTM", ".md", ".csv", ".json"])
def test_the_ending_says_what_to_make(home, made, tmp_path, ending):
    """A file gets what its ending names, byte for byte what --format prints, and is its owner's alone."""
    file = tmp_path / f"result{ending}"
    done = report(home, made, "-o", file, "--lang", "id")
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert str(file) in done.stderr.decode()
    form = {".htm": "html", ".md": "markdown"}.get(ending.lower(), ending[1:])
    assert file.read_bytes() == report(home, made, "--format", form, "-o", "-", "--lang", "id").stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_format_overrules_the_ending(home, made, tmp_path):
    """--format is obeyed whatever the file is called; without it an unknown ending is a question of usage."""
    file = tmp_path / "result.txt"
    refused = report(home, made, "-o", file, "--lang", "en")
    assert refused.returncode == ExitCode.USAGE
    assert b"--format" in refused.stderr
    assert not file.exists()
    assert report(home, made, "-o", file, "--format", "markdown", "--lang", "en").returncode == 0
    assert file.read_text(encoding="utf-8").startswith("# Career fit report\n")


def test_json_is_the_result_itself(home, made):
    """In its own language the document is the one that was kept, to the byte; in another one only words differ."""
    assert report(home, made, "--format", "json", "--lang", "en").stdout == made.read_bytes()
    told = json.loads(report(home, made, "--format", "json", "--lang", "id").stdout)
    kept = json.loads(made.read_bytes())
    assert told["language"] == "id"
    assert [role["evidence"] for role in told["ranking"]] == [role["evidence"] for role in kept["ranking"]]
    assert told["ranking"][0]["title"] != kept["ranking"][0]["title"]


def test_csv_is_read_back(home, made):
    """The table has a row for each role, after a mark that tells spreadsheets the encoding."""
    printed = report(home, made, "--format", "csv", "--lang", "en").stdout.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    kept = json.loads(made.read_bytes())["ranking"]
    assert [(row["role"], int(row["match"])) for row in rows] == [(role["role"], role["match"]) for role in kept]
    assert rows[0]["title"] == kept[0]["title"]


def test_on_a_terminal_a_new_file_is_made_here(home, made, tmp_path):
    """Somebody at a terminal gets a file named after date and id in the current folder, and is told its name."""
    result = json.loads(made.read_bytes())
    name = f"careerfit-{result['created'][:10]}-{result['id']}.html"
    prefix = [shutil.which("env"), "-C", str(tmp_path), *CAREERFIT]
    arguments = ("report", made, "--catalogue", SMALL, "--lang", "en")
    with Terminal(home, *arguments, prefix=prefix, size=(200, 24)) as terminal:
        assert terminal.exit_code() == 0
        assert f"The report is in {name}." in terminal.text
    assert [file.name for file in tmp_path.iterdir()] == [name]
    with Terminal(home, *arguments, prefix=prefix, size=(200, 24)) as terminal:
        assert terminal.exit_code() == ExitCode.CANNOT_WRITE
        assert "--force" in terminal.text


def test_the_id_of_a_document_is_no_path(home, made, tmp_path):
    """A document with a path for an id and a date still makes an ordinary name in the current folder."""
    changed = json.loads(made.read_bytes()) | {"id": "../../x/.y", "created": "/etc/a b;c"}
    file = tmp_path / "in" / "hostile.json"
    file.parent.mkdir()
    file.write_text(json.dumps(changed))
    prefix = [shutil.which("env"), "-C", str(tmp_path), *CAREERFIT]
    with Terminal(home, "report", file, "--catalogue", SMALL, prefix=prefix, size=(200, 24)) as terminal:
        assert terminal.exit_code() == 0
    assert sorted(found.name for found in tmp_path.iterdir()) == ["careerfit-etcabc-xy.html", "in"]


def test_the_newest_result_is_reported_when_none_is_named(tmp_path):
    """After a quiz, `careerfit report` needs no argument."""
    home = warm_home(tmp_path)
    assert run(home, "report").returncode == ExitCode.USAGE
    answers = "s\n" * 7 + "5\n1\n4\n"
    assert run(home, "quiz", "--plain", "--catalogue", SMALL, "--lang", "en", answers=answers).returncode == 0
    done = run(home, "report", "--catalogue", SMALL, "--lang", "en", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    assert b"**Questions:** 3 questions answered" in done.stdout


def test_another_file_is_left_alone(home, made, tmp_path):
    """A file that is there stays as it is without --force, and is replaced whole with it."""
    file = tmp_path / "result.md"
    file.write_text("mine")
    refused = report(home, made, "-o", file)
    assert refused.returncode == ExitCode.CANNOT_WRITE
    assert file.read_text() == "mine"
    assert report(home, made, "-o", file, "--force").returncode == 0
    assert file.read_text(encoding="utf-8").startswith("# ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_full_disk_leaves_the_old_file(home, made, tmp_path):
    """When the new one does not fit, the old one stays, nothing is left beside it, and the exit code says so."""
    file = tmp_path / "result.html"
    file.write_text("mine")
    limited = subprocess.run(
        [*CAREERFIT, "report", str(made), "--catalogue", str(SMALL), "-o", str(file), "--force", "--lang", "en"],
        capture_output=True,
        env=environment(home),
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (4096, 4096)),
        check=False,
    )
    assert limited.returncode == ExitCode.CANNOT_WRITE, limited.stderr
    assert b"larger than a file may be" in limited.stderr
    assert file.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_not_followed(tmp_path):
    """Neither a symbolic link, to a file or to nothing, nor a folder or a device is written to, force or not."""
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    before = sorted(tmp_path.iterdir())
    for name in ("link", "dangling", "folder", "fifo"):
        for force in (False, True):
            with pytest.raises(CannotWrite, match="not an ordinary file"):
                write_file(tmp_path / name, b"new", force)
    assert sorted(tmp_path.iterdir()) == before
    assert target.read_text() == "mine"


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o777])
def test_a_file_is_its_owners_alone(tmp_path, mask):
    """Whatever the umask, the mode is 0600."""
    before = os.umask(mask)
    try:
        write_file(tmp_path / "x.html", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x.html").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    """The reason is said."""
    with pytest.raises(CannotWrite, match="there is no such file or folder"):
        write_file(tmp_path / "none" / "x.html", b"new")
    assert not (tmp_path / "none").exists()


def test_whoever_takes_the_name_meanwhile_keeps_it(tmp_path, monkeypatch):
    """Between looking and writing somebody makes the file: without force theirs stays."""
    file = tmp_path / "x.html"
    really = os.fsync

    def slow(opened: int) -> None:
        file.write_text("theirs")
        really(opened)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(CannotWrite, match="already"):
        write_file(file, b"ours")
    assert file.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["open", "fchmod", "write", "fsync", "link", "rename"])
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EIO, "the disk reports an error"),
        (errno.EACCES, "you have no permission for it"),
    ],
)
def test_a_fault_leaves_the_old_file(tmp_path, monkeypatch, name, code, reason, force):
    """Whichever call fails, what was there is there, nothing else is, and it is told."""
    file = tmp_path / "x.html"
    if force:
        file.write_text("old")

    def fails(*_arguments: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    where = {"rename": (Path, "replace")}.get(name, (os, name))
    monkeypatch.setattr(*where, fails)
    if (name, force) in {("link", True), ("rename", False)}:
        write_file(file, b"new", force)
        assert file.read_text() == "new"
        return
    with pytest.raises(CannotWrite, match=reason):
        write_file(file, b"new", force)
    monkeypatch.undo()
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == ([("x.html", "old")] if force else [])


def test_a_disk_without_hard_links_gets_the_file(tmp_path, monkeypatch):
    """Where links are not to be had the file is renamed into its place."""

    def no_links(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    write_file(tmp_path / "x.html", b"new")
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"new"]


STRACE = shutil.which("strace")
WRITER = """
import sys; from pathlib import Path; from careerfit.cli.files import write_file
write_file(Path(sys.argv[1]), b"n" * 99999, True)
"""


@pytest.mark.skipif(STRACE is None, reason="NOT TESTED: kills at system calls need strace, which is not installed")
@pytest.mark.parametrize("call", ["write", "fsync", "fchmod", "/rename"])
def test_a_kill_leaves_the_old_file(tmp_path, call):
    """Killed on entry of each call that leads to the new file, the old one is there, as it was."""
    file = tmp_path / "x.html"
    file.write_bytes(b"old")
    inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:signal=KILL:when=1"]
    killed = subprocess.run([*inject, sys.executable, "-c", WRITER, str(file)], capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize(("zone", "day"), [("WIB-7", "22 November 2026"), ("UTC0", "21 November 2026")])
def test_the_day_is_the_one_where_the_person_lives(home, made, tmp_path, zone, day):
    """A result made late in the evening in Greenwich is of the next day in Jakarta."""
    file = tmp_path / "late.json"
    file.write_text(json.dumps({**json.loads(made.read_bytes()), "created": "2026-11-21T22:30:00Z"}), encoding="utf-8")
    assert f">{day}<" in report(home, file, "-o", "-", TZ=zone).stdout.decode()
