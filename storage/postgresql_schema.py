"""Which schema a PostgreSQL database has, and how it gets this version's."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from storage.postgresql_connection import connect
from storage.schema import Schema, compare, expected_version, upgrade

if TYPE_CHECKING:
    import psycopg

MIGRATION_LOCK: Final = 0x7A696368
"""Held by whoever migrates, so that of several processes which start at once one does."""

_TABLES: Final = """
    select to_regclass('alembic_version') is not null, to_regclass('inbox') is not null,
           exists (select 1 from pg_tables where schemaname = current_schema())
"""


def check(connection: psycopg.Connection[Any]) -> Schema:
    """What the database holds, in the schema that its search path names first."""
    [(is_versioned, has_inbox, has_tables)] = connection.execute(_TABLES).fetchall()
    if not is_versioned:
        return Schema.EMPTY if not has_tables else Schema.FOREIGN
    number = version(connection)
    return compare(number) if number and has_inbox else Schema.FOREIGN


def version(connection: psycopg.Connection[Any]) -> str:
    """The number of the schema that the database has; empty where it has none."""
    [(is_versioned, *_)] = connection.execute(_TABLES).fetchall()
    rows = connection.execute("select version_num from alembic_version").fetchall() if is_versioned else []
    return str(rows[0][0]) if rows else ""


def migrate(info: str, target: str = expected_version) -> None:
    """Bring a database to that version in one transaction; whoever comes second finds it done."""
    import sqlalchemy  # noqa: PLC0415 - takes half a second, and only a migration needs it

    def transactional() -> psycopg.Connection[Any]:
        connection = connect(info)
        connection.autocommit = False
        return connection

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=transactional, poolclass=sqlalchemy.NullPool, use_native_hstore=False
    )
    with engine.begin() as connection:
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({MIGRATION_LOCK})")
        upgrade(connection, target)


def look(info: str) -> Schema:
    """What the database of that address holds; raises psycopg.Error."""
    with closing(connect(info)) as connection:
        return check(connection)
