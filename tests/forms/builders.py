"""Entries and fields for the tests of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.forms.loader import forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.forms.model import Field, Table

FORM = forms().latest("sichuan-2017")


@dataclass(frozen=True)
class Entry:
    """What stands under a subject."""

    value: str


def of(written: Mapping[str, str]) -> dict[str, Entry]:
    """Entries by their subjects."""
    return {subject: Entry(value) for subject, value in written.items()}


def every_field() -> list[tuple[str, Field]]:
    """Every field and column with a subject of it."""
    plain = [(f"{section.id}.{field.id}", field) for section in FORM.sections for field in section.fields]
    cells = [
        (f"{section.id}.{table.id}/1/{column.id}", column)
        for section in FORM.sections
        for table in section.tables
        for column in table.columns
    ]
    return plain + cells


def table(path: str) -> Table:
    """The table of that path."""
    found = FORM.table(path)
    assert found is not None
    return found
