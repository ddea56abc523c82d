"""Dates, periods and years in the ways that they are written."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - the function below has the field's own name
from typing import TYPE_CHECKING, Final

from bot.forms import notations
from bot.forms.outcomes import Cleaned, Cleaning, Fault, Unclean
from bot.forms.words import folded

if TYPE_CHECKING:
    import re

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100


def date(words: str) -> Cleaning:
    """2017年3月1日, 2017.3.1, 2017-03-01 or 20170301, as 2017-03-01."""
    found = notations.DATE.fullmatch(folded(words))
    day = None if found is None else _day(found)
    return Unclean(Fault.NOT_A_DATE) if day is None else Cleaned(day.isoformat())


def period(words: str) -> Cleaning:
    """Two dates with 至, a dash or a stroke between them, as 2016-03-01/2019-02-28."""
    text = folded(words)
    found = list(notations.DATE.finditer(text))
    if len(found) != 2 or not _is_period(text, found[0], found[1]):  # noqa: PLR2004 - from and to
        return Unclean(Fault.NOT_A_PERIOD)
    first, last = _day(found[0]), _day(found[1])
    if first is None or last is None:
        return Unclean(Fault.NOT_A_PERIOD)
    if last < first:
        return Unclean(Fault.PERIOD_BACKWARDS)
    return Cleaned(f"{first.isoformat()}/{last.isoformat()}")


def year(words: str) -> Cleaning:
    """2016, 2016年 or 2016年度, as 2016."""
    found = notations.YEAR.fullmatch(folded(words))
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return Unclean(Fault.NOT_A_YEAR)
    return Cleaned(found[1])


def _is_period(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    between = text[first.end() : last.start()]
    around = (text[: first.start()], text[last.end() :])
    return bool(
        between
        and notations.BETWEEN_DATES.fullmatch(between)
        and all(notations.BESIDE_DATES.fullmatch(each) for each in around)
    )


def _day(found: re.Match[str]) -> Date | None:
    written = [int(each) for each in found.groups() if each is not None]
    try:
        day = Date(written[0], written[1], written[2])
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
