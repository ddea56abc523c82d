"""Owed packages: compiled from one moment, rendered by the worker, kept in the archive, and sent again from there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from bot.dialogue.flows.report import ALL, UNPRINTABLE
from bot.dialogue.screen import say
from bot.errors import InvalidInputError
from bot.handlers.printer import Job, NoFonts
from bot.reports.bundle import File, bundle, paper_name
from bot.reports.rendering import Format, Means
from bot.services.documents import Paper
from bot.services.reports import codes_of, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.dialogue.screen import Say
    from bot.handlers.printer import Rendered
    from bot.handlers.progress import Progress
    from bot.reports.model import Document, Package
    from bot.reports.pdf.fonts import FontChoice
    from bot.services.documents import Errand
    from bot.services.file_ports import Files
    from bot.services.ports import Clock, Storage, Transaction
    from bot.services.reports import Commission

logger = logging.getLogger(__name__)

_FORMATS: Final = (Format.DOCX, Format.PDF)


@dataclass(frozen=True, slots=True)
class Printed:
    """The files, and what is to be said once they are sent."""

    papers: Sequence[Paper]
    closing: Say


class Renders(Protocol):
    """Whoever renders documents."""

    async def render(self, job: Job) -> Rendered | NoFonts:
        """What the job comes to; raises what cannot be helped."""


class Press:
    """Makes what a commission asks for, file by file."""

    def __init__(
        self,
        *,
        storage: Storage,
        takes: Callable[[Transaction, Errand], Commission | None],
        worker: Renders,
        files: Files,
        clock: Clock,
        fonts: FontChoice | None = None,
    ) -> None:
        self._storage = storage
        self._takes = takes
        self._worker = worker
        self._files = files
        self._clock = clock
        self._fonts = fonts

    async def print(self, errand: Errand, progress: Progress) -> Printed | None:
        """The files that were asked for; None where the person may not have them. Raises whatever goes wrong."""
        commission = await self._storage.run(lambda tx: self._takes(tx, errand))
        if commission is None:
            return None
        try:
            return await self._made(commission, progress)
        except InvalidInputError as error:
            logger.warning("templates wrong problems=%s", error)
            return Printed((), say(UNPRINTABLE, codes=codes_of(error)))

    async def _made(self, commission: Commission, progress: Progress) -> Printed:
        package = await asyncio.to_thread(commission.compiled)
        sealed, code = commission.case.assessment.seal, package.stamp.code
        if sealed and sealed != code:
            return Printed((), say("report.other_code", code=sealed, now=code))
        return await self._print(_Order(commission, package), progress)

    async def _print(self, order: _Order, progress: Progress) -> Printed:
        number, code = order.commission.case.assessment.id, order.package.stamp.code
        known = await self._storage.run(lambda tx: tx.archived(number, code))
        files, lacking = [], set[str]()
        wanted = order.commission.wanted(order.package)
        for done, document in enumerate(wanted, start=1):
            await progress.tell(say("report.progress", done=done, total=len(wanted), name=document.name))
            for form in order.formats:
                file = await self._file(order, document, form, known)
                if isinstance(file, NoFonts):
                    lacking.update(file.packages)
                else:
                    files.append(file)
        if lacking and Format.XLSX not in order.formats:
            files += [await self._sure(order, document, known) for document in wanted]
        papers = await asyncio.to_thread(order.papers, files)
        return Printed(papers, order.closing(len(files), tuple(sorted(lacking))))

    async def _sure(self, order: _Order, document: Document, known: Mapping[str, str]) -> File:
        """The document in a format that needs no font."""
        file = await self._file(order, document, Format.XLSX, known)
        assert isinstance(file, File)  # noqa: S101 - only a PDF needs fonts
        return file

    async def _file(self, order: _Order, document: Document, form: Format, known: Mapping[str, str]) -> File | NoFonts:
        name = order.name(document, form)
        content = await self._kept(known.get(name))
        if content is None:
            job = Job(form, document, order.package.stamp, Means(order.commission.templates, self._fonts))
            outcome = await self._worker.render(job)
            if isinstance(outcome, NoFonts):
                return outcome
            content = outcome.content
            await self._keep(order, name, content)
        return File(name, content)

    async def _kept(self, sha256: str | None) -> bytes | None:
        """The bytes in the archive; None where they have to be made, anew if they were lost."""
        if sha256 is None:
            return None
        try:
            return await asyncio.to_thread(self._files.read, sha256)
        except (OSError, ValueError) as error:
            logger.warning("archived file lost sha256=%s error=%s", sha256, type(error).__name__)
            return None

    async def _keep(self, order: _Order, name: str, content: bytes) -> None:
        number, code, now = order.commission.case.assessment.id, order.package.stamp.code, self._clock()
        sha256 = await asyncio.to_thread(self._files.keep, content)
        await self._storage.run(
            lambda tx: tx.note_archived(number, code, name, sha256=sha256, size=len(content), at=now)
        )


@dataclass(frozen=True, slots=True)
class _Order:
    """A commission with the package that was compiled for it."""

    commission: Commission
    package: Package

    @property
    def formats(self) -> Sequence[Format]:
        """What each document is made in: for reading and handing in, and with all of them for counting on too."""
        return (*_FORMATS, Format.XLSX) if self.commission.what == ALL else _FORMATS

    def name(self, document: Document, form: Format) -> str:
        """What the file is called."""
        return paper_name(self.package.stamp, document.name, form.value)

    def papers(self, files: Sequence[File]) -> Sequence[Paper]:
        """What is sent: the files, or everything in one."""
        if self.commission.what != ALL:
            return [Paper(each.name, each.content) for each in files]
        stamp = self.package.stamp
        return [Paper(paper_name(stamp, stamp.station, "zip"), bundle(stamp, files))]

    def closing(self, count: int, packages: tuple[str, ...]) -> Say:
        """What was sent, and what is missing from it."""
        stamp = self.package.stamp
        key = "report.sent_draft" if stamp.is_draft else "report.sent_final"
        missing = tuple(self._missing(packages))
        words = say(key, count=count, code=stamp.code)
        return say("report.sent_missing", sent=words, missing=missing) if missing else words

    def _missing(self, packages: tuple[str, ...]) -> Iterator[Say]:
        yield from missing(self.commission.case, self.package)
        if packages:
            yield say("report.missing.fonts", packages=packages)
