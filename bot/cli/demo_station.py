"""The invented station of the demonstration, with links for those who shall play its people."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.cli.stored import within
from bot.dialogue import deeplinks
from bot.services.invitations import Made, invite
from bot.stations.model import Authority, Level, Role, Station

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer
    from bot.services.ports import Transaction
    from bot.settings import Settings

_CODE: Final = "DEMO-1"
_AUTHORITY: Final = "5134"
_LARGEST_ID: Final = 2**53 - 1
_LABELS: Final = {Role.HEAD: "role.head", Role.CONTACT: "role.contact", Role.FILLER: "role.filler"}


def prepare(localizer: Localizer, settings: Settings) -> Iterator[str]:
    """Found the station where it is not yet; a line with link and code for each role until somebody has joined."""
    work = partial(_found, authority=localizer.say("cli.demo.authority"), station=localizer.say("cli.demo.station"))
    for made in within(settings.database, settings.data_dir, work):
        role = localizer.say(_LABELS[made.invitation.role])
        link = deeplinks.invitation(made.words, "")
        yield localizer.say("cli.demo.invitation", role=role, link=link, code=made.code)


def _found(tx: Transaction, *, authority: str, station: str) -> list[Made]:
    tx.save_authority(Authority(_AUTHORITY, authority, Level.CITY))
    tx.save_station(Station(0, _CODE, station, _AUTHORITY))
    founded = tx.station_by_code(_CODE)
    if founded is None or tx.members(founded.id):
        return []
    now = datetime.now(UTC)
    return [invite(tx, _CODE, role, number=secrets.randbelow(_LARGEST_ID) + 1, now=now) for role in _LABELS]
