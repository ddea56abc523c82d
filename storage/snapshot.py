"""`python -m storage.snapshot`: write `schema.sql`, the newest schema as the migrations make it, anew."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from storage.connection import APPLICATION_ID
from storage.schema import expected_version, run_migrations

SCRIPT: Final = Path(__file__).with_name("schema.sql")

_MADE_BY_US: Final = "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid"


def newest() -> str:
    """The script that makes an empty SQLite database what the migrations would make it, in one transaction."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        run_migrations(path)
        with closing(sqlite3.connect(path)) as connection:
            made = [str(sql) for (sql,) in connection.execute(_MADE_BY_US)]
    statements = (
        "begin immediate",
        f"pragma application_id = {APPLICATION_ID}",
        *made,
        f"insert into alembic_version (version_num) values ('{expected_version}')",  # noqa: S608 - our own number
        "commit",
    )
    return "".join(f"{each};\n" for each in statements)


if __name__ == "__main__":
    SCRIPT.write_text(newest(), "utf-8")
