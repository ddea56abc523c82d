"""Fits plain data into the shape of a rubric file, and says in findings where it does not fit."""

from __future__ import annotations

from copy import deepcopy
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, cast

from pydantic import ValidationError

from bot.data_files.findings import Finding, Path
from bot.data_files.misfits import misfit
from bot.rubric.codes import RubricCode
from bot.rubric.source import RubricSource
from bot.rubric.values import Strict

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_OWN: Final = {code.value: code for code in (RubricCode.NOT_POINTS, RubricCode.NOT_MET_OR_OPEN)}
"""What only a rubric can have wrong; its values raise these themselves."""

_KEYS: Final = sorted({key for shape in Strict.__subclasses__() for key in shape.model_fields})
_ALIKE: Final = 0.75
"""How much a key must look like a known one to be taken for it misspelt."""

_STAND_INS: Final[dict[str, object]] = {
    "id": "x",
    "version": 1,
    "title": "x",
    "document_number": "x",
    "document_date": "x",
    "issuer": "x",
    "heading": None,
    "closing": None,
    "total": None,
    "pass_mark": None,
    "outcomes": None,
    "rescaling": None,
    "scales": {},
    "chapters": [],
    "groups": [],
    "vetoes": [],
    "veto_consequences": [],
    "sheets": [],
}


def fit(data: object) -> tuple[RubricSource | None, frozenset[str], list[Finding]]:
    """The source, the top-level parts that did not fit (an empty one stands in for each), and the findings.

    The source is None where the document is no mapping at all. Unknown keys are reported and left out; a misspelt one
    is read as the key that was meant, so that it does not bring other findings with it.
    """
    if not isinstance(data, dict):
        return None, frozenset(), [Finding(RubricCode.NOT_A_MAPPING, ())]
    findings: list[Finding] = []
    source, errors = _attempt(data)
    if source is not None:
        return source, frozenset(), findings
    pruned = deepcopy(data)
    for error in errors:
        finding = _finding(error)
        findings.append(finding)
        if error["type"] == "extra_forbidden":
            _rename(pruned, finding.path, finding.details.get("meant"))
    unfit = {str(error["loc"][0]) for error in errors if error["type"] != "extra_forbidden"}
    for part in unfit:
        pruned[part] = _STAND_INS[part]
    source, _ = _attempt(pruned)
    return source, frozenset(unfit), findings


def _attempt(data: dict[str, object]) -> tuple[RubricSource | None, list[ErrorDetails]]:
    try:
        return RubricSource.model_validate(data), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _finding(error: ErrorDetails) -> Finding:
    finding = misfit(error)
    if error["type"] in _OWN:
        return Finding(_OWN[error["type"]], finding.path)
    if finding.code == RubricCode.UNKNOWN_KEY:
        meant = get_close_matches(str(finding.path[-1]), _KEYS, n=1, cutoff=_ALIKE)
        if meant:
            return Finding(RubricCode.MISSPELT_KEY, finding.path, {**finding.details, "meant": meant[0]})
    return finding


def _rename(data: object, path: Path, meant: object) -> None:
    for step in path[:-1]:
        data = cast("list[object]", data)[cast("int", step)]
    holder = cast("dict[object, object]", data)
    value = holder.pop(path[-1], None)
    if meant is not None:
        holder.setdefault(meant, value)
