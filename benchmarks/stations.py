"""A database that already holds so many stations, each with every answer, its history and its finished updates."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bot.app import RUBRIC
from bot.assessments.events import ItemAnswered
from bot.dialogue.position import Place, PlaceKind, Walk
from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from storage.chain import START, digest
from storage.codec import event_to_columns, time_to_text
from storage.schema import expected_version, migrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.rubric.model import Rubric

_FIRST: Final = 10_000_000_000
"""Where the made-up numbers of people begin: no crowd has such."""

_BEGAN: Final = datetime(2026, 3, 2, tzinfo=UTC)
_PERSON: Final = "insert into person (id, telegram_id, created_at) values (?, ?, ?)"
_POSITION: Final = """
    insert into position (person, place, assessment, walk, back, last_action, draft) values (?, ?, ?, ?, ?, ?, '')
"""
_ASSESSMENT: Final = """
    insert into assessment (id, rubric, version, kind, owner, created_at, changed_at, head)
    values (?, ?, ?, 'practice', ?, ?, ?, ?)
"""
_ANSWER: Final = """
    insert into answer (assessment, item, value, revision, grouped, note, remedy, by_person, at)
    values (:assessment, :subject, :after, 1, 0, '', '', :by_person, :at)
"""
_HISTORY: Final = """
    insert into history (assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at,
                         previous, digest)
    values (:assessment, :action, :kind, :subject, :before, :after, :grouped, :reason, :revision, :by_person, :at,
            :previous, :digest)
"""
_INBOX: Final = """
    insert into inbox (id, update_id, digest, sender, payload, received_at, state, done_at)
    values (?, ?, ?, ?, x'', ?, 'done', ?)
"""


def filled(folder: Path, stations: int) -> Path:
    """The folder of such a database, made when there is none yet; takes about a second for 300 stations."""
    home = folder / f"{stations}-stations-{expected_version}"
    database = home / "zicha.db"
    if not database.exists():
        home.mkdir(parents=True, exist_ok=True)
        unfinished = database.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        migrate(f"sqlite:///{unfinished}")
        _fill(unfinished, stations)
        unfinished.rename(database)
    return home


def _fill(path: Path, stations: int) -> None:
    rubric = library().latest(RUBRIC)
    connection = sqlite3.connect(path)
    with connection:
        for number in range(1, stations + 1):
            _station(connection, rubric, number)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def _station(connection: sqlite3.Connection, rubric: Rubric, number: int) -> None:
    began = time_to_text(_BEGAN + timedelta(minutes=number))
    actions = range((number - 1) * len(rubric.items) + 1, number * len(rubric.items) + 1)
    entries = list(_entries(rubric, number, actions, began))
    score = Place(PlaceKind.SCORE).code
    connection.execute(_PERSON, (number, _FIRST + number, began))
    head = entries[-1]["digest"]
    connection.execute(_ASSESSMENT, (number, rubric.id, rubric.version, number, began, began, head))
    connection.execute(_POSITION, (number, score, number, Walk.SINGLE.value, score, actions[-1]))
    connection.executemany(_ANSWER, entries)
    connection.executemany(_HISTORY, entries)
    connection.executemany(_INBOX, _updates(actions, _FIRST + number, began))


def _entries(
    rubric: Rubric, number: int, actions: Iterable[int], at: str
) -> Iterator[dict[str, str | int | bytes | None]]:
    """Every item answered with its first level, as history entries in their chain."""
    previous = START
    for action, item in zip(actions, rubric.items.values(), strict=True):
        entry: dict[str, str | int | bytes | None] = {
            "assessment": number,
            "action": action,
            **event_to_columns(ItemAnswered(item.id, None, Chosen(item.levels[0].id))),
            "revision": 1,
            "by_person": number,
            "at": at,
        }
        head = digest(previous, entry)
        yield {**entry, "previous": previous, "digest": head}
        previous = head


def _updates(actions: Iterable[int], sender: int, at: str) -> Iterator[tuple[int, int, bytes, int, str, str]]:
    for action in actions:
        yield action, _FIRST + action, sha256(action.to_bytes(8)).digest(), sender, at, at
