"""Where a database lives, as its URL says it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.codes import StorageCode

_SQLITE = "sqlite:///"


def is_postgresql(url: str) -> bool:
    """Whether the URL names a database on a PostgreSQL server."""
    return url.partition(":")[0].partition("+")[0] in {"postgresql", "postgres"}


def connection_info(url: str) -> str:
    """The URL of a PostgreSQL database as libpq takes it."""
    return f"postgresql:{url.partition(':')[2]}"


def without_password(url: str) -> str:
    """The URL as it may be shown and logged."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def database_path(url: str) -> Path:
    """The file of a `sqlite:///relative` or `sqlite:////absolute` URL; what follows is taken as it stands.

    Raises StartupRefusedError D010 for any other URL.
    """
    name = url.removeprefix(_SQLITE)
    if name in {url, "", ":memory:"}:
        scheme = url.partition(":")[0]
        raise StartupRefusedError(Problem(StorageCode.ADDRESS, "ZICHA_DATABASE_URL", {"scheme": scheme[:20]}))
    return Path(name)


def read_only_uri(path: Path) -> str:
    """The address by which SQLite opens the file for reading alone, beside a process that writes to it."""
    return f"{path.absolute().as_uri()}?mode=ro"


def existing_uri(path: Path) -> str:
    """The address by which SQLite opens the file for writing, and never makes a new one."""
    return f"{path.absolute().as_uri()}?mode=rw"
