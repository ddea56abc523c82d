"""The link of an invitation as a QR code, for a telephone that is held up to another's."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.dialogue import deeplinks
from bot.dialogue.flows.stations import PICTURE
from bot.dialogue.screen import say
from bot.dialogue.screens.roles import ROLES
from bot.services.documents import Paper
from bot.stations.invitations import digest
from bot.stations.model import InvitationState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.services.documents import Errand
    from bot.services.ports import Clock, Transaction
    from bot.stations.model import Invitation

KIND: Final = PICTURE
"""The kind of document that `SendsPictures` makes; its arguments are the words of a link."""

_PIXELS_A_DOT: Final = 10


@dataclass(frozen=True, slots=True)
class SendsPictures:
    """Shows the link of an invitation that nobody has opened to whoever made it; `bot` is the bot's name."""

    bot: Callable[[], str]
    clock: Clock

    def __call__(self, tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]] | None:
        """The picture; None while the bot's name is not known, since there is no link then."""
        bot, invitation = self.bot(), tx.invitation_by_digest(digest(errand.arguments))
        if not bot or invitation is None or invitation.by != errand.person or not self._is_open(invitation):
            return None
        link = deeplinks.invitation(errand.arguments, bot)
        caption = say("qr.caption", role=say(ROLES[invitation.role]), until=invitation.expires_at)
        return lambda: (Paper("qr.png", drawn(link), caption, as_photo=True),)

    def _is_open(self, invitation: Invitation) -> bool:
        return invitation.state is InvitationState.OPEN and invitation.is_alive(self.clock())


def drawn(link: str) -> bytes:
    """The link as a QR code, a PNG with its quiet border."""
    import segno  # noqa: PLC0415 - only for a picture

    made = BytesIO()
    segno.make(link, error="m", micro=False).save(made, kind="png", scale=_PIXELS_A_DOT)
    return made.getvalue()
