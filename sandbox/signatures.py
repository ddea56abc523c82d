"""What each method takes: the names, types and necessity of its parameters, and what a call got wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.wire import loads

if TYPE_CHECKING:
    from sandbox.parameters import Parameters

LISTED = Path(__file__).parent / "methods" / "parameters.json"
INTEGER = re.compile(r"[+-]?\d+")
BOOLEANS = {"true", "false", "yes", "no", "1", "0"}
ATTACHED = re.compile(r"attach://([^\"\s]+)")


@dataclass(frozen=True)
class Flaws:
    """What is wrong with the parameters of a call, by name; Telegram passes over most of it in silence."""

    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    mistyped: list[str] = field(default_factory=list)


class Signatures:
    """The parameters of every method the sandbox answers."""

    def __init__(self) -> None:
        listed = loads(LISTED.read_bytes())
        self._types = {name: kind for kind, names in listed["types"].items() for name in names}
        self._methods = {method.lower(): one for method, one in listed["methods"].items()}

    def examine(self, method: str, parameters: Parameters) -> Flaws:
        """Compare a call with what its method takes."""
        known = self._methods.get(method.lower())
        if known is None:
            return Flaws()
        names = {*known["required"], *known["optional"]}
        attached = {name for value in parameters.values.values() for name in ATTACHED.findall(value)}
        given = [*parameters.values, *(name for name in parameters.uploads if name not in parameters.values)]
        return Flaws(
            [name for name in given if name not in names and name not in attached],
            [name for name in known["required"] if not parameters.text(name) and name not in parameters.uploads],
            [name for name, value in parameters.values.items() if name in names and not self._fits(name, value)],
        )

    def _fits(self, name: str, value: str) -> bool:
        kind = self._types.get(name, "string")
        if not value or kind in {"string", "file"}:
            return True
        if kind == "integer":
            return bool(INTEGER.fullmatch(value))
        if kind == "integer or string":
            return bool(INTEGER.fullmatch(value) or value.startswith("@"))
        if kind == "boolean":
            return value.lower() in BOOLEANS
        try:
            return isinstance(loads(value), list if kind == "array" else dict)
        except ValueError:
            return False
