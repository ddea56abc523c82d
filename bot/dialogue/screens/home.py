"""The screens around the table: the start, help, the language, and invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.given import Command
from bot.dialogue.intents import PickUp, Resume, Speak, StartPractice
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.dialogue.screen import BLANK, Button, Emphasis, Screen, bold, line, say
from bot.dialogue.screens import belonging
from bot.dialogue.screens.handing_in import reopened, to_report
from bot.dialogue.screens.view import View, back_to_card, opening, to_form

if TYPE_CHECKING:
    from bot.dialogue.screen import Block
    from bot.dialogue.screens.view import Row
    from bot.dialogue.world import Shelved
    from bot.rubric.model import Rubric


def home(view: View) -> Screen:
    """What this is, and where to begin; going on comes first when there is something to go on with."""
    rubric = view.rubric
    blocks: list[Block] = [
        line(bold(rubric.heading or say("home.title"))),
        line(rubric.title),
        line(say("home.source", document=rubric.document_number)),
        BLANK,
        line(say(_about(rubric), items=len(rubric.items), total=rubric.total, conditions=len(rubric.vetoes))),
        line(say("home.promise")),
    ]
    shelf = view.world.archive.shelf()
    here = view.position.assessment
    last = [line(say("home.shelved", done=each.answered, at=each.changed_at)) for each in shelf if each.id == here]
    blocks += [BLANK, *last] if last else []
    blocks += [*belonging.lines(view), *reopened(view)]
    rows: list[Row] = []
    if view.world.assessment is not None:
        rows.append((Button(say("button.resume"), Resume(), Emphasis.PRIMARY),))
        rows.append((opening(view.say("button.score"), Place(PlaceKind.SCORE)), *to_form(view)))
        rows.append(to_report())
    rows += belonging.buttons(view)
    rows += [(_pick_up(each),) for each in shelf if each.id != here]
    emphasis = Emphasis.PLAIN if rows else Emphasis.PRIMARY
    again = view.world.assessment is not None or bool(shelf)
    rows.append((Button(say("button.practise_again" if again else "button.practise"), StartPractice(), emphasis),))
    rows.append((opening(say("button.invitation"), Place(PlaceKind.INVITATION)),))
    rows.append((opening(say("button.help"), Place(PlaceKind.HELP)), opening(say("button.language"), _LANGUAGE)))
    return view.screen(blocks, rows)


def _about(rubric: Rubric) -> str:
    if rubric.has_points:
        return "home.about" if rubric.vetoes else "home.about_points"
    return "home.about_met_conditions" if rubric.vetoes else "home.about_met"


_LANGUAGE = Place(PlaceKind.LANGUAGE)


def _pick_up(shelved: Shelved) -> Button:
    return Button(say("button.pick_up", done=shelved.answered, at=shelved.changed_at), PickUp(shelved.id))


def help_(view: View) -> Screen:
    """How to answer, what the ids mean, every command, and the way back to the question that was left."""
    how = ("help.save", "help.answer", "help.ids", "help.group", "help.jump", "help.change")
    blocks = [
        line(bold(say("help.title"))),
        BLANK,
        *(line(say(key)) for key in how),
        BLANK,
        *(line(f"/{command.value}　", view.say(f"command.{command.value}")) for command in Command),
    ]
    return view.screen(blocks, [back_to_card(view), (opening(say("button.home"), HOME),)])


def language(view: View) -> Screen:
    """Which language to speak; official words stay as they are in any."""
    blocks = [line(bold(say("language.title"))), line(say("language.official"))]
    choices = tuple(Button(say(f"language.{locale}"), Speak(locale)) for locale in view.world.locales)
    return view.screen(blocks, [choices, back_to_card(view), (opening(say("button.home"), HOME),)])
