"""A report says what its result says: every number, answer and source, in one language, on a page of sane size."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from hostile import result_of
from scipy import stats
from terminal import SMALL, speaking
from test_report_hostile import Read, words_of

from careerfit import sentences
from careerfit.catalogue.answers import parse_answers
from careerfit.catalogue.compiled import open_catalogue
from careerfit.catalogue.load import load_catalogue
from careerfit.document import RankedRole, Result, Status, TraitResult
from careerfit.engine.instrument import Instrument
from careerfit.model import Answers, Pair
from careerfit.report import markdown
from careerfit.report.content import ANSWERS, HARDLY_KNOWN, IN_FULL, RANKED, Report, report_of
from careerfit.report.headings import headings
from careerfit.report.html import BAR, MARGIN, SCALE, page
from careerfit.result import Stamp, build_result
from careerfit.retold import retold

EXAMPLES = Path(__file__).parent.parent / "examples"
CATALOGUE = load_catalogue(SMALL)
RESULT = result_of(CATALOGUE, skipped=2, respondent="Rina")
LARGEST_PAGE = 300_000
"""Bytes of a page, with every question of the shipped catalogue answered."""


@pytest.fixture(scope="module")
def largest() -> tuple[Result, Report, Report]:
    """The result of a person who answered everything, and its report in Indonesian and in English."""
    catalogue = open_catalogue().catalogue()
    file = EXAMPLES / "careless.json"
    answers = parse_answers(file.read_bytes(), file.name, catalogue)
    stamp = Stamp(id="0a1b2c3d4e5f", created="2026-11-21T10:00:00Z", language="id", program="careerfit 0.1.0")
    result = build_result(Instrument.of(catalogue), answers, "respondent", stamp)
    with speaking("id"):
        indonesian = report_of(result, catalogue)
    with speaking("en"):
        english = report_of(retold(result, catalogue, "en"), catalogue)
    return result, indonesian, english


@pytest.fixture
def english():
    with speaking("en"):
        yield


def shown(source: str) -> str:
    return words_of(" ".join(Read(source).texts))


def test_the_largest_page_is_small_enough(largest):
    """All questions answered: both pages stay under 300 KB."""
    result, *reports = largest
    assert len(list(result.answers.given())) == 220
    for report, language in zip(reports, ("id", "en"), strict=True):
        with speaking(language):
            assert 60_000 < len(page(report).encode()) < LARGEST_PAGE


def test_a_report_speaks_one_language(largest):
    """No heading, label or sentence of one language stands in the report of the other, in HTML or in Markdown."""
    _result, *reports = largest
    words, texts = [], []
    for report, language in zip(reports, ("id", "en"), strict=True):
        with speaking(language):
            source = page(report)
            words.append({*headings(), *(part for pair in report.method for part in pair), report.title, report.lead})
            lines = re.split(r"\s*(?:\n|\*\*|\|)\s*", markdown.document(report))
            texts.append({text.strip() for text in Read(source).texts} | {line.strip("#>- :.") for line in lines})
            assert Read(source).values("lang") == [language]
    assert min(map(len, words)) > 40
    assert not words[0] & texts[1]
    assert not words[1] & texts[0]
    assert len(words[0] & texts[0]) > 30


def test_every_answer_is_told(english):
    """Each question stands in the report with its answer, in the order asked; two were skipped."""
    report = report_of(RESULT, CATALOGUE)
    assert len(report.said) == len(RESULT.answers.responses)
    for said, (item_id, response) in zip(report.said, RESULT.answers.responses.items(), strict=True):
        item = CATALOGUE.item(item_id)
        texts = (item.left.text, item.right.text) if isinstance(item, Pair) else (item.text,)
        assert [line.removeprefix("A  ").removeprefix("B  ") for line in said.question] == [t["en"] for t in texts]
        assert (said.answer == "skipped") == (response is None)
    assert [said.answer for said in report.said].count("skipped") == 2
    assert dict((*said.question, said.answer) for said in report.about) == {
        "Education": "diploma",
        "Experience": "2 years",
        "People led at the same time": "not said",
        "Overtime": "no",
        "On call": "it depends",
        "Travel": "yes",
        "Nights or shifts": "not said",
    }


def test_every_word_of_the_report_is_on_the_page_and_in_markdown(english):
    """Neither form leaves out a text: whatever the report holds can be read in both."""
    report = report_of(RESULT, CATALOGUE, json.dumps([card("plant-head", "myth", 1)]).encode())
    html, marked = shown(page(report)), markdown.document(report)
    texts = [*leaves(report._replace(language=""))]
    assert len(texts) > 100
    assert [text for text in texts if words_of(text) not in html and text not in DRAWN] == []
    in_short = {place.sure for place in report.places}
    away = {leaning.low if leaning.towards == "high" else leaning.high for leaning in report.leanings}
    plain = words_of(re.sub(r"[\\`]", "", marked))
    left_out = in_short | away | DRAWN
    assert [text for text in texts if words_of(text) not in plain and text not in left_out] == []


DRAWN = {"you are about in the middle here"}
"""What is said by a drawing alone."""


def leaves(value: object):
    if isinstance(value, str):
        if value and value not in {"+", "-", "high", "low", *(role.id for role in CATALOGUE.roles)}:
            yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from leaves(inner)


def card(role: str, kind: str, reply: int | None) -> dict[str, object]:
    return {"role": role, "kind": kind, "question": ["True or not?", "It is all office."], "reply": reply}


def test_the_ranking_is_the_result(english):
    """Places, match and confidence are those of the result, and the bars end where the numbers say."""
    report = report_of(RESULT, CATALOGUE)
    assert len(report.places) == min(RANKED, len(RESULT.ranking))
    read = Read(page(report))
    bars = [a for tag, a in read.tags if tag == "rect" and a["class"] in ("top3", "first")]
    for number, (place, role) in enumerate(zip(report.places, RESULT.ranking, strict=False)):
        assert (place.rank, place.title) == (role.rank, role.title)
        assert str(role.match) in place.fits
        assert (place.first, place.top3) == (round(role.confidence.first * 100), round(role.confidence.top3 * 100))
        widths = {bar["class"]: float(bar["width"]) for bar in bars[2 * number : 2 * number + 2]}
        assert widths == {
            "first": pytest.approx(place.first * BAR / 100),
            "top3": pytest.approx(place.top3 * BAR / 100),
        }


def test_a_band_is_one_standard_error_to_each_side(english):
    """The mark is at the estimate, the band reaches a standard error to each side, and the words say it in people."""
    traits = (
        TraitResult(trait="lead", name="Leading", estimate=1.0, standard_error=0.5, percentile=84),
        TraitResult(trait="decide", name="Deciding", estimate=-0.8, standard_error=0.4, percentile=21),
        TraitResult(trait="exact", name="Exactness", estimate=0.1, standard_error=0.3, percentile=54),
    )
    report = report_of(msgspec.structs.replace(RESULT, traits=traits), CATALOGUE)
    assert [(leaning.name, leaning.towards) for leaning in report.leanings] == [
        ("Leading", "high"),
        ("Deciding", "low"),
    ]
    assert [leaning.name for leaning in report.middle] == ["Exactness"]

    def people(low: float, middle: float, high: float) -> list[int]:
        return [round(100 * stats.norm.cdf(at)) for at in (middle, low, high)]

    told = [[int(number) for number in re.findall(r"\d+", leaning.told)] for leaning in report.leanings]
    assert [[n for n in numbers if n != 100] for numbers in told] == [people(0.5, 1.0, 1.5), people(0.4, 0.8, 1.2)]
    read = Read(page(report))
    marks = [float(a["cx"]) for tag, a in read.tags if tag == "circle"]
    bands = [(float(a["x"]), float(a["width"])) for tag, a in read.tags if a.get("class") == "band"]

    def along(sd: float) -> float:
        return MARGIN + stats.norm.cdf(sd) * (SCALE - 2 * MARGIN)

    assert marks == pytest.approx([along(1.0), along(-0.8), along(0.1)], abs=0.06)
    assert [left for left, _width in bands] == pytest.approx([along(0.5), along(-1.2), along(-0.2)], abs=0.06)
    assert [left + width for left, width in bands] == pytest.approx([along(1.5), along(-0.4), along(0.4)], abs=0.11)


def test_what_is_hardly_known_is_not_drawn(english):
    """A trait of which the answers say next to nothing is named and neither drawn nor given a number."""
    traits = (TraitResult(trait="lead", name="Leading", estimate=0.9, standard_error=HARDLY_KNOWN, percentile=82),)
    said = signals_of(RESULT, {"lead"}, "unsure")
    report = report_of(msgspec.structs.replace(said, traits=traits), CATALOGUE)
    assert not report.leanings
    assert not report.middle
    assert "Leading" in report.unknown


def test_a_trait_that_is_a_reason_is_never_said_to_be_unknown(english):
    """What speaks for or against a role explained above is drawn, however unsure: the page does not take it back."""
    traits = (TraitResult(trait="lead", name="Leading", estimate=0.9, standard_error=HARDLY_KNOWN, percentile=82),)
    report = report_of(msgspec.structs.replace(signals_of(RESULT, {"lead"}, "met"), traits=traits), CATALOGUE)
    assert [leaning.name for leaning in report.leanings] == ["Leading"]
    assert report.unknown == ""


def signals_of(result: Result, traits: set[str], status: Status) -> Result:
    """Return the result with another status of the signals on some traits."""

    def changed(role: RankedRole) -> RankedRole:
        return msgspec.structs.replace(
            role,
            signals=tuple(
                msgspec.structs.replace(signal, status=status) if signal.trait in traits else signal
                for signal in role.signals
            ),
        )

    return msgspec.structs.replace(result, ranking=tuple(changed(role) for role in result.ranking))


def test_reasons_name_the_answers_that_moved_them_most(english):
    """A reason carries its source and at most two answers, those with the largest influence towards its place."""
    report = report_of(RESULT, CATALOGUE)
    assert len(report.explained) == min(IN_FULL, len(RESULT.ranking))
    reasons = 0
    for explained, role in zip(report.explained, RESULT.ranking, strict=False):
        signals = {signal.text: signal for signal in role.signals}
        for group in explained.groups:
            for reason in group.reasons:
                signal = signals[reason.text.text]
                assert report.sources[reason.text.source - 1].startswith(title_of(signal.source))
                towards = [a for a in signal.answers if a.influence * signal.evidence > 0]
                strongest = sorted(towards, key=lambda a: -abs(a.influence))[:ANSWERS]
                told = [sentences.quoted(a, CATALOGUE.item(a.item), signal.trait, "en") for a in strongest]
                assert list(reason.answers) == told
                reasons += 1
    assert reasons > 3


def title_of(source: str) -> str:
    return next(s.title["en"] for s in CATALOGUE.sources if s.id == source)


def test_readiness_and_conditions_tell_what_is_missing_and_what_clashes(english):
    """A degree and experience are missing, overtime was refused; nothing of it is in the ranking."""
    report = report_of(RESULT, CATALOGUE)
    reach = next(row for row in report.reach if row.title == "Head of Plant")
    assert (
        reach.missing
        == "bachelor's degree (you: diploma); 5 years of experience (you: 2 years); experience of leading 10 people"
    )
    assert reach.against == (
        "overtime often (you would rather not); on call sometimes (you: it depends); nights or shifts sometimes"
    )


def test_the_reality_check_stands_with_its_role(english):
    """What was answered is told beside the role's myths, a skipped card as skipped."""
    kept = [card("plant-head", "myth", 1), card("plant-head", "interest", 2), card("plant-head", "reality", None)]
    report = report_of(RESULT, CATALOGUE, json.dumps(kept).encode())
    checked = {portrait.role: said for portrait, said in report.portraits}
    assert [said.answer for said in checked["plant-head"]] == ["not true", "not sure", "skipped"]
    assert all(not said for role, said in checked.items() if role != "plant-head")


