"""`zicha run`: the bot, until it is told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from bot.cli.refusal import one_line
from bot.errors import StartupRefusedError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.localization import Localizer
    from bot.problems import Problem


def command(localizer: Localizer) -> click.Command:
    """The command, with its help in the person's language."""

    @click.command("run", help=localizer.say("cli.run.help"))
    def run() -> None:
        from bot.app import StorageBrokenDownError, serve  # noqa: PLC0415 - a wrong setting is said before all this loads

        try:
            settings = Settings()
            serve(settings)
        except StartupRefusedError as error:
            fail(localizer, error.problem)
        except StorageBrokenDownError as error:
            click.echo(localizer.say("cli.run.broken"), err=True)
            raise click.exceptions.Exit(1) from error

    return run


def fail(localizer: Localizer, problem: Problem) -> NoReturn:
    """Say what is wrong on stderr with its code, and end with exit status 1."""
    click.echo(f"{problem.code} {one_line(localizer.problem(problem))}", err=True)
    raise click.exceptions.Exit(1)
