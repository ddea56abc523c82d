"""The store of files: each once, whole or not there, and nothing else in its folder."""

from __future__ import annotations

import subprocess
import sys
from errno import ENOSPC
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from storage.files import FileStore

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = b"photo" * 1000
KEEPS_AND_DIES = """
import os, sys
from pathlib import Path
from storage import files
def die(*_): os._exit(9)
setattr(files, sys.argv[2], die)
files.FileStore(Path(sys.argv[1])).keep(b"photo" * 1000)
"""


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "data")


def everything(store: FileStore) -> list[str]:
    return [path.name for path in store._root.rglob("*") if path.is_file()]


def test_the_same_bytes_are_stored_once_under_their_sum(store: FileStore) -> None:
    name = store.keep(PHOTO)
    assert name == sha256(PHOTO).hexdigest()
    assert store.keep(PHOTO) == name
    assert store.read(name) == PHOTO
    assert list(store.names()) == everything(store) == [name]


def test_only_we_may_read_what_people_sent(store: FileStore) -> None:
    path = store.path(store.keep(PHOTO))
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["../../x", "", "ab" * 31, "AB" * 32, "ab" * 31 + "/x"])
def test_a_name_is_a_sum_and_never_a_path(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        store.path(name)


def test_what_was_changed_on_the_disk_is_not_what_its_name_says(store: FileStore) -> None:
    name = store.keep(PHOTO)
    assert store.is_whole(name)
    store.path(name).write_bytes(b"x" * len(PHOTO))
    assert not store.is_whole(name)
    with pytest.raises(ValueError, match=name):
        store.read(name)


@pytest.mark.parametrize("damage", [PHOTO[:10], b"x" * len(PHOTO)], ids=["cut", "changed"])
def test_a_file_that_was_damaged_is_written_anew_when_it_comes_again(store: FileStore, damage: bytes) -> None:
    name = store.keep(PHOTO)
    store.path(name).write_bytes(damage)
    assert store.keep(PHOTO) == name
    assert store.is_whole(name)


def test_a_disk_that_is_full_leaves_nothing(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("storage.files.put_in_place", refuse)
    with pytest.raises(OSError, match="No space"):
        store.keep(PHOTO)
    assert everything(store) == []


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["make_file", "put_in_place"])
def test_a_kill_while_a_file_is_written_leaves_no_file(store: FileStore, moment: str) -> None:
    died = subprocess.run([sys.executable, "-c", KEEPS_AND_DIES, str(store._root.parent), moment], check=False)  # noqa: S603 - ourselves
    assert died.returncode == 9
    assert list(store.names()) == []
    store.clear()
    assert everything(store) == []
    assert store.is_whole(store.keep(PHOTO))
