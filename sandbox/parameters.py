"""Parameters of a call, however they travelled: query string, form, multipart or JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.wire import dumps, loads, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

LEADING_INTEGER = re.compile(r"[+-]?\d+")
TRUE_WORDS = {"true", "yes", "1"}


class Parameters:
    """The parameters by name, every value a string as it is for Telegram."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)

    def text(self, name: str) -> str:
        """Return the value, or an empty string."""
        return self.values.get(name, "")

    def given(self, name: str) -> bool:
        """Tell whether the parameter was sent at all."""
        return name in self.values

    def integer(self, name: str, default: int = 0) -> int:
        """Return the leading digits of the value as a number, 0 when there are none, `default` when absent."""
        if name not in self.values:
            return default
        match = LEADING_INTEGER.match(self.values[name].strip())
        return int(match.group()) if match else 0

    def flag(self, name: str) -> bool:
        """Read `true`, `yes` and `1` as true and all else as false."""
        return self.text(name).strip().lower() in TRUE_WORDS

    def structure(self, name: str, complaint: str) -> Any:  # noqa: ANN401 - JSON may be any value
        """Return the decoded JSON value, None when absent or empty.

        Raises:
            ApiError: the value is no JSON; `complaint` says so.
        """
        raw = self.text(name)
        if not raw:
            return None
        try:
            return loads(raw)
        except ValueError:
            raise refused(complaint) from None


async def read_parameters(request: web.Request) -> Parameters:
    """Collect the parameters of a request from its query string and its body."""
    values: dict[str, str] = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        values.update(_from_json(await request.read()))
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        for name, value in (await request.post()).items():
            values[name] = value if isinstance(value, str) else f"attach://{name}"
    return Parameters(values)


def _from_json(body: bytes) -> dict[str, str]:
    if not body:
        return {}
    try:
        decoded = loads(body)
    except ValueError:
        raise refused("Can't parse request: JSON expected") from None
    if not isinstance(decoded, dict):
        raise refused("Can't parse request: JSON object expected")
    return {
        name: value if isinstance(value, str) else dumps(value).decode()
        for name, value in decoded.items()
        if value is not None
    }
