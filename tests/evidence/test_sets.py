"""Sets of evidence among the entries: written one way, read back the same, never under a number used before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assessments.model import EntryRecord
from bot.evidence.kinds import Kind
from bot.evidence.sets import (
    UNPLACED,
    EvidenceSet,
    KeptFile,
    next_number,
    place_subject,
    read,
    set_subject,
    sets_of,
    write,
)

FILE = KeptFile("ab" * 32, Kind.PDF, 12, "制度.pdf", 5)
FILES = st.builds(
    KeptFile,
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    st.sampled_from(Kind),
    st.integers(1, 2**40),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(0, 2**40),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.builds(EvidenceSet, st.lists(FILES, min_size=1).map(tuple), TEXTS, TEXTS))
def test_a_set_is_read_back_as_it_was_written(evidence: EvidenceSet) -> None:
    assert read(write(evidence)) == evidence


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files":[{}],"note":"","album":""}', "null", "x"])
def test_anything_else_is_no_set(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(text)


def test_a_file_joins_its_album_once_and_keeps_the_note() -> None:
    album = EvidenceSet((FILE,), "会议室", "9")
    other = KeptFile("cd" * 32, Kind.JPEG, 3)
    assert album.with_file(other, "").files == (FILE, other)
    assert album.with_file(FILE, "").files == (FILE,)
    assert album.with_file(other, "").note == "会议室"


def test_sets_are_found_under_their_subject_and_a_number_is_never_used_again() -> None:
    text = write(EvidenceSet((FILE,)))
    entries = {
        set_subject("2.1.10", 1): EntryRecord(text, 1),
        set_subject("2.1.10", 10): EntryRecord("", 2),
        set_subject("2.1.1", 3): EntryRecord(text, 1),
        place_subject("2.1.10"): EntryRecord("2号柜", 1),
        set_subject(UNPLACED, 4): EntryRecord(text, 1),
        "registration.address": EntryRecord("成都", 1),
    }
    assert [each.number for each in sets_of(entries, "2.1.10")] == [1]
    assert [each.number for each in sets_of(entries, UNPLACED)] == [4]
    assert next_number(entries, "2.1.10") == 11
    assert next_number(entries, "9.2.1") == 1
