"""Loads a form from its file, strictly, with every problem at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.data_files.findings import Finding, line_of, placed
from bot.data_files.misfits import misfit
from bot.data_files.shelf import Shelf
from bot.data_files.strict_yaml import read
from bot.errors import InvalidInputError
from bot.forms.building import build
from bot.forms.checks import check
from bot.forms.codes import FormCode
from bot.forms.source import FormSource

if TYPE_CHECKING:
    from bot.forms.model import Form


def load(text: str, name: str = "-") -> Form:
    """The form of a YAML text.

    Raises:
        InvalidInputError: with every problem found; each place is `name:line key path`.
    """
    document = read(text)
    findings = list(document.findings)
    source = None
    if not findings:
        source, findings = _checked(document.data)
    if findings or source is None:
        ordered = sorted(findings, key=lambda finding: line_of(finding.path, document.lines))
        raise InvalidInputError(placed(each, name=name, lines=document.lines, data=document.data) for each in ordered)
    return build(source)


def _checked(data: object) -> tuple[FormSource | None, list[Finding]]:
    try:
        source = FormSource.model_validate(data)
    except ValidationError as error:
        return None, [misfit(each) for each in error.errors(include_url=False)]
    return source, list(check(source))


@cache
def forms() -> Shelf[Form]:
    """The forms that ship with zicha, by id and version."""
    return Shelf(files("bot.forms") / "data", load, FormCode.UNKNOWN_FORM)


@cache
def form_beside(rubric_id: str) -> tuple[str, int] | None:
    """The id and the newest version of the form that goes with a rubric, which is the one of the same id; or None."""
    return (rubric_id, forms().versions(rubric_id)[-1]) if rubric_id in forms().ids else None


def form_at(key: tuple[str, int] | None) -> Form | None:
    """The form of that id and version; None for None."""
    return None if key is None else forms().get(*key)
