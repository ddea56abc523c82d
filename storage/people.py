"""The SQL of people: who they are, and where each is in the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.position import Place, Position, Walk
from bot.services.ports import Person
from storage.codec import optional_time_to_text, time_to_text
from storage.statements import Row, Statements

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import PersonId

_COLUMNS = """
    select person.id, person.telegram_id, person.locale,
           position.place, position.assessment, position.walk, position.back, position.last_action, position.draft,
           position.seen, position.errand
    from person left join position on position.person = person.id
"""
FIND = _COLUMNS + "where person.telegram_id = :telegram_id /*+ for no key update of person */"
FIND_BY_ID = _COLUMNS + "where person.id = :person"
ADD = """
    insert into person (telegram_id, created_at) values (:telegram_id, :now)
    on conflict (telegram_id) do nothing
"""
SAVE_POSITION = """
    insert into position (person, place, assessment, walk, back, last_action, draft, seen, errand, at)
    values (:person, :place, :assessment, :walk, :back, :last_action, :draft, :seen, :errand, :at)
    on conflict (person) do update set
        place = excluded.place, assessment = excluded.assessment, walk = excluded.walk, back = excluded.back,
        last_action = excluded.last_action, draft = excluded.draft, seen = excluded.seen,
        errand = excluded.errand, at = excluded.at
"""
SAVE_LOCALE = "update person set locale = :locale where id = :person"
MARK_UNREACHABLE = "update person set unreachable_since = :now where id = :person and unreachable_since is null"
MARK_REACHABLE = "update person set unreachable_since = null where id = :person and unreachable_since is not null"


def _position(row: Row) -> Position | None:
    """The position in a row; None where there is none, or one of a version that named places otherwise."""
    place, assessment, walk, back, last_action, draft, seen, errand = row[3:]
    if place is None:
        return None
    try:
        return Position(Place.of(place), assessment, Walk(walk), Place.of(back), last_action, draft, seen, errand)
    except ValueError:
        return None


def _person(row: Row) -> Person:
    return Person(row[0], row[1], row[2], _position(row))


class People(Statements):
    """People and their positions."""

    __slots__ = ()

    def person(self, telegram_id: int, now: datetime) -> Person:
        """The person of that Telegram id, made known when unseen; nobody else works for them until the end."""
        rows = self._execute(FIND, {"telegram_id": telegram_id})
        if not rows:
            self._execute(ADD, {"telegram_id": telegram_id, "now": time_to_text(now)})
            rows = self._execute(FIND, {"telegram_id": telegram_id})
        return _person(rows[0])

    def known(self, telegram_id: int) -> Person | None:
        """The person of that Telegram id; None when unseen."""
        rows = self._execute(FIND, {"telegram_id": telegram_id})
        return _person(rows[0]) if rows else None

    def person_by_id(self, person_id: PersonId) -> Person | None:
        """The person of that number of ours."""
        rows = self._execute(FIND_BY_ID, {"person": person_id})
        return _person(rows[0]) if rows else None

    def save_position(self, person_id: PersonId, position: Position, at: datetime | None = None) -> None:
        """Keep where the person is now, and since when where colleagues may see it."""
        self._execute(
            SAVE_POSITION,
            {
                "person": person_id,
                "place": position.place.code,
                "assessment": position.assessment,
                "walk": position.walk.value,
                "back": position.back.code,
                "last_action": position.last_action,
                "draft": position.draft,
                "seen": position.seen,
                "errand": position.errand,
                "at": optional_time_to_text(at),
            },
        )

    def save_locale(self, person_id: PersonId, locale: str) -> None:
        """Keep the language the person chose."""
        self._execute(SAVE_LOCALE, {"person": person_id, "locale": locale})

    def mark_unreachable(self, person_id: PersonId, now: datetime) -> None:
        """Keep since when Telegram says that the person blocked the bot or is gone."""
        self._execute(MARK_UNREACHABLE, {"person": person_id, "now": time_to_text(now)})

    def mark_reachable(self, person_id: PersonId) -> None:
        """Keep that the person can be written to again."""
        self._execute(MARK_REACHABLE, {"person": person_id})
