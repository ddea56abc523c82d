"""Reads a data file of the documents into its shape, strictly, with every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.data_files.findings import line_of, placed
from bot.data_files.misfits import misfit
from bot.data_files.strict_yaml import read
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from bot.data_files.findings import Finding
    from bot.reports.templates import Templates

_Shape = TypeVar("_Shape")


def load(
    templates: Templates, name: str, adapter: TypeAdapter[_Shape], check: Callable[[_Shape], Iterable[Finding]]
) -> _Shape:
    """The data of the nearest file of that name.

    Raises:
        FileNotFoundError: where there is none.
        InvalidInputError: with every problem found; each place is `file:line key path`.
    """
    return fitted(templates.find(name), adapter, check)


def fitted(
    source: Traversable | Path, adapter: TypeAdapter[_Shape], check: Callable[[_Shape], Iterable[Finding]]
) -> _Shape:
    """The data of one file; InvalidInputError as `load` has it."""
    document = read(source.read_text(encoding="utf-8"))
    findings = list(document.findings)
    if not findings:
        try:
            shape = adapter.validate_python(document.data)
        except ValidationError as error:
            findings = [misfit(each) for each in error.errors(include_url=False)]
        else:
            findings = list(check(shape))
            if not findings:
                return shape
    ordered = sorted(findings, key=lambda finding: line_of(finding.path, document.lines))
    raise InvalidInputError(
        placed(each, name=str(source), lines=document.lines, data=document.data) for each in ordered
    )
