"""A disk that remembers every write and every fsync, so that a power cut at any point can be played through."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file; a cut may leave any of their sectors unwritten before the next fsync."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file made shorter."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything written to the file before is on the disk."""

    file: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Somebody was told that this is kept."""

    number: int


Act = Write | Truncate | Sync | Acknowledged


@dataclass
class Disk:
    """What happened, in order."""

    acts: list[Act] = field(default_factory=list)

    def after_a_cut(self, moment: int, start: dict[str, bytes], chance: Random) -> dict[str, bytes]:
        """The files as they may stand when the power goes after so many acts, from what they were at the start."""
        files = {name: bytearray(content) for name, content in start.items()}
        pending: dict[str, list[Act]] = {}
        for act in self.acts[:moment]:
            if isinstance(act, Sync):
                _apply(files, pending.pop(act.file, []))
            elif not isinstance(act, Acknowledged):
                pending.setdefault(act.file, []).append(act)
        for acts in pending.values():
            _apply(files, _survivors(acts, chance))
        return {name: bytes(content) for name, content in files.items()}

    def acknowledged(self, moment: int) -> set[int]:
        """Who was told before that."""
        return {act.number for act in self.acts[:moment] if isinstance(act, Acknowledged)}


def _apply(files: dict[str, bytearray], acts: Iterable[Act]) -> None:
    for act in acts:
        if isinstance(act, Truncate):
            del files.setdefault(act.file, bytearray())[act.size :]
        elif isinstance(act, Write):
            content = files.setdefault(act.file, bytearray())
            content.extend(bytes(max(0, act.offset + len(act.data) - len(content))))
            content[act.offset : act.offset + len(act.data)] = act.data


def _survivors(acts: list[Act], chance: Random) -> Iterable[Act]:
    """What reaches the disk without an fsync: nothing, all, a beginning, or any sectors."""
    manner = chance.randrange(4)
    if manner == 0:
        return []
    if manner == 1:
        return acts
    if manner == 2:
        return acts[: chance.randrange(len(acts) + 1)]
    return [piece for act in acts for piece in _sectors(act) if chance.random() < 0.5]


def _sectors(act: Act) -> Iterable[Act]:
    if not isinstance(act, Write):
        return [act]
    ends = range(0, len(act.data), SECTOR)
    return [Write(act.file, act.offset + start, act.data[start : start + SECTOR]) for start in ends]


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, filename: Any, flags: list[int]) -> None:  # noqa: ANN401 - SQLite's own kind of name
        super().__init__("", filename, flags)
        self._disk = disk
        self._name = Path(filename.filename() if isinstance(filename, apsw.URIFilename) else filename).name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.acts.append(Write(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.acts.append(Truncate(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        super().xSync(flags)
        self._disk.acts.append(Sync(self._name))


class Recorder(apsw.VFS):
    """SQLite's own way to the files, with everything told to the disk; use it by its name."""

    def __init__(self, name: str, disk: Disk) -> None:
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: ANN401, N802 - SQLite's
        if name is None:  # a temporary file, of no interest after a cut
            return super().xOpen(name, flags)
        return _File(self._disk, name, flags)
