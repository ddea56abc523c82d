"""`zicha db copy`: all of a file's rows stand on the server, or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner

from bot.cli.db import command
from bot.errors import StartupRefusedError
from bot.forms.cancelled import Cancelled
from bot.localization import LOCALES, Localizers
from bot.stations.model import Membership, Role
from storage.codes import StorageCode
from storage.inspection import inspect
from storage.postgresql import PostgresStorage
from storage.postgresql_copy import KEYS, copy
from tests.storage.builders import NOW, answer, begin, later, reply, update
from tests.storage.test_contract_stations import invitation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.services.ports import Transaction
    from storage.sqlite import SqliteStorage
    from tests.storage.server import Server


@pytest.fixture
def target(server: Server) -> Iterator[str]:
    """A database with nothing in it, not even tables."""
    with server.database("template1") as url:
        yield url


@pytest.fixture
async def filled(open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]], database: Path) -> Path:
    """A file with something in every table."""
    async with open_sqlite() as storage:
        await storage.run(_fill)
    return database


def _fill(tx: Transaction) -> None:
    assessment = begin(tx)
    for number, item in enumerate(("1.1.1", "1.1.10", "1.1.2", "2.1.10"), start=1):
        answer(tx, assessment, item, number, at=later(number))
    tx.save_locale(assessment.owner, "en")
    rows = tx.accept([update(1, b"\x00\xff one"), update(2, "二".encode())], NOW)
    tx.finish(rows[0].id, NOW)
    tx.claim(5)
    gone = tx.owe(reply(tx), NOW)
    tx.owe(reply(tx), NOW)
    tx.settle([gone])
    for name in ("检查评估表.docx", "清单.docx"):
        tx.note_archived(assessment.id, "7K3M-Q8ZT-1B4C", name, sha256="ab" * 32, size=5, at=NOW)
    _fill_a_station(tx, assessment.owner)


def _fill_a_station(tx: Transaction, person: int) -> None:
    made = invitation(tx)
    tx.save_membership(Membership(person, made.station, Role.HEAD, "吉站长", NOW, 1, deputy=True))
    tx.record_consent(person, made.station, 1, given=True, now=NOW)
    tx.count_guess(person, NOW)
    tx.list_cancelled(
        "国发〔2015〕11号", [Cancelled("国发〔2015〕11号", each, "2015-02-24") for each in ("乙员", "甲师")]
    )


def _silent(table: str, rows: int) -> None:
    del table, rows


def _code(refused: pytest.ExceptionInfo[StartupRefusedError]) -> StorageCode:
    return StorageCode(refused.value.problem.code)


async def test_everything_reads_the_same_on_the_server_and_goes_on_from_there(filled: Path, target: str) -> None:
    tables = {each.table: each.rows for each in copy(filled, target, _silent)}
    assert tables == {
        "person": 2,
        "position": 0,
        "assessment": 1,
        "answer": 4,
        "veto": 0,
        "entry": 0,
        "history": 4,
        "authority": 1,
        "station": 1,
        "membership": 1,
        "invitation": 1,
        "consent": 1,
        "guess": 1,
        "file": 0,
        "cancelled": 2,
        "archive": 2,
        "inbox": 2,
        "outbox": 1,
    }
    storage = await PostgresStorage.open(target)
    try:
        assessment = await storage.run(lambda tx: tx.assessment(7))
        assert assessment is not None
        assert sorted(assessment.items) == ["1.1.1", "1.1.10", "1.1.2", "2.1.10"]
        assert [row.update.update_id for row in await storage.run(lambda tx: tx.claim(5))] == [2]
        assert await storage.run(lambda tx: tx.owe(reply(tx), NOW)) == 3
        assert await storage.run(lambda tx: tx.accept([update(1, b"\x00\xff one")], NOW)) == []
        await storage.run(lambda tx: answer(tx, assessment, "1.1.1", 5))
        assert inspect(target, NOW).soundness.is_sound
    finally:
        await storage.close()


def test_a_target_that_holds_something_is_refused_and_left_as_it_is(filled: Path, target: str) -> None:
    copy(filled, target, _silent)
    with pytest.raises(StartupRefusedError) as refused:
        copy(filled, target, _silent)
    assert _code(refused) is StorageCode.NOT_EMPTY


def test_a_row_that_the_server_cannot_keep_undoes_everything(filled: Path, target: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("update answer set note = 'a' || char(0) || 'b' where item = '1.1.2'")
    with pytest.raises(StartupRefusedError) as refused:
        copy(filled, target, _silent)
    assert _code(refused) is StorageCode.NOT_COPIED
    with closing(psycopg.connect(target)) as connection:
        assert connection.execute("select count(*) from person").fetchall() == [(0,)]


def test_a_row_that_reads_differently_undoes_everything(
    filled: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgresql_copy._FLAGS", frozenset({"grouped", "declared", "notice_alert"}))
    with pytest.raises(StartupRefusedError) as refused:
        copy(filled, target, _silent)
    assert _code(refused) is StorageCode.COPY_DIFFERS


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path, target: str) -> None:
    with pytest.raises(StartupRefusedError) as refused:
        copy(tmp_path / "none.db", target, _silent)
    assert _code(refused) is StorageCode.NO_DATABASE


@pytest.mark.parametrize("locale", LOCALES)
def test_the_command_says_what_it_compared(filled: Path, target: str, locale: str) -> None:
    localizer = Localizers.load("Asia/Shanghai").of(locale)
    result = CliRunner().invoke(command(localizer), ["copy", str(filled), target])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(KEYS) + 1
    refused = CliRunner().invoke(command(localizer), ["copy", str(filled), target])
    assert (refused.exit_code, refused.stderr.splitlines()[-1][:5]) == (1, "D022 ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["copy", "zicha.db", "mysql://host/database"], StorageCode.NO_SERVER),
        (["backup", "x.db"], StorageCode.USE_PG_DUMP),
        (["restore", "x.db"], StorageCode.USE_PG_DUMP),
        (["migrate"], StorageCode.UNREACHABLE),
    ],
)
def test_what_cannot_be_done_is_refused_without_the_password(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: StorageCode
) -> None:
    monkeypatch.setenv("ZICHA_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/zicha")
    result = CliRunner().invoke(command(Localizers.load("Asia/Shanghai").of("en")), arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{code} ")
    assert "secret" not in result.output
