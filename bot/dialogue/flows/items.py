"""Answering one item: by a level, by sampled figures, or as 不涉及."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.assessments.events import AnswerSetAside, ItemAnswered, apply
from bot.dialogue import walk
from bot.dialogue.flows import contests
from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, Say, say
from bot.dialogue.worth import yields_of
from bot.rubric.answers import Answer, Chosen, Excused, Sampled
from bot.rubric.facts import RateFacts
from bot.rubric.yields import lost

if TYPE_CHECKING:
    from bot.dialogue.intents import Choose, Rate
    from bot.dialogue.scene import Scene
    from bot.dialogue.station_intents import PutMine
    from bot.dialogue.turn import Move
    from bot.rubric.model import Item, Level

_TWO_NUMBERS = re.compile(r"\D*(\d{1,7})(?!\.\d|\s*%)\D+(\d{1,7})(?!\s*%)\D*")
"""Two whole numbers with anything around them; a rate such as 3.5% is not taken for a number of papers."""


def choose(scene: Scene, intent: Choose) -> Move:
    """A level's button was tapped."""
    item = scene.item(intent.item)
    level = item.level(intent.level) if item else None
    if item is None or level is None:
        return stay(scene.position, "notice.unreadable_button")
    return answer_from_button(scene, item, Chosen(level.id), intent.revision)


def choose_by_number(scene: Scene, item: Item, number: int) -> Move | None:
    """A number was typed that picks one of the listed options; None when there is no such option."""
    if not 1 <= number <= len(item.levels):
        return None
    return record(scene, item, Chosen(item.levels[number - 1].id))


def rate(scene: Scene, intent: Rate) -> Move:
    """Both figures came by button."""
    item = scene.item(intent.item)
    if item is None or not isinstance(item.facts, RateFacts) or not 0 <= intent.errors <= intent.sampled > 0:
        return stay(scene.position, "notice.unreadable_button")
    return answer_from_button(scene, item, Sampled(intent.sampled, intent.errors), intent.revision)


def rate_from_text(scene: Scene, item: Item, text: str) -> Move | None:
    """Two numbers were typed, sampled first; None when they are not two numbers."""
    found = _TWO_NUMBERS.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    sampled, errors = int(found[1]), int(found[2])
    if sampled == 0:
        return stay(scene.position, "notice.nothing_sampled")
    if errors > sampled:
        return scene.go(Place(PlaceKind.WRITE_RATE, item.id), draft=f"{sampled} {errors}")
    return record(scene, item, Sampled(sampled, errors))


def excuse(scene: Scene, item: Item, reason: str) -> Move:
    """The reason for 不涉及 was typed."""
    return record(scene, item, Excused(reason))


def record(scene: Scene, item: Item, answer: Answer, *, place: Place | None = None, seen: int | None = None) -> Move:
    """The answer is recorded; a lost point asks for a sentence, otherwise the walk goes on, if not to `place`.

    One that stands already is not recorded again, unless it was checked on a group card and is now on its own. Where a
    colleague answered otherwise since the revision that the person has `seen`, nothing is overwritten.
    """
    stands = scene.assessment.item(item.id)
    if contests.is_contested(scene, item.id, answer, scene.position.seen if seen is None else seen):
        return contest(scene, item, answer, card_of(scene, item))
    before = stands.answer
    if before == answer and not stands.grouped:
        notice = Notice(say("notice.already_recorded", item=item.id, answer=answer_words(item, answer)))
        return scene.go(Place(PlaceKind.ITEM, item.id), notice=notice)
    event = ItemAnswered(item.id, before, answer)
    after = apply(scene.assessment, event, by=scene.world.person, at=scene.world.now)
    asks = Place(PlaceKind.WRITE_REMEDY, item.id)
    onward = place or (asks if lost(item, answer) else scene.next_open(after, item.id))
    return scene.go(onward, event, notice=Notice(_recorded(item, before, answer, len(after.answers), scene)))


def answer_from_button(scene: Scene, item: Item, answer: Answer, revision: int, *, place: Place | None = None) -> Move:
    """A button gave the whole answer: it is recorded if the item still has the revision the button was drawn for."""
    stands = scene.assessment.item(item.id)
    if stands.revision == revision:
        return record(scene, item, answer, place=place, seen=revision)
    if stands.answer == answer:
        return stay(scene.position, "notice.already_recorded", item=item.id, answer=answer_words(item, answer))
    if contests.is_contested(scene, item.id, answer, revision):
        return contest(scene, item, answer, card_of(scene, item))
    return stale(scene, item)


def put_mine(scene: Scene, intent: PutMine) -> Move:
    """Of two answers the person's own shall stand, if the colleague's is still the one that they saw.

    The next choice follows, where the same tap led to several; behind the last, the group card that was left.
    """
    item = scene.item(intent.item)
    mine = None if item is None else contests.offered(scene.world, item.id)
    if item is None or mine is None or isinstance(mine, str):
        return stay(scene.position, "notice.unreadable_button")
    card = card_of(scene, item)
    place = contests.onward(scene, item.id) or (card if card.kind is PlaceKind.GROUP else None)
    return answer_from_button(scene, item, mine, intent.revision, place=place)


def contest(scene: Scene, item: Item, answer: Answer, card: Place) -> Move:
    """Nothing is overwritten: the answer is kept beside the colleague's, and the person chooses."""
    aside = AnswerSetAside(item.id, scene.assessment.item(item.id).answer, answer)
    return contests.contest(scene, card, (aside,), notice=Notice(say("notice.two_answers", item=item.id)))


def card_of(scene: Scene, item: Item) -> Place:
    """The card that a choice about an item leads back to: the group card that was left, or the item's own."""
    card = scene.card
    is_in_group = card.kind is PlaceKind.GROUP and item.id in walk.items_of(scene.rubric, card)
    return card if is_in_group else Place(PlaceKind.ITEM, item.id)


def stale(scene: Scene, item: Item) -> Move:
    """The button is older than the item's answer: nothing changes, the person sees what stands and chooses."""
    stands = scene.assessment.item(item.id)
    moved = scene.go(Place(PlaceKind.ITEM, item.id))
    if stands.answer is None:
        return warn(moved.position, "notice.taken_back", item=item.id)
    by_me = stands.by == scene.world.person
    key = "notice.changed_by_me" if by_me else "notice.changed_by_other"
    return warn(moved.position, key, item=item.id, answer=answer_words(item, stands.answer), at=stands.at or "")


def _recorded(item: Item, before: Answer | None, answer: Answer, done: int, scene: Scene) -> Say:
    total = len(scene.rubric.items)
    if before is not None:
        was, now = yields_of(item, before), yields_of(item, answer)
        return say(
            "notice.changed_words" if was == now else "notice.changed",
            item=item.id,
            before=was,
            after=now,
            answer=answer_words(item, answer),
            done=done,
            total=total,
        )
    return say("notice.recorded", item=item.id, answer=answer_words(item, answer), done=done, total=total)


def level_number(item: Item, level: Level) -> int:
    """The number under which the text lists a level, from 1."""
    return item.levels.index(level) + 1
