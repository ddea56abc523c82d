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
from gallery.rare import RARE
from gallery.specimens import specimens

if TYPE_CHECKING:
    from gallery.shots import Shot

CATALOGUES = sorted((Path(__file__).parents[2] / "locales" / LOCALES[0]).glob("*.po"))
NOT_ON_SCREENS = {
    "format.": "how dates and lists are written: part of other texts",
    "cli.": "what commands say, in a terminal",
    "problem.D": "what keeps the database from being used: said by commands",
    "problem.F": "what is wrong with a form's file: said by commands",
    "problem.H": "what is wrong with the settings: said by commands",
    "problem.J": "what keeps an assessment's JSON from being taken in: said by commands",
    "problem.L": "what is wrong with an authority's templates: said by commands",
    "problem.R": "what is wrong with a rubric's file: said by commands",
    "problem.S": "what is wrong with a sheet or a list: said by commands",
    "problem.T": "what is wrong with a list of stations: said by commands",
    "problem.X01": "what keeps a workbook from being taken over by a command",
    "handler.command.": "what Telegram writes beside a command in its own menu",
    "handler.description": "what Telegram shows before the first message",
    "handler.short_description": "what Telegram shows in the bot's profile",
    "handler.inline.": "what Telegram offers while the bot's name is typed",
    "workbook.sheet.": "the name of a sheet",
    "workbook.note.": "the notes on a workbook's first sheet",
    "workbook.column.": "the heading of a column",
    "workbook.file.": "the name of a file",
    "workbook.excused": "a cell of a workbook",
    "workbook.none": "a cell of a workbook",
    "workbook.yes": "a cell of a workbook",
}
"""The texts that no screen and no notice shows, by how their keys begin, each with its reason."""

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


def texts(catalogue: Path) -> set[str]:
    """The keys of a catalogue's texts."""
    with catalogue.open("rb") as source:
        messages = read_po(source)
    return {message.id if isinstance(message.id, str) else message.id[0] for message in messages if message.id}


EVERY = set().union(*map(texts, CATALOGUES))


@pytest.fixture(scope="module")
def shown(shots: list[Shot]) -> set[str]:
    return {key for shot in shots for part in (shot.screen, shot.notice) for key in keys_of(part)}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_for_the_chat_can_be_seen(catalogue: Path, shown: set[str]) -> None:
    unseen = texts(catalogue) - shown
    assert sorted(each for each in unseen if not each.startswith(tuple(NOT_ON_SCREENS))) == []


def test_every_reason_for_not_being_seen_is_needed(shown: set[str]) -> None:
    assert [each for each in NOT_ON_SCREENS if not any(key.startswith(each) for key in EVERY - shown)] == []


def test_a_rare_text_is_one_that_there_is_and_has_a_sample_for_each_of_its_places() -> None:
    assert sorted(set(RARE) - EVERY) == []
    assert set(RARE) <= {key for shot in specimens(()) for key in keys_of(shot.screen)}
    assert len(RARE) == len(set(RARE))


def test_no_text_shows_its_key_in_place_of_its_words(shots: list[Shot]) -> None:
    chats = "".join(re.findall(r'<div class="chat".*?(?=<div class="chat"|</figure>)', html(shots), re.DOTALL))
    assert chats
    assert [key for key in sorted(EVERY) if "." in key and key in chats] == []


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
