"""What pydantic finds wrong with the shape of a file, as findings that say what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.data_files.codes import FileCode
from bot.data_files.findings import Finding, Path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

CODES: Final[dict[str, str]] = {
    "extra_forbidden": FileCode.UNKNOWN_KEY,
    "missing": FileCode.MISSING_KEY,
    "string_type": FileCode.NOT_TEXT,
    "list_type": FileCode.NOT_A_LIST,
    "dict_type": FileCode.NOT_A_MAPPING,
    "model_type": FileCode.NOT_A_MAPPING,
    "bool_type": FileCode.NOT_TRUE_OR_FALSE,
    "literal_error": FileCode.NOT_A_CHOICE,
    "string_too_short": FileCode.EMPTY,
    "too_short": FileCode.EMPTY,
    "int_type": FileCode.NOT_WHOLE,
    "greater_than_equal": FileCode.NOT_WHOLE,
    "less_than_equal": FileCode.NOT_WHOLE,
}
"""The code of each kind of error that every file can have, by pydantic's name for it."""

_NOT_IN_THE_DATA: Final = frozenset({"<scale>", "<own>", "[key]"})


def misfit(error: ErrorDetails) -> Finding:
    """The finding of one error."""
    path: Path = tuple(step for step in error["loc"] if step not in _NOT_IN_THE_DATA)
    code = CODES.get(error["type"], FileCode.NOT_TEXT)
    details: dict[str, str | int] = {}
    if code in (FileCode.UNKNOWN_KEY, FileCode.MISSING_KEY):
        details["key"] = str(path[-1])
    if code == FileCode.NOT_A_CHOICE:
        details["choices"] = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
    return Finding(code, path, details)
