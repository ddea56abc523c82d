"""`zicha doctor`: what it finds, and its exit status."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.cli import commands
from bot.cli.doctor import Finding, State
from bot.cli.doctor import _webhook as judge_webhook
from bot.handlers.greeting import Greeting
from bot.settings import PREFIX, Webhook
from storage.files import FileStore
from storage.lock import hold
from storage.opening import open_storage
from tests.handlers.harness import LOCALIZERS

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://bot.example.org/private-path"
OURS = Webhook(URL, "/private-path", "a-secret-of-enough-letters", "127.0.0.1", 8080)


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


def test_files_that_are_missing_changed_or_meant_by_nothing_are_found(database: Path, data: Path) -> None:
    store = FileStore(data)
    whole, changed, stray = (store.keep(words) for words in (b"whole", b"changed", b"stray"))
    store.path(changed).write_bytes(b"hanged!")
    missing = "ab" * 32
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("insert into person (id, telegram_id, created_at) values (1, 100, '')")
        connection.execute(
            "insert into assessment (id, rubric, version, kind, owner, created_at, changed_at)"
            " values (7, 'r', 1, 'practice', 1, '', '')"
        )
        rows = [(name,) for name in (whole, changed, missing)]
        connection.executemany("insert into file values (7, ?, 5, '')", rows)
    status, found = doctor("--offline")
    assert status == 1
    assert found["files"]["state"] == "wrong"
    assert sorted(found["files"]["lost"]) == sorted([changed, missing])
    assert found["files"]["strays"] == [stray]
    assert found["strays"]["state"] == "hint"


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


def webhook(hook: Webhook | None, **heard: Any) -> Finding:  # noqa: ANN401 - any field of a greeting
    """What the doctor finds when Telegram says this of the webhook."""
    greeting = Greeting("bot", **{"webhook": URL, "pending": 0, "last_error": "", **heard})
    return judge_webhook(greeting, hook, "https://api.telegram.org")


def test_a_webhook_that_stands_in_the_way_of_polling_is_wrong_and_the_way_out_is_told() -> None:
    found = webhook(None)
    assert found.state is State.WRONG
    assert "deleteWebhook" in found.words(LOCALIZERS.of("en"))
    assert "private-path" not in found.words(LOCALIZERS.of("en"))


def test_a_webhook_is_well_when_telegram_posts_to_it_and_nothing_failed() -> None:
    assert webhook(OURS).state is State.OK
    assert webhook(OURS, last_error="timeout").state is State.OK
    assert webhook(OURS, last_error="timeout", pending=3).state is State.WRONG
    assert webhook(OURS, webhook="").state is State.HINT
    assert webhook(OURS, webhook="https://elsewhere.example/x").state is State.WRONG


def test_a_webhook_without_a_secret_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_URL", URL)
    status, found = doctor("--offline")
    assert (status, found["settings"]["code"]) == (1, "H010")


def test_the_report_for_people_has_a_line_for_each_check(database: Path) -> None:
    assert database.exists()
    ran = CliRunner().invoke(commands(LOCALIZERS.of("en")), ["doctor", "--offline"])
    assert all(line.startswith(("[ok] ", "[note] ", "[wrong] ")) for line in ran.stdout.splitlines())
