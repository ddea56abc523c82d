"""`zicha authority`: make the approving authorities known."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.listing import accepted, told, words
from bot.cli.sheets import read_rows
from bot.cli.stored import in_database, refusing
from bot.settings import Settings
from bot.stations.lists import authorities

if TYPE_CHECKING:
    from bot.data_files.lists import Rows, Words
    from bot.localization import Localizer
    from bot.services.ports import Transaction


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("authority", help=localizer.say("cli.authority.help"))

    @group.command("import", help=localizer.say("cli.authority.import.help"))
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

    return group


def _take(tx: Transaction, *, rows: Rows, called: Words, takes: bool, localizer: Localizer) -> list[str]:
    stands = {each.code: each for each in tx.authorities()}
    found = accepted(authorities(rows, called, frozenset(stands)))
    for each in found if takes else ():
        tx.save_authority(each)
    return told(localizer, found, stands)
