"""One transaction over the database for a command, and its refusals."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.refusal import one_line, refuse
from bot.errors import InvalidInputError, StartupRefusedError
from bot.settings import Settings
from storage.opening import alone, open_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.localization import Localizer
    from bot.services.ports import Transaction

T = TypeVar("T")


def in_database(work: Callable[[Transaction], T]) -> T:
    """Run the work in one transaction; raises StartupRefusedError when the database is not to be had."""
    settings = Settings()
    return within(settings.database, settings.data_dir, work)


def within(url: str, data_dir: Path, work: Callable[[Transaction], T]) -> T:
    """The same for a database that is named."""
    with alone(url, data_dir):
        return asyncio.run(_run(url, data_dir, work))


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
