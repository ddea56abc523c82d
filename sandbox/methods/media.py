"""Documents, photos and albums of the bot, and the files it downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import files
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.keyboards import inline_keyboard
from sandbox.methods.access import writable_chat
from sandbox.methods.composing import caption_of, framed
from sandbox.wire import refused
from sandbox.wording import captioned

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.wire import Json
    from sandbox.world import World

MOST_IN_ALBUM = 10
LINKS = ("http://", "https://")


def send_document(world: World, parameters: Parameters) -> Json:
    """Send a document."""
    return _send(world, parameters, "document")


def send_photo(world: World, parameters: Parameters) -> Json:
    """Send a photo."""
    return _send(world, parameters, "photo")


def send_media_group(world: World, parameters: Parameters) -> list[Json]:
    """Send an album: up to ten photos, or up to ten documents."""
    listed = parameters.structure("media", "can't parse media JSON object")
    if listed is None or listed == []:
        raise refused("there are no messages to send")
    if not isinstance(listed, list):
        raise refused("expected an Array of InputMedia")
    if len(listed) > MOST_IN_ALBUM:
        raise refused("too many messages to send as an album")
    kinds = {one.get("type") if isinstance(one, dict) else None for one in listed}
    if not kinds <= {"document", "photo"}:
        raise refused("can't parse InputMedia: type must be one of document, photo")
    if len(kinds) > 1:
        raise refused("document can't be mixed with other media types")
    chat = writable_chat(world, parameters)
    frame = framed(chat, parameters)
    captions = [
        captioned(str(one.get("caption") or ""), str(one.get("parse_mode") or ""), one.get("caption_entities"))
        for one in listed
    ]
    contents = [_content(world, parameters, one["type"], str(one.get("media") or "")) for one in listed]
    album = {"media_group_id": world.new_album()} if len(contents) > 1 else {}
    return [
        world.post(chat, world.bot, frame | album | content | caption)
        for content, caption in zip(contents, captions, strict=True)
    ]


def get_file(world: World, parameters: Parameters) -> Json:
    """Tell where a file can be downloaded, for an hour."""
    if not (file_id := parameters.text("file_id")):
        raise refused("file_id not specified")
    file = world.files.find(file_id)
    if file is None:
        raise refused("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT:
        raise refused("file is too big")
    file.linked_at = world.now()
    return {**file.identity(), "file_path": file.path}


def _send(world: World, parameters: Parameters, kind: str) -> Json:
    caption, keyboard = caption_of(parameters), inline_keyboard(parameters)
    chat = writable_chat(world, parameters)
    frame = framed(chat, parameters)
    content = _content(world, parameters, kind, parameters.text(kind))
    return world.post(chat, world.bot, frame | content | caption | ({"reply_markup": keyboard} if keyboard else {}))


def _content(world: World, parameters: Parameters, kind: str, named: str) -> Json:
    upload = parameters.uploads.get(named.removeprefix("attach://") if named.startswith("attach://") else kind)
    if upload is not None and (not named or named.startswith("attach://")):
        keep: Any = files.document if kind == "document" else files.photo
        kept: Json = keep(world.files, upload.name, upload.content)
        return kept
    if not named or named.startswith("attach://"):
        raise refused(f"there is no {kind} in the request")
    if named.startswith(LINKS):
        raise refused("failed to get HTTP URL content")
    file = world.files.find(named)
    if file is None:
        raise refused("wrong remote file identifier specified: Wrong padding in the string")
    if file.kind != kind:
        raise refused(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return files.shown_document(file) if kind == "document" else files.shown_photo(world.files, file)