def test_a_damaged_reality_check_is_not_guessed_at(english):
    """Bytes that are no reality check raise."""
    with pytest.raises(msgspec.DecodeError):
        report_of(RESULT, CATALOGUE, b'[{"role": 1}]')


def test_nothing_answered_ranks_nothing(english):
    """Without answers there is no ranking, and the page says why."""
    empty = result_of(CATALOGUE, response=None)
    report = report_of(empty, CATALOGUE)
    assert not report.places
    assert report.warnings == ("You have not answered any question yet, so there is nothing to rank.",)
    for form in (shown(page(report)), markdown.document(report)):
        assert "nothing to rank" in form
        assert "The ranking" not in form
    nothing = msgspec.structs.replace(empty, answers=Answers())
    assert "nothing to rank" in shown(page(report_of(nothing, CATALOGUE)))


def test_a_doubtful_result_says_so_first(english):
    """Warnings about the answers stand in the head of the page, before the ranking."""
    doubted = msgspec.structs.replace(
        RESULT, quality=msgspec.structs.replace(RESULT.quality, flags=("inconsistent", "uniform"))
    )
    text = shown(page(report_of(doubted, CATALOGUE)))
    assert 0 < text.index("different directions") < text.index("The ranking")
    assert 0 < text.index("nearly all your answers".capitalize()) < text.index("The ranking")


def test_a_licence_is_named_with_its_source():
    """Where a report cites O*NET, it names it with its licence, as the licence asks."""
    catalogue = open_catalogue().catalogue()
    first = next(
        role.id
        for role in catalogue.roles
        if "onet-29.3" in [note.source for note in (*role.conditions.notes, *role.readiness.notes)]
    )
    result = result_of(catalogue)
    ranked = sorted(result.ranking, key=lambda role: role.role != first)
    with speaking("en"):
        report = report_of(msgspec.structs.replace(result, ranking=tuple(ranked), contrast=None), catalogue)
    assert [source for source in report.sources if "O*NET" in source and "CC BY 4.0" in source]


def test_a_result_told_again_is_the_result_made_in_that_language():
    """Another language changes the words and nothing else, and back again is where it began."""
    indonesian = result_of(CATALOGUE, skipped=2, respondent="Rina", language="id")
    assert retold(RESULT, CATALOGUE, "id") == indonesian
    assert retold(retold(RESULT, CATALOGUE, "id"), CATALOGUE, "en") == RESULT
    assert retold(RESULT, CATALOGUE, "en") is RESULT
