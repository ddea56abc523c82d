"""A screen as plain text, the way it reads in a terminal and in a journey file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.screen import Quote

if TYPE_CHECKING:
    from bot.dialogue.screen import Line, Screen
    from bot.dialogue.turn import Turn
    from bot.localization import Localizer


def screen_text(screen: Screen, localizer: Localizer) -> str:
    """The lines of a screen, without styles, as a chat program would copy them."""
    return "\n".join(_line_text(each, localizer) for each in screen.lines)


def labels(screen: Screen, localizer: Localizer) -> list[list[str]]:
    """The words on the buttons, row by row."""
    return [[localizer.text(button.text) for button in row] for row in screen.rows]


def notice_text(turn: Turn, localizer: Localizer) -> str | None:
    """What is said beside the screen, or None."""
    return None if turn.notice is None else localizer.text(turn.notice.text)


def _line_text(each: Line | Quote, localizer: Localizer) -> str:
    if isinstance(each, Quote):
        return localizer.text(each.text)
    return "".join(localizer.text(span.text) for span in each.spans)
