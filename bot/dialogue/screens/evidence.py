"""The evidence of an item or a section: how it is inspected, the sets that stand, and where the rest can be seen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.dialogue.evidence_intents import PlaceEvidence, RemoveEvidence, ShowEvidence
from bot.dialogue.flows import evidence_places
from bot.dialogue.phrases import LONG, SHORT, SHORTER, author, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Screen, bold, line, say
from bot.dialogue.screens.item import place_in_table
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening, undo_row
from bot.dialogue.walk import items_of
from bot.evidence.limits import MEGABYTE
from bot.evidence.rules import rules_of
from bot.evidence.sets import UNPLACED, Standing, place_subject, read, set_subject, sets_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.assessments.model import Subject
    from bot.dialogue.screen import Say, Text
    from bot.evidence.sets import EvidenceSet

MOST_SHOWN: Final = 12
"""Sets on one screen, the newest; each brings a row of buttons."""

_IN_A_ROW: Final = 3
_SECTIONS_IN_A_ROW: Final = 2
_KILOBYTE: Final = 1024
_TENTH: Final = Decimal("0.1")


def evidence(view: View) -> Screen:
    """What stands for an item or a section, or why no files may, and what to do."""
    sets = sets_of(view.assessment.entries, view.subject)
    shown = sets[-MOST_SHOWN:]
    blocks = [*_heading(view), line(say(_request(view))), BLANK, *_whereabouts(view)]
    if len(sets) > len(shown):
        blocks.append(line(say("evidence.older", count=len(sets) - len(shown))))
    for each in shown:
        blocks += _set(view, each)
    rows = [_buttons(each) for each in shown]
    return view.screen(blocks, [*rows, _waiting(view), *_ways(view)])


def whereabouts(view: View) -> Screen:
    """Where the papers of an item or a section can be inspected is asked."""
    standing = view.assessment.entry(place_subject(view.subject)).value
    blocks: list[Block] = [*_heading(view), line(say("evidence.where")), line(say("evidence.where_example"))]
    if standing:
        blocks += [BLANK, line(say("evidence.stands_at", place=shorten(standing, LONG)))]
    return view.screen(blocks, [(opening(say("evidence.button"), Place(PlaceKind.EVIDENCE, view.subject)),)])


def unplaced(view: View) -> Screen:
    """Files came that belong to nothing yet: to which item or section?"""
    number = int(view.subject)
    entry = view.assessment.entry(set_subject(UNPLACED, number))
    files = read(entry.value)
    blocks: list[Block] = [line(bold(say("evidence.unplaced_title"))), BLANK, line(_contents(files)), *_note(files)]
    near = [_put(view, number, item) for item in _nearby(view)]
    sections = [_put(view, number, each.id) for each in evidence_places.sections(view.world)]
    remove = Button(say("evidence.remove_unplaced"), RemoveEvidence(UNPLACED, number, entry.revision))
    rows = [*in_rows(near, _IN_A_ROW), *in_rows(sections, _SECTIONS_IN_A_ROW), (remove,), back_to_card(view)]
    return view.screen([*blocks, BLANK, line(say("evidence.which_item"))], rows)


def _put(view: View, number: int, about: Subject) -> Button:
    revision = view.assessment.entry(set_subject(UNPLACED, number)).revision
    label = say("evidence.put", item=evidence_places.name_of(about, view.world))
    return Button(label, PlaceEvidence(number, about, revision))


def _nearby(view: View) -> Iterable[str]:
    """The items of the card that was left, as far as they take files."""
    card = view.position.back
    if card.kind is not PlaceKind.GROUP and card.subject not in view.rubric.items:
        return ()
    rules = rules_of(view.rubric.id)
    return (each for each in items_of(view.rubric, card) if not rules.is_confidential(view.rubric, each))


def _heading(view: View) -> list[Block]:
    asked, section = view.rubric.items.get(view.subject), evidence_places.section_of(view.subject, view.world)
    if section is not None:
        return [line(bold(section.label)), line(section.why), BLANK]
    assert asked is not None  # noqa: S101 - the place is real only for an item or a section
    methods = tuple(say(f"evidence.method.{each.value}") for each in rules_of(view.rubric.id).methods(asked))
    method = [line(say("evidence.methods", methods=methods))] if methods else []
    return [place_in_table(view.rubric, asked), line(bold(asked.text)), *method, BLANK]


def _request(view: View) -> str:
    if view.subject not in view.rubric.items:
        return "evidence.send_to_section"
    is_confidential = rules_of(view.rubric.id).is_confidential(view.rubric, view.subject)
    return "evidence.confidential" if is_confidential else "evidence.send"


def _whereabouts(view: View) -> Iterable[Block]:
    written = view.assessment.entry(place_subject(view.subject)).value
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


def _ways(view: View) -> Iterable[Row]:
    written = view.assessment.entry(place_subject(view.subject)).value
    key = "evidence.change_whereabouts" if written else "evidence.write_whereabouts"
    card = evidence_places.card_of(view.subject, view.world)
    name = evidence_places.name_of(view.subject, view.world)
    yield (opening(say(key), Place(PlaceKind.WRITE_WHEREABOUTS, view.subject)),)
    yield (opening(say("button.to_subject", subject=name), card),)
    yield undo_row(view)
    yield back_to_card(view) if card.kind is PlaceKind.FORM_SECTION else ()
