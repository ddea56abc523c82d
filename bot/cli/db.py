"""`zicha db`: migrate, back up, restore and move the database."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.refusal import one_line
from bot.errors import StartupRefusedError
from bot.problems import Problem
from bot.settings import Settings
from storage.addresses import database_path, is_postgresql, without_password
from storage.codes import StorageCode
from storage.driver import postgresql
from storage.full_backup import DATABASE, back_up_all, restore_all
from storage.lock import hold
from storage.opening import alone, make_ready
from storage.schema import expected_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer
    from storage.full_backup import Carried
    from storage.postgresql_copy import Copied

_PATH = click.Path(path_type=Path)
_NAMED = 3
"""So many lost files are named; `zicha doctor --json` names all."""


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("db", help=localizer.say("cli.db.help"))
    group.add_command(_migrate(localizer))
    group.add_command(_backup(localizer))
    group.add_command(_restore(localizer))
    group.add_command(_copy(localizer))
    return group


def _migrate(localizer: Localizer) -> click.Command:
    @click.command("migrate", help=localizer.say("cli.db.migrate.help"))
    def migrate() -> None:
        with _refusing(localizer):
            settings = Settings()
            url = settings.database
            with alone(url, settings.data_dir):
                make_ready(url, settings.data_dir)
            name = without_password(url) if is_postgresql(url) else str(database_path(url))
        click.echo(localizer.say("cli.db.migrated", database=name, version=expected_version))

    return migrate


def _backup(localizer: Localizer) -> click.Command:
    @click.command("backup", help=localizer.say("cli.db.backup.help"))
    @click.argument("folder", type=_PATH)
    def backup(folder: Path) -> None:
        with _refusing(localizer):
            settings = Settings()
            files = back_up_all(_file_of(settings.database, "backup"), settings.data_dir, folder)
        size = (folder / DATABASE).stat().st_size
        click.echo(localizer.say("cli.db.backed_up", folder=str(folder), bytes=size, count=files.whole))
        _admit(files, localizer)

    return backup


def _restore(localizer: Localizer) -> click.Command:
    @click.command("restore", help=localizer.say("cli.db.restore.help"))
    @click.argument("backup", type=_PATH)
    def restore(backup: Path) -> None:
        with _refusing(localizer):
            settings = Settings()
            path = _file_of(settings.database, "restore")
            restored = restore_all(backup, path, settings.data_dir)
        if restored.aside is not None:
            click.echo(localizer.say("cli.db.moved_aside", aside=str(restored.aside)))
        whole = restored.files.whole
        click.echo(localizer.say("cli.db.restored", backup=str(backup), database=str(path), count=whole))
        _admit(restored.files, localizer)

    return restore


def _admit(files: Carried, localizer: Localizer) -> None:
    """Say which files are lost, and end with exit status 1, so that nobody throws an older backup away."""
    if files.lost:
        names = ", ".join(files.lost[:_NAMED])
        click.echo(one_line(localizer.say("cli.db.files_lost", count=len(files.lost), names=names)), err=True)
        raise click.exceptions.Exit(1)


def _copy(localizer: Localizer) -> click.Command:
    @click.command("copy", help=localizer.say("cli.db.copy.help"))
    @click.argument("sqlite", type=_PATH)
    @click.argument("postgres")
    def copy(sqlite: Path, postgres: str) -> None:
        def tell(table: str, rows: int) -> None:
            click.echo(localizer.say("cli.db.copying", table=table, rows=rows), err=True)

        with _refusing(localizer):
            if not is_postgresql(postgres):
                raise StartupRefusedError(Problem(StorageCode.NO_SERVER, "POSTGRES"))
            with hold(sqlite.parent):
                tables: list[Copied] = postgresql("storage.postgresql_copy").copy(sqlite, postgres, tell)
        for each in tables:
            words = localizer.say("cli.db.compared", table=each.table, rows=each.rows, digest=each.digest[:16])
            click.echo(words)
        click.echo(localizer.say("cli.db.copied", database=without_password(postgres)))

    return copy


def _file_of(url: str, task: str) -> Path:
    """The database file; StartupRefusedError D021 with the words to use instead where it is a server's."""
    if is_postgresql(url):
        raise StartupRefusedError(Problem(StorageCode.USE_PG_DUMP, without_password(url), {"task": task}))
    return database_path(url)


@contextmanager
def _refusing(localizer: Localizer) -> Iterator[None]:
    """Say a refusal with its code on stderr, and end with exit status 1."""
    try:
        yield
    except StartupRefusedError as error:
        problem = error.problem
        click.echo(f"{problem.code} {one_line(localizer.problem(problem))}", err=True)
        raise click.exceptions.Exit(1) from error
