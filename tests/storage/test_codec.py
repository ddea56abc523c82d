"""Values of the domain survive their columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assessments.events import (
    AnswerSetAside,
    AssessmentEvent,
    EntrySetAside,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    VetoStatement,
)
from bot.rubric.answers import Answer, Chosen, Counted, Excused, Measured, Sampled, Ticked
from storage.codec import (
    answer_from_text,
    answer_to_text,
    event_from_columns,
    event_to_columns,
    time_from_text,
    time_to_text,
)

_counts = st.integers(0, 999_999_999)
_texts = st.text(min_size=1).filter(str.strip)
_counted = st.one_of(st.builds(Counted, _counts), st.builds(Counted, st.integers(1, 99), st.just(value=True)))
_sampled = st.builds(lambda a, b, unit: Sampled(max(a, b, 1), min(a, b), unit), _counts, _counts, _texts)
_measured = st.builds(Measured, st.decimals(0, 999_999, places=2))
_ticked = st.builds(Ticked, st.lists(_texts, max_size=4).map(tuple))
_answers = st.one_of(st.builds(Chosen, _texts), _counted, _sampled, _measured, _ticked, st.builds(Excused, _texts))
_maybe = st.none() | _answers
_statements = st.builds(VetoStatement, st.text(), st.none() | st.booleans(), st.text())
_events = st.one_of(
    st.builds(ItemAnswered, st.text(), _maybe, _maybe, st.booleans()),
    st.builds(NoteWritten, st.text(), st.text(), st.text()),
    st.builds(RemedyWritten, st.text(), st.text(), st.text()),
    st.builds(VetoAnswered, st.text(), _statements, _statements, st.text()),
    st.builds(EntryWritten, st.text(), st.text(), st.text()),
    st.builds(AnswerSetAside, st.text(), _maybe, _answers),
    st.builds(EntrySetAside, st.text(), st.text(), st.text()),
)
_zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_moments = st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=_zones)  # noqa: DTZ001 - strategy's form


@given(_answers)
def test_an_answer_survives(answer: Answer) -> None:
    assert answer_from_text(answer_to_text(answer)) == answer


@given(_events)
def test_an_event_survives(event: AssessmentEvent) -> None:
    assert event_from_columns(**event_to_columns(event)) == event


@given(_moments, _moments)
def test_times_survive_and_sort_as_text(one: datetime, other: datetime) -> None:
    assert time_from_text(time_to_text(one)) == one
    assert (time_to_text(one) < time_to_text(other)) == (one < other)
    assert len(time_to_text(one)) == 32


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_to_text(datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None))


def test_a_history_entry_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="submitted"):
        event_from_columns("submitted", "", None, None, grouped=0, reason="")
