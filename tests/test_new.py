"""`catalogue new` and `catalogue schema --write`: a whole, sound, explained catalogue, or nothing at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator
from terminal import CAREERFIT, environment, run, warm_home

from careerfit.catalogue.documents import TYPES
from careerfit.catalogue.load import load_catalogue
from careerfit.catalogue.starting import starting_files
from careerfit.cli.files import write_files
from careerfit.errors import CannotWrite
from careerfit.model import Catalogue, Pair, Statement

ROOT = Path(__file__).parents[1]
FILES = ("items.yaml", "roles.yaml", "traits.yaml")
ALL = {*FILES, *(f"schema/{name.replace('yaml', 'json')}" for name in FILES)}


@pytest.fixture
def home(tmp_path) -> Path:
    return warm_home(tmp_path)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, hidden ones too."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def made(home: Path, folder: Path, *options: str) -> Catalogue:
    done = run(home, "catalogue", "new", folder, *options)
    assert (done.returncode, done.stderr) == (0, b"")
    return load_catalogue(folder)


def comments(folder: Path) -> str:
    lines = (line.strip() for name in FILES for line in (folder / name).read_text().splitlines())
    return "\n".join(line for line in lines if line.startswith("#"))


@pytest.mark.parametrize(
    ("options", "languages"),
    [
        (("--languages", "id"), ("id",)),
        (("--languages", "en"), ("en",)),
        (("--languages", "both"), ("id", "en")),
        (("--lang", "en"), ("en",)),
        ((), ("id",)),
    ],
)
def test_a_new_catalogue_has_nothing_wrong_or_weak_in_it(home, tmp_path, options, languages):
    """The check finds no error and no warning, in whichever languages; the language spoken is the one taken."""
    catalogue = made(home, tmp_path / "new", *options)
    assert catalogue.languages == languages
    checked = run(home, "catalogue", "check", tmp_path / "new", "--lang", "en")
    assert (checked.stdout, checked.stderr) == (
        b"",
        f"{tmp_path / 'new'}: 0 errors, 0 warnings (3 roles, 6 traits, 24 questions)\n".encode(),
    )


def test_a_new_catalogue_is_small_and_has_one_of_everything(home, tmp_path):
    """Three neighbours, six traits, 24 items of both kinds; nothing that a role can say is left out by all."""
    catalogue = made(home, tmp_path / "new")
    assert (len(catalogue.roles), len(catalogue.traits), len(catalogue.items)) == (3, 6, 24)
    statements = [item for item in catalogue.items if isinstance(item, Statement)]
    scenes = [item for item in catalogue.items if isinstance(item, Pair) and len(item.left.traits) > 1]
    assert {item.keyed for item in statements} == {"positive", "negative"}
    assert len(scenes) >= 2
    for role in catalogue.roles:
        assert all((role.tasks, role.fit, role.unfit, role.myths, role.realities, role.differs_from))
    signals = [signal for role in catalogue.roles for signal in (*role.fit, *role.unfit)]
    for levels in ("at_least", "at_most", "between"):
        assert any(getattr(signal, levels) is not None for signal in signals)
    assert any(role.leads_to for role in catalogue.roles)
    assert len({role.readiness.years_experience for role in catalogue.roles}) == 3


def test_a_new_catalogue_can_be_quizzed_at_once(home, tmp_path):
    """Someone who prefers what the counsellor does gets the counsellor first."""
    catalogue = made(home, tmp_path / "new")
    likes = {"listen": 1, "unplanned": 1, "firm": -1, "organise": -1, "present": -1}
    responses = {
        item.id: 2 + (2 if sum(weight * likes.get(trait, 0) for trait, weight in item.weights.items()) > 0 else -2)
        for item in catalogue.items
    }
    done = run(home, "score", "--catalogue", tmp_path / "new", "--json", answers=json.dumps({"responses": responses}))
    assert json.loads(done.stdout)["ranking"][0]["role"] == "school-counsellor"
    done = run(
        home, "quiz", "--plain", "--json", "--no-save", "--catalogue", tmp_path / "new", answers="s\n" * 7 + "5\n" * 24
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["ranking"]) == 3


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_field_is_explained(home, tmp_path, language):
    """Whatever an author can write down has its name in a comment, in the language asked for and in no other."""
    made(home, tmp_path / "new", "--languages", language)
    told = comments(tmp_path / "new")
    fields = {
        field.name for name in FILES for struct in structs(TYPES[name]) for field in msgspec.structs.fields(struct)
    }
    used = {
        line.split(":")[0].strip(" -") for name in FILES for line in (tmp_path / "new" / name).read_text().splitlines()
    }
    unexplained = {field for field in fields if f"{field}:" not in told and f"{field} (" not in told}
    assert unexplained <= used - {"weight", "notes", "between"}, "what stands there speaks for itself, the rest is told"
    assert ("setiap" in told) is (language == "id")
    assert ("every" in told) is (language == "en")
    assert "|" not in told


def structs(kind: object) -> set[type]:
    """Return the structs that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {kind}.union(*(structs(field.type) for field in msgspec.structs.fields(kind)))
    return set().union(*(structs(inner) for inner in getattr(kind, "__args__", ())))


