"""Documents that somebody is owed: named when they are promised, made from the present state when they are sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from bot.assessments.model import PersonId
    from bot.dialogue.screen import Say
    from bot.services.ports import Transaction


@dataclass(frozen=True, slots=True)
class Paper:
    """A file ready to be sent; `as_photo` shows it in the chat, where Telegram may make it coarser."""

    name: str
    content: bytes
    caption: Say | None = None
    as_photo: bool = False


ASIDE: Final = ("report:",)
"""How documents begin that take seconds to make: they are made beside what else the chat is sent."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be made, and for whom: `kind` picks the builder, `arguments` are its own."""

    kind: str
    arguments: str
    person: PersonId
    locale: str

    @classmethod
    def of(cls, document: str, person: PersonId, locale: str) -> Errand:
        """The errand of a document as it stands in the outbox: "kind:arguments"."""
        kind, _, arguments = document.partition(":")
        return cls(kind, arguments, person, locale)


class Builder(Protocol):
    """Makes the documents of one kind."""

    def __call__(self, tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]] | None:
        """Read what is needed, and return the work on it, which is done outside the transaction, in a thread.

        None when there is nothing to send any more, or the person may not have it: the right is checked here.
        """


Builders: TypeAlias = Mapping[str, Builder]
"""Every builder by the kind of document it makes."""
