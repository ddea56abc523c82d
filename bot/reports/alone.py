"""The package of an assessment by itself, without a station, an authority or explanations: as a rehearsal has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.days import HERE
from bot.reports.case import Case

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.forms.model import Form
    from bot.reports.model import Package
    from bot.rubric.model import Rubric


def alone(assessment: Assessment, rubric: Rubric, form: Form | None) -> Package:
    """The package as it stands, a draft unless the assessment is sealed."""
    from bot.reports.compiling import compile_package  # noqa: PLC0415 - loaded with the first document
    from bot.reports.templates import Templates  # noqa: PLC0415 - the same

    case = Case(assessment, rubric, form, None, None, (), HERE)
    return compile_package(case, Templates(rubric.id), is_draft=not assessment.seal)
