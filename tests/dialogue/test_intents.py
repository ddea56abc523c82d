"""Buttons: what they carry is small, read back as it was, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.dialogue import intents
from bot.dialogue.intents import MAX_BYTES, MOST, Intent, base36, decode, encode, from_base36
from bot.dialogue.position import Place, PlaceKind, Walk
from bot.errors import UnreadableButtonError
from tests.dialogue.builders import LANGUAGES, MAX_ID, RUBRIC

REVISION = 10**6
"""More changes of one item than anybody makes."""


def every_intent() -> list[Intent]:
    """Every button that the rubric can lead to, with the largest figures."""
    subjects = ("", *RUBRIC.items, *RUBRIC.groups_by_id, *RUBRIC.vetoes_by_id, *(each.id for each in RUBRIC.chapters))
    choices = [(veto.id, choice.id) for veto in RUBRIC.vetoes for choice in veto.choices]
    sums = REVISION * max(len(group.items) for group in RUBRIC.groups)
    return [
        *(intents.Open(Place(kind, subject)) for kind in PlaceKind for subject in subjects),
        *(intents.Open(Place(kind, f"{veto}/{choice}")) for kind in PlaceKind for veto, choice in choices),
        intents.StartPractice(),
        intents.Resume(),
        intents.PickUp(MAX_ID),
        *(intents.Choose(item.id, level.id, REVISION) for item in RUBRIC.items.values() for level in item.levels),
        *(intents.Mark(item_id, REVISION) for item_id in RUBRIC.items),
        *(intents.ConfirmRest(group_id, sums) for group_id in RUBRIC.groups_by_id),
        *(intents.Rate(item_id, 9_999_999, 9_999_999, REVISION) for item_id in RUBRIC.items),
        *(intents.Count(item_id, 999_999_999, REVISION) for item_id in (*RUBRIC.items, "100.100.1000")),
        *(intents.Tick(item_id, "a" * 16, 1, REVISION) for item_id in (*RUBRIC.items, "100.100.1000")),
        *(intents.SetWalk(walk) for walk in Walk),
        intents.Undo(2**63 - 1),
        *(intents.AnswerVeto(veto, choice, REVISION) for veto, choice in choices),
        *(intents.DeclareVeto(veto, choice, REVISION) for veto, choice in choices),
        *(intents.Speak(locale) for locale in LANGUAGES.locales),
        *(intents.KeepAsNote(item_id, 2**32 - 1) for item_id in RUBRIC.items),
    ]


def test_every_intent_of_the_rubric_round_trips_within_64_bytes() -> None:
    everything = every_intent()
    assert {type(intent) for intent in everything} == set(Intent.__args__)
    for intent in everything:
        for assessment in (None, 1, MAX_ID):
            data = encode(intent, assessment)
            assert len(data.encode()) <= MAX_BYTES, data
            assert decode(data) == (intent, assessment)


def test_no_two_intents_share_their_data() -> None:
    everything = every_intent()
    assert len({encode(intent, MAX_ID) for intent in everything}) == len(set(everything))


@settings(max_examples=200, deadline=None, database=None)
@for_all(st.text(max_size=80) | st.from_regex(r"[a-zV]:[0-9a-z]{0,12}(:[-0-9a-z./]{0,12}){0,4}", fullmatch=True))
def test_any_other_data_is_an_intent_or_refused_by_name(data: str) -> None:
    try:
        intent, assessment = decode(data)
    except UnreadableButtonError:
        return
    assert isinstance(intent, Intent)
    assert encode(intent, assessment) == data


@pytest.mark.parametrize(
    "data",
    [
        *("", ":", "o", "o:0", "o:0:", "o:00:h", "o:-1:h", "o:0:?x", "z:0", "w:0:x"),
        *("a:0:1.1.1:met", "a:0:1.1.1:met:0:0", "u:0:1_0", "u:0: 1", "u:0:+1"),
        *("o:0:h" + "x" * 64, "o:0:h\ud800" + "\x00" * 60, "p:" + "z" * 60),
    ],
)
def test_cut_or_made_up_data_is_refused(data: str) -> None:
    with pytest.raises(UnreadableButtonError):
        decode(data)


@for_all(st.integers(0, MOST))
def test_numbers_are_written_one_way_only(number: int) -> None:
    text = base36(number)
    assert from_base36(text) == number
    with pytest.raises(ValueError, match="0"):
        from_base36("0" + text)


def test_a_number_that_no_database_can_hold_is_refused() -> None:
    with pytest.raises(UnreadableButtonError):
        decode("u:0:" + base36(MOST + 1))
