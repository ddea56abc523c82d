"""Joining a station over a real database: nobody gets a right by a link alone, and everybody is told plainly."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.dialogue.station_intents import Admit, Agree, Decline, Forget, Refuse, Remove, Withdraw
from bot.services.invitations import UnknownStationError, invite
from bot.stations.invitations import CONSENT, MOST_GUESSES
from bot.stations.model import InvitationState, Role
from tests.storage.company import CODE, CONTACT, FILLER, HEAD, STRANGER, Company, keys

if TYPE_CHECKING:
    from bot.services.ports import Storage


@pytest.fixture
def company(storage: Storage) -> Company:
    """Nobody has done anything yet."""
    return Company(storage)


def opening(words: str) -> Commanded:
    """Following the link with those words."""
    return Commanded(Command.START, f"j_{words}")


async def test_the_head_joins_by_the_operators_link_and_the_code_told_another_way(company: Company) -> None:
    station = await company.headed()
    members = await company.members(station)
    assert {(name, each.role, each.consent) for name, each in members.items()} == {("吉站长", Role.HEAD, CONSENT)}
    footprint = await company.read(lambda tx: tx.footprint(members["吉站长"].person))
    assert [(version, given) for version, _, given in footprint.consents] == [(CONSENT, True)]


async def test_the_operators_link_without_the_code_gives_no_right_and_is_void_after_five_codes(
    company: Company,
) -> None:
    station = await company.founded()
    made = await company.storage.run(lambda tx: invite(tx, CODE, Role.HEAD, number=9, now=company.now))
    await company.give(STRANGER, opening(made.words))
    await company.give(STRANGER, Tapped(Agree(9, CONSENT)))
    wrong = "000000" if made.code != "000000" else "111111"
    said = [keys(await company.give(STRANGER, Typed(wrong))) for _ in range(MOST_GUESSES)]
    assert said == [("joining.wrong_code",)] * (MOST_GUESSES - 1) + [("joining.spoilt",)]
    assert keys(await company.give(HEAD, opening(made.words))) == ("joining.withdrawn",)
    assert await company.members(station) == {}


async def test_nobody_is_invited_to_a_station_that_does_not_exist(company: Company) -> None:
    with pytest.raises(UnknownStationError):
        await company.storage.run(lambda tx: invite(tx, "none", Role.HEAD, number=9, now=company.now))


async def test_an_invitation_made_in_chat_gives_no_right_until_the_inviter_lets_in(company: Company) -> None:
    station = await company.headed()
    number, reply = await company.asked(FILLER, await company.invited(station), "陈老师")
    assert keys(reply) == ("joining.waiting", "told.waiting")
    [told] = reply.told
    assert told.owed.chat_id == HEAD
    assert told.screen is not None
    assert Admit(number) in [button.intent for row in told.screen.rows for button in row]
    assert set(await company.members(station)) == {"吉站长"}
    assert keys(await company.give(FILLER, Tapped(Admit(number)))) == ("notice.no_right",)
    assert keys(await company.give(HEAD, Tapped(Admit(number)))) == ("notice.admitted", "joining.welcome")
    assert set(await company.members(station)) == {"吉站长", "陈老师"}
    assert keys(await company.give(HEAD, Tapped(Admit(number)))) == ("notice.invitation_over",)


async def test_what_the_inviter_is_asked_leaves_them_where_they_are(company: Company) -> None:
    station = await company.headed()
    number = await company.begun(station)
    words = await company.invited(station)
    before = await company.storage.run(lambda tx: tx.person(HEAD, company.now))
    invitation, reply = await company.asked(FILLER, words, "陈老师")
    assert await company.storage.run(lambda tx: tx.person(HEAD, company.now)) == before
    row = next(row for row in await company.storage.run(lambda tx: tx.owed()) if row.id == reply.told[0].outbox_id)
    again = await company.storage.run(lambda tx: company.conversation.redraw(tx, row, company.now))
    assert again.screen == reply.told[0].screen
    assert row.reply.place == Place(PlaceKind.ADMIT, str(invitation)).code
    assert (await company.storage.run(lambda tx: tx.assessment(number))) is not None


async def test_the_inviter_refuses_a_stranger_who_got_the_link_by_forwarding(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    number, _ = await company.asked(STRANGER, words, "陈老师")
    assert keys(await company.give(FILLER, opening(words))) == ("joining.taken", "told.opened_in_vain")
    assert keys(await company.give(HEAD, Tapped(Refuse(number)))) == ("notice.refused", "told.not_admitted")
    assert keys(await company.give(STRANGER, opening(words))) == ("joining.refused", "told.opened_in_vain")
    assert set(await company.members(station)) == {"吉站长"}


async def test_a_link_is_used_once_and_the_inviter_hears_of_every_other_try(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    number, _ = await company.asked(FILLER, words, "陈老师")
    await company.give(HEAD, Tapped(Admit(number)))
    reply = await company.give(STRANGER, opening(words))
    assert keys(reply) == ("joining.used", "told.opened_in_vain")
    assert [told.owed.chat_id for told in reply.told] == [HEAD]
    assert keys(await company.give(FILLER, opening(words))) == ("joining.already_in",)
    assert keys(await company.give(HEAD, opening(words))) == ("joining.own",)


async def test_an_expired_and_a_withdrawn_link_open_nothing(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    company.now += timedelta(days=7)
    assert keys(await company.give(FILLER, opening(words))) == ("joining.expired", "told.opened_in_vain")
    fresh = await company.invited(station)
    [alive] = await company.storage.run(lambda tx: tx.invitations(station, company.now))
    assert keys(await company.give(HEAD, Tapped(Withdraw(alive.id)))) == ("notice.withdrawn",)
    assert keys(await company.give(FILLER, opening(fresh))) == ("joining.withdrawn", "told.opened_in_vain")
    assert set(await company.members(station)) == {"吉站长"}


async def test_an_invitation_that_expires_while_it_waits_lets_nobody_in(company: Company) -> None:
    station = await company.headed()
    number, _ = await company.asked(FILLER, await company.invited(station), "陈老师")
    company.now += timedelta(days=7)
    assert keys(await company.give(HEAD, Tapped(Admit(number)))) == ("notice.invitation_over",)
    assert set(await company.members(station)) == {"吉站长"}


async def test_who_declines_leaves_no_name_and_the_inviter_is_told(company: Company) -> None:
    station = await company.headed()
    number, _ = await company.asked(FILLER, await company.invited(station), "陈老师")
    assert keys(await company.give(FILLER, Tapped(Decline(number)))) == ("joining.declined", "told.declined")
    stands = await company.storage.run(lambda tx: tx.invitation(number))
    assert stands is not None
    assert (stands.state, stands.name) == (InvitationState.REFUSED, "")


async def test_guessing_is_limited_and_a_right_link_is_not_tried_meanwhile(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    for number in range(MOST_GUESSES):
        assert keys(await company.give(STRANGER, opening(f"{number:043d}"))) == ("joining.unknown",)
    assert keys(await company.give(STRANGER, opening(words))) == ("joining.blocked",)
    company.now += timedelta(hours=1)
    reply = await company.give(STRANGER, opening(words))
    assert keys(reply) == ()
    assert reply.screen is not None


async def test_of_fifty_ways_to_misuse_invitations_none_gives_a_right(company: Company) -> None:
    """Guessed, used again, forwarded, expired, withdrawn: ten of each, every one told plainly."""
    station = await company.headed()
    used, taken, withdrawn, expired = [[await company.invited(station) for _ in range(2)] for _ in range(4)]
    for index, words in enumerate(used):
        number, _ = await company.asked(500 + index, words, f"人员{index}")
        await company.give(HEAD, Tapped(Admit(number)))
    for index, words in enumerate(taken):
        await company.give(600 + index, opening(words))
    alive = await company.storage.run(lambda tx: tx.invitations(station, company.now))
    fresh = [each.id for each in alive if each.state is InvitationState.OPEN]
    for number in fresh[:2]:
        await company.give(HEAD, Tapped(Withdraw(number)))
    members = await company.members(station)
    tries = {
        "joining.unknown": [f"{number:043d}" for number in range(10)],
        "joining.used": used * 5,
        "joining.taken": taken * 5,
        "joining.withdrawn": withdrawn * 5,
    }
    strangers = iter(range(1000, 2000))
    for key, links in tries.items():
        for words in links:
            reply = await company.give(next(strangers), opening(words))
            assert keys(reply) == ((key,) if key == "joining.unknown" else (key, "told.opened_in_vain"))
    company.now += timedelta(days=7)
    for words in expired * 5:
        reply = await company.give(next(strangers), opening(words))
        assert keys(reply) == ("joining.expired", "told.opened_in_vain")
    assert await company.members(station) == members


async def test_of_many_who_open_one_link_at_once_one_has_it(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    replies = await asyncio.gather(*(company.give(sender, opening(words)) for sender in range(1000, 1010)))
    told = [keys(reply) for reply in replies]
    assert sorted(told) == [(), *[("joining.taken", "told.opened_in_vain")] * 9]


async def test_an_invitation_that_is_admitted_twice_at_once_is_used_once(company: Company) -> None:
    station = await company.headed()
    number, _ = await company.asked(FILLER, await company.invited(station), "陈老师")
    replies = await asyncio.gather(*(company.give(HEAD, Tapped(Admit(number))) for _ in range(5)))
    assert sorted(keys(reply)[0] for reply in replies) == ["notice.admitted", *["notice.invitation_over"] * 4]


async def test_somebody_removed_sees_nothing_of_the_station_any_more(company: Company) -> None:
    station = await company.headed()
    await company.joined(station, FILLER, "陈老师")
    number = await company.begun(station)
    person = await company.person(FILLER)
    reply = await company.give(HEAD, Tapped(Remove(station, person)))
    assert keys(reply) == ("notice.removed", "told.removed")
    reply = await company.give(FILLER, Tapped(Admit(1), number))
    assert keys(reply) == ("notice.unreadable_button",)
    assert reply.screen is not None
    assert reply.screen.assessment is None


async def test_who_is_forgotten_leaves_their_answers_and_no_name(company: Company) -> None:
    station = await company.headed()
    await company.joined(station, CONTACT, "联系人甲", Role.CONTACT)
    person = await company.person(CONTACT)
    reply = await company.give(CONTACT, Tapped(Forget(person)))
    assert keys(reply) == ("told.left",)
    assert set(await company.members(station)) == {"吉站长"}
    everybody = await company.storage.run(lambda tx: tx.members(station))
    assert [each.name for each in everybody if each.person == person] == [""]
    gone = await company.storage.run(lambda tx: tx.person_by_id(person))
    assert gone is not None
    assert (gone.telegram_id, gone.position, gone.locale) == (-person, None, None)
    assert await company.person(CONTACT) != person
    assert (await company.give(CONTACT, Commanded(Command.START))).screen is not None


async def test_nobody_forgets_somebody_else(company: Company) -> None:
    station = await company.headed()
    person = await company.person(HEAD)
    assert keys(await company.give(STRANGER, Tapped(Forget(person)))) == ("notice.unreadable_button",)
    assert set(await company.members(station)) == {"吉站长"}


async def test_joining_can_be_left_and_taken_up_again_by_the_same_link(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    await company.give(FILLER, opening(words))
    reply = await company.give(FILLER, Commanded(Command.START))
    assert reply.screen is not None
    position = (await company.storage.run(lambda tx: tx.person(FILLER, company.now))).position
    assert position is not None
    assert position.place == HOME
    number, reply = await company.asked(FILLER, words, "陈老师")
    assert keys(reply) == ("joining.waiting", "told.waiting")
    assert number


async def test_the_link_comes_with_a_picture_of_it_in_the_same_owed_reply(company: Company) -> None:
    station = await company.headed()
    words = await company.invited(station)
    owed = [row.reply for row in await company.storage.run(lambda tx: tx.owed()) if row.reply.document is not None]
    assert [(each.chat_id, each.document) for each in owed] == [(HEAD, f"qr:{words}")]
    assert owed[0].notice is not None
    assert words.encode() in owed[0].notice.arguments
