"""Parameters of a call, however they travelled: query string, form, multipart or JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.wire import dumps, loads, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

LEADING_INTEGER = re.compile(r"[+-]?\d+")
TRUE_WORDS = {"true", "yes", "1"}


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


class Parameters:
    """The parameters by name, every value a string as it is for Telegram, and the files that came along."""

    def __init__(self, values: Mapping[str, str], uploads: Mapping[str, Upload] | None = None) -> None:
        self.values = dict(values)
        self.uploads = dict(uploads or {})

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
        values.update(from_json(await request.read()))
        return Parameters(values)
    uploads: dict[str, Upload] = {}
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read())
            else:
                values[name] = value if isinstance(value, str) else value.decode(errors="replace")
    return Parameters(values, uploads)


def from_json(body: bytes) -> dict[str, str]:
    """Return the parameters a JSON object holds, every value a string.

    Raises:
        ApiError: it is no JSON object.
    """
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
