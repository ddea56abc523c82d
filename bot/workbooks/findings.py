"""Collects what a returned workbook comes to, value by value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.words import has_unseen
from bot.workbooks.draft import Entered, Rejected, Spot
from bot.workbooks.literal import alike
from bot.workbooks.reading import CameCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.workbooks.draft import Added
    from bot.workbooks.grids import Marker
    from bot.workbooks.reading import CameLine, CameSheet
    from bot.workbooks.targets import Target

LONGEST_WORDS = 1_000
"""Characters of a note, a reason or an explanation."""
_LONGEST_QUOTE = 60
_NO_CELL = CameCell()


class Findings:
    """What was found so far."""

    def __init__(self, marker: Marker) -> None:
        self.marker = marker
        self.entered: list[Entered] = []
        self.added: list[Added] = []
        self.rejected: list[Rejected] = []
        self.same = 0

    def base(self, target: Target) -> str:
        """What the workbook was written from."""
        return self.marker.base.get(target, "")

    def enter(self, target: Target, value: str, spot: Spot) -> None:
        """The file says `value`."""
        base = self.base(target)
        if value == base:
            self.same += 1
        else:
            self.entered.append(Entered(target, base, value, spot))

    def reject(self, spot: Spot, text: str, why: str, args: Mapping[str, str | int] | None = None) -> None:
        """The cell cannot be taken."""
        quote = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
        self.rejected.append(Rejected(spot, quote, why, args or {}))

    def fault_in(self, sheet: CameSheet, line: CameLine, columns: Iterable[str]) -> bool:
        """Whether one of the cells cannot be read at all; it is rejected then."""
        faulty = [column for column in columns if line.cells.get(column, _NO_CELL).fault]
        for column in faulty:
            cell = line.cells[column]
            self.reject(spot_of(sheet, line, column), cell.text, cell.fault)
        return bool(faulty)

    def words_unfit(self, spot: Spot, words: str) -> bool:
        """Whether free words are too long or hold what nobody can see; they are rejected then."""
        if len(words) > LONGEST_WORDS:
            self.reject(spot, words, "workbook.why.too_long", {"most": LONGEST_WORDS, "length": len(words)})
        elif has_unseen(words):
            self.reject(spot, "", "workbook.why.unseen")
        else:
            return False
        return True


def spot_of(sheet: CameSheet, line: CameLine, column: str) -> Spot:
    """Where a cell stands in the file."""
    return Spot(sheet.name, line.row, sheet.letters.get(column, ""))


def texts_of(sheet: CameSheet, line: CameLine, shown: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """The words of some cells; a column that the sheet no longer has stays as it was `shown`."""
    return {
        column: alike(line.cells.get(column, _NO_CELL).text if column in sheet.letters else shown.get(column, ""))
        for column in columns
    }


def is_as_shown(texts: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Whether the cells still hold what was written into them."""
    return all(text == alike(shown.get(column, "")) for column, text in texts.items())
