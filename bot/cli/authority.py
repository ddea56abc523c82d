"""`zicha authority`: make the approving authorities known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.listing import accepted, importing, told
from bot.stations.lists import authorities

if TYPE_CHECKING:
    from bot.data_files.lists import Rows, Words
    from bot.localization import Localizer
    from bot.services.ports import Transaction


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("authority", help=localizer.say("cli.authority.help"))
    group.add_command(importing(localizer, "cli.authority.import.help", _take))
    return group


def _take(tx: Transaction, *, rows: Rows, called: Words, takes: bool, localizer: Localizer) -> list[str]:
    stands = {each.code: each for each in tx.authorities()}
    found = accepted(authorities(rows, called, frozenset(stands)))
    for each in found if takes else ():
        tx.save_authority(each)
    return told(localizer, found, stands)
