"""What all peers do: 61 questions with two answers each, one SQLite commit a tap, then the next question."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import aiosqlite

if TYPE_CHECKING:
    import sqlite3

API = os.environ.get("BENCH_API", "")
TOKEN = os.environ.get("BENCH_TOKEN", "")
FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))
LAST = 60
DONE = "完成"
PREPARE = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    """
    create table if not exists answer
    (person integer, question integer, points integer, at real, primary key (person, question))
    """,
)
SAVE = """
    insert into answer values (?, ?, ?, ?)
    on conflict (person, question) do update set points = excluded.points, at = excluded.at
"""


def question(number: int) -> str:
    """A question as long as an item of the notice."""
    return (
        f"第{number + 1}项，共{LAST + 1}项\n岗位职责明确，分工合理，专人负责。\n"
        "查阅文件或任命书（或聘书），现场提问工作职责。"
        "职责明确且未发现问题得2分，发现问题不得分。\n1 未发现问题（2分）\n2 发现问题（0分）"
    )


def buttons(number: int) -> list[tuple[str, str]]:
    """Its two answers: words and data."""
    return [("未发现问题（2分）", f"a:{number}:2"), ("发现问题（0分）", f"a:{number}:0")]


def chosen(data: str | None) -> tuple[int, int]:
    """Which question was answered, and with how many points."""
    _, number, points = (data or "a:0:0").split(":")
    return int(number), int(points)


async def open_database() -> aiosqlite.Connection:
    """The database, durable like zicha's: WAL and an fsync at every commit."""
    database = await aiosqlite.connect(FOLDER / "peer.db")
    for statement in PREPARE:
        await database.execute(statement)
    await database.commit()
    return database


async def save(database: aiosqlite.Connection, person: int, number: int, points: int) -> None:
    """Keep one answer."""
    await database.execute(SAVE, (person, number, points, time.time()))
    await database.commit()


def save_at_once(database: sqlite3.Connection, person: int, number: int, points: int) -> None:
    """Keep one answer, in the thread that asks."""
    database.execute(SAVE, (person, number, points, time.time()))
    database.commit()
