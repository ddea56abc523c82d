"""Walks that can be walked again: chosen with seeded dice in a rehearsal, and strewn with repeated and stale taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.dialogue import intents
from bot.dialogue.given import Tapped
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.rehearsal import Rehearsal
from bot.handlers.texts import worded
from bot.localization import LOCALES
from bot.rubric.loader import library

if TYPE_CHECKING:
    import random

    from bot.dialogue.turn import Turn

NOISES: Final = ("repeated", "same update id", "new update id", "new callback id", "stale")
_LIKES: Final[dict[type, float]] = {
    intents.Choose: 6.0,
    intents.Mark: 1.5,
    intents.ConfirmRest: 5.0,
    intents.AnswerVeto: 5.0,
    intents.DeclareVeto: 5.0,
    intents.SetWalk: 0.2,
    intents.Open: 0.4,
}
_WRITING: Final = {
    PlaceKind.WRITE_NOTE,
    PlaceKind.WRITE_REMEDY,
    PlaceKind.WRITE_EXCUSE,
    PlaceKind.WRITE_VETO_DETAILS,
    PlaceKind.WRITE_VETO_REASON,
    PlaceKind.WRITE_VETO_SPECIAL,
}
_HERE: Final = 1
"""The rehearsal's number of the one practice run there is."""


@dataclass(frozen=True, slots=True)
class Tap:
    """Tap what this asks for; `noise` names the kind of repetition, empty for a step of the walk itself.

    A repetition of the step before has the same intent; a stale one was on an earlier card.
    """

    intent: intents.Intent
    noise: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Type words."""

    text: str


Act = Tap | Say


def rehearsal() -> Rehearsal:
    """An empty one."""
    return Rehearsal(
        library().latest("sichuan-2017"), LOCALES, LOCALES[0], clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)
    )


def walk(rng: random.Random, steps: int) -> list[Act]:
    """A practice run of so many steps."""
    stage = rehearsal()
    acts: list[Act] = [Say("/start"), Tap(intents.StartPractice())]
    for act in acts:
        turn = perform(stage, act)
    while len(acts) < steps:
        act = _choose(rng, turn)
        acts.append(act)
        turn = perform(stage, act)
    return acts


def perform(stage: Rehearsal, act: Act) -> Turn:
    """Do it in the rehearsal."""
    if isinstance(act, Say):
        return stage.give(worded(act.text))
    drawn_for = None if stage.assessment is None else _HERE
    if isinstance(act.intent, intents.StartPractice):
        drawn_for = None
    return stage.give(Tapped(act.intent, drawn_for))


def _choose(rng: random.Random, turn: Turn) -> Act:
    if turn.position.place.kind in _WRITING and rng.random() < 0.7:
        return Say(rng.choice(("制度没有上墙，四月底前补齐", "去年没有开展，已向主管部门报告", "已联系设备厂家检修")))
    if rng.random() < 0.04:
        return Say("/undo")
    buttons = [button for row in turn.screen.rows for button in row]
    weights = [_LIKES.get(type(button.intent), 0.0) for button in buttons]
    if not any(weights) or rng.random() < 0.03:
        return Tap(intents.Open(Place(PlaceKind.MAP)))
    return Tap(rng.choices(buttons, weights)[0].intent)


def strewn(acts: list[Act], rng: random.Random, count: int) -> list[Act]:
    """The walk with `count` repeated, re-sent and stale taps in it, none of which may change anything.

    Behind a step, it comes again at once; before a step that does not hang on the place, earlier ones come again too.
    """
    places = [number for number, act in enumerate(acts) if isinstance(act, Tap)]
    noises: dict[int, list[Tap]] = {}
    for _ in range(count):
        number, kind = rng.choice(places), rng.choice(NOISES)
        if kind == "stale":
            number = rng.choice([one for one in places[3:] if _hangs_on_nothing(acts, one)])
            earlier = [
                act for act in acts[2:number] if isinstance(act, Tap) and not isinstance(act.intent, intents.SetWalk)
            ]
            noises.setdefault(number, []).append(Tap(rng.choice(earlier).intent, kind))
        else:
            act = acts[number]
            assert isinstance(act, Tap)
            noises.setdefault(number, []).insert(0, Tap(act.intent, kind))
    return [each for number, act in enumerate(acts) for each in (act, *noises.get(number, ()))]


def _hangs_on_nothing(acts: list[Act], number: int) -> bool:
    """Whether the next step means the same wherever the person is."""
    following = acts[number + 1] if number + 1 < len(acts) else None
    return following is None or isinstance(following, Tap)
