"""What stands on the page: a screen or a notice under a title, and the scenes that always do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from bot.assessments.events import ItemAnswered, NoteWritten, VetoAnswered, VetoStatement
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Kind
from bot.dialogue.engine import show
from bot.dialogue.flows.navigation import is_real
from bot.dialogue.position import HOME, Place, PlaceKind, Position, Walk
from bot.dialogue.rehearsal import ME
from bot.dialogue.world import Shelved, World
from bot.localization import LOCALES
from bot.rubric.answers import Chosen
from gallery.states import NOW, WORDS, counted, declared, empty, half_lost, partial, pending, possible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.model import Assessment, AssessmentId
    from bot.dialogue.screen import Notice, Screen
    from bot.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its section, its title, the screen, what is said with it, and how other languages lay it out."""

    section: str
    title: str
    screen: Screen | None
    notice: Notice | None = None
    kind: PlaceKind | None = None
    others: Mapping[str, Screen] = field(default_factory=dict)

    def screen_in(self, locale: str) -> Screen | None:
        """The screen as that language lays it out: longer labels stand on rows of their own."""
        return self.others.get(locale, self.screen)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An archive that holds what it is given."""

    entries: tuple[HistoryEntry, ...] = ()
    shelved: tuple[Shelved, ...] = ()

    def shelf(self) -> tuple[Shelved, ...]:
        """What it was given."""
        return self.shelved

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """Those about the subject."""
        return tuple(each for each in self.entries if subject in {getattr(each.event, name, "") for name in _SUBJECTS})

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Those of the action."""
        return tuple(each for each in self.entries if each.action == action)

    def fresh_id(self) -> AssessmentId:
        """A number."""
        return 1


_SUBJECTS: Final = ("item", "veto")
_WRITING: Final = (
    PlaceKind.WRITE_NOTE,
    PlaceKind.WRITE_REMEDY,
    PlaceKind.WRITE_EXCUSE,
    PlaceKind.WRITE_RATE,
    PlaceKind.UNPLACED_TEXT,
)
_WRITING_ON_VETOES: Final = (
    PlaceKind.WRITE_VETO_DETAILS,
    PlaceKind.WRITE_VETO_SPECIAL,
    PlaceKind.WRITE_VETO_REASON,
)


