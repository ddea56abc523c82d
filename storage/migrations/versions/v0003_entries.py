"""Assessments of stations, and what is written beside the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the columns."""
    op.add_column("assessment", sa.Column("station", _NUMBER))
    op.add_column("assessment", sa.Column("form", sa.Text))
    op.add_column("assessment", sa.Column("form_version", _NUMBER))
    op.create_index("assessment_station", "assessment", ["station"])
    op.create_table(
        "entry",
        sa.Column("assessment", _NUMBER, sa.ForeignKey("assessment.id"), primary_key=True, autoincrement=False),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("revision", _NUMBER, nullable=False),
        sa.Column("by_person", _NUMBER, sa.ForeignKey("person.id")),
        sa.Column("at", sa.Text),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
