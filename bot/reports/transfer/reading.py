"""Reads the file with an assessment, strictly, with every problem at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from bot.data_files.findings import described
from bot.errors import InvalidInputError
from bot.forms.loader import form_at
from bot.problems import Problem
from bot.reports.transfer.building import build
from bot.reports.transfer.checks import check
from bot.reports.transfer.codes import TransferCode
from bot.reports.transfer.shape import TRANSFER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from bot.reports.transfer.model import Transfer
    from bot.reports.transfer.shape import TransferShape
    from bot.rubric.loader import Library

MOST_BYTES: Final = 32 * 2**20
MOST_PROBLEMS: Final = 100
"""How many problems are told; whoever has more mends these first."""

_LONGEST_PLACE: Final = 120
_CODES: Final = {"extra_forbidden": TransferCode.UNKNOWN_KEY, "missing": TransferCode.MISSING_KEY}


def read_transfer(raw: bytes, rubrics: Library) -> Transfer:
    """What the file holds, every record held against its rubric and form.

    Raises:
        InvalidInputError: with every problem; each place is the path of a key, an item's id or a subject.
    """
    shape = _shape(raw)
    rubric = rubrics.get(shape.rubric.id, shape.rubric.version)
    form = form_at(None if shape.form is None else (shape.form.id, shape.form.version))
    _refuse(check(shape, rubric, form))
    return build(shape, rubric)


def _shape(raw: bytes) -> TransferShape:
    if len(raw) > MOST_BYTES:
        raise InvalidInputError([Problem(TransferCode.TOO_LARGE, "", {"most": MOST_BYTES // 2**20})])
    data = _parsed(raw)
    try:
        return TRANSFER.validate_python(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise InvalidInputError([_misfit(each, data) for each in found[:MOST_PROBLEMS]]) from None


def _parsed(raw: bytes) -> object:
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                twice.append(key)
            found[key] = value
        return found

    try:
        data = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise InvalidInputError([Problem(TransferCode.NOT_JSON, "", {"line": line})]) from None
    _refuse(Problem(TransferCode.DUPLICATE_KEY, _short(key), {"key": _short(key)}) for key in twice)
    return data


def _misfit(error: ErrorDetails, data: object) -> Problem:
    path = tuple(step for step in error["loc"] if step != "[key]")
    code = _CODES.get(error["type"], TransferCode.NOT_AS_EXPECTED)
    details = {"key": _short(str(path[-1]))} if error["type"] in _CODES else {}
    return Problem(code, _short(described(path, data)), details)


def _refuse(problems: Iterator[Problem]) -> None:
    found = [Problem(each.code, _short(each.place), each.details) for each in problems]
    if found:
        raise InvalidInputError(found[:MOST_PROBLEMS])


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_PLACE else f"{words[:_LONGEST_PLACE]}…"
