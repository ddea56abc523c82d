"""The gallery is complete: whoever adds a screen or a text finds it there, in every language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from bot.dialogue.position import PlaceKind
from bot.dialogue.screens import DRAWERS
from bot.localization import LOCALES
from bot.rubric.loader import library
from gallery.collection import RUBRIC, collect
from gallery.keys import keys_of
from gallery.page import html

if TYPE_CHECKING:
    from gallery.shots import Shot

CATALOGUE = Path(__file__).parents[2] / "locales" / LOCALES[0] / "dialogue.po"
NOT_ON_SCREENS = ("format.",)
"""How dates and lists are written: part of other texts."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shots() -> list[Shot]:
    return collect()


def test_every_kind_of_place_hangs_in_the_gallery(shots: list[Shot]) -> None:
    assert {shot.kind for shot in shots} - {None} == set(PlaceKind) == set(DRAWERS)


def test_every_item_group_chapter_and_condition_has_its_card(shots: list[Shot]) -> None:
    rubric, titles = library().latest(RUBRIC), {shot.title for shot in shots}
    assert titles >= set(rubric.items)
    assert titles >= {f"{group}, open" for group in rubric.groups_by_id}
    assert titles >= {f"chapter {chapter.id}" for chapter in rubric.chapters}
    assert titles >= {f"{veto.mark}, empty" for veto in rubric.vetoes}


def texts(catalogue: Path = CATALOGUE) -> set[str]:
    """The keys of the conversation's texts, or of another catalogue's."""
    with catalogue.open("rb") as source:
        messages = read_po(source)
    ids = (message.id if isinstance(message.id, str) else message.id[0] for message in messages if message.id)
    return {each for each in ids if not each.startswith(NOT_ON_SCREENS)}


def test_every_text_of_the_conversation_can_be_seen(shots: list[Shot]) -> None:
    shown = {key for shot in shots for part in (shot.screen, shot.notice) for key in keys_of(part)}
    assert sorted(texts() - shown) == []


def test_no_text_shows_its_key_in_place_of_its_words(shots: list[Shot]) -> None:
    chats = "".join(re.findall(r'<div class="chat".*?(?=<div class="chat"|</figure>)', html(shots), re.DOTALL))
    assert chats
    keys = {key for catalogue in CATALOGUE.parent.glob("*.po") for key in texts(catalogue)}
    assert [key for key in sorted(keys) if "." in key and key in chats] == []


def test_a_language_lays_its_buttons_out_by_its_own_lengths(shots: list[Shot]) -> None:
    shot = next(each for each in shots if each.title == "2.1.10")
    chinese, english = (shot.screen_in(locale) for locale in LOCALES)
    assert chinese is not None
    assert english is not None
    assert len(english.rows) > len(chinese.rows)


def test_the_page_shows_every_shot_in_every_language(shots: list[Shot]) -> None:
    page = html(shots)
    assert page.count("<figure ") == len(shots)
    assert page.count('<div class="chat"') == len(shots) * len(LOCALES)
