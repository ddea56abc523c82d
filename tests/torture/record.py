"""What the sandbox saw, from its own books only: what people sent, what they were answered, what they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sandbox.journal import Call
    from sandbox.sandbox import Sandbox

DRAWS: Final = frozenset({"editMessageText", "sendMessage"})
NOT_MODIFIED: Final = "message is not modified"
TOO_LATE: Final = ("query is too old", "query id is invalid")


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tap: when it was made, and what became of it; `toast` None: no answer reached the person."""

    query: str
    person: int
    asked: float
    toast: str | None
    came_too_late: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen that a person saw: when the call for it came in, and the HTML and keyboard that it carried."""

    at: float
    html: str
    keyboard: str
    is_new: bool


@dataclass(frozen=True)
class Record:
    """Everything that happened in the sandbox; `expired` counts updates that it threw away unread."""

    updates: dict[int, dict[str, Any]]
    taps: dict[str, Tapped]
    drawn: dict[int, list[Drawn]]
    expired: int


def record_of(sandbox: Sandbox) -> Record:
    """The record of all that happened so far."""
    world = sandbox.world
    calls = sandbox.journal.after(0)
    late = {call.params.get("callback_query_id", "") for call in calls if _came_too_late(call)}
    return Record(
        updates=dict(world.queue._history),
        taps={
            query.id: Tapped(
                query.id,
                query.person,
                query.asked,
                None if query.answer is None else str(query.answer.get("text") or ""),
                query.id in late,
            )
            for query in world.queries.values()
        },
        drawn=_drawn(calls),
        expired=world.queue.counts["expired"],
    )


def _came_too_late(call: Call) -> bool:
    return call.method == "answerCallbackQuery" and any(sign in call.error for sign in TOO_LATE)


def _drawn(calls: list[Call]) -> dict[int, list[Drawn]]:
    drawn: dict[int, list[Drawn]] = {}
    for call in calls:
        if call.method in DRAWS and (call.status == 200 or NOT_MODIFIED in call.error):
            seen = Drawn(
                call.started,
                call.params.get("text", ""),
                call.params.get("reply_markup", ""),
                call.method == "sendMessage",
            )
            drawn.setdefault(int(call.params["chat_id"]), []).append(seen)
    return drawn
