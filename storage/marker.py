"""The mark of a data folder whose database was made once: should the database be missing, it was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage.folders import keep, make_file

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "initialised"


def marker(data_dir: Path) -> Path:
    """The file that stands in an initialised data folder."""
    return data_dir / NAME


def mark_initialised(data_dir: Path, database: Path) -> None:
    """Remember that this folder has a database, so that a lost one is never replaced by an empty one."""
    file = marker(data_dir)
    if file.exists():
        return
    make_file(file)
    file.write_text(f"{database.absolute()}\n", encoding="utf-8")
    keep(file)
    keep(data_dir)
