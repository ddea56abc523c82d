"""A table in a CSV or XLSX file as rows of text."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

from bot.data_files.lists import ListCode
from bot.errors import InvalidInputError
from bot.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""What spreadsheet programs write CSV in."""


def read_rows(path: Path) -> list[list[str]]:
    """Every row of the file's first table; raises InvalidInputError T001 when it cannot be read."""
    try:
        return _workbook(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    except (OSError, ValueError, KeyError, csv.Error, BadZipFile) as error:
        raise InvalidInputError((Problem(ListCode.UNREADABLE, str(path), {"reason": str(error)}),)) from error


def _csv(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return list(csv.reader(content.decode(encoding).splitlines()))
        except UnicodeDecodeError:
            continue
    raise ValueError("neither UTF-8 nor GB 18030")


def _workbook(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [[_words(cell) for cell in row] for row in rows]


def _words(cell: object) -> str:
    """What stands in a cell; a day as 2015-02-24, without its midnight."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)
