"""Authorities, stations, the people who belong to them, and the invitations by which they come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FLAG = sa.Boolean(create_constraint=False).with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, and where a person was seen when."""
    _stations()
    _members()
    _invitations()
    _limits()
    op.add_column("position", sa.Column("at", sa.Text))
    op.add_column("position", sa.Column("seen", _NUMBER, nullable=False, server_default="0"))
    op.create_index("position_assessment", "position", ["assessment", "at"])
    op.add_column("outbox", sa.Column("place", sa.Text))


def _stations() -> None:
    op.create_table(
        "authority",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "station",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("authority", sa.Text, sa.ForeignKey("authority.code"), nullable=False),
        sa.Column("direct", _FLAG, nullable=False),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _members() -> None:
    op.create_table(
        "membership",
        sa.Column("station", _NUMBER, sa.ForeignKey("station.id"), primary_key=True, autoincrement=False),
        sa.Column("person", _NUMBER, sa.ForeignKey("person.id"), primary_key=True, autoincrement=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("joined_at", sa.Text, nullable=False),
        sa.Column("consent", _NUMBER, nullable=False),
        sa.Column("deputy", _FLAG, nullable=False),
        sa.Column("ended_at", sa.Text),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_index("membership_person", "membership", ["person"])


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("station", _NUMBER, sa.ForeignKey("station.id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("by_person", _NUMBER, sa.ForeignKey("person.id")),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("code", sa.LargeBinary, nullable=False),
        sa.Column("opened_by", _NUMBER, sa.ForeignKey("person.id")),
        sa.Column("consent", _NUMBER, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("misses", _NUMBER, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("invitation_station", "invitation", ["station", "created_at"])
    op.create_index("invitation_person", "invitation", ["opened_by"])


def _limits() -> None:
    op.create_table(
        "consent",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("person", _NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("station", _NUMBER, sa.ForeignKey("station.id"), nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("given", _FLAG, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("consent_person", "consent", ["person", "id"])
    op.create_table(
        "guess",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("person", _NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("guess_person", "guess", ["person", "at"])
