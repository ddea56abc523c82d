"""What no walk comes upon: notices of rarer moments, and texts that only rubrics we have not got would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.screen import Notice, Screen, line, say
from gallery.states import NOW

if TYPE_CHECKING:
    from bot.dialogue.screen import Argument

NOTICES: Final = (
    Notice(say("notice.group_chat"), is_alert=True),
    Notice(say("notice.changed_by_other", item="2.1.10", answer="未发现问题（2分）", at=NOW), is_alert=True),
    Notice(say("notice.group_changed"), is_alert=True),
    Notice(say("notice.not_a_measure", most=10000, unit="㎡"), is_alert=True),
    Notice(say("notice.nothing_sampled"), is_alert=True),
    Notice(say("notice.two_numbers_please"), is_alert=True),
    Notice(say("notice.undo_too_late"), is_alert=True),
    Notice(say("notice.veto_details", mark="⑸")),
    Notice(say("notice.veto_explained", mark="⑹")),
)

TEXTS: Final = (
    "home.about_met",
    "item.proofs_hint_all",
    "item.rate_hint_met",
    "need.all_met_beside",
    "need.met_beside",
    "outcome.open_conditions",
    "outcome.open_special",
    "rounding.down",
    "rounding.half_even",
    "rounding.up",
    "unmet.what_by_chapter",
    "write.excuse_left_out_met",
    "write.excuse_met",
    "write.excuse_unmet",
    "write.settled_full",
    "write.settled_met",
    "write.settled_unmet",
    "write.settled_zero",
)
"""Shown by themselves, with sample figures in their places."""

_FIGURES: Final[dict[str, Argument]] = {
    "items": 30,
    "unit": "份",
    "percent": 90,
    "label": "合格",
    "count": 2,
    "signs": ("⑹",),
}


def sample(key: str) -> Screen:
    """A screen of nothing but that text."""
    return Screen((line(say(key, **_FIGURES)),))
