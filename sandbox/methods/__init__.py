"""The Bot API methods the sandbox knows; every other name is answered with 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods import account, messages, taps

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.parameters import Parameters
    from sandbox.world import World

    Method = Callable[[World, Parameters], object]

METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "getchat": account.get_chat,
    "setmycommands": account.set_my_commands,
    "getmycommands": account.get_my_commands,
    "deletemycommands": account.delete_my_commands,
    "setmydescription": account.set_my_description,
    "setmyshortdescription": account.set_my_short_description,
    "deletewebhook": account.delete_webhook,
    "getwebhookinfo": account.get_webhook_info,
    "sendmessage": messages.send_message,
    "sendchataction": messages.send_chat_action,
    "editmessagetext": messages.edit_message_text,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "answercallbackquery": taps.answer_callback_query,
}
POLL = "getupdates"
PACED = {"sendmessage"}
