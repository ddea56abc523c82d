"""Whether the files that the assessments refer to are there and whole, and which ones nothing refers to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.addresses import database_path, is_postgresql, read_only_uri
from storage.driver import postgresql
from storage.files import FileStore

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = "select distinct sha256 from file order by sha256"
ARCHIVED = "select distinct sha256 from archive order by sha256"


@dataclass(frozen=True, slots=True)
class FilesFound:
    """How many files there should be, sent and archived, and which are missing, changed, or there for nothing."""

    shown: int
    archived: int
    lost: tuple[str, ...]
    strays: tuple[str, ...]


def inspect_files(url: str, data_dir: Path) -> FilesFound:
    """Read every file; only the disk is touched. Raises an sqlite3.Error or what the server says when it cannot be."""
    store = FileStore(data_dir)
    shown, archived = _names(url, SHOWN), _names(url, ARCHIVED)
    expected = sorted({*shown, *archived})
    lost = tuple(name for name in expected if not store.is_whole(name))
    strays = tuple(name for name in store.names() if name not in set(expected))
    return FilesFound(len(shown), len(archived), lost, strays)


def _names(url: str, query: str) -> list[str]:
    if is_postgresql(url):
        found: list[str] = postgresql("storage.postgresql_inspection").column(url, query)
        return found
    with closing(sqlite3.connect(read_only_uri(database_path(url)), uri=True)) as connection:
        return [name for (name,) in connection.execute(query)]
