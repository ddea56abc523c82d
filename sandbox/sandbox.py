"""One sandbox: its world, its log, its faults and its queue of updates, held together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.calls import Calls
from sandbox.delivery import Delivery
from sandbox.faults import FaultScript
from sandbox.journal import Journal
from sandbox.pace import Pace
from sandbox.polling import Polling
from sandbox.world import ANSWER_WITHIN, World

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_TOKEN = "1000001:sandbox-token-for-local-use"  # noqa: S105 - it opens nothing but a sandbox


@dataclass(frozen=True)
class Options:
    """How a sandbox behaves.

    Which token it takes; how many seconds a tap may wait; whether it slows floods down; whether a webhook may be plain
    HTTP on this machine, as at a Bot API server of one's own; by what the waits between deliveries are multiplied.
    """

    token: str = DEFAULT_TOKEN
    any_token: bool = False
    answer_within: float = ANSWER_WITHIN
    paced: bool = False
    local: bool = False
    retry_scale: float = 1.0


class Sandbox:
    """Everything one server serves."""

    def __init__(self, options: Options, folder: Path | None = None) -> None:
        self.token = options.token
        self.any_token = options.any_token
        self.world = World(
            int(options.token.partition(":")[0]), options.answer_within, local=options.local, folder=folder
        )
        self.journal = Journal()
        self.faults = FaultScript()
        self.pace = Pace(self.world.now, on=options.paced)
        self.polling = Polling(self.world.queue, self.world.webhook)
        self.calls = Calls(self)
        self.delivery = Delivery(self.world, self.faults, self.calls.reply, options.retry_scale)

    def reset(self) -> None:
        """Forget people, chats, taps, commands, faults and calls."""
        self.world.empty()
        self.world.files.forget()
        self.faults.clear()
        self.journal.forget()
        self.delivery.forget()
        self.pace.forget()
        self.world.hub.publish("reset")
