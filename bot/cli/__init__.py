"""The command line: one module a command, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.localization import Localizer

COMMANDS = {
    "run": "run",
    "demo": "demo",
    "play": "play",
    "score": "score",
    "rubric": "rubric",
    "db": "db",
    "authority": "authority",
    "station": "station",
    "invite": "invite",
    "workbook": "workbook",
    "cancelled": "cancelled",
    "report": "report",
    "import": "importing",
    "doctor": "doctor",
}
"""Every command with the module that builds it."""


class _Commands(click.Group):
    """The commands of zicha, each built from its own module by `command(localizer)`."""

    def __init__(self, localizer: Localizer) -> None:
        super().__init__("zicha", help=localizer.say("cli.help"))
        self._localizer = localizer

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        build = import_module(f"bot.cli.{COMMANDS[cmd_name]}").command
        command: click.Command = build(self._localizer)
        return command


def commands(localizer: Localizer) -> click.Group:
    """The whole command line, speaking the localizer's language."""
    group = _Commands(localizer)
    return click.version_option(package_name="zicha")(group)
