"""Who may do what in the conversation: one rule for each intent, command and screen; one without a rule is refused."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from bot.dialogue import intents
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
}

INLINE = PlaceKind.SCORE
"""The screen whose beginning an inline query is answered with; its rule below holds there too, for the asker alone."""

_OPEN_TO_ALL = {PlaceKind.HOME, PlaceKind.HELP, PlaceKind.LANGUAGE, PlaceKind.INVITATION}

PLACES: Mapping[PlaceKind, Access] = {
    kind: Access.ANYBODY if kind in _OPEN_TO_ALL else Access.MAY_FILL for kind in PlaceKind
}
