"""Which catalogue texts a screen or a notice is made of."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from bot.dialogue.screen import Say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def keys_of(thing: object) -> Iterator[str]:
    """Every catalogue key in a screen, a notice or any part of one."""
    if isinstance(thing, Say):
        yield thing.key
        yield from _of_all(thing.args)
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from keys_of(each)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from keys_of(getattr(thing, each.name))


def _of_all(arguments: Mapping[str, object]) -> Iterator[str]:
    for each in arguments.values():
        yield from keys_of(each)
