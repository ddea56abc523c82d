"""Documents compiled from the database: the case they are drawn from, and the package that a chat may ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.assessments.days import HERE, day_of
from bot.dialogue.flows.check import sentence_of
from bot.dialogue.flows.report import ALL, DOCUMENT
from bot.dialogue.screen import say
from bot.errors import InvalidInputError
from bot.forms.loader import form_at
from bot.reports.case import Case, Explanation
from bot.reports.model import Unprintable
from bot.watch.model import Severity
from bot.watch.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo
    from pathlib import Path

    from bot.assessments.model import Assessment
    from bot.dialogue.screen import Say
    from bot.forms.model import Form
    from bot.reports.model import Document, Package
    from bot.reports.templates import Templates
    from bot.rubric.loader import Library
    from bot.rubric.model import Rubric
    from bot.services.documents import Errand
    from bot.services.evidence import Reads
    from bot.services.ports import Transaction
    from bot.stations.model import Authority

KIND: Final = DOCUMENT
"""The kind of document that is compiled; its arguments are an assessment and what of it, "all" or one kind."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles what is handed in; `chinese` says catalogue texts as papers need them, whatever language a chat has.

    `folder` holds the templates of authorities, a subfolder for each under its code; None: ours alone.
    """

    library: Library
    chinese: Callable[[Say], str]
    folder: Path | None = None
    zone: tzinfo = HERE

    def __call__(
        self, tx: Transaction, assessment: Assessment, rubric: Rubric, form: Form | None
    ) -> Package | Unprintable:
        """The package as it stands, a draft unless the assessment is sealed; why not, where templates are wrong."""
        case = case_of(tx, assessment, rubric, form, self.chinese, self.zone)
        try:
            return compiled(case, self.templates(tx, case))
        except InvalidInputError as error:
            return Unprintable(codes_of(error))

    def templates(self, tx: Transaction, case: Case) -> Templates:
        """The templates of the authority above the station, then of those above it, then ours."""
        from bot.reports.templates import Templates  # noqa: PLC0415 - loaded with the first document

        if self.folder is None:
            return Templates(case.rubric.id)
        folders = (self.folder / each.code for each in above(tx, case.authority))
        return Templates(case.rubric.id, tuple(each for each in folders if each.is_dir()))


def case_of(
    tx: Transaction,
    assessment: Assessment,
    rubric: Rubric,
    form: Form | None,
    chinese: Callable[[Say], str],
    zone: tzinfo = HERE,
) -> Case:
    """Everything that documents are compiled from, read at once, with what the watch finds explained on its day."""
    station = None if assessment.station is None else tx.station(assessment.station)
    authority = None if station is None else tx.authority(station.authority)
    loaded = replace(assessment, entries=dict(assessment.entries))
    case = Case(loaded, rubric, form, station, authority, (), zone)
    day = case.day or day_of(assessment.created_at, zone)
    found = (each for each in watch(loaded, rubric, form, day) if each.is_explained)
    return replace(
        case, explanations=tuple(Explanation(chinese(sentence_of(each)), each.explanation) for each in found)
    )


def compiled(case: Case, templates: Templates) -> Package:
    """The package of a case, a draft unless the assessment is sealed."""
    from bot.reports.compiling import compile_package  # noqa: PLC0415 - loaded with the first document

    return compile_package(case, templates, is_draft=not case.assessment.seal)


def codes_of(error: InvalidInputError) -> tuple[str, ...]:
    """What is wrong with the templates, in as much as concerns those who cannot mend it."""
    return tuple(dict.fromkeys(str(each.code) for each in error.problems))


def missing(case: Case, package: Package) -> Iterator[Say]:
    """What is not answered yet, or has to be put right before 定稿."""
    if package.summary.blank:
        yield say("report.missing.blank", count=package.summary.blank)
    unasked = sum(not case.assessment.veto(each.id).is_settled for each in case.rubric.vetoes)
    if unasked:
        yield say("report.missing.conditions", count=unasked)
    found = watch(case.assessment, case.rubric, case.form, case.day or day_of(case.assessment.created_at, case.zone))
    must = sum(each.severity is Severity.MUST for each in found)
    if must:
        yield say("report.missing.must", count=must)


@dataclass(frozen=True, slots=True)
class Commission:
    """What somebody asked for, with everything that it takes."""

    case: Case
    templates: Templates
    what: str

    def compiled(self) -> Package:
        """The whole package; takes a moment, so it is called outside of the transaction."""
        return compiled(self.case, self.templates)

    def wanted(self, package: Package) -> tuple[Document, ...]:
        """The documents of the package that were asked for."""
        return tuple(each for each in package.documents if self.what in (ALL, each.kind.value))


@dataclass(frozen=True, slots=True)
class TakesCommissions:
    """Reads what it takes to compile an assessment for whoever may read it."""

    conversation: Reads
    compiler: Compiler

    def __call__(self, tx: Transaction, errand: Errand) -> Commission | None:
        """What was asked for; None where the person may not have it any more."""
        number, _, what = errand.arguments.partition(":")
        assessment = self.conversation.readable(tx, errand.person, int(number))
        if assessment is None:
            return None
        rubric = self.compiler.library.get(assessment.rubric_id, assessment.rubric_version)
        compiler = self.compiler
        case = case_of(tx, assessment, rubric, form_at(assessment.form), compiler.chinese, compiler.zone)
        return Commission(case, self.compiler.templates(tx, case), what)


def above(tx: Transaction, authority: Authority | None) -> Iterator[Authority]:
    """The authority and those above it, the nearest first."""
    seen: set[str] = set()
    while authority is not None and authority.code not in seen:
        yield authority
        seen.add(authority.code)
        authority = tx.authority(authority.parent) if authority.parent else None
