"""What each place looks like, one module for each part of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.position import PlaceKind
from bot.dialogue.screens import (
    check,
    conflict,
    errand,
    evidence,
    form_field,
    form_map,
    form_paste,
    form_table,
    gaps,
    group,
    history,
    home,
    imports,
    item,
    joining,
    maps,
    measures,
    privacy,
    report,
    score,
    sealing,
    sharing,
    stations,
    veto,
    writing,
)
from bot.dialogue.screens.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.dialogue.position import Position
    from bot.dialogue.screen import Screen
    from bot.dialogue.world import World


def draw(position: Position, world: World) -> Screen:
    """The screen of a position; the position is one that is real and open in this world."""
    view = View(position, world)
    return errand.with_ways(view, DRAWERS[position.place.kind](view))


DRAWERS: Mapping[PlaceKind, Callable[[View], Screen]] = {
    PlaceKind.HOME: home.home,
    PlaceKind.HELP: home.help_,
    PlaceKind.LANGUAGE: home.language,
    PlaceKind.INVITATION: joining.invitation,
    PlaceKind.MEMBERS: stations.members,
    PlaceKind.MEMBER: stations.member,
    PlaceKind.MEMBER_REMOVE: stations.remove,
    PlaceKind.ADMIT: stations.admit,
    PlaceKind.ASSIGN: sharing.assign,
    PlaceKind.CONFLICT: conflict.conflict,
    PlaceKind.MY_DATA: privacy.my_data,
    PlaceKind.FORGET: privacy.forget,
    PlaceKind.ITEM: item.item,
    PlaceKind.GROUP: group.group,
    PlaceKind.MAP: maps.table,
    PlaceKind.CHAPTER: maps.chapter,
    PlaceKind.SCORE: score.score,
    PlaceKind.LOST: gaps.lost_screen,
    PlaceKind.PENDING: gaps.pending_screen,
    PlaceKind.HISTORY: history.history,
    PlaceKind.VETOES: veto.vetoes,
    PlaceKind.VETO: veto.veto,
    PlaceKind.VETO_CONFIRM: veto.confirm,
    PlaceKind.WRITE_NOTE: writing.note,
    PlaceKind.WRITE_REMEDY: writing.remedy,
    PlaceKind.WRITE_EXCUSE: writing.excuse,
    PlaceKind.WRITE_RATE: writing.rate,
    PlaceKind.WRITE_VETO_DETAILS: writing.veto_details,
    PlaceKind.WRITE_VETO_SPECIAL: writing.veto_special,
    PlaceKind.WRITE_VETO_REASON: writing.veto_reason,
    PlaceKind.UNPLACED_TEXT: writing.unplaced_text,
    PlaceKind.EVIDENCE: evidence.evidence,
    PlaceKind.WRITE_WHEREABOUTS: evidence.whereabouts,
    PlaceKind.UNPLACED_FILE: evidence.unplaced,
    PlaceKind.CHECK: check.check,
    PlaceKind.FINDING: check.finding,
    PlaceKind.WRITE_EXPLANATION: check.explanation,
    PlaceKind.MEASURES: measures.measures,
    PlaceKind.MEASURE: measures.measure,
    PlaceKind.FORM: form_map.form_map,
    PlaceKind.FORM_SECTION: form_map.section,
    PlaceKind.FIELD: form_field.field,
    PlaceKind.TABLE: form_table.table,
    PlaceKind.ROW: form_table.row,
    PlaceKind.PASTE: form_paste.paste,
    PlaceKind.IMPORT: imports.imports,
    PlaceKind.REPORT: report.report,
    PlaceKind.SEAL: sealing.confirm,
    PlaceKind.REOPEN: sealing.reopening,
    PlaceKind.STAMPED: sealing.stamped,
}
