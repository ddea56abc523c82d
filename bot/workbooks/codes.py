"""The codes of every reason for which a workbook as a whole is refused; the catalogues hold their sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.errors import InvalidInputError
from bot.problems import Problem

if TYPE_CHECKING:
    from bot.errors import ZichaError


class WorkbookCode(StrEnum):
    """What can be wrong with a workbook that came back, or with where it goes."""

    NOT_XLSX = "X001"
    TOO_LARGE = "X002"
    DAMAGED = "X003"
    FOREIGN = "X004"
    OTHER_VERSION = "X005"
    MERGED = "X006"
    WITHOUT_CODES = "X007"
    SHEET_TWICE = "X008"
    TOO_MANY_ROWS = "X009"
    OTHER_ASSESSMENT = "X010"
    NOT_BEGUN = "X011"
    NOT_A_MEMBER = "X012"
    UNDECIDED = "X013"
    UNWRITABLE = "X014"


def refusal(code: WorkbookCode, place: str = "", **details: str | int) -> ZichaError:
    """The refusal of a whole workbook."""
    return InvalidInputError([Problem(code, place, details)])
