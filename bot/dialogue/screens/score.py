"""The score: the total with its bounds, what it means, and every point lost, blank or pending."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.dialogue import walk
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.dialogue.screen import BLANK, Emphasis, Line, Screen, bold, line, say
from bot.dialogue.screens.check import to_check
from bot.dialogue.screens.gaps import gaps, lost_items, pending_items
from bot.dialogue.screens.handing_in import to_report
from bot.dialogue.screens.verdict import verdict
from bot.dialogue.screens.view import Row, View, back_to_card, opening
from bot.dialogue.worth import amount, points
from bot.rubric.figures import figure_text
from bot.rubric.outcomes import ChapterGate, MetGate, Rounding, StarsGate, TotalGate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.screen import Say, Text
    from bot.rubric.model import Chapter, Rubric
    from bot.rubric.outcomes import Gate, Outcome, Rescaling
    from bot.rubric.scoring import ChapterScore


_ALL = 100
"""Per cent."""


def score(view: View) -> Screen:
    """Everything about the score in one message."""
    blocks = [*_total(view), BLANK, *verdict(view), BLANK, *_chapters(view), BLANK, *gaps(view)]
    return view.screen(blocks, _buttons(view))


def _total(view: View) -> Iterable[Line]:
    summary, rubric = view.summary, view.rubric
    done = say("score.done", done=summary.answered, total=len(rubric.items))
    if rubric.has_points:
        yield line(bold(say("score.total", points=points(summary.final.reported))), "　", done)
        if summary.final.low != summary.final.high:
            yield line(say("score.bounds", low=points(summary.final.low), high=points(summary.final.high)))
        if rubric.rescaling is not None:
            yield line(_rescaled(view, rubric.rescaling))
    if rubric.unscored:
        yield from _met(view, done)
    if summary.stars_lost:
        yield line(say("score.stars_lost", items=summary.stars_lost))
    if rubric.pass_mark is not None:
        yield line(say("score.pass_mark", points=points(rubric.pass_mark)))
    else:
        yield from (line(_band(rubric, outcome)) for outcome in rubric.outcomes)


def _rescaled(view: View, rescaling: Rescaling) -> Say:
    """How the reported total came about: what does not apply is taken out of the points, then it is rescaled."""
    left_out = sum((each.scored.left_out + each.scored.pending for each in view.summary.chapters), Decimal())
    return say(
        "score.rescaled",
        raw=view.summary.total.reported,
        points=view.rubric.total,
        left_out=left_out,
        to=rescaling.to,
        final=view.summary.final.reported,
        places=rescaling.places,
        rounding=say(_ROUNDING[rescaling.rounding]),
    )


_ROUNDING = {
    Rounding.HALF_UP: "rounding.half_up",
    Rounding.HALF_EVEN: "rounding.half_even",
    Rounding.DOWN: "rounding.down",
    Rounding.UP: "rounding.up",
}


def _met(view: View, done: Say) -> Iterable[Line]:
    met = view.summary.met
    figures = {"met": met.score.reported, "of": met.out_of - met.pending}
    if view.rubric.has_points:
        yield line(say("score.met_beside", **figures))
        return
    yield line(bold(say("score.met", **figures)), "　", done)
    if met.score.low != met.score.high:
        yield line(say("score.met_bounds", low=met.score.low, high=met.score.high))


def _band(rubric: Rubric, outcome: Outcome) -> Say:
    if not outcome.gates:
        return say("score.last_band", label=outcome.label)
    return say("score.band", label=outcome.label, needs=tuple(_need(rubric, gate) for gate in outcome.gates))


def _need(rubric: Rubric, gate: Gate) -> Say:
    match gate:
        case TotalGate():
            return say("need.total", points=points(gate.at_least))
        case ChapterGate():
            return say("need.chapter", chapter=gate.chapter, percent=gate.percent)
        case MetGate(percent=percent) if percent == _ALL:
            return say("need.all_met_beside" if rubric.has_points else "need.all_met")
        case MetGate():
            return say("need.met_beside" if rubric.has_points else "need.met", percent=gate.percent)
        case StarsGate():
            return say("need.some_stars", count=gate.at_most) if gate.at_most else say("need.stars")


def _chapters(view: View) -> Iterable[Line]:
    for chapter, figures in zip(view.rubric.chapters, view.summary.chapters, strict=True):
        remarks = tuple(_remarks(view, chapter, figures))
        words = f"{chapter.id} {chapter.title}　"
        if figures.points:
            stands: Text = f"{figure_text(figures.score.reported)}/{figure_text(figures.points)}"
        else:
            stands = say("score.chapter_met", met=figures.unscored.score.reported, of=figures.unscored.out_of)
        yield line(words, stands, say("score.remarks", remarks=remarks)) if remarks else line(words, stands)


def _remarks(view: View, chapter: Chapter, figures: ChapterScore) -> Iterable[Say]:
    if figures.points and chapter.unscored:
        met = figures.unscored
        yield say("score.chapter_met_beside", met=met.score.reported, of=met.out_of)
    if figures.blank:
        yield say("score.chapter_blank", count=figures.blank)
    scores = ((item, view.summary.items.get(item.id)) for item in chapter.items)
    pending = [(item, each.high - each.low) for item, each in scores if each is not None and each.low < each.high]
    if pending:
        yield say("score.chapter_pending", points=amount(pending))
    if figures.scored.left_out:
        yield say("score.chapter_left_out", points=points(figures.scored.left_out))
    elif figures.unscored.left_out:
        yield say("score.chapter_left_out", points=say("items.count", count=int(figures.unscored.left_out)))


def _buttons(view: View) -> list[Row]:
    rows: list[Row] = []
    onward = walk.first_open(view.rubric, view.assessment, view.position.walk)
    is_filled = onward.kind is PlaceKind.SCORE
    if onward.kind is PlaceKind.VETO:
        label = say("button.first_veto", mark=view.rubric.vetoes_by_id[onward.subject].mark)
        rows.append((opening(label, onward, Emphasis.PRIMARY),))
    elif not is_filled:
        label = say("button.first_open", item=walk.open_items(view.rubric, view.assessment, onward)[0])
        rows.append((opening(label, onward, Emphasis.PRIMARY),))
    lists = []
    if lost_items(view):
        lists.append(opening(view.say("button.lost"), Place(PlaceKind.LOST)))
    if pending_items(view):
        lists.append(opening(say("button.pending"), Place(PlaceKind.PENDING)))
    around = (opening(say("button.map"), Place(PlaceKind.MAP)), opening(say("button.home"), HOME))
    ways = (*to_check(), *to_report(Emphasis.PRIMARY if is_filled else Emphasis.PLAIN))
    return [*rows, tuple(lists), ways, back_to_card(view), around]
