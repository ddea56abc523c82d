"""整改: what is to be put right, what each measure still lacks, and the card of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.check_intents import StartMeasure
from bot.dialogue.flows.check import CHECK, page_of
from bot.dialogue.phrases import SHORT, SHORTER, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Quote, Screen, bold, line, say
from bot.dialogue.screens.check import paging
from bot.dialogue.screens.form_words import form_of, table_of, value_words
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening, undo_row
from bot.dialogue.worth import points
from bot.forms.paths import row_path
from bot.forms.subjects import cell_in
from bot.rubric.yields import lost
from bot.watch.measures import ABOUT, PROBLEM, TABLE, Demand, Measure, demand_of, row_of, written_about
from bot.watch.measures import measures as every_measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.screen import Text

_ON_A_PAGE: Final = 8
_IN_A_ROW: Final = 4
_COLUMNS_IN_A_ROW: Final = 2


def measures(view: View) -> Screen:
    """Every measure with what it lacks, and those that nothing asks for any more."""
    every = every_measure(view.assessment, view.rubric, form_of(view))
    pages = max(-(-len(every) // _ON_A_PAGE), 1)
    page = min(page_of(view.position.place), pages)
    shown = every[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    lacking = sum(each.demand is not Demand.NONE and not each.is_complete for each in every)
    title = say("measures.count", number=len(every), lacking=lacking) if every else say("measures.none")
    blocks: list[Block] = [line(bold(say("measures.title"))), line(title), BLANK]
    for each in shown:
        blocks += _listed(view, each)
    buttons = [opening(_about(view, each), _place(view, each)) for each in shown]
    ways = [*in_rows(buttons, _IN_A_ROW), paging(PlaceKind.MEASURES, page, pages)]
    return view.screen(blocks, [*ways, (opening(say("watch.button.again"), CHECK),), back_to_card(view)])


def measure(view: View) -> Screen:
    """The measure of one item or condition: its cells with a button each, or where it begins."""
    about, table = view.subject, table_of(view, TABLE)
    row, demand = row_of(view.assessment, view.rubric, about), demand_of(view.assessment, view.rubric, about)
    title = say("watch.label.measure", about=written_about(view.rubric, about))
    blocks: list[Block] = [line(bold(title)), Quote(_official(view, about)), line(_why(view, about, demand)), BLANK]
    ways: list[Row] = []
    if row is None:
        remedy = view.assessment.item(about).remedy
        blocks += [line(say("measures.proposed", words=shorten(remedy, SHORT)))] if remedy else []
        begin = Button(say("measures.button.begin"), StartMeasure(about), Emphasis.PRIMARY)
        ways += [(begin,)] if demand is not Demand.NONE else []
    else:
        columns = [column for column in table.columns if column.id != ABOUT]
        blocks += [line(column.label, "：", value_words(column, row.cells.get(column.id, ""))) for column in columns]
        cells = [(column.label, cell_in(TABLE, row.number, column.id)) for column in columns]
        ways += in_rows([opening(label, Place(PlaceKind.FIELD, each)) for label, each in cells], _COLUMNS_IN_A_ROW)
    again = opening(say("watch.button.again"), CHECK)
    around = (
        opening(say("watch.button.measures"), Place(PlaceKind.MEASURES)),
        *(() if view.position.errand else (again,)),
    )
    return view.screen(blocks, [*ways, undo_row(view), around, back_to_card(view)])


def to_measure(view: View, about: str) -> Row:
    """From an item or a condition to its measure; nothing where there is no form to write it in."""
    if view.world.form is None:
        return ()
    return (opening(say("measures.button.open"), Place(PlaceKind.MEASURE, about)),)


def to_list(view: View) -> Row:
    """From what was lost to the list of measures; nothing where there is no form to write them in."""
    return () if view.world.form is None else to_measures(TABLE)


def to_measures(path: str) -> Row:
    """From the rows of measures to the list of what is demanded."""
    return (opening(say("watch.button.measures"), Place(PlaceKind.MEASURES)),) if path == TABLE else ()


def _listed(view: View, each: Measure) -> Iterable[Block]:
    yield line(bold(_about(view, each)), "　", _why(view, each.about, each.demand))
    problem = "" if each.row is None else each.row.cells.get(PROBLEM, "")
    if each.demand is Demand.NONE:
        if problem:
            yield line(shorten(problem, SHORTER))
        return
    labels = tuple(column.label for column in each.missing)
    state = say("measures.lacks", labels=labels) if labels else say("measures.complete")
    yield line(shorten(problem, SHORTER), "　", state) if problem else line(state)


def _about(view: View, each: Measure) -> Text:
    if each.about:
        return shorten(written_about(view.rubric, each.about), 20)
    return say("measures.row", row=0 if each.row is None else each.row.number)


def _place(view: View, each: Measure) -> Place:
    is_known = each.about in view.rubric.items or each.about in view.rubric.vetoes_by_id
    stands = row_of(view.assessment, view.rubric, each.about) if is_known else None
    if each.row is None or (stands is not None and stands.number == each.row.number):
        return Place(PlaceKind.MEASURE, each.about)
    return Place(PlaceKind.ROW, row_path(TABLE, each.row.number))


def _official(view: View, about: str) -> str:
    return view.rubric.items[about].text if about in view.rubric.items else view.rubric.vetoes_by_id[about].text


def _why(view: View, about: str, demand: Demand) -> Text:
    answer = view.assessment.item(about).answer
    if demand is Demand.LOSS and answer is not None:
        item = view.rubric.items[about]
        return say("measures.lost", points=points(lost(item, answer))) if item.has_points else say("measures.unmet")
    if demand is Demand.CONDITION:
        return say("measures.declared")
    is_kept = row_of(view.assessment, view.rubric, about) is not None
    return say("measures.not_needed" if is_kept else "watch.not_demanded")
