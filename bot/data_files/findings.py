"""A problem of a data file before its place is put into words: its code, the key path, the figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from bot.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list indexes from the top of a document down to one value."""

_NO_DETAILS: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong at `path`."""

    code: str
    path: Path
    details: Mapping[str, str | int] = field(default_factory=lambda: _NO_DETAILS)


def described(path: Path, data: object) -> str:
    """The path as people read it, list entries by their id: `items[2.1.10].points`; empty for the whole document."""
    words = ""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            name = data.get("id") if isinstance(data, dict) else None
            words += f"[{name}]" if isinstance(name, str) else f"[#{step + 1}]"
        else:
            data = data.get(step) if isinstance(data, dict) else None
            words += f".{step}" if words else step
    return words


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of the value at `path`, or of the nearest one around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def placed(finding: Finding, *, name: str, lines: Mapping[Path, int], data: object) -> Problem:
    """The finding as a Problem whose place is `file:line key path`."""
    place = f"{name}:{line_of(finding.path, lines)} {described(finding.path, data)}".rstrip()
    return Problem(finding.code, place, finding.details)
