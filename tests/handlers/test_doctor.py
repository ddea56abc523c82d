"""`zicha doctor`: what it finds, and its exit status."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.cli import commands
from bot.cli.doctor import Finding, State
from bot.cli.doctor import _webhook as judge_webhook
from bot.handlers.greeting import Greeting
from bot.settings import PREFIX, Webhook
from storage.addresses import is_postgresql
from storage.files import FileStore
from storage.inspection import inspect
from storage.lock import hold
from storage.opening import open_storage
from tests.databases import address, setting
from tests.handlers.harness import LOCALIZERS
from tests.storage.builders import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.services.ports import Transaction
    from tests.storage.server import Server

URL = "https://bot.example.org/private-path"
OURS = Webhook(URL, "/private-path", "a-secret-of-enough-letters", "127.0.0.1", 8080)


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder named in the settings; not made yet."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", setting(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def database(data: Path) -> Path:
    """A data folder and its database, as the bot leaves them."""
    done(data, lambda tx: tx.waiting())
    return data


def done(data: Path, work: Callable[[Transaction], object]) -> None:
    """The bot was started, did that, and was stopped."""

    async def lived() -> None:
        storage = await open_storage(address(data), data)
        await storage.run(work)
        await storage.close()

    asyncio.run(lived())


def doctor(*arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    ran = CliRunner().invoke(commands(LOCALIZERS.of("en")), ["doctor", "--json", *arguments])
    return ran.exit_code, {each["check"]: each for each in json.loads(ran.stdout)}


@pytest.mark.sqlite  # on a server somebody makes the database first
def test_a_fresh_folder_is_well() -> None:
    status, found = doctor("--offline")
    assert status == 0
    assert found["database"]["state"] == "hint"


def test_a_sound_database_is_well(database: Path) -> None:
    status, found = doctor("--offline")
    assert status == 0
    assert {found[name]["state"] for name in ("schema", "durability", "integrity", "work", "files")} == {"ok"}
    assert ("server" in found) is is_postgresql(address(database))
    assert found["space"]["state"] == ("hint" if "server" in found else "ok"), "nobody tells a server's disk"


@pytest.mark.sqlite
def test_not_a_byte_of_the_file_is_changed(database: Path) -> None:
    before = (database / "zicha.db").read_bytes()
    assert doctor("--offline")[0] == 0
    assert (database / "zicha.db").read_bytes() == before


def test_files_that_are_missing_changed_or_meant_by_nothing_are_found(data: Path) -> None:
    store = FileStore(data)
    whole, changed, stray = (store.keep(words) for words in (b"whole", b"changed", b"stray"))
    store.path(changed).write_bytes(b"hanged!")
    missing = "ab" * 32

    def noted(tx: Transaction) -> None:
        number = begin(tx).id
        for name in (whole, changed, missing):
            tx.note_file(number, name, 5, NOW)

    done(data, noted)
    status, found = doctor("--offline")
    assert status == 1
    assert found["files"]["state"] == "wrong"
    assert sorted(found["files"]["lost"]) == sorted([changed, missing])
    assert found["files"]["strays"] == [stray]
    assert found["strays"]["state"] == "hint"


def test_what_was_compiled_is_looked_for_too_and_is_no_stray(data: Path) -> None:
    there, lost = FileStore(data).keep(b"letter"), "cd" * 32

    def noted(tx: Transaction) -> None:
        number = begin(tx).id
        for name, digest in (("a", there), ("b", lost), ("c", there)):
            tx.note_archived(number, "code", name, sha256=digest, size=5, at=NOW)

    done(data, noted)
    status, found = doctor("--offline")
    assert status == 1
    assert (found["files"]["files"], found["files"]["archived"]) == (0, 2)
    assert found["files"]["lost"] == [lost]
    assert found["files"]["strays"] == []


@pytest.mark.sqlite
def test_a_damaged_database_is_wrong(database: Path) -> None:
    (database / "zicha.db").write_bytes(b"no database at all" * 500)
    status, found = doctor("--offline")
    assert status == 1
    assert found["database"]["state"] == "wrong"


@pytest.mark.sqlite
def test_a_lost_database_is_wrong(data: Path) -> None:
    data.mkdir()
    status, found = doctor("--offline")
    assert status == 1
    assert found["database"]["code"].startswith("D0")


def test_a_server_that_cannot_be_reached_is_wrong_and_its_password_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "postgresql://zicha:canary@127.0.0.1:9/zicha")
    status, found = doctor("--offline")
    assert (status, found["database"]["code"]) == (1, "D018")
    assert "canary" not in str(found)


def test_a_database_without_our_tables_is_wrong(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with server.database("template1") as url:
        monkeypatch.setenv(f"{PREFIX}DATABASE_URL", url)
        status, found = doctor("--offline")
    assert (status, found["schema"]["state"]) == (1, "wrong")


def test_who_holds_the_folder_is_named(data: Path) -> None:
    with hold(data):
        _, found = doctor("--offline")
    assert int(found["process"]["pid"]) > 0
    _, found = doctor("--offline")
    assert found["process"]["state"] == "hint"


def test_without_a_token_or_without_telegram_something_is_wrong(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inspect(address(database), NOW).soundness.is_sound
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
    assert inspect(address(database), NOW).soundness.is_sound
    ran = CliRunner().invoke(commands(LOCALIZERS.of("en")), ["doctor", "--offline"])
    assert all(line.startswith(("[ok] ", "[note] ", "[wrong] ")) for line in ran.stdout.splitlines())


def test_fonts_that_are_lacking_are_a_hint_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.lacking", lambda _: ("fangsong", "kai"))
    _, found = doctor("--offline")
    assert (found["fonts"]["state"], found["fonts"]["lacking"]) == ("hint", ["fangsong", "kai"])
    assert "fonts-noto-cjk" in found["fonts"]["words"]


def test_all_fonts_are_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.lacking", lambda _: ())
    assert doctor("--offline")[1]["fonts"]["state"] == "ok"


def test_an_authority_s_templates_are_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{PREFIX}TEMPLATES", str(tmp_path / "templates"))
    own = tmp_path / "templates" / "5134"
    own.mkdir(parents=True)
    assert doctor("--offline")[1]["templates"]["state"] == "ok"
    (own / "sentences.yaml").write_text("score.total: '{% if %}'", encoding="utf-8")
    status, found = doctor("--offline")
    assert (status, found["templates"]["state"], found["templates"]["code"]) == (1, "wrong", "L001")
    assert "5134/sentences.yaml:1 score.total" in found["templates"]["words"]
