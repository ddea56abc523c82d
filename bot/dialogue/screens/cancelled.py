"""What the lists of cancelled qualifications say beside the check of them: questions, never verdicts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.dialogue.phrases import SHORTER, shorten
from bot.dialogue.screen import BLANK, Block, line, say
from bot.forms.cancelled import OCCUPATIONS, alike, occupations_of
from bot.forms.notations import APPROVAL_NUMBER
from bot.forms.rows import row_at
from bot.forms.subjects import CellRef, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.dialogue.screen import Say, Text
    from bot.dialogue.screens.view import View
    from bot.forms.cancelled import Alike

_SECTION, _, _TABLE = OCCUPATIONS.partition(".")
_MOST: Final = 8
"""So many questions at once; the rest are counted."""
_MOST_DOCUMENTS: Final = 10
_AND_MORE: Final = "…"


def lists_words(view: View) -> list[Block]:
    """In the section of the check: which lists are known, and what of the station's is like what stands in them."""
    if view.subject != _SECTION:
        return []
    items = view.world.cancelled()
    if not items:
        return [BLANK, line(say("cancelled.no_lists"))]
    counts = Counter(each.document for each in items)
    named = [(shorten(document, SHORTER), number) for document, number in counts.items()][:_MOST_DOCUMENTS]
    known: tuple[Text, ...] = tuple(say("cancelled.list", document=each, number=number) for each, number in named)
    known = (*known, _AND_MORE) if len(counts) > _MOST_DOCUMENTS else known
    missing = tuple(each for each in _documents(view) if each not in counts)
    blocks: list[Block] = [BLANK, line(say("cancelled.lists", documents=known))]
    blocks += [line(say("cancelled.missing", documents=missing))] if missing else []
    return [*blocks, *_questions(view, occupations_of(view.assessment.entries))]


def question_words(view: View) -> list[Block]:
    """Where the document is named that an occupation stands in: what the occupation is like."""
    cell = parse(view.subject)
    if isinstance(cell, CellRef) and (cell.table_path, cell.column) == (OCCUPATIONS, "document"):
        row = row_at(view.assessment.entries, OCCUPATIONS, cell.row)
        return list(_questions(view, (row.cells.get("occupation", ""),)))
    return []


def _documents(view: View) -> Iterator[str]:
    """The documents that the form asks for."""
    table = None if view.world.form is None else view.world.form.table(OCCUPATIONS)
    column = None if table is None else table.column("document")
    for choice in () if column is None else column.choices:
        if APPROVAL_NUMBER.fullmatch(choice.label):
            yield choice.label


def _questions(view: View, occupations: Iterable[str]) -> Iterator[Block]:
    found = alike(occupations, view.world.cancelled())
    for each in found[:_MOST]:
        yield line(_question(each))
    if len(found) > _MOST:
        yield line(say("cancelled.more", count=len(found) - _MOST))


def _question(near: Alike) -> Say:
    item = near.item
    return say(
        "cancelled.near",
        occupation=shorten(near.occupation, SHORTER),
        name=shorten(item.name, SHORTER),
        document=shorten(item.document, SHORTER),
        date=item.date,
    )
