"""Holds a returned workbook against what it was written from: what was changed, added, removed, or cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workbooks import gathering_form, gathering_items
from bot.workbooks.codes import WorkbookCode, refusal
from bot.workbooks.draft import Draft
from bot.workbooks.findings import Findings

if TYPE_CHECKING:
    from bot.forms.model import Form
    from bot.rubric.model import Rubric
    from bot.workbooks.reading import Came
    from bot.workbooks.speaking import Speaker


def gather(came: Came, rubric: Rubric, form: Form | None, speaker: Speaker) -> Draft:
    """Everything that the workbook proposes, every value in its canonical form.

    `rubric` and `form` are the assessment's own, and `speaker` speaks the workbook's language. InvalidInputError when
    the workbook was written for another version of either.
    """
    marker = came.marker
    own = None if form is None else (form.id, form.version)
    if marker.rubric != (rubric.id, rubric.version) or marker.form != own:
        raise refusal(WorkbookCode.OTHER_VERSION)
    findings = Findings(marker)
    for sheet in came.sheets:
        if sheet.code in gathering_items.SHEETS:
            gathering_items.gather(findings, sheet, rubric, speaker)
        elif form is not None:
            gathering_form.gather(findings, sheet, form)
    codes = {sheet.code for sheet in came.sheets}
    absent = tuple(name for code, name in marker.sheets.items() if code not in codes)
    return Draft(
        marker.assessment,
        tuple(findings.entered),
        tuple(findings.added),
        tuple(findings.rejected),
        absent,
        findings.same,
    )
