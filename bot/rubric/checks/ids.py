"""Rules about ids: their shape, their place in the numbering, and that none is used twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.data_files.findings import Path
    from bot.rubric.levels_source import LevelSource
    from bot.rubric.source import RubricSource

LONGEST_RUBRIC: Final = 32
LONGEST_LEVEL: Final = 16
LONGEST_CHOICE: Final = 16
LONGEST_PROOF: Final = 16
LONGEST_OUTCOME: Final = 16
LONGEST_VETO: Final = 24
LONGEST_GROUP: Final = 8
LONGEST_NUMBER: Final = 12

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_RUBRIC_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_LAST_NUMBER: Final = re.compile(r"[1-9][0-9]*")


def check_ids(source: RubricSource) -> Iterator[Finding]:
    """R020 and R022: all ids but those of 大项, 中项 and 小项 are short names, each used once."""
    if not _RUBRIC_NAME.fullmatch(source.id) or len(source.id) > LONGEST_RUBRIC:
        yield Finding(RubricCode.BAD_ID, ("id",), {"id": source.id, "longest": LONGEST_RUBRIC})
    for name, scale in source.scales.items():
        yield from _levels(scale, ("scales", name))
    for place in items(source):
        if isinstance(place.item.levels, list):
            yield from _levels(place.item.levels, (*place.path, "levels"))
        if place.item.facts is not None and place.item.facts.proofs is not None:
            proofs = [proof.id for proof in place.item.facts.proofs.of]
            yield from _names(proofs, (*place.path, "facts", "proofs", "of"), LONGEST_PROOF)
    yield from _names([outcome.id for outcome in source.outcomes or []], ("outcomes",), LONGEST_OUTCOME)
    yield from _names([group.id for group in source.groups], ("groups",), LONGEST_GROUP)
    yield from _names([veto.id for veto in source.vetoes], ("vetoes",), LONGEST_VETO)
    for place_of_veto, veto in enumerate(source.vetoes):
        path = ("vetoes", place_of_veto, "choices")
        yield from _names([choice.id for choice in veto.choices], path, LONGEST_CHOICE)
    yield from _repeated([sheet.id for sheet in source.sheets], ("sheets",))


def check_numbers(source: RubricSource) -> Iterator[Finding]:
    """R021, R022 and R023: 大项 "2", 中项 "2.1", 小项 "2.1.10", each under its parent; labels begin with the number."""
    yield from _repeated([chapter.id for chapter in source.chapters], ("chapters",))
    for c, chapter in enumerate(source.chapters):
        path: Path = ("chapters", c)
        yield from _number(chapter.id, "", path)
        yield from _repeated([section.id for section in chapter.sections], (*path, "sections"))
        for s, section in enumerate(chapter.sections):
            here: Path = (*path, "sections", s)
            yield from _number(section.id, f"{chapter.id}.", here)
            if not section.label.startswith(section.id) or section.label == section.id:
                yield Finding(RubricCode.LABEL_WITHOUT_NUMBER, (*here, "label"), {"id": section.id})
            yield from _repeated([item.id for item in section.items], (*here, "items"))
    for place in items(source):
        yield from _number(place.item.id, f"{place.section.id}.", place.path)


def _levels(levels: Iterable[LevelSource], path: Path) -> Iterator[Finding]:
    yield from _names([level.id for level in levels], path, LONGEST_LEVEL)


def _names(ids: list[str], path: Path, longest: int) -> Iterator[Finding]:
    for place, name in enumerate(ids):
        if not _NAME.fullmatch(name) or len(name) > longest:
            yield Finding(RubricCode.BAD_ID, (*path, place, "id"), {"id": name, "longest": longest})
    yield from _repeated(ids, path)


def _number(given: str, parent: str, path: Path) -> Iterator[Finding]:
    own = given.removeprefix(parent)
    if not given.startswith(parent) or not _LAST_NUMBER.fullmatch(own) or len(given) > LONGEST_NUMBER:
        yield Finding(RubricCode.BAD_NUMBER, (*path, "id"), {"id": given, "example": f"{parent}1"})


def _repeated(ids: list[str], path: Path) -> Iterator[Finding]:
    for place, name in enumerate(ids):
        if name in ids[:place]:
            yield Finding(RubricCode.DUPLICATE_ID, (*path, place, "id"), {"id": name})
