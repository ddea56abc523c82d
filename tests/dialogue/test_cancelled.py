"""What is asked beside the check of cancelled qualifications: questions that name their document, never verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.plain import screen_text
from bot.dialogue.engine import show
from bot.dialogue.position import Place, PlaceKind, Position
from bot.forms.cancelled import Cancelled
from bot.localization import LOCALES
from tests.dialogue.builders import LANGUAGES, MAX_ID, world
from tests.dialogue.checks import assert_fits_a_message
from tests.dialogue.test_form import holding

if TYPE_CHECKING:
    from bot.dialogue.turn import Turn

LATE = Cancelled("国发〔2015〕11号", "保育员", "2015-02-24")
STATION = holding(
    cancelled__occupations___1___occupation=("保育师", 1),
    cancelled__occupations___2___occupation=("中式烹调师", 1),
    licence__scope___1___occupation=("插花员", 1),
)
SECTION = Place(PlaceKind.FORM_SECTION, "cancelled")


def drawn(place: Place, *items: Cancelled) -> Turn:
    """The screen of a place of the station's form, with those lists loaded."""
    return show(Position(place, MAX_ID), world(STATION, cancelled=lambda: items))


def words(turn: Turn, locale: str = "zh_CN") -> str:
    return screen_text(turn.screen, LANGUAGES.of(locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_without_lists_the_section_says_that_none_is_loaded(locale: str) -> None:
    assert LANGUAGES.of(locale).say("cancelled.no_lists") in words(drawn(SECTION), locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_with_lists_it_says_which_are_loaded_and_which_are_not(locale: str) -> None:
    said = words(drawn(SECTION, LATE), locale)
    assert LANGUAGES.of(locale).say("cancelled.no_lists") not in said
    missing = [row for row in said.splitlines() if "国发〔2016〕68号" in row]
    assert len(missing) == 1
    assert LATE.document not in missing[0]


def test_a_name_that_is_alike_is_a_question_with_document_and_date() -> None:
    said = words(drawn(SECTION, LATE))
    [question] = [row for row in said.splitlines() if "名称相近" in row]
    assert all(part in question for part in ("保育师", "“保育员”", LATE.document, LATE.date, "吗？"))


def test_an_occupation_of_the_licence_is_asked_about_as_well() -> None:
    said = words(drawn(SECTION, Cancelled("国发〔2014〕50号", "插花", "2014-10-23")))
    assert "“插花员”和国发〔2014〕50号" in said


def test_where_the_document_is_named_only_its_own_occupation_is_asked_about() -> None:
    first, second = (Place(PlaceKind.FIELD, f"cancelled.occupations/{row}/document") for row in (1, 2))
    other = Place(PlaceKind.FIELD, "cancelled.occupations/1/appraised")
    assert "名称相近，是同一项吗" in words(drawn(first, LATE))
    assert "是同一项吗" not in words(drawn(second, LATE))
    assert "是同一项吗" not in words(drawn(other, LATE))


def test_other_sections_do_not_read_the_lists() -> None:
    def read() -> tuple[Cancelled, ...]:
        raise AssertionError("the lists were read")

    turn = show(Position(Place(PlaceKind.FORM_SECTION, "licence"), MAX_ID), world(STATION, cancelled=read))
    assert "保育师" not in words(turn)


def test_many_and_long_names_fit_a_message() -> None:
    items = [Cancelled(f"国发〔2015〕{number}号", "保育员" + "长" * 97, "2015-02-24") for number in range(200)]
    turn = drawn(SECTION, *items)
    assert_fits_a_message(turn.screen)
    assert "还有192处" in words(turn)
