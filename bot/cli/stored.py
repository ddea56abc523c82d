"""One transaction over the database for a command, and its refusals."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.refusal import one_line, refuse
from bot.errors import InvalidInputError, StartupRefusedError
from bot.settings import Settings
from storage.addresses import database_path, is_postgresql
from storage.backup import back_up
from storage.opening import alone, open_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.localization import Localizer
    from bot.services.ports import Transaction

S = TypeVar("S")
T = TypeVar("T")


def in_database(work: Callable[[Transaction], T]) -> T:
    """Run the work in one transaction; raises StartupRefusedError when the database is not to be had."""
    settings = Settings()
    return within(settings.database, settings.data_dir, work)


def within(url: str, data_dir: Path, work: Callable[[Transaction], T]) -> T:
    """The same for a database that is named."""
    with alone(url, data_dir):
        return asyncio.run(_run(url, data_dir, work))


def reading(listed: Callable[[Transaction], Sequence[S]], read: Callable[[Transaction, S], T]) -> list[T]:
    """What `read` makes of each thing that `listed` names, while a bot may be running and nobody waits for all of it.

    A database in a file is copied for it; on a server each thing is read in a transaction of its own.
    """
    settings = Settings()
    if is_postgresql(settings.database):
        return asyncio.run(_run_each(settings.database, settings.data_dir, listed, read))
    with TemporaryDirectory(prefix="zicha-") as folder:
        copy = Path(folder) / "zicha.db"
        back_up(database_path(settings.database), copy)
        return asyncio.run(_run_each(f"sqlite:///{copy}", Path(folder), listed, read))


async def _run_each(
    url: str, data_dir: Path, listed: Callable[[Transaction], Sequence[S]], read: Callable[[Transaction, S], T]
) -> list[T]:
    storage = await open_storage(url, data_dir)
    try:
        things = await storage.run(listed)
        return [await storage.run(partial(_read, read=read, thing=each)) for each in things]
    finally:
        await storage.close()


def _read(tx: Transaction, *, read: Callable[[Transaction, S], T], thing: S) -> T:
    return read(tx, thing)


async def _run(url: str, data_dir: Path, work: Callable[[Transaction], T]) -> T:
    storage = await open_storage(url, data_dir)
    try:
        return await storage.run(work)
    finally:
        await storage.close()


@contextmanager
def refusing(localizer: Localizer) -> Iterator[None]:
    """Say a refusal with its code: exit status 1 for the database, 2 for what was given."""
    try:
        yield
    except StartupRefusedError as error:
        click.echo(f"{error.problem.code} {one_line(localizer.problem(error.problem))}", err=True)
        raise click.exceptions.Exit(1) from error
    except InvalidInputError as error:
        refuse(localizer, error.problems)
