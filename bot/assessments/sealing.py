"""定稿: an assessment is sealed under a 校验码, and while it is, nothing that was handed in can change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.assessments.model import Assessment, Subject

REPORT: Final = "report/"
"""How the subjects of entries begin that are about the handing in itself; no document speaks of them."""
SEAL: Final[Subject] = f"{REPORT}seal"
REOPENED: Final[Subject] = f"{REPORT}reopened"


@dataclass(frozen=True, slots=True)
class Seal:
    """What was made final: the 校验码 of everything that is printed, and how many changes that had seen."""

    code: str
    revision: int


@dataclass(frozen=True, slots=True)
class Reopening:
    """The seal that was taken back last, and why."""

    code: str
    reason: str


def write_seal(seal: Seal) -> str:
    """The canonical text of a seal."""
    return orjson.dumps({"code": seal.code, "revision": seal.revision}).decode()


def read_seal(text: str) -> Seal | None:
    """The seal of a canonical text; None for the empty one, ValueError for anything else."""
    return Seal(**_fields(text, "code", "revision")) if text else None


def write_reopening(reopening: Reopening) -> str:
    """The canonical text of a reopening."""
    return orjson.dumps({"code": reopening.code, "reason": reopening.reason}).decode()


def read_reopening(text: str) -> Reopening | None:
    """The reopening of a canonical text; None for the empty one, ValueError for anything else."""
    return Reopening(**_fields(text, "code", "reason")) if text else None


def seal_in(subject: Subject, text: str, before: str) -> str:
    """The 校验码 under which an assessment stands sealed once that text stands under the subject, "" for open."""
    if subject != SEAL:
        return before
    seal = read_seal(text)
    return "" if seal is None else seal.code


def is_locked_against(assessment: Assessment, subjects: Iterable[Subject]) -> bool:
    """Whether the assessment is sealed and something is written under the subjects that is not about the handing in."""
    return bool(assessment.seal) and any(not each.startswith(REPORT) for each in subjects)


def stamped_about(code: str) -> Subject:
    """What the stamped copies of a sealed assessment are kept under; those of another seal are void."""
    return f"{REPORT}stamped/{code}/"


def _fields(text: str, *names: str) -> dict[str, Any]:
    data = orjson.loads(text)
    if not isinstance(data, dict) or set(data) != set(names):
        raise ValueError("no such entry")
    return data
