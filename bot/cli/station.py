"""`zicha station`: make the stations known, and list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.listing import accepted, importing, told
from bot.cli.stored import in_database, refusing
from bot.stations.lists import stations

if TYPE_CHECKING:
    from bot.data_files.lists import Rows, Words
    from bot.localization import Localizer
    from bot.services.ports import Transaction
    from bot.stations.model import Station


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("station", help=localizer.say("cli.station.help"))
    group.add_command(importing(localizer, "cli.station.import.help", _take))
    group.add_command(_list(localizer))
    return group


def _take(tx: Transaction, *, rows: Rows, called: Words, takes: bool, localizer: Localizer) -> list[str]:
    known = frozenset(each.code for each in tx.authorities())
    found = accepted(stations(rows, called, known))
    stands = {each.code: each for each in tx.stations()}
    for each in found if takes else ():
        tx.save_station(each)
    return told(localizer, found, stands)


def _list(localizer: Localizer) -> click.Command:
    @click.command("list", help=localizer.say("cli.station.list.help"))
    def show() -> None:
        with refusing(localizer):
            rows = in_database(_with_members)
        for station, members in rows:
            click.echo(localizer.say("cli.station.one", code=station.code, name=station.name, members=members))

    return show


def _with_members(tx: Transaction) -> list[tuple[Station, int]]:
    return [(each, sum(member.is_current for member in tx.members(each.id))) for each in tx.stations()]
