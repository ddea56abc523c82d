"""Which schema a database has, and how it gets this version's."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from enum import Enum
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from storage.addresses import database_path
from storage.connection import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy

VERSIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""Every version of the schema there has been, oldest first."""

expected_version: Final = VERSIONS[-1]


class Schema(Enum):
    """What a database holds, from this version's point of view."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


_VERSION = """
    select (select application_id from pragma_application_id()), (select version_num from alembic_version)
"""
_WITHOUT_VERSION = "select (select application_id from pragma_application_id()), (select count(*) from sqlite_master)"


def check(connection: sqlite3.Connection) -> Schema:
    """What the database holds, asked in one query; sqlite3.DatabaseError where it cannot be read."""
    try:
        mark, version = connection.execute(_VERSION).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        mark, tables = connection.execute(_WITHOUT_VERSION).fetchone()
        return Schema.EMPTY if mark == 0 and tables == 0 else Schema.FOREIGN
    return Schema.FOREIGN if mark != APPLICATION_ID or version is None else compare(version)


def compare(version: str) -> Schema:
    """What a database of ours holds whose schema has that number."""
    if version == expected_version:
        return Schema.CURRENT
    return Schema.OLDER if version in VERSIONS else Schema.NEWER


def version(connection: sqlite3.Connection) -> str:
    """The number of the schema that the database has; empty where it has none."""
    try:
        row = connection.execute("select version_num from alembic_version").fetchone()
    except sqlite3.OperationalError:
        return ""
    return str(row[0]) if row else ""


def migrate(url: str, target: str = expected_version) -> None:
    """Bring a database to that version in one transaction: killed at any point, it has the old one or the new one.

    Creates the file where there is none, from the script of the newest version, which `storage.snapshot` writes;
    raises sqlite3.Error when the database refuses.
    """
    path = database_path(url)
    if target != expected_version or not _create(path):
        run_migrations(path, target)


def run_migrations(path: Path, target: str = expected_version) -> None:
    """Bring a database to that version by the migrations alone, in one transaction."""
    with _transaction(path) as connection:
        upgrade(connection, target)


def _create(path: Path) -> bool:
    """Give an empty database the newest schema; False, and nothing done, where it is not empty."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        is_empty = check(connection) is Schema.EMPTY
        if is_empty:
            connection.executescript(files("storage").joinpath("schema.sql").read_text("utf-8"))
        return is_empty


def upgrade(connection: sqlalchemy.Connection, target: str = expected_version) -> None:
    """Run the migrations inside the connection's transaction; raises the driver's own error.

    Alembic is imported here and nowhere else.
    """
    from alembic import command  # noqa: PLC0415 - takes half a second, and only a migration needs it
    from alembic.config import Config  # noqa: PLC0415 - the same
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, target)
    except DBAPIError as error:
        raise error.orig or error from error


@contextmanager
def _transaction(path: Path) -> Iterator[sqlalchemy.Connection]:
    """A connection of SQLAlchemy's whose whole work is one immediate transaction."""
    import sqlalchemy  # noqa: PLC0415 - see upgrade

    engine = sqlalchemy.create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None), poolclass=sqlalchemy.NullPool
    )
    sqlalchemy.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("begin immediate"))
    try:
        with engine.begin() as connection:
            yield connection
    except sqlalchemy.exc.DBAPIError as error:
        raise error.orig or error from error
