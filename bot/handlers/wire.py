"""JSON as it travels to and from Telegram; half a character, which strict JSON refuses, is read and written too."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import orjson

Json: TypeAlias = dict[str, Any]


def loads(payload: bytes) -> Any:  # noqa: ANN401 - JSON may be any value
    """The value of a JSON text; ValueError when it is none."""
    try:
        return orjson.loads(payload)
    except ValueError:
        return _loads_leniently(payload)


def dumps(value: object) -> bytes:
    """The JSON text of a value."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def _loads_leniently(payload: bytes) -> Any:  # noqa: ANN401 - JSON may be any value
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
