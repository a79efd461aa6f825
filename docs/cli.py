"""Prints the reference of the command line, made from the command line itself: `make docs` writes both files.

    python docs/cli.py en > docs/cli.md
    python docs/cli.py id > docs/cli.id.md

What commands, options and examples there are comes from the program, in its own words; what stands around them is
below. `tests/test_reference.py` holds both files against this script.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "The command line",
        "made": "Made from the program by `make docs`; changes belong into its help.",
        "settings": "Settings",
        "settings_text": (
            "An option counts before an environment variable, that before the file `config.toml`, and that before what "
            "the program does by itself. The file is looked for in `$CAREERFIT_HOME`, or in the user's folder for "
            "settings; `$CAREERFIT_CONFIG` names another one. `careerfit config` shows every setting with its origin."
        ),
        "setting_head": "| in the file | variable | what it sets |",
        "example": "A file with everything in it:",
        "variables": "Other environment variables",
        "variable_head": "| variable | |",
        "streams": "Streams",
        "streams_text": (
            "Results go to standard output, everything else to standard error. With `--json` standard output is one "
            "JSON document, and an error is one JSON object on standard error: "
            '`{"schema": "careerfit/error/1", "code": …, "message": …, "hint": …, "problems": […]}`. '
            "On a terminal a page higher than the window goes to a pager, `less -FRX` if nothing else is set; leaving "
            "it before the end of the page is no error. What the quiz shows never goes to a pager."
        ),
        "codes": "Exit codes",
        "code_head": "| code | |",
        "in_order": "Options may stand anywhere behind their command; `--lang` and `--no-pager` also before it.",
    },
    "id": {
        "title": "Baris perintah",
        "made": "Dibuat dari program oleh `make docs`; ubah bantuannya, bukan file ini.",
        "settings": "Pengaturan",
        "settings_text": (
            "Opsi didahulukan dari variabel lingkungan, variabel lingkungan dari file `config.toml`, dan file dari "
            "bawaan program. File itu dicari di `$CAREERFIT_HOME`, atau di folder pengaturan pengguna; "
            "`$CAREERFIT_CONFIG` menunjuk file lain. `careerfit config` menampilkan semua pengaturan dan asalnya."
        ),
        "setting_head": "| di file | variabel | yang diatur |",
        "example": "File yang berisi semuanya:",
        "variables": "Variabel lingkungan lain",
        "variable_head": "| variabel | |",
        "streams": "Aliran",
        "streams_text": (
            "Hasil keluar di keluaran standar, selebihnya di keluaran galat. Dengan `--json`, keluaran standar berisi "
            "satu dokumen JSON, dan kesalahan menjadi satu objek JSON di keluaran galat: "
            '`{"schema": "careerfit/error/1", "code": …, "message": …, "hint": …, "problems": […]}`. '
            "Di terminal, halaman yang lebih tinggi dari jendela dibuka di pager, `less -FRX` jika tidak diatur lain; "
            "keluar sebelum halaman habis bukan kesalahan. Yang ditampilkan kuis tidak pernah lewat pager."
        ),
        "codes": "Kode keluar",
        "code_head": "| kode | |",
        "in_order": "Opsi boleh ditulis di mana saja setelah perintahnya; `--lang` dan `--no-pager` juga sebelumnya.",
    },
}

SETTINGS = {
    "lang": ("the language", "bahasa"),
    "catalogue": ("the folder of a catalogue of your own", "folder katalog milikmu"),
    "plain": ("plain lines instead of drawn pages and single keys", "baris biasa, tanpa gambar dan tombol tunggal"),
    "save": ("whether answers and results are kept", "apakah jawaban dan hasil disimpan"),
    "pager": (
        "the pager for long pages; `false` or empty for none",
        "pager untuk halaman panjang; `false` atau kosong: tanpa pager",
    ),
    "max_items": ("how many questions the quiz asks at most", "paling banyak berapa pertanyaan di kuis"),
}

EXAMPLE = """\
lang = "en"
catalogue = "~/my-catalogue"   # relative to the folder of this file
plain = false
save = true
pager = "less -FRX"
max_items = 24
"""

VARIABLES = {
    "CAREERFIT_HOME": ("one folder for everything that is kept", "satu folder untuk semua yang disimpan"),
    "CAREERFIT_CONFIG": ("another file of settings", "file pengaturan lain"),
    "CAREERFIT_LOCALE": ("a folder with translations to try", "folder berisi terjemahan untuk dicoba"),
    "PAGER": ("the pager, when no setting names one", "pager, jika tidak diatur di tempat lain"),
    "ACCESSIBLE": ("plain lines, for screen readers", "baris biasa, untuk pembaca layar"),
    "NO_COLOR": ("no colours", "tanpa warna"),
    "FORCE_COLOR": ("drawn pages in a pipe too", "halaman bergambar juga di pipa"),
    "TERM": ("`dumb`: plain lines", "`dumb`: baris biasa"),
    "COLUMNS": ("how wide a page may be", "lebar halaman"),
    "LANGUAGE, LC_ALL, LC_MESSAGES, LANG": (
        "the language, when no setting names one",
        "bahasa, jika tidak diatur di tempat lain",
    ),
}

CODES = {
    0: ("done", "selesai"),
    1: ("a bug", "kesalahan program"),
    2: (
        "usage: no such command, option, value, role or family",
        "cara pakai: perintah, opsi, nilai, peran, atau rumpun itu tidak ada",
    ),
    3: ("done, some records refused", "selesai, sebagian data ditolak"),
    4: ("input or settings refused, nothing done", "masukan atau pengaturan ditolak, tidak ada yang dikerjakan"),
    5: (
        "something that was saved is damaged; the rest is still shown",
        "ada simpanan yang rusak; selebihnya tetap ditampilkan",
    ),
    6: ("this quiz is open in another terminal", "kuis ini sedang terbuka di terminal lain"),
    7: ("the catalogue changed since; a decision is needed", "katalog sudah berubah; perlu keputusan"),
    8: ("the output or the answers could not be written", "keluaran atau jawaban tidak bisa ditulis"),
    9: ("a terminal is needed to ask questions", "perlu terminal untuk bertanya"),
    129: ("the terminal was closed", "terminalnya ditutup"),
    130: ("interrupted by Ctrl-C", "dihentikan dengan Ctrl-C"),
    141: ("whoever read the output has gone", "pembaca keluaran sudah pergi"),
    143: ("told to end", "diminta berhenti"),
}


def reference(tag: str) -> str:
    """Return the reference in a language; the first call in a process decides which, as help is made at import."""
    from careerfit import language

    language.use(tag)
    from typer.main import get_command

    from careerfit.cli.app import build
    from careerfit.cli.settings import SETTINGS as KNOWN

    words, place = WORDS[tag], list(WORDS).index(tag)
    lines = [f"# {words['title']}", "", words["made"], "", words["in_order"]]
    lines += commands(get_command(build()), "careerfit", None)
    lines += ["", f"## {words['settings']}", "", words["settings_text"], "", words["setting_head"], "|---|---|---|"]
    lines += [f"| `{one.key}` | `{one.variable}` | {SETTINGS[one.key][place]} |" for one in KNOWN]
    lines += ["", words["example"], "", "```toml", *EXAMPLE.splitlines(), "```"]
    lines += ["", f"## {words['variables']}", "", words["variable_head"], "|---|---|"]
    lines += [f"| `{name.replace(', ', '`, `')}` | {texts[place]} |" for name, texts in VARIABLES.items()]
    lines += ["", f"## {words['streams']}", "", words["streams_text"]]
    lines += ["", f"## {words['codes']}", "", words["code_head"], "|---|---|"]
    lines += [f"| {code} | {texts[place]} |" for code, texts in CODES.items()]
    return "\n".join(lines) + "\n"


def commands(command: Any, name: str, parent: Any) -> Iterator[str]:
    """Yield the lines about a command and about those in it."""
    from careerfit.cli.help import examples, sections, usage

    context = command.context_class(command, info_name=name, parent=parent, **command.context_settings)
    yield from ("", f"## {context.command_path}", "", f"`{usage(context)}`", "", command.help)
    for heading, rows in sections(context):
        yield from ("", f"**{heading}**", "")
        for names, text in rows:
            yield f"- `{names}`: {text.replace('  [', ' [')}" if text else f"- `{names}`"
    if command.epilog:
        yield from ("", "```console", *(f"$ {example}" for example in examples(command)), "```")
    for inner, found in getattr(command, "commands", {}).items():
        if not found.hidden:
            yield from commands(found, inner, context)


if __name__ == "__main__":
    sys.stdout.write(reference(sys.argv[1]))
