"""Who is compared, and how each is started."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TOKEN: Final = "1:bench"  # noqa: S105 - of no bot
ZICHA: Final = "zicha"
FULL: Final = "zicha on a full database"


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot: its name in the table, its module, what its people tap before they are measured, and what it is."""

    name: str
    module: tuple[str, ...]
    opening: tuple[str, ...] = ()
    is_peer: bool = True

    def command(self, peers_python: Path) -> list[str]:
        """How it is started: peers with the interpreter that has their frameworks."""
        return [str(peers_python if self.is_peer else sys.executable), "-m", *self.module]

    def environment(self, api: str, folder: Path) -> Mapping[str, str]:
        """Where it finds the Bot API, and where it keeps its data."""
        if self.is_peer:
            return os.environ | {"BENCH_API": api, "BENCH_FOLDER": str(folder), "BENCH_TOKEN": TOKEN}
        return os.environ | {
            "ZICHA_TELEGRAM_API": api,
            "ZICHA_TELEGRAM_TOKEN": TOKEN,
            "ZICHA_DATA_DIR": str(folder),
            "ZICHA_DATABASE_URL": "",
        }


_ITEM_BY_ITEM: Final = ("试填", "一项一项填")
zicha: Final = Contender(ZICHA, ("bot", "run"), _ITEM_BY_ITEM, is_peer=False)
full: Final = Contender(FULL, ("bot", "run"), _ITEM_BY_ITEM, is_peer=False)
peers: Final = (
    Contender("python-telegram-bot on aiohttp, bare", ("benchmarks.peers.bare_shell",)),
    Contender("aiogram, FSM", ("benchmarks.peers.aiogram_fsm",)),
    Contender("python-telegram-bot, ConversationHandler", ("benchmarks.peers.conversation",)),
    Contender("floor: sockets and one commit", ("benchmarks.peers.floor",)),
)
