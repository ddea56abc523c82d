"""The conditions that fail a station outright, one by one, as the station answered them (通知二（二）2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reports.content.said import chinese, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `text` and `mark` as printed; `declared` None where it is neither declared nor denied.

    `words` are those of the fact that was chosen, `note` says what and when, or what is special.
    """

    text: str
    mark: str
    declared: bool | None
    words: str
    note: str


def conditions(brief: Brief) -> Iterator[Condition]:
    """Every condition, in the notice's order."""
    for veto in brief.case.rubric.vetoes:
        record = brief.case.assessment.veto(veto.id)
        choice = veto.choice(record.choice)
        words = "" if choice is None or record.declared is None else chinese(choice.label)
        yield Condition(veto.text, veto.mark, record.declared, words, one_line(record.note))
