"""What travels over HTTP: JSON values and the errors the Bot API answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

Json: TypeAlias = dict[str, Any]

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT = 400, 401, 403, 404, 409
TOO_LARGE, TOO_MANY = 413, 429
PREFIXES = {BAD_REQUEST: "Bad Request", UNAUTHORIZED: "Unauthorized", FORBIDDEN: "Forbidden"}


@dataclass(eq=False)
class ApiError(Exception):
    """A refusal as the Bot API words it; `parameters` may hold `retry_after` or `migrate_to_chat_id`."""

    code: int
    description: str
    parameters: tuple[tuple[str, int], ...] = ()

    def body(self) -> Json:
        """Return the envelope that tells of this error."""
        envelope: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            envelope["parameters"] = dict(self.parameters)
        return envelope


def refused(message: str, code: int = BAD_REQUEST, **parameters: int) -> ApiError:
    """Compose an error as Telegram does: a prefix, then the message, its first letter lowered unless a code name."""
    keeps_case = len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z")
    worded = message if keeps_case else message[:1].lower() + message[1:]
    return ApiError(code, f"{PREFIXES[code]}: {worded}", tuple(parameters.items()))


def forbidden(message: str) -> ApiError:
    """Compose a 403."""
    return refused(message, FORBIDDEN)


def too_many_requests(seconds: int) -> ApiError:
    """Compose a 429 that asks to wait `seconds`."""
    return ApiError(TOO_MANY, f"Too Many Requests: retry after {seconds}", (("retry_after", seconds),))


def dumps(value: object) -> bytes:
    """Encode a value as JSON."""
    return orjson.dumps(value)


def loads(raw: bytes | str) -> Any:  # noqa: ANN401 - JSON may be any value
    """Decode JSON.

    Raises:
        ValueError: the text is no JSON.
    """
    return orjson.loads(raw)
