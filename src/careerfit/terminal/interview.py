"""The quiz as a sequence of screens, the same for both front ends: facts, conditions, then items until it is over.

A front end shows `Interview.screen`, reads what the person does, and goes on with the interview that `reply` returns.
Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

from careerfit import words
from careerfit.language import _
from careerfit.model import CONDITIONS, EDUCATION_ORDER, Item, Pair, Willingness
from careerfit.session import Session
from careerfit.terminal.dialogue import Reply, Screen

WILLINGNESS: tuple[Willingness, ...] = ("yes", "depends", "no")
FACTS = ("education", "years_experience", "people_led")
OPENING = (*FACTS, *CONDITIONS)
"""What is asked before the items, in order."""


@dataclass(frozen=True)
class Interview:
    """Where a person is in the quiz.

    Attributes:
        session: The quiz itself.
        step: Opening questions dealt with so far; from ``len(OPENING)`` on, items are asked.
        language: Tag of the catalogue's language shown.
        remembered: Answers given before going back, by item id, to be shown when the item comes again.
    """

    session: Session
    step: int
    language: str
    remembered: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to ask."""
        return self.session.finished or (self.step >= len(OPENING) and self.session.next_item is None)

    @property
    def screen(self) -> Screen:
        """The question to show now; only while the interview is not over."""
        return self._item_screen() if self.step >= len(OPENING) else self._opening_screen(OPENING[self.step])

    def reply(self, reply: Reply) -> Interview:
        """Return the interview after what the person did; an answer that does not exist raises ValueError."""
        if reply == "finish":
            return replace(self, session=self.session.finish())
        if reply == "back":
            return self._back()
        response = None if reply == "skip" else int(reply)
        if response is not None and not 0 <= response < len(self.screen.answers):
            raise ValueError(response)
        if self.step < len(OPENING):
            session = _with_opening(self.session, OPENING[self.step], response)
            return replace(self, session=session, step=self.step + 1)
        item = self.session.next_item
        if item is None:
            return self
        return replace(self, session=self.session.answer(item.id, response))

    def _back(self) -> Interview:
        responses = self.session.answers.responses
        if self.step < len(OPENING) or not responses:
            return replace(self, step=max(0, min(self.step, len(OPENING)) - 1))
        last = next(reversed(responses))
        remembered = {**self.remembered, last: responses[last]}
        return replace(self, session=self.session.back(), remembered=remembered)

    def _opening_screen(self, name: str) -> Screen:
        answers = self.session.answers
        number = OPENING.index(name) + 1
        part = _("Before we start · {number} of {count}").format(number=number, count=len(OPENING))
        if name in FACTS:
            value = getattr(answers.facts, name)
            values = FACT_VALUES[name]
            why = _("This only shows what would still be missing for a role. It never changes how well the role fits.")
        else:
            value, values = getattr(answers.conditions, name), WILLINGNESS
            why = _("This is only compared with what a role asks for. It never changes how well the role fits.")
        question, labels = opening_words()[name]
        chosen = values.index(value) if value in values else None
        return Screen(
            part=part, lead="", question=(question,), answers=labels, chosen=chosen, why=why, kin=self._questions
        )

    def _item_screen(self) -> Screen:
        item = self.session.next_item
        if item is None:
            raise ValueError("the interview is over")
        part = _("Question {number}").format(number=self.session.asked + 1)
        chosen = self.remembered.get(item.id)
        lead, answers = lead_and_answers(item)
        if item.id in self.remembered and chosen is None:
            lead = _("{lead} (You skipped this before.)").format(lead=lead)
        return Screen(
            part=part,
            lead=lead,
            question=question_of(item, self.language),
            answers=answers,
            chosen=chosen,
            why=self._why(),
            progress=self.session.progress,
            left=self.session.left - 1,
            kin=self._questions,
        )

    @property
    def _questions(self) -> tuple[tuple[str, ...], ...]:
        """Every question that may come."""
        opening = ((question,) for question, _labels in opening_words().values())
        return (*opening, *(question_of(item, self.language) for item in self.session.instrument.catalogue.items))

    def _why(self) -> str:
        choice, item = self.session.choice, self.session.next_item
        if choice is None or item is None:
            return ""
        catalogue = self.session.instrument.catalogue
        traits = ", ".join(catalogue.trait(trait).name[self.language] for trait in item.weights)
        rivals = [*choice.speaks_for[:1], *choice.speaks_against[:1]]
        if len(rivals) < 2:
            return _("Your answer says something about: {traits}.").format(traits=traits)
        one, other = (catalogue.roles[index].title[self.language] for index in rivals)
        return _(
            "Your answer says something about: {traits}. Right now that helps most to tell {one} from {other}."
        ).format(traits=traits, one=one, other=other)


FACT_VALUES: Mapping[str, tuple[object, ...]] = {
    "education": EDUCATION_ORDER,
    "years_experience": words.YEARS,
    "people_led": words.PEOPLE,
}


def question_of(item: Item, language: str) -> tuple[str, ...]:
    """Return an item as it is put to a person, a paragraph each; for a pair the two sides."""
    if isinstance(item, Pair):
        return f"A  {item.left.text[language]}", f"B  {item.right.text[language]}"
    return (item.text[language],)


def lead_and_answers(item: Item) -> tuple[str, tuple[str, ...]]:
    """Return the line above an item, and the answers to choose from."""
    if isinstance(item, Pair):
        return _("Which would you rather do?"), words.pair_answers()
    return _("How much is this like you?"), words.statement_answers()


def _with_opening(session: Session, name: str, response: int | None) -> Session:
    answers = session.answers
    if name in FACTS:
        value = None if response is None else FACT_VALUES[name][response]
        return session.state(facts=msgspec.structs.replace(answers.facts, **{name: value}))
    wish = None if response is None else WILLINGNESS[response]
    return session.state(conditions=msgspec.structs.replace(answers.conditions, **{name: wish}))


def opening_words() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Return the question and the answers of each opening question."""
    willing = tuple(words.willingness(value) for value in WILLINGNESS)
    return {
        "education": (
            _("What is the highest education you have completed?"),
            tuple(words.education(e) for e in EDUCATION_ORDER),
        ),
        "years_experience": (_("How long have you worked, all jobs together?"), words.ranges_of_years()),
        "people_led": (_("At most, how many people have you led at one time?"), words.ranges_of_people()),
        "overtime": (_("Would you work longer hours when it is busy?"), willing),
        "on_call": (_("Would you be reachable outside working hours for urgent matters?"), willing),
        "travel": (_("Would you travel for work?"), willing),
        "shifts": (_("Would you work nights or changing shifts?"), willing),
    }
