"""Texts in a person's language: the gettext catalogues of `locales/`, and how figures, dates and lists are written."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.dialogue.screen import Say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.screen import Argument, Text
    from bot.problems import Problem
    from bot.rubric.model import Wording

LOCALES = ("zh_CN", "en")
"""The languages that zicha speaks; the first is the one that is always complete in official words."""


@dataclass(frozen=True)
class Localizer:
    """One language: catalogue texts by their keys, with their placeholders filled in."""

    locale: str
    translations: gettext.NullTranslations
    timezone: ZoneInfo

    def say(self, key: str, **args: Argument) -> str:
        """The catalogue text of that key; `count` picks the plural form."""
        return self._fill(key, args)

    def text(self, text: Text) -> str:
        """Any text of a screen in this language; official words and people's own stay as they are."""
        if isinstance(text, Say):
            return self._fill(text.key, text.args)
        return text if isinstance(text, str) else self.pick(text)

    def pick(self, wording: Wording) -> str:
        """The wording in this language."""
        return wording.by_locale[self.locale]

    def problem(self, problem: Problem) -> str:
        """What is wrong, where, and how to mend it, in one line."""
        return self._fill(f"problem.{problem.code}", {"place": problem.place, **problem.details})

    def _fill(self, key: str, args: Mapping[str, Argument]) -> str:
        if not args:
            return self.translations.gettext(key)
        count = args.get("count")
        if count is None:
            pattern = self.translations.gettext(key)
        else:
            pattern = self.translations.ngettext(key, key, 1 if count == 1 else 2)
        return pattern.format_map({name: self._show(value) for name, value in args.items()})

    def _show(self, value: Argument) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, int):
            return str(value)
        if isinstance(value, Decimal):
            return _plain(value)
        if isinstance(value, datetime):
            pattern = self.translations.gettext("format.datetime")
            return format_datetime(value, pattern, tzinfo=self.timezone, locale=self.locale)
        if isinstance(value, tuple):
            return self.translations.gettext("format.list").join(self.text(each) for each in value)
        return self.text(value)


@lru_cache(maxsize=1024)
def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


@dataclass(frozen=True)
class Localizers:
    """Every language, ready to speak."""

    by_locale: Mapping[str, Localizer]
    default: str

    @classmethod
    def load(cls, timezone: str, default: str = LOCALES[0]) -> Localizers:
        """Read all catalogues; times are shown in `timezone`, an IANA name."""
        zone = ZoneInfo(timezone)
        return cls({locale: Localizer(locale, _catalogue(locale), zone) for locale in LOCALES}, default)

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages there are."""
        return tuple(self.by_locale)

    def of(self, locale: str | None) -> Localizer:
        """The language of that name, or the default one."""
        return self.by_locale.get(locale or self.default) or self.by_locale[self.default]


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    compiled = BytesIO()
    folder = files("locales") / locale
    merged = None
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".po"):
            continue
        with file.open("rb") as source:
            catalogue = read_po(source, locale=locale)
        if merged is None:
            merged = catalogue
            continue
        for message in catalogue:
            if message.id:
                merged[message.id] = message
    if merged is not None:
        write_mo(compiled, merged)
        compiled.seek(0)
    return gettext.GNUTranslations(compiled)
