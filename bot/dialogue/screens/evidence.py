"""The evidence of an item: what its method asks for, the sets that stand, and where the rest can be inspected."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.dialogue.evidence_intents import PlaceEvidence, RemoveEvidence, ShowEvidence
from bot.dialogue.phrases import LONG, SHORT, SHORTER, author, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Screen, bold, line, say
from bot.dialogue.screens.item import place_in_table
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening, walk_row
from bot.dialogue.walk import items_of
from bot.evidence.limits import MEGABYTE
from bot.evidence.rules import rules_of
from bot.evidence.sets import UNPLACED, Standing, place_subject, read, set_subject, sets_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.screen import Say, Text
    from bot.evidence.sets import EvidenceSet
    from bot.rubric.model import Item

MOST_SHOWN: Final = 12
"""Sets on one screen, the newest; each brings a row of buttons."""

_IN_A_ROW: Final = 3
_KILOBYTE: Final = 1024
_TENTH: Final = Decimal("0.1")


def evidence(view: View) -> Screen:
    """What stands for an item, or why no files may, and what to do."""
    asked = view.rubric.items[view.subject]
    takes_files = not rules_of(view.rubric.id).is_confidential(view.rubric, asked.id)
    sets = sets_of(view.assessment.entries, asked.id)
    shown = sets[-MOST_SHOWN:]
    blocks = [*_heading(view, asked), line(say("evidence.send" if takes_files else "evidence.confidential"))]
    blocks += [BLANK, *_whereabouts(view, asked)]
    if len(sets) > len(shown):
        blocks.append(line(say("evidence.older", count=len(sets) - len(shown))))
    for each in shown:
        blocks += _set(view, each)
    rows = [_buttons(each) for each in shown]
    return view.screen(blocks, [*rows, _waiting(view), *_ways(view, asked)])


def whereabouts(view: View) -> Screen:
    """Where the papers of an item can be inspected is asked."""
    asked = view.rubric.items[view.subject]
    standing = view.assessment.entry(place_subject(asked.id)).value
    blocks: list[Block] = [*_heading(view, asked), line(say("evidence.where")), line(say("evidence.where_example"))]
    if standing:
        blocks += [BLANK, line(say("evidence.stands_at", place=shorten(standing, LONG)))]
    return view.screen(blocks, [(opening(say("evidence.button"), Place(PlaceKind.EVIDENCE, asked.id)),)])


def unplaced(view: View) -> Screen:
    """Files came that belong to nothing yet: to which item?"""
    number = int(view.subject)
    entry = view.assessment.entry(set_subject(UNPLACED, number))
    files = read(entry.value)
    blocks: list[Block] = [line(bold(say("evidence.unplaced_title"))), BLANK, line(_contents(files)), *_note(files)]
    near = [
        Button(say("evidence.put", item=item), PlaceEvidence(number, item, entry.revision)) for item in _nearby(view)
    ]
    remove = Button(say("evidence.remove_unplaced"), RemoveEvidence(UNPLACED, number, entry.revision))
    rows = [*in_rows(near, _IN_A_ROW), (remove,), back_to_card(view)]
    return view.screen([*blocks, BLANK, line(say("evidence.which_item"))], rows)


def _nearby(view: View) -> Iterable[str]:
    """The items of the card that was left, as far as they take files."""
    card = view.position.back
    if card.kind is not PlaceKind.GROUP and card.subject not in view.rubric.items:
        return ()
    rules = rules_of(view.rubric.id)
    return (each for each in items_of(view.rubric, card) if not rules.is_confidential(view.rubric, each))


def _heading(view: View, asked: Item) -> list[Block]:
    methods = tuple(say(f"evidence.method.{each.value}") for each in rules_of(view.rubric.id).methods(asked))
    method = [line(say("evidence.methods", methods=methods))] if methods else []
    return [place_in_table(view.rubric, asked), line(bold(asked.text)), *method, BLANK]


def _whereabouts(view: View, asked: Item) -> Iterable[Block]:
    written = view.assessment.entry(place_subject(asked.id)).value
    if written:
        yield line(say("evidence.stands_at", place=shorten(written, SHORT)))


def _set(view: View, each: Standing) -> Iterable[Block]:
    who = author(each.entry.by, view.world.person)
    yield line(bold(say("evidence.set", number=each.number)), "　", _contents(each.set))
    yield from _note(each.set)
    yield line(say("evidence.who", author=who, at=each.entry.at or ""))


def _note(files: EvidenceSet) -> Iterable[Block]:
    if files.note:
        yield line(say("evidence.note", note=shorten(files.note, SHORTER)))


def _contents(files: EvidenceSet) -> Say:
    """Kinds, names and sizes, of a few files at most."""
    named = [file.name for file in files.files if file.name]
    kinds: tuple[Text, ...] = tuple(dict.fromkeys(file.kind.name for file in files.files))
    size = _size(sum(file.size for file in files.files))
    if named:
        name = shorten(named[0], SHORTER)
        return say("evidence.contents_named", count=len(files.files), kinds=kinds, size=size, name=name)
    return say("evidence.contents", count=len(files.files), kinds=kinds, size=size)


def _size(size: int) -> Say:
    if size < MEGABYTE:
        return say("evidence.kilobytes", size=max(1, size // _KILOBYTE))
    return say("evidence.megabytes", size=(Decimal(size) / MEGABYTE).quantize(_TENTH))


def _buttons(each: Standing) -> Row:
    get = Button(say("evidence.get", number=each.number), ShowEvidence(each.about, each.number))
    gone = RemoveEvidence(each.about, each.number, each.entry.revision)
    return get, Button(say("evidence.remove", number=each.number), gone)


def _waiting(view: View) -> Row:
    """The way to files that nobody has said yet what they belong to."""
    sets = sets_of(view.assessment.entries, UNPLACED)
    label = say("evidence.waiting", count=len(sets))
    return (opening(label, Place(PlaceKind.UNPLACED_FILE, str(sets[0].number))),) if sets else ()


def _ways(view: View, asked: Item) -> Iterable[Row]:
    written = view.assessment.entry(place_subject(asked.id)).value
    key = "evidence.change_whereabouts" if written else "evidence.write_whereabouts"
    yield (opening(say(key), Place(PlaceKind.WRITE_WHEREABOUTS, asked.id)),)
    yield (opening(say("button.to_subject", subject=asked.id), Place(PlaceKind.ITEM, asked.id)),)
    yield walk_row(view)[-1:] if view.position.last_action else ()
