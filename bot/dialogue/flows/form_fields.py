"""Writing a field or a cell of the form: typed, chosen, taken back, or put in place of another's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import EntrySetAside, EntryWritten, apply
from bot.assessments.model import Kind
from bot.dialogue.flows import contests
from bot.dialogue.flows.form_places import first_cell, onward
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.forms.choosing import chosen, written
from bot.forms.cleaning import Context, clean
from bot.forms.model import FieldKind
from bot.forms.outcomes import Cleaned, Said, Unclean
from bot.forms.phones import area_code_of
from bot.forms.subjects import CellRef, parse

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, Subject
    from bot.dialogue.form_intents import ClearEntry, FillChoice, ReplaceEntry
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.forms.model import Field, Form

_LANDLINES = ("registration.phone", "licence.phone")
"""Where a landline tells the area code of the station's city."""


def typed(scene: Scene, subject: Subject, text: str) -> Move:
    """The words are the field's, if they can be brought into its form."""
    form, field = _field(scene, subject)
    if form is None or field is None:
        return stay(scene.position, "notice.unreadable_button")
    cleaned = clean(field, text, context_of(scene.assessment))
    if isinstance(cleaned, Unclean):
        return stay(scene.position, cleaned.code, **cleaned.args)
    subject = _own_row(scene, form, subject)
    if contests.is_contested(scene, subject, cleaned.value, scene.position.seen):
        return _contest(scene, field, subject, cleaned.value)
    return _write(scene, form, subject, cleaned)


def fill_choice(scene: Scene, intent: FillChoice) -> Move:
    """A choice was tapped; of several levels each is a toggle, and its revision makes a repeated tap harmless."""
    form, field = _field(scene, intent.subject)
    if form is None or field is None or not intent.choice < len(field.choices):
        return stay(scene.position, "notice.unreadable_button")
    stands, chosen_id = scene.assessment.entry(intent.subject), field.choices[intent.choice].id
    if stands.revision != intent.revision:
        return _choose_late(scene, field, intent, chosen_id)
    if field.kind is not FieldKind.LEVELS:
        return _write(scene, form, intent.subject, Cleaned(chosen_id))
    value = written(field, set(chosen(stands.value)) ^ {chosen_id})
    event = EntryWritten(intent.subject, stands.value, value)
    return scene.go(Place(PlaceKind.FIELD, intent.subject), event, notice=Notice(say("form.kept", label=field.label)))


def clear(scene: Scene, intent: ClearEntry) -> Move:
    """What is written is taken back; the card stays for other words."""
    _, field = _field(scene, intent.subject)
    if field is None:
        return stay(scene.position, "notice.unreadable_button")
    stands, card = scene.assessment.entry(intent.subject), Place(PlaceKind.FIELD, intent.subject)
    if not stands.value:
        return stay(scene.position, "form.cleared", label=field.label)
    if stands.revision != intent.revision:
        return _stale(scene, field, intent.subject)
    event = EntryWritten(intent.subject, stands.value, "")
    return scene.go(card, event, notice=Notice(say("form.cleared", label=field.label)))


def put_mine(scene: Scene, intent: ReplaceEntry) -> Move:
    """Of two values the person's own shall stand, if the colleague's is still the one that they saw."""
    (form, field), mine = _field(scene, intent.subject), contests.offered(scene.world, intent.subject)
    if form is None or field is None or not isinstance(mine, str):
        return stay(scene.position, "notice.unreadable_button")
    stands = scene.assessment.entry(intent.subject)
    if stands.value == mine:
        return stay(scene.position, "form.already", label=field.label)
    if stands.revision == intent.revision:
        return _write(scene, form, intent.subject, Cleaned(mine))
    if contests.is_contested(scene, intent.subject, mine, intent.revision):
        return _contest(scene, field, intent.subject, mine)
    return _stale(scene, field, intent.subject)


def context_of(assessment: Assessment) -> Context:
    """What is known around a field: the area code of a landline that is written already."""
    codes = (area_code_of(assessment.entry(subject).value) for subject in _LANDLINES)
    return Context(next((code for code in codes if code), ""))


def _field(scene: Scene, subject: Subject) -> tuple[Form | None, Field | None]:
    form = scene.world.form
    return form, None if form is None else form.field(subject)


def _choose_late(scene: Scene, field: Field, intent: FillChoice, chosen_id: str) -> Move:
    """A choice from an old card: done already, to be chosen beside a colleague's, or what stands is shown."""
    stands, mine = scene.assessment.entry(intent.subject), chosen_id
    if field.kind is FieldKind.LEVELS:
        drawn = contests.value_at(scene.world, intent.subject, intent.revision)
        mine = written(field, set(chosen(drawn if isinstance(drawn, str) else "")) ^ {chosen_id})
    elif stands.value == mine:
        return stay(scene.position, "form.already", label=field.label)
    if mine and contests.is_contested(scene, intent.subject, mine, intent.revision):
        return _contest(scene, field, intent.subject, mine)
    return _stale(scene, field, intent.subject)


def _contest(scene: Scene, field: Field, subject: Subject, value: str) -> Move:
    """Nothing is overwritten: the value is kept beside the colleague's, and the person chooses."""
    aside, card = EntrySetAside(subject, scene.assessment.entry(subject).value, value), Place(PlaceKind.FIELD, subject)
    return contests.contest(scene, card, (aside,), notice=Notice(say("form.contested", label=field.label)))


def _own_row(scene: Scene, form: Form, subject: Subject) -> Subject:
    """Two people who began the same new row at once each get a row of their own."""
    cell, stands = parse(subject), scene.assessment.entry(subject)
    if not isinstance(cell, CellRef) or scene.position.seen or stands.by in (0, scene.world.person):
        return subject
    table = form.table(cell.table_path)
    if table is None or table.columns[0].id != cell.column or scene.assessment.kind is not Kind.SELF_ASSESSMENT:
        return subject
    return first_cell(scene.assessment, cell.table_path, table)


def _write(scene: Scene, form: Form, subject: Subject, cleaned: Cleaned) -> Move:
    field = form.field(subject)
    label, stands = "" if field is None else field.label, scene.assessment.entry(subject)
    if stands.value == cleaned.value:
        return scene.go(onward(form, scene.assessment, subject), notice=Notice(say("form.already", label=label)))
    event = EntryWritten(subject, stands.value, cleaned.value)
    after = apply(scene.assessment, event, by=scene.world.person, at=scene.world.now)
    return scene.go(onward(form, after, subject), event, notice=_notice(label, cleaned.remark))


def _notice(label: str, remark: Said | None) -> Notice:
    kept = say("form.kept", label=label)
    if remark is None:
        return Notice(kept)
    return Notice(say("form.kept_with_remark", kept=kept, remark=say(remark.code, **remark.args)), is_alert=True)


def _stale(scene: Scene, field: Field, subject: Subject) -> Move:
    card = scene.go(Place(PlaceKind.FIELD, subject))
    return warn(card.position, "form.changed", label=field.label)
