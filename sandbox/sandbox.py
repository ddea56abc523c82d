"""One sandbox: its world, its log, its faults and its queue of updates, held together."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.faults import FaultScript
from sandbox.journal import Journal
from sandbox.pace import Pace
from sandbox.polling import Polling
from sandbox.world import ANSWER_WITHIN, World

DEFAULT_TOKEN = "1000001:sandbox-token-for-local-use"  # noqa: S105 - it opens nothing but a sandbox


@dataclass(frozen=True)
class Options:
    """How a sandbox behaves: which token it takes, how many seconds a tap may wait, whether it slows floods down."""

    token: str = DEFAULT_TOKEN
    any_token: bool = False
    answer_within: float = ANSWER_WITHIN
    paced: bool = False


class Sandbox:
    """Everything one server serves."""

    def __init__(self, options: Options) -> None:
        self.token = options.token
        self.any_token = options.any_token
        self.world = World(int(options.token.partition(":")[0]), options.answer_within)
        self.journal = Journal()
        self.faults = FaultScript()
        self.pace = Pace(self.world.now) if options.paced else None
        self.polling = Polling(self.world.queue)

    def reset(self) -> None:
        """Forget people, chats, taps, commands, faults and calls."""
        self.world.empty()
        self.faults.clear()
        self.journal.forget()
        self.world.hub.publish("reset")
