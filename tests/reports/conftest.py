"""Leaves out what needs LibreOffice, unless it is asked for by its marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`pytest -m office` runs these tests; nothing else does."""
    if "office" in str(config.getoption("markexpr")):
        return
    left_out = [item for item in items if item.get_closest_marker("office")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
