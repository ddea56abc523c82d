"""What an update means."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from bot.dialogue.given import Command, Commanded, Odd, Oddity, Offered, Recaptioned, Tapped, Typed
from bot.dialogue.intents import Choose, encode
from bot.handlers.incoming import IGNORED, InGroup, Private, ReachChanged, caller_of, read, sender_of
from bot.services.failures import Caller
from bot.services.ports import InboxRow, RawUpdate
from bot.services.requests import Request

ANN = {"id": 77, "is_bot": False, "first_name": "吉", "language_code": "zh-hans"}
HOME = {"id": 77, "type": "private", "first_name": "吉"}
GROUP = {"id": -5, "type": "group", "title": "鉴定站"}


def row(**body: Any) -> InboxRow:  # noqa: ANN401 - raw JSON
    raw = {"update_id": 9, **body}
    return InboxRow(4, RawUpdate(9, sender_of(raw), orjson.dumps(raw)))


def message(chat: dict[str, Any] = HOME, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - raw JSON
    return {"message_id": 3, "date": 1_700_000_000, "chat": chat, "from": ANN, **content}


def tap(data: str | None, chat: dict[str, Any] = HOME, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - raw JSON
    bot = {"id": 1, "is_bot": True, "first_name": "b", "username": "b_bot"}
    card = {"message_id": 3, "date": 1_700_000_000, "chat": chat, "from": bot, "text": "x" * 300}
    return {
        "id": "55",
        "from": ANN,
        "chat_instance": "1",
        "message": card,
        **({} if data is None else {"data": data}),
        **more,
    }


def private(given: object, **tapped: Any) -> Private:  # noqa: ANN401 - either a text or a number
    return Private(Request(inbox_id=4, telegram_id=77, chat_id=77, given=given, **tapped))  # type: ignore[arg-type]


def test_words_in_private_are_an_answer() -> None:
    assert read(row(message=message(text="２００ 5"))) == private(Typed("２００ 5"))


def test_a_command_with_the_bots_name_is_that_command() -> None:
    assert read(row(message=message(text="/start@zicha_bot x"))) == private(Commanded(Command.START, "x"))


def test_a_tap_carries_its_query_and_its_card() -> None:
    data = encode(Choose("2.1.10", "met", 3), 12)
    expected = private(Tapped(Choose("2.1.10", "met", 3), 12), callback_id="55", message_id=3)
    assert read(row(callback_query=tap(data))) == expected


STICKER = {
    "file_id": "f",
    "file_unique_id": "u",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


@pytest.mark.parametrize("data", ["", "a", "a:1:2:3:4:5:6", "'; drop table answer; --", "\u0000" * 64, "x" * 500, None])
def test_button_data_that_is_none_of_ours_is_odd_but_never_an_error(data: str | None) -> None:
    odd = private(Odd(Oddity.UNREADABLE_BUTTON), callback_id="55", message_id=3)
    assert read(row(callback_query=tap(data))) == odd


def test_a_tap_on_a_message_telegram_shows_no_more_is_a_tap() -> None:
    gone = {"message_id": 3, "date": 0, "chat": HOME}
    odd = private(Odd(Oddity.UNREADABLE_BUTTON), callback_id="55", message_id=3)
    assert read(row(callback_query=tap("?", message=gone))) == odd


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": STICKER},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}, "caption": "说明"},
        {"contact": {"phone_number": "1", "first_name": "x"}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"checklist": {"title": "x", "tasks": [{"id": 1, "text": "x"}]}},
    ],
)
def test_what_is_neither_text_nor_a_file_is_odd(content: dict[str, Any]) -> None:
    assert read(row(message=message(**content))) == private(Odd(Oddity.NOT_TEXT))


def test_of_a_photo_the_largest_size_is_offered_and_a_document_by_its_name() -> None:
    sizes = [{"file_id": name, "file_unique_id": name, "width": 1, "height": 1, "file_size": 5} for name in "sl"]
    photo = message(photo=sizes, caption=" 说明\u202e ", media_group_id="9")
    assert read(row(message=photo)) == private(Offered("l", "", 5, "说明", photo["message_id"], "9"))
    document = message(document={"file_id": "f", "file_unique_id": "u", "file_name": "../../\u202efdp.exe"})
    assert read(row(message=document)) == private(Offered("f", "../../fdp.exe", 0, "", document["message_id"]))


def test_a_long_name_keeps_its_ending() -> None:
    document = message(document={"file_id": "f", "file_unique_id": "u", "file_name": "制" * 300 + ".pdf"})
    incoming = read(row(message=document))
    assert isinstance(incoming, Private)
    assert isinstance(incoming.request.given, Offered)
    assert len(incoming.request.given.name) == 120
    assert incoming.request.given.name.endswith("制.pdf")


def test_new_words_beside_a_file_are_its_caption() -> None:
    file = {"document": {"file_id": "f", "file_unique_id": "u"}}
    edited = message(**file, caption="新", edit_date=1_700_000_001)
    assert read(row(edited_message=edited)) == private(Recaptioned(edited["message_id"], "新"))


def test_an_edited_text_is_odd_but_a_moving_location_is_ignored() -> None:
    edited = message(edit_date=1_700_000_001)
    assert read(row(edited_message={**edited, "text": "new"})) == private(Odd(Oddity.EDITED))
    assert read(row(edited_message={**edited, "location": {"latitude": 1.0, "longitude": 1.0}})) == IGNORED


def test_a_command_or_tap_in_a_group_is_to_be_refused_there() -> None:
    for update in ({"message": message(GROUP, text="/start@b_bot")}, {"callback_query": tap("o:0:h", GROUP)}):
        incoming = read(row(**update))
        assert isinstance(incoming, InGroup)
        assert incoming.request.chat_id == -5


@pytest.mark.parametrize(
    "body",
    [
        {"message": message(GROUP, text="大家好")},
        {"message": message(GROUP, text="/elsewhere")},
        {"message": message(group_chat_created=True)},
        {"message": {**message(GROUP, text="/start"), "from": {**ANN, "is_bot": True}}},
        {"edited_message": message(GROUP, text="/start")},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -100, "type": "channel", "title": "c"}}},
        {"something_new": {"id": 1}},
        {},
    ],
)
def test_what_no_person_asked_of_us_is_ignored(body: dict[str, Any]) -> None:
    assert read(row(**body)) == IGNORED


@pytest.mark.parametrize(("status", "is_reachable"), [("kicked", False), ("member", True)])
def test_blocking_and_unblocking_change_whether_a_person_can_be_reached(status: str, is_reachable: bool) -> None:  # noqa: FBT001 - a table
    bot = {"id": 1, "is_bot": True, "first_name": "b"}
    new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    change = {
        "chat": HOME,
        "from": ANN,
        "date": 1,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": new,
    }
    assert read(row(my_chat_member=change)) == ReachChanged(77, is_reachable)
    assert read(row(my_chat_member={**change, "chat": GROUP})) == IGNORED


@pytest.mark.parametrize(
    "broken", [{"id": 5}, {"from": {}}, {"from": None}, {"message": {}}, {"message": []}, {"data": 3}]
)
def test_a_tap_without_what_we_need_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, AttributeError)):
        read(row(callback_query={**tap("o:0:h"), **broken}))


def test_half_a_character_in_an_update_is_read() -> None:
    raw = orjson.dumps({"update_id": 9, "message": message(text="a?")}).replace(b"?", b"\\ud83d")
    assert read(InboxRow(4, RawUpdate(9, 77, raw))) == private(Typed("a", was_cleaned=True))


def test_the_caller_of_a_broken_update_is_still_known() -> None:
    broken = tap("x")
    del broken["chat_instance"]
    assert caller_of(row(callback_query=broken)) == Caller(77, 77, "55")
    assert caller_of(row(message=message(text="x"))) == Caller(77, 77)
    assert caller_of(row(message=message(GROUP, text="/start"))) is None
    assert caller_of(row()) is None
