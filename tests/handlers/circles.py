"""Who may be shown whose words and whose assessments, told from the database by a rule of the tests' own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_OWNERS: Final = "select assessment.id, telegram_id, station from assessment join person on person.id = owner"
_INSIDE: Final = (
    "select station, telegram_id from membership join person on person.id = person where ended_at is null and "
    "telegram_id > 0"
)
_EVER: Final = (
    "select station, telegram_id from membership join person on person.id = person where telegram_id > 0 union "
    "select station, telegram_id from invitation join person on person.id = opened_by where telegram_id > 0"
)


class Circles:
    """The stations' people, and the owners of practice runs; who was forgotten since is remembered here."""

    def __init__(self) -> None:
        self._owners: dict[int, tuple[set[int], int | None]] = {}
        self._ever: dict[int, set[int]] = defaultdict(set)
        self._inside: dict[int, set[int]] = {}
        self._before: dict[int, set[int]] = {}

    def look(self, rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
        """Take in what a batch has changed: what was allowed at its beginning or its end was allowed within it."""
        self._before, self._inside = self._inside, defaultdict(set)
        for station, person in rows(_INSIDE):
            self._inside[station].add(person)
        for station, person in rows(_EVER):
            self._ever[station].add(person)
        for assessment, owner, station in rows(_OWNERS):
            self._owners.setdefault(assessment, (set(), station))[0].add(owner)

    def may_see(self, viewer: int, writer: int) -> bool:
        """Whether the words may be shown: one's own, and what people wrote who belong to one's station, or did."""
        return viewer == writer or any(
            writer in self._ever[station] for station in self._stations() if viewer in self._members(station)
        )

    def may_open(self, viewer: int, assessment: int) -> bool:
        """Whether a button may speak of it: the person's own practice run, or their station's."""
        owners, station = self._owners.get(assessment, (set(), None))
        return viewer in owners if station is None else viewer in self._members(station)

    def may_be_told(self, person: int) -> bool:
        """Whether something may be said to them on account of what another did."""
        return any(person in people for people in self._ever.values())

    @property
    def members(self) -> int:
        """How many belong to a station now."""
        return sum(map(len, self._inside.values()))

    def _stations(self) -> set[int]:
        return {*self._inside, *self._before}

    def _members(self, station: int) -> set[int]:
        return self._inside.get(station, set()) | self._before.get(station, set())
