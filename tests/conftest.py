"""The PostgreSQL server of a test run, and the choice of the database that tests keep their data in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import databases as current
from tests.storage.server import Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="what tests that are about no particular database keep their data in",
    )


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started by the first test that needs one."""
    with running() as started:
        yield started


@pytest.fixture(autouse=True)
def databases(request: pytest.FixtureRequest) -> None:
    """The data folders of this test have the databases that `--database` names; those of a test of SQLite, files."""
    is_of_sqlite = request.node.get_closest_marker("sqlite") is not None
    if request.config.getoption("--database") == "postgresql" and not is_of_sqlite:
        try:
            request.getfixturevalue("on_postgresql")
        except pytest.skip.Exception as error:
            pytest.fail(f"asked for, and not to be had: {error}")


@pytest.fixture
def on_postgresql(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The data folders of this test have databases on the server, whatever was chosen, and none makes a file."""
    monkeypatch.setattr(current, "server", server)
    yield
    server.drop_all()
    assert list(tmp_path.rglob("*.db")) == []
