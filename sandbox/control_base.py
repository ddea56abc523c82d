"""What all parts of the control surface share: finding people and chats by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.acts import ActError

if TYPE_CHECKING:
    from sandbox.people import Chat, Person
    from sandbox.sandbox import Sandbox

LONGEST_WAIT = 60.0


class ControlBase:
    """Holds the sandbox that is controlled."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world

    def _who(self, person: int) -> Person:
        if person not in self._world.people:
            raise ActError(f"there is no person {person}")
        return self._world.people[person]

    def _where(self, person: int, chat: int | None) -> Chat:
        if chat is None or chat == person:
            return self._world.chat_of(self._who(person))
        return self._group(chat)

    def _group(self, chat: int) -> Chat:
        if chat not in self._world.chats:
            raise ActError(f"there is no chat {chat}")
        return self._world.chats[chat]
