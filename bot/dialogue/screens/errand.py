"""On the way from the check: below every card on which something is put right, the way back and the next finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.dialogue.flows.check import findings
from bot.dialogue.position import PlaceKind
from bot.dialogue.screens.check import ways_on

if TYPE_CHECKING:
    from bot.dialogue.screen import Screen
    from bot.dialogue.screens.view import View

_PUTS_RIGHT: Final = frozenset(
    {
        PlaceKind.ITEM,
        PlaceKind.GROUP,
        PlaceKind.WRITE_NOTE,
        PlaceKind.WRITE_REMEDY,
        PlaceKind.WRITE_EXCUSE,
        PlaceKind.WRITE_RATE,
        PlaceKind.VETOES,
        PlaceKind.VETO,
        PlaceKind.VETO_CONFIRM,
        PlaceKind.WRITE_VETO_DETAILS,
        PlaceKind.WRITE_VETO_REASON,
        PlaceKind.WRITE_VETO_SPECIAL,
        PlaceKind.FORM_SECTION,
        PlaceKind.FIELD,
        PlaceKind.TABLE,
        PlaceKind.ROW,
        PlaceKind.PASTE,
        PlaceKind.MEASURE,
        PlaceKind.CONFLICT,
        PlaceKind.SCORE,
    }
)


def with_ways(view: View, screen: Screen) -> Screen:
    """The screen with one row more, for somebody who came from the check."""
    if not view.position.errand or view.position.place.kind not in _PUTS_RIGHT:
        return screen
    return replace(
        screen, rows=(*screen.rows, ways_on(view, findings(view.world, view.assessment), view.position.errand))
    )
