"""All that one chat is owed at a moment: every tap answered, the newest screen drawn, the notices in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.services.documents import ASIDE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.assessments.model import PersonId
    from bot.dialogue.screen import Screen
    from bot.localization import Localizer
    from bot.services.documents import Paper
    from bot.services.requests import Reply


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to one tap; without words it only stops the button's waiting sign."""

    callback_id: str
    text: str | None = None
    is_alert: bool = False


@dataclass(slots=True)
class Parcel:
    """Replies of one chat that are sent together; what was sent leaves it, `rows` are settled when it is empty.

    `apart` are the words that go with a document, each a message of its own, so that it can be passed on. `aside` are
    documents that take seconds to make, which nothing else waits for. `closing` is done once the papers are sent.
    """

    chat_id: int
    localizer: Localizer
    person: PersonId = 0
    rows: list[int] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    screen: Screen | None = None
    message_id: int | None = None
    documents: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    closing: Callable[[], Awaitable[None]] | None = None
    is_aside: bool = False

    @property
    def has_message(self) -> bool:
        """Whether a message is to be sent or edited."""
        return self.screen is not None or bool(self.lines)

    @property
    def is_sent(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.toasts or self.has_message or self.apart or self.documents or self.papers or self.closing)

    def add(self, reply: Reply, localizer: Localizer) -> None:
        """Take in a later reply."""
        owed, notice = reply.owed, reply.notice
        self.localizer, self.person = localizer, owed.person
        if reply.outbox_id:
            self.rows.append(reply.outbox_id)
        if owed.document is not None:
            slow = owed.document.startswith(ASIDE)
            (self.aside if slow else self.documents).append(owed.document)
        words = localizer.text(notice.text) if notice is not None else None
        if reply.screen is not None:
            self._aim(owed.message_id)
            self.screen = reply.screen
        if owed.callback_id is not None:
            self.toasts.append(Toast(owed.callback_id, words, notice is not None and notice.is_alert))
        elif words is not None and owed.document is not None and not owed.draws:
            self.apart.append(words)
        elif words is not None:
            self._aim(None)
            self.lines.append(words)

    def join(self, later: Parcel) -> None:
        """Take in what came while this was waiting to be sent."""
        self.localizer, self.person = later.localizer, later.person
        self.rows += later.rows
        self.toasts += later.toasts
        self.apart += later.apart
        self.documents += later.documents
        self.aside += later.aside
        if later.has_message:
            self._aim(later.message_id)
            self.lines += later.lines
            self.screen = later.screen or self.screen

    def message_sent(self) -> None:
        """The message stands in the chat."""
        self.screen, self.message_id = None, None
        self.lines = []

    def put_aside(self) -> Parcel | None:
        """What takes seconds, as a parcel of its own that takes the rows along; None where there is nothing such."""
        if not self.aside:
            return None
        slow = Parcel(self.chat_id, self.localizer, self.person, self.rows, documents=self.aside, is_aside=True)
        self.rows, self.aside = [], []
        return slow

    def _aim(self, message_id: int | None) -> None:
        """Edit that card, unless something was to come as a new message: whoever typed looks below their own words."""
        self.message_id = None if self.has_message and self.message_id is None else message_id
