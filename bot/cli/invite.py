"""`zicha invite`: a link and a code for somebody to join a station."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from bot.cli.stored import in_database, refusing
from bot.data_files.lists import ListCode
from bot.dialogue import deeplinks
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.services.invitations import UnknownStationError, invite
from bot.settings import Settings
from bot.stations.model import Role

if TYPE_CHECKING:
    from bot.localization import Localizer
    from bot.services.invitations import Made

_LARGEST_ID: Final = 2**53 - 1


def command(localizer: Localizer) -> click.Command:
    """The command, with its help in the person's language."""

    @click.command("invite", help=localizer.say("cli.invite.help"))
    @click.argument("station")
    @click.argument("role", type=click.Choice([role.value for role in Role]))
    @click.option("--bot", "name", default="", help=localizer.say("cli.invite.bot"))
    @click.option("--qr", is_flag=True, help=localizer.say("cli.invite.qr"))
    def make(*, station: str, role: str, name: str, qr: bool) -> None:
        with refusing(localizer):
            made = _made(station, Role(role))
            link = deeplinks.invitation(made.words, name.removeprefix("@") or _asked())
        click.echo(localizer.say("cli.invite.link", link=link, until=made.invitation.expires_at))
        click.echo(localizer.say("cli.invite.code", code=made.code))
        if qr:
            _print_qr(link)

    return make


def _made(station: str, role: Role) -> Made:
    number = secrets.randbelow(_LARGEST_ID) + 1
    try:
        return in_database(partial(invite, station=station, role=role, number=number, now=datetime.now(UTC)))
    except UnknownStationError as error:
        raise InvalidInputError((Problem(ListCode.STATION, station),)) from error


def _asked() -> str:
    """The bot's name as Telegram tells it; empty where it cannot be asked, and the link is then words to send."""
    from bot.handlers.greeting import (  # noqa: PLC0415 - a name that is given does without
        TelegramUnreachableError,
        TokenRefusedError,
        greet,
    )

    settings = Settings()
    try:
        return asyncio.run(greet(settings.token, settings.telegram_api, settings.proxy)).username
    except (TokenRefusedError, TelegramUnreachableError):
        return ""


def _print_qr(link: str) -> None:
    import segno  # noqa: PLC0415 - only for a picture

    segno.make(link, error="m").terminal(compact=True)
