"""Both databases keep which files were shown, and let a newer reply of a topic take the place of the older."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.model import Assessment, Kind
from tests.storage.builders import NOW, begin, reply

if TYPE_CHECKING:
    from bot.services.ports import Storage, Transaction

SUM, OTHER = "ab" * 32, "cd" * 32


async def test_a_file_counts_once_for_an_assessment_and_together_for_its_owner(storage: Storage) -> None:
    def work(tx: Transaction) -> None:
        begin(tx, 7)
        begin(tx, 8)
        begin(tx, 9, telegram_id=200)
        for assessment, name, size in ((7, SUM, 10), (7, SUM, 10), (7, OTHER, 5), (8, SUM, 10), (9, SUM, 1)):
            tx.note_file(assessment, name, size, NOW)

    await storage.run(work)
    counted = await storage.run(lambda tx: [tx.bytes_kept(number) for number in (7, 8, 9, 404)])
    assert counted == [25, 25, 1, 0]


async def test_what_a_station_sent_counts_for_the_station_not_for_who_began_it(storage: Storage) -> None:
    def work(tx: Transaction) -> list[int]:
        own = begin(tx, 7)
        station = Assessment(8, own.rubric_id, own.rubric_version, Kind.SELF_ASSESSMENT, own.owner, NOW, station=3)
        tx.add_assessment(station)
        tx.add_assessment(replace(station, id=9, owner=tx.person(200, NOW).id))
        for number in (7, 8, 9):
            tx.note_file(number, SUM, number, NOW)
        return [tx.bytes_kept(number) for number in (7, 8, 9)]

    assert await storage.run(work) == [7, 17, 17]


async def test_a_newer_reply_of_a_topic_takes_the_place_of_the_unsent_one(storage: Storage) -> None:
    def work(tx: Transaction) -> list[int]:
        plain = reply(tx)
        album, another = replace(plain, topic="album:1:"), replace(plain, topic="album:2:")
        elsewhere = replace(album, chat_id=200)
        return [tx.owe(each, NOW) for each in (plain, album, another, elsewhere, album, plain)]

    numbers = await storage.run(work)
    owed = await storage.run(lambda tx: tx.owed())
    assert [row.id for row in owed] == [numbers[0], *numbers[2:]]


async def test_a_document_is_owed_until_it_is_sent(storage: Storage) -> None:
    await storage.run(lambda tx: tx.owe(replace(reply(tx), document="evidence:7:x"), NOW))
    [row] = await storage.run(lambda tx: tx.owed())
    assert (row.reply.document, row.reply.topic) == ("evidence:7:x", None)
