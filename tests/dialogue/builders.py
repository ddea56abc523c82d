"""Worlds, assessments and hypothesis strategies for the conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from bot.assessments.events import ItemAnswered
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, ItemRecord, Kind, VetoRecord
from bot.dialogue import intents
from bot.dialogue.given import Command, Commanded, Odd, Oddity, Tapped, Typed
from bot.dialogue.position import HOME, Place, PlaceKind, Position, Walk
from bot.dialogue.rehearsal import ME, Rehearsal
from bot.dialogue.world import Shelved, World
from bot.localization import Localizers
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.loader import library

if TYPE_CHECKING:
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Rubric

NOW = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
RUBRIC = library().latest("sichuan-2017")
LANGUAGES = Localizers.load("Asia/Shanghai")
MAX_ID = 2**53 - 1
"""The largest number of an assessment."""
EMPTY = Assessment(MAX_ID, RUBRIC.id, RUBRIC.version, Kind.PRACTICE, ME, NOW)


@dataclass(frozen=True)
class Shelf:
    """An archive that holds what it is given."""

    entries: tuple[HistoryEntry, ...] = ()
    shelved: tuple[Shelved, ...] = ()

    def shelf(self) -> tuple[Shelved, ...]:
        """What it was given."""
        return self.shelved

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """Those about the subject."""
        about = (entry for entry in self.entries if getattr(entry.event, "item", "") == subject)
        return tuple(about) or tuple(e for e in self.entries if getattr(e.event, "veto", "") == subject)

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Those of the action."""
        return tuple(entry for entry in self.entries if entry.action == action)

    def fresh_id(self) -> int:
        """A number of its own."""
        return 12345


def world(assessment: Assessment | None = EMPTY, archive: Shelf | None = None, **other: Any) -> World:  # noqa: ANN401
    """A world with that assessment, all else plain."""
    plain = World(RUBRIC, assessment, ME, "zh_CN", LANGUAGES.locales, NOW, 7, archive or Shelf())
    return replace(plain, **other)


def rehearsal(rubric: Rubric = RUBRIC, **other: Any) -> Rehearsal:  # noqa: ANN401 - the rehearsal's own fields
    """A conversation in memory that stands still in time."""
    return Rehearsal(rubric, LANGUAGES.locales, "zh_CN", clock=lambda: NOW, **other)


def possible_answers(item: Item) -> tuple[Answer, ...]:
    """Some of everything that can be said of an item."""
    answers: list[Answer] = [Chosen(level.id) for level in item.levels]
    names = () if item.facts is None else item.facts.names
    if "problems" in names:
        answers += [Counted(number) for number in range(5)] + ([Counted(1, serious=True)] if "serious" in names else [])
    if "sampled" in names:
        answers += [Sampled(1000, 29), Sampled(1000, 30), Sampled(3, 1)]
    if item.not_applicable is not None:
        answers.append(Excused("上年没有这项工作"))
    return tuple(answers)


words = st.text(max_size=40) | st.sampled_from(["2", "200 7", "7 200", "6.6.1", "９", "㉑" * 50, "3%", " \u3000", "/"])
"""What people type, with what the flows look for among it."""

_SUBJECTS = (
    *RUBRIC.items,
    *RUBRIC.groups_by_id,
    *RUBRIC.vetoes_by_id,
    *(f"{veto.id}/{choice.id}" for veto in RUBRIC.vetoes for choice in veto.choices),
    *(chapter.id for chapter in RUBRIC.chapters),
)
garbage = st.text(max_size=12) | st.sampled_from(
    ["", "/", "0.0.0", "2.1", "⑴/", *(f"{veto}/" for veto in RUBRIC.vetoes_by_id)]
)
subjects = st.sampled_from(_SUBJECTS) | garbage
places = st.builds(Place, st.sampled_from(PlaceKind), st.just("") | subjects)
numbers = st.integers(0, 3) | st.integers(0, 2**53)
positions = st.builds(
    Position, places, st.sampled_from([None, 1, MAX_ID]), st.sampled_from(Walk), places | st.just(HOME), numbers, words
)
_ITEMS = st.sampled_from(tuple(RUBRIC.items)) | garbage
_LEVELS = st.sampled_from(sorted({level.id for item in RUBRIC.items.values() for level in item.levels})) | garbage
_VETOES = st.sampled_from(tuple(RUBRIC.vetoes_by_id)) | garbage
_CHOICES = st.sampled_from(sorted({choice.id for veto in RUBRIC.vetoes for choice in veto.choices})) | garbage

