"""Migrations: what they make, and what is left of one that was killed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import schema

if TYPE_CHECKING:
    from pathlib import Path

KILLED_AT_EACH_STATEMENT = """
import os, signal, sqlite3, sys
from contextlib import closing
from storage import schema

path, connect = sys.argv[1], sqlite3.connect

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
    open(path, "wb").close()
    child = os.fork()
    if not child:
        migrate_and_die_at(number)
    status = os.waitpid(child, 0)[1]
    with closing(connect(path)) as connection:
        print(number, status, schema.check(connection).value, *connection.execute("pragma integrity_check").fetchone())
        connection.execute("vacuum")
"""


def test_the_versions_we_name_are_those_that_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in revisions)[::-1] == schema.VERSIONS


def test_migrating_what_is_migrated_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    schema.migrate(f"sqlite:///{database}")
    assert database.read_bytes() == before


def test_running_needs_neither_alembic_nor_sqlalchemy() -> None:
    """They take half a second to import, and a start has two."""
    code = "import sys, storage.opening; print({'alembic', 'sqlalchemy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"set()\n"  # noqa: S603 - our own code


@pytest.mark.slow
def test_a_migration_that_is_killed_leaves_the_old_schema_or_the_new_one(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", KILLED_AT_EACH_STATEMENT, str(tmp_path / "zicha.db")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own code
    kills = [line.split() for line in done.stdout.splitlines()]
    assert len(kills) > 20
    assert {kill[2] for kill in kills[:-1]} == {"empty"}
    assert kills[-1][1:] == ["0", "current", "ok"]
    assert {kill[3] for kill in kills} == {"ok"}
