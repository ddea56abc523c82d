"""What cleaning comes to: a value in its canonical form, perhaps with a remark, or a refusal in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING: Mapping[str, str | int] = MappingProxyType({})


class Fault(StrEnum):
    """Why a text is refused: the catalogue key of the sentence that says so."""

    EMPTY = "unclean.empty"
    UNSEEN = "unclean.unseen"
    TOO_LONG = "unclean.too_long"
    NOT_A_NAME = "unclean.name"
    NOT_A_DATE = "unclean.date"
    NOT_A_PERIOD = "unclean.period"
    PERIOD_BACKWARDS = "unclean.period_backwards"
    NOT_A_YEAR = "unclean.year"
    NOT_A_NUMBER = "unclean.number"
    NOT_AN_AREA = "unclean.area"
    NOT_A_POSTCODE = "unclean.postcode"
    NOT_A_PHONE = "unclean.phone"
    NO_AREA_CODE = "unclean.area_code"
    NOT_A_CHOICE = "unclean.choice"
    NOT_LEVELS = "unclean.levels"
    NOT_A_CARD_NUMBER = "unclean.card_number"


class Remark(StrEnum):
    """What is said of a value that is kept although something about it is unusual: a catalogue key."""

    ORG_CODE = "remark.org_code"
    APPROVAL_NUMBER = "remark.approval_number"
    OCCUPATION = "remark.occupation"


@dataclass(frozen=True, slots=True)
class Said:
    """A remark with what fills its placeholders."""

    code: Remark
    args: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value in the canonical form of its kind."""

    value: str
    remark: Said | None = None


@dataclass(frozen=True, slots=True)
class Unclean:
    """A text that is not kept, and why."""

    code: Fault
    args: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING)


Cleaning: TypeAlias = Cleaned | Unclean
