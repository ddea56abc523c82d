"""What can be said about a PostgreSQL database without touching it, beside live processes too."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from storage.addresses import connection_info, without_password
from storage.audit import ENTRIES, HEADS, breaks
from storage.inspection import COUNTS, MOST_BREAKS, Durability, Engine, Inspection, Soundness, work_from
from storage.postgresql_connection import connect, objections
from storage.postgresql_opening import answering
from storage.postgresql_schema import check, version
from storage.schema import Schema

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

_FACTS = (
    "select current_setting('server_version'), current_setting('synchronous_commit'),"
    " pg_database_size(current_database())"
)
_FULL = 2


def inspect(url: str, now: datetime) -> Inspection:
    """Look at everything in one consistent snapshot; the server looks after its own pages.

    Raises StartupRefusedError D018 when it cannot be reached or read.
    """
    with answering(url), closing(connect(connection_info(url))) as connection:
        connection.execute("begin isolation level repeatable read read only")
        return _inspect(connection, without_password(url), now)


def column(url: str, query: str) -> list[str]:
    """The only column of a query's rows; StartupRefusedError D018 when the server cannot be asked."""
    with answering(url), closing(connect(connection_info(url))) as connection:
        return [str(value) for (value,) in connection.execute(query)]


def _inspect(connection: psycopg.Connection[Any], name: str, now: datetime) -> Inspection:
    state = check(connection)
    is_current = state is Schema.CURRENT
    [(engine, synchronous, size)] = connection.execute(_FACTS).fetchall()
    [counts] = connection.execute(COUNTS).fetchall() if is_current else [None]
    wrong = tuple(objections(connection))
    return Inspection(
        path=name,
        engine=Engine(f"PostgreSQL {engine}", has_wal_reset_fault=False),
        schema=state,
        schema_version=version(connection),
        durability=Durability("wal", 0 if wrong or synchronous in {"off", "local"} else _FULL),
        soundness=Soundness(wrong, 0, _broken_chains(connection) if is_current else ()),
        work=None if counts is None else work_from(counts, now),
        database_bytes=size,
        free_bytes=None,
    )


def _broken_chains(connection: psycopg.Connection[Any]) -> tuple[str, ...]:
    """The first few breaks; the history comes in portions, whatever its length."""
    heads = connection.execute(HEADS).fetchall()
    with connection.cursor(name="entries") as cursor:
        cursor.itersize = 2000
        return tuple(str(each) for each in islice(breaks(cursor.execute(ENTRIES), heads), MOST_BREAKS))
