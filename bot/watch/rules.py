"""The rules as they stand in the data: which facts are compared, and how much hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Final

from pydantic import ConfigDict, TypeAdapter

from bot.data_files.strict_yaml import read
from bot.watch.model import Severity  # noqa: TC001 - pydantic reads the annotation

_GENERAL: Final = "general"
"""The file of the rules that hold for any table."""


class Comparison(Enum):
    """How a rule compares; `comparisons` has the code of each."""

    BLANK_ITEMS = "blank_items"
    BLANK_VETOES = "blank_vetoes"
    EXCUSED_WITHOUT_REASON = "excused_without_reason"
    PENDING = "pending"
    LOSS_UNMEASURED = "loss_unmeasured"
    VETO_UNMEASURED = "veto_unmeasured"
    VETO_AGAINST_ITEMS = "veto_against_items"
    MISSING = "missing"
    FIELD_IS = "field_is"
    CHANGED = "changed"
    PERIOD_OVER = "period_over"
    REMARKED = "remarked"
    NOBODY_APPRAISED = "nobody_appraised"
    SOMEBODY_APPRAISED = "somebody_appraised"
    EXCUSED_THOUGH_APPRAISED = "excused_though_appraised"
    OUTSIDE = "outside"
    LEVEL_OUTSIDE = "level_outside"
    ALL_INSIDE = "all_inside"
    UNUSED = "unused"
    CELL_EMPTY = "cell_empty"
    CELL_IS = "cell_is"
    TERM_OVER = "term_over"
    TABLE_EMPTY = "table_empty"
    POST_MISSING = "post_missing"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. What it does not need stays empty.

    `items` at full marks and `vetoes` that are not declared contradict the other fact; `table`, `column` and `field`
    say where that stands, `among` and `among_column` what it is compared with, `values` which values count.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    severity: Severity
    compares: Comparison
    clause: str
    items: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    section: str = ""
    field: str = ""
    fields: tuple[str, ...] = ()
    table: str = ""
    column: str = ""
    among: str = ""
    among_column: str = ""
    values: tuple[str, ...] = ()
    years: int = 0
    posts: dict[str, tuple[str, ...]] = dataclass_field(default_factory=dict, hash=False)
    """By item, the words of which one must stand among the cells of the column."""

    @property
    def heeded(self) -> frozenset[str]:
        """What the rule looks at: items and conditions by id, fields by subject, tables by path."""
        named = {*self.items, *self.vetoes, *self.posts, self.field, *self.fields, self.table, self.among}
        return frozenset(named - {""})


_RULES: Final = TypeAdapter(tuple[Rule, ...])


@cache
def rules_of(rubric_id: str) -> tuple[Rule, ...]:
    """The rules for a rubric: those of any table, then its own, where it has some."""
    return (*_read(_GENERAL), *_read(rubric_id))


def _read(name: str) -> tuple[Rule, ...]:
    source = files("bot.watch") / "data" / f"{name}.yaml"
    return _RULES.validate_python(read(source.read_text(encoding="utf-8")).data) if source.is_file() else ()
