"""`zicha station`: make the stations known, and list them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.listing import accepted, told, words
from bot.cli.sheets import read_rows
from bot.cli.stored import in_database, refusing
from bot.settings import Settings
from bot.stations.lists import stations

if TYPE_CHECKING:
    from bot.data_files.lists import Rows, Words
    from bot.localization import Localizer
    from bot.services.ports import Transaction
    from bot.stations.model import Station


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("station", help=localizer.say("cli.station.help"))
    group.add_command(_import(localizer))
    group.add_command(_list(localizer))
    return group


def _import(localizer: Localizer) -> click.Command:
    @click.command("import", help=localizer.say("cli.station.import.help"))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--apply", "takes", is_flag=True, help=localizer.say("cli.list.apply"))
    def take(*, file: Path, takes: bool) -> None:
        with refusing(localizer):
            rows, called = read_rows(file), words(Settings().timezone)
            work = partial(_take, rows=rows, called=called, takes=takes, localizer=localizer)
            lines = in_database(work)
        for line in lines:
            click.echo(line)
        click.echo(localizer.say("cli.list.taken" if takes else "cli.list.dry_run", number=len(lines)))

    return take


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
