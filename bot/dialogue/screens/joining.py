"""What somebody sees who is joining a station: the statement, then the code, the name, and the waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.joining import at_hand
from bot.dialogue.flows.stations import station_name
from bot.dialogue.intents import StartPractice
from bot.dialogue.position import HOME
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, bold, line, say
from bot.dialogue.screens.roles import ROLES
from bot.dialogue.screens.view import View, back_to_card, opening
from bot.dialogue.station_intents import Agree, Decline
from bot.stations.invitations import CONSENT, LONGEST_NAME, Stage, stage

if TYPE_CHECKING:
    from bot.dialogue.screen import Screen
    from bot.stations.model import Invitation

_STATEMENT = ("consent.purpose", "consent.stored", "consent.how_long", "consent.who_sees", "consent.rights")


def invitation(view: View) -> Screen:
    """The next thing that who is joining is asked; how one is invited, for anybody else."""
    found = at_hand(view.position.place, view.world)
    if found is None:
        return _how(view)
    heading: list[Block] = [
        line(bold(say("joining.title", station=station_name(view.world, found.station)))),
        line(say("joining.as", role=say(ROLES[found.role]))),
        BLANK,
    ]
    match stage(found):
        case Stage.CONSENT:
            return _consent(view, heading, found)
        case Stage.CODE:
            heading.append(line(say("joining.ask_code")))
        case Stage.NAME:
            heading.append(line(say("joining.ask_name", most=LONGEST_NAME)))
        case Stage.WAITING:
            heading.append(line(say("joining.ask_patience", name=found.name)))
    leave = Button(say("button.decline"), Decline(found.id))
    return view.screen(heading, [(leave,), (opening(say("button.home"), HOME),)])


def _consent(view: View, heading: list[Block], found: Invitation) -> Screen:
    statement = [line(say(key)) for key in _STATEMENT]
    agree = Button(say("button.agree"), Agree(found.id, CONSENT), Emphasis.SUCCESS)
    decline = Button(say("button.decline"), Decline(found.id))
    version = line(say("consent.version", version=CONSENT))
    return view.screen([*heading, *statement, BLANK, version], [(agree,), (decline,)])


def _how(view: View) -> Screen:
    blocks = [line(bold(say("invitation.title"))), line(say("invitation.later"))]
    begun = view.world.assessment is not None
    practise = Button(say("button.practise_again" if begun else "button.practise"), StartPractice())
    home = opening(say("button.home"), HOME)
    return view.screen(blocks, [back_to_card(view), (practise,), (home,)])
