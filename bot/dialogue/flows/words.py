"""What typed words mean at each place: an option's number, an item to jump to, or the text that was asked for."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.assessments.events import NoteWritten, RemedyWritten
from bot.dialogue import walk
from bot.dialogue.flows import check, evidence, facts, form_fields, form_rows, groups, items, report, vetoes
from bot.dialogue.intents import checksum
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay
from bot.dialogue.screen import Notice, say
from bot.rubric.facts import DeductionFacts, MeasureFacts, ProofFacts, RateFacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.dialogue.intents import KeepAsNote
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.rubric.model import Item

_EDGES = " 　.。、，,;；:：第项号"
_LONGEST_NUMBER = 3
_TAKES_NUMBERS = {
    PlaceKind.UNPLACED_FILE,
    PlaceKind.FIELD,
    PlaceKind.TABLE,
    PlaceKind.PASTE,
    PlaceKind.WRITE_EXPLANATION,
}
"""Where the number of an item is what was asked for."""


def typed(scene: Scene, text: str) -> Move:
    """What the words lead to; what cannot be placed is kept as a draft, never thrown away.

    An item's id alone jumps there, even where words are asked for: nobody means it as a note or a reason.
    """
    place = scene.position.place
    if _word(text) in scene.rubric.items and place.kind not in _TAKES_NUMBERS:
        return scene.go(Place(PlaceKind.ITEM, _word(text)))
    writer = _WRITERS.get(place.kind)
    if writer is not None:
        return writer(scene, place.subject, text)
    return _short_answer(scene, place, text) or _unplaced(scene, text)


def keep_as_note(scene: Scene, intent: KeepAsNote) -> Move:
    """The draft becomes a note on the item, if it is still the one that the button was drawn for."""
    draft, offered = scene.position.draft, Place(PlaceKind.UNPLACED_TEXT, intent.item)
    if scene.position.back != offered or not draft or checksum(draft) != intent.words:
        return stay(scene.position, "notice.nothing_to_keep")
    return _write_note(scene, intent.item, draft)


def _short_answer(scene: Scene, place: Place, text: str) -> Move | None:
    """Figures, a grade, or the number of an option, in half-width or full-width characters."""
    item = scene.rubric.items.get(place.subject) if place.kind is PlaceKind.ITEM else None
    if item is not None and isinstance(item.facts, RateFacts):
        rated = items.rate_from_text(scene, item, text)
        if rated is not None:
            return rated
    if item is not None:
        graded = facts.from_text(scene, item, text)
        if graded is not None or _takes_figures(item):
            return graded
    word = _word(text)
    is_number = word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER
    return _numbered(scene, place, item, int(word)) if is_number else None


def _takes_figures(item: Item) -> bool:
    """Whether a number on its own is never the number of an option."""
    return isinstance(item.facts, MeasureFacts | DeductionFacts | ProofFacts)


def _word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(_EDGES)


def _numbered(scene: Scene, place: Place, item: Item | None, number: int) -> Move | None:
    if item is not None:
        return items.choose_by_number(scene, item, number)
    if place.kind is PlaceKind.GROUP:
        ids = walk.items_of(scene.rubric, place)
        return groups.number(scene, scene.rubric.items[ids[number - 1]]) if 1 <= number <= len(ids) else None
    if place.kind is PlaceKind.VETO:
        veto = scene.rubric.vetoes_by_id[place.subject]
        return vetoes.choose(scene, veto, veto.choices[number - 1]) if 1 <= number <= len(veto.choices) else None
    return None


def _unplaced(scene: Scene, text: str) -> Move:
    place = scene.position.place
    if place.kind in (PlaceKind.ITEM, PlaceKind.UNPLACED_TEXT) and place.subject in scene.rubric.items:
        kept = scene.go(Place(PlaceKind.UNPLACED_TEXT, place.subject), draft=text)
        return stay(kept.position, "notice.unplaced_text")
    return stay(scene.position, "notice.unknown_input")


def _write_note(scene: Scene, item_id: str, text: str) -> Move:
    event = NoteWritten(item_id, scene.assessment.item(item_id).note, text)
    return scene.go(Place(PlaceKind.ITEM, item_id), event, notice=Notice(say("notice.note_kept", item=item_id)))


def _write_remedy(scene: Scene, item_id: str, text: str) -> Move:
    event = RemedyWritten(item_id, scene.assessment.item(item_id).remedy, text)
    notice = Notice(say("notice.remedy_kept", item=item_id))
    return scene.go(after_remedy(scene, item_id), event, notice=notice)


def after_remedy(scene: Scene, item_id: str) -> Place:
    """Where the walk goes on behind the sentence on a lost point: the group's next one, or the next open card."""
    card = walk.card_of(scene.rubric, item_id, scene.position.walk)
    if card.kind is PlaceKind.GROUP and not walk.open_items(scene.rubric, scene.assessment, card):
        ids = walk.items_of(scene.rubric, card)
        later = groups.next_remedy(scene, scene.assessment, ids[ids.index(item_id) + 1 :])
        if later is not None:
            return later
    return scene.next_open(scene.assessment, item_id)


def _put_evidence(scene: Scene, number: str, text: str) -> Move:
    return evidence.put_by_words(scene, int(number), _word(text))


def _write_excuse(scene: Scene, item_id: str, text: str) -> Move:
    return items.excuse(scene, scene.rubric.items[item_id], text)


def _write_rate(scene: Scene, item_id: str, text: str) -> Move:
    item = scene.rubric.items[item_id]
    return items.rate_from_text(scene, item, text) or stay(scene.position, "notice.two_numbers_please")


_WRITERS: dict[PlaceKind, Callable[[Scene, str, str], Move]] = {
    PlaceKind.WRITE_NOTE: _write_note,
    PlaceKind.WRITE_REMEDY: _write_remedy,
    PlaceKind.WRITE_EXCUSE: _write_excuse,
    PlaceKind.WRITE_RATE: _write_rate,
    PlaceKind.WRITE_WHEREABOUTS: evidence.write_whereabouts,
    PlaceKind.UNPLACED_FILE: _put_evidence,
    PlaceKind.FIELD: form_fields.typed,
    PlaceKind.TABLE: form_rows.pasted,
    PlaceKind.PASTE: form_rows.pasted,
    PlaceKind.WRITE_EXPLANATION: check.explain,
    PlaceKind.REOPEN: report.write_reason,
    PlaceKind.STAMPED: report.write_code,
    PlaceKind.WRITE_VETO_DETAILS: vetoes.write_details,
    PlaceKind.WRITE_VETO_SPECIAL: vetoes.write_special,
    PlaceKind.WRITE_VETO_REASON: vetoes.write_reason,
}
