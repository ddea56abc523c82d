"""A screen as plain text, the way it reads in a terminal and in a journey file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.screen import Quote

if TYPE_CHECKING:
    from bot.dialogue.screen import Block, Screen
    from bot.dialogue.turn import Turn
    from bot.localization import Localizer


def screen_text(screen: Screen, localizer: Localizer) -> str:
    """The lines of a screen, without styles, as a chat program would copy them."""
    return "\n".join(_block_text(block, localizer) for block in screen.blocks)


def labels(screen: Screen, localizer: Localizer) -> list[list[str]]:
    """The words on the buttons, row by row."""
    return [[localizer.text(button.text) for button in row] for row in screen.rows]


def notice_text(turn: Turn, localizer: Localizer) -> str | None:
    """What is said beside the screen, or None."""
    return None if turn.notice is None else localizer.text(turn.notice.text)


def _block_text(block: Block, localizer: Localizer) -> str:
    if isinstance(block, Quote):
        return localizer.text(block.text)
    return "".join(localizer.text(span.text) for span in block.spans)
