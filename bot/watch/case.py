"""An assessment as the rules look at it: answers, conditions, values and rows, with the day it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.forms.model import FieldKind
from bot.forms.occupations import occupations
from bot.forms.paths import row_path
from bot.forms.rows import rows
from bot.forms.words import folded
from bot.rubric.answers import Excused
from bot.rubric.yields import score_answer
from bot.watch.model import Fact, Spot, SpotKind

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.forms.model import Form, Table
    from bot.forms.rows import Row
    from bot.rubric.model import Rubric
    from bot.watch.rules import Rule

_BETWEEN: Final = re.compile(r"[、，,;；]")
"""What stands between several occupations in one cell."""


@dataclass(frozen=True)
class Case:
    """What is watched; without a form, what stands beside the answers is not looked at."""

    assessment: Assessment
    rubric: Rubric
    form: Form | None
    today: date
    _rows: dict[str, tuple[Row, ...]] = field(default_factory=dict, repr=False, compare=False)

    def rows(self, path: str) -> tuple[Row, ...]:
        """The rows of a table."""
        if path not in self._rows:
            self._rows[path] = rows(self.assessment.entries, path)
        return self._rows[path]

    def table(self, path: str) -> Table | None:
        """The table of a path; None where the form has none such."""
        return None if self.form is None else self.form.table(path)

    def value(self, subject: str) -> str:
        """What stands under a subject."""
        return self.assessment.entry(subject).value

    def label(self, subject: str) -> str:
        """What the form calls a field."""
        field = None if self.form is None else self.form.field(subject)
        return subject if field is None else field.label

    def is_begun(self, path: str) -> bool:
        """Whether anything is written in the section of a field or a table: before that, empty says nothing."""
        prefix = path.partition(".")[0] + "."
        return any(record.value and subject.startswith(prefix) for subject, record in self.assessment.entries.items())

    def is_full(self, item_id: str) -> bool:
        """Whether an item has all its points by an answer, not by 不涉及."""
        answer = self.assessment.item(item_id).answer
        if answer is None or isinstance(answer, Excused):
            return False
        item = self.rubric.items[item_id]
        return score_answer(item, answer).low == item.points

    def against(self, rule: Rule) -> tuple[Fact, ...]:
        """Which of the rule's items have full marks, and which of its conditions are denied."""
        full = tuple(item_fact(each) for each in rule.items if self.is_full(each))
        return full + tuple(veto_fact(each) for each in rule.vetoes if self.assessment.veto(each).declared is False)


def item_fact(item_id: str) -> Fact:
    """What is said of an item."""
    return Fact(Spot(SpotKind.ITEM, item_id))


def veto_fact(veto_id: str) -> Fact:
    """What is said of a condition."""
    return Fact(Spot(SpotKind.VETO, veto_id))


def field_fact(subject: str) -> Fact:
    """What stands in a field."""
    return Fact(Spot(SpotKind.FIELD, subject))


def table_fact(path: str, *columns: str) -> Fact:
    """What stands in a table, or in those columns of it."""
    return Fact(Spot(SpotKind.TABLE, path), columns)


def row_fact(path: str, row: Row, *columns: str) -> Fact:
    """What stands in those columns of a row."""
    return Fact(Spot(SpotKind.ROW, row_path(path, row.number)), columns)


TODAY: Final = Fact(Spot(SpotKind.TODAY))


def appraised(table: Table, row: Row) -> tuple[str, ...]:
    """The levels at which somebody was appraised, by the columns that count people."""
    counts = (column.id for column in table.columns if column.kind is FieldKind.NUMBER)
    return tuple(each for each in counts if number_in(row.cells.get(each, "")))


def number_in(cell: str) -> int:
    """The number that a cell holds; 0 where it holds none."""
    return int(cell) if cell.isascii() and cell.isdigit() else 0


def period_in(value: str) -> tuple[date, date] | None:
    """The first and the last day of a period; None where there is none."""
    first, _, last = value.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def names_in(cell: str) -> tuple[str, ...]:
    """The occupations that a cell names."""
    return tuple(name for name in (each.strip() for each in _BETWEEN.split(cell)) if name)


def same_name(name: str) -> str:
    """An occupation by its name in the classification, or folded as it is where that does not know it."""
    word = folded(name)
    return _names().get(word, word)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {folded(name): each.name for each in occupations() for name in (*each.aliases, each.name)}
