"""What the official words ask to be shown, and what must not be uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.evidence.rules import Method, rules_of
from bot.rubric.loader import library

if TYPE_CHECKING:
    from bot.rubric.model import Item

RUBRIC = library().latest("sichuan-2017")
RULES = rules_of("sichuan-2017")


@pytest.mark.parametrize("item", RUBRIC.items.values(), ids=lambda item: item.id)
def test_the_official_words_of_every_item_name_a_method(item: Item) -> None:
    assert RULES.methods(item)


def test_the_methods_are_those_of_the_words() -> None:
    named = {
        item_id: RULES.methods(RUBRIC.items[item_id]) for item_id in ("2.1.10", "2.2.1", "5.1.1", "6.6.1", "9.1.2")
    }
    assert named == {
        "2.1.10": (Method.PAPERS, Method.ASK),
        "2.2.1": (Method.PAPERS, Method.SAMPLE),
        "5.1.1": (Method.LOOK,),
        "6.6.1": (Method.SAMPLE,),
        "9.1.2": (Method.PAPERS, Method.ASK),
    }


def test_papers_scripts_and_candidates_records_take_no_files() -> None:
    confidential = {item for item in RUBRIC.items if RULES.is_confidential(RUBRIC, item)}
    sections = {RUBRIC.section_of[item].id for item in confidential}
    assert sections == {"3.3", "3.4", "6.2", "6.3", "6.4", "6.6"}
    assert confidential == {item for item in RUBRIC.items if RUBRIC.section_of[item].id in sections}
    assert not RULES.is_confidential(RUBRIC, "registration")


def test_a_rubric_without_rules_takes_files_everywhere_and_names_no_method() -> None:
    item = RUBRIC.items["6.6.1"]
    assert rules_of("another").methods(item) == ()
    assert not rules_of("another").is_confidential(RUBRIC, item.id)
