"""The sheets of the table: its items with their official words, and the conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbooks import answer_cells, veto_cells
from bot.workbooks.grids import Column, Grid, Line, Role
from bot.workbooks.targets import TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.rubric.model import Item, Rubric, Veto
    from bot.workbooks.speaking import Speaker

ITEMS: Final = "items"
VETOES: Final = "vetoes"
ITEM_KINDS: Final = frozenset({TargetKind.ANSWER, TargetKind.NOTE, TargetKind.REMEDY})
VETO_KINDS: Final = frozenset({TargetKind.VETO})
NOTE: Final = "note"
REMEDY: Final = "remedy"

_FACT_HEADERS: Final = {
    "problems": "workbook.column.problems",
    "serious": "workbook.column.serious",
    "sampled": "workbook.column.sampled",
    "errors": "workbook.column.errors",
    "unit": "workbook.column.unit",
    "measured": "workbook.column.measured",
    "proofs": "workbook.column.proofs",
    answer_cells.EXCUSE: "workbook.column.excuse",
}
_NARROW: Final = 10
_REASON: Final = 18
_WIDE: Final = 24


def items(rubric: Rubric, assessment: Assessment, speaker: Speaker) -> Grid:
    """Every item in the order of the table, with today's answer, note and remedy."""
    needed = {column for item in rubric.items.values() for column in answer_cells.asked(item)}
    columns = tuple(_item_columns(needed, speaker))
    lines = tuple(_item_line(rubric, item, assessment, speaker) for item in rubric.items.values())
    return Grid(ITEMS, speaker.say("workbook.sheet.items"), columns, lines)


def _item_columns(needed: set[str], speaker: Speaker) -> Iterator[Column]:
    yield Column("id", speaker.say("workbook.column.id"), 7, Role.SHOWN)
    yield Column("section", speaker.say("workbook.column.section"), 14, Role.SHOWN)
    yield Column("text", speaker.say("workbook.column.item"), 28, Role.SHOWN)
    yield Column("points", speaker.say("workbook.column.points"), 6, Role.SHOWN)
    yield Column("guidance", speaker.say("workbook.column.guidance"), 38, Role.SHOWN)
    yield Column(answer_cells.LEVEL, speaker.say("workbook.column.level"), 22)
    for code, header in _FACT_HEADERS.items():
        if code in needed:
            width = {answer_cells.EXCUSE: _REASON, "proofs": _WIDE}.get(code, _NARROW)
            options = (speaker.say("workbook.yes"),) if code == "serious" else ()
            yield Column(code, speaker.say(header), width, options=options)
    yield Column(NOTE, speaker.say("workbook.column.note"), _WIDE)
    yield Column(REMEDY, speaker.say("workbook.column.remedy"), _WIDE)


def _item_line(rubric: Rubric, item: Item, assessment: Assessment, speaker: Speaker) -> Line:
    record = assessment.item(item.id)
    section = rubric.section_of[item.id]
    cells = {
        "id": item.id,
        "section": rubric.section_labels.get(section.id, f"{section.id}{section.title}"),
        "text": item.text,
        "points": f"{item.points.normalize():f}" if item.has_points else "",
        "guidance": item.guidance,
        NOTE: record.note,
        REMEDY: record.remedy,
        **answer_cells.to_cells(item, record.answer, speaker),
    }
    closed = frozenset(answer_cells.COLUMNS) - set(answer_cells.asked(item)) - cells.keys()
    return Line(item.id, cells, {answer_cells.LEVEL: answer_cells.options(item, speaker)}, closed)


def vetoes(rubric: Rubric, assessment: Assessment, speaker: Speaker) -> Grid:
    """Every condition in the notice's order, with what was said of it."""
    columns = (
        Column("text", speaker.say("workbook.column.condition"), 36, Role.SHOWN),
        Column("question", speaker.say("workbook.column.question"), 44, Role.SHOWN),
        Column(veto_cells.CHOICE, speaker.say("workbook.column.fact"), 34),
        Column(veto_cells.WORDS, speaker.say("workbook.column.words"), 44),
    )
    lines = tuple(_veto_line(veto, assessment, speaker) for veto in rubric.vetoes)
    return Grid(VETOES, speaker.say("workbook.sheet.vetoes"), columns, lines)


def _veto_line(veto: Veto, assessment: Assessment, speaker: Speaker) -> Line:
    record = assessment.veto(veto.id)
    cells = {
        "text": veto.text,
        "question": speaker.pick(veto.question),
        **veto_cells.to_cells(veto, record.choice, record.note, speaker),
    }
    return Line(veto.id, cells, {veto_cells.CHOICE: veto_cells.options(veto, speaker)})
