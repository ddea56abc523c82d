"""What may stand under a subject: whatever its own part of zicha could have written there, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

import orjson
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.assessments.sealing import REOPENED, REPORT, SEAL
from bot.data_files.values import StrictShape
from bot.evidence.sets import set_subject
from bot.forms.cleaning import clean
from bot.forms.outcomes import Cleaned
from bot.forms.subjects import FieldRef, parse
from bot.reports.code import read_code
from bot.reports.transfer.codes import TransferCode

if TYPE_CHECKING:
    from bot.forms.model import Form

_EVIDENCE: Final = set_subject("", 0).partition("/")[0] + "/"
_SET: Final = re.compile(rf"{_EVIDENCE}[^/]*(/[^/]+){{0,2}}/[1-9][0-9]{{0,8}}", re.ASCII)
_PLACE: Final = re.compile(rf"{_EVIDENCE}.+/place", re.ASCII)
_STAMPED: Final = re.compile(rf"{REPORT}stamped/([^/]+)/[1-9][0-9]{{0,8}}", re.ASCII)


_Count: TypeAlias = Annotated[int, Field(ge=0, le=2**53)]


def _is_code(text: str) -> str:
    if read_code(text) != text:
        raise ValueError(text)
    return text


class FileShape(StrictShape):
    """A file of evidence, as `evidence.sets` keeps it."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    kind: Literal["jpg", "png", "pdf", "docx", "xlsx"]
    bytes: _Count
    name: str
    message: _Count


class _Set(StrictShape):
    files: list[FileShape]
    note: str
    album: str


class _Seal(StrictShape):
    code: Annotated[str, AfterValidator(_is_code)]
    revision: _Count


class _Reopening(StrictShape):
    code: Annotated[str, AfterValidator(_is_code)]
    reason: str


_SETS: Final = TypeAdapter(_Set)
_ABOUT_HANDING_IN: Final[dict[str, TypeAdapter[Any]]] = {SEAL: TypeAdapter(_Seal), REOPENED: TypeAdapter(_Reopening)}


def fault(form: Form | None, subject: str, value: str) -> TransferCode | None:
    """What is wrong with an entry; None for a sound one."""
    if subject.startswith(REPORT):
        return _of_report(subject, value)
    if subject.startswith(_EVIDENCE):
        return _of_evidence(subject, value)
    return _of_form(form, subject, value)


def _of_report(subject: str, value: str) -> TransferCode | None:
    stamped = _STAMPED.fullmatch(subject)
    if stamped is not None and read_code(stamped[1]) == stamped[1]:
        return _unless(_fits(_SETS, value))
    if subject not in _ABOUT_HANDING_IN:
        return TransferCode.UNKNOWN_SUBJECT
    return _unless(_fits(_ABOUT_HANDING_IN[subject], value))


def _of_evidence(subject: str, value: str) -> TransferCode | None:
    if _SET.fullmatch(subject):
        return _unless(_fits(_SETS, value))
    return None if _PLACE.fullmatch(subject) else TransferCode.UNKNOWN_SUBJECT


def _of_form(form: Form | None, subject: str, value: str) -> TransferCode | None:
    """A field or cell holds its canonical value; a section that asks nothing holds whatever the rules put there."""
    field, place = (None, None) if form is None else (form.field(subject), parse(subject))
    if field is not None:
        cleaned = clean(field, value) if value else Cleaned("")
        return _unless(isinstance(cleaned, Cleaned) and cleaned.value == value)
    section = form.section(place.section) if form is not None and isinstance(place, FieldRef) else None
    return None if section is not None and section.is_free else TransferCode.UNKNOWN_SUBJECT


def _fits(shape: TypeAdapter[Any], value: str) -> bool:
    """Whether nothing is written, or JSON of that shape."""
    try:
        return not value or shape.validate_python(orjson.loads(value)) is not None
    except (orjson.JSONDecodeError, ValidationError):
        return False


def _unless(sound: bool) -> TransferCode | None:  # noqa: FBT001 - the answer itself
    return None if sound else TransferCode.UNREADABLE_ENTRY
