"""Who may do what in the conversation: one rule for each intent, command and screen; one without a rule is refused."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from bot.dialogue import (
    check_intents,
    evidence_intents,
    form_intents,
    intents,
    report_intents,
    station_intents,
    workbook_intents,
)
from bot.dialogue.given import Command
from bot.dialogue.position import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Access(Enum):
    """What it takes."""

    ANYBODY = "anybody"
    """No assessment is read or changed."""
    MAY_FILL = "may fill"
    """An assessment that the person may fill in is at hand (`assessments.permissions.may_fill`)."""
    MEMBER = "member"
    """The person belongs to a station."""
    LEADS = "leads"
    """The person acts for the station at hand: its head or the head's deputy (`assessments.permissions.may_lead`)."""


INTENTS: Mapping[type[intents.Intent], Access] = {
    intents.StartPractice: Access.ANYBODY,
    intents.Speak: Access.ANYBODY,
    intents.Open: Access.ANYBODY,  # the screen's own rule decides
    intents.Resume: Access.MAY_FILL,
    intents.PickUp: Access.MAY_FILL,
    intents.Choose: Access.MAY_FILL,
    intents.Mark: Access.MAY_FILL,
    intents.ConfirmRest: Access.MAY_FILL,
    intents.Rate: Access.MAY_FILL,
    intents.Count: Access.MAY_FILL,
    intents.Tick: Access.MAY_FILL,
    intents.SetWalk: Access.MAY_FILL,
    intents.Undo: Access.MAY_FILL,
    intents.AnswerVeto: Access.MAY_FILL,
    intents.DeclareVeto: Access.MAY_FILL,
    intents.KeepAsNote: Access.MAY_FILL,
    station_intents.StartSelfAssessment: Access.MEMBER,
    station_intents.Agree: Access.ANYBODY,  # who opened the invitation decides
    station_intents.Decline: Access.ANYBODY,
    station_intents.Invite: Access.LEADS,
    station_intents.Withdraw: Access.LEADS,
    station_intents.Admit: Access.LEADS,
    station_intents.Refuse: Access.LEADS,
    station_intents.Remove: Access.LEADS,
    station_intents.Deputise: Access.LEADS,
    station_intents.Assign: Access.MAY_FILL,
    station_intents.Forget: Access.ANYBODY,
    station_intents.FetchMyData: Access.ANYBODY,  # everybody's own
    station_intents.PutMine: Access.MAY_FILL,
    evidence_intents.RemoveEvidence: Access.MAY_FILL,
    evidence_intents.ShowEvidence: Access.MAY_FILL,
    evidence_intents.PlaceEvidence: Access.MAY_FILL,
    workbook_intents.FetchWorkbook: Access.MAY_FILL,
    workbook_intents.TakeOver: Access.MAY_FILL,
    workbook_intents.SettleImport: Access.MAY_FILL,
    workbook_intents.DropImport: Access.MAY_FILL,
    check_intents.StartMeasure: Access.MAY_FILL,
    check_intents.Mend: Access.MAY_FILL,
    form_intents.FillChoice: Access.MAY_FILL,
    form_intents.ClearEntry: Access.MAY_FILL,
    form_intents.ReplaceEntry: Access.MAY_FILL,
    form_intents.NewRow: Access.MAY_FILL,
    form_intents.CopyRow: Access.MAY_FILL,
    form_intents.DeleteRow: Access.MAY_FILL,
    form_intents.ConfirmPaste: Access.MAY_FILL,
    report_intents.FetchReport: Access.MAY_FILL,
    report_intents.SealReport: Access.MAY_FILL,  # the flow asks for `assessments.permissions.may_report`
    report_intents.ReopenReport: Access.MAY_FILL,  # the same
    report_intents.ShowStamped: Access.MAY_FILL,
}

COMMANDS: Mapping[Command, Access] = {
    Command.START: Access.ANYBODY,
    Command.HELP: Access.ANYBODY,
    Command.LANGUAGE: Access.ANYBODY,
    Command.CANCEL: Access.ANYBODY,
    Command.SCORE: Access.MAY_FILL,
    Command.MAP: Access.MAY_FILL,
    Command.VETO: Access.MAY_FILL,
    Command.UNDO: Access.MAY_FILL,
    Command.FORM: Access.MAY_FILL,
    Command.CHECK: Access.MAY_FILL,
    Command.REPORT: Access.MAY_FILL,
    Command.MY_DATA: Access.ANYBODY,
    Command.FORGET: Access.ANYBODY,
}

INLINE = PlaceKind.SCORE
"""The screen whose beginning an inline query is answered with; its rule below holds there too, for the asker alone."""

_OPEN_TO_ALL = {
    PlaceKind.HOME,
    PlaceKind.HELP,
    PlaceKind.LANGUAGE,
    PlaceKind.INVITATION,
    PlaceKind.MY_DATA,
    PlaceKind.FORGET,
}

_OF_STATIONS = {
    PlaceKind.MEMBERS: Access.MEMBER,
    PlaceKind.MEMBER: Access.MEMBER,
    PlaceKind.MEMBER_REMOVE: Access.LEADS,
    PlaceKind.ADMIT: Access.LEADS,
}

PLACES: Mapping[PlaceKind, Access] = {
    kind: Access.ANYBODY if kind in _OPEN_TO_ALL else _OF_STATIONS.get(kind, Access.MAY_FILL) for kind in PlaceKind
}
