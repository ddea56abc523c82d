"""What a person is handed over, and what being forgotten takes away: their own, all of it, and nothing of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from bot.assessments.events import EntrySetAside, EntryWritten, ItemAnswered, NoteWritten, apply
from bot.assessments.history import HistoryEntry
from bot.dialogue.given import Command, Commanded, Tapped
from bot.dialogue.intents import Choose
from bot.dialogue.station_intents import FetchMyData, Forget
from bot.rubric.answers import Chosen
from bot.services.documents import Errand
from bot.services.my_data import KIND, NAME, sends_my_data
from bot.services.ports import RawUpdate
from bot.stations.model import Role
from tests.storage.company import CONTACT, FILLER, HEAD, STRANGER, Company, keys

if TYPE_CHECKING:
    from bot.assessments.events import AssessmentEvent
    from bot.services.ports import Storage, Transaction


@pytest.fixture
def company(storage: Storage) -> Company:
    """Nobody has done anything yet."""
    return Company(storage)


async def handed_over(company: Company, sender: int) -> dict[str, Any]:
    """The file that somebody gets who asks for everything about them."""
    reply = await company.give(sender, Tapped(FetchMyData()))
    assert keys(reply) == ("data.coming",)
    assert reply.owed.document == f"{KIND}:"
    errand = Errand.of(reply.owed.document, await company.person(sender), "zh_CN")
    work = await company.storage.run(lambda tx: sends_my_data(tx, errand))
    assert work is not None
    [paper] = work()
    assert paper.name == NAME
    read: dict[str, Any] = orjson.loads(paper.content)
    return read


async def wrote(company: Company, sender: int, number: int, *events: AssessmentEvent) -> None:
    """Somebody's doing, as it is kept."""
    person = await company.person(sender)

    def keep(tx: Transaction) -> None:
        assessment = tx.assessment(number)
        assert assessment is not None
        for event in events:
            assessment = apply(assessment, event, by=person, at=company.now)
            if isinstance(event, EntryWritten):
                tx.save_entry(number, event.subject, assessment.entry(event.subject))
            tx.append_history(HistoryEntry(number, 1, event, 1, person, company.now))

    await company.storage.run(keep)


async def at_work(company: Company) -> int:
    """A station with a head and a filler, and its self-assessment; the assessment's number."""
    station = await company.headed()
    await company.joined(station, FILLER, "陈老师")
    return await company.begun(station)


async def test_everything_about_a_person_is_in_their_file(company: Company) -> None:
    number = await at_work(company)
    await company.give(FILLER, Tapped(Choose("1.1.1", "met", 0), number))
    await wrote(company, FILLER, number, EntryWritten("registration.address", "", "西昌市一路"))
    told = await handed_over(company, FILLER)
    assert told["person"] == await company.person(FILLER)
    assert told["telegram_id"] == FILLER
    assert told["position"]["assessment"] == number
    [membership] = told["memberships"]
    assert (membership["name"], membership["role"], membership["station"]) == (
        "陈老师",
        "filler",
        "凉山××职业技能鉴定所",
    )
    assert [(each["version"], each["given"]) for each in told["consents"]] == [(1, True)]
    assert [each["name"] for each in told["invitations_opened"]] == ["陈老师"]
    assert [(each["about"], each["wrote"]) for each in told["written"]] == [
        ("1.1.1", {"level": "met"}),
        ("registration.address", "西昌市一路"),
    ]


async def set_aside(company: Company, sender: int, number: int, text: bytes) -> None:
    """An update of somebody's that could not be handled."""

    def quarantine(tx: Transaction) -> None:
        [row] = tx.accept([RawUpdate(number, sender, text)], company.now)
        tx.claim(1000)
        tx.quarantine(row.id, f"R{number}", company.now)

    await company.storage.run(quarantine)


async def test_what_was_set_aside_is_in_their_file_as_it_is_kept(company: Company) -> None:
    await at_work(company)
    words = b'{"update_id":901,"message":{"text":"\xe7\x81\xaf"}}'
    for number, sender, text in ((901, FILLER, words), (902, FILLER, b"{torn"), (903, HEAD, b'{"text":"theirs"}')):
        await set_aside(company, sender, number, text)
    told = await handed_over(company, FILLER)
    assert [(each["reference"], each["update"]) for each in told["set_aside"]] == [
        ("R901", {"update_id": 901, "message": {"text": "灯"}}),
        ("R902", "{torn"),
    ]


