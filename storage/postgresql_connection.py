"""A connection to a PostgreSQL server, as durable as a use case needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.types.numeric import Int8Dumper

from storage.dialect import for_postgresql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.statements import Row, Value

OLDEST_SERVER: Final = 140000
"""The first release that is tried here: PostgreSQL 14."""

LOCK_TIMEOUT: Final = 5
"""Seconds to wait for somebody else's row, before everybody is told that the database is busy."""

IDLE_TIMEOUT: Final = 30
"""Seconds after which the server ends a transaction whose process was stopped, so that it holds up nobody."""

OPTIONS: Final = {
    "application_name": "zicha",
    "connect_timeout": 5,
    "client_encoding": "UTF8",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

_SETTINGS: Final = (
    "select set_config('synchronous_commit', 'on', false), set_config('lock_timeout', %s, false),"
    " set_config('idle_in_transaction_session_timeout', %s, false),"
    " set_config('default_transaction_isolation', 'read committed', false), set_config('timezone', 'UTC', false)"
)
_PROPERTIES: Final = (
    "select current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('fsync'),"
    " current_setting('full_page_writes'), pg_is_in_recovery()"
)


class PostgresConnection:
    """What the SQL of this package needs of a connection; every statement is prepared by the server once."""

    __slots__ = ("_execute",)

    def __init__(self, cursor: psycopg.Cursor[Row]) -> None:
        self._execute = cursor.execute

    def execute(self, sql: str, parameters: Mapping[str, Value], /) -> list[Row]:
        """Run one statement; all of its rows."""
        cursor = self._execute(for_postgresql(sql), parameters, prepare=True)
        return cursor.fetchall() if cursor.description else []


def connect(info: str) -> psycopg.Connection[Any]:
    """A connection on which every transaction is begun and committed in words; raises psycopg.Error."""
    connection = psycopg.connect(info, autocommit=True, **OPTIONS)  # type: ignore[arg-type]  # libpq's own options
    connection.adapters.register_dumper(int, Int8Dumper)  # one type for all whole numbers: one prepared statement
    connection.prepared_max = None
    connection.execute(_SETTINGS, (f"{LOCK_TIMEOUT}s", f"{IDLE_TIMEOUT}s"))
    return connection


def objections(connection: psycopg.Connection[Any]) -> list[str]:
    """Why that server cannot keep our data safely, in PostgreSQL's own words; empty when it can."""
    row = connection.execute(_PROPERTIES).fetchone()
    if row is None:  # cannot be
        return ["no answer"]
    version, encoding, fsync, full_page_writes, is_standby = row
    wrong = {
        f"server_version_num={version}": version < OLDEST_SERVER,
        f"server_encoding={encoding}": encoding != "UTF8",
        f"fsync={fsync}": fsync != "on",
        f"full_page_writes={full_page_writes}": full_page_writes != "on",
        "pg_is_in_recovery=true": is_standby,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]
