"""`zicha db`: migrate, back up and restore the database."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.refusal import one_line
from bot.errors import StartupRefusedError
from bot.settings import Settings
from storage.addresses import database_path
from storage.backup import back_up, restore
from storage.lock import hold
from storage.opening import make_ready
from storage.schema import expected_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer

_FILE = click.Path(path_type=Path)


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("db", help=localizer.say("cli.db.help"))
    group.add_command(_migrate(localizer))
    group.add_command(_backup(localizer))
    group.add_command(_restore(localizer))
    return group


def _migrate(localizer: Localizer) -> click.Command:
    @click.command("migrate", help=localizer.say("cli.db.migrate.help"))
    def migrate() -> None:
        with _refusing(localizer):
            settings = Settings()
            with hold(settings.data_dir):
                make_ready(settings.database, settings.data_dir)
            path = database_path(settings.database)
        click.echo(localizer.say("cli.db.migrated", database=str(path), version=expected_version))

    return migrate


def _backup(localizer: Localizer) -> click.Command:
    @click.command("backup", help=localizer.say("cli.db.backup.help"))
    @click.argument("file", type=_FILE)
    def backup(file: Path) -> None:
        with _refusing(localizer):
            back_up(database_path(Settings().database), file)
        click.echo(localizer.say("cli.db.backed_up", file=str(file), bytes=file.stat().st_size))

    return backup


def _restore(localizer: Localizer) -> click.Command:
    @click.command("restore", help=localizer.say("cli.db.restore.help"))
    @click.argument("file", type=_FILE)
    def put_back(file: Path) -> None:
        with _refusing(localizer):
            settings = Settings()
            path = database_path(settings.database)
            aside = restore(file, path, settings.data_dir)
        if aside is not None:
            click.echo(localizer.say("cli.db.moved_aside", aside=str(aside)))
        click.echo(localizer.say("cli.db.restored", file=str(file), database=str(path)))

    return put_back


@contextmanager
def _refusing(localizer: Localizer) -> Iterator[None]:
    """Say a refusal with its code on stderr, and end with exit status 1."""
    try:
        yield
    except StartupRefusedError as error:
        problem = error.problem
        click.echo(f"{problem.code} {one_line(localizer.problem(problem))}", err=True)
        raise click.exceptions.Exit(1) from error
