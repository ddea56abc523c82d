"""Stations that have filled in everything: answers, conditions, and every field and a few rows of the form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.app import RUBRIC
from bot.assessments.model import Assessment, EntryRecord, ItemRecord, Kind, VetoRecord
from bot.forms.cleaning import clean
from bot.forms.filling import is_asked
from bot.forms.loader import form_at, form_beside
from bot.forms.outcomes import Cleaned
from bot.forms.subjects import cell_subject, field_subject
from bot.reports.alone import alone
from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from bot.stations.model import Authority, Level, Station
from storage.opening import open_storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.forms.model import Field, Form
    from bot.reports.model import Document
    from bot.services.ports import Transaction

CODE: Final = "BENCH-{}"
_AUTHORITY: Final = Authority("51", "某某省人力资源和社会保障厅", Level.PROVINCE)
_ROWS: Final = 12
_AT: Final = datetime(2017, 4, 20, tzinfo=UTC)


async def filed(home: Path, stations: int) -> None:
    """Write so many into a new database in that folder."""
    storage = await open_storage(f"sqlite:///{home / 'zicha.db'}", home)
    try:
        await storage.run(lambda tx: _write(tx, stations))
    finally:
        await storage.close()


async def blocks(home: Path) -> tuple[Document, ...]:
    """What the documents of the first say."""
    storage = await open_storage(f"sqlite:///{home / 'zicha.db'}", home)
    try:
        return await storage.run(_documents)
    finally:
        await storage.close()


def _documents(tx: Transaction) -> tuple[Document, ...]:
    assessment = tx.assessment(1)
    assert assessment is not None  # noqa: S101 - it was just written
    return alone(assessment, library().latest(RUBRIC), form_at(assessment.form)).documents


def _write(tx: Transaction, stations: int) -> None:
    rubric, form = library().latest(RUBRIC), form_at(form_beside(RUBRIC))
    tx.save_authority(_AUTHORITY)
    owner = tx.person(1, _AT).id
    items = {
        item.id: ItemRecord(Chosen(item.levels[-1].id), 1, note="发现问题，正在整改") for item in rubric.items.values()
    }
    vetoes = {each.id: VetoRecord(each.choices[0].id, declared=each.choices[0].declares) for each in rubric.vetoes}
    entries = {} if form is None else dict(_entries(form))
    for number in range(1, stations + 1):
        tx.save_station(Station(0, CODE.format(number), f"第{number}职业技能鉴定所", _AUTHORITY.code))
        station = tx.station_by_code(CODE.format(number))
        assert station is not None  # noqa: S101 - it was just written
        beside = form_beside(rubric.id)
        tx.add_assessment(
            Assessment(
                number, rubric.id, rubric.version, Kind.SELF_ASSESSMENT, owner, _AT, station=station.id, form=beside
            )
        )
        for item_id, item in items.items():
            tx.save_item(number, item_id, item)
        for veto_id, veto in vetoes.items():
            tx.save_veto(number, veto_id, veto)
        for subject, value in entries.items():
            tx.save_entry(number, subject, EntryRecord(value, 1, owner, _AT))


def _entries(form: Form) -> Iterator[tuple[str, str]]:
    """Every field with its example, and rows of examples, as far as they are asked for."""
    for section in form.sections:
        values: dict[str, str] = {}
        for each in section.fields:
            if is_asked(each, values) and (value := _example(each)):
                values[each.id] = value
                yield field_subject(section.id, each.id), value
        for table in section.tables:
            for row in range(1, _ROWS + 1):
                cells: dict[str, str] = {}
                for column in table.columns:
                    if is_asked(column, cells) and (value := _example(column)):
                        cells[column.id] = value
                        yield cell_subject(section.id, table.id, row, column.id), value


def _example(field: Field) -> str:
    if field.choices:
        return field.choices[0].id
    cleaned = clean(field, field.example)
    return cleaned.value if isinstance(cleaned, Cleaned) else ""
