"""Phrases that several screens share: what an answer says, and who wrote it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.dialogue.screen import Say, Text, say
from bot.dialogue.worth import level_words, option_words, yields_of
from bot.rubric.answers import Answer, Counted, Excused, Measured, Sampled, Ticked
from bot.rubric.facts import DeductionFacts, MeasureFacts, ProofFacts, RateFacts
from bot.rubric.yields import level_of

if TYPE_CHECKING:
    from bot.assessments.model import PersonId
    from bot.dialogue.world import World
    from bot.rubric.model import Item, Level

_PERCENT_PLACES = 2
SHORT = 120
"""How much of a person's own words a card shows, in UTF-16 units."""
SHORTER = 50
"""How much of them a list of many shows."""
LONG = 1500
"""How much of them the screen shows on which they are written anew."""


def answer_words(item: Item, answer: Answer) -> Text:
    """An answer in words, with what it yields."""
    yields = yields_of(item, answer)
    if isinstance(answer, Excused):
        return say("answer.excused", reason=shorten(answer.reason), yields=yields)
    if isinstance(answer, Sampled):
        return rate_words(item, answer)
    level = level_of(item, answer)
    words = _figure_words(item, answer, yields) if level is None else _words_with(item, answer, level)
    return yields if words is None else words  # None: an answer to an older version of the rubric


def _figure_words(item: Item, answer: Answer, yields: Say) -> Say | None:
    """An answer by figures that yield points themselves."""
    if isinstance(answer, Ticked) and isinstance(item.facts, ProofFacts):
        return _proof_words(item.facts, answer, yields)
    if isinstance(answer, Counted) and isinstance(item.facts, DeductionFacts):
        key = "answer.deducted" if answer.problems else "answer.none_found"
        return say(key, problems=answer.problems, unit=item.facts.unit, yields=yields)
    return None


def _words_with(item: Item, answer: Answer, level: Level) -> Say:
    """An answer that leads to a level, with the figures that do."""
    when, yields = level_words(level), yields_of(item, answer)
    if isinstance(answer, Counted):
        return say("answer.counted", problems=answer.problems, when=when, yields=yields)
    if isinstance(answer, Measured) and isinstance(item.facts, MeasureFacts):
        return say("answer.measured", value=answer.value, unit=item.facts.unit, when=when, yields=yields)
    return option_words(item, level)


def _proof_words(facts: ProofFacts, answer: Ticked, yields: Say) -> Say:
    missing = facts.missing(answer)
    if missing and answer.proofs:
        names = tuple(proof.label for proof in missing)
        done, total = len(answer.proofs), len(facts.proofs)
        return say("answer.ticked_missing", done=done, total=total, missing=names, yields=yields)
    key = "answer.ticked" if answer.proofs else "answer.ticked_none"
    return say(key, done=len(answer.proofs), total=len(facts.proofs), yields=yields)


def rate_words(item: Item, answer: Sampled) -> Say:
    """Sampled figures in words, with the rate and what it yields."""
    level = level_of(item, answer)
    counted = item.facts.unit if isinstance(item.facts, RateFacts) else ""
    return say(
        "answer.sampled",
        sampled=answer.sampled,
        errors=answer.errors,
        unit=answer.unit or counted,
        rate=percent(answer),
        when="" if level is None else level_words(level),
        yields=yields_of(item, answer),
    )


def percent(answer: Sampled) -> Say:
    """The rate of errors, said to be about right where two decimals do not hold it exactly."""
    exact = Fraction(answer.errors * 100, answer.sampled)
    hundredths = round(exact * 10**_PERCENT_PLACES)
    whole, rest = divmod(hundredths, 10**_PERCENT_PLACES)
    figure = f"{whole}.{rest:0{_PERCENT_PLACES}d}".rstrip("0").rstrip(".")
    is_exact = Fraction(hundredths, 10**_PERCENT_PLACES) == exact
    return say("percent.exact" if is_exact else "percent.about", figure=figure)


def shorten(words: str, most: int = SHORT) -> str:
    """A person's own words, cut to so many UTF-16 units: the sum of a screen stays within what a message holds."""
    units = words.encode("utf-16-le", "surrogatepass")
    return words if len(units) <= 2 * most else units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def author(person: PersonId, reader: PersonId) -> Say:
    """Who wrote something, as the reader should see it."""
    return say("author.you") if person == reader else say("author.other", number=person)


def author_of(person: PersonId, world: World) -> Say:
    """Who wrote something in the assessment at hand: by the name that colleagues are shown, where there is one."""
    name = name_of(person, world)
    return author(person, world.person) if person == world.person or not name else say("author.named", name=name)


def name_of(person: PersonId, world: World) -> str:
    """The name that colleagues are shown; empty for one who was forgotten, or is no colleague."""
    station = None if world.assessment is None else world.assessment.station
    members = () if station is None else world.roster.members(station)
    return next((each.name for each in members if each.person == person), "")
