"""Keeping the chats in a file over a restart of the sandbox."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import orjson

from sandbox.wire import loads

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.world import World

PAUSE = 0.5


class StateFile:
    """Writes the world to a file soon after it changed, always whole or not at all."""

    def __init__(self, path: Path, world: World) -> None:
        self._path = path
        self._world = world
        self._saved = -1

    def load(self) -> None:
        """Take up what the file holds, if there is one.

        Raises:
            ValueError: the file is not one of ours.
        """
        if not self._path.exists():
            return
        try:
            self._world.restore(loads(self._path.read_bytes()))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{self._path} is not a state file of the sandbox ({error}); move it away") from error

    def save(self) -> None:
        """Write the file now, if anything changed."""
        changes = self._world.hub.changes
        if changes == self._saved:
            return
        temporary = self._path.with_name(f"{self._path.name}.new")
        temporary.touch(mode=0o600)
        with temporary.open("wb") as file:
            file.write(orjson.dumps(self._world.snapshot()))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)
        self._saved = changes

    async def keep_saving(self) -> None:
        """Write again and again, until cancelled."""
        while True:
            await asyncio.sleep(PAUSE)
            self.save()
