"""The scenes of evidence: sets of an item, an item that takes none, files without a place, and every refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import EntryRecord
from bot.dialogue.engine import show, step
from bot.dialogue.given import Sent
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.world import World
from bot.evidence.kinds import Kind
from bot.evidence.refusals import Reason, Refusal
from bot.evidence.rules import rules_of
from bot.evidence.sets import UNPLACED, EvidenceSet, KeptFile, place_subject, set_subject, write
from bot.forms.loader import form_at, form_beside
from bot.localization import LOCALES
from gallery.shots import Shelf, Shot
from gallery.states import NOW, WORDS, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.rubric.model import Rubric

_SECTION: Final = "Evidence"
_COLLEAGUE: Final = 9
_MANY: Final = 14
_PAPER: Final = KeptFile("ab" * 32, Kind.PDF, 1_300_000, "应急预案.pdf")
_PHOTO: Final = KeptFile("cd" * 32, Kind.JPEG, 240_000)


def evidence_shots(rubric: Rubric) -> Iterator[Shot]:
    """Every kind of place about evidence, and every refusal."""
    item = next(iter(rubric.items))
    secret = next(each for each in rubric.items if rules_of(rubric.id).is_confidential(rubric, each))
    blank, begun = empty(rubric), _begun(rubric, item, secret)
    for about, name in ((item, "an item"), (secret, "confidential")):
        for made, state in ((blank, "nothing yet"), (begun, "begun")):
            yield _shot(rubric, f"{name}, {state}", Place(PlaceKind.EVIDENCE, about), made)
            yield _shot(rubric, f"{name}, where to inspect, {state}", Place(PlaceKind.WRITE_WHEREABOUTS, about), made)
    for made, state in ((blank, "nothing yet"), (begun, "begun")) if form_beside(rubric.id) else ():
        yield _shot(rubric, f"a section, {state}", Place(PlaceKind.EVIDENCE, "licence"), made)
    yield _shot(rubric, "which item?", Place(PlaceKind.UNPLACED_FILE, "1"), begun)
    for reason in Reason:
        sent = Sent(Refusal(reason, "应急预案.pdf", secret, 20))
        turn = step(_position(Place(PlaceKind.ITEM, item), blank), sent, _world(rubric, blank))
        yield Shot(_SECTION, f"refused: {reason.value}", None, turn.notice)


def _begun(rubric: Rubric, item: str, secret: str) -> Assessment:
    album = write(EvidenceSet((_PHOTO, replace(_PHOTO, sha256="ef" * 32)), WORDS, "1"))
    texts = {set_subject(item, number): write(EvidenceSet((_PAPER,))) for number in range(1, _MANY)}
    texts |= {
        set_subject(item, _MANY): album,
        place_subject(item): "档案室2号柜，2016年卷",
        place_subject(secret): "保密室1号柜",
        set_subject("licence", 1): album,
        set_subject(UNPLACED, 1): album,
    }
    entries = {subject: EntryRecord(text, 1, _COLLEAGUE, NOW) for subject, text in texts.items()}
    return replace(empty(rubric), entries=entries)


def _position(place: Place, assessment: Assessment) -> Position:
    return Position(place, assessment.id, back=Place(PlaceKind.ITEM, "1.1.1"), last_action=7)


def _world(rubric: Rubric, assessment: Assessment) -> World:
    return World(rubric, assessment, ME, LOCALES[0], LOCALES, NOW, 7, Shelf(), form=form_at(form_beside(rubric.id)))


def _shot(rubric: Rubric, title: str, place: Place, assessment: Assessment) -> Shot:
    """Draw a place; ValueError when there is no such place."""
    turn = show(_position(place, assessment), _world(rubric, assessment))
    if turn.position.place != place:
        raise ValueError(f"there is no screen {place.code!r}")
    return Shot(_SECTION, title, turn.screen, kind=place.kind)
