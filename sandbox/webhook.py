"""The webhook a bot has set: its address, its secret, and what became of the last deliveries."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.wire import refused

if TYPE_CHECKING:
    from sandbox.wire import Json

PORTS = {80, 88, 443, 8443}
DEFAULT_CONNECTIONS, MOST_CONNECTIONS = 40, 100
SECRET_LIMIT = 256
SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, not what it carries


@dataclass
class Webhook:
    """Where updates are posted to; without `url` the bot polls."""

    url: str = ""
    secret: str = ""
    certificate: str = ""
    ip_address: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    allowed_updates: list[str] | None = None
    set_at: float = 0.0
    failed_at: int = 0
    failure: str = ""

    def clear(self) -> None:
        """Be no webhook any more; only when one was last set is remembered."""
        self.take(Webhook(set_at=self.set_at))

    def take(self, other: Webhook) -> None:
        """Become like another one, in place, for whoever holds this one."""
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))

    def record(self) -> Json:
        """Return all that a restart must keep."""
        return asdict(self)

    def info(self, pending: int) -> Json:
        """Return the WebhookInfo object."""
        shown: Json = {
            "url": self.url,
            "has_custom_certificate": bool(self.certificate),
            "pending_update_count": pending,
        }
        if not self.url:
            return shown
        shown["max_connections"] = self.max_connections
        if self.ip_address:
            shown["ip_address"] = self.ip_address
        if self.failed_at:
            shown |= {"last_error_date": self.failed_at, "last_error_message": self.failure}
        if self.allowed_updates:
            shown["allowed_updates"] = self.allowed_updates
        return shown


def check_address(url: str, *, local: bool) -> str:
    """Return the address in full; with `local`, plain HTTP, every port and this machine are fine too.

    Raises:
        ApiError: Telegram would post nothing there.
    """
    address = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise refused("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(letter <= " " for letter in address):
        raise refused("invalid webhook URL specified")
    if local:
        return address
    if parts.scheme != "https":
        raise refused("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if (found := _literal(parts.hostname)) and (found.is_private or found.is_reserved or found.is_loopback):
        raise refused(f"bad webhook: IP address {found} is reserved")
    return address


def on_loopback(url: str) -> bool:
    """Tell whether an address lies on this machine, the only place the sandbox posts to."""
    found = _literal(urlsplit(url).hostname or "")
    return bool(found and found.is_loopback)


def check_secret(secret: str) -> str:
    """Return the secret token if it is one.

    Raises:
        ApiError: it is too long or has letters that no header carries.
    """
    if len(secret) > SECRET_LIMIT:
        raise refused("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise refused("secret token contains unallowed characters")
    return secret


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return None
