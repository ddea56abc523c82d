"""Loads a 评估表 from its file, strictly, with every problem at once."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.building import build
from bot.rubric.checks import check
from bot.rubric.codes import AnswerCode, RubricCode
from bot.rubric.findings import Finding, line_of, placed
from bot.rubric.shape import fit
from bot.rubric.strict_yaml import Document, read

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


class Library:
    """The released rubrics of a folder `<id>/<version>.yaml`; each is read once, when it is first asked for."""

    def __init__(self, root: Traversable) -> None:
        self._root = root
        self._loaded: dict[tuple[str, int], Rubric] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rubrics, sorted."""
        return tuple(sorted(entry.name for entry in self._root.iterdir() if entry.is_dir() and self._versions(entry)))

    def versions(self, rubric_id: str) -> tuple[int, ...]:
        """The released versions of one rubric, rising.

        Raises:
            InvalidInputError: where there is no rubric of that id.
        """
        if rubric_id not in self.ids:
            raise _unknown(rubric_id, self.ids)
        return self._versions(self._root / rubric_id)

    def get(self, rubric_id: str, version: int) -> Rubric:
        """One version of one rubric.

        Raises:
            InvalidInputError: where there is no such rubric or version, or its file is not sound.
        """
        key = (rubric_id, version)
        if key not in self._loaded:
            if version not in self.versions(rubric_id):
                raise _unknown(f"{rubric_id} {version}", self.ids)
            name = f"{version}.yaml"
            text = (self._root / rubric_id / name).read_text(encoding="utf-8")
            self._loaded[key] = _loaded(text, f"{rubric_id}/{name}")
        return self._loaded[key]

    def latest(self, rubric_id: str) -> Rubric:
        """The newest version of one rubric.

        Raises:
            InvalidInputError: where there is no rubric of that id.
        """
        return self.get(rubric_id, self.versions(rubric_id)[-1])

    def _versions(self, folder: Traversable) -> tuple[int, ...]:
        stems = (entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
        return tuple(sorted(int(stem) for stem in stems if stem.isdigit()))


def library() -> Library:
    """A library of the rubrics that ship with zicha; keep it, since it remembers what it has read."""
    return Library(files("bot.rubric") / "data")


def _unknown(rubric_id: str, known: tuple[str, ...]) -> InvalidInputError:
    return InvalidInputError([Problem(AnswerCode.UNKNOWN_RUBRIC, rubric_id, {"known": ", ".join(known)})])
