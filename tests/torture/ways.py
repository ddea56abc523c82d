"""How updates come to the bot of a siege, and the settings that make it so."""

from __future__ import annotations

import random
import socket
from contextlib import closing
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET: Final = "canary-of-the-torture-0123456789"  # noqa: S105 - a canary
_PORTS: Final = range(20_000, 32_000)
"""Below those that a system gives to outgoing connections: the port must be free again in every life."""


class Way(Enum):
    """The bot asks, or is posted to."""

    POLLING = "polling"
    WEBHOOK = "webhook"

    def settings(self) -> Mapping[str, str]:
        """What to set for it."""
        if self is Way.POLLING:
            return {}
        port = next(port for port in random.sample(_PORTS, 100) if _is_free(port))
        return {
            "ZICHA_WEBHOOK_URL": f"http://127.0.0.1:{port}/updates",
            "ZICHA_WEBHOOK_SECRET": SECRET,
            "ZICHA_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        }


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
