"""All that is kept of a person, and what being forgotten means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.station_places import FORGOTTEN
from bot.dialogue.flows.stations import station_name
from bot.dialogue.intents import StartPractice
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, bold, line, say
from bot.dialogue.screens.roles import role_words
from bot.dialogue.screens.view import View, opening
from bot.dialogue.station_intents import FetchMyData, Forget
from bot.stations.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.screen import Screen
    from bot.stations.model import Membership

_MOST_CONSENTS = 10


def my_data(view: View) -> Screen:
    """Everything that is kept of the person, and why what stays must stay."""
    blocks: list[Block] = [line(bold(say("data.title"))), BLANK, *_facts(view)]
    for each in view.world.roster.mine():
        station, role = station_name(view.world, each.station), role_words(each)
        blocks.append(line(say("data.membership", station=station, role=role, name=each.name, at=each.joined_at)))
    blocks += [BLANK, line(say("data.where")), line(say("data.stays"))]
    fetch = Button(say("button.fetch_data"), FetchMyData())
    forget_ = opening(say("button.forget"), Place(PlaceKind.FORGET))
    return view.screen(blocks, [(fetch,), (forget_,), (opening(say("button.home"), HOME),)])


def _facts(view: View) -> Iterator[Block]:
    kept = view.world.roster.footprint()
    yield line(say("data.number", number=view.world.person))
    yield line(say("data.language", language=say(_LANGUAGES[view.world.locale])))
    if kept is None:
        return
    yield line(say("data.since", at=kept.known_since))
    yield line(say("data.runs", number=kept.practice_runs))
    yield line(say("data.records", number=kept.records))
    for version, at, given in kept.consents[-_MOST_CONSENTS:]:
        yield line(say("data.agreed" if given else "data.took_back", version=version, at=at))


_LANGUAGES = {"zh_CN": "language.zh_CN", "en": "language.en"}


def forget(view: View) -> Screen:
    """Asked once more before a person is forgotten; afterwards, what has gone and what stays."""
    if view.subject == FORGOTTEN:
        practise = Button(say("button.practise"), StartPractice())
        return view.screen([line(bold(say("forgotten.title"))), line(say("forgotten.stays"))], [(practise,)])
    blocks: list[Block] = [
        line(bold(say("forget.title"))),
        line(say("forget.goes")),
        line(say("forget.stays")),
        line(say("forget.proposal")),
        *(line(bold(say("forget.last_head", station=name))) for name in _without_head(view)),
    ]
    yes = Button(say("button.forget_me"), Forget(view.world.person), Emphasis.DANGER)
    return view.screen(blocks, [(yes,), (opening(say("button.my_data"), Place(PlaceKind.MY_DATA)),)])


def _without_head(view: View) -> Iterator[str]:
    for mine in view.world.roster.mine():
        if mine.role is Role.HEAD and not any(_leads_beside(each, mine) for each in _members(view, mine)):
            yield station_name(view.world, mine.station)


def _members(view: View, mine: Membership) -> tuple[Membership, ...]:
    return view.world.roster.members(mine.station)


def _leads_beside(other: Membership, mine: Membership) -> bool:
    return other.is_current and other.role is Role.HEAD and other.person != mine.person
