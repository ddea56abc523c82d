"""What somebody is on their way to put right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the finding that a person came from."""
    op.add_column("position", sa.Column("errand", sa.Text, nullable=False, server_default=""))
