"""What the buttons about handing in ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class FetchReport:
    """Compile documents and send them to me: "all" of them, or one kind (`reports.model.Kind`)."""

    what: str


@dataclass(frozen=True, slots=True)
class SealReport:
    """定稿: lock the assessment, if what it comes to still has this 校验码."""

    code: str


@dataclass(frozen=True, slots=True)
class ReopenReport:
    """重新打开: take this seal back; `words` is the checksum of the reason that was typed."""

    code: str
    words: int


@dataclass(frozen=True, slots=True)
class ShowStamped:
    """Send me the stamped copies of that number."""

    number: int


ReportIntent: TypeAlias = FetchReport | SealReport | ReopenReport | ShowStamped
