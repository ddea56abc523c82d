"""Rules about what stands on one card: groups of two-valued items, and the choices of a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items, levels_of, range_of, worth
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rubric.source import ItemSource, RubricSource


def check_groups(source: RubricSource) -> Iterator[Finding]:
    """R080, R081 and R082: a group holds known items that yield all or nothing, each in one group at most."""
    known = {place.item.id: place.item for place in items(source)}
    grouped: set[str] = set()
    for number, group in enumerate(source.groups):
        for place, item_id in enumerate(group.items):
            path = ("groups", number, "items", place)
            if item_id not in known:
                yield Finding(RubricCode.GROUP_ITEM, path, {"item": item_id})
            elif item_id in grouped:
                yield Finding(RubricCode.IN_TWO_GROUPS, path, {"item": item_id})
            elif not _is_two_valued(source, known[item_id]):
                yield Finding(RubricCode.GROUP_NOT_TWO_VALUED, path, {"item": item_id})
            grouped.add(item_id)


def check_vetoes(source: RubricSource) -> Iterator[Finding]:
    """R090: each condition has one choice that denies it and at least one that declares it."""
    for number, veto in enumerate(source.vetoes):
        declaring = sum(choice.declares for choice in veto.choices)
        if declaring < 1 or len(veto.choices) - declaring != 1:
            yield Finding(RubricCode.VETO_CHOICES, ("vetoes", number, "choices"))


def _is_two_valued(source: RubricSource, item: ItemSource) -> bool:
    if item.facts is not None or item.not_applicable is not None:
        return False
    ends = (0, worth(item))
    levels = levels_of(source, item)
    bounds = [range_of(level, worth(item)) for level in levels]
    return not any(level.fails for level in levels) and all(
        found is None or (found[0] == found[1] and found[0] in ends) for found in bounds
    )
