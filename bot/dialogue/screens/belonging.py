"""What the start shows to people of a station: their self-assessment, and who belongs to the station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.stations import members_of, station_name
from bot.dialogue.intents import PickUp
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, bold, line, say
from bot.dialogue.screens.roles import role_words
from bot.dialogue.screens.view import Row, View, opening
from bot.dialogue.station_intents import StartSelfAssessment

if TYPE_CHECKING:
    from bot.stations.model import Membership


def lines(view: View) -> list[Block]:
    """Every station that the person belongs to, with what they are there."""
    blocks: list[Block] = []
    for each in view.world.roster.mine():
        name = station_name(view.world, each.station)
        blocks += [BLANK, line(bold(name)), line(say("home.role", role=role_words(each), name=each.name))]
    return blocks


def buttons(view: View) -> list[Row]:
    """Beginning the station's self-assessment or going on with it, and the members."""
    return [row for each in view.world.roster.mine() for row in _of(view, each)]


def _of(view: View, mine: Membership) -> list[Row]:
    begun = view.world.roster.begun(mine.station)
    here = view.world.assessment
    rows: list[Row] = []
    if begun is None and (here is None or here.station != mine.station):
        rows.append((Button(say("button.self_start"), StartSelfAssessment(mine.station), Emphasis.PRIMARY),))
    elif begun is not None and (here is None or here.id != begun):
        rows.append((Button(say("button.self_resume"), PickUp(begun), Emphasis.PRIMARY),))
    return [*rows, (opening(say("button.members"), members_of(mine.station)),)]
