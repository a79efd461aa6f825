"""`careerfit history forget`: list what will go, ask, remove it, and look whether it is gone."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime
from typing import NamedTuple

from careerfit.cli import output
from careerfit.cli.front_end import choose_front_end
from careerfit.cli.history import is_narrow, shown_quizzes, shown_results
from careerfit.cli.kept import open_to_read, the_one
from careerfit.errors import CannotWrite, NeedsTerminal, UsageError, message
from careerfit.language import _, ngettext
from careerfit.store import Damaged, Keeper, ResultEntry, SavedQuiz
from careerfit.terminal import plain
from careerfit.terminal.blocks import Block, Paragraph, spans
from careerfit.terminal.dialogue import Screen
from careerfit.terminal.history_view import quiz_rows, reach_blocks, result_rows

SHOWN = 10
"""Of what will go, this many of each kind are listed one by one."""


class Wish(NamedTuple):
    """What is to be forgotten: one of these."""

    ids: tuple[str, ...]
    before: datetime | None
    unfinished: bool
    everything: bool


class _Going(NamedTuple):
    """What will be removed."""

    quizzes: list[SavedQuiz]
    results: list[ResultEntry]
    damaged: list[Damaged]

    @property
    def ids(self) -> list[str]:
        return [row.id for part in self for row in part]


def forget_kept(wish: Wish, yes: bool) -> None:
    """Remove what is wished, after the person has seen it and agreed.

    Raises:
        UsageError: The wish is none, more than one, or for something that is not there.
        NeedsTerminal: Nobody is there to agree, and ``--yes`` was not given.
        OpenElsewhere: One of the quizzes is open in a terminal.
        CannotWrite: Some of it is still in the files.
    """
    if sum(map(bool, wish)) != 1:
        raise UsageError(
            message("Say what to forget, in one of these ways: ids, --before, --unfinished or --all."),
            message("`careerfit history` lists what there is."),
        )
    with open_to_read() as store:
        going = _going(wish, store)
        if not going.ids:
            output.note(_("There is nothing to forget."))
            return
        for line in plain.render(_list(going)).splitlines():
            output.note(line)
        if not yes and not _agreed(len(going.ids)):
            output.note(_("Nothing was removed."))
            return
        with ExitStack() as held:
            for quiz in going.quizzes:
                held.enter_context(store.hold(quiz.id))
            quizzes = [result.quiz for result in going.results]
            store.forget(None if wish.everything else going.ids)
        _look_again(store, [*going.ids, *quizzes])
    removed = ngettext(
        "{count} entry was removed, and nothing of it is left in {file}.",
        "{count} entries were removed, and nothing of them is left in {file}.",
        len(going.ids),
    )
    told: Block = Paragraph(spans(removed.format(count=len(going.ids), file=store.file)))
    output.write_blocks([told, *reach_blocks()])


def _going(wish: Wish, store: Keeper) -> _Going:
    quizzes, results, damaged = store.unfinished(), store.results(), store.damaged()
    if wish.everything:
        return _Going(quizzes, results, damaged)
    if wish.unfinished:
        return _Going(quizzes, [], [])
    if wish.before is not None:
        day = wish.before.astimezone()
        return _Going(
            [quiz for quiz in quizzes if _time(quiz.updated) < day],
            [result for result in results if _time(result.created) < day],
            [],
        )
    known = [row.id for part in (quizzes, results, damaged) for row in part]
    wanted = {the_one(name, known) for name in wish.ids}
    return _Going(
        [quiz for quiz in quizzes if quiz.id in wanted],
        [result for result in results if result.id in wanted],
        [row for row in damaged if row.id in wanted],
    )


def _time(when: str) -> datetime:
    return datetime.fromisoformat(when)


def _list(going: _Going) -> list[Block]:
    blocks: list[Block] = []
    narrow = sys.stderr is not None and is_narrow(sys.stderr)
    if going.quizzes:
        blocks += [
            Paragraph(spans(_("Quizzes in progress:"))),
            *quiz_rows(shown_quizzes(going.quizzes, going.results)[:SHOWN], narrow),
        ]
    if going.results:
        shown = shown_results(going.quizzes, going.results)[:SHOWN]
        blocks += [Paragraph(spans(_("Results:"))), *result_rows(shown, narrow)]
    if going.damaged:
        blocks += [Paragraph(spans(_("Damaged: {ids}").format(ids=", ".join(row.id for row in going.damaged))))]
    more = max(0, len(going.quizzes) - SHOWN) + max(0, len(going.results) - SHOWN)
    if more:
        blocks.append(Paragraph(spans(ngettext("and {count} more", "and {count} more", more).format(count=more))))
    return blocks


def _agreed(count: int) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise NeedsTerminal(
            message("Somebody has to agree to this, and there is no terminal here to ask."),
            message("To remove it without being asked, add --yes."),
        )
    question = ngettext(
        "Remove {count} entry for good? It cannot be brought back.",
        "Remove these {count} entries for good? They cannot be brought back.",
        count,
    ).format(count=count)
    screen = Screen(
        part="careerfit",
        lead="",
        question=(question,),
        answers=(_("keep them"), _("remove them")),
        why=_("The answers, the results and the catalogue copies kept for them alone are overwritten in the file."),
        stands_alone=True,
    )
    return choose_front_end(plain=False).ask(screen) == 1


def _look_again(store: Keeper, ids: list[str]) -> None:
    """Look for what was removed in every file of the folder."""
    for path in store.file.parent.glob(f"{store.file.name}*"):
        content = path.read_bytes()
        if any(name.encode() in content for name in ids):
            raise CannotWrite(
                message("Some of what was removed is still in {file}.", file=path),
                message("Close every other careerfit and run the command once more."),
            )
