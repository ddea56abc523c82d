"""The shape of the file, from which its published schema is made: `python -m bot.reports.transfer.shape` prints it."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field, TypeAdapter, WithJsonSchema

from bot.data_files.values import StrictShape

FORMAT: Final = "zicha-assessment"
FORMAT_VERSION: Final = 1
_LARGEST: Final = 2**31 - 1


def _is_moment(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Count: TypeAlias = Annotated[int, Field(ge=0, le=_LARGEST)]
Number: TypeAlias = Annotated[int, Field(ge=1, le=_LARGEST)]
Words: TypeAlias = Annotated[str, Field(max_length=20_000, pattern="^[^\\x00]*$")]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00-\\x1f]*$")]
Moment: TypeAlias = Annotated[
    str,
    Field(pattern=r"^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$"),
    AfterValidator(_is_moment),
]
"""UTC to the microsecond, so that a moment is written in one way only."""


def _answer(required: str, **properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


_COUNT: Final = {"type": "integer", "minimum": 0}
_TEXT: Final = {"type": "string"}
_ANSWERS: Final = [
    _answer("level", level=_TEXT),
    _answer("problems", problems=_COUNT, serious={"type": "boolean"}),
    _answer("sampled errors", sampled=_COUNT, errors=_COUNT, unit=_TEXT),
    _answer("measured", measured=_TEXT),
    _answer("proofs", proofs={"type": "array", "items": _TEXT, "uniqueItems": True}),
    _answer("not_applicable", not_applicable=_TEXT),
    {"type": "null"},
]
"""The ways to answer an item (`rubric.answering`), which holds an answer against its item too."""


class EditionShape(StrictShape):
    """One version of a rubric or of a form."""

    id: Name
    version: Number


class AuthorityShape(StrictShape):
    """An approving authority; `parent` is the code of the one above it, "" for the highest."""

    code: Name
    name: Name
    level: Literal["province", "city", "county"]
    parent: Words


class StationShape(StrictShape):
    """The station; `authority` is the code of the first of the authorities."""

    code: Name
    name: Name
    authority: Name
    direct: bool


class MembershipShape(StrictShape):
    """How somebody belongs to the station; the name is "" once it was forgotten."""

    role: Literal["filler", "contact", "head"]
    name: Words
    deputy: bool
    consent: Count
    joined_at: Moment
    ended_at: Moment | None


class PersonShape(StrictShape):
    """Somebody who wrote or could write, under the number that the records name: 1, 2, 3 and so on."""

    number: Number
    membership: MembershipShape | None


class RecordShape(StrictShape):
    """What every record has: how often it changed, and who changed it last when; null where that is not known."""

    revision: Count
    by: Number | None
    at: Moment | None


class ItemShape(RecordShape):
    """What is written about an item; `grouped` when it was checked on a group card."""

    answer: Annotated[dict[str, object] | None, WithJsonSchema({"anyOf": _ANSWERS})]
    grouped: bool
    note: Words
    remedy: Words


class VetoShape(RecordShape):
    """What is written about a condition; `declared` null: neither yes nor no."""

    choice: Words
    declared: bool | None
    note: Words


class EntryShape(RecordShape):
    """What is written under a subject beside the answers: canonical text, "" where it was taken back."""

    value: Words


class TransferShape(StrictShape):
    """A whole self-assessment; items and conditions by their ids, entries by their subjects."""

    format: Literal["zicha-assessment"]
    format_version: Literal[1]
    rubric: EditionShape
    form: EditionShape | None
    station: StationShape
    authorities: Annotated[list[AuthorityShape], Field(min_length=1, max_length=9)]
    people: Annotated[list[PersonShape], Field(min_length=1)]
    owner: Number
    created_at: Moment
    seal: Words
    items: dict[Name, ItemShape]
    vetoes: dict[Name, VetoShape]
    entries: dict[Name, EntryShape]


TRANSFER: Final = TypeAdapter(TransferShape)


def schema() -> str:
    """The JSON Schema of the file, as it is published."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | TRANSFER.json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
