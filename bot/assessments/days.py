"""What day it is: days are counted where the stations are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

TIMEZONE: Final = "Asia/Shanghai"
"""The campaign's time zone, unless the operator sets another one."""

HERE: Final = ZoneInfo(TIMEZONE)


def day_of(moment: datetime, zone: tzinfo = HERE) -> date:
    """The day of that moment in the zone."""
    return moment.astimezone(zone).date()
