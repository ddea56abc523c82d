"""What the method of an item asks to be shown, and of which items no file may be taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.model import Item, Rubric


class Method(Enum):
    """How an item is inspected, as its official words say."""

    PAPERS = "papers"
    """Papers are read."""
    SAMPLE = "sample"
    """Samples are drawn."""
    LOOK = "look"
    """Seen on the spot."""
    ASK = "ask"
    """People are asked."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one rubric: the official words that name a method, and the sections that take no files."""

    words: Mapping[Method, tuple[str, ...]]
    confidential: frozenset[str] = frozenset()

    def methods(self, item: Item) -> tuple[Method, ...]:
        """The methods that the item's official words name."""
        return tuple(method for method, words in self.words.items() if any(word in item.guidance for word in words))

    def is_confidential(self, rubric: Rubric, about: str) -> bool:
        """Whether the subject is an item whose papers, scripts or candidates' records must not be uploaded."""
        return about in rubric.items and rubric.section_of[about].id in self.confidential


_NONE: Final = Rules({})


@lru_cache(maxsize=16)
def rules_of(rubric_id: str) -> Rules:
    """The rules for a rubric; one that has none of its own takes files everywhere and names no methods."""
    source = files("bot.evidence") / "data" / f"{rubric_id}.yaml"
    return _rules(yaml.safe_load(source.read_text(encoding="utf-8"))) if source.is_file() else _NONE


def _rules(data: Mapping[str, Any]) -> Rules:
    words = {Method(name): tuple(words) for name, words in data["methods"].items()}
    return Rules(words, frozenset(data["confidential"]))
