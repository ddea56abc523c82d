"""What is true of every screen, whoever sees it and however they came there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.plain import screen_text
from bot.dialogue.intents import MAX_BYTES, decode, encode
from bot.handlers.rendering import render, units
from bot.handlers.wire import dumps
from tests.dialogue.builders import LANGUAGES

if TYPE_CHECKING:
    from bot.dialogue.screen import Screen

ROOM_FOR_A_NOTICE = 250
"""UTF-16 units that a screen leaves for what is said above it."""


def assert_fits_a_message(screen: Screen) -> None:
    """In every language: the text within 4096 units, the keyboard under 8 KB, every button read back as it was."""
    for locale in LANGUAGES.locales:
        localizer = LANGUAGES.of(locale)
        text = screen_text(screen, localizer)
        assert text.strip(), screen
        assert units(text) <= 4096 - ROOM_FOR_A_NOTICE, f"{units(text)} units:\n{text}"
        keyboard = render(screen, localizer).keyboard or {}
        assert all(button["text"].strip() for row in keyboard["inline_keyboard"] for button in row), keyboard
        assert len(dumps(keyboard)) < 8 * 1024, keyboard
    for row in screen.rows:
        assert 1 <= len(row) <= 8
        for button in row:
            data = encode(button.intent, screen.assessment)
            assert len(data.encode()) <= MAX_BYTES, data
            assert decode(data) == (button.intent, screen.assessment), data