intents_of_any_kind = st.one_of(
    st.builds(intents.Open, places),
    st.just(intents.StartPractice()),
    st.just(intents.Resume()),
    st.builds(intents.PickUp, numbers),
    st.builds(intents.Choose, _ITEMS, _LEVELS, numbers),
    st.builds(intents.Mark, _ITEMS, numbers),
    st.builds(intents.ConfirmRest, st.sampled_from(tuple(RUBRIC.groups_by_id)) | garbage, numbers),
    st.builds(intents.Rate, _ITEMS, numbers, numbers, numbers),
    st.builds(intents.Count, _ITEMS, numbers, numbers),
    st.builds(intents.Tick, _ITEMS, st.sampled_from(["*", "plan"]) | garbage, numbers, numbers),
    st.builds(intents.SetWalk, st.sampled_from(Walk)),
    st.builds(intents.Undo, numbers),
    st.builds(intents.AnswerVeto, _VETOES, _CHOICES, numbers),
    st.builds(intents.DeclareVeto, _VETOES, _CHOICES, numbers),
    st.builds(intents.Speak, st.sampled_from(LANGUAGES.locales) | garbage),
    st.builds(intents.KeepAsNote, _ITEMS, numbers),
)
givens = st.one_of(
    st.builds(Tapped, intents_of_any_kind, st.sampled_from([None, 1, MAX_ID])),
    st.builds(Commanded, st.sampled_from(Command), words),
    st.builds(Typed, words, st.booleans()),
    st.builds(Odd, st.sampled_from(Oddity)),
)


def _records(item_id: str) -> st.SearchStrategy[ItemRecord]:
    answers = st.none() | st.sampled_from((*possible_answers(RUBRIC.items[item_id]), Chosen("of another version")))
    return st.builds(
        ItemRecord, answers, st.integers(0, 3), st.booleans(), words, words, st.just(ME) | st.just(9), st.just(NOW)
    )


_veto_records = st.builds(
    VetoRecord, _CHOICES, st.none() | st.booleans(), words, st.integers(0, 3), st.just(ME), st.just(NOW)
)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An assessment filled in here and there."""
    ids = draw(st.lists(st.sampled_from(tuple(RUBRIC.items)), unique=True, max_size=12))
    items = {item_id: draw(_records(item_id)) for item_id in ids}
    vetoes = draw(st.dictionaries(st.sampled_from(tuple(RUBRIC.vetoes_by_id)), _veto_records, max_size=3))
    return replace(EMPTY, items=items, vetoes=vetoes)


@st.composite
def archives(draw: st.DrawFn) -> Shelf:
    """A short history of answers, and something on the shelf."""
    ids = draw(st.lists(st.sampled_from(tuple(RUBRIC.items)), unique=True, max_size=3))
    entries = tuple(
        HistoryEntry(
            MAX_ID,
            draw(st.integers(0, 3)),
            ItemAnswered(item_id, None, possible_answers(RUBRIC.items[item_id])[-1]),
            draw(st.integers(0, 3)),
            ME,
            NOW,
        )
        for item_id in ids
    )
    shelved = (Shelved(MAX_ID, Kind.PRACTICE, NOW, NOW, 3), Shelved(1, Kind.PRACTICE, NOW, NOW, 0))
    return Shelf(entries, draw(st.sampled_from([(), shelved])))


worlds = st.builds(
    world,
    st.none() | assessments(),
    archives(),
    locale=st.sampled_from(LANGUAGES.locales),
    action=st.integers(0, 2**53),
)
