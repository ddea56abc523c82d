"""The rules of a rubric file, each a function from the source to findings; all of them run, whatever one finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.rubric.checks.cards import check_groups, check_vetoes
from bot.rubric.checks.facts import check_facts
from bot.rubric.checks.guidance import check_guidance
from bot.rubric.checks.ids import check_ids, check_numbers
from bot.rubric.checks.levels import check_levels, check_scales
from bot.rubric.checks.marking import check_marking
from bot.rubric.checks.results import check_outcomes, check_rescaling, check_stars
from bot.rubric.checks.sheets import check_sheets
from bot.rubric.checks.sums import check_effect, check_pass_mark, check_sums, check_total
from bot.rubric.checks.wordings import (
    check_chapter_wordings,
    check_group_wordings,
    check_outcome_wordings,
    check_own_wordings,
    check_veto_wordings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.data_files.findings import Finding
    from bot.rubric.source import RubricSource

_CHECKS: Final[tuple[tuple[Callable[[RubricSource], Iterator[Finding]], frozenset[str]], ...]] = (
    (check_ids, frozenset()),
    (check_numbers, frozenset({"chapters"})),
    (check_sums, frozenset({"chapters"})),
    (check_total, frozenset({"chapters", "total"})),
    (check_pass_mark, frozenset({"total", "pass_mark", "outcomes", "rescaling"})),
    (check_effect, frozenset({"chapters", "scales", "outcomes"})),
    (check_scales, frozenset({"chapters", "scales"})),
    (check_levels, frozenset({"chapters", "scales"})),
    (check_marking, frozenset({"chapters", "scales"})),
    (check_guidance, frozenset({"chapters"})),
    (check_facts, frozenset({"chapters", "scales"})),
    (check_chapter_wordings, frozenset({"chapters", "scales"})),
    (check_group_wordings, frozenset({"groups"})),
    (check_veto_wordings, frozenset({"vetoes"})),
    (check_outcome_wordings, frozenset({"outcomes"})),
    (check_own_wordings, frozenset({"heading", "closing"})),
    (check_outcomes, frozenset({"chapters", "total", "outcomes", "rescaling"})),
    (check_stars, frozenset({"chapters", "outcomes"})),
    (check_rescaling, frozenset({"chapters", "rescaling"})),
    (check_groups, frozenset({"chapters", "scales", "groups"})),
    (check_vetoes, frozenset({"vetoes"})),
    (check_sheets, frozenset({"chapters", "sheets"})),
)


def check(source: RubricSource, unfit: frozenset[str]) -> Iterator[Finding]:
    """Every finding of every rule that does not rest on an unfit part of the source."""
    for rule, needs in _CHECKS:
        if not needs & unfit:
            yield from rule(source)
