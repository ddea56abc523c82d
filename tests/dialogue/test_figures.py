"""The figures that screens show are those of the arithmetic, and what was done can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.assessments.events import ItemAnswered, apply
from bot.assessments.model import Assessment, ItemRecord, VetoRecord
from bot.cli.plain import screen_text
from bot.dialogue.engine import show
from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.intents import Choose, ConfirmRest, Mark, StartPractice, Undo
from bot.dialogue.phrases import SHORT, percent, shorten
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.rubric.answers import Sampled
from bot.rubric.scoring import Result, summarize
from tests.dialogue.builders import EMPTY, LANGUAGES, MAX_ID, NOW, RUBRIC, possible_answers, rehearsal, world

if TYPE_CHECKING:
    from bot.dialogue.rehearsal import Rehearsal

ZH = LANGUAGES.of("zh_CN")
ANSWERS = {item.id: possible_answers(item) for item in RUBRIC.items.values()}


@st.composite
def filled(draw: st.DrawFn) -> Assessment:
    """Any items answered anyhow, any conditions answered yes or no."""
    left_out = draw(st.sets(st.sampled_from(tuple(RUBRIC.items))))
    picks = draw(st.lists(st.integers(0, 9), min_size=61, max_size=61))
    items = {
        item_id: ItemRecord(ANSWERS[item_id][pick % len(ANSWERS[item_id])], 1)
        for item_id, pick in zip(RUBRIC.items, picks, strict=True)
        if item_id not in left_out
    }
    said = draw(st.dictionaries(st.sampled_from(tuple(RUBRIC.vetoes_by_id)), st.booleans()))
    vetoes = {
        veto_id: VetoRecord(next(c.id for c in RUBRIC.vetoes_by_id[veto_id].choices if c.declares is yes), yes, "", 1)
        for veto_id, yes in said.items()
    }
    return replace(EMPTY, items=items, vetoes=vetoes)


@settings(max_examples=50, deadline=None, database=None)
@for_all(filled())
def test_the_score_screen_shows_what_the_arithmetic_comes_to(assessment: Assessment) -> None:
    summary = summarize(RUBRIC, assessment.answers, assessment.declarations)
    text = screen_text(show(Position(Place(PlaceKind.SCORE), MAX_ID), world(assessment)).screen, ZH)
    assert f"自评得分 {summary.total.reported}分　已填{summary.answered}项，共61项" in text
    if summary.total.low != summary.total.high:
        assert f"最低可能{summary.total.low}分，最高可能{summary.total.high}分" in text
    for chapter, figures in zip(RUBRIC.chapters, summary.chapters, strict=True):
        assert f"{chapter.id} {chapter.title}　{figures.score.reported}/{chapter.points}" in text
    assert ("暂不作结论" in text) is (summary.result is Result.UNDECIDED)
    assert ("自评达到60分，以审查评估和公布为准" in text) is (summary.result is Result.PASS)
    assert ("不论得多少分" in text) is bool(summary.declared)
    assert "合格" not in text.replace("列为不合格", "").replace("60分及以上为合格", "").replace("自评不合格", "")


@settings(max_examples=50, deadline=None, database=None)
@for_all(st.lists(st.sampled_from([(item_id, answer) for item_id, all_ in ANSWERS.items() for answer in all_])))
def test_going_back_over_what_happened_leads_to_where_it_began(answers: list[tuple[str, object]]) -> None:
    now, events = EMPTY, []
    for item_id, answer in answers:
        event = ItemAnswered(item_id, now.item(item_id).answer, answer)
        now, events = apply(now, event, by=ME, at=NOW), [event, *events]
    for event in events:
        now = apply(now, ItemAnswered(event.item, event.after, event.before), by=ME, at=NOW)
    assert now.answers == {}
    assert all(now.item(item_id).revision == 2 * sum(i == item_id for i, _ in answers) for item_id, _ in answers)


def begun() -> Rehearsal:
    """A practice run with its first group confirmed."""
    talk = rehearsal()
    talk.give(Tapped(StartPractice()))
    talk.give(Tapped(ConfirmRest("g1", 0), 1))
    return talk


@pytest.mark.parametrize(
    "given",
    [
        Tapped(Choose("1.1.1", "problem", 1), 1),
        Tapped(Choose("6.1.1", "minus1", 0), 1),
        Tapped(Mark("2.1.7", 0), 1),
        Tapped(Mark("1.1.1", 1), 1),
        Tapped(ConfirmRest("g2", 0), 1),
        Typed("1"),
    ],
    ids=lambda given: str(getattr(given, "intent", given)),
)
def test_undo_restores_the_answers_and_how_they_were_checked(given: Tapped | Typed) -> None:
    talk = begun()
    before = talk.assessment
    assert before is not None
    turn = talk.give(given)
    assert turn.events
    turn = talk.give(Tapped(Undo(turn.position.last_action), 1))
    after = talk.assessment
    assert after is not None
    assert after.answers == before.answers
    assert [after.item(i).grouped for i in before.items] == [before.item(i).grouped for i in before.items]
    assert turn.position.last_action == 0


def test_an_undo_that_comes_after_a_later_change_changes_nothing() -> None:
    talk = begun()
    group = talk.position.last_action
    talk.give(Tapped(Choose("1.1.1", "problem", 1), 1))
    turn = talk.give(Tapped(Undo(group), 1))
    assert turn.events == ()
    talk.position = replace(talk.position, last_action=group)
    turn = talk.give(Commanded(Command.UNDO))
    assert turn.events == ()
    assert turn.notice is not None
    assert turn.notice.text.key == "notice.undo_too_late"


@pytest.mark.parametrize(
    ("sampled", "errors", "shown"),
    [(200, 7, "3.5%"), (1000, 30, "3%"), (3, 1, "约33.33%"), (300, 1, "约0.33%"), (7, 0, "0%"), (8, 8, "100%")],
)
def test_a_rate_is_shown_exactly_or_said_to_be_about(sampled: int, errors: int, shown: str) -> None:
    assert ZH.text(percent(Sampled(sampled, errors))) == shown


@for_all(st.text(max_size=400))
def test_shortened_words_are_a_beginning_of_them_and_short(words: str) -> None:
    short = shorten(words)
    assert len(short.encode("utf-16-le", "surrogatepass")) <= 2 * SHORT
    assert words == short or words.startswith(short.removesuffix("…"))
