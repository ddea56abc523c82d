"""The stations of random updates, founded as their operator does it, with invitations in plenty."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from bot.services.invitations import invite
from bot.stations.invitations import CONSENT
from bot.stations.model import Authority, Level, Membership, Role, Station

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.services.invitations import Made
    from bot.services.ports import Transaction

_CODES: Final = ("ANY-1", "ANY-2")
_AUTHORITY: Final = "5134"
_OF_EACH: Final = 8


def found(tx: Transaction, founders: Iterable[int], now: datetime) -> list[Made]:
    """Two stations, the first headed by these Telegram ids; for each several invitations to every role."""
    tx.save_authority(Authority(_AUTHORITY, "x", Level.CITY))
    numbers = count(10**9)
    for code in _CODES:
        tx.save_station(Station(0, code, code, _AUTHORITY))
    first = tx.station_by_code(_CODES[0])
    for each in founders if first is not None else ():
        person = tx.person(each, now).id
        tx.save_membership(Membership(person, first.id, Role.HEAD, f"{each}", now, CONSENT))
    roles = (Role.HEAD, Role.CONTACT, Role.FILLER) * _OF_EACH
    return [invite(tx, code, role, number=next(numbers), now=now) for role in roles for code in _CODES]
