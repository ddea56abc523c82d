"""The words that everything about a 评估表 is told in: points, ids, wordings, levels and scores."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from bot.data_files.wording import Wording

__all__ = ["NOTHING", "ONE", "ZERO", "ItemId", "Level", "LevelId", "Points", "Score", "VetoId", "Wording"]

Points: TypeAlias = Decimal
"""分值 or 得分: exact decimals, never floats."""

ItemId: TypeAlias = str
"""`<中项>.<n>`, always a string: "2.1.10" is the tenth 小项 of 2.1."""

VetoId: TypeAlias = str
LevelId: TypeAlias = str

NOTHING: Final = Decimal(0)
ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Level:
    """评分档次: one possible finding of an item, and the points that it yields.

    `low` < `high` where the notice leaves the case open; `open_words` then quotes the words that do.
    `reported` is what a self-assessment counts until a reviewer rules: the lower figure unless the data says otherwise.
    On an item without points the figures are 1 for met and 0 for not met. `grade` is a letter such as A;
    `fails` marks a 一票否决 finding: the station fails whatever its score.
    """

    id: LevelId
    when: Wording
    low: Points
    high: Points
    reported: Points
    open_words: str = ""
    grade: str = ""
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """得分 as an interval: 0 ≤ low ≤ reported ≤ high ≤ points; the three agree where nothing is open."""

    low: Points
    high: Points
    reported: Points


ZERO: Final = Score(NOTHING, NOTHING, NOTHING)
