"""The first tables: people, assessments, history, inbox, outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FLAG = sa.Boolean(create_constraint=False).with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables in an empty database."""
    if _is_sqlite():
        op.execute(f"pragma application_id = {0x7A696368}")
    _people()
    _assessments()
    _history()
    _inbox()
    _outbox()


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("telegram_id", _NUMBER, nullable=False, unique=True),
        sa.Column("locale", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("unreachable_since", sa.Text),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "position",
        sa.Column("person", _NUMBER, sa.ForeignKey("person.id"), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("assessment", _NUMBER),
        sa.Column("walk", sa.Text, nullable=False),
        sa.Column("back", sa.Text, nullable=False),
        sa.Column("last_action", _NUMBER, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sqlite_strict=True,
    )


def _assessments() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("rubric", sa.Text, nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("owner", _NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("assessment_owner", "assessment", ["owner"])
    op.create_table(
        "answer",
        sa.Column("assessment", _NUMBER, sa.ForeignKey("assessment.id"), primary_key=True, autoincrement=False),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("revision", _NUMBER, nullable=False),
        sa.Column("grouped", _FLAG, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("by_person", _NUMBER, sa.ForeignKey("person.id")),
        sa.Column("at", sa.Text),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "veto",
        sa.Column("assessment", _NUMBER, sa.ForeignKey("assessment.id"), primary_key=True, autoincrement=False),
        sa.Column("veto", sa.Text, primary_key=True),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("declared", _FLAG),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("revision", _NUMBER, nullable=False),
        sa.Column("by_person", _NUMBER, sa.ForeignKey("person.id")),
        sa.Column("at", sa.Text),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("assessment", _NUMBER, sa.ForeignKey("assessment.id"), nullable=False),
        sa.Column("action", _NUMBER, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("grouped", _FLAG, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("revision", _NUMBER, nullable=False),
        sa.Column("by_person", _NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("history_subject", "history", ["assessment", "subject", "id"])
    op.create_index("history_action", "history", ["assessment", "action", "id"])
    if not _is_sqlite():
        _refuse_changes_of_history_on_postgresql()
        return
    for change in ("update", "delete"):
        op.execute(
            f"create trigger history_refuses_{change} before {change} on history "
            "begin select raise(abort, 'history is append-only'); end"
        )


def _refuse_changes_of_history_on_postgresql() -> None:
    op.execute(
        "create function history_is_append_only() returns trigger language plpgsql as "
        "$$ begin raise integrity_constraint_violation using message = 'history is append-only'; end $$"
    )
    op.execute(
        "create trigger history_refuses_change before update or delete or truncate on history "
        "execute function history_is_append_only()"
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("update_id", _NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("sender", _NUMBER, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", _NUMBER, nullable=False, server_default=sa.text("0")),
        sa.Column("done_at", sa.Text),
        sa.Column("reference", sa.Text),
        sa.UniqueConstraint("update_id", "digest"),
        sa.CheckConstraint("state in ('waiting', 'done', 'quarantined')", name="inbox_state"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for state in ("waiting", "quarantined"):
        unfinished = sa.text(f"state = '{state}'")
        op.create_index(f"inbox_{state}", "inbox", ["id"], sqlite_where=unfinished, postgresql_where=unfinished)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("chat_id", _NUMBER, nullable=False),
        sa.Column("person", _NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("callback_id", sa.Text),
        sa.Column("message_id", _NUMBER),
        sa.Column("notice_key", sa.Text),
        sa.Column("notice_arguments", sa.LargeBinary),
        sa.Column("notice_alert", _FLAG, nullable=False),
        sa.Column("draws", _FLAG, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("not_before", sa.Text),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
