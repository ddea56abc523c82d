"""What a workbook needs of a language: catalogue texts by their keys, and wordings of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.data_files.wording import Wording


class Speaker(Protocol):
    """One language."""

    @property
    def locale(self) -> str:
        """Its name, such as "zh_CN"."""

    def say(self, key: str, **args: str | int) -> str:
        """The catalogue text of that key."""

    def pick(self, wording: Wording) -> str:
        """The wording in this language."""
