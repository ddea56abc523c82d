"""Lists of authorities and of stations: what each row says, and whether every authority that is named is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.data_files.lists import ListCode, Listed, ListRow, ListShape, read_list
from bot.problems import Problem
from bot.stations.model import Authority, Level, Station

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.data_files.lists import Rows, Words

T = TypeVar("T", Authority, Station)


def authorities(rows: Rows, words: Words, known: frozenset[str]) -> Listed[Authority]:
    """The authorities of a list with the columns code, name, level, parent; `known` are the codes there are already."""
    listed = read_list(rows, words, ListShape(("code", "name", "level", "parent"), _authority, _code, "code"))
    codes = known | {each.code for each in listed.found}
    return _checked(listed, {each.code: each.parent for each in listed.found if each.parent}, codes)


def stations(rows: Rows, words: Words, known: frozenset[str]) -> Listed[Station]:
    """The stations of a list with the columns code, name, authority, direct; `known` are the codes of authorities."""
    listed = read_list(rows, words, ListShape(("code", "name", "authority", "direct"), _station, _code, "code"))
    return _checked(listed, {each.code: each.authority for each in listed.found}, known)


def _authority(row: ListRow) -> Authority:
    level = Level(row.one_of("level", [each.value for each in Level]))
    return Authority(row.needed("code"), row.needed("name"), level, row.text("parent"))


def _station(row: ListRow) -> Station:
    direct = row.one_of("direct", ("yes", "no")) == "yes"
    return Station(0, row.needed("code"), row.needed("name"), row.needed("authority"), direct)


def _code(one: Authority | Station) -> str:
    return one.code


def _checked(listed: Listed[T], above: Mapping[str, str], codes: frozenset[str]) -> Listed[T]:
    """Every authority that is named must be known, or be in the list itself."""
    lost = [(code, named) for code, named in above.items() if named not in codes]
    unknown: list[Problem] = [
        Problem(ListCode.AUTHORITY, str(listed.rows[code]), {"authority": named}) for code, named in lost
    ]
    return Listed(listed.found, (*listed.problems, *unknown), listed.rows)
