"""Which files an assessment has been shown, and replies that bring a document or stand for several updates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the columns."""
    op.create_table(
        "file",
        sa.Column("assessment", _NUMBER, sa.ForeignKey("assessment.id"), primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("bytes", _NUMBER, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.add_column("outbox", sa.Column("document", sa.Text))
    op.add_column("outbox", sa.Column("topic", sa.Text))
    has_topic = sa.text("topic is not null")
    op.create_index("outbox_topic", "outbox", ["chat_id", "topic"], sqlite_where=has_topic, postgresql_where=has_topic)
