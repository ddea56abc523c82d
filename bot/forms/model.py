"""What a form is made of: sections of fields and tables, frozen, with nothing of any one province in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.forms.subjects import CellRef, FieldRef, parse

if TYPE_CHECKING:
    from bot.data_files.wording import Wording


class FieldKind(Enum):
    """What a field holds, and so its canonical text."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    DATE = "date"
    """2017-03-01"""
    PERIOD = "period"
    """2016-03-01/2019-02-28"""
    YEAR = "year"
    NUMBER = "number"
    """A natural number."""
    AREA = "area"
    """Square metres, a decimal with at most two places."""
    POSTCODE = "postcode"
    PHONE = "phone"
    ORG_CODE = "org_code"
    APPROVAL_NUMBER = "approval_number"
    CARD_NUMBER = "card_number"
    CHOICE = "choice"
    """The id of one of the choices."""
    OCCUPATION = "occupation"
    LEVELS = "levels"
    """Ids of choices, in their order, with commas between: "junior,intermediate"."""


class Need(Enum):
    """Whether a form without it is incomplete."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen: its canonical id, its official word, and what it means."""

    id: str
    label: str
    meaning: Wording


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only when `field`, of the same section or the same row, holds one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked, or one column of a table.

    `label` as it is printed, word for word; `printed` False: the rules need it, the paper has no box for it;
    `personal` values are masked on cards and stand whole only in documents.
    """

    id: str
    label: str
    kind: FieldKind
    need: Need
    why: Wording
    example: str
    choices: tuple[Choice, ...] = ()
    when: Condition | None = None
    personal: bool = False
    printed: bool = True

    def choice(self, choice_id: str) -> Choice | None:
        """The choice of that id."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the same columns, at most `most` of them; a required one is incomplete without any row."""

    id: str
    label: str
    columns: tuple[Field, ...]
    why: Wording
    most: int
    need: Need = Need.REQUIRED

    def column(self, column_id: str) -> Field | None:
        """The column of that id."""
        return next((column for column in self.columns if column.id == column_id), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form; one without fields and tables takes entries under subjects of the rules' own making."""

    id: str
    label: str
    why: Wording
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    printed: bool

    @property
    def is_free(self) -> bool:
        """Whether the form itself asks nothing here."""
        return not self.fields and not self.tables

    def field(self, field_id: str) -> Field | None:
        """The field of that id."""
        return next((field for field in self.fields if field.id == field_id), None)

    def table(self, table_id: str) -> Table | None:
        """The table of that id."""
        return next((table for table in self.tables if table.id == table_id), None)


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form; an assessment keeps its id and version."""

    id: str
    version: int
    title: str
    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section | None:
        """The section of that id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def table(self, path: str) -> Table | None:
        """The table of a path such as "registration.examiners"."""
        section_id, _, table_id = path.partition(".")
        section = self.section(section_id)
        return None if section is None else section.table(table_id)

    def field(self, subject: str) -> Field | None:
        """The field that a subject is about, or the column that a cell is of; None where the form has none such."""
        match parse(subject):
            case FieldRef(section=section_id, field=field_id):
                section = self.section(section_id)
                return None if section is None else section.field(field_id)
            case CellRef() as cell:
                table = self.table(cell.table_path)
                return None if table is None else table.column(cell.column)
        return None
