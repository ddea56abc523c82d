"""Taking over a list: read whole, refused whole, and said what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from bot.errors import InvalidInputError
from bot.localization import Localizers
from bot.stations.model import Authority, Station

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.data_files.lists import Listed, Words
    from bot.localization import Localizer

T = TypeVar("T")
Coded = TypeVar("Coded", Authority, Station)

_CALLED: Final = {
    "code": "cli.list.code",
    "name": "cli.list.name",
    "level": "cli.list.level",
    "parent": "cli.list.parent",
    "authority": "cli.list.authority",
    "direct": "cli.list.direct",
    "document": "cli.list.document",
    "date": "cli.list.date",
    "note": "cli.list.note",
    "province": "cli.list.province",
    "city": "cli.list.city",
    "county": "cli.list.county",
    "yes": "cli.list.yes",
    "no": "cli.list.no",
}


def words(timezone: str) -> Words:
    """What columns and values may be called in any language."""
    spoken = Localizers.load(timezone).by_locale.values()
    return {name: frozenset(each.say(key).lower() for each in spoken) for name, key in _CALLED.items()}


def accepted(listed: Listed[T]) -> tuple[T, ...]:
    """What the list says; raises InvalidInputError with every problem when there is one."""
    if listed.problems:
        raise InvalidInputError(listed.problems)
    return listed.found


def told(localizer: Localizer, found: tuple[Coded, ...], stands: Mapping[str, Coded]) -> list[str]:
    """One line for each row: new, changed, or as it stands."""
    lines = []
    for each in found:
        before = stands.get(each.code)
        same = before is not None and before.name == each.name and _rest(before) == _rest(each)
        key = "cli.list.new" if before is None else "cli.list.same" if same else "cli.list.changed"
        lines.append(localizer.say(key, code=each.code, name=each.name))
    return lines


def _rest(one: Coded) -> tuple[object, ...]:
    return tuple(getattr(one, name, None) for name in ("level", "parent", "authority", "direct"))
