"""Damage that the audit must find: what a bot that loses or doubles answers would leave behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_STRUCK: Final = """
    create temp table struck as select assessment, subject, id from history
    where id = (select max(id) from history where kind = 'item' and after is not null)
"""
_REPEAT: Final = """
    insert into history (assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at)
    select assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at from history
    where id = (select id from struck)
"""
_INVENT: Final = """
    insert into answer (assessment, item, value, revision, grouped, note, remedy, by_person, at)
    select id, '9.9.9', '{"level":"met"}', 1, 0, '', '', owner, created_at from assessment limit 1
"""
_FILL_IN: Final = """
    insert into entry (assessment, subject, value, revision)
    select id, 'registration.head', '无名氏', 1 from assessment limit 1
"""
_OWE: Final = """
    insert into outbox (chat_id, person, notice_alert, draws, created_at)
    select telegram_id, id, 0, 1, created_at from person limit 1
"""
_ORPHAN: Final = """
    insert into assessment (id, rubric, version, kind, owner, created_at, changed_at)
    values (1, 'sichuan-2017', 1, 'practice', 999999, '', '')
"""
_SWAP: Final = """
    update assessment set owner = (select person.id from person where person.id <> owner limit 1)
    where id = (select min(id) from assessment)
"""
_LOSE: Final = "delete from answer where (assessment, item) = (select assessment, subject from struck)"
_UNTELL: Final = "delete from history where id = (select id from struck)"
_ALTER: Final = """
    update answer set value = '{"level":"invented"}'
    where (assessment, item) = (select assessment, subject from struck)
"""
_MISPLACE: Final = (
    "update position set place = 'h' where person = (select person from position where place <> 'h' limit 1)"
)
_SENDER: Final = "select sender from inbox group by sender having count(*) > 1 limit 1"
_REORDER: Final = f"""
    update inbox set id = id + 1000000
    where id = (select min(id) from inbox where sender = ({_SENDER}))
"""  # noqa: S608 - our own text

DAMAGES: Final[dict[str, tuple[str, ...]]] = {
    "lost-answer": (_LOSE,),
    "lost-turn": ("drop trigger history_refuses_delete", _LOSE, _UNTELL),
    "other-answer": (_ALTER,),
    "doubled-history": (_REPEAT,),
    "invented-answer": (_INVENT,),
    "invented-entry": (_FILL_IN,),
    "lost-update": ("delete from inbox where id = (select max(id) from inbox)",),
    "other-order": (_REORDER,),
    "left-waiting": ("update inbox set state = 'waiting' where id = (select max(id) from inbox)",),
    "set-aside": ("update inbox set state = 'quarantined' where id = (select max(id) from inbox)",),
    "still-owed": (_OWE,),
    "orphan": ("pragma foreign_keys = off", _ORPHAN),
    "wrong-person": (_SWAP,),
    "wrong-place": (_MISPLACE,),
}


def damage(name: str) -> Callable[[Path], None]:
    """What does that damage to a database."""

    def do(database: Path) -> None:
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute(_STRUCK)
            done = connection.total_changes
            for statement in DAMAGES[name]:
                connection.execute(statement)
            assert connection.total_changes > done, f"nothing there to damage by {name}"

    return do
