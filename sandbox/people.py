"""The people and chats of the sandbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.signals import Signal

if TYPE_CHECKING:
    from sandbox.wire import Json


@dataclass
class Person:
    """Someone who may talk to the bot; `standing` is active, blocked (the bot, by this person) or deactivated."""

    id: int
    first_name: str
    language_code: str = "zh-hans"
    last_name: str = ""
    username: str = ""
    started: bool = False
    standing: str = "active"

    def as_user(self) -> Json:
        """Return the User object a bot sees."""
        return {"id": self.id, "is_bot": False, **self._names(), "language_code": self.language_code}

    def as_chat(self) -> Json:
        """Return the Chat object of the private chat."""
        return {"id": self.id, **self._names(), "type": "private"}

    def _names(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}


@dataclass
class Chat:
    """A conversation as it looks now: its messages by id, and the answers to taps that were shown."""

    id: int
    shape: Json
    members: list[int] = field(default_factory=list)
    messages: dict[int, Json] = field(default_factory=dict)
    toasts: list[Json] = field(default_factory=list)
    membership: str = "member"
    moved_to: int = 0
    reactions: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    version: int = 0
    changed: Signal = field(default_factory=Signal, repr=False, compare=False)

    @property
    def private(self) -> bool:
        """Tell whether this is one person's chat with the bot."""
        return bool(self.shape["type"] == "private")

    def touch(self) -> None:
        """Count a change and wake those who wait for one."""
        self.version += 1
        self.changed.fire()


@dataclass
class Query:
    """A tap on a button that waits for the bot's answer."""

    id: str
    person: int
    chat: int
    asked: float
    answer: Json | None = None


@dataclass
class InlineQuery:
    """What a person typed after the bot's name, and the results the bot answered with."""

    id: str
    person: int
    text: str
    offset: str
    asked: float
    answer: Json | None = None


DEFAULT_PEOPLE = (
    Person(5_000_101, "吉站长"),
    Person(5_000_102, "陈老师"),
    Person(5_000_103, "李审查员"),
    Person(5_000_104, "Lena", "en"),
)
