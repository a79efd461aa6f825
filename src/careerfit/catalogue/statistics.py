"""What a catalogue holds and how it is balanced, counted: the document ``careerfit/statistics/1``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median

from careerfit.catalogue.balance import weight_of
from careerfit.catalogue.checks import role_sources
from careerfit.catalogue.published import (
    CatalogueName,
    FamilyCount,
    LanguageCount,
    RoleCount,
    SourceCount,
    SourceKind,
    Statistics,
    TraitCount,
)
from careerfit.errors import Message, message
from careerfit.model import Catalogue, Item, Role, Signal, Statement, Text, Trait

LOPSIDED = 0.5
"""Share of all roles in one family, or difference of the shares of two keys, from which it is worth saying."""

MOSTLY_EDITORIAL = 0.8
"""Share of statements that are the editors' own from which it is worth saying."""

MANY = 4
"""Families, roles with a signal, or statements, without which nothing is lopsided."""


def statistics_of(catalogue: Catalogue, language: str, program: str) -> Statistics:
    """Return what a catalogue holds, with nothing yet under `lopsided`.

    Args:
        catalogue: Any catalogue.
        language: One of its languages, for names and titles.
        program: Name and version of whoever counts.
    """
    members = Counter(role.family for role in catalogue.roles)
    sources = _sources(catalogue, language)
    shares: dict[SourceKind, float] = dict.fromkeys(("article", "dataset", "editorial"), 0.0)
    for source in sources:
        shares[source.kind] = round(shares[source.kind] + source.share, 4)
    return Statistics(
        program=program,
        language=language,
        catalogue=CatalogueName(name=catalogue.name, hash=catalogue.hash),
        items={
            "statement": sum(isinstance(item, Statement) for item in catalogue.items),
            "pair": sum(not isinstance(item, Statement) for item in catalogue.items),
        },
        families=tuple(
            FamilyCount(family=family.id, title=family.title[language], roles=members[family.id])
            for family in catalogue.families
        ),
        roles=tuple(_role(role, language) for role in catalogue.roles),
        traits=_traits(catalogue, language),
        source_kinds=shares,
        sources=sources,
        languages=tuple(_language(catalogue, tag) for tag in catalogue.languages),
    )


def lopsided(statistics: Statistics) -> Iterator[tuple[str, Message]]:
    """Yield what is out of balance as a whole: code and sentence; `checks` says it of single roles and traits."""
    largest = max(statistics.families, key=lambda family: family.roles, default=None)
    if largest is not None and len(statistics.families) > 1 and len(statistics.roles) >= MANY:
        share = largest.roles / len(statistics.roles)
        if share > LOPSIDED:
            yield "family-dominates", message(
                "{percent} per cent of the roles belong to one family, “{family}”.",
                percent=round(100 * share), family=largest.title,
            )  # fmt: skip
    positive = sum(trait.statements_positive for trait in statistics.traits)
    negative = sum(trait.statements_negative for trait in statistics.traits)
    if positive + negative >= MANY and abs(positive - negative) > LOPSIDED * (positive + negative):
        yield "keyed-one-way", message(
            "{positive} statements are keyed positive and {negative} negative: whoever agrees with everything gets a"
            " profile from that alone.",
            positive=positive, negative=negative,
        )  # fmt: skip
    used = [trait for trait in statistics.traits if trait.roles >= MANY and not trait.asks_middle]
    high = ", ".join(trait.name for trait in used if not trait.asks_low)
    if high:
        yield (
            "only-high",
            message(
                "Some roles look for people high on these, and none for people low on them: {traits}.", traits=high
            ),
        )
    low = ", ".join(trait.name for trait in used if not trait.asks_high)
    if low:
        yield (
            "only-low",
            message("Some roles look for people low on these, and none for people high on them: {traits}.", traits=low),
        )
    if statistics.source_kinds["editorial"] > MOSTLY_EDITORIAL:
        yield "mostly-editorial", message(
            "{percent} per cent of the statements about roles have no source other than the editors.",
            percent=round(100 * statistics.source_kinds["editorial"]),
        )  # fmt: skip


def _role(role: Role, language: str) -> RoleCount:
    cited = list(role_sources(role))
    return RoleCount(
        role=role.id,
        title=role.title[language],
        fit=len(role.fit),
        unfit=len(role.unfit),
        weight=round(weight_of(role), 4),
        statements=len(cited),
        sources=len(set(cited)),
    )


