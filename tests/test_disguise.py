"""Nothing is said but through messages: in a language where every message is in disguise, plain words stand out.

Every message of the program and every text of the small catalogue is written with look-alikes of the ASCII letters.
Whatever ASCII word is left on a screen is an id, a command, a file name or the like, or else a text that nobody can
translate.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from string import Formatter, ascii_letters

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from terminal import SMALL, Terminal, run, saved, warm_home
from test_habits import EVERY

from careerfit.cli.settings import FILE_NAME, SETTINGS

ROOT = Path(__file__).parent.parent
PO = ROOT / "src" / "careerfit" / "locale" / "id" / "LC_MESSAGES" / "careerfit.po"

DISGUISE = str.maketrans(ascii_letters, "āƀćđēƒğħīĵķłɱñøþɋřšŧūʋŵẋÿžĀƁĆĐĒƑĞĦĪĴĶŁṀÑØÞɊŘŠŦŪṼŴẊŸŽ")
LAYOUT = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][0-9A-Z]?|\r")


def disguised(text: str) -> str:
    """Return a message in disguise, its fields as they are."""
    parts = []
    for words, name, form, conversion in Formatter().parse(text):
        parts.append(words.translate(DISGUISE).replace("{", "{{").replace("}", "}}"))
        if name is not None:
            parts.append("{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}")
    return "".join(parts)


@pytest.fixture(scope="module")
def locale(tmp_path_factory) -> Path:
    """A folder with every message of the program in disguise."""
    folder = tmp_path_factory.mktemp("locale")
    with PO.open("rb") as file:
        messages = read_po(file, locale="id")
    for entry in messages:
        if entry.id:
            entry.string = tuple(map(disguised, entry.id[1:])) if entry.pluralizable else disguised(entry.id)
    target = folder / "id" / "LC_MESSAGES" / "careerfit.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, messages)
    return folder


@pytest.fixture(scope="module")
def prefix(locale: Path) -> list[str]:
    """How careerfit is started with these messages in the place of its Indonesian ones."""
    code = f"""
