"""The files that were sent: kept in memory, or in a folder beside the state file."""

from __future__ import annotations

import base64
import mimetypes
import shutil
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from sandbox.images import SMALL, dimensions, stand_in
from sandbox.wire import TOO_LARGE, ApiError, Json, refused

if TYPE_CHECKING:
    from pathlib import Path

UPLOAD_LIMIT, PHOTO_LIMIT, DOWNLOAD_LIMIT = 50 << 20, 10 << 20, 20 << 20
NAME_LIMIT = 60
MOST_SIDES, STEEPEST = 10_000, 20
LINK_TIME = 3600.0
PREFIXES = {"document": "BQACAgUAAx", "photo": "AgACAgUAAx"}


@dataclass
class StoredFile:
    """A file by its id; `linked_at` is when the bot last asked for its path."""

    id: str
    unique_id: str
    kind: str
    number: int
    name: str
    mime_type: str
    size: int
    width: int = 0
    height: int = 0
    linked_at: float = 0.0

    @property
    def path(self) -> str:
        """The path the bot downloads it from."""
        return f"{self.kind}s/file_{self.number}{PurePath(self.name).suffix or '.jpg' * (self.kind == 'photo')}"

    def identity(self) -> Json:
        """Return the fields every file object has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    """All files by their ids."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, StoredFile] = {}
        self._contents: dict[int, bytes] = {}

    def add(self, kind: str, name: str, content: bytes, size: tuple[int, int] = (0, 0)) -> StoredFile:
        """Keep a file and return it."""
        number = len(self._files) + 1
        stamp = base64.urlsafe_b64encode(f"sandbox{number:012d}".encode()).decode().rstrip("=")
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        unique = f"AgAD{number:08d}"
        file = StoredFile(PREFIXES[kind] + stamp, unique, kind, number, name, mime_type, len(content), *size)
        self._files[file.id] = file
        if self._folder:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            (self._folder / str(number)).write_bytes(content)
        else:
            self._contents[number] = content
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """Return a file by its id."""
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return a file by the path it is downloaded from."""
        return next((one for one in self._files.values() if one.path == path), None)

    def before(self, file: StoredFile) -> StoredFile | None:
        """Return the file that was kept just before this one."""
        return next((one for one in self._files.values() if one.number == file.number - 1), None)

    def content(self, file: StoredFile) -> bytes:
        """Return the bytes of a file."""
        return (self._folder / str(file.number)).read_bytes() if self._folder else self._contents[file.number]

    def forget(self) -> None:
        """Drop all files."""
        self._files.clear()
        self._contents.clear()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def snapshot(self) -> list[Json]:
        """Return all that a restart must keep, except the contents, which lie in the folder."""
        return [asdict(one) for one in self._files.values()]

    def restore(self, kept: list[Json]) -> None:
        """Take up what `snapshot` returned."""
        self._files = {one["id"]: StoredFile(**one) for one in kept}


def clean_name(name: str) -> str:
    """Return a file name as Telegram keeps it: without folders and control characters, not too long."""
    bare = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable()).strip()
    suffix = PurePath(bare).suffix[:20]
    return bare if len(bare) <= NAME_LIMIT else bare[: NAME_LIMIT - len(suffix)] + suffix


def document(store: FileStore, name: str, content: bytes) -> Json:
    """Keep a document and return its part of a message.

    Raises:
        ApiError: the file is empty or too large.
    """
    _measure(content)
    return shown_document(store.add("document", clean_name(name) or "file", content))


def shown_document(file: StoredFile) -> Json:
    """Return the part of a message that shows a document."""
    return {"document": {"file_name": file.name, "mime_type": file.mime_type, **file.identity()}}


def photo(store: FileStore, name: str, content: bytes) -> Json:
    """Keep a photo, with a small grey version of it, and return its part of a message.

    Raises:
        ApiError: the file is empty, too large, or no picture Telegram shows.
    """
    _measure(content)
    if len(content) > PHOTO_LIMIT:
        raise refused(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        )
    found = dimensions(content)
    if not found:
        raise refused("IMAGE_PROCESS_FAILED")
    if sum(found) > MOST_SIDES or max(found) > STEEPEST * min(found):
        raise refused("PHOTO_INVALID_DIMENSIONS")
    if max(found) > SMALL:
        small, *size = stand_in(*found)
        store.add("photo", "small.png", small, (size[0], size[1]))
    return shown_photo(store, store.add("photo", clean_name(name), content, found))


def shown_photo(store: FileStore, file: StoredFile) -> Json:
    """Return the part of a message that shows a photo, its sizes from small to large."""
    sizes = [file]
    if max(file.width, file.height) > SMALL and (small := store.before(file)):
        sizes.insert(0, small)
    return {"photo": [{**one.identity(), "width": one.width, "height": one.height} for one in sizes]}


def _measure(content: bytes) -> None:
    if not content:
        raise refused("file must be non-empty")
    if len(content) > UPLOAD_LIMIT:
        raise ApiError(TOO_LARGE, "Request Entity Too Large")