def _traits(catalogue: Catalogue, language: str) -> tuple[TraitCount, ...]:
    keyed: Counter[tuple[str, str]] = Counter()
    for item in catalogue.items:
        if isinstance(item, Statement):
            keyed[item.trait, item.keyed] += 1
        else:
            keyed.update((trait, "pair") for trait in {*item.left.weights, *item.right.weights})
    signals: defaultdict[str, list[tuple[str, str, Signal]]] = defaultdict(list)
    for role in catalogue.roles:
        for signal in role.fit:
            signals[signal.trait].append((role.id, "fit", signal))
        for signal in role.unfit:
            signals[signal.trait].append((role.id, "unfit", signal))
    return tuple(_trait(trait, language, keyed, signals[trait.id]) for trait in catalogue.traits)


def _trait(
    trait: Trait, language: str, keyed: Counter[tuple[str, str]], signals: list[tuple[str, str, Signal]]
) -> TraitCount:
    ends = Counter(_end(kind, signal) for _role, kind, signal in signals)
    levels = {level for _role, _kind, signal in signals for level in (signal.at_least, signal.at_most) if level}
    levels |= {level for _role, _kind, signal in signals for level in signal.between or ()}
    return TraitCount(
        trait=trait.id,
        name=trait.name[language],
        statements_positive=keyed[trait.id, "positive"],
        statements_negative=keyed[trait.id, "negative"],
        pairs=keyed[trait.id, "pair"],
        roles=len({role for role, _kind, _signal in signals}),
        fit=sum(kind == "fit" for _role, kind, _signal in signals),
        unfit=sum(kind == "unfit" for _role, kind, _signal in signals),
        asks_high=ends["high"],
        asks_low=ends["low"],
        asks_middle=ends["middle"],
        levels=tuple(sorted(levels)),
    )


def _end(kind: str, signal: Signal) -> str:
    """Return which people a signal looks for; an unfit signal looks for those on its other side."""
    if signal.between is not None:
        return "middle"
    return "high" if (signal.at_least is not None) == (kind == "fit") else "low"


def _sources(catalogue: Catalogue, language: str) -> tuple[SourceCount, ...]:
    cited = Counter(source for role in catalogue.roles for source in role_sources(role))
    total = max(cited.total(), 1)
    return tuple(
        SourceCount(
            source=source.id,
            title=source.title[language],
            kind=source.kind,
            statements=cited[source.id],
            share=round(cited[source.id] / total, 4),
        )
        for source in catalogue.sources
    )


def _language(catalogue: Catalogue, tag: str) -> LanguageCount:
    items = [list(_item_texts(item)) for item in catalogue.items]
    roles = [list(_role_texts(role)) for role in catalogue.roles]
    others = [text for trait in catalogue.traits for text in (trait.name, trait.low, trait.high)]
    texts = [text for part in (*items, *roles, others) for text in part]
    there = [text for text in texts if text.get(tag)]
    own = sum(all(text[tag] != words for other, words in text.items() if other != tag) for text in there)
    item_words, role_words = ([sum(_words(text, tag) for text in part) for part in parts] for parts in (items, roles))
    return LanguageCount(
        language=tag,
        texts=len(there),
        of_texts=len(texts),
        own=round(own / max(len(there), 1), 4),
        item_words_median=median(item_words),
        item_words_most=max(item_words),
        role_words_median=median(role_words),
        role_words_most=max(role_words),
    )


def _words(text: Text, tag: str) -> int:
    return len(text.get(tag, "").split())


def _item_texts(item: Item) -> Iterator[Text]:
    yield from (item.text,) if isinstance(item, Statement) else (item.left.text, item.right.text)


def _role_texts(role: Role) -> Iterator[Text]:
    """Yield everything that is said of a role."""
    yield from (role.title, role.summary)
    yield from (signal.text for signal in role.fit + role.unfit)
    yield from (said.text for said in role.tasks + role.conditions.notes + role.readiness.notes)
    yield from (difference.text for difference in role.differs_from)
    yield from (text for myth in role.myths for text in (myth.claim, myth.truth))
    yield from (text for reality in role.realities for text in (reality.expectation, reality.reality))
