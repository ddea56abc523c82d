"""Workbooks on their way out and in: made of an assessment as it stands, and read when they come back.

What reads and writes the files is loaded with the first of them, so that a start does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.dialogue.flows.imports import DOCUMENT
from bot.dialogue.given import Returned
from bot.dialogue.screen import say
from bot.errors import InvalidInputError
from bot.forms.loader import form_at
from bot.services.documents import Paper
from bot.workbooks.layout import FORM, WHOLE, Source, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.rubric.loader import Library
    from bot.services.documents import Errand
    from bot.services.evidence import Reads
    from bot.services.ports import Transaction
    from bot.workbooks.grids import Book
    from bot.workbooks.speaking import Speaker

KIND = DOCUMENT
"""The kind of document that `SendsWorkbooks` makes; its arguments are an assessment and a scope."""

_FILES = {WHOLE: "workbook.file.whole", FORM: "workbook.file.form"}


@dataclass(frozen=True, slots=True)
class SendsWorkbooks:
    """Sends a workbook of an assessment, or of a part of it, to whoever may read the assessment."""

    conversation: Reads
    library: Library
    speaker_of: Callable[[str], Speaker]

    def __call__(self, tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]] | None:
        """The workbook with today's values, in the person's language."""
        number, _, scope = errand.arguments.partition(":")
        assessment = self.conversation.readable(tx, errand.person, int(number))
        if assessment is None:
            return None
        rubric = self.library.get(assessment.rubric_id, assessment.rubric_version)
        speaker = self.speaker_of(errand.locale)
        book = lay_out(Source(assessment, rubric, form_at(assessment.form), speaker), scope)
        return None if book is None else lambda: (_paper(book, scope, speaker),)


@dataclass(frozen=True, slots=True)
class ReadsWorkbooks:
    """Reads what comes back; touches neither database nor disk, so it is called in a thread."""

    library: Library
    speaker_of: Callable[[str], Speaker]

    def __call__(self, data: bytes) -> Returned | None:
        """What one of our workbooks proposes, or why it cannot be taken; None for any other file."""
        from bot.workbooks.gathering import gather  # noqa: PLC0415 - see above
        from bot.workbooks.reading import is_ours, read  # noqa: PLC0415 - see above

        if not is_ours(data):
            return None
        try:
            came = read(data)
            rubric = self.library.get(*came.marker.rubric)
            return Returned(gather(came, rubric, form_at(came.marker.form), self.speaker_of(came.marker.locale)))
        except InvalidInputError as error:
            return Returned(error.problems[0])


def _paper(book: Book, scope: str, speaker: Speaker) -> Paper:
    from bot.workbooks.writing import write  # noqa: PLC0415 - see above

    part = next((grid.title for grid in book.grids), "")
    name = speaker.say(_FILES.get(scope, "workbook.file.part"), part=part)
    return Paper(f"{name}.xlsx", write(book), say("workbook.caption"))
