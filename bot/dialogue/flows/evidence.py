"""Evidence: files that came, where they belong, taking them back, and where the rest can be inspected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import EntryWritten
from bot.dialogue.flows import evidence_places
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Move
from bot.evidence.limits import LONGEST_NOTE
from bot.evidence.refusals import Reason, Refusal
from bot.evidence.rules import rules_of
from bot.evidence.sets import (
    UNPLACED,
    EvidenceSet,
    Standing,
    next_number,
    place_subject,
    read,
    set_subject,
    standing,
    write,
)

if TYPE_CHECKING:
    from bot.assessments.model import Subject
    from bot.dialogue.evidence_intents import PlaceEvidence, RemoveEvidence, ShowEvidence
    from bot.dialogue.given import Recaptioned, Sent
    from bot.dialogue.scene import Scene


def about(scene: Scene) -> Subject:
    """What a file that comes now belongs to: where the person is in table or form, or nothing that anybody knows."""
    return evidence_places.subject_at(scene.position.place, scene.world)


def refusal(scene: Scene) -> Refusal | None:
    """Why no file may come where the person is now, known before it is fetched."""
    here = about(scene)
    return Refusal(Reason.CONFIDENTIAL, subject=here) if _is_confidential(scene, here) else None


def sent(scene: Scene, given: Sent) -> Move:
    """A file came: it joins its album, or begins a set of its own."""
    if isinstance(given.file, Refusal):
        return _refuse(scene, given.file)
    if given.album and (album := _album(scene, given.album)) is not None:
        joined = album.set.with_file(given.file, given.caption[:LONGEST_NOTE])
        return _keep(scene, album.about, album.number, joined)
    here = about(scene)
    if _is_confidential(scene, here):
        return _refuse(scene, Refusal(Reason.CONFIDENTIAL, given.file.name, here))
    number = next_number(scene.assessment.entries, here)
    return _keep(scene, here, number, EvidenceSet((given.file,), given.caption[:LONGEST_NOTE], given.album))


def recaption(scene: Scene, given: Recaptioned) -> Move:
    """The words beside a file were changed: they are its set's note now."""
    mine = (each for each in standing(scene.assessment.entries) if each.entry.by == scene.world.person)
    found = next((each for each in mine if given.message in {file.message for file in each.set.files}), None)
    if found is None:
        return stay(scene.position, "notice.edited")
    noted = replace(found.set, note=given.caption[:LONGEST_NOTE])
    event = EntryWritten(set_subject(found.about, found.number), found.entry.value, write(noted))
    return scene.go(_screen(found.about, found.number), event, notice=Notice(say("evidence.noted")))


def remove(scene: Scene, intent: RemoveEvidence) -> Move:
    """A set is taken back, if it is still the one that the button was drawn for."""
    subject = set_subject(intent.about, intent.number)
    entry = scene.assessment.entry(subject)
    if entry.revision != intent.revision or not entry.value:
        return stay(scene.position, "evidence.changed" if entry.value else "evidence.gone")
    notice = Notice(say("evidence.removed", number=intent.number))
    back = _screen(intent.about, intent.number) if intent.about else scene.card
    return scene.go(back, EntryWritten(subject, entry.value, ""), notice=notice)


def show(scene: Scene, intent: ShowEvidence) -> Move:
    """The files of a set are to be sent."""
    if not scene.assessment.entry(set_subject(intent.about, intent.number)).value:
        return stay(scene.position, "evidence.gone")
    document = f"evidence:{scene.assessment.id}:{set_subject(intent.about, intent.number)}"
    return Move(scene.position, notice=Notice(say("evidence.coming")), document=document)


def put(scene: Scene, intent: PlaceEvidence) -> Move:
    """Files that were sent without saying what for belong to an item or a section."""
    subject = set_subject(UNPLACED, intent.number)
    entry = scene.assessment.entry(subject)
    if entry.revision != intent.revision or not entry.value or not evidence_places.exists(intent.about, scene.world):
        return stay(scene.position, "evidence.changed" if entry.value else "evidence.gone")
    return _put(scene, intent.number, intent.about)


def put_by_words(scene: Scene, number: int, words: str) -> Move:
    """The id of an item or the heading of a section was typed where files wait for one, or something else."""
    about = evidence_places.named(words, scene.world)
    return _put(scene, number, about) if about else stay(scene.position, "evidence.no_such_item")


def write_whereabouts(scene: Scene, about: Subject, text: str) -> Move:
    """Where it can be inspected was typed."""
    subject = place_subject(about)
    event = EntryWritten(subject, scene.assessment.entry(subject).value, text[:LONGEST_NOTE])
    notice = Notice(say("evidence.whereabouts_kept", item=_name(scene, about)))
    return scene.go(Place(PlaceKind.EVIDENCE, about), event, notice=notice)


def _put(scene: Scene, number: int, about: Subject) -> Move:
    subject = set_subject(UNPLACED, number)
    waiting = scene.assessment.entry(subject).value
    if _is_confidential(scene, about):
        return warn(scene.position, "evidence.not_there", item=about)
    new = next_number(scene.assessment.entries, about)
    events = (EntryWritten(subject, waiting, ""), EntryWritten(set_subject(about, new), "", waiting))
    kept = say("evidence.kept", count=len(read(waiting).files), item=_name(scene, about), number=new)
    return scene.go(Place(PlaceKind.EVIDENCE, about), *events, notice=Notice(kept))


def _keep(scene: Scene, subject: Subject, number: int, evidence: EvidenceSet) -> Move:
    """The set as it is now; one that is as it was leaves no trace."""
    key = set_subject(subject, number)
    before, after = scene.assessment.entry(key).value, write(evidence)
    events = () if before == after else (EntryWritten(key, before, after),)
    count = len(evidence.files)
    kept = say("evidence.kept", count=count, item=_name(scene, subject), number=number)
    notice = Notice(kept if subject else say("evidence.unplaced", count=count))
    return scene.go(_screen(subject, number), *events, notice=notice)


def _screen(subject: Subject, number: int) -> Place:
    return Place(PlaceKind.EVIDENCE, subject) if subject else Place(PlaceKind.UNPLACED_FILE, str(number))


def _refuse(scene: Scene, refused: Refusal) -> Move:
    """Nothing of the file is kept; of an item that takes none it is asked where its papers stand."""
    move = warn(
        scene.position,
        f"evidence.refused.{refused.reason.value}",
        name=refused.name or say("evidence.photo"),
        item=refused.subject,
        megabytes=refused.megabytes,
    )
    if refused.reason is Reason.CONFIDENTIAL:
        return scene.go(Place(PlaceKind.WRITE_WHEREABOUTS, refused.subject), notice=move.notice)
    return move


def _album(scene: Scene, album: str) -> Standing | None:
    """The set of an album of which some has come before, by the same person."""
    found = (each for each in standing(scene.assessment.entries) if each.set.album == album)
    return next((each for each in found if each.entry.by == scene.world.person), None)


def _name(scene: Scene, about: Subject) -> str:
    return evidence_places.name_of(about, scene.world)


def _is_confidential(scene: Scene, subject: Subject) -> bool:
    return rules_of(scene.rubric.id).is_confidential(scene.rubric, subject)