from pathlib import Path
from careerfit import language
language._FOLDER = Path({str(locale)!r})
from careerfit.cli import main
main()"""
    return [sys.executable, "-c", code]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory) -> Path:
    """The small catalogue with every text of it in disguise."""
    folder = tmp_path_factory.mktemp("catalogue") / "small"
    shutil.copytree(SMALL, folder)
    for file in folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r'"[^"]*"', lambda found: found[0].translate(DISGUISE), text)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return warm_home(tmp_path_factory.mktemp("disguise"))


@pytest.fixture(scope="module")
def names(catalogue: Path) -> set[str]:
    """Every word that is no text: ids and codes of the catalogue, commands, options, keys of documents."""
    data = "".join(file.read_text(encoding="utf-8") for file in catalogue.glob("*.yaml"))
    known = {"-h", "--help", "--no-pager", "ISCO-08", "NET-SOC"} | set(re.findall(r"[\w-]*[A-Za-z][\w-]*", data))
    known |= {name for setting in SETTINGS for name in (setting.key, setting.variable)}
    for path, command in EVERY.items():
        known |= {"careerfit", *path}
        known |= {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        known |= {str(choice) for parameter in command.params for choice in getattr(parameter.type, "choices", ())}
        known |= {parameter.envvar for parameter in command.params if parameter.envvar}
        known |= {word for example in (command.epilog or "").split() for word in re.findall(r"[\w-]+", example)}
    return known


def plain_words(said: str, names: set[str], *known: str) -> set[str]:
    """Return the ASCII words of an output that are neither names nor in what is `known`."""
    for text in sorted(known, key=len, reverse=True):
        said = said.replace(text, " ")
    said = re.sub(r" \[[a-z-]+\]$", "", LAYOUT.sub("", said), flags=re.MULTILINE)  # the code of a problem
    said = re.sub(r"\b[0-9a-f]{8}(?:[0-9a-f]{4})?\b", " ", said)  # ids of quizzes and results
    words = set(re.findall(r"(?<![^\W\d_])-{0,2}[A-Za-z][\w-]*", said))
    return {word for word in words - names if len(word) > 1}


def test_the_disguise_hides_every_message_and_nothing_else():
    """The transformation does what the tests below stand on."""
    assert disguised("Skip {count:>3} {name!r} of {{all}}") == "Šķīþ {count:>3} {name!r} øƒ {{āłł}}"
    assert plain_words("Šķīþ careerfit --lang now 3x b", {"careerfit", "--lang"}) == {"now"}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: " ".join(path) or "careerfit")
def test_help_says_nothing_plainly(home, prefix, names, path):
    """Usage, headings, options, commands and what stands beside them."""
    done = run(home, *path, "--help", prefix=prefix, CAREERFIT_LANG="id")
    assert done.returncode == 0, done.stderr.decode()
    assert plain_words(done.stdout.decode(), names) == set()


PAGES = {
    "start": (),
    "show": ("show", "plant-head"),
    "show namesakes": ("show", "Koordinator Produksi".translate(DISGUISE)),
    "roles": ("roles",),
    "no roles": ("roles", "--search", "zzzz"),
    "items": ("items",),
    "check": ("catalogue", "check"),
    "evaluate": ("catalogue", "evaluate", "--people", "48"),
    "quiz": ("quiz", "--plain", "--no-save"),
    "config": ("config",),
}


@pytest.mark.parametrize("command", PAGES.values(), ids=PAGES)
def test_a_page_says_nothing_plainly(home, prefix, names, catalogue, command):
    """Results and what is said beside them, in lines."""
    folder = [str(catalogue)] if command[:1] == ("catalogue",) else []
    done = run(
        home,
        *command,
        *folder,
        prefix=prefix,
        answers="4\n3\n2\n1\n2\n3\n1\n?\nb\n9\n" + "5\n4\n2\n1\n3\n" * 3,
        CAREERFIT_LANG="id",
        **({} if folder or not command else {"CAREERFIT_CATALOGUE": str(catalogue)}),
    )
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode() + done.stderr.decode()
    assert plain_words(said, names, str(catalogue), str(home), str(ROOT), "zzzz", "true", "false", FILE_NAME) == set()


@pytest.mark.parametrize("answer", ["1", "5"])
def test_a_result_says_nothing_plainly(home, prefix, names, catalogue, answer):
    """A sheet with every item answered the same, and one question left out."""
    items = re.findall(r"^- (?:\{)?id: ([\w-]+)", (catalogue / "items.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    responses = ", ".join(f'"{item}": {int(answer) - 1}' for item in items[1:])
    sheet = f'{{"schema": "careerfit/answers/1", "responses": {{{responses}}}, "facts": {{"education": "primary"}}}}'
    score = ("score", "-", "--format", "text", "--catalogue", catalogue)
    done = run(home, *score, prefix=prefix, answers=sheet, CAREERFIT_LANG="id")
    assert done.returncode == 0, done.stderr.decode()
    assert plain_words(done.stdout.decode(), names, str(catalogue)) == set()


RESULTS = {
    "explain": ("explain", "plant-head"),
    "compare": ("compare", "plant-head", "coordinator-plant"),
    "path": ("path", "plant-head"),
    "diff": ("history", "diff"),
}


@pytest.fixture(scope="module")
def with_results(tmp_path_factory, catalogue) -> Path:
    """A home with two results of the disguised catalogue."""
    home = warm_home(tmp_path_factory.mktemp("disguised"))
    for answer in ("1\n", "5\n"):
        done = run(home, "quiz", "--plain", "--catalogue", catalogue, answers="s\n" * 7 + answer * 9)
        assert done.returncode == 0, done.stderr.decode()
    return home


@pytest.mark.parametrize("command", RESULTS.values(), ids=RESULTS)
def test_what_is_said_of_results_says_nothing_plainly(with_results, prefix, names, catalogue, command):
    """Explanations, comparisons, paths and differences."""
    changes = {"CAREERFIT_LANG": "id", "CAREERFIT_CATALOGUE": str(catalogue)}
    done = run(with_results, *command, prefix=prefix, **changes)
    assert done.returncode == 0, done.stderr.decode()
    ids = [result.id for result in saved(with_results)["results"]]
    said = done.stdout.decode() + done.stderr.decode()
    assert plain_words(said, names, *ids) == set()


WRONG = {
    "command": ("shwo",),
    "nothing like it": ("zzzz",),
    "missing": ("show",),
    "role": ("show", "plant-haed"),
    "no such role": ("show", "zzzz"),
    "family": ("roles", "--family", "zzzz"),
    "option": ("roles", "--familly", "film"),
    "choice": ("score", "--format", "zzzz"),
    "missing choice": ("catalogue", "schema"),
    "value": ("quiz", "--max-items"),
    "number": ("quiz", "--max-items", "zzzz"),
    "range": ("catalogue", "evaluate", "--seed", "-1"),
    "flag": ("items", "--json=zzzz"),
    "too much": ("roles", "zzzz"),
    "terminal": ("quiz",),
    "both": ("quiz", "--plain", "--new", "--resume"),
    "resume": ("quiz", "--plain", "--resume"),
    "file": ("score", "/zzzz"),
    "folder": ("score", "/"),
    "part of the path": ("score", "/dev/null/zzzz"),
    "no JSON": ("score", "/dev/null"),
    "catalogue": ("roles", "--catalogue", "/zzzz"),
}


@pytest.mark.parametrize("command", WRONG.values(), ids=WRONG)
def test_a_refusal_says_nothing_plainly(home, prefix, names, catalogue, command):
    """Whatever is wrong is said in messages: system reasons and suggestions too."""
    done = run(home, *command, prefix=prefix, CAREERFIT_LANG="id", CAREERFIT_CATALOGUE=str(catalogue))
    assert done.returncode in (2, 4, 9), done.stderr.decode()
    files = ("/dev/null", "items.yaml", "roles.yaml", "traits.yaml")
    assert plain_words(done.stderr.decode(), names, *files, "zzzz", "shwo", "plant-haed", "--familly") == set()


def test_settings_that_are_wrong_say_nothing_plainly(home, prefix, names, tmp_path):
    """Unknown keys, values of the wrong kind, and what is no TOML."""
    file = tmp_path / "settings.toml"
    for text in ("zzzz = 1\nlang = 1\nplain = 1\nsave = 1\npager = 1\nmax_items = 'x'\ncatalogue = 1\n", "zzzz"):
        file.write_text(text)
        done = run(home, "roles", prefix=prefix, CAREERFIT_LANG="id", CAREERFIT_CONFIG=str(file))
        assert done.returncode == 4
        assert plain_words(done.stderr.decode(), names, str(file), "zzzz") == set()


def test_the_quiz_by_keys_says_nothing_plainly(tmp_path, prefix, names, catalogue):
    """Every screen of it: welcome, opening, question, help, result, and what the program asks afterwards."""
    home = warm_home(tmp_path)
    arguments = ("quiz", "--catalogue", catalogue, "--max-items", "3")
    with Terminal(home, *arguments, prefix=prefix, CAREERFIT_LANG="id", size=(100, 40)) as terminal:
        terminal.wait_for("1  ").send("\r")
        keys = disguised("answer · b back · s skip · ? why · f finish · q save and leave")
        question = terminal.wait(lambda one: one.text.endswith(f"1-5 {keys}"), "all of the question").text
        terminal.send("?").wait(lambda one: "\n  5  " not in one.text, "the help")
        terminal.send("?").wait(lambda one: one.text == question, "the question").send("s" * 7)
        for _question in range(3):
            before = terminal.text
            terminal.wait_for("5  ").send("5").wait(lambda one, before=before: one.text != before, "the next screen")
        terminal.wait_for("2  ")
        for _screen in range(20):  # yes, and the reality check to its end
            before = terminal.text
            terminal.send("1").wait(lambda one, before=before: one.text != before or not one.child.isalive())
            if not terminal.child.isalive():
                break
        assert terminal.exit_code() == 0
    assert plain_words(terminal.log, names, str(catalogue)) == set()