async def test_what_was_set_aside_goes_when_its_sender_is_forgotten(company: Company) -> None:
    await at_work(company)
    for number, sender in ((901, FILLER), (902, HEAD)):
        await set_aside(company, sender, number, b'{"words":1}')
    person = await company.person(FILLER)
    await company.give(FILLER, Tapped(Forget(person)))
    dossier = await company.storage.run(lambda tx: tx.dossier(person))
    assert dossier is not None
    assert dossier.set_aside == ()
    await company.give(FILLER, Commanded(Command.START))
    assert [each["update"] for each in (await handed_over(company, FILLER))["set_aside"]] == [""]
    assert [each["update"] for each in (await handed_over(company, HEAD))["set_aside"]] == [{"words": 1}]


async def test_nothing_of_others_is_in_it(company: Company) -> None:
    number = await at_work(company)
    await wrote(
        company,
        HEAD,
        number,
        ItemAnswered("1.1.2", None, Chosen("met")),
        NoteWritten("1.1.1", "", "站长的话"),
        EntryWritten("registration.address", "", "站长写的地址"),
    )
    await wrote(
        company,
        FILLER,
        number,
        NoteWritten("1.1.1", "站长的话", "我的话"),
        EntryWritten("registration.address", "站长写的地址", "我写的地址"),
        EntryWritten("registration.examiners/1/name", "", "王考评员"),
        EntrySetAside("registration.address", "站长又写的地址", "我又写的地址"),
        EntrySetAside("registration.examiners/1/name", "站长写的人", "李考评员"),
        EntryWritten(f"import/{await company.person(FILLER)}", "", '{"all":"站长和王考评员"}'),
    )
    await company.give(STRANGER, Commanded(Command.START))
    told = await handed_over(company, FILLER)
    text = orjson.dumps(told).decode()
    assert [each["wrote"] for each in told["written"]] == [
        "我的话",
        "我写的地址",
        "王**",
        "我又写的地址",
        "李**",
        None,
    ]
    assert [each["kind"] for each in told["written"]].count("entry_set_aside") == 2
    assert all(word not in text for word in ("站长", "王考评员", "李考评员", "1.1.2"))
    assert str(STRANGER) not in text
    assert (await handed_over(company, STRANGER))["written"] == []


async def test_who_invited_learns_nothing_more_about_whom(company: Company) -> None:
    await at_work(company)
    told = await handed_over(company, HEAD)
    assert [(each["role"], each["state"]) for each in told["invitations_made"]] == [("filler", "used")]
    assert "陈老师" not in orjson.dumps(told).decode()


async def test_what_was_written_at_a_station_is_handed_over_after_leaving_it(company: Company) -> None:
    number = await at_work(company)
    await wrote(company, FILLER, number, NoteWritten("1.1.1", "", "我的话"))
    person = await company.person(FILLER)

    def leave(tx: Transaction) -> None:
        [mine] = tx.memberships(person)
        tx.save_membership(
            type(mine)(person, mine.station, mine.role, mine.name, mine.joined_at, 1, ended_at=company.now)
        )

    await company.storage.run(leave)
    told = await handed_over(company, FILLER)
    assert told["memberships"][0]["ended_at"] is not None
    assert [each["wrote"] for each in told["written"]] == ["我的话"]


async def test_who_was_forgotten_meanwhile_is_sent_nothing(company: Company) -> None:
    station = await company.headed()
    await company.joined(station, CONTACT, "联系人甲", Role.CONTACT)
    person = await company.person(CONTACT)
    await company.give(CONTACT, Tapped(Forget(person)))
    errand = Errand(KIND, "", person, "zh_CN")
    assert await company.storage.run(lambda tx: sends_my_data(tx, errand)) is None


async def test_who_is_forgotten_leaves_no_workbook_waiting_and_others_theirs(company: Company) -> None:
    number = await at_work(company)
    mine, theirs = [f"import/{await company.person(sender)}" for sender in (FILLER, HEAD)]
    await wrote(company, FILLER, number, EntryWritten(mine, "", '{"name":"王考评员"}'))
    await wrote(company, HEAD, number, EntryWritten(theirs, "", '{"name":"李考评员"}'))
    await company.give(FILLER, Tapped(Forget(await company.person(FILLER))))

    def stands(tx: Transaction) -> tuple[str, str, str]:
        assessment = tx.assessment(number)
        assert assessment is not None
        last, *_ = tx.history(number, mine, 1)
        assert isinstance(last.event, EntryWritten)
        return assessment.entry(mine).value, assessment.entry(theirs).value, last.event.after

    assert await company.storage.run(stands) == ("", '{"name":"李考评员"}', "")
