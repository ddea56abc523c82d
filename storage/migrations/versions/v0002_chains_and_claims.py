"""History in chains, and the marks by which several processes share the inbox and the outbox."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("x''")
_EMPTY_POSTGRESQL = sa.text("''::bytea")
_SQLITE = (
    "drop trigger history_refuses_update",
    (
        "create trigger history_refuses_update before update on history "
        "begin select raise(abort, 'history is append-only'); end"
    ),
)
_POSTGRESQL = (
    "alter table history disable trigger history_refuses_change",
    "alter table history enable trigger history_refuses_change",
)
_FIELDS = "assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at"


def upgrade() -> None:
    """Add the columns, and chain the entries that there are."""
    _workers()
    _chains()


def _workers() -> None:
    op.create_table(
        "worker",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seen_at", _NUMBER, nullable=False),
        sqlite_strict=True,
    )
    op.add_column("inbox", sa.Column("worker", _NUMBER))
    op.add_column("outbox", sa.Column("worker", _NUMBER))
    waiting = sa.text("state = 'waiting'")
    op.create_index("inbox_sender", "inbox", ["sender", "id"], sqlite_where=waiting, postgresql_where=waiting)


def _chains() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    empty = _EMPTY if is_sqlite else _EMPTY_POSTGRESQL
    op.add_column("assessment", sa.Column("head", sa.LargeBinary, nullable=False, server_default=empty))
    for name in ("previous", "digest"):
        op.add_column("history", sa.Column(name, sa.LargeBinary, nullable=False, server_default=empty))
    lift, guard = _SQLITE if is_sqlite else _POSTGRESQL
    op.execute(lift)
    _chain_what_there_is(op.get_bind())
    op.execute(guard)


def _chain_what_there_is(connection: sa.Connection) -> None:
    heads: dict[int, bytes] = {}
    rows = connection.execute(sa.text(f"select id, {_FIELDS} from history order by id"))  # noqa: S608 - our own names
    for number, *fields in rows.fetchall():
        previous = heads.get(fields[0], b"")
        heads[fields[0]] = digest = _digest(previous, fields)
        connection.execute(
            sa.text("update history set previous = :previous, digest = :digest where id = :id"),
            {"previous": previous, "digest": digest, "id": number},
        )
    for assessment, head in heads.items():
        connection.execute(
            sa.text("update assessment set head = :head where id = :id"), {"head": head, "id": assessment}
        )


def _digest(previous: bytes, fields: list[Any]) -> bytes:
    """As `storage.chain` had it when this was written; `grouped` is the seventh."""
    canonical = [*fields[:6], bool(fields[6]), *fields[7:]]
    return sha256(previous + orjson.dumps(canonical)).digest()
