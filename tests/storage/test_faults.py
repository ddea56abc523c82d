"""What a disk does to a database, before the start and under a running bot: nothing acknowledged is ever lost."""

from __future__ import annotations

import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupRefusedError, StorageUnavailableError
from storage import schema
from storage.codes import StorageCode
from storage.connection import hop
from storage.inspection import inspect
from storage.opening import make_ready, open_storage
from storage.schema import Schema
from storage.sqlite import SqliteStorage
from tests.storage.builders import NOW, answer, begin, update

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from bot.services.ports import Transaction

PAGE = 4096


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as on a disk without room or at the end of a quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def filled(data_dir: Path, empty_database: Path) -> Path:
    """A database in its data folder, with an answer in it, and closed."""
    data_dir.mkdir()  # noqa: ASYNC240 - a test's own
    path = shutil.copyfile(empty_database, data_dir / "zicha.db")
    storage = await open_storage(url(data_dir), data_dir)
    await storage.run(lambda tx: answer(tx, begin(tx), "1.1.1"))
    await storage.close()
    return Path(path)


@pytest.fixture
async def storage(filled: Path) -> AsyncIterator[SqliteStorage]:
    opened = await SqliteStorage.open(filled, busy_timeout=0.2)
    yield opened
    await opened.close()


def url(data_dir: Path) -> str:
    return f"sqlite:///{data_dir}/zicha.db"


def refusal(data_dir: Path) -> StorageCode:
    with pytest.raises(StartupRefusedError) as refused:
        make_ready(url(data_dir), data_dir)
    return StorageCode(refused.value.problem.code)


def accept(number: int, size: int = 100) -> Callable[[Transaction], int]:
    return lambda tx: len(tx.accept([update(number, b"x" * size)], NOW))


def kept(path: Path) -> list[int]:
    """The numbers of the updates in a database that nobody has open."""
    with closing(sqlite3.connect(path)) as connection:
        return [number for (number,) in connection.execute("select update_id from inbox order by id")]


def is_called_sound(path: Path) -> bool:
    """Whether the inspection finds nothing wrong; one that cannot be read is refused as that."""
    try:
        return inspect(url(path.parent), NOW).soundness.is_sound
    except StartupRefusedError as refused:
        return refused.problem.code != StorageCode.UNREADABLE


@pytest.mark.parametrize("size", [0, PAGE, 3 * PAGE, 10 * PAGE])
def test_a_first_start_without_room_is_refused_and_the_next_one_begins_anew(data_dir: Path, size: int) -> None:
    with files_no_larger_than(size):
        assert refusal(data_dir) is StorageCode.NOT_WRITABLE
    make_ready(url(data_dir), data_dir)
    assert inspect(url(data_dir), NOW).schema is Schema.CURRENT


async def test_a_start_without_room_is_refused_and_changes_nothing(filled: Path) -> None:
    before = filled.read_bytes()  # noqa: ASYNC240 - a test's look
    with files_no_larger_than(0), pytest.raises(StartupRefusedError) as refused:
        await open_storage(url(filled.parent), filled.parent)
    assert refused.value.problem.code == StorageCode.NOT_WRITABLE
    assert filled.read_bytes() == before  # noqa: ASYNC240 - the same
    await (await open_storage(url(filled.parent), filled.parent)).close()
    assert inspect(url(filled.parent), NOW).soundness.is_sound


def test_a_migration_without_room_leaves_the_old_version(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir.mkdir()
    schema.migrate(url(data_dir), "0001")
    size = (data_dir / "zicha.db").stat().st_size
    monkeypatch.setattr("storage.opening.back_up", lambda *_: None)
    with files_no_larger_than(size):
        assert refusal(data_dir) is StorageCode.NOT_WRITABLE
    with closing(sqlite3.connect(data_dir / "zicha.db")) as connection:
        assert schema.version(connection) == "0001"
    make_ready(url(data_dir), data_dir)
    assert inspect(url(data_dir), NOW).schema is Schema.CURRENT


async def test_a_write_that_fails_is_not_acknowledged_and_the_rest_is_kept(filled: Path) -> None:
    storage = await SqliteStorage.open(filled)
    assert await storage.run(accept(1)) == 1
    with files_no_larger_than(filled.with_name("zicha.db-wal").stat().st_size):
        with pytest.raises(StorageUnavailableError):
            await storage.run(accept(2, 10 * PAGE))
        await storage.broken()
        await storage.close()
    assert kept(filled) == [1]
    assert inspect(url(filled.parent), NOW).soundness.is_sound


async def test_a_disk_that_is_full_for_a_while_is_waited_for(storage: SqliteStorage) -> None:
    assert await storage.run(accept(1)) == 1
    await hop(storage._connection, lambda c: c.execute("pragma max_page_count = 1").fetchall())
    with pytest.raises(StorageUnavailableError, match="full"):
        await storage.run(accept(2, 10 * PAGE))
    await hop(storage._connection, lambda c: c.execute("pragma max_page_count = 100000").fetchall())
    assert await storage.run(accept(2, 10 * PAGE)) == 1
    assert [row.update.update_id for row in await storage.run(lambda tx: tx.waiting())] == [1, 2]


async def test_a_database_that_may_only_be_read_for_a_while_is_waited_for(storage: SqliteStorage) -> None:
    await hop(storage._connection, lambda c: c.execute("pragma query_only = on").fetchall())
    with pytest.raises(StorageUnavailableError, match="readonly"):
        await storage.run(accept(1))
    await hop(storage._connection, lambda c: c.execute("pragma query_only = off").fetchall())
    assert await storage.run(accept(1)) == 1


async def test_a_folder_that_is_taken_away_is_noticed_at_once(storage: SqliteStorage, filled: Path) -> None:
    """A file stands in its place, so that even the name of the database cannot be looked up."""
    filled.parent.rename(filled.parent.with_name("elsewhere"))
    filled.parent.touch()
    with pytest.raises(StorageUnavailableError, match="taken away"):
        await storage.run(accept(1))
    await storage.broken()


def test_a_folder_that_cannot_be_made_is_refused() -> None:
    """Not even root can make one there."""
    assert refusal(Path("/proc/zicha/data")) is StorageCode.FOLDER


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_database_that_was_cut_off_is_never_called_sound(filled: Path, part: float) -> None:
    raw = filled.read_bytes()
    filled.write_bytes(raw[: int(len(raw) * part)])
    assert not is_called_sound(filled)


def test_every_damaged_page_is_found(filled: Path) -> None:
    """Each in turn is overwritten where it begins."""
    raw = filled.read_bytes()
    for start in range(0, len(raw), PAGE):
        filled.write_bytes(raw[:start] + b"\xa5" * 64 + raw[start + 64 :])
        assert not is_called_sound(filled), f"page {start // PAGE + 1}"
