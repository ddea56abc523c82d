"""The operator invites somebody to a station, with a code to be told another way than the link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.stations import invitations

if TYPE_CHECKING:
    from datetime import datetime

    from bot.services.ports import Transaction
    from bot.stations.model import Invitation, InvitationId, Role

_BYTES: Final = 32
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation with what only its maker ever sees: the words of its link, and its code."""

    invitation: Invitation
    words: str
    code: str


class UnknownStationError(LookupError):
    """No station has that code."""


def invite(tx: Transaction, station: str, role: Role, *, number: InvitationId, now: datetime) -> Made:
    """Make an invitation to the station of that code; raises UnknownStationError when there is none."""
    found = tx.station_by_code(station)
    if found is None:
        raise UnknownStationError(station)
    words = secrets.token_urlsafe(_BYTES)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    made = invitations.made(number, words, station=found.id, role=role, by=None, now=now)
    made = replace(made, code=invitations.code_digest(made.digest, code))
    tx.save_invitation(made)
    return Made(made, words, code)
