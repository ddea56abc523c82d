"""A backup holds the database and every file it refers to, and comes back whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupRefusedError
from storage import schema
from storage.codes import StorageCode
from storage.file_inspection import FilesFound, inspect_files
from storage.files import FileStore
from storage.full_backup import back_up_all, restore_all
from tests.storage.builders import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from storage.sqlite import SqliteStorage

BACKS_UP = """
import sys
from pathlib import Path
from storage.full_backup import back_up_all
data, target = map(Path, sys.argv[1:])
back_up_all(data / "zicha.db", data, target)
"""


@pytest.fixture
async def names(open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]], tmp_path: Path) -> list[str]:
    """Three files in the store of the data folder, noted in its database, and one that nothing refers to."""
    store = FileStore(tmp_path)
    names = sorted(store.keep(words) for words in (b"a photo", b"a paper", b"a plan"))
    store.keep(b"has just come")
    async with open_sqlite() as storage:
        number = (await storage.run(begin)).id
        for name in names:
            await storage.run(lambda tx, name=name: tx.note_file(number, name, 7, NOW))
    return names


def found(data_dir: Path) -> FilesFound:
    return inspect_files(f"sqlite:///{data_dir / 'zicha.db'}", data_dir)


def code(refused: pytest.ExceptionInfo[StartupRefusedError]) -> StorageCode:
    return StorageCode(refused.value.problem.code)


def test_a_backup_comes_back_in_another_folder_with_every_file(
    database: Path, names: list[str], tmp_path: Path
) -> None:
    carried = back_up_all(database, tmp_path, tmp_path / "backup")
    assert (carried.whole, carried.lost) == (3, ())
    assert sorted(FileStore(tmp_path / "backup").names()) == names
    there = tmp_path / "elsewhere"
    restored = restore_all(tmp_path / "backup", there / "zicha.db", there)
    assert (restored.aside, restored.files) == (None, carried)
    assert found(there) == FilesFound(3, 0, (), ())


def test_a_backup_is_for_our_eyes_only_and_leaves_nothing_beside_it(
    database: Path, names: list[str], tmp_path: Path
) -> None:
    back_up_all(database, tmp_path, tmp_path / "backup")
    kept = [tmp_path / "backup", *(tmp_path / "backup").rglob("*")]
    assert len([path for path in kept if path.is_file()]) == len(names) + 1
    assert [path for path in kept if path.stat().st_mode & 0o077] == []
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup"]


def test_a_backup_never_overwrites(database: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    with pytest.raises(StartupRefusedError) as refused:
        back_up_all(database, tmp_path, tmp_path / "backup")
    assert code(refused) is StorageCode.EXISTS
    assert list((tmp_path / "backup").iterdir()) == []


def test_a_backup_that_cannot_be_written_leaves_nothing(
    database: Path, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise OSError(28, "No space left on device")

    assert names
    monkeypatch.setattr(FileStore, "keep", refuse)
    with pytest.raises(StartupRefusedError) as refused:
        back_up_all(database, tmp_path, tmp_path / "backup")
    assert (code(refused), refused.value.problem.place) == (StorageCode.NOT_WRITTEN, str(tmp_path / "backup"))
    assert list(tmp_path.glob("backup*")) == []


def test_a_lost_file_is_named_and_the_rest_is_backed_up(database: Path, names: list[str], tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    store.path(names[0]).unlink()
    store.path(names[1]).write_bytes(b"changed")
    carried = back_up_all(database, tmp_path, tmp_path / "backup")
    assert (carried.whole, carried.lost) == (1, tuple(names[:2]))
    there = tmp_path / "elsewhere"
    assert restore_all(tmp_path / "backup", there / "zicha.db", there).files == carried
    assert found(there).lost == tuple(names[:2])


def test_a_file_that_is_lost_now_comes_back_from_an_older_backup(
    database: Path, names: list[str], tmp_path: Path
) -> None:
    back_up_all(database, tmp_path, tmp_path / "backup")
    FileStore(tmp_path).path(names[0]).write_bytes(b"changed")
    FileStore(tmp_path).path(names[1]).unlink()
    restored = restore_all(tmp_path / "backup", database, tmp_path)
    assert restored.aside is not None
    assert restored.files.lost == found(tmp_path).lost == ()


@pytest.mark.parametrize("damage", [b"", b"A photo", b"a photo "])
def test_a_backup_with_a_changed_file_is_refused_and_nothing_touched(
    database: Path, names: list[str], tmp_path: Path, damage: bytes
) -> None:
    back_up_all(database, tmp_path, tmp_path / "backup")
    FileStore(tmp_path / "backup").path(names[-1]).write_bytes(damage)
    there = tmp_path / "elsewhere"
    with pytest.raises(StartupRefusedError) as refused:
        restore_all(tmp_path / "backup", there / "zicha.db", there)
    assert code(refused) is StorageCode.DAMAGED_COPY
    assert [path.name for path in there.iterdir()] == ["zicha.lock"]


def test_a_database_from_before_there_were_files_is_backed_up(tmp_path: Path) -> None:
    old = tmp_path / "zicha.db"
    schema.migrate(f"sqlite:///{old}", "0004")
    assert back_up_all(old, tmp_path, tmp_path / "backup").whole == 0


def test_a_database_alone_is_restored_beside_the_files_that_are_there(
    database: Path, names: list[str], tmp_path: Path
) -> None:
    FileStore(tmp_path).path(names[0]).unlink()
    alone = shutil.copyfile(database, tmp_path / "before-migration.db")
    restored = restore_all(alone, database, tmp_path)
    assert (restored.files.whole, restored.files.lost) == (2, (names[0],))


@pytest.mark.parametrize("name", ["none", "empty"])
def test_a_folder_without_a_database_is_no_backup(database: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(StartupRefusedError) as refused:
        restore_all(tmp_path / name, database, tmp_path)
    assert code(refused) is StorageCode.NO_BACKUP


@pytest.mark.slow
def test_a_kill_half_way_leaves_no_backup_under_its_name(database: Path, names: list[str], tmp_path: Path) -> None:
    """The second file is a pipe: whoever reads it waits there until it is killed."""
    path = FileStore(tmp_path).path(names[1])
    content = path.read_bytes()
    path.unlink()
    os.mkfifo(path)
    arguments = [sys.executable, "-c", BACKS_UP, str(tmp_path), str(tmp_path / "backup")]
    with subprocess.Popen(arguments) as running, path.open("wb"):  # noqa: S603 - ourselves
        running.kill()
    [unfinished] = tmp_path.glob("backup*")
    assert unfinished.name.startswith("backup.unfinished-")
    assert sorted(FileStore(unfinished).names()) == names[:1]
    path.unlink()
    path.write_bytes(content)
    assert back_up_all(database, tmp_path, tmp_path / "backup").lost == ()


def test_what_is_backed_up_while_files_come_in_refers_to_no_file_that_is_not_there(
    database: Path, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is copied first: a file that comes while the others are copied is in neither."""
    read = FileStore.read
    late = FileStore(tmp_path).keep(b"late")

    def read_and_note(store: FileStore, name: str) -> bytes:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("insert or ignore into file select assessment, ?, 4, at from file limit 1", (late,))
        return read(store, name)

    monkeypatch.setattr(FileStore, "read", read_and_note)
    back_up_all(database, tmp_path, tmp_path / "backup")
    monkeypatch.setattr(FileStore, "read", read)
    assert found(tmp_path / "backup") == FilesFound(len(names), 0, (), ())
    assert found(tmp_path).shown == len(names) + 1
