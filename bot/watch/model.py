"""What the watch finds: a rule that fired, and the facts that it names, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.forms.subjects import field_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPLAINED = "explained"
"""The section of the form that holds what was said of facts that disagree and yet are true."""

_NOTHING: Mapping[str, str | int] = MappingProxyType({})


class Severity(Enum):
    """What a finding asks of the station."""

    MUST = "must"
    """须补正: nothing is final before it is put right."""
    CHECK = "check"
    """请核对: one of the facts is put right, or the matter explained."""
    HINT = "hint"
    """提示: to be borne in mind."""


class SpotKind(Enum):
    """Where a fact stands."""

    ITEM = "item"
    VETO = "veto"
    FIELD = "field"
    """A field or a cell of the form, by its subject."""
    ROW = "row"
    """A row, as "registration.examiners/3"."""
    TABLE = "table"
    """A table as a whole, as "licence.scope"."""
    MEASURE = "measure"
    """The measure that an item or a condition asks for, by its id."""
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in the assessment."""

    kind: SpotKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands at a place; of a row or a table, only the `columns` matter."""

    spot: Spot
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule fired about one thing: `facts` are what it compares, `args` fill the rule's sentence."""

    rule: str
    severity: Severity
    about: str
    facts: tuple[Fact, ...]
    args: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING)
    explanation: str = ""

    @property
    def code(self) -> str:
        """What tells the finding from all others: "rule/about"."""
        return f"{self.rule}/{self.about}"

    @property
    def subject(self) -> str:
        """The entry that holds its explanation."""
        return explanation_subject(self.code)

    @property
    def is_explained(self) -> bool:
        """Whether the station has said how both facts can be true."""
        return bool(self.explanation)


def explanation_subject(code: str) -> str:
    """The subject of the explanation of a finding."""
    return field_subject(EXPLAINED, code)
