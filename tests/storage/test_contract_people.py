"""What every Storage promises about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.dialogue.position import HOME, Place, PlaceKind, Position, Walk
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from bot.services.ports import Storage

AT_ITEM = Position(
    Place(PlaceKind.ITEM, "2.1.10"),
    2**53 - 1,
    Walk.SINGLE,
    Place(PlaceKind.GROUP, "3a"),
    9,
    "草稿\nx",
    3,
    "term_over/1",
)


async def test_a_person_is_made_known_once_and_starts_nowhere(storage: Storage) -> None:
    first = await storage.run(lambda tx: tx.person(2**52, NOW))
    assert (first.telegram_id, first.locale, first.position) == (2**52, None, None)
    assert await storage.run(lambda tx: tx.person(2**52, NOW)) == first
    assert await storage.run(lambda tx: tx.person_by_id(first.id)) == first
    assert (await storage.run(lambda tx: tx.person(8, NOW))).id != first.id


async def test_an_unknown_number_is_nobody(storage: Storage) -> None:
    assert await storage.run(lambda tx: tx.person_by_id(12345)) is None


@pytest.mark.parametrize("position", [Position(), AT_ITEM])
async def test_a_position_is_read_as_it_was_saved(storage: Storage, position: Position) -> None:
    person = await storage.run(lambda tx: tx.person(8, NOW))
    await storage.run(lambda tx: tx.save_position(person.id, AT_ITEM))
    await storage.run(lambda tx: tx.save_position(person.id, position))
    assert (await storage.run(lambda tx: tx.person(8, NOW))).position == position


async def test_a_place_of_another_version_reads_as_no_position(storage: Storage) -> None:
    """A screen that this version no longer knows must not keep a person out: it is rebuilt from the answers."""
    unknown = Position(Place(PlaceKind.HOME), None, Walk.GROUPED, HOME)
    object.__setattr__(unknown, "place", _Gone())
    person = await storage.run(lambda tx: tx.person(8, NOW))
    await storage.run(lambda tx: tx.save_position(person.id, unknown))
    assert (await storage.run(lambda tx: tx.person(8, NOW))).position is None


async def test_the_language_that_was_chosen_is_kept(storage: Storage) -> None:
    person = await storage.run(lambda tx: tx.person(8, NOW))
    await storage.run(lambda tx: tx.save_locale(person.id, "en"))
    assert (await storage.run(lambda tx: tx.person(8, NOW))).locale == "en"


async def test_somebody_unreachable_can_be_reached_again(storage: Storage) -> None:
    person = await storage.run(lambda tx: tx.person(8, NOW))
    await storage.run(lambda tx: tx.mark_unreachable(person.id, NOW))
    await storage.run(lambda tx: tx.mark_reachable(person.id))
    assert await storage.run(lambda tx: tx.person(8, NOW)) == person


class _Gone:
    code = "?nowhere"
