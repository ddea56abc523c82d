"""Documents, photos and albums, both ways."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto

from sandbox.client import Answer, Client
from sandbox.images import dimensions, stand_in
from sandbox.server import Running, start
from sandbox.wire import dumps, loads

if TYPE_CHECKING:
    from pathlib import Path

PERSON = 5_000_101
REPORT = b"%PDF-1.7 report"
MEGABYTE = 1 << 20
EDGE = "edge0of0a0part"


def picture(width: int = 640, height: int = 480) -> bytes:
    rows = zlib.compress(b"\0" * ((width + 1) * height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


async def upload(running: Running, method: str, files: dict[str, tuple[str, bytes]], **values: object) -> Answer:
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + (one.encode() if isinstance(one, str) else dumps(one))
        for name, one in values.items()
    ]
    for name, (filename, content) in files.items():
        place = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(f"--{EDGE}\r\n{place}\r\nContent-Type: application/octet-stream\r\n\r\n".encode() + content)
    body = io.BytesIO(b"\r\n".join([*parts, f"--{EDGE}--\r\n".encode()]))
    headers = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}
    address = f"{running.url}/bot{running.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as response:
        return Answer(response.status, loads(await response.read()), response.headers)


async def send_report(running: Running, person: int, **values: object) -> Answer:
    return await upload(running, "sendDocument", {"document": ("报告.pdf", REPORT)}, chat_id=person, **values)


async def download(running: Running, client: Client, file_id: str) -> tuple[int, bytes]:
    found = (await client.call("getFile", file_id=file_id)).result
    address = f"{running.url}/file/bot{running.token}/{found['file_path']}"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.read()


async def test_a_document_is_sent_with_name_type_and_caption(running: Running, person: int) -> None:
    sent = (await send_report(running, person, caption="<b>得分</b> 87", parse_mode="HTML")).result
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == ("报告.pdf", "application/pdf")
    assert document["file_size"] == len(REPORT)
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("得分 87", "bold")


async def test_a_document_can_be_attached_under_any_name(running: Running, person: int) -> None:
    files = {"attached1": ("a.docx", b"PK")}
    sent = await upload(running, "sendDocument", files, chat_id=person, document="attach://attached1")
    assert sent.result["document"]["file_name"] == "a.docx"


async def test_a_file_id_sends_the_file_again(running: Running, client: Client, person: int) -> None:
    held = (await send_report(running, person)).result["document"]
    again = await client.call("sendDocument", chat_id=person, document=held["file_id"], caption="再")
    assert again.result["document"] == held


async def test_what_was_sent_can_be_downloaded(running: Running, client: Client, person: int) -> None:
    held = (await send_report(running, person)).result["document"]["file_id"]
    assert await download(running, client, held) == (200, REPORT)


async def test_a_download_link_lasts_an_hour(running: Running, client: Client, person: int) -> None:
    held = (await send_report(running, person)).result["document"]["file_id"]
    path = (await client.call("getFile", file_id=held)).result["file_path"]
    await client.act("advance", seconds=3601)
    async with aiohttp.ClientSession(running.url) as session:
        async with session.get(f"/file/bot{running.token}/{path}") as response:
            assert response.status == 404
        async with session.get(f"/file/bot1:wrong/{path}") as response:
            assert response.status == 401
    assert (await download(running, client, held))[0] == 200


@pytest.mark.parametrize(
    ("method", "values", "complaint"),
    [
        ("sendDocument", {}, "there is no document in the request"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": "attach://nothing"}, "there is no document in the request"),
        ("sendDocument", {"document": "https://example.org/a.pdf"}, "failed to get HTTP URL content"),
        (
            "sendDocument",
            {"document": "BQACno"},
            "wrong remote file identifier specified: Wrong padding in the string",
        ),
        ("sendDocument", {"document": "x", "caption": "字" * 1025}, "message caption is too long"),
        ("getFile", {}, "file_id not specified"),
        ("getFile", {"file_id": "BQACno"}, "wrong file_id or the file is temporarily unavailable"),
    ],
)
async def test_calls_for_files_that_telegram_refuses(
    client: Client, person: int, method: str, values: dict[str, str], complaint: str
) -> None:
    assert (await client.call(method, chat_id=person, **values)).error == (400, f"Bad Request: {complaint}")


async def test_an_empty_file_is_refused(running: Running, person: int) -> None:
    answer = await upload(running, "sendDocument", {"document": ("a.txt", b"")}, chat_id=person)
    assert answer.error == (400, "Bad Request: file must be non-empty")


async def test_a_caption_of_1024_after_parsing_is_taken(running: Running, person: int) -> None:
    answer = await send_report(running, person, caption=f"<b>{'字' * 1024}</b>", parse_mode="HTML")
    assert answer.status == 200


async def test_fifty_megabytes_are_the_most(running: Running, person: int) -> None:
    for extra in (1, 3 * MEGABYTE):
        files = {"document": ("big.zip", b"x" * (50 * MEGABYTE + extra))}
        answer = await upload(running, "sendDocument", files, chat_id=person)
        assert answer.error == (413, "Request Entity Too Large")


async def test_twenty_megabytes_are_the_most_to_download(running: Running, client: Client, person: int) -> None:
    for size, expected in ((20 * MEGABYTE, 200), (20 * MEGABYTE + 1, 400)):
        said = running.controls.attach(person, [{"name": "scan.tif", "content": bytes(size)}])
        answer = await client.call("getFile", file_id=said["message"]["document"]["file_id"])
        assert answer.status == expected
    assert answer.error[1] == "Bad Request: file is too big"


async def test_a_photo_comes_in_sizes_from_small_to_large(running: Running, client: Client, person: int) -> None:
    sent = (await upload(running, "sendPhoto", {"photo": ("a.png", picture())}, chat_id=person)).result
    sizes = [(one["width"], one["height"]) for one in sent["photo"]]
    assert sizes == [(90, 68), (640, 480)]
    assert (await download(running, client, sent["photo"][-1]["file_id"]))[1] == picture()
    assert dimensions((await download(running, client, sent["photo"][0]["file_id"]))[1]) == (90, 68)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (
            picture() + bytes(10 * MEGABYTE + 1 - len(picture())),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
    ids=["no picture", "too narrow", "too long", "too large"],
)
async def test_photos_that_telegram_refuses(running: Running, person: int, content: bytes, complaint: str) -> None:
    answer = await upload(running, "sendPhoto", {"photo": ("a.png", content)}, chat_id=person)
    assert answer.error == (400, f"Bad Request: {complaint}")


async def test_a_photo_is_no_document(running: Running, client: Client, person: int) -> None:
    sent = (await upload(running, "sendPhoto", {"photo": ("a.png", picture())}, chat_id=person)).result
    answer = await client.call("sendDocument", chat_id=person, document=sent["photo"][-1]["file_id"])
    assert answer.error == (400, "Bad Request: can't use file of type Photo as Document")


async def test_an_album_holds_together(running: Running, client: Client, person: int) -> None:
    held = (await send_report(running, person)).result["document"]["file_id"]
    media = [
        {"type": "document", "media": "attach://one", "caption": "甲"},
        {"type": "document", "media": held},
    ]
    sent = (await upload(running, "sendMediaGroup", {"one": ("1.txt", b"1")}, chat_id=person, media=media)).result
    assert len({one["media_group_id"] for one in sent}) == 1
    assert [one.get("caption") for one in sent] == ["甲", None]
    (call,) = (await client.look("calls", method="sendMediaGroup"))["calls"]
    assert (call["unknown"], call["params"]["one"]) == ([], "file 1.txt, 1 bytes")


@pytest.mark.parametrize(
    ("media", "complaint"),
    [
        ([], "there are no messages to send"),
        ([{"type": "document", "media": "x"}] * 11, "too many messages to send as an album"),
        (
            [{"type": "document", "media": "x"}, {"type": "photo", "media": "x"}],
            "document can't be mixed with other media types",
        ),
        ([{"type": "voice", "media": "x"}], "can't parse InputMedia: type must be one of document, photo"),
    ],
)
async def test_albums_that_telegram_refuses(
    client: Client, person: int, media: list[dict[str, str]], complaint: str
) -> None:
    answer = await client.call("sendMediaGroup", chat_id=person, media=media)
    assert answer.error == (400, f"Bad Request: {complaint}")


async def test_a_caption_is_edited_but_not_as_a_text(running: Running, client: Client, person: int) -> None:
    sent = (await send_report(running, person, caption="一")).result["message_id"]
    edited = (await client.call("editMessageCaption", chat_id=person, message_id=sent, caption="二")).result
    assert (edited["caption"], edited["document"]["file_name"]) == ("二", "报告.pdf")
    answer = await client.call("editMessageText", chat_id=person, message_id=sent, text="三")
    assert answer.error == (400, "Bad Request: there is no text in the message to edit")
    board = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    marked = await client.call("editMessageReplyMarkup", chat_id=person, message_id=sent, reply_markup=board)
    assert (marked.result["caption"], marked.result["reply_markup"]) == ("二", board)


async def test_people_send_documents_and_photos(client: Client, person: int) -> None:
    content = base64.b64encode(REPORT).decode()
    await client.act("attach", person=person, files=[{"name": "证书.pdf", "content": content}], caption="佐证 /help")
    shot = base64.b64encode(picture()).decode()
    await client.act("attach", person=person, files=[{"name": "a.jpg", "content": shot}], kind="photo", reply_to=1)
    document, photo = (one["message"] for one in (await client.call("getUpdates")).result)
    assert (document["document"]["file_name"], document["caption"]) == ("证书.pdf", "佐证 /help")
    assert document["caption_entities"][0]["type"] == "bot_command"
    assert photo["photo"][-1]["width"] == 640
    assert photo["reply_to_message"]["message_id"] == 1


async def test_people_send_albums_as_forms_too(client: Client, running: Running, person: int) -> None:
    form = aiohttp.FormData({"person": str(person), "kind": "photo", "caption": "12"})
    for number in range(3):
        form.add_field("files", picture(), filename=f"{number}.png")
    async with aiohttp.ClientSession(running.url) as session, session.post("/sandbox/attach", data=form) as response:
        assert response.status == 200
    messages = [one["message"] for one in (await client.call("getUpdates")).result]
    assert len({one["media_group_id"] for one in messages}) == 1
    assert [one.get("caption") for one in messages] == ["12", None, None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": []},
        {"files": [{"name": "a", "content": "eA=="}] * 11},
        {"files": [{"name": "a", "content": "eA=="}], "kind": "voice"},
        {"files": [{"name": "a", "content": "eA=="}], "kind": "photo"},
        {"files": [{"name": "a", "content": ""}]},
        {"files": [{"name": "a"}]},
        {"files": [{"name": "a", "content": "?"}]},
    ],
)
async def test_what_no_app_attaches_is_refused(client: Client, person: int, wrong: dict[str, Any]) -> None:
    assert "error" in await client.act("attach", person=person, **wrong)
    assert (await client.call("getUpdates")).result == []


async def test_in_groups_files_are_seen_only_when_meant_for_the_bot(
    client: Client, running: Running, person: int
) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    running.sandbox.world.queue.clear()
    running.controls.attach(person, [{"name": "a.txt", "content": b"x"}], chat=group)
    running.controls.attach(person, [{"name": "b.txt", "content": b"x"}], chat=group, caption="@zicha_sandbox_bot")
    (update,) = (await client.call("getUpdates")).result
    assert update["message"]["document"]["file_name"] == "b.txt"


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\temp\\passwd", "passwd\n"])
async def test_file_names_lose_their_folders(running: Running, person: int, name: str) -> None:
    said = running.controls.attach(person, [{"name": name, "content": b"x"}])
    assert said["message"]["document"]["file_name"] == "passwd"


async def test_a_page_of_html_is_never_shown_as_one(running: Running, person: int) -> None:
    said = running.controls.attach(person, [{"name": "a.html", "content": b"<script>alert(1)</script>"}])
    address = f"{running.url}/sandbox/file?id={said['message']['document']['file_id']}"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.content_type == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_files_survive_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    async with await start(state=kept) as server:
        said = server.controls.attach(PERSON, [{"name": "a.pdf", "content": REPORT}])
    held = said["message"]["document"]["file_id"]
    async with await start(state=kept) as server, aiohttp.ClientSession(server.url) as session:
        assert await download(server, Client(session, server.token), held) == (200, REPORT)
        server.controls.reset()
        assert not (tmp_path / "state.json.files").exists()


async def test_the_library_sends_and_fetches_files(running: Running, person: int) -> None:
    base, files = f"{running.url}/bot", f"{running.url}/file/bot"
    async with Bot(running.token, base_url=base, base_file_url=files) as bot:
        sent = await bot.send_document(person, REPORT, filename="报告.pdf", caption="一")
        assert sent.document
        fetched = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
        assert bytes(fetched) == REPORT
        shown = await bot.send_photo(person, picture())
        album = [InputMediaPhoto(picture()), InputMediaPhoto(shown.photo[-1].file_id)]
        assert len(await bot.send_media_group(person, album)) == 2
        papers = [InputMediaDocument(REPORT, filename="1.pdf"), InputMediaDocument(REPORT, filename="2.pdf")]
        names = [one.document.file_name for one in await bot.send_media_group(person, papers) if one.document]
        assert names == ["1.pdf", "2.pdf"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (picture(3, 2), (3, 2)),
        (b"GIF89a\x05\x00\x04\x00", (5, 4)),
        (b"BM" + bytes(16) + struct.pack("<ii", 7, -6), (7, 6)),
        (b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x09\x00\x0b\x03", (11, 9)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x0c\x00\x00\x0d\x00\x00", (13, 14)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8", None),
        (b"%PDF", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read(content: bytes, expected: tuple[int, int] | None) -> None:
    assert dimensions(content) == expected


def test_a_stand_in_keeps_the_shape() -> None:
    content, width, height = stand_in(4000, 1000)
    assert (width, height) == (90, 22)
    assert dimensions(content) == (90, 22)
