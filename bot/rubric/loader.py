"""Loads a 评估表 from its file, strictly, with every problem at once."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from bot.data_files.findings import Finding, line_of, placed
from bot.data_files.shelf import Shelf
from bot.data_files.strict_yaml import Document, read
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.building import build
from bot.rubric.checks import check
from bot.rubric.codes import AnswerCode, RubricCode
from bot.rubric.shape import fit

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from bot.rubric.model import Rubric


def load(origin: Path | str) -> Rubric:
    """The rubric of a file, or of a YAML text where `origin` is a str.

    Raises:
        InvalidInputError: with every problem found; each place is `file:line key path`.
    """
    if isinstance(origin, str):
        return _loaded(origin, "-")
    try:
        text = origin.read_bytes().decode("utf-8")
    except OSError as error:
        problem = Problem(AnswerCode.FILE_UNREADABLE, str(origin), {"reason": error.strerror or ""})
        raise InvalidInputError([problem]) from error
    except UnicodeDecodeError as error:
        raise InvalidInputError([Problem(RubricCode.UNREADABLE, str(origin), {"line": 1})]) from error
    return _loaded(text, str(origin))


def _loaded(text: str, name: str) -> Rubric:
    document = read(text)
    findings: list[Finding] = list(document.findings)
    source = None
    if document.data is not None:
        source, unfit, misfits = fit(document.data)
        findings += misfits
        if source is not None:
            findings += check(source, unfit)
    if findings or source is None:
        raise InvalidInputError(_in_order(findings, document, name))
    return build(source)


def _in_order(findings: list[Finding], document: Document, name: str) -> list[Problem]:
    ordered = sorted(findings, key=lambda finding: line_of(finding.path, document.lines))
    return [placed(each, name=name, lines=document.lines, data=document.data) for each in ordered]


class Library(Shelf["Rubric"]):
    """The released rubrics of a folder; each is read once, when it is first asked for."""

    def __init__(self, root: Traversable) -> None:
        super().__init__(root, _loaded, AnswerCode.UNKNOWN_RUBRIC)


def library() -> Library:
    """A library of the rubrics that ship with zicha; keep it, since it remembers what it has read."""
    return Library(files("bot.rubric") / "data")
