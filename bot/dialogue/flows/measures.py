"""Beginning the measure of a lost point or a declared condition: a row of the form, with what is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import EntryWritten, apply
from bot.dialogue.flows.form_places import onward
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.forms.cleaning import clean
from bot.forms.outcomes import Cleaned
from bot.forms.rows import next_number, rows
from bot.forms.subjects import cell_in
from bot.watch.measures import ABOUT, PROBLEM, TABLE, Demand, demand_of, row_of, written_about

if TYPE_CHECKING:
    from bot.dialogue.check_intents import StartMeasure
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.forms.model import Table


def start(scene: Scene, intent: StartMeasure) -> Move:
    """A row is begun with what it is about, and the sentence on the problem where there is one; never a second one."""
    form, about = scene.world.form, intent.about
    table = None if form is None else form.table(TABLE)
    if form is None or table is None or demand_of(scene.assessment, scene.rubric, about) is Demand.NONE:
        return stay(scene.position, "watch.not_demanded")
    if row_of(scene.assessment, scene.rubric, about) is not None:
        return scene.go(Place(PlaceKind.MEASURE, about))
    if len(rows(scene.assessment.entries, TABLE)) >= table.most:
        return warn(scene.position, "form.table_full", label=table.label, most=table.most)
    number = next_number(scene.assessment.entries, TABLE)
    cells = {ABOUT: written_about(scene.rubric, about), PROBLEM: proposed(scene, about, table)}
    events = [EntryWritten(cell_in(TABLE, number, column), "", words) for column, words in cells.items() if words]
    after = scene.assessment
    for event in events:
        after = apply(after, event, by=scene.world.person, at=scene.world.now)
    place = onward(form, after, events[0].subject)
    return scene.go(place, *events, notice=Notice(say("watch.measure_begun", about=cells[ABOUT])))


def proposed(scene: Scene, about: str, table: Table) -> str:
    """The sentence written on a lost point, or what was said of a condition, as the text of the problem."""
    words = scene.assessment.item(about).remedy or scene.assessment.veto(about).note
    column = table.column(PROBLEM)
    cleaned = None if column is None or not words else clean(column, words)
    return cleaned.value if isinstance(cleaned, Cleaned) else ""
