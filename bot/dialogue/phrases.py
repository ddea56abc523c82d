"""Phrases that several screens share: what a level yields, what an answer says, who wrote it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.dialogue.screen import Say, Text, say
from bot.rubric.answers import Answer, Counted, Excused, Sampled
from bot.rubric.model import RateFacts
from bot.rubric.scoring import level_of, score_answer

if TYPE_CHECKING:
    from bot.assessments.model import PersonId
    from bot.rubric.model import Item, Level, Points
    from bot.rubric.scoring import Score

_PERCENT_PLACES = 2
SHORT = 120
"""How much of a person's own words a card shows, in UTF-16 units."""
SHORTER = 50
"""How much of them a list of many shows."""
LONG = 1500
"""How much of them the screen shows on which they are written anew."""


def points(figure: Points) -> Say:
    """A number of points."""
    return say("points.sure", count=figure)


def yield_words(score: Score | Level) -> Say:
    """What a level or an answer yields: "2分", or "0–1分，待审定"."""
    if score.low == score.high:
        return points(score.low)
    return say("points.open", low=score.low, high=score.high)


def option_words(level: Level) -> Say:
    """A level as an option: its words, and what it yields in full-width brackets."""
    return say("option", when=level.when, yields=yield_words(level))


def answer_words(item: Item, answer: Answer) -> Text:
    """An answer in words, with what it yields."""
    yields = yield_words(score_answer(item, answer))
    if isinstance(answer, Excused):
        return say("answer.excused", reason=shorten(answer.reason), yields=yields)
    if isinstance(answer, Sampled):
        return rate_words(item, answer)
    level = level_of(item, answer)
    if level is None:  # a level of an older version of the rubric
        return yields
    if isinstance(answer, Counted):
        return say("answer.counted", problems=answer.problems, when=level.when, yields=yields)
    return option_words(level)


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
        when="" if level is None else level.when,
        yields=yield_words(score_answer(item, answer)),
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
