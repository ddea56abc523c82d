"""The score: the total with its bounds, what it means, and every point lost, blank or pending."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.dialogue import walk
from bot.dialogue.phrases import SHORTER, answer_words, points, shorten, yield_words
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Emphasis, Line, Screen, bold, line, say
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening
from bot.rubric.answers import Excused
from bot.rubric.scoring import Result, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.dialogue.screen import Say, Text
    from bot.rubric.model import Chapter, Item, Points
    from bot.rubric.scoring import Score

_LISTED = 12
"""How many items a list names one by one on the score; a longer one is summed up by chapters."""
_BUTTONS = 24
"""How many items get a button of their own; more are reached by their chapters, so that the keyboard stays small."""
_IN_A_ROW = 4


def score(view: View) -> Screen:
    """Everything about the score in one message."""
    blocks = [*_total(view), BLANK, *_verdict(view), BLANK, *_chapters(view), BLANK, *_lists(view)]
    return view.screen(blocks, _buttons(view))


def _total(view: View) -> Iterable[Line]:
    summary = view.summary
    done = say("score.done", done=summary.answered, total=len(view.rubric.items))
    yield line(bold(say("score.total", points=points(summary.total.reported))), "　", done)
    if summary.total.low != summary.total.high:
        yield line(say("score.bounds", low=points(summary.total.low), high=points(summary.total.high)))
    yield line(say("score.pass_mark", points=points(view.rubric.pass_mark)))


def _verdict(view: View) -> Iterable[Line]:
    yield line(bold(_judgement(view)))
    yield line(_conditions(view))
    yield line(say("score.final"))
    if not view.summary.blank and not _unasked(view):
        yield line(say("score.finished"))


def _judgement(view: View) -> Say:
    summary, mark = view.summary, view.rubric.pass_mark
    if summary.declared:
        signs = tuple(view.rubric.vetoes_by_id[veto_id].mark for veto_id in summary.declared)
        return say("score.fail_declared", signs=signs)
    if summary.result is Result.FAIL:
        return say("score.fail_low", high=points(summary.total.high), mark=points(mark))
    if summary.result is Result.PASS:
        return say("score.pass", mark=points(mark))
    if summary.blank:
        key = "score.open_passed" if summary.total.low >= mark else "score.open_blank"
        return say(key, count=summary.blank, mark=points(mark))
    if summary.total.low < mark:
        return say("score.open_pending", mark=points(mark))
    return _judgement_on_conditions(view)


def _judgement_on_conditions(view: View) -> Say:
    unasked = _unasked(view)
    return say("score.open_conditions", count=unasked) if unasked else say("score.open_special", signs=_special(view))


def _unasked(view: View) -> int:
    return sum(not view.assessment.veto(veto_id).is_settled for veto_id in view.summary.unasked)


def _special(view: View) -> tuple[Text, ...]:
    """The conditions that were neither declared nor denied, but explained in words."""
    vetoes = (view.rubric.vetoes_by_id[veto_id] for veto_id in view.summary.unasked)
    return tuple(veto.mark for veto in vetoes if view.assessment.veto(veto.id).is_settled)


def _conditions(view: View) -> Say:
    summary, total = view.summary, len(view.rubric.vetoes)
    if summary.declared:
        return say("score.conditions_declared", count=len(summary.declared))
    if _unasked(view):
        return say("score.conditions_unasked", total=total, left=_unasked(view))
    if summary.unasked:
        return say("score.conditions_special", total=total, signs=_special(view))
    return say("score.conditions_clean", total=total)


def _chapters(view: View) -> Iterable[Line]:
    for chapter, figures in zip(view.rubric.chapters, view.summary.chapters, strict=True):
        remarks: list[Text] = []
        if figures.blank:
            remarks.append(say("score.chapter_blank", count=figures.blank))
        open_points = _pending_points(view, chapter)
        if open_points:
            remarks.append(say("score.chapter_pending", points=points(open_points)))
        figure = f"{chapter.id} {chapter.title}　{figures.score.reported.normalize():f}/{chapter.points.normalize():f}"
        yield line(figure, say("score.remarks", remarks=tuple(remarks))) if remarks else line(figure)


def _pending_points(view: View, chapter: Chapter) -> Points:
    scores = (view.summary.items.get(item.id) for item in chapter.items)
    return sum((figures.high - figures.low for figures in scores if figures is not None), Decimal())


def _lost(view: View) -> list[tuple[Item, Score]]:
    scored = ((view.rubric.items[item_id], figures) for item_id, figures in view.summary.items.items())
    return [(item, figures) for item, figures in scored if figures.high < item.points]


def _pending(view: View) -> list[tuple[Item, Score]]:
    scored = ((view.rubric.items[item_id], figures) for item_id, figures in view.summary.items.items())
    return [(item, figures) for item, figures in scored if figures.low < figures.high]


def _blank(view: View) -> list[Item]:
    return [item for item in view.rubric.items.values() if view.assessment.item(item.id).answer is None]


def _lists(view: View) -> Iterable[Line]:
    lost, pending, blank = _lost(view), _pending(view), _blank(view)
    if lost:
        total = sum((item.points - figures.high for item, figures in lost), Decimal())
        entries: list[tuple[Item, Text]] = [
            (item, say("score.entry", item=item.id, lost=item.points - figures.high)) for item, figures in lost
        ]
        yield line(bold(say("score.lost", points=points(total))), _listed(view, entries))
    if blank:
        total = sum((item.points for item in blank), Decimal())
        yield line(bold(say("score.blank", points=points(total))), _listed(view, [(item, item.id) for item in blank]))
    if pending:
        total = sum((figures.high - figures.low for _, figures in pending), Decimal())
        entries = [(item, item.id) for item, _ in pending]
        yield line(bold(say("score.pending", points=points(total))), _listed(view, entries))


def _listed(view: View, entries: Sequence[tuple[Item, Text]]) -> Say:
    if len(entries) <= _LISTED:
        return say("score.listed", entries=tuple(text for _, text in entries))
    counts: dict[str, int] = {}
    for item, _ in entries:
        chapter = view.rubric.chapter_of[item.id].id
        counts[chapter] = counts.get(chapter, 0) + 1
    return say("score.listed", entries=tuple(say("score.by_chapter", chapter=c, count=n) for c, n in counts.items()))


def _buttons(view: View) -> list[Row]:
    rows: list[Row] = []
    onward = walk.first_open(view.rubric, view.assessment, view.position.walk)
    if onward.kind is PlaceKind.VETO:
        label = say("button.first_veto", mark=view.rubric.vetoes_by_id[onward.subject].mark)
        rows.append((opening(label, onward, Emphasis.PRIMARY),))
    elif onward.kind is not PlaceKind.SCORE:
        label = say("button.first_open", item=walk.open_items(view.rubric, view.assessment, onward)[0])
        rows.append((opening(label, onward, Emphasis.PRIMARY),))
    lists = []
    if _lost(view):
        lists.append(opening(say("button.lost"), Place(PlaceKind.LOST)))
    if _pending(view):
        lists.append(opening(say("button.pending"), Place(PlaceKind.PENDING)))
    around = (opening(say("button.map"), Place(PlaceKind.MAP)), opening(say("button.home"), HOME))
    return [*rows, tuple(lists), back_to_card(view), around]


def lost(view: View) -> Screen:
    """Every item that lost points, with the sentence on the problem and its measure; a long list only says which."""
    items = _lost(view)
    fits = len(items) <= _BUTTONS
    what = "lost.nothing" if not items else "lost.what" if fits else "lost.what_by_chapter"
    entry = _lost_in_full if fits else _lost_in_short
    blocks: list[Block] = [line(bold(say("lost.title"))), line(say(what)), BLANK]
    for item, figures in items:
        blocks += entry(view, item, say("lost.points", points=points(item.points - figures.high)))
    return view.screen(
        blocks, [*_openers(view, [item for item, _ in items], PlaceKind.WRITE_REMEDY), *_ways_back(view)]
    )


def _lost_in_full(view: View, item: Item, loss: Say) -> Iterable[Line]:
    words = view.assessment.item(item.id).remedy
    yield line(bold(item.id), " ", item.text, "　", bold(loss))
    yield line(shorten(words, SHORTER) if words else say("lost.no_remedy"))


def _lost_in_short(view: View, item: Item, loss: Say) -> Iterable[Line]:
    words = view.assessment.item(item.id).remedy
    yield line(bold(item.id), "　", bold(loss), "　", say("lost.remedy" if words else "lost.no_remedy"))


def pending(view: View) -> Screen:
    """Every item whose points the authority has to settle, and why."""
    items = _pending(view)
    what = say("pending.what" if items else "pending.nothing")
    blocks: list[Block] = [line(bold(say("pending.title"))), line(what), BLANK]
    for item, figures in items:
        blocks.append(line(bold(item.id), " ", item.text, "　", answer_words(item, view.assessment.answers[item.id])))
        blocks.append(line(say("pending.reported", reported=points(figures.reported), yields=yield_words(figures))))
        blocks += _open_words(view, item)
    return view.screen(blocks, [*_openers(view, [item for item, _ in items], PlaceKind.ITEM), *_ways_back(view)])


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
    return [(opening(say("button.score"), Place(PlaceKind.SCORE)),), back_to_card(view)]
