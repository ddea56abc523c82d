"""Everything that is handed in, compiled from one case: the documents that are due, their code, and what they bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.model import Kind as AssessmentKind
from bot.reports.code import code_of
from bot.reports.content import COMPILERS
from bot.reports.content.brief import Brief
from bot.reports.content.results import total_words
from bot.reports.model import Package, Stamp
from bot.rubric.scoring import summarize

if TYPE_CHECKING:
    from bot.reports.case import Case
    from bot.reports.model import Document
    from bot.reports.templates import Templates


def compile_package(case: Case, templates: Templates, *, is_draft: bool) -> Package:
    """The package as it stands; its code is the same for a draft, so what is made final is what was seen."""
    assessment, rubric = case.assessment, case.rubric
    summary = summarize(rubric, assessment.answers, assessment.declarations)
    brief = Brief(case, summary, templates, templates.sentences())
    documents = tuple(document for compiled in COMPILERS if (document := compiled(brief)) is not None)
    return Package(_stamp(brief, documents, is_draft=is_draft), documents, summary, total_words(brief))


def _stamp(brief: Brief, documents: tuple[Document, ...], *, is_draft: bool) -> Stamp:
    case = brief.case
    rubric = brief.words("stamp.rubric", title=case.rubric.title, version=case.rubric.version)
    code = code_of(documents, case.rubric.id, str(case.rubric.version), case.name)
    as_of = None if case.as_of is None else case.as_of.astimezone(case.zone).strftime("%Y-%m-%d %H:%M")
    words = brief.words(
        "stamp.words", station=case.name, rubric=rubric, as_of=as_of or "", revision=case.revision, code=code
    )
    word = "stamp.practice" if case.assessment.kind is AssessmentKind.PRACTICE else "stamp.draft"
    draft = brief.words(word) if is_draft else ""
    return Stamp(case.name, rubric, case.as_of, case.revision, code, words, draft)
