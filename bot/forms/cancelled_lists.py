"""Lists of cancelled qualifications as they are handed in: a document, its date, and a name in each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.data_files.lists import ListCode, Listed, ListRow, ListShape, RowError, read_list
from bot.forms import dates
from bot.forms.cancelled import Cancelled
from bot.forms.codes_of_bodies import approval_number
from bot.forms.outcomes import Cleaned

if TYPE_CHECKING:
    from bot.data_files.lists import Rows, Words

_SAID: Final = ("document", "date")


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said of the whole list beside it: the document and the date of rows that name none; "" for nothing."""

    document: str = ""
    date: str = ""


def cancelled(rows: Rows, words: Words, said: Stated) -> Listed[Cancelled]:
    """The lines of a list with the columns document, date, name, and, if there are any, code and note."""
    given = {"document": said.document, "date": said.date}
    is_needed = {name: not given[name] for name in _SAID}

    def read(row: ListRow) -> Cancelled:
        document = approval_number(_or(row, "document", said.document))
        return Cancelled(
            document=document.value if isinstance(document, Cleaned) else "",
            name=row.needed("name"),
            date=_day(_or(row, "date", said.date)),
            code=row.text("code"),
            note=row.text("note"),
        )

    needed = ("name", *(name for name in _SAID if is_needed[name]))
    optional = (*(name for name in _SAID if not is_needed[name]), "code", "note")
    return read_list(rows, words, ListShape(needed, read, _key, "name", optional))


def _key(item: Cancelled) -> str:
    return f"{item.document} {item.name}"


def _or(row: ListRow, column: str, said: str) -> str:
    return row.text(column) or said or row.needed(column)


def _day(words: str) -> str:
    cleaned = dates.date(words)
    if not isinstance(cleaned, Cleaned):
        raise RowError(ListCode.DATE, "date", value=words)
    return cleaned.value
