"""What is said of a condition as the cells of a line, and such cells back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbooks.answer_cells import UnfitCellsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.model import Veto
    from bot.workbooks.speaking import Speaker

CHOICE: Final = "choice"
WORDS: Final = "words"
COLUMNS: Final = (CHOICE, WORDS)


def options(veto: Veto, speaker: Speaker) -> tuple[str, ...]:
    """The facts to choose from."""
    return tuple(speaker.pick(choice.label) for choice in veto.choices)


def to_cells(veto: Veto, choice_id: str, note: str, speaker: Speaker) -> dict[str, str]:
    """The filled cells of a statement, by column."""
    choice = veto.choice(choice_id)
    label = choice_id if choice is None else speaker.pick(choice.label)
    return {column: text for column, text in ((CHOICE, label), (WORDS, note)) if text}


def from_cells(veto: Veto, cells: Mapping[str, str], speaker: Speaker) -> tuple[str, str]:
    """The choice's id and the words of the filled cells. Raises UnfitCellsError."""
    label, words = cells.get(CHOICE, "").strip(), cells.get(WORDS, "").strip()
    if not label:
        if words and veto.special is None:
            raise UnfitCellsError("workbook.why.words_without_fact", CHOICE)
        return "", words
    for choice in veto.choices:
        if speaker.pick(choice.label) == label:
            return choice.id, words
    raise UnfitCellsError("workbook.why.fact", CHOICE)
