"""Where a kill struck: read from the database and the sandbox between the kill and the next start."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Final

from tests.torture.record import DRAWS

if TYPE_CHECKING:
    from sandbox.journal import Call
    from sandbox.sandbox import Sandbox
    from tests.torture.books import Books


class Stage(Enum):
    """How far an update had come, in the order in which it goes on."""

    INBOX = "inbox: delivered, not yet stored"
    TRANSACTION = "transaction: stored, effect not committed"
    COMMITTED = "after commit, before send"
    SENDING = "sending: a call in flight or cut off"
    SENT = "sent, not yet settled"
    STARTING = "starting: takes no updates yet, nothing open"
    IDLE = "idle: nothing open"


IN_FLIGHT: Final = frozenset({Stage.INBOX, Stage.TRANSACTION, Stage.COMMITTED, Stage.SENDING, Stage.SENT})


_POSTS_AT_ONCE: Final = 100
"""No webhook has more connections."""


@dataclass
class Strikes:
    """Where the kills struck: by the update that had come least far, by every stage hit, and in updates caught."""

    least_far: Counter[Stage] = field(default_factory=Counter)
    hit: Counter[Stage] = field(default_factory=Counter)
    caught: Counter[Stage] = field(default_factory=Counter)
    during_start: int = 0

    def add(self, caught: Counter[Stage], *, was_ready: bool) -> Stage:
        """Count a kill; returns the stage it is counted under."""
        self.during_start += not was_ready
        idle = Stage.IDLE if was_ready else Stage.STARTING
        stages = [stage for stage in Stage if caught[stage]] or [idle]
        self.least_far[stages[0]] += 1
        self.hit.update(stages)
        self.caught.update(caught)
        return stages[0]

    @property
    def kills(self) -> int:
        """How many there were."""
        return self.least_far.total()

    @property
    def in_flight(self) -> int:
        """How many of them struck while something was on its way."""
        return sum(count for stage, count in self.least_far.items() if stage in IN_FLIGHT)

    def table(self) -> str:
        """The distribution, for people."""
        lines = [
            f"{'by the update that had come least far':44}{'kills':>7}{'share':>7}{'hit at all':>12}{'updates':>9}"
        ]
        for stage in Stage:
            kills = self.least_far[stage]
            share = 100 * kills / max(1, self.kills)
            lines.append(f"{stage.value:44}{kills:7d}{share:6.0f}%{self.hit[stage]:12d}{self.caught[stage]:9d}")
        lines.append(f"{'kills before a life took updates':44}{self.during_start:7d}")
        return "\n".join(lines)


class Coroner:
    """Finds out where a kill struck."""

    def __init__(self, sandbox: Sandbox, books: Books) -> None:
        self._sandbox = sandbox
        self._books = books
        self._in_hand: set[int] = set()
        self._read = 0
        self._answers: dict[str, list[Call]] = {}
        self._draws: dict[int, Call] = {}

    def strike(self) -> None:
        """Note what the bot was given and has not confirmed; to be called at the moment of the kill."""
        world, posts = self._sandbox.world, self._sandbox.delivery.attempts
        if world.webhook.url:
            self._in_hand = {post.update_id for post in posts[-_POSTS_AT_ONCE:] if post.finished is None}
        else:
            self._in_hand = {one.update["update_id"] for one in world.queue._pending.values() if one.delivered}

    def examine(self) -> Counter[Stage]:
        """How many updates were caught at which stage; to be asked before the next start."""
        self._read_journal()
        given = ",".join(map(str, self._in_hand or {-1}))
        known = self._books.rows(f"select update_id from inbox where update_id in ({given})")  # noqa: S608 - numbers
        [(waiting,)] = self._books.rows("select count(*) from inbox where state = 'waiting'")
        caught = Counter({Stage.INBOX: len(self._in_hand - {row[0] for row in known}), Stage.TRANSACTION: waiting})
        owed = self._books.rows("select chat_id, callback_id, created_at from outbox")
        caught.update(self._how_far(*row) for row in owed)
        return caught

    def _how_far(self, chat_id: int, query: str | None, created_at: str) -> Stage:
        since = datetime.fromisoformat(created_at).timestamp()
        calls = list(self._answers.get(query or "", ()))
        draw = self._draws.get(chat_id)
        drawn = draw is not None and draw.started >= since
        if draw is not None and drawn:
            calls.append(draw)
        if not calls:
            return Stage.COMMITTED
        return Stage.SENT if drawn and all(call.status for call in calls) else Stage.SENDING

    def _read_journal(self) -> None:
        for call in self._sandbox.journal.after(self._read):
            self._read = call.n
            if call.method == "answerCallbackQuery":
                self._answers.setdefault(call.params.get("callback_query_id", ""), []).append(call)
            elif call.method in DRAWS and "chat_id" in call.params:
                self._draws[int(call.params["chat_id"])] = call
