"""Answering an item by its figures: a number of problems, a measured number, proofs ticked off, a grade's letter."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.dialogue.flows import contests
from bot.dialogue.flows.items import answer_from_button, card_of, contest, record, stale
from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay
from bot.rubric.answers import Chosen, Counted, Measured, Ticked
from bot.rubric.facts import DeductionFacts, MeasureFacts, ProofFacts
from bot.rubric.figures import MOST, as_figure
from bot.rubric.yields import lost

if TYPE_CHECKING:
    from bot.dialogue.intents import Count, Tick
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.rubric.model import Item, Wording

ALL = "*"
"""Stands in a button for every proof at once."""

_NUMBER = re.compile(r"[^\d.\-−–]{0,20}([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)([^\d]*|[^\d]+[0-9])")
"""A number with words before it and its unit behind it, perhaps one such as m2; 1,200 is one number."""


def count(scene: Scene, intent: Count) -> Move:
    """A number of problems came by button."""
    item = scene.item(intent.item)
    if item is None or not isinstance(item.facts, DeductionFacts) or intent.problems > MOST:
        return stay(scene.position, "notice.unreadable_button")
    return answer_from_button(scene, item, Counted(intent.problems), intent.revision)


def tick(scene: Scene, intent: Tick) -> Move:
    """A proof was ticked or unticked; its button says which, so that a repeated tap changes nothing."""
    item = scene.item(intent.item)
    if item is None or not isinstance(item.facts, ProofFacts) or intent.on not in (0, 1):
        return stay(scene.position, "notice.unreadable_button")
    known = [proof.id for proof in item.facts.proofs]
    meant = known if intent.proof == ALL else [intent.proof]
    if not set(meant) <= set(known):
        return stay(scene.position, "notice.unreadable_button")
    stands = scene.assessment.item(item.id)
    wanted = _with(item.facts, _ticked(stands.answer), meant, on=bool(intent.on))
    if stands.revision == intent.revision:
        return _record_proofs(scene, item, wanted)
    if stands.answer == wanted:
        return stay(scene.position, "notice.already_recorded", item=item.id, answer=answer_words(item, wanted))
    if contests.is_contested(scene, item.id, wanted, intent.revision):
        return contest(scene, item, wanted, card_of(scene, item))
    return stale(scene, item)


def from_text(scene: Scene, item: Item, text: str) -> Move | None:
    """A number, or the letter of a grade, as the item asks for it; None for anything else."""
    match item.facts:
        case MeasureFacts() as facts:
            return _measured(scene, item, facts, text)
        case DeductionFacts() as facts:
            return _counted(scene, item, facts, text)
        case ProofFacts() as facts:
            return _toggled(scene, item, facts, text)
    written = _plain(text)
    level = next((each for each in item.levels if each.grade and _plain(each.grade) == written), None)
    return None if level is None else record(scene, item, Chosen(level.id))


def _measured(scene: Scene, item: Item, facts: MeasureFacts, text: str) -> Move | None:
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return None
    if not _is_unit(found[2], facts.unit, facts.also):
        return stay(scene.position, "notice.other_unit", unit=facts.unit)
    value = as_figure(found[1].replace(",", ""), facts.most)
    if value is None:
        most = facts.most or MOST
        return stay(scene.position, "notice.not_a_measure", most=most, unit=facts.unit)
    return record(scene, item, Measured(value))


def _counted(scene: Scene, item: Item, facts: DeductionFacts, text: str) -> Move | None:
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return None
    if not _is_unit(found[2], facts.unit, ()):
        return stay(scene.position, "notice.other_unit", unit=facts.unit)
    number = as_figure(found[1].replace(",", ""))
    if number is None or number != int(number):
        return stay(scene.position, "notice.whole_number_please", unit=facts.unit)
    return record(scene, item, Counted(int(number)))


def _toggled(scene: Scene, item: Item, facts: ProofFacts, text: str) -> Move | None:
    word = _plain(text)
    number = int(word) if word.isascii() and word.isdigit() and len(word) <= len(str(len(facts.proofs))) else 0
    if not 1 <= number <= len(facts.proofs):
        return None
    ticked = _ticked(scene.assessment.item(item.id).answer)
    proof = facts.proofs[number - 1].id
    return _record_proofs(scene, item, _with(facts, ticked, [proof], on=proof not in ticked))


def _record_proofs(scene: Scene, item: Item, answer: Ticked) -> Move:
    """With some proofs ticked the card stays for the others; with all it yields, or none, it is done."""
    here = Place(PlaceKind.ITEM, item.id) if answer.proofs and lost(item, answer) else None
    return record(scene, item, answer, place=here)


def _ticked(answer: object) -> tuple[str, ...]:
    return answer.proofs if isinstance(answer, Ticked) else ()


def _with(facts: ProofFacts, ticked: tuple[str, ...], meant: list[str], *, on: bool) -> Ticked:
    kept = set(ticked) | set(meant) if on else set(ticked) - set(meant)
    return Ticked(tuple(proof.id for proof in facts.proofs if proof.id in kept))


def _is_unit(written: str, unit: Wording, also: tuple[str, ...]) -> bool:
    known = {_plain(each) for each in (*unit.by_locale.values(), *also)}
    return not written.strip(" .。") or written.strip(" .。") in known


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
