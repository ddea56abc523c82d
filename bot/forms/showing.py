"""Canonical values as people read them, and as a card shows them where they are about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.forms.choosing import chosen
from bot.forms.model import FieldKind

if TYPE_CHECKING:
    from bot.forms.model import Field

_ENDS_SHOWN: Final = frozenset({FieldKind.PHONE, FieldKind.CARD_NUMBER})
_HEAD: Final = 3
_TAIL: Final = 2
_LONG_ENOUGH: Final = 8


def shown(field: Field, value: str) -> str:
    """The official words of choices and levels; everything else as it stands."""
    if field.kind is FieldKind.CHOICE:
        choice = field.choice(value)
        return value if choice is None else choice.label
    if field.kind is FieldKind.LEVELS:
        labels = {choice.id: choice.label for choice in field.choices}
        return "、".join(labels.get(each, each) for each in chosen(value))
    return value.replace("/", " — ") if field.kind is FieldKind.PERIOD else value


def masked(field: Field, value: str) -> str:
    """The value for a card: of what is personal, enough to know it again and no more."""
    words = shown(field, value)
    if not field.personal or not words:
        return words
    if field.kind in _ENDS_SHOWN and len(words) >= _LONG_ENOUGH:
        return f"{words[:_HEAD]}****{words[-_TAIL:]}"
    return f"{words[0]}**"
