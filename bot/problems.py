"""Coded messages: what is wrong, where, and with which figures; the catalogues hold the sentences and remedies."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `code` is stable, such as "R012"; the catalogue key "problem.R012" holds its sentence with the remedy.
    `place` says where: an item id, a line of a file, a key path; empty when it is the whole.
    `details` fill the sentence's placeholders.
    """

    code: str
    place: str = ""
    details: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING)
