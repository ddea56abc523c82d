"""Paths of rows and pages: "registration.examiners/3" is a row, or a page of the list, as the place has it."""

from __future__ import annotations

import re
from typing import Final

from bot.forms.subjects import ID

_ROW: Final = re.compile(rf"({ID}\.{ID})/([1-9][0-9]{{0,3}})", re.ASCII)


def row_path(table_path: str, number: int) -> str:
    """The path of a row."""
    return f"{table_path}/{number}"


def split_row(path: str) -> tuple[str, int] | None:
    """The table's path and the row's number; None when it is no such path."""
    found = _ROW.fullmatch(path)
    return None if found is None else (found[1], int(found[2]))


def split_page(path: str) -> tuple[str, int]:
    """The table's path and the page, 1 where none is written."""
    return split_row(path) or (path, 1)
