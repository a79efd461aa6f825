"""What changed between two results, as blocks: ranks with the answers that moved them, and what is within noise."""

from __future__ import annotations

from careerfit import sentences
from careerfit.language import _, ngettext
from careerfit.model import Catalogue
from careerfit.readings import AnswerMove, Difference, RoleMove
from careerfit.terminal import telling
from careerfit.terminal.basis_view import few_answers
from careerfit.terminal.blocks import Block, Heading, Paragraph, Space, Span, bullets, dim, spans, strong

LEADING = 10
"""Places of either ranking whose roles are told about; the document has all of them."""

STRONGEST = 3
"""Answers named with a role that moved."""

MOST_ANSWERS = 12
"""Answers that changed listed at the end; of the others only the number is told."""


def difference_blocks(difference: Difference, catalogue: Catalogue, named: tuple[str, str]) -> list[Block]:
    """Return the page of a difference.

    The catalogue is the one of the newer result; `named` says which results the older and the newer one are.
    """
    return _View(difference, catalogue, named).blocks()


class _View:
    def __init__(self, difference: Difference, catalogue: Catalogue, named: tuple[str, str]) -> None:
        self._it = difference
        self._catalogue = catalogue
        self._named = named
        self._language = difference.language
        self._items = {item.id for item in catalogue.items}
        self._moves = {move.item: move for move in difference.answers}

    def blocks(self) -> list[Block]:
        it = self._it
        leading = [role for role in it.roles if min(role.rank) <= LEADING and role.rank[0] != role.rank[1]]
        return [
            Heading(spans(_("What changed between two results")), level=1),
            *self._takes(),
            *self._ranks(_("Roles that moved"), [role for role in leading if role.noise is None]),
            *self._noise([role for role in leading if role.noise is not None]),
            *self._stayed(),
            *self._answers(),
        ]

    def _takes(self) -> list[Block]:
        blocks: list[Block] = []
        titles, takes = (_("before"), _("now")), (self._it.older, self._it.newer)
        for title, named, take in zip(titles, self._named, takes, strict=True):
            count = ngettext("{count} question answered", "{count} questions answered", take.answered)
            told = f"{named} · {count.format(count=take.answered)}"
            blocks.append(Paragraph(spans(strong(f"{title}: "), told), indent=2))
            if (few := few_answers(take.answered)) is not None:
                blocks.append(Paragraph(spans(Span(few, "unsure")), Span("!", "unsure"), indent=2))
        if not self._it.same_catalogue:
            told = _(
                "The catalogue changed in between, so what the roles ask for may have changed too: places"
                " can be compared, but not put down to your answers."
            )
            blocks.append(Paragraph(spans(Span(told, "unsure")), Span("!", "unsure")))
        elif self._it.explained is not None:
            share = sentences.in_100(self._it.explained)
            if share == 100:
                told = _("All change in the ranking comes from the answers that changed.")
            else:
                told = _("{share} per cent of all change in the ranking comes from the answers that changed.")
            blocks.append(Paragraph(spans(dim(told.format(share=share))), indent=2))
        return blocks

    def _ranks(self, title: str, roles: list[RoleMove]) -> list[Block]:
        blocks: list[Block] = [Space(), Heading(spans(title))] if roles else []
        for role in roles:
            up = role.rank[1] < role.rank[0]
            mark = Span("↑", "good") if up else Span("↓", "bad")
            blocks.append(Paragraph(spans(strong(role.title), f": {_ranks(role)}"), mark, indent=2))
            change = role.evidence[1] - role.evidence[0]
            because = [share for share in role.shares if share.evidence * change > 0][:STRONGEST]
            if because:
                told = _("evidence {change}, most of all because of:").format(change=telling.evidence(change))
                blocks.append(Paragraph(spans(dim(told)), indent=4))
            for share in because:
                told = f"{telling.evidence(share.evidence)}  {self._moved(self._moves[share.item])}"
                blocks.append(Paragraph(spans(dim(told)), indent=4))
        return blocks

    def _noise(self, roles: list[RoleMove]) -> list[Block]:
        if not roles:
            return []
        reasons = {
            "tied": _("Too close to their neighbours to call, both times:"),
            "second-take": _("As far as the same person, taking the quiz twice, is often moved:"),
        }
        blocks: list[Block] = [Space(), Heading(spans(_("Moves that mean little")))]
        for reason, told in reasons.items():
            moved = [role for role in roles if role.noise == reason]
            if moved:
                blocks.append(Paragraph(spans(told), indent=2))
            told_of = [spans(f"{role.title}: {_ranks(role)}") for role in moved]
            blocks += bullets(told_of, Span("≈", "unsure"), indent=4)
        return blocks

    def _stayed(self) -> list[Block]:
        stayed = [role for role in self._it.roles if role.rank[0] == role.rank[1] <= LEADING]
        if not stayed:
            return []
        named = ", ".join(f"{role.title} ({role.rank[1]})" for role in stayed)
        moved = any(min(role.rank) <= LEADING and role.rank[0] != role.rank[1] for role in self._it.roles)
        told = _("In the same place as before: {roles}") if moved else _("The order is the same: {roles}")
        return [Space(), Paragraph(spans(dim(told.format(roles=named))), indent=2)]

    def _answers(self) -> list[Block]:
        moves = [move for move in self._it.answers if move.item in self._items]
        if not moves:
            return [Space(), Paragraph(spans(_("Every answer is the same in both.")))] if not self._it.answers else []
        both = [move for move in moves if move.before is not None and move.after is not None]
        added = sum(move.before is None for move in moves)
        gone = sum(move.after is None for move in moves)
        counted = [
            ngettext("{count} answer is different", "{count} answers are different", len(both)),
            ngettext("{count} is new", "{count} are new", added),
            ngettext("{count} is not there any more", "{count} are not there any more", gone),
        ]
        told = "; ".join(
            text.format(count=count) for text, count in zip(counted, (len(both), added, gone), strict=True) if count
        )
        blocks: list[Block] = [Space(), Heading(spans(_("Your answers"))), Paragraph(spans(told), indent=2)]
        blocks += [Paragraph(spans(self._moved(move)), Span("•"), indent=2) for move in both[:MOST_ANSWERS]]
        if len(both) > MOST_ANSWERS:
            more = _(" and {count} more").format(count=len(both) - MOST_ANSWERS).strip()
            blocks.append(Paragraph(spans(dim(more)), indent=4))
        return blocks

    def _moved(self, move: AnswerMove) -> str:
        """Return an answer and what became of it."""
        if move.before is None and move.after is not None:
            told = telling.answer(self._catalogue, move.item, move.after, self._language)
            return _("{answer} (new)").format(answer=told)
        told = telling.answer(self._catalogue, move.item, move.before or 0, self._language)
        if move.after is None:
            return _("{answer} (not answered this time)").format(answer=told)
        now = telling.answer_words(self._catalogue, move.item, move.after, self._language)
        return _("{answer}, now {now}").format(answer=told, now=now)


def _ranks(role: RoleMove) -> str:
    return _("place {before}, now {after}").format(before=role.rank[0], after=role.rank[1])
