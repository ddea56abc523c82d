"""The files that people sent, each once, under the SHA-256 of what is in it."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from storage.folders import keep, make_file, make_folder, put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER: Final = "files"
_ARRIVING: Final = "arriving"
_DIGITS: Final = 64


class FileStore:
    """A folder such as files/ab/cd/abcd…: a name that can be seen is a file that is whole; nothing is ever changed."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / FOLDER

    def clear(self) -> None:
        """Remove what a process left behind that was killed while it wrote; one that writes now begins again."""
        for left in self._arriving().glob("*"):
            left.unlink()

    def keep(self, content: bytes) -> str:
        """Store the bytes and return their SHA-256; they are on the disk when this returns. Raises OSError."""
        name = sha256(content).hexdigest()
        path = self.path(name)
        if self.is_whole(name):
            return name
        self._make_folders(path.parent)
        arriving = self._arriving() / secrets.token_hex(16)
        make_folder(arriving.parent)
        try:
            make_file(arriving)
            arriving.write_bytes(content)
            put_in_place(arriving, path)
        except BaseException:
            arriving.unlink(missing_ok=True)
            raise
        return name

    def read(self, name: str) -> bytes:
        """The bytes of that SHA-256; raises OSError when they are not there, ValueError when they are not those."""
        content = self.path(name).read_bytes()
        if sha256(content).hexdigest() != name:
            raise ValueError(name)
        return content

    def path(self, name: str) -> Path:
        """Where the file of that SHA-256 stands, or would; ValueError for what is no SHA-256."""
        if len(name) != _DIGITS or not set(name) <= set("0123456789abcdef"):
            raise ValueError(name)
        return self._root / name[:2] / name[2:4] / name

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file that is there."""
        return (path.name for path in sorted(self._root.glob("??/??/*")))

    def has(self, name: str) -> bool:
        """Whether there is a file of that name, whole or not."""
        return self.path(name).exists()

    def is_whole(self, name: str) -> bool:
        """Whether the file is there and is what its name says, read from the disk."""
        try:
            self.read(name)
        except (OSError, ValueError):
            return False
        return True

    def _arriving(self) -> Path:
        return self._root / _ARRIVING

    def _make_folders(self, folder: Path) -> None:
        """Make the folders, and see to it that their names last."""
        for each in (self._root.parent, self._root, folder.parent, folder):
            if not each.exists():
                make_folder(each)
                keep(each.parent)
