"""What may be sent, and Telegram's words for what may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def refusal(client: Client, person: int, text: str = "好", **parameters: object) -> str:
    status, description = (await client.call("sendMessage", chat_id=person, text=text, **parameters)).error
    assert status == 400
    return description


async def test_a_sent_message_comes_back_as_a_message(client: Client, person: int) -> None:
    message = (await client.call("sendMessage", chat_id=person, text="您好")).result
    assert message["text"] == "您好"
    assert message["chat"] == {"id": person, "first_name": "吉站长", "type": "private"}
    assert message["from"]["username"] == "zicha_sandbox_bot"
    assert isinstance(message["date"], int)
    assert "reply_markup" not in message


async def test_a_message_without_text_is_refused(client: Client, person: int) -> None:
    assert await refusal(client, person, "") == "Bad Request: message text is empty"


@pytest.mark.parametrize("blank", [" \n ", "\u200b\u200d", "<b> </b>", "&#8203;"])
async def test_a_text_of_blanks_is_refused(client: Client, person: int, blank: str) -> None:
    assert await refusal(client, person, blank, parse_mode="HTML") == "Bad Request: text must be non-empty"


async def test_the_text_limit_counts_code_points_after_parsing(client: Client, person: int) -> None:
    longest = f"<b>{'𠀀' * 4096}</b>"
    assert (await client.call("sendMessage", chat_id=person, text=longest, parse_mode="HTML")).status == 200
    assert await refusal(client, person, "字" * 4097) == "Bad Request: message is too long"


async def test_the_raw_text_limit_counts_bytes_before_parsing(client: Client, person: int) -> None:
    tags = "<b>x</b>" * 4097
    assert await refusal(client, person, tags, parse_mode="HTML") == "Bad Request: text is too long"


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2", "bbcode"])
async def test_other_parse_modes_are_refused(client: Client, person: int, mode: str) -> None:
    assert await refusal(client, person, parse_mode=mode) == "Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<x>y</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("字</b>", "Unexpected end tag at byte offset 3"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ('<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
async def test_broken_html_is_refused_in_telegrams_words(
    client: Client, person: int, text: str, complaint: str
) -> None:
    described = await refusal(client, person, text, parse_mode="HTML")
    assert described == f"Bad Request: can't parse entities: {complaint}"


async def test_without_parse_mode_tags_are_just_text(client: Client, person: int) -> None:
    message = (await client.call("sendMessage", chat_id=person, text="<b>x")).result
    assert message["text"] == "<b>x"
    assert "entities" not in message


async def test_trailing_blanks_are_trimmed_together_with_their_entities(client: Client, person: int) -> None:
    sent = await client.call("sendMessage", chat_id=person, text="\n 一 <b> 二 \n</b>\r\n", parse_mode="HTML")
    assert sent.result["text"] == "一  二"
    assert sent.result["entities"] == [{"type": "bold", "offset": 3, "length": 1}]


async def test_commands_and_links_are_found_in_texts(client: Client, person: int) -> None:
    text = "𠀀 /help 或 https://example.org/a 。"
    entities = (await client.call("sendMessage", chat_id=person, text=text)).result["entities"]
    assert entities == [
        {"type": "bot_command", "offset": 3, "length": 5},
        {"type": "url", "offset": 11, "length": 21},
    ]


async def test_explicit_entities_are_kept(client: Client, person: int) -> None:
    bold = {"type": "bold", "offset": 0, "length": 1}
    assert (await client.call("sendMessage", chat_id=person, text="ab", entities=[bold])).result["entities"] == [bold]


async def test_a_keyboard_is_kept_with_its_styles(client: Client, person: int) -> None:
    board = keyboard(
        [{"text": "得满分", "callback_data": "a", "style": "success"}],
        [{"text": "通知", "url": "https://example.org/"}, {"text": "编号", "copy_text": {"text": "2.1.10"}}],
    )
    assert (await client.call("sendMessage", chat_id=person, text="x", reply_markup=board)).result[
        "reply_markup"
    ] == board


@pytest.mark.parametrize("markup", [{"keyboard": [[{"text": "x"}]]}, {"remove_keyboard": True}, {"force_reply": True}])
async def test_other_reply_markup_is_taken_but_never_echoed(
    client: Client, person: int, markup: dict[str, object]
) -> None:
    sent = await client.call("sendMessage", chat_id=person, text="x", reply_markup=markup)
    assert sent.status == 200
    assert "reply_markup" not in sent.result


@pytest.mark.parametrize("data", ["", "Я" * 33, "字" * 22])
async def test_callback_data_has_1_to_64_bytes(client: Client, person: int, data: str) -> None:
    board = keyboard([{"text": "x", "callback_data": data}])
    assert await refusal(client, person, reply_markup=board) == "Bad Request: BUTTON_DATA_INVALID"


async def test_64_bytes_of_callback_data_are_fine(client: Client, person: int) -> None:
    board = keyboard([{"text": "x", "callback_data": "字" * 21 + "x"}])
    assert (await client.call("sendMessage", chat_id=person, text="x", reply_markup=board)).status == 200


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "x"}, 'can\'t parse inline keyboard button: Field "text" must be specified'),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "callback_data": "x", "style": "pink"},
            "can't parse inline keyboard button: Unsupported button style specified",
        ),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
async def test_a_button_that_telegram_refuses(
    client: Client, person: int, button: dict[str, object], complaint: str
) -> None:
    assert await refusal(client, person, reply_markup=keyboard([button])) == f"Bad Request: {complaint}"


@pytest.mark.parametrize("rows", [{"text": "x"}, [{"text": "x", "callback_data": "x"}], "x"])
async def test_a_keyboard_is_an_array_of_arrays(client: Client, person: int, rows: object) -> None:
    described = await refusal(client, person, reply_markup={"inline_keyboard": rows})
    assert described == 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'


async def test_reply_markup_that_is_no_json_is_refused(client: Client, person: int) -> None:
    described = await refusal(client, person, reply_markup="{")
    assert described == "Bad Request: can't parse reply keyboard markup JSON object"


async def test_a_hundred_buttons_are_the_most(client: Client, person: int) -> None:
    rows = [[{"text": "x", "callback_data": "x"}] * 5] * 20
    assert (await client.call("sendMessage", chat_id=person, text="x", reply_markup=keyboard(*rows))).status == 200
    one_more = keyboard(*rows, [{"text": "x", "callback_data": "x"}])
    assert await refusal(client, person, reply_markup=one_more) == "Bad Request: reply markup is too long"


async def test_fewer_buttons_with_much_data_are_too_long(client: Client, person: int) -> None:
    rows = [[{"text": "正好三个一般性问题（待审定）" * 2, "callback_data": "x" * 64}]] * 80
    assert await refusal(client, person, reply_markup=keyboard(*rows)) == "Bad Request: reply markup is too long"


async def test_link_preview_options_are_taken(client: Client, person: int) -> None:
    options = {"is_disabled": True}
    assert (await client.call("sendMessage", chat_id=person, text="x", link_preview_options=options)).status == 200


async def test_a_reply_quotes_its_message(client: Client, person: int) -> None:
    sent = await client.call("sendMessage", chat_id=person, text="x", reply_parameters={"message_id": 1})
    assert sent.result["reply_to_message"]["text"] == "/start"


async def test_a_reply_to_a_missing_message_is_refused_unless_lenient(client: Client, person: int) -> None:
    described = await refusal(client, person, reply_parameters={"message_id": 99})
    assert described == "Bad Request: message to be replied not found"
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    assert (await client.call("sendMessage", chat_id=person, text="x", reply_parameters=lenient)).status == 200


async def test_a_chat_action_is_shown(client: Client, person: int) -> None:
    assert (await client.call("sendChatAction", chat_id=person, action="typing")).result is True


async def test_an_unknown_chat_action_is_refused(client: Client, person: int) -> None:
    answer = await client.call("sendChatAction", chat_id=person, action="dancing")
    assert answer.error == (400, "Bad Request: wrong parameter action in request")


async def test_messages_are_numbered_over_all_chats(client: Client, running: Running, person: int) -> None:
    running.controls.say(5_000_102, "/start")
    assert (await client.call("sendMessage", chat_id=person, text="x")).result["message_id"] == 3
