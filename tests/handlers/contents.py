"""What a message may hold besides text, in the Bot API's own shapes: what people send, what chats tell."""

from __future__ import annotations

from typing import Any, Final

DATE: Final = 1_790_000_000
BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "x", "username": "zicha_bot"}
SOMEBODY: Final = {"id": 7_777_777, "is_bot": False, "first_name": "x"}
CHANNEL: Final = {"id": -1001234567891, "type": "channel", "title": "x"}

_FILE: Final = {"file_id": "AgADBAAD", "file_unique_id": "AQADBA"}
_PICTURE: Final = {**_FILE, "width": 90, "height": 60}
_STICKER: Final = {**_PICTURE, "type": "regular", "is_animated": False, "is_video": False}
_OPTION: Final = {"text": "x", "voter_count": 0, "persistent_id": "1"}
_POLL: Final = {
    "id": "5",
    "question": "?",
    "options": [_OPTION, _OPTION],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
_PLACE: Final = {"longitude": 104.06, "latitude": 30.67}

SENT_BY_PEOPLE: Final[dict[str, Any]] = {
    "photo": [_PICTURE, {**_PICTURE, "width": 800, "height": 600, "file_size": 52_000}],
    "document": {**_FILE, "file_name": "../../证据\u202efdp.exe", "mime_type": "application/pdf", "file_size": 2**32},
    "sticker": _STICKER,
    "voice": {**_FILE, "duration": 0},
    "audio": {**_FILE, "duration": 3, "title": "x", "performer": "x"},
    "video": {**_PICTURE, "duration": 3},
    "animation": {**_PICTURE, "duration": 3},
    "video_note": {**_FILE, "length": 240, "duration": 3},
    "contact": {"phone_number": "13800000000", "first_name": "x", "user_id": 9},
    "location": {"longitude": 0.0, "latitude": 0.0},
    "venue": {"location": _PLACE, "title": "x", "address": "x"},
    "poll": _POLL,
    "dice": {"emoji": "\N{GAME DIE}", "value": 6},
    "game": {"title": "x", "description": "x", "photo": [_PICTURE]},
    "story": {"chat": {"id": 9, "type": "private", "first_name": "x"}, "id": 1},
    "paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]},
    "checklist": {"title": "x", "tasks": [{"id": 1, "text": "x"}]},
}
"""Each is answered in a private chat, with or without a caption."""

TOLD_BY_CHATS: Final[dict[str, Any]] = {
    "pinned_message": {"message_id": 1, "date": 0, "chat": CHANNEL},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400},
    "write_access_allowed": {"from_request": True},
    "users_shared": {"request_id": 1, "users": [{"user_id": 9}]},
    "chat_shared": {"request_id": 1, "chat_id": -9},
    "connected_website": "example.org",
    "proximity_alert_triggered": {"traveler": SOMEBODY, "watcher": SOMEBODY, "distance": 5},
    "web_app_data": {"data": "{", "button_text": "x"},
    "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}},
    "forum_topic_created": {"name": "x", "icon_color": 7_322_096},
    "forum_topic_closed": {},
    "video_chat_started": {},
    "video_chat_scheduled": {"start_date": DATE},
    "video_chat_ended": {"duration": 5},
    "new_chat_members": [SOMEBODY, BOT],
    "left_chat_member": BOT,
    "new_chat_title": "x",
    "new_chat_photo": [_PICTURE],
    "delete_chat_photo": True,
    "group_chat_created": True,
    "supergroup_chat_created": True,
    "channel_chat_created": True,
    "migrate_to_chat_id": -1001234567892,
    "migrate_from_chat_id": -4_000_000_001,
    "boost_added": {"boost_count": 1},
    "something_of_next_year": {"is_new": True},
}
"""None is answered anywhere."""

DECORATIONS: Final[dict[str, Any]] = {
    "reply_to_message": {"message_id": 3, "date": DATE, "chat": CHANNEL, "text": "x"},
    "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": DATE},
    "via_bot": BOT,
    "is_topic_message": True,
    "message_thread_id": 4,
    "media_group_id": "13",
    "has_protected_content": True,
    "link_preview_options": {"is_disabled": True},
    "entities": [{"type": "mention", "offset": 4000, "length": 90}],
    "quote": {"text": "x", "position": 0},
    "external_reply": {"origin": {"type": "user", "sender_user": SOMEBODY, "date": DATE}, "location": _PLACE},
    "effect_id": "5104841245755180586",
    "sender_business_bot": BOT,
    "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "https://example.org"}]]},
    "field_of_next_year": [[]],
}
"""What may stand beside the content, and changes nothing."""

_RIGHTS: Final = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    True,
)
_LIMITS: Final = dict.fromkeys(
    (
        "is_member",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_send_messages",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_manage_topics",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_edit_tag",
    ),
    False,
)
MEMBERSHIPS: Final[dict[str, Any]] = {
    "creator": {"is_anonymous": False},
    "administrator": _RIGHTS,
    "member": {},
    "restricted": {**_LIMITS, "until_date": 0},
    "left": {},
    "kicked": {"until_date": 0},
}
"""Every status that somebody can have in a chat, with the fields that belong to it."""

OTHER_KINDS: Final[dict[str, Any]] = {
    "channel_post": {"message_id": 5, "date": DATE, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "/start"},
    "edited_channel_post": {"message_id": 5, "date": DATE, "chat": CHANNEL, "edit_date": DATE, "text": "/start"},
    "chosen_inline_result": {"result_id": "score", "from": SOMEBODY, "query": ""},
    "shipping_query": {
        "id": "1",
        "from": SOMEBODY,
        "invoice_payload": "x",
        "shipping_address": dict.fromkeys(
            ("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "x"
        ),
    },
    "pre_checkout_query": {
        "id": "1",
        "from": SOMEBODY,
        "currency": "XTR",
        "total_amount": 1,
        "invoice_payload": "x",
    },
    "poll": _POLL,
    "poll_answer": {"poll_id": "5", "user": SOMEBODY, "option_ids": [0], "option_persistent_ids": ["1"]},
    "message_reaction": {
        "chat": {"id": SOMEBODY["id"], "type": "private", "first_name": "x"},
        "message_id": 2,
        "user": SOMEBODY,
        "date": DATE,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "\N{THUMBS UP SIGN}"}],
    },
    "chat_join_request": {"chat": CHANNEL, "from": SOMEBODY, "user_chat_id": SOMEBODY["id"], "date": DATE},
    "deleted_business_messages": {"business_connection_id": "x", "chat": CHANNEL, "message_ids": [1]},
    "update_of_next_year": {"from": SOMEBODY, "chat": CHANNEL, "text": "/start"},
}
"""Kinds of updates that the bot does not ask for; none is answered."""
