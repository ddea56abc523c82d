"""Opening a PostgreSQL database for work: an empty one is filled, an older one waits for an operator."""

from __future__ import annotations

import asyncio
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

import psycopg

from bot.errors import StartupRefusedError, StorageUnavailableError
from bot.problems import Problem
from storage.addresses import connection_info, without_password
from storage.codes import StorageCode
from storage.postgresql import PostgresStorage
from storage.postgresql_connection import connect, objections
from storage.postgresql_schema import check, migrate
from storage.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFUSED: Final = {
    Schema.NEWER: StorageCode.NEWER,
    Schema.FOREIGN: StorageCode.FOREIGN,
    Schema.OLDER: StorageCode.OLDER,
}


async def open_storage(url: str) -> PostgresStorage:
    """The storage of that URL, ready to run use cases.

    Raises StartupRefusedError: D018 when the server cannot be reached or refuses, D019 when it cannot keep our data
    safely, D005 or D006 when the database is a newer version's or not ours, D020 when it is an older one's.
    """
    await asyncio.to_thread(_fill_when_empty, url)
    info = connection_info(url)
    try:
        return await PostgresStorage.open(info)
    except StorageUnavailableError as error:
        raise _unreachable(url, error) from error


def make_ready(url: str) -> None:
    """Fill an empty database, or bring an older one to this version's schema; refuses as `open_storage` does."""
    state = look(url)
    if state in {Schema.EMPTY, Schema.OLDER}:
        with answering(url):
            migrate(connection_info(url))
    else:
        refuse(url, state)


def look(url: str) -> Schema:
    """What the database holds; refuses a server that cannot be reached, or cannot keep our data safely."""
    with answering(url), closing(connect(connection_info(url))) as connection:
        wrong = objections(connection)
        if wrong:
            reason = ", ".join(wrong)
            raise StartupRefusedError(Problem(StorageCode.UNSUITABLE, without_password(url), {"reason": reason}))
        return check(connection)


def refuse(url: str, state: Schema) -> None:
    """Refuse a database that holds something else than this version's schema."""
    if state in _REFUSED:
        raise StartupRefusedError(Problem(_REFUSED[state], without_password(url)))


@contextmanager
def answering(url: str) -> Iterator[None]:
    """Take the server's errors for a refusal to start."""
    try:
        yield
    except psycopg.Error as error:
        raise _unreachable(url, error) from error


def _fill_when_empty(url: str) -> None:
    state = look(url)
    refuse(url, state)
    if state is Schema.EMPTY:
        make_ready(url)


def _unreachable(url: str, error: Exception) -> StartupRefusedError:
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return StartupRefusedError(Problem(StorageCode.UNREACHABLE, without_password(url), {"reason": reason}))
