"""One process at a time for a data folder."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.codes import StorageCode
from storage.folders import make_folder, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "zicha.lock"


@contextmanager
def hold(data_dir: Path) -> Iterator[None]:
    """Hold the data folder, making it where there is none; the system lets go of it when the process dies.

    Raises StartupRefusedError D008 with the `pid` that holds it already, D002 when the folder cannot be written.
    """
    make_folder(data_dir)
    descriptor = _open(data_dir)
    try:
        _take(descriptor, data_dir)
        _sign(descriptor, data_dir)
        yield
    finally:
        os.close(descriptor)


def _open(data_dir: Path) -> int:
    try:
        return os.open(data_dir / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unwritable(data_dir, error) from error


def _take(descriptor: int, data_dir: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "?"
        raise StartupRefusedError(Problem(StorageCode.IN_USE, str(data_dir), {"pid": holder})) from error


def _sign(descriptor: int, data_dir: Path) -> None:
    """Write down who holds it; a disk without room is found here first."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except OSError as error:
        raise _unwritable(data_dir, error) from error


def _unwritable(data_dir: Path, error: OSError) -> StartupRefusedError:
    return StartupRefusedError(Problem(StorageCode.FOLDER, str(data_dir), {"reason": reason_of(error)}))