def test_both_languages_are_explained_in_the_one_spoken(home, tmp_path):
    """Two languages in the texts, one in the comments."""
    made(home, tmp_path / "english", "--languages", "both", "--lang", "en")
    made(home, tmp_path / "indonesian", "--languages", "both", "--lang", "id")
    one, other = (comments(tmp_path / name).splitlines() for name in ("english", "indonesian"))
    assert len(one) > 40
    examples = {line for line in one if line.startswith("#   ")}
    assert set(one) & set(other) == examples | set(modelines())


def modelines() -> list[str]:
    return [f"# yaml-language-server: $schema=schema/{name.removesuffix('.yaml')}.json" for name in FILES]


def test_every_file_begins_with_the_schema_that_holds_it(home, tmp_path):
    """The first line names a file that is there, and the file is valid by it."""
    made(home, tmp_path / "new", "--languages", "both")
    for name, modeline in zip(FILES, modelines(), strict=True):
        text = (tmp_path / "new" / name).read_text()
        assert text.splitlines()[0] == modeline
        schema = json.loads((tmp_path / "new" / modeline.partition("=")[2]).read_text())
        Draft202012Validator.check_schema(schema)
        assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text))) == []


@pytest.mark.parametrize(
    ("folder", "name"),
    [("sekolah kami", "sekolah kami"), ("Schöne Schule: 1", "Schöne Schule: 1"), ("no", "no"), ("a\u202eb", "starter")],
)
def test_a_new_catalogue_is_named_after_its_folder(home, tmp_path, folder, name):
    """Unless the folder's name cannot be the name of a catalogue."""
    assert made(home, tmp_path / folder).name == name


def test_it_says_what_to_type_next(home, tmp_path):
    """The commands it names run as they stand, from where it was called."""
    done = subprocess.run(
        [*CAREERFIT, "catalogue", "new", "it's mine"],
        cwd=tmp_path,
        env=environment(home),
        capture_output=True,
        text=True,
    )
    commands = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]
    assert [command.split()[1:3] for command in commands] == [
        *(["catalogue", "check"], ["quiz", "--catalogue"], ["catalogue", "evaluate"], ["catalogue", "schema"])
    ]
    for command in (commands[0], commands[3]):
        subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment(home), check=True)


@pytest.mark.parametrize("name", ["roles.yaml", "schema/items.json"])
def test_nothing_is_overwritten(home, tmp_path, name):
    """One file that is there already, and nothing is written, exit 8; --force writes all."""
    (tmp_path / "new" / name).parent.mkdir(parents=True)
    (tmp_path / "new" / name).write_text("mine")
    done = run(home, "catalogue", "new", tmp_path / "new", "--lang", "en")
    assert (done.returncode, done.stdout) == (8, b"")
    assert name in done.stderr.decode()
    assert "--force" in done.stderr.decode()
    assert files_in(tmp_path / "new") == {name: b"mine"}
    made(home, tmp_path / "new", "--force")
    assert files_in(tmp_path / "new").keys() == ALL


def test_a_link_is_not_followed(home, tmp_path):
    """A link in the place of a file counts as there, where it leads nowhere too; --force replaces the link itself."""
    folder, other = tmp_path / "new", tmp_path / "other.yaml"
    folder.mkdir()
    (folder / "roles.yaml").symlink_to(other)
    assert run(home, "catalogue", "new", folder).returncode == 8
    assert not other.exists()
    other.write_text("mine")
    made(home, folder, "--force")
    assert other.read_text() == "mine"
    assert not (folder / "roles.yaml").is_symlink()


def test_a_linked_schema_folder_is_left_alone(home, tmp_path):
    """Nothing is written through it, --force or not."""
    (tmp_path / "new").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "new" / "schema").symlink_to(tmp_path / "elsewhere")
    assert run(home, "catalogue", "new", tmp_path / "new", "--force").returncode == 8
    assert [*(tmp_path / "elsewhere").iterdir()] == []
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["schema"]


