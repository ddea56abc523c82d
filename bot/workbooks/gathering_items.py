"""Gathers what a returned workbook says of the items and the conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbooks import answer_cells, veto_cells
from bot.workbooks.answer_cells import UnfitCellsError
from bot.workbooks.findings import is_as_shown, spot_of, texts_of
from bot.workbooks.item_sheets import ITEMS, NOTE, REMEDY, VETOES
from bot.workbooks.targets import Target, TargetKind, answer_of, answer_text, statement_of, statement_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.rubric.model import Item, Rubric, Veto
    from bot.workbooks.findings import Findings
    from bot.workbooks.reading import CameLine, CameSheet
    from bot.workbooks.speaking import Speaker

SHEETS: Final = frozenset({ITEMS, VETOES})
_WORDS: Final = ((NOTE, TargetKind.NOTE), (REMEDY, TargetKind.REMEDY))


def gather(findings: Findings, sheet: CameSheet, rubric: Rubric, speaker: Speaker) -> None:
    """Everything in a sheet of items or of conditions."""
    if sheet.code == ITEMS:
        asked = (*answer_cells.COLUMNS, NOTE, REMEDY)
        for line in _known(findings, sheet, rubric.items, asked):
            item = rubric.items[line.key]
            _answer(findings, sheet, line, item, speaker)
            for column, kind in _WORDS:
                _free_words(findings, sheet, line, column, Target(kind, item.id))
        return
    for line in _known(findings, sheet, rubric.vetoes_by_id, veto_cells.COLUMNS):
        _statement(findings, sheet, line, rubric.vetoes_by_id[line.key], speaker)


def _known(findings: Findings, sheet: CameSheet, ids: Iterable[str], asked: Iterable[str]) -> Iterator[CameLine]:
    """The lines that are about something; a line of somebody's own, or the same one again, is rejected."""
    open_ids, columns = set(ids), tuple(asked)
    for line in sheet.lines:
        if line.key in open_ids:
            open_ids.remove(line.key)
            yield line
            continue
        filled = next((column for column in columns if column in line.cells), None)
        if filled is not None and line.key:
            findings.reject(spot_of(sheet, line, filled), line.cells[filled].text, "workbook.why.line_twice")
        elif filled is not None and "text" not in line.cells:
            findings.reject(spot_of(sheet, line, filled), line.cells[filled].text, "workbook.why.line_unknown")


def _answer(findings: Findings, sheet: CameSheet, line: CameLine, item: Item, speaker: Speaker) -> None:
    target = Target(TargetKind.ANSWER, item.id)
    base = findings.base(target)
    shown = answer_cells.to_cells(item, answer_of(base), speaker)
    texts = texts_of(sheet, line, shown, answer_cells.COLUMNS)
    if findings.fault_in(sheet, line, answer_cells.COLUMNS):
        return
    spot = spot_of(sheet, line, next((column for column, text in texts.items() if text), answer_cells.LEVEL))
    if is_as_shown(texts, shown):
        findings.enter(target, base, spot)
        return
    if any(findings.words_unfit(spot_of(sheet, line, each), texts[each]) for each in (answer_cells.EXCUSE, "unit")):
        return
    try:
        answer = answer_cells.from_cells(item, texts, speaker)
    except UnfitCellsError as error:
        findings.reject(spot_of(sheet, line, error.column), texts.get(error.column, ""), error.why)
        return
    findings.enter(target, answer_text(answer), spot)


def _free_words(findings: Findings, sheet: CameSheet, line: CameLine, column: str, target: Target) -> None:
    base = findings.base(target)
    words = texts_of(sheet, line, {column: base}, (column,))[column]
    spot = spot_of(sheet, line, column)
    if findings.fault_in(sheet, line, (column,)):
        return
    if is_as_shown({column: words}, {column: base}):
        findings.enter(target, base, spot)
    elif not findings.words_unfit(spot, words):
        findings.enter(target, words, spot)


def _statement(findings: Findings, sheet: CameSheet, line: CameLine, veto: Veto, speaker: Speaker) -> None:
    target = Target(TargetKind.VETO, veto.id)
    base = findings.base(target)
    shown = veto_cells.to_cells(veto, *statement_of(base), speaker)
    texts = texts_of(sheet, line, shown, veto_cells.COLUMNS)
    spot = spot_of(sheet, line, veto_cells.CHOICE)
    if findings.fault_in(sheet, line, veto_cells.COLUMNS):
        return
    if is_as_shown(texts, shown):
        findings.enter(target, base, spot)
        return
    if findings.words_unfit(spot_of(sheet, line, veto_cells.WORDS), texts[veto_cells.WORDS]):
        return
    try:
        choice, words = veto_cells.from_cells(veto, texts, speaker)
    except UnfitCellsError as error:
        findings.reject(spot_of(sheet, line, error.column), texts.get(error.column, ""), error.why)
        return
    findings.enter(target, statement_text(choice, words), spot)
