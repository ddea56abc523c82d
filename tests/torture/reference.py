"""The clean run of the same updates: each once, in the order they were stored, in a database nobody kills."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from bot.app import RUBRIC
from bot.handlers.incoming import Private, read, sender_of
from bot.localization import Localizers
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from bot.services.ports import InboxRow, RawUpdate
from storage import schema
from storage.batch import Raised, run_batch
from storage.codec import time_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.services.ports import Transaction
    from tests.torture.record import Record

_BATCH = 500
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_WAITING = """
    insert into inbox (id, update_id, digest, sender, payload, received_at, state)
    values (?, ?, x'00', 0, x'00', '', 'waiting')
"""


def conversation(fresh_id: Any) -> Conversation:  # noqa: ANN401 - a callable, or nothing where none is begun
    """The conversation of a running bot."""
    localizers = Localizers.load("Asia/Shanghai")
    rubrics = library()
    return Conversation(rubrics, rubrics.latest(RUBRIC), localizers.locales, localizers.default, fresh_id)


def replay(database: Path, record: Record, clean: Path) -> None:
    """Handle every update that `database` took in once more, into the new database `clean`.

    People, updates and assessments get the same numbers as in `database`, so that the two can be laid side by side.
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        people = connection.execute("select id, telegram_id, ? from person", (time_to_text(_BEGAN),)).fetchall()
        rows = connection.execute("select id, update_id, sender from inbox order by id").fetchall()
        begun = connection.execute(
            "select person.telegram_id, assessment.id from assessment join person on person.id = owner"
            " order by assessment.created_at"
        ).fetchall()
    numbers: dict[int, Iterator[int]] = {
        telegram_id: iter([number for owner, number in begun if owner == telegram_id]) for _, telegram_id, _ in people
    }
    replayer = _Replayer(numbers)
    schema.migrate(f"sqlite:///{clean}")
    with closing(sqlite3.connect(clean, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = off")
        connection.execute("pragma foreign_keys = on")
        connection.executemany("insert into person (id, telegram_id, created_at) values (?, ?, ?)", people)
        known = [row for row in rows if row[1] in record.updates]
        connection.executemany(_WAITING, [row[:2] for row in known])
        for start in range(0, len(known), _BATCH):
            _run(
                connection,
                [
                    partial(replayer.handle, number=number, update=record.updates[update_id])
                    for number, update_id, _ in known[start : start + _BATCH]
                ],
            )


def _run(connection: sqlite3.Connection, works: list[Any]) -> None:
    for outcome in run_batch(connection, works, 0) if works else ():
        if isinstance(outcome, Raised):
            raise outcome.error


class _Replayer:
    """Handles updates under given numbers."""

    def __init__(self, numbers: dict[int, Iterator[int]]) -> None:
        self._numbers = numbers
        self._sender = 0
        self._unknown = 0
        self._conversation = conversation(self._fresh_id)

    def handle(self, tx: Transaction, number: int, update: dict[str, Any]) -> None:
        """What the bot does with a stored update."""
        self._sender = sender_of(update)
        row = InboxRow(number, RawUpdate(update["update_id"], self._sender, orjson.dumps(update)))
        incoming = read(row)
        if isinstance(incoming, Private):
            self._conversation.handle(tx, incoming.request, _BEGAN + timedelta(seconds=number))

    def _fresh_id(self) -> int:
        """The number that the assessment got; one that is not there gets a number that stands out."""
        self._unknown += 1
        return next(self._numbers.get(self._sender, iter(())), self._unknown)
