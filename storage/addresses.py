"""Where a database lives, as its URL says it."""

from __future__ import annotations

from pathlib import Path

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.codes import StorageCode

_SQLITE = "sqlite:///"


def database_path(url: str) -> Path:
    """The file of a `sqlite:///relative` or `sqlite:////absolute` URL; what follows is taken as it stands.

    Raises StartupRefusedError D009 for PostgreSQL, which this version cannot speak yet, and D010 for any other URL.
    """
    scheme = url.partition(":")[0]
    if scheme.partition("+")[0] in {"postgresql", "postgres"}:
        raise StartupRefusedError(Problem(StorageCode.POSTGRESQL, "ZICHA_DATABASE_URL"))
    name = url.removeprefix(_SQLITE)
    if name in {url, "", ":memory:"}:
        raise StartupRefusedError(Problem(StorageCode.ADDRESS, "ZICHA_DATABASE_URL", {"scheme": scheme[:20]}))
    return Path(name)


def read_only_uri(path: Path) -> str:
    """The address by which SQLite opens the file for reading alone, beside a process that writes to it."""
    return f"{path.absolute().as_uri()}?mode=ro"


def existing_uri(path: Path) -> str:
    """The address by which SQLite opens the file for writing, and never makes a new one."""
    return f"{path.absolute().as_uri()}?mode=rw"
