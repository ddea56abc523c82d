"""Everything that a station hands in, as finished files in one format or in all: slow, and done in any process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.reports.bundle import File, bundle, paper_name
from bot.reports.compiling import compile_package
from bot.reports.csv_files import csv_files
from bot.reports.pdf.fonts import FontsMissingError
from bot.reports.rendering import Format, Means, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reports.case import Case
    from bot.reports.model import Document, Kind, Package
    from bot.reports.pdf.fonts import FontChoice
    from bot.reports.templates import Templates


class Output(Enum):
    """What can be asked for; the value is what people type, and the ending of the files' names."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    ZIP = "zip"


_FORMATS: Final = {
    Output.DOCX: (Format.DOCX,),
    Output.PDF: (Format.PDF,),
    Output.XLSX: (Format.XLSX,),
    Output.ZIP: tuple(Format),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of a case: `kinds` of documents, none for all; `transfer` is its JSON, made beforehand.

    `fonts` are wanted before those that are looked for.
    """

    case: Case
    templates: Templates
    output: Output
    kinds: tuple[Kind, ...] = ()
    transfer: bytes = b""
    fonts: FontChoice | None = None


@dataclass(frozen=True, slots=True)
class Production:
    """The files, the package they are of, and the packages of fonts of which one is lacking for a PDF.

    `is_outdated`: nothing was made, since what was made final under another 校验码 would read otherwise now.
    """

    package: Package
    files: tuple[File, ...]
    fonts: tuple[str, ...] = ()
    is_outdated: bool = False


def produce(order: Order) -> Production:
    """The files; InvalidInputError where a template is wrong."""
    case = order.case
    package = compile_package(case, order.templates, is_draft=not case.assessment.seal)
    stamp = package.stamp
    if order.output is Output.JSON:
        return Production(package, (File(paper_name(stamp, stamp.station, "json"), order.transfer),))
    if case.assessment.seal not in ("", stamp.code):
        return Production(package, (), is_outdated=True)
    if order.output is Output.CSV:
        return Production(package, csv_files(case, order.templates, package))
    wanted = [each for each in package.documents if not order.kinds or each.kind in order.kinds]
    files, fonts = _rendered(order, package, wanted)
    if order.output is Output.ZIP:
        files += csv_files(case, order.templates, package)
        files = (File(paper_name(stamp, stamp.station, "zip"), bundle(stamp, files)),)
    return Production(package, files, fonts)


def _rendered(
    order: Order, package: Package, documents: Sequence[Document]
) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Every document in every format; PDFs in a thread, since typst leaves the interpreter to the others meanwhile."""
    jobs = [(document, form) for document in documents for form in _FORMATS[order.output]]
    with ThreadPoolExecutor(1) as beside:
        begun = [beside.submit(_one, order, package, *job) if job[1] is Format.PDF else None for job in jobs]
        others = [None if job[1] is Format.PDF else _one(order, package, *job) for job in jobs]
        made = [other if waited is None else waited.result() for waited, other in zip(begun, others, strict=True)]
    files = tuple(each for each in made if isinstance(each, File))
    fonts = {name for each in made if isinstance(each, FontsMissingError) for name in each.packages}
    return files, tuple(sorted(fonts))


def _one(order: Order, package: Package, document: Document, form: Format) -> File | FontsMissingError:
    try:
        content = render(form, document, package.stamp, Means(order.templates, order.fonts))
    except FontsMissingError as error:
        return error
    return File(paper_name(package.stamp, document.name, form.value), content)
