"""Tries an authority's templates before anybody needs them: on an assessment in which nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.assessments.days import HERE
from bot.assessments.model import Assessment, Kind
from bot.errors import InvalidInputError
from bot.reports import docx
from bot.reports.case import Case
from bot.reports.compiling import compile_package
from bot.reports.templates import Templates

if TYPE_CHECKING:
    from pathlib import Path

    from bot.forms.model import Form
    from bot.problems import Problem
    from bot.rubric.model import Rubric


def faults(folder: Path, rubric: Rubric, form: Form | None) -> tuple[Problem, ...]:
    """What is wrong with the templates in that folder; words that only some answers call for are not tried."""
    empty = Assessment(0, rubric.id, rubric.version, Kind.PRACTICE, 0, datetime.now(UTC))
    templates = Templates(rubric.id, (folder,))
    try:
        package = compile_package(Case(empty, rubric, form, None, None, (), HERE), templates, is_draft=True)
        for document in package.documents:
            docx.render(document, package.stamp, templates)
    except InvalidInputError as error:
        return error.problems
    return ()
