"""佐证材料目录: every file that was handed in, by what it is for, with its SHA-256, and where the rest can be seen."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from bot.evidence.sets import place_subject, standing
from bot.reports.content.brief import printable
from bot.reports.content.places import name_of_place, names_of_places
from bot.reports.content.said import one_line
from bot.reports.model import Cell, CellKind, Document, Grid, Kind, Layout, Paragraph, Part, Row, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.evidence.sets import KeptFile, Standing
    from bot.reports.content.brief import Brief
    from bot.reports.model import Block

_WIDTHS: Final = (12, 44, 24, 40, 34, 24)
"""Of number, file name, kind and size, SHA-256, note, and the time it came, in millimetres."""
_IN_A_LINE: Final = 16
"""So many letters of a SHA-256 stand in a line of its cell."""
_KILO: Final = 1024


def is_due(brief: Brief) -> bool:
    """Whether there is any evidence, or any place where it can be inspected."""
    return bool(_places(brief))


def compiled(brief: Brief) -> Document | None:
    """The catalogue; None where there is nothing at all."""
    places = _places(brief)
    if not places:
        return None
    name = brief.words("evidence.name")
    return Document(Kind.EVIDENCE, name, Layout.FORM, (Part(name, tuple(_blocks(brief, places))),))


def _places(brief: Brief) -> dict[str, tuple[tuple[Standing, ...], str]]:
    """The sets and the 备查位置 of everything that has either, in the order of table and form, the unplaced last."""
    entries = dict(brief.case.entries())
    sets: dict[str, list[Standing]] = {}
    for each in standing(entries):
        sets.setdefault(each.about, []).append(each)
    names = names_of_places(brief)
    every = (*names, *sorted(sets.keys() - names.keys(), reverse=True))
    found = {about: (tuple(sets.get(about, ())), brief.case.value(place_subject(about))) for about in every}
    return {about: (held, place) for about, (held, place) in found.items() if held or place}


def _blocks(brief: Brief, places: dict[str, tuple[tuple[Standing, ...], str]]) -> Iterator[Block]:
    files = [file for held, _ in places.values() for each in held for file in each.set.files]
    yield Paragraph(Style.TITLE, brief.words("evidence.name"))
    yield Paragraph(Style.LINE, brief.words("evidence.station", station=one_line(brief.case.name)))
    yield Paragraph(Style.LINE, brief.words("evidence.counted", files=len(files), places=len(places)))
    yield Grid(_WIDTHS, (_head(brief), *_rows(brief, places)), heading=1)
    yield Paragraph(Style.NOTE, brief.words("evidence.hashes"))


def _head(brief: Brief) -> Row:
    return Row(tuple(Cell(each, CellKind.HEADING) for each in brief.words("evidence.columns").split("\n")))


def _rows(brief: Brief, places: dict[str, tuple[tuple[Standing, ...], str]]) -> Iterator[Row]:
    names, numbers = names_of_places(brief), count(1)
    for about, (held, place) in places.items():
        words = brief.words("evidence.about", name=name_of_place(brief, names, about), place=one_line(place))
        yield Row((Cell(words, CellKind.TEXT, across=len(_WIDTHS)),))
        for each in held:
            yield from _set(brief, each, numbers)


def _set(brief: Brief, held: Standing, numbers: Iterable[int]) -> Iterator[Row]:
    files = held.set.files
    for place, (file, number) in enumerate(zip(files, numbers, strict=False)):
        shared = () if place else _shared(brief, held)
        yield Row((Cell(str(number), CellKind.SHORT), *_file(brief, file), *shared))


def _file(brief: Brief, file: KeptFile) -> Iterator[Cell]:
    yield Cell(one_line(file.name) or brief.words("evidence.unnamed"))
    size = max(1, -(-file.size // _KILO))
    yield Cell(brief.words("evidence.kind", kind=file.kind.value.upper(), kilobytes=size), CellKind.SHORT)
    pieces = (file.sha256[start : start + _IN_A_LINE] for start in range(0, len(file.sha256), _IN_A_LINE))
    yield Cell("\n".join(pieces), CellKind.SHORT)


def _shared(brief: Brief, held: Standing) -> Iterator[Cell]:
    """What one set says of all its files."""
    at, down = held.entry.at, len(held.set.files)
    yield Cell(printable(held.set.note), down=down)
    came = "" if at is None else at.astimezone(brief.case.zone).strftime("%Y-%m-%d %H:%M")
    yield Cell(came, CellKind.SHORT, down=down)