@dataclass(frozen=True, slots=True)
class Studio:
    """Draws the screens of one rubric through the pure dialogue."""

    rubric: Rubric

    def everything(self) -> Iterator[Shot]:
        """The scenes that always stand on the page: every place, and every subject a card can have."""
        yield from self._around()
        yield from self._cards()
        yield from self._map()
        yield from self._score()
        yield from self._vetoes()
        yield from self._writing()
        yield from self._history()

    def _shot(self, section: str, title: str, place: Place, assessment: Assessment | None, **more: object) -> Shot:
        """Draw a place; ValueError when the rubric has no such place."""
        archive = more.pop("archive", Shelf())
        position = replace(Position(place, assessment and assessment.id, Walk.GROUPED, place, 7), **more)  # type: ignore[arg-type]  # the fields of a position
        world = World(self.rubric, assessment, ME, LOCALES[0], LOCALES, NOW, 7, archive)  # type: ignore[arg-type]  # a shelf
        turn = show(position, world)
        if turn.position.place != place:
            raise ValueError(f"{self.rubric.id} has no screen {place.code!r}")
        others = {each: show(position, replace(world, locale=each)).screen for each in LOCALES[1:]}
        return Shot(section, title, turn.screen, kind=place.kind, others=others)

    def _if_real(
        self, section: str, title: str, place: Place, assessment: Assessment, **more: object
    ) -> Iterator[Shot]:
        world = World(self.rubric, assessment, ME, LOCALES[0], LOCALES, NOW, 7, Shelf())
        if is_real(place, world):
            yield self._shot(section, title, place, assessment, **more)

    def _around(self) -> Iterator[Shot]:
        begun = partial(self.rubric)
        here = Shelved(begun.id, Kind.PRACTICE, NOW, NOW, 20)
        shelf = Shelf(shelved=(here, Shelved(1, Kind.PRACTICE, NOW, NOW, 61), Shelved(2, Kind.PRACTICE, NOW, NOW, 0)))
        yield self._shot("Around", "home, first time", HOME, None, last_action=0)
        yield self._shot("Around", "home, with a shelf", HOME, begun, archive=shelf)
        card = Place(PlaceKind.ITEM, next(iter(self.rubric.items)))
        for kind in (PlaceKind.HELP, PlaceKind.LANGUAGE, PlaceKind.INVITATION):
            yield self._shot("Around", f"{kind.name.lower()}, nothing begun", Place(kind), None, last_action=0)
            yield self._shot("Around", f"{kind.name.lower()}, from a card", Place(kind), begun, back=card)

    def _cards(self) -> Iterator[Shot]:
        blank, lost = empty(self.rubric), half_lost(self.rubric)
        for group in self.rubric.groups:
            place = Place(PlaceKind.GROUP, group.id)
            yield self._shot("Groups", f"{group.id}, open", place, blank)
            yield self._shot("Groups", f"{group.id}, some lost", place, lost)
        for item in self.rubric.items.values():
            place = Place(PlaceKind.ITEM, item.id)
            yield self._shot("Items", item.id, place, blank, walk=Walk.SINGLE, last_action=0)
        for made, title in ((lost, "answered"), (pending(self.rubric), "left open")):
            for number, item_id in enumerate(self.rubric.items):
                if number % 6 == 5:  # noqa: PLR2004 - every sixth, the ones that `half_lost` loses
                    noted = replace(made, items={**made.items, item_id: replace(made.item(item_id), note=WORDS)})
                    yield self._shot("Items", f"{item_id}, {title}", Place(PlaceKind.ITEM, item_id), noted)

        figures = counted(self.rubric)
        for item in self.rubric.items.values():
            if item.facts is not None:
                yield self._shot("Items", f"{item.id}, figures", Place(PlaceKind.ITEM, item.id), figures)

    def _map(self) -> Iterator[Shot]:
        begun = partial(self.rubric)
        card = Place(PlaceKind.ITEM, next(iter(self.rubric.items)))
        yield self._shot("Map", "map, empty", Place(PlaceKind.MAP), empty(self.rubric), back=card)
        yield self._shot("Map", "map, begun", Place(PlaceKind.MAP), begun, back=card)
        for chapter in self.rubric.chapters:
            place = Place(PlaceKind.CHAPTER, chapter.id)
            yield self._shot("Map", f"chapter {chapter.id}", place, half_lost(self.rubric), back=card)
        yield self._shot(
            "Map", "chapter, begun", Place(PlaceKind.CHAPTER, self.rubric.chapters[1].id), begun, back=card
        )

    def _score(self) -> Iterator[Shot]:
        card = Place(PlaceKind.ITEM, next(iter(self.rubric.items)))
        for kind in (PlaceKind.SCORE, PlaceKind.LOST, PlaceKind.PENDING):
            for name, assessment in possible(self.rubric).items():
                yield self._shot("Score", f"{kind.name.lower()}, {name}", Place(kind), assessment, back=card)

    def _vetoes(self) -> Iterator[Shot]:
        for name, assessment in possible(self.rubric).items():
            if name in {"empty", "failed by a condition", "special case"} and self.rubric.vetoes:
                yield self._shot("Conditions", f"all, {name}", Place(PlaceKind.VETOES), assessment)
                for veto in self.rubric.vetoes:
                    title = f"{veto.mark}, {name}"
                    yield self._shot("Conditions", title, Place(PlaceKind.VETO, veto.id), assessment)
        for veto in self.rubric.vetoes:
            for choice in veto.choices:
                place = Place(PlaceKind.VETO_CONFIRM, f"{veto.id}/{choice.id}")
                yield from self._if_real("Conditions", f"{veto.mark}, confirm {choice.id}", place, partial(self.rubric))

    def _writing(self) -> Iterator[Shot]:
        made = half_lost(self.rubric)
        items = {each: replace(record, note=WORDS) for each, record in made.items.items()}
        noted = replace(made, items=items)
        for kind in _WRITING:
            draft = "另外想说的一句话" if kind is PlaceKind.UNPLACED_TEXT else ""
            places = [Place(kind, each) for each in list(self.rubric.items)[5:] + list(self.rubric.items)[:5]]
            shots = [shot for each in places for shot in self._if_real("Writing", each.code, each, noted, draft=draft)]
            yield from shots[:2]
        for item_id in self.rubric.items:
            swapped = Place(PlaceKind.WRITE_RATE, item_id)
            yield from self._if_real("Writing", f"{item_id}, swapped", swapped, noted, draft="7 200")
        if not self.rubric.vetoes:
            return
        told = declared(self.rubric)
        subjects = [each.id for each in self.rubric.vetoes]
        subjects += [f"{veto.id}/{choice.id}" for veto in self.rubric.vetoes for choice in veto.choices]
        for kind in _WRITING_ON_VETOES:
            shots = [
                shot
                for subject in subjects
                for shot in self._if_real("Writing", f"{kind.name.lower()} {subject}", Place(kind, subject), told)
            ]
            yield from shots[-1:]

    def _history(self) -> Iterator[Shot]:
        item = list(self.rubric.items.values())[5]
        best, worst = Chosen(item.levels[0].id), Chosen(item.levels[-1].id)
        events: list[AssessmentEvent] = [
            NoteWritten(item.id, "", WORDS),
            ItemAnswered(item.id, best, worst),
            ItemAnswered(item.id, None, best, grouped=True),
        ]
        made = partial(self.rubric)
        shelf = Shelf(
            tuple(HistoryEntry(made.id, 1, event, 1, who, NOW) for event, who in zip(events, (ME, 9, ME), strict=True))
        )
        yield self._shot("History", "of an item", Place(PlaceKind.HISTORY, item.id), made, archive=shelf)
        yield self._shot("History", "none yet", Place(PlaceKind.HISTORY, item.id), made)
        if self.rubric.vetoes:
            yield self._veto_history(made)

    def _veto_history(self, made: Assessment) -> Shot:
        veto = self.rubric.vetoes[-1]
        yes = VetoStatement(next(each.id for each in veto.choices if each.declares), declared=True)
        no = VetoStatement(next(each.id for each in veto.choices if not each.declares), declared=False)
        events = (VetoAnswered(veto.id, yes, no, "当时看错了年份"), VetoAnswered(veto.id, VetoStatement(), yes))
        shelf = Shelf(tuple(HistoryEntry(made.id, 1, event, 1, ME, NOW) for event in events))
        return self._shot("History", "of a condition", Place(PlaceKind.HISTORY, veto.id), made, archive=shelf)
