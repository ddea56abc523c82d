"""What a screen is drawn from, and the lines and buttons that many screens share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.assessments.model import Kind
from bot.dialogue.intents import Open, SetWalk, Undo
from bot.dialogue.position import Place, PlaceKind, Walk
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Line, Screen, line, say
from bot.dialogue.worth import fitting
from bot.rubric.scoring import summarize, tally
from bot.rubric.yields import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.assessments.model import Assessment
    from bot.dialogue.position import Position
    from bot.dialogue.screen import Argument, Say, Text
    from bot.dialogue.world import World
    from bot.rubric.model import Item, Rubric
    from bot.rubric.scoring import Summary

Row = tuple[Button, ...]
_BAR = 10


@dataclass(frozen=True)
class View:
    """A position in a world, with the score counted once."""

    position: Position
    world: World

    @property
    def rubric(self) -> Rubric:
        """The rubric at hand."""
        return self.world.rubric

    @property
    def subject(self) -> str:
        """What the place is about."""
        return self.position.place.subject

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment; only for screens whose access rule asks for one."""
        assert self.world.assessment is not None  # noqa: S101 - `engine` draws such screens only with an assessment
        return self.world.assessment

    @cached_property
    def summary(self) -> Summary:
        """The score as it stands."""
        return summarize(self.rubric, self.assessment.answers, self.assessment.declarations)

    def say(self, key: str, **args: Argument) -> Say:
        """A catalogue text, as it stands where there are points or where there are none."""
        return say(fitting(key, points=self.rubric.has_points), **args)

    def screen(self, blocks: Iterable[Block], rows: Iterable[Sequence[Button]]) -> Screen:
        """A screen of this assessment, with its marks on top, set off by a blank line; empty rows fall away."""
        assessment = self.world.assessment
        marks = () if assessment is None else tuple(_marks(self))
        marks = (*marks, BLANK) if marks else marks
        kept = tuple(tuple(row) for row in rows if row)
        return Screen((*marks, *blocks), kept, None if assessment is None else assessment.id)


def _marks(view: View) -> Iterable[Block]:
    if view.assessment.kind is Kind.PRACTICE:
        yield line(say("mark.practice"))
    declared = view.assessment.declared(view.rubric)
    if declared:
        signs = tuple(view.rubric.vetoes_by_id[veto_id].mark for veto_id in declared)
        yield line(say("mark.declared", signs=signs))
    failed = tuple(item.id for item in view.rubric.failing if _fails(view, item))
    if failed:
        yield line(say("mark.failed", items=failed))


def _fails(view: View, item: Item) -> bool:
    answer = view.assessment.item(item.id).answer
    level = None if answer is None else level_of(item, answer)
    return level is not None and level.fails


def progress(view: View) -> Line:
    """How far the table is, in words and as a bar."""
    sums, total = tally(view.rubric, view.assessment.answers), len(view.rubric.items)
    full = sums.answered * _BAR // total
    bar = "▓" * full + "░" * (_BAR - full)
    if view.rubric.has_points:
        return line(say("progress", done=sums.answered, total=total, reported=sums.final.reported, bar=bar))
    return line(say("progress.met", done=sums.answered, total=total, met=sums.met.score.reported, bar=bar))


def opening(label: Text, place: Place, emphasis: Emphasis = Emphasis.PLAIN) -> Button:
    """A button that opens a screen."""
    return Button(label, Open(place), emphasis)


def to_form(view: View) -> Row:
    """The way to the form beside the table; none where there is no form."""
    return () if view.world.form is None else (opening(say("form.button.map"), Place(PlaceKind.FORM)),)


def back_to_card(view: View) -> Row:
    """The way back to the card that was left; nothing when there is none."""
    if view.position.back.kind is PlaceKind.HOME or view.position.back == view.position.place:
        return ()
    return (opening(say("button.back_to_card"), view.position.back),)


def walk_row(view: View) -> Row:
    """The other way of walking, where there are groups, and undoing the last answer."""
    grouped = view.position.walk is Walk.GROUPED
    other = Button(say("button.singly" if grouped else "button.grouped"), SetWalk(_OTHER[view.position.walk]))
    ways = (other,) if view.rubric.groups else ()
    if not view.position.last_action:
        return ways
    return (*ways, Button(say("button.undo"), Undo(view.position.last_action)))


def undo_row(view: View) -> Row:
    """Undoing what was last recorded; nothing when there is nothing to undo."""
    action = view.position.last_action
    return (Button(say("button.undo"), Undo(action)),) if action else ()


_OTHER = {Walk.GROUPED: Walk.SINGLE, Walk.SINGLE: Walk.GROUPED}


def in_rows(buttons: Sequence[Button], width: int) -> list[Row]:
    """Buttons side by side, `width` to a row."""
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
