"""What people type, made fit to keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.given import Command, Commanded, Odd, Oddity, Typed
from bot.handlers.texts import clean, worded


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x07b", "ab"),
        ("a\x00b", "ab"),
        ("fdp\u202eexe", "fdpexe"),
        ("\u2067abc\u2069", "abc"),
        ("a\ud83db", "ab"),
        ("a\u200bb", "ab"),
        ("a\ufeff", "a"),
        ("a\uffff", "a"),
    ],
)
def test_what_cannot_be_seen_is_removed_and_said(raw: str, cleaned: str) -> None:
    assert clean(raw) == (cleaned, True)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("200 5", "200 5"),
        ("２００　５", "２００　５"),
        ("e\u0301", "é"),
        ("一\r\n二\u2028三", "一\n二\n三"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("𠀀㐀", "𠀀㐀"),
        ("  a\tb ", "a b"),
    ],
)
def test_ordinary_words_stay_and_nothing_is_said(raw: str, kept: str) -> None:
    assert clean(raw) == (kept, False)


def test_the_tabs_of_a_pasted_table_are_kept_beside_the_words() -> None:
    typed = worded(" 甲\u200b\t\t１\r\n乙\tB\t2 \n")
    assert typed == Typed("甲  １\n乙 B 2", was_cleaned=True, tabbed="甲\t\t１\n乙\tB\t2")
    assert worded("a b") == Typed("a b")


@given(st.text())
def test_cleaned_words_are_nfc_printable_and_stay_the_same_when_cleaned_again(raw: str) -> None:
    cleaned, _ = clean(raw)
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
    assert all(each == "\n" or unicodedata.category(each) != "Cc" for each in cleaned)
    assert clean(cleaned) == (cleaned, False)


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        ("/start", Commanded(Command.START)),
        ("/Start@zicha_bot", Commanded(Command.START)),
        ("/start j_abc", Commanded(Command.START, "j_abc")),
        ("/help@other  me\nnow ", Commanded(Command.HELP, "me\nnow")),
        ("/nonsense", Odd(Oddity.UNKNOWN_COMMAND)),
        ("/", Typed("/")),
        ("1/2", Typed("1/2")),
        ("/评分", Typed("/评分")),
        ("\u200b", Typed("", was_cleaned=True)),
    ],
)
def test_words_are_a_command_an_unknown_one_or_an_answer(raw: str, meaning: object) -> None:
    assert worded(raw) == meaning