def test_what_else_is_in_the_folder_stays(home, tmp_path):
    """A folder with other things in it is used as it is."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "notes.txt").write_text("mine")
    made(home, tmp_path / "new")
    assert files_in(tmp_path / "new")["notes.txt"] == b"mine"
    assert files_in(tmp_path / "new").keys() == {*ALL, "notes.txt"}


def test_the_folder_one_stands_in_can_be_filled(home, tmp_path):
    """`catalogue new .` fills the folder itself and does not put another in its place."""
    (tmp_path / "here").mkdir()
    before = (tmp_path / "here").stat().st_ino
    done = subprocess.run(
        [*CAREERFIT, "catalogue", "new", "."], cwd=tmp_path / "here", env=environment(home), capture_output=True
    )
    assert done.returncode == 0
    assert (tmp_path / "here").stat().st_ino == before
    assert load_catalogue(tmp_path / "here").name == "here"


@pytest.mark.parametrize("place", ["file", "file/below", "directory-in-the-way"])
def test_a_place_that_cannot_hold_it_is_refused(home, tmp_path, place):
    """Exit 8 with a reason, and nothing left behind."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "directory-in-the-way" / "items.yaml").mkdir(parents=True)
    before = {path for path in tmp_path.rglob("*") if home not in path.parents}
    done = run(home, "catalogue", "new", tmp_path / place, "--force")
    assert (done.returncode, done.stdout) == (8, b"")
    assert "Traceback" not in done.stderr.decode()
    assert {path for path in tmp_path.rglob("*") if home not in path.parents} == before


KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
def counted(what):
    def call(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return what(*arguments, **options)
    return call
os.fsync, os.mkdir, os.replace, os.rename = map(counted, (os.fsync, os.mkdir, os.replace, os.rename))
from careerfit.catalogue.starting import starting_files
from careerfit.cli.files import write_files
from pathlib import Path
write_files(Path(sys.argv[1]), {"schema/roles.json": b"{}", **starting_files("new", ("id",), "id")})
"""


@pytest.mark.parametrize("exists", [False, True], ids=["new folder", "old folder"])
def test_a_kill_leaves_nothing_half_written(tmp_path, exists):
    """Killed before any of its steps, a new folder is there whole or not, and a file in an old one is too."""
    whole = starting_files("new", ("id",), "id")
    for step in range(20):
        folder = tmp_path / str(step) / "new"
        (folder if exists else folder.parent).mkdir(parents=True)
        done = subprocess.run([sys.executable, "-c", KILLED, str(step), str(folder)], check=False)
        found = {} if not folder.exists() else {n: d for n, d in files_in(folder).items() if not n.startswith(".")}
        assert found.items() <= {"schema/roles.json": b"{}", **whole}.items()
        assert exists or not found or len(found) == 4
        if done.returncode == 0:
            break
    assert (done.returncode, len(found)) == (0, 4)
    assert step > 6, "it was killed on the way"


def test_a_failure_on_the_way_cleans_up(tmp_path, monkeypatch):
    """A full disk is told, and no folder is left behind."""

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="the disk is full"):
        write_files(tmp_path / "new", {"a": b"b"})
    assert list(tmp_path.iterdir()) == []


def test_the_schemas_follow_the_catalogue(home, tmp_path):
    """After a trait is added, `schema --write` lets an editor accept it; before, it is flagged."""
    made(home, tmp_path / "new", "--languages", "en")
    traits, items = tmp_path / "new" / "traits.yaml", tmp_path / "new" / "items.yaml"
    traits.write_text(traits.read_text() + '- {id: outdoors, name: {en: "a"}, low: {en: "b"}, high: {en: "c"}}\n')
    items.write_text(items.read_text() + '- {id: hike, kind: statement, trait: outdoors, text: {en: "d"}}\n')

    def is_valid() -> bool:
        schema = json.loads((tmp_path / "new" / "schema" / "items.json").read_text())
        return Draft202012Validator(schema).is_valid(yaml.safe_load(items.read_text()))

    assert not is_valid()
    done = run(home, "catalogue", "schema", "--write", tmp_path / "new")
    assert done.stdout.decode().split() == [
        str(tmp_path / "new" / "schema" / f"{n}.json") for n in ("roles", "traits", "items")
    ]
    assert is_valid()


@pytest.mark.parametrize("traits", ['- {id: "a\n', "a: 1\n", ""], ids=["syntax", "no list", "empty"])
def test_no_schema_is_written_where_no_trait_can_be_read(home, tmp_path, traits):
    """Exit 4 with every problem; the schemas stay as they are."""
    made(home, tmp_path / "new")
    before = files_in(tmp_path / "new" / "schema")
    (tmp_path / "new" / "traits.yaml").write_text(traits)
    done = run(home, "catalogue", "schema", "--write", tmp_path / "new")
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"traits.yaml:1:" in done.stderr
    assert files_in(tmp_path / "new" / "schema") == before


def broken(folder: Path) -> None:
    """Plant errors of every kind of reference: an unfinished trait, a renamed one, a role without a title."""
    for name, good, bad in (
        ("traits.yaml", "- id: records\n", "- id: archives\n"),
        ("roles.yaml", "  - id: homeroom-teacher\n    title:", "  - id: homeroom-teacher\n    titel:"),
    ):
        text = (folder / name).read_text()
        assert text.count(good) == 1
        (folder / name).write_text(text.replace(good, bad))
    with (folder / "traits.yaml").open("a") as file:
        file.write("- id: outdoors\n")


def test_a_catalogue_with_errors_gets_the_schemas_that_can_be_known(home, tmp_path):
    """Ids are offered while the files are still wrong: what could be read is written, and what is wrong is said."""
    folder = tmp_path / "new"
    made(home, folder, "--languages", "en")
    broken(folder)
    done = run(home, "catalogue", "schema", "--write", folder, "--lang", "en")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 3
    errors = json.loads(run(home, "catalogue", "check", folder, "--json").stdout)["errors"]
    assert errors > 10
    said = done.stderr.decode()
    assert f"There are {errors} errors in {folder}. The schemas hold what could be read." in said
    assert f"careerfit catalogue check {folder}" in said
    schemas = {name: json.loads((folder / "schema" / f"{name}.json").read_text()) for name in ("roles", "items")}
    ids = ["listen", "present", "organise", "firm", "archives", "unplanned", "outdoors"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert schemas["items"]["$defs"]["TraitId"]["enum"] == ids
    assert list(schemas["items"]["$defs"]["Side"]["properties"]["traits"]["properties"]) == ids
    assert schemas["roles"]["$defs"]["RoleId"]["enum"] == [
        *("school-counsellor", "homeroom-teacher", "student-affairs-coordinator")
    ]
    assert schemas["roles"]["$defs"]["RoleId"]["enumDescriptions"][1] == "Homeroom Teacher"
    assert schemas["roles"]["$defs"]["SourceId"]["enum"] == ["editorial"]
    printed = run(home, "catalogue", "schema", "items", "--catalogue", folder)
    assert (printed.returncode, json.loads(printed.stdout)) == (3, schemas["items"])


def test_what_no_file_tells_may_be_anything(home, tmp_path):
    """With roles.yaml unreadable, traits are still offered, and no source, family, role or language is called wrong."""
    folder = tmp_path / "new"
    made(home, folder, "--languages", "en")
    roles = yaml.safe_load((folder / "roles.yaml").read_text())
    (folder / "roles.yaml").write_text("roles: [\n")
    assert run(home, "catalogue", "schema", "--write", folder).returncode == 3
    schemas = {name: json.loads((folder / "schema" / f"{name}.json").read_text()) for name in ("roles", "items")}
    assert Draft202012Validator(schemas["roles"]).is_valid(roles)
    assert len(schemas["items"]["$defs"]["TraitId"]["enum"]) == 6
    roles["roles"][0]["fit"][0]["trait"] = "lissten"
    assert not Draft202012Validator(schemas["roles"]).is_valid(roles)


@pytest.mark.parametrize("arguments", [(), ("roles", "--write", "x"), ("--write",)], ids=" ".join)
def test_schema_wants_one_thing(home, arguments):
    """Either a name or --write: anything else is a usage error."""
    done = run(home, "catalogue", "schema", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")


def test_the_packages_carry_what_it_needs(tmp_path):
    """The starting files and the translations are in the wheel and in the source distribution."""
    pytest.importorskip("hatchling", reason="hatchling, which builds the packages, is not installed")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wheel, source = next(tmp_path.glob("*.whl")), next(tmp_path.glob("*.tar.gz"))
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(source) as opened:
        in_source = {name.partition("/src/")[2] for name in opened.getnames()}
    needed = {f"careerfit/catalogue/starter/{name}" for name in FILES} | {
        "careerfit/locale/id/LC_MESSAGES/careerfit.mo"
    }
    assert needed <= in_wheel
    assert needed <= in_source


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_comments_quote_what_the_quiz_says(home, tmp_path, language):
    """What stands in quotation marks in the comments on items stands on the screen of the quiz."""
    made(home, tmp_path / "new", "--languages", language)
    told = [line for line in (tmp_path / "new" / "items.yaml").read_text().splitlines() if line.startswith("#")]
    quoted = re.findall("“(.+?)”", "\n".join(told))
    quiz = ("quiz", "--plain", "--no-save", "--catalogue", tmp_path / "new", "--lang", language)
    screens = run(home, *quiz, answers="s\n" * 40).stderr.decode()
    assert len(quoted) == 3
    assert [text for text in quoted if text not in screens] == []
