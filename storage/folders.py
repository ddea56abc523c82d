"""Files and folders that survive a power cut, readable by nobody else."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.codes import StorageCode

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


def make_folder(folder: Path) -> None:
    """Make a folder for our eyes only, where there is none; StartupRefusedError D002 when that cannot be."""
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise StartupRefusedError(Problem(StorageCode.FOLDER, str(folder), {"reason": reason_of(error)})) from error


def make_new_folder(folder: Path) -> None:
    """Make a folder for our eyes only in one that is there; FileExistsError when there is one of that name."""
    folder.mkdir(mode=_PRIVATE_FOLDER)


def make_file(file: Path) -> None:
    """Make an empty file for our eyes only; FileExistsError when there is one."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))


def keep(path: Path) -> None:
    """Wait until what is written in a file, or which names stand in a folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(finished: Path, target: Path) -> None:
    """Give a finished file its name, for good: whoever sees the name sees all of it."""
    keep(finished)
    finished.replace(target)
    keep(target.parent)


def reason_of(error: OSError) -> str:
    """What the system says, without our paths in it."""
    return error.strerror or type(error).__name__


def timestamp() -> str:
    """The present moment as it stands in file names, in UTC."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
