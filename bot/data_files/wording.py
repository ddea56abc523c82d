"""A text of ours that stands in the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of ours that stands in the data in every language, by locale ("zh_CN", "en")."""

    by_locale: Mapping[str, str]
