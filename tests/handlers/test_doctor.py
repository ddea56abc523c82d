"""`zicha doctor`: what it finds, and its exit status."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.cli import commands
from bot.settings import PREFIX
from storage.lock import hold
from storage.opening import open_storage
from tests.handlers.harness import LOCALIZERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder named in the settings; not made yet."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def database(data: Path) -> Path:
    """A database as the bot leaves it."""

    async def made() -> None:
        await (await open_storage(f"sqlite:///{data / 'zicha.db'}", data)).close()

    asyncio.run(made())
    return data / "zicha.db"


def doctor(*arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    ran = CliRunner().invoke(commands(LOCALIZERS.of("en")), ["doctor", "--json", *arguments])
    return ran.exit_code, {each["check"]: each for each in json.loads(ran.stdout)}


def test_a_fresh_folder_is_well() -> None:
    status, found = doctor("--offline")
    assert status == 0
    assert found["database"]["state"] == "hint"


def test_a_sound_database_is_well_and_nothing_is_changed(database: Path) -> None:
    before = database.read_bytes()
    status, found = doctor("--offline")
    assert status == 0
    assert {found[name]["state"] for name in ("schema", "durability", "integrity", "space", "work")} == {"ok"}
    assert database.read_bytes() == before


def test_a_damaged_database_is_wrong(database: Path) -> None:
    database.write_bytes(b"no database at all" * 500)
    status, found = doctor("--offline")
    assert status == 1
    assert found["database"]["state"] == "wrong"


def test_a_lost_database_is_wrong(data: Path) -> None:
    data.mkdir()
    status, found = doctor("--offline")
    assert status == 1
    assert found["database"]["code"].startswith("D0")


def test_who_holds_the_folder_is_named(data: Path) -> None:
    with hold(data):
        _, found = doctor("--offline")
    assert int(found["process"]["pid"]) > 0
    _, found = doctor("--offline")
    assert found["process"]["state"] == "hint"


def test_without_a_token_or_without_telegram_something_is_wrong(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.exists()
    status, found = doctor()
    assert (status, found["settings"]["code"]) == (1, "H001")
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "123456:AAcanary")
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_API", "http://127.0.0.1:9")
    status, found = doctor()
    assert (status, found["telegram"]["state"]) == (1, "wrong")
    assert "canary" not in str(found)


def test_the_report_for_people_has_a_line_for_each_check(database: Path) -> None:
    assert database.exists()
    ran = CliRunner().invoke(commands(LOCALIZERS.of("en")), ["doctor", "--offline"])
    assert all(line.startswith(("[ok] ", "[note] ", "[wrong] ")) for line in ran.stdout.splitlines())
