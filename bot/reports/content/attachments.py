"""What goes along with the letter: the documents that are due, and the papers that only the station has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reports.content import evidence
from bot.reports.content.changes import changes
from bot.reports.content.plain_form import printed_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief


@dataclass(frozen=True, slots=True)
class Attachment:
    """One thing that is handed in, and what has to be done to it before."""

    name: str
    demand: str


def attachments(brief: Brief) -> Iterator[Attachment]:
    """Everything but the letter, in the order in which it is handed in."""
    yield Attachment(brief.case.rubric.title, brief.words("demand.table"))
    form = brief.case.form
    if form is not None and printed_sections(form):
        yield Attachment(form.title, brief.words("demand.form"))
    for line in brief.words("demand.papers").splitlines():
        name, _, demand = line.partition("|")
        yield Attachment(name, demand)
    if changes(brief):
        yield Attachment(brief.words("change.name"), brief.words("demand.change"))
    if evidence.is_due(brief):
        yield Attachment(brief.words("evidence.name"), brief.words("demand.evidence"))
