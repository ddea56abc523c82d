"""What no walk comes upon: notices of rarer moments, and texts that only rubrics we have not got would show."""

from __future__ import annotations

from typing import Final

from bot.dialogue.screen import Notice, say
from gallery.states import NOW

NOTICES: Final = (
    Notice(say("notice.group_chat"), is_alert=True),
    Notice(say("notice.changed_by_other", item="2.1.10", answer="未发现问题（2分）", at=NOW), is_alert=True),
    Notice(say("notice.group_changed"), is_alert=True),
    Notice(say("notice.not_a_measure", most=10000, unit="㎡"), is_alert=True),
    Notice(say("notice.nothing_sampled"), is_alert=True),
    Notice(say("notice.two_numbers_please"), is_alert=True),
    Notice(say("notice.undo_too_late"), is_alert=True),
    Notice(say("notice.veto_changed", mark="⑹"), is_alert=True),
    Notice(say("notice.veto_details", mark="⑸")),
    Notice(say("notice.veto_explained", mark="⑹")),
    Notice(say("notice.veto_withdrawn", mark="⑹")),
)

TEXTS: Final = (
    say("history.entry", before="西昌市一路1号", after="西昌市二路2号"),
    say("home.about_met", items=30),
    say("item.proofs_hint_all"),
    say("item.rate_hint_met", unit="份"),
    say("lost.remedy"),
    say("need.all_met_beside"),
    say("need.met_beside", percent=90),
    say("percent.exact", figure="2.5"),
    say("outcome.open_conditions", label="合格", count=2),
    say("outcome.open_special", label="合格", signs=("⑹",)),
    say("rounding.down"),
    say("rounding.half_even"),
    say("rounding.up"),
    say("unmet.nothing"),
    say("unmet.what_by_chapter"),
    say("write.excuse_left_out_met"),
    say("write.excuse_met"),
    say("write.excuse_unmet"),
    say("write.settled_full"),
    say("write.settled_met"),
    say("write.settled_unmet"),
    say("write.settled_zero"),
    say("yields.left_out_pending"),
    say("watch.compare"),
    say("watch.ready"),
)
"""Shown by themselves, with sample figures in their places."""
