"""What a screen is drawn from, and the lines and buttons that many screens share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from bot.assessments.model import Kind
from bot.dialogue.intents import Open, SetWalk, Undo
from bot.dialogue.position import Place, PlaceKind, Walk
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Line, Screen, line, say
from bot.dialogue.worth import fitting
from bot.evidence.sets import count_of
from bot.rubric.scoring import summarize, tally
from bot.rubric.yields import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.assessments.model import Assessment, Subject
    from bot.dialogue.position import Position
    from bot.dialogue.screen import Argument, Say, Text
    from bot.dialogue.world import World
    from bot.rubric.model import Item, Rubric
    from bot.rubric.scoring import Summary

Row = tuple[Button, ...]
_BAR = 10
_ACROSS = 44
"""Latin letters that the buttons of one row can show on a phone."""


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
    if view.assessment.seal:
        yield line(say("mark.sealed", code=view.assessment.seal))
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


def to_evidence(view: View, about: Subject) -> Row:
    """The way to the evidence of an item or a section, saying how many sets stand there."""
    count = count_of(view.assessment.entries, about)
    label = say("evidence.button_count", count=count) if count else say("evidence.button")
    return (opening(label, Place(PlaceKind.EVIDENCE, about)),)


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
    """Buttons side by side, `width` to a row; words of the form that would be cut there have a row of their own."""
    rows: list[Row] = []
    joins = False
    for button in buttons:
        is_long = isinstance(button.text, str) and _breadth(button.text) * width > _ACROSS
        if joins and not is_long and len(rows[-1]) < width:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
        joins = not is_long
    return rows


def _breadth(words: str) -> int:
    """How broad words are, in Latin letters: a Chinese character is as broad as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
