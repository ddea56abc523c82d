"""Migrations: what they make, and what is left of one that was killed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import postgresql_schema, schema, snapshot
from storage.inspection import inspect
from storage.postgresql import PostgresStorage
from tests.storage.builders import NOW, answer, begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from storage.sqlite import SqliteStorage
    from tests.storage.server import Server

KILLED_AT_EACH_STATEMENT = """
import os, shutil, signal, sqlite3, sys
from contextlib import closing
from storage import schema

start, path, connect = sys.argv[1], sys.argv[2], sqlite3.connect

def migrate_and_die_at(number):
    def traced(*arguments, **options):
        connection = connect(*arguments, **options)
        seen = iter(range(1, number + 1))
        connection.set_trace_callback(lambda _: next(seen, 0) == number and os.kill(os.getpid(), signal.SIGKILL))
        return connection
    sqlite3.connect = traced
    schema.migrate("sqlite:///" + path)
    os._exit(0)

schema.migrate("sqlite:///" + path + ".first")
number, status = 0, 1
while status:
    number += 1
    shutil.copyfile(start, path)
    child = os.fork()
    if not child:
        migrate_and_die_at(number)
    status = os.waitpid(child, 0)[1]
    with closing(connect(path)) as connection:
        print(number, status, schema.check(connection).value, *connection.execute("pragma integrity_check").fetchone())
        connection.execute("vacuum")
"""
STARTED_TWICE = """
import sys
from pathlib import Path
from storage.opening import make_ready

url, folder = sys.argv[1:]
for _ in range(2):
    make_ready(url, Path(folder))
print({'alembic', 'sqlalchemy', 'psycopg'} & set(sys.modules))
"""
HISTORY = """
    insert into person (id, telegram_id, created_at) values (1, 100, 'then');
    insert into assessment (id, rubric, version, kind, owner, created_at, changed_at)
        values (7, 'r', 1, 'practice', 1, 'then', 'then'), (8, 'r', 1, 'practice', 1, 'then', 'then');
    insert into history (assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at)
        values (7, 1, 'item', '1.1.1', null, '{"level":"met"}', (1 = 1), '', 1, 1, 'then'),
               (8, 2, 'note', '1.1.1', '', '证书', (1 = 0), '', 1, 1, 'then'),
               (7, 3, 'item', '1.1.1', '{"level":"met"}', null, (1 = 0), '改', 2, 1, 'then');
    insert into inbox (update_id, digest, sender, payload, received_at, state)
        values (5, '', 100, '', '2026-03-01T08:30:00.000000+00:00', 'waiting');
    insert into outbox (chat_id, person, notice_alert, draws, created_at) values (100, 1, (1 = 0), (1 = 1), 'then');
"""
"""What a database of the first version may hold, in words of both databases."""


def everything(path: Path) -> list[object]:
    """All that a database holds: its schema, its rows, and the settings that stand in its header."""
    settings = ("application_id", "user_version", "encoding", "page_size", "auto_vacuum")
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), *(connection.execute(f"pragma {each}").fetchone() for each in settings)]


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A database of the first version, with something in it."""
    path = tmp_path / "first.db"
    schema.migrate(f"sqlite:///{path}", "0001")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(HISTORY.replace("'', 100, ''", "x'', 100, x''"))
    return path


def test_the_versions_we_name_are_those_that_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in revisions)[::-1] == schema.VERSIONS


def test_migrating_what_is_migrated_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    schema.migrate(f"sqlite:///{database}")
    assert database.read_bytes() == before


def test_running_needs_neither_alembic_nor_sqlalchemy_nor_a_driver_for_servers(tmp_path: Path) -> None:
    """They take half a second to import, and a start has two: neither a first start nor a later one needs them."""
    arguments = [sys.executable, "-c", STARTED_TWICE, f"sqlite:///{tmp_path}/zicha.db", str(tmp_path)]
    assert subprocess.run(arguments, capture_output=True, check=True).stdout == b"set()\n"  # noqa: S603 - our own code


def test_the_script_of_the_newest_schema_is_up_to_date() -> None:
    assert snapshot.SCRIPT.read_text("utf-8") == snapshot.newest(), "write it anew: python -m storage.snapshot"


def test_the_script_makes_exactly_what_the_migrations_make(tmp_path: Path) -> None:
    scripted, migrated = tmp_path / "scripted.db", tmp_path / "migrated.db"
    schema.migrate(f"sqlite:///{scripted}")
    schema.run_migrations(migrated)
    assert everything(scripted) == everything(migrated)


def test_the_script_leaves_a_database_alone_that_has_something_in_it(first_version: Path) -> None:
    before = everything(first_version)
    with closing(sqlite3.connect(first_version)) as connection, pytest.raises(sqlite3.OperationalError):
        connection.executescript(snapshot.SCRIPT.read_text("utf-8"))
    assert everything(first_version) == before


@pytest.mark.slow
@pytest.mark.parametrize("holds", ["nothing", "the first version"])
def test_a_migration_that_is_killed_leaves_the_old_schema_or_the_new_one(
    tmp_path: Path, first_version: Path, holds: str
) -> None:
    start = first_version
    if holds == "nothing":
        start = tmp_path / "nothing.db"
        start.touch()
    arguments = [sys.executable, "-c", KILLED_AT_EACH_STATEMENT, str(start), str(tmp_path / "zicha.db")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603 - our own code
    kills = [line.split() for line in done.stdout.splitlines()]
    assert len(kills) > 15
    assert {kill[2] for kill in kills[:-1]} == {"empty" if holds == "nothing" else "older"}
    assert kills[-1][1:] == ["0", "current", "ok"]
    assert {kill[3] for kill in kills} == {"ok"}


def test_the_history_of_the_first_version_is_chained(first_version: Path) -> None:
    url = f"sqlite:///{first_version}"
    schema.migrate(url)
    found = inspect(url, NOW)
    assert found.soundness.is_sound
    with closing(sqlite3.connect(first_version)) as connection:
        assert connection.execute("select count(distinct digest), min(length(digest)) from history").fetchone() == (
            3,
            32,
        )
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("update history set reason = ''")


def test_the_history_of_the_first_version_is_chained_on_a_server(server: Server) -> None:
    with server.database("template1") as url:
        postgresql_schema.migrate(url, "0001")
        with closing(psycopg.connect(url)) as connection:
            connection.execute(HISTORY.encode())
            connection.commit()
        postgresql_schema.migrate(url)
        assert inspect(url, NOW).soundness.is_sound


async def test_both_databases_chain_alike(
    open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]], database: Path, postgresql_url: str
) -> None:
    storage = await PostgresStorage.open(postgresql_url)
    await storage.run(lambda tx: answer(tx, begin(tx), "1.1.1"))
    await storage.close()
    async with open_sqlite() as other:
        await other.run(lambda tx: answer(tx, begin(tx), "1.1.1"))
    with closing(sqlite3.connect(database)) as one, closing(psycopg.connect(postgresql_url)) as two:
        assert (
            one.execute("select digest from history").fetchall() == two.execute("select digest from history").fetchall()
        )
