"""What is missing from a perfect table: points lost, items not met, blank or pending, in lists and on screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.phrases import SHORTER, answer_words, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Line, Screen, bold, line, say
from bot.dialogue.screens.measures import to_list
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening
from bot.dialogue.worth import amount, fitting, points
from bot.rubric.answers import Excused
from bot.rubric.yields import level_of, lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.dialogue.screen import Say, Text
    from bot.rubric.model import Item, Points

_LISTED = 12
"""How many items a list names one by one on the score; a longer one is summed up by chapters."""
_BUTTONS = 24
"""How many items get a button of their own; more are reached by their chapters, so that the keyboard stays small."""
_IN_A_ROW = 4

Gap = tuple["Item", "Points"]
"""An item and what it lacks: points, or 1 where it has none."""


def lost_items(view: View) -> list[Gap]:
    """The items that certainly lost something."""
    answers, items = view.assessment.answers, view.rubric.items
    gaps = ((items[item_id], lost(items[item_id], answers[item_id])) for item_id in view.summary.items)
    return [(item, loss) for item, loss in gaps if loss]


def pending_items(view: View) -> list[Gap]:
    """The items that the authority has to settle, with what is open in each."""
    gaps = ((view.rubric.items[each], figures.high - figures.low) for each, figures in view.summary.items.items())
    return [(item, gap) for item, gap in gaps if gap]


def gaps(view: View) -> Iterable[Line]:
    """What was lost, is blank and is pending, each with how much it comes to."""
    lacking = lost_items(view)
    scored = [(item, loss) for item, loss in lacking if item.has_points]
    unmet = [(item, loss) for item, loss in lacking if not item.has_points]
    blank = [(item, item.points) for item in view.rubric.items.values() if view.assessment.item(item.id).answer is None]
    pending = pending_items(view)
    if scored:
        entries = [(item, say("score.entry", item=item.id, lost=loss)) for item, loss in scored]
        yield line(bold(say("score.lost", points=amount(scored))), _listed(view, entries))
    if unmet:
        yield line(bold(say("score.unmet", points=amount(unmet))), _listed(view, _ids(unmet)))
    if blank:
        yield line(bold(say("score.blank", points=amount(blank))), _listed(view, _ids(blank)))
    if pending:
        yield line(bold(say("score.pending", points=amount(pending))), _listed(view, _ids(pending)))


def _ids(lacking: Sequence[Gap]) -> list[tuple[Item, Text]]:
    return [(item, item.id) for item, _ in lacking]


def _listed(view: View, entries: Sequence[tuple[Item, Text]]) -> Say:
    if len(entries) <= _LISTED:
        return say("score.listed", entries=tuple(text for _, text in entries))
    counts: dict[str, int] = {}
    for item, _ in entries:
        chapter = view.rubric.chapter_of[item.id].id
        counts[chapter] = counts.get(chapter, 0) + 1
    return say("score.listed", entries=tuple(say("score.by_chapter", chapter=c, count=n) for c, n in counts.items()))


def lost_screen(view: View) -> Screen:
    """Every item that lost points, with the sentence on the problem and its measure; a long list only says which."""
    items = lost_items(view)
    fits = len(items) <= _BUTTONS
    what = "lost.nothing" if not items else "lost.what" if fits else "lost.what_by_chapter"
    entry = _lost_in_full if fits else _lost_in_short
    blocks: list[Block] = [line(bold(view.say("lost.title"))), line(view.say(what)), BLANK]
    for item, loss in items:
        blocks += entry(view, item, say(fitting("lost.points", points=item.has_points), points=points(loss)))
    return view.screen(
        blocks,
        [*_openers(view, [item for item, _ in items], PlaceKind.WRITE_REMEDY), to_list(view), *_ways_back(view)],
    )


def _lost_in_full(view: View, item: Item, loss: Say) -> Iterable[Line]:
    words = view.assessment.item(item.id).remedy
    yield line(bold(item.id), " ", item.text, "　", bold(loss))
    yield line(shorten(words, SHORTER) if words else say("lost.no_remedy"))


def _lost_in_short(view: View, item: Item, loss: Say) -> Iterable[Line]:
    words = view.assessment.item(item.id).remedy
    yield line(bold(item.id), "　", bold(loss), "　", say("lost.remedy" if words else "lost.no_remedy"))


def pending_screen(view: View) -> Screen:
    """Every item whose points the authority has to settle, and why."""
    items = [item for item, _ in pending_items(view)]
    what = view.say("pending.what") if items else say("pending.nothing")
    blocks: list[Block] = [line(bold(say("pending.title"))), line(what)]
    for item in items:
        blocks.append(BLANK)
        blocks.append(line(bold(item.id), " ", item.text, "　", answer_words(item, view.assessment.answers[item.id])))
        blocks += _open_part(view, item)
        blocks += _open_words(view, item)
    return view.screen(blocks, [*_openers(view, items, PlaceKind.ITEM), *_ways_back(view)])


def _open_part(view: View, item: Item) -> Iterable[Line]:
    figures = view.summary.items[item.id]
    if item.has_points:
        yield line(say("pending.reported", reported=points(figures.reported)))


def _open_words(view: View, item: Item) -> Iterable[Line]:
    answer = view.assessment.answers[item.id]
    level = None if isinstance(answer, Excused) else level_of(item, answer)
    if level is not None and level.open_words:
        yield line(say("pending.words", words=level.open_words))


def _openers(view: View, items: Sequence[Item], kind: PlaceKind) -> list[Row]:
    if len(items) <= _BUTTONS:
        return in_rows([opening(item.id, Place(kind, item.id)) for item in items], _IN_A_ROW)
    chapters = dict.fromkeys(view.rubric.chapter_of[item.id].id for item in items)
    words = [(chapter, say("button.whole_chapter", chapter=chapter)) for chapter in chapters]
    return in_rows([opening(label, Place(PlaceKind.CHAPTER, chapter)) for chapter, label in words], _IN_A_ROW)


def _ways_back(view: View) -> list[Row]:
    return [(opening(view.say("button.score"), Place(PlaceKind.SCORE)),), back_to_card(view)]
