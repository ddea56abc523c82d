"""The closed set of comparisons that rules are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.watch.comparisons import answers, appraisals, fields, lacks, tables
from bot.watch.rules import Comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.watch.case import Case
    from bot.watch.model import Finding
    from bot.watch.rules import Rule

COMPARISONS: Final[dict[Comparison, Callable[[Rule, Case], Iterator[Finding]]]] = {
    Comparison.BLANK_ITEMS: answers.blank_items,
    Comparison.BLANK_VETOES: answers.blank_vetoes,
    Comparison.EXCUSED_WITHOUT_REASON: answers.excused_without_reason,
    Comparison.PENDING: answers.pending,
    Comparison.LOSS_UNMEASURED: lacks.loss_unmeasured,
    Comparison.VETO_UNMEASURED: lacks.veto_unmeasured,
    Comparison.VETO_AGAINST_ITEMS: answers.veto_against_items,
    Comparison.MISSING: fields.missing,
    Comparison.FIELD_IS: fields.field_is,
    Comparison.CHANGED: fields.changed,
    Comparison.PERIOD_OVER: fields.period_over,
    Comparison.REMARKED: fields.remarked,
    Comparison.NOBODY_APPRAISED: appraisals.nobody_appraised,
    Comparison.SOMEBODY_APPRAISED: appraisals.somebody_appraised,
    Comparison.EXCUSED_THOUGH_APPRAISED: appraisals.excused_though_appraised,
    Comparison.OUTSIDE: appraisals.outside,
    Comparison.LEVEL_OUTSIDE: appraisals.level_outside,
    Comparison.ALL_INSIDE: appraisals.all_inside,
    Comparison.UNUSED: appraisals.unused,
    Comparison.CELL_EMPTY: tables.cell_empty,
    Comparison.CELL_IS: tables.cell_is,
    Comparison.TERM_OVER: tables.term_over,
    Comparison.TABLE_EMPTY: tables.table_empty,
    Comparison.POST_MISSING: tables.post_missing,
}
