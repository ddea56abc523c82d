"""What every letter of the package begins and ends with: 主送机关, 署名 and 成文日期 (GB/T 9704)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content.said import one_line, said
from bot.reports.model import Gap, Paragraph, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief
    from bot.reports.model import Block

_DIRECT: Final = "licence.direct"
_YES: Final = "yes"
_FILLED_ON: Final = "registration.filled_on"
_ROOM_FOR_SEAL: Final = 20


def addressee(brief: Brief) -> str:
    """Who the papers go to (通知三（一）): the authority, or the provincial centre for 省直批; "" where unknown."""
    case = brief.case
    is_direct = case.value(_DIRECT) == _YES or (case.station is not None and case.station.direct)
    if is_direct:
        return brief.words("addressee.centre")
    return "" if case.authority is None else one_line(case.authority.name)


def addressee_line(brief: Brief) -> str:
    """主送机关 with its colon, and room to write it where none is known."""
    return brief.words("addressee.line", name=addressee(brief))


def signing_day(brief: Brief) -> str:
    """成文日期: the day on which the form was filled in, or room to write it."""
    form = brief.case.form
    is_asked = form is not None and form.field(_FILLED_ON) is not None
    return brief.words("signature.day", day=said(brief, _FILLED_ON).text if is_asked else "")


def signature(brief: Brief) -> Iterator[Block]:
    """Room for the seal, the station, the day."""
    yield Gap(_ROOM_FOR_SEAL)
    yield Paragraph(Style.SIGNATURE, one_line(brief.case.name))
    yield Paragraph(Style.SIGNATURE, signing_day(brief))
