"""The answer to an inline query as Telegram takes it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent

from bot.dialogue import deeplinks
from bot.handlers.rendering import read_lines, render

if TYPE_CHECKING:
    from bot.dialogue.screen import Screen
    from bot.localization import Localizer
    from bot.services.inline import Told

logger = logging.getLogger(__name__)

LIVES: Final = 25.0
"""Seconds after which nobody waits for the answer any more; Telegram drops the query after 30."""

_ARTICLE: Final = "score"
_TOLD_BESIDE: Final = 200
"""Signs of the score that stand beside the title, before anybody sends it."""


def inline_answer(told: Told, localizer: Localizer) -> dict[str, Any]:
    """The parameters of answerInlineQuery: for the asker alone, and asked anew each time."""
    articles = [] if told.screen is None else [_article(told.screen, localizer)]
    return {
        "inline_query_id": told.query_id,
        "results": articles,
        "cache_time": 0,
        "is_personal": True,
        "button": None if articles or not told.is_understood else _beginning(localizer),
    }


def _article(screen: Screen, localizer: Localizer) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        _ARTICLE,
        localizer.say("handler.inline.title"),
        InputTextMessageContent(render(screen, localizer).html, parse_mode="HTML"),
        description=" ".join(read_lines(screen, localizer))[:_TOLD_BESIDE],
    )


def _beginning(localizer: Localizer) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(localizer.say("handler.inline.begin"), start_parameter=deeplinks.SCORE)
