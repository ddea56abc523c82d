"""The Bot API methods the sandbox knows; every other name is answered with 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods import account, inline, marks, media, messages, taps, webhooks

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
    "setmyname": account.set_my_name,
    "getmyname": account.get_my_name,
    "getmydescription": account.get_my_description,
    "getmyshortdescription": account.get_my_short_description,
    "setchatmenubutton": account.set_chat_menu_button,
    "getchatmenubutton": account.get_chat_menu_button,
    "setmessagereaction": marks.set_message_reaction,
    "pinchatmessage": marks.pin_chat_message,
    "unpinchatmessage": marks.unpin_chat_message,
    "unpinallchatmessages": marks.unpin_all_chat_messages,
    "answerinlinequery": inline.answer_inline_query,
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
    "getwebhookinfo": webhooks.get_webhook_info,
    "sendmessage": messages.send_message,
    "sendchataction": messages.send_chat_action,
    "editmessagetext": messages.edit_message_text,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "editmessagecaption": messages.edit_message_caption,
    "senddocument": media.send_document,
    "sendphoto": media.send_photo,
    "sendmediagroup": media.send_media_group,
    "getfile": media.get_file,
    "deletemessage": messages.delete_message,
    "answercallbackquery": taps.answer_callback_query,
}
POLL = "getupdates"
PACED = {"sendmessage", "senddocument", "sendphoto", "sendmediagroup"}
