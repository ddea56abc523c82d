"""Notices as they wait in the outbox: a catalogue key with its arguments as JSON, and back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

from bot.dialogue.screen import Notice, Say
from bot.rubric.model import Wording
from bot.services.ports import NoticeText

if TYPE_CHECKING:
    from bot.dialogue.screen import Argument

_PLAIN = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def keep(notice: Notice) -> NoticeText:
    """The notice as it is stored."""
    arguments = orjson.dumps(dict(notice.text.args), default=_write, option=_PLAIN)
    return NoticeText(notice.text.key, arguments, notice.is_alert)


def restore(kept: NoticeText) -> Notice:
    """The notice that was stored."""
    args = {name: _read(value) for name, value in orjson.loads(kept.arguments).items()}
    return Notice(Say(kept.key, args), kept.alert)


def _write(value: object) -> object:
    if isinstance(value, Say):
        return {"say": value.key, "args": dict(value.args)}
    if isinstance(value, Wording):
        return {"wording": dict(value.by_locale)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    raise TypeError(type(value).__name__)


def _read(value: Any) -> Argument:  # noqa: ANN401 - what a JSON text may hold
    match value:
        case {"say": key, "args": args}:
            return Say(key, {name: _read(each) for name, each in args.items()})
        case {"wording": by_locale}:
            return Wording(by_locale)
        case {"decimal": digits}:
            return Decimal(digits)
        case {"time": moment}:
            return datetime.fromisoformat(moment)
        case list():
            return tuple(_read(each) for each in value)  # type: ignore[misc]  # texts only: lists hold nothing else
        case _:
            return value  # type: ignore[no-any-return]  # a word or a number
