"""A screen as Telegram takes it: HTML within the limits, every word escaped, and the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from bot.dialogue.intents import encode
from bot.dialogue.screen import Emphasis, Passage, Quote, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.dialogue.screen import Button, Line, Screen
    from bot.handlers.wire import Json
    from bot.localization import Localizer

MOST_UNITS: Final = 4096
"""UTF-16 units of a message as it is read; Telegram counts code points, of which there are never more."""

TOAST_LENGTH: Final = 200
CUT: Final = "handler.cut"


@dataclass(frozen=True, slots=True)
class Card:
    """A message ready to be sent; `keyboard` None: it has no buttons."""

    html: str
    keyboard: Json | None


def render(screen: Screen, localizer: Localizer, notices: Sequence[str] = ()) -> Card:
    """The screen in that language, with the notices above it."""
    lines = [*notice_lines(notices), *_lines(screen, localizer)]
    return Card(_fit(lines, localizer), _keyboard(screen, localizer))


def render_notices(notices: Sequence[str], localizer: Localizer) -> Card:
    """Notices as a message of their own."""
    return Card(_fit([(escape(each, quote=False), each) for each in notices], localizer), None)


def read_lines(screen: Screen, localizer: Localizer) -> list[str]:
    """The lines of a screen as they are read, without styles."""
    return [_line(each, localizer)[1] for each in screen.lines]


def toast(text: str) -> str:
    """The text, cut to what a toast can hold."""
    return text if len(text) <= TOAST_LENGTH else text[: TOAST_LENGTH - 1] + "…"


def units(text: str) -> int:
    """Its length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def notice_lines(notices: Sequence[str]) -> Iterable[tuple[str, str]]:
    """What is said above a screen, and a blank line under it."""
    if notices:
        yield from ((escape(each, quote=False), each) for each in notices)
        yield "", ""


def _lines(screen: Screen, localizer: Localizer) -> Iterable[tuple[str, str]]:
    for block in screen.blocks:
        if isinstance(block, Passage):
            yield from _passage(block, localizer)
        else:
            yield _line(block, localizer)


@lru_cache(maxsize=1024)
def _passage(passage: Passage, localizer: Localizer) -> tuple[tuple[str, str], ...]:
    return tuple(_line(each, localizer) for each in passage.lines)


def _line(block: Line | Quote, localizer: Localizer) -> tuple[str, str]:
    """A line as HTML and as it is read."""
    if isinstance(block, Quote):
        words = localizer.text(block.text)
        return f"<blockquote>{escape(words, quote=False)}</blockquote>", words
    html = read = ""
    for span in block.spans:
        words = localizer.text(span.text)
        read += words
        safe = escape(words, quote=False)
        html += safe if span.style is Style.PLAIN or not safe else _tagged(span.style.value, safe)
    return html, read


def _tagged(tag: str, safe: str) -> str:
    return f"<{tag}>{safe}</{tag}>"


def _fit(lines: Sequence[tuple[str, str]], localizer: Localizer) -> str:
    """The lines, as many as a message holds; a cut says so, and never falls inside a tag."""
    if 2 * sum(len(read) + 1 for _, read in lines) <= MOST_UNITS or _units_of(lines) <= MOST_UNITS:
        return "\n".join([html for html, _ in lines])
    room = MOST_UNITS - units(localizer.say(CUT)) - 1
    kept: list[str] = []
    for html, read in lines:
        room -= units(read) + 1
        if room < 0:
            return "\n".join([*(kept or [_shorten(lines[0][1], localizer)]), escape(localizer.say(CUT), quote=False)])
        kept.append(html)
    return "\n".join(kept)


def _units_of(lines: Sequence[tuple[str, str]]) -> int:
    return sum(units(read) + 1 for _, read in lines) - 1


def _shorten(words: str, localizer: Localizer) -> str:
    """The beginning of a line that alone fills a message, without its style."""
    room = MOST_UNITS - units(localizer.say(CUT)) - 1
    return escape(words.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore"), quote=False)


def _keyboard(screen: Screen, localizer: Localizer) -> Json | None:
    if not screen.rows:
        return None
    return {"inline_keyboard": [[_button(each, screen, localizer) for each in row] for row in screen.rows]}


def _button(button: Button, screen: Screen, localizer: Localizer) -> Json:
    shape = {"text": localizer.text(button.text), "callback_data": encode(button.intent, screen.assessment)}
    if button.emphasis is not Emphasis.PLAIN:
        shape["style"] = button.emphasis.value
    return shape
