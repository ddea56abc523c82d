"""Sieges are laid to the database that each of them names."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def databases() -> None:
    """Whatever was chosen."""
