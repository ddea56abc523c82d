"""What a form still needs, row numbers, subjects, and values as cards show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.filling import asked_fields, fullness, needed, next_missing
from bot.forms.paths import row_path, split_page, split_row
from bot.forms.rows import next_number, rows
from bot.forms.showing import masked, shown
from bot.forms.subjects import CellRef, FieldRef, cell_in, cell_subject, field_subject, parse
from tests.forms.builders import FORM, every_field, of

EXAMINERS = "registration.examiners"


def test_subjects_are_read_as_they_are_written() -> None:
    assert parse(field_subject("registration", "address")) == FieldRef("registration", "address")
    assert parse(cell_subject("registration", "examiners", 3, "name")) == CellRef(
        "registration", "examiners", 3, "name"
    )
    assert cell_in(EXAMINERS, 3, "name") == "registration.examiners/3/name"


@pytest.mark.parametrize(
    "subject", ["", "registration", "a.b/0/c", "a.b/01/c", "a.b/10000/c", "a.b/1", "A.b", "a.b\n", "a.b/１/c", "../x.y"]
)
def test_anything_else_is_no_subject(subject: str) -> None:
    assert parse(subject) is None
    assert FORM.field(subject) is None


@given(st.text(max_size=30))
def test_a_form_never_stumbles_over_a_subject(subject: str) -> None:
    assert FORM.field(subject) is None or parse(subject) is not None


def test_rows_come_in_the_order_of_their_numbers_and_empty_ones_are_gone() -> None:
    entries = of({f"{EXAMINERS}/10/name": "乙", f"{EXAMINERS}/2/name": "甲", f"{EXAMINERS}/3/name": ""})
    assert [(row.number, dict(row.cells)) for row in rows(entries, EXAMINERS)] == [
        (2, {"name": "甲"}),
        (10, {"name": "乙"}),
    ]
    assert rows(entries, "registration.examiner") == ()


def test_the_number_of_a_deleted_row_is_never_used_again() -> None:
    assert next_number({}, EXAMINERS) == 1
    assert next_number(of({f"{EXAMINERS}/7/name": ""}), EXAMINERS) == 8


def test_paths_of_rows_and_pages_are_read_as_they_are_written() -> None:
    assert split_row(row_path(EXAMINERS, 3)) == (EXAMINERS, 3)
    assert split_row(EXAMINERS) is None
    assert split_page(EXAMINERS) == (EXAMINERS, 1)


def test_what_a_station_of_category_j_is_is_missing_only_there() -> None:
    section = FORM.section("registration")
    assert section is not None
    subject = "registration.category_other"
    for category, is_needed in (("a", False), ("j", True)):
        entries = of({"registration.category": category})
        assert (subject in [each.subject for each in needed(section, entries)]) is is_needed
        assert ("category_other" in [field.id for field in asked_fields(section, entries)]) is is_needed


def test_a_row_that_lacks_a_required_cell_is_missing_it_and_an_optional_one_is_not_missed() -> None:
    section = FORM.section("registration")
    assert section is not None
    missing = {each.subject for each in needed(section, of({f"{EXAMINERS}/1/name": "甲"})) if not each.is_there}
    assert f"{EXAMINERS}/1/term" in missing
    assert f"{EXAMINERS}/1/card_number" not in missing
    assert EXAMINERS not in missing


def test_an_occupation_on_a_list_asks_whether_it_stopped_and_one_that_goes_on_asks_why() -> None:
    section = FORM.section("cancelled")
    assert section is not None
    path = "cancelled.occupations/1"
    row = {f"{path}/occupation": "x", f"{path}/appraised": "now", f"{path}/document": "none"}
    asked = {each.subject for each in needed(section, of(row))}
    assert f"{path}/stopped" not in asked
    listed = row | {f"{path}/document": "d2015_11"}
    assert f"{path}/stopped" in {each.subject for each in needed(section, of(listed))}
    continues = {each.subject for each in needed(section, of(listed | {f"{path}/stopped": "continues"}))}
    assert {f"{path}/reason", f"{path}/measure", f"{path}/deadline"} <= continues
    assert f"{path}/reason" not in {
        each.subject for each in needed(section, of(listed | {f"{path}/stopped": "closing"}))
    }


def test_the_next_missing_thing_goes_round_the_form_and_ends_when_nothing_is_missing() -> None:
    first = next_missing(FORM, {})
    assert first == "licence.number"
    assert next_missing(FORM, {}, after="licence.number") == "licence.valid"
    assert next_missing(FORM, {}, after="cancelled.occupations") == "licence.number"
    entries: dict[str, str] = {}
    for _ in range(200):
        subject = next_missing(FORM, of(entries))
        if subject is None:
            break
        table = FORM.table(subject)
        field = FORM.field(subject)
        if table is not None:
            entries[cell_in(subject, 1, table.columns[0].id)] = "x"
        else:
            assert field is not None
            entries[subject] = field.choices[0].id if field.choices else "x"
    assert next_missing(FORM, of(entries)) is None
    for section in FORM.sections:
        full = fullness(section, of(entries))
        assert full.done == full.total


def test_cards_never_show_a_personal_value_whole() -> None:
    for subject, field in every_field():
        value = "张三丰" if not field.choices else field.choices[0].id
        assert (masked(field, value) != shown(field, value)) is field.personal, subject


def test_a_masked_telephone_can_be_known_again() -> None:
    phone = FORM.field("registration.phone")
    assert phone is not None
    assert masked(phone, "13800138000") == "138****00"
    assert masked(phone, "") == ""


def test_choices_and_levels_are_shown_by_their_official_words() -> None:
    levels, category = FORM.field("licence.scope/1/levels"), FORM.field("registration.category")
    assert levels is not None
    assert category is not None
    assert shown(levels, "junior,master") == "初级、高级技师"
    assert shown(category, "j") == "J"
    assert shown(category, "of another version") == "of another version"
