"""Inline keyboards: the shapes Telegram takes and its complaints about the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.markup import checked_link
from sandbox.wire import Json, dumps, refused

if TYPE_CHECKING:
    from sandbox.parameters import Parameters

DATA_LIMIT = 64
COPY_LIMIT = 256
MOST_BUTTONS = 100
MOST_BYTES = 10_240
STYLES = {"primary", "success", "danger"}
REPLY_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")
PLAIN_ACTIONS = ("switch_inline_query", "switch_inline_query_current_chat", "pay")


def inline_keyboard(parameters: Parameters) -> Json | None:
    """Return the inline keyboard of a call, None when it has none or one of another kind.

    Raises:
        ApiError: the keyboard is not one Telegram takes.
    """
    return checked_keyboard(parameters.structure("reply_markup", "can't parse reply keyboard markup JSON object"))


def checked_keyboard(markup: Any) -> Json | None:  # noqa: ANN401 - JSON may be any value
    """Return the inline keyboard of a decoded markup, None when it is none.

    Raises:
        ApiError: the keyboard is not one Telegram takes.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise refused("object expected as reply markup")
    if "inline_keyboard" not in markup or any(name in markup for name in REPLY_KEYBOARDS):
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise refused('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_button(one) for one in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS or len(dumps(kept)) > MOST_BYTES:
        raise refused("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:  # noqa: ANN401 - JSON may be any value
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unreadable(f'Field "text" must be {"specified" if text is None else "of type String"}')
    action = _action(button)
    if not text.strip():
        raise refused("inline keyboard button text must be non-empty")
    kept: Json = {"text": text, **action}
    if style := button.get("style"):
        if style not in STYLES:
            raise _unreadable("Unsupported button style specified")
        kept["style"] = style
    return kept


def _action(button: Json) -> Json:
    if url := button.get("url"):
        link = str(url) if str(url).startswith("tg://user") else checked_link(str(url))
        if not link:
            raise refused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return {"url": link}
    if "callback_data" in button:
        data = str(button["callback_data"])
        if not 1 <= len(data.encode(errors="replace")) <= DATA_LIMIT:
            raise refused("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    if copied := button.get("copy_text"):
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= COPY_LIMIT:
            raise refused("BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": {"text": text}}
    for name in PLAIN_ACTIONS:
        if name in button:
            return {name: button[name]}
    raise _unreadable("Text buttons are unallowed in the inline keyboard")


def _unreadable(message: str) -> Exception:
    return refused(f"Can't parse inline keyboard button: {message}")
