"""The page: every shot in every language, as bubbles of a phone's width, with a list of all at its side."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.handlers.rendering import render
from bot.localization import LOCALES, Localizers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.localization import Localizer
    from gallery.shots import Shot

TIMEZONE: Final = "Asia/Shanghai"
STYLE: Final = Path(__file__).with_name("style.css")
IN_A_SHEET: Final = 3
"""Shots on one picture."""


def html(shots: Sequence[Shot]) -> str:
    """The whole page, complete in itself."""
    localizers = Localizers.load(TIMEZONE)
    numbered = [(f"shot-{number}", shot) for number, shot in enumerate(shots, start=1)]
    sections = [(name, list(group)) for name, group in groupby(numbered, key=lambda each: each[1].section)]
    side = "".join(_list(name, shots) for name, shots in sections)
    body = "".join(_section(name, shots, localizers) for name, shots in sections)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>zicha: gallery</title>'
        f"<style>{STYLE.read_text('utf-8')}</style></head><body><nav>{side}</nav><main>{body}</main></body></html>"
    )


def _list(name: str, shots: Sequence[tuple[str, Shot]]) -> str:
    links = "".join(f'<a href="#{anchor}">{escape(shot.title)}</a>' for anchor, shot in shots)
    return f"<details open><summary>{escape(name)}</summary>{links}</details>"


def _section(name: str, shots: Sequence[tuple[str, Shot]], localizers: Localizers) -> str:
    sheets = [shots[start : start + IN_A_SHEET] for start in range(0, len(shots), IN_A_SHEET)]
    slug = name.lower().replace(" ", "-")
    drawn = "".join(_sheet(f"{slug}-{number:02}", sheet, localizers) for number, sheet in enumerate(sheets, start=1))
    return f"<section><h2>{escape(name)}</h2>{drawn}</section>"


def _sheet(name: str, shots: Sequence[tuple[str, Shot]], localizers: Localizers) -> str:
    figures = "".join(_figure(anchor, shot, localizers) for anchor, shot in shots)
    return f'<div class="sheet" data-name="{name}">{figures}</div>'


def _figure(anchor: str, shot: Shot, localizers: Localizers) -> str:
    chats = "".join(_chat(shot, localizers.of(locale)) for locale in LOCALES)
    return f'<figure id="{anchor}"><figcaption>{escape(shot.title)}</figcaption><div>{chats}</div></figure>'


def _chat(shot: Shot, localizer: Localizer) -> str:
    """One phone: the notice as Telegram shows it over a chat, the message, its buttons."""
    parts = ""
    if shot.notice is not None:
        look = "alert" if shot.notice.is_alert else "toast"
        parts += f'<p class="{look}">{escape(localizer.text(shot.notice.text))}</p>'
    screen = shot.screen_in(localizer.locale)
    if screen is not None:
        card = render(screen, localizer)
        rows = card.keyboard["inline_keyboard"] if card.keyboard else []
        parts += f'<div class="bubble">{_as_blocks(card.html)}</div>' + "".join(_row(row) for row in rows)
    return f'<div class="chat" lang="{localizer.locale.replace("_", "-")}">{parts}</div>'


def _as_blocks(html: str) -> str:
    """A quotation is a block of its own: the line ends around it are not drawn."""
    return html.replace("\n<blockquote>", "<blockquote>").replace("</blockquote>\n", "</blockquote>")


def _row(row: Sequence[dict[str, str]]) -> str:
    keys = "".join(f'<span class="key {each.get("style", "")}">{escape(each["text"])}</span>' for each in row)
    return f'<div class="row">{keys}</div>'
