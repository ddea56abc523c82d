"""Gathers what a returned workbook says in the fields and tables of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.cleaning import clean
from bot.forms.outcomes import Fault, Unclean
from bot.forms.showing import shown
from bot.forms.subjects import CellRef, cell_subject, field_subject, parse
from bot.workbooks.draft import Added, Spot
from bot.workbooks.findings import is_as_shown, spot_of, texts_of
from bot.workbooks.form_sheets import VALUE
from bot.workbooks.targets import Target, TargetKind

if TYPE_CHECKING:
    from bot.forms.model import Field, Form, Section, Table
    from bot.workbooks.findings import Findings
    from bot.workbooks.reading import CameLine, CameSheet


def gather(findings: Findings, sheet: CameSheet, form: Form) -> None:
    """Everything in the sheet of a section or of a table; a sheet that the form has no part for is left alone."""
    table = form.table(sheet.code)
    if table is not None:
        _rows(findings, sheet, table)
        return
    section = form.section(sheet.code)
    if section is not None:
        _fields(findings, sheet, section)


def _fields(findings: Findings, sheet: CameSheet, section: Section) -> None:
    seen: set[str] = set()
    for line in sheet.lines:
        field = section.field(line.key)
        if field is None or field.id in seen:
            if VALUE in line.cells and "label" not in line.cells:
                findings.reject(spot_of(sheet, line, VALUE), line.cells[VALUE].text, "workbook.why.line_unknown")
            continue
        seen.add(field.id)
        _cell(findings, sheet, line, field, VALUE, field_subject(section.id, field.id))


def _rows(findings: Findings, sheet: CameSheet, table: Table) -> None:
    known = _rows_of_base(findings, sheet.code)
    headers = {column.label for column in table.columns} | {table.label}
    for line in sheet.lines:
        number = int(line.key) if line.key.isascii() and line.key.isdigit() else 0
        if number in known:
            del known[number]
            for column in table.columns:
                _cell(findings, sheet, line, column, column.id, _subject(sheet.code, number, column.id))
        elif any(cell.text.strip() not in headers for cell in line.cells.values() if cell.text.strip()):
            _new_row(findings, sheet, line, table)
    for targets in known.values():
        for target in targets:
            findings.enter(target, "", Spot(sheet.name))


def _rows_of_base(findings: Findings, path: str) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = {}
    for target in findings.marker.base:
        cell = parse(target.subject) if target.kind is TargetKind.ENTRY else None
        if isinstance(cell, CellRef) and cell.table_path == path:
            found.setdefault(cell.row, []).append(target)
    return found


def _subject(path: str, number: int, column: str) -> str:
    section, _, table = path.partition(".")
    return cell_subject(section, table, number, column)


def _cell(findings: Findings, sheet: CameSheet, line: CameLine, field: Field, column: str, subject: str) -> None:
    target = Target(TargetKind.ENTRY, subject)
    base = findings.base(target)
    before = {column: shown(field, base)}
    texts = texts_of(sheet, line, before, (column,))
    spot = spot_of(sheet, line, column)
    if findings.fault_in(sheet, line, (column,)):
        return
    value = base if is_as_shown(texts, before) else _cleaned(findings, field, texts[column], spot)
    if value is not None:
        findings.enter(target, value, spot)


def _new_row(findings: Findings, sheet: CameSheet, line: CameLine, table: Table) -> None:
    cells: dict[str, str] = {}
    ids = [column.id for column in table.columns]
    if findings.fault_in(sheet, line, ids):
        return
    texts = texts_of(sheet, line, {}, ids)
    rejected = len(findings.rejected)
    for column in table.columns:
        value = _cleaned(findings, column, texts[column.id], spot_of(sheet, line, column.id))
        if value:
            cells[column.id] = value
    if cells and len(findings.rejected) == rejected:
        findings.added.append(Added(sheet.code, cells, Spot(sheet.name, line.row)))


def _cleaned(findings: Findings, field: Field, text: str, spot: Spot) -> str | None:
    """The canonical value, "" for a blank cell, None when it was rejected."""
    if not text:
        return ""
    cleaned = clean(field, text)
    if not isinstance(cleaned, Unclean):
        return cleaned.value
    if cleaned.code is Fault.EMPTY:
        return ""
    findings.reject(spot, "" if field.personal else text, cleaned.code.value, cleaned.args)
    return None
