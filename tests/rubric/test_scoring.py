"""The arithmetic of the notice, at its boundaries and over all of its data."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.loader import library
from bot.rubric.model import CountFacts, RateFacts
from bot.rubric.scoring import ZERO, Result, Score, blank, level_of, score_answer, summarize, tally

if TYPE_CHECKING:
    from random import Random

    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Level

RUBRIC = library().latest("sichuan-2017")
BEST: dict[str, Answer] = {item.id: Chosen(item.levels[0].id) for item in RUBRIC.items.values()}
WORST: dict[str, Answer] = {item.id: Chosen(item.zero_levels[0].id) for item in RUBRIC.items.values()}
CLEAN = dict.fromkeys(RUBRIC.vetoes_by_id, False)
each_veto = pytest.mark.parametrize("veto_id", RUBRIC.vetoes_by_id)


def figures(score: Score) -> tuple[int, int, int]:
    return int(score.low), int(score.high), int(score.reported)


def worth(points: int) -> dict[str, Answer]:
    """Every item answered, so that exactly these points come together."""
    answers, left = dict(WORST), points
    for item in RUBRIC.items.values():
        if item.points <= left:
            answers[item.id] = BEST[item.id]
            left -= int(item.points)
    assert left == 0
    return answers


@pytest.mark.parametrize(("problems", "points"), [(0, 3), (1, 2), (2, 1), (3, 0), (4, 0), (99, 0)])
def test_equipment_loses_a_point_a_problem_up_to_three(problems: int, points: int) -> None:
    assert figures(score_answer(RUBRIC.items["4.1.1"], Counted(problems))) == (points, points, points)


@pytest.mark.parametrize(
    ("problems", "expected"),
    [(0, (2, 2, 2)), (1, (1, 1, 1)), (2, (1, 1, 1)), (3, (0, 1, 0)), (4, (0, 0, 0)), (50, (0, 0, 0))],
)
def test_exactly_three_ordinary_problems_are_left_open(problems: int, expected: tuple[int, int, int]) -> None:
    assert figures(score_answer(RUBRIC.items["5.1.1"], Counted(problems))) == expected


@pytest.mark.parametrize("problems", [1, 2, 3, 4])
def test_one_serious_problem_costs_everything(problems: int) -> None:
    answer = Counted(problems, serious=True)
    assert score_answer(RUBRIC.items["5.1.1"], answer) == ZERO


@pytest.mark.parametrize(
    ("errors", "sampled", "expected"),
    [
        (2, 100, (1, 1, 1)),
        (3, 100, (0, 1, 0)),
        (30, 1000, (0, 1, 0)),
        (29, 1000, (1, 1, 1)),
        (4, 100, (0, 0, 0)),
        (0, 1, (1, 1, 1)),
        (1, 1, (0, 0, 0)),
        (29_999_999, 999_999_999, (1, 1, 1)),
    ],
)
def test_the_error_rate_is_compared_as_whole_numbers(errors: int, sampled: int, expected: tuple[int, int, int]) -> None:
    assert figures(score_answer(RUBRIC.items["6.6.1"], Sampled(sampled, errors))) == expected


@pytest.mark.parametrize(
    ("item", "level"),
    [pytest.param(item, level, id=f"{item.id}-{level.id}") for item in RUBRIC.items.values() for level in item.levels],
)
def test_a_chosen_level_yields_its_points(item: Item, level: Level) -> None:
    score = score_answer(item, Chosen(level.id))
    assert (score.low, score.high, score.reported) == (level.low, level.high, level.reported)
    assert 0 <= score.low <= score.reported <= score.high <= item.points
    assert level_of(item, Chosen(level.id)) is level


@pytest.mark.parametrize("item", RUBRIC.items.values(), ids=lambda item: item.id)
def test_not_applicable_leaves_all_points_open_where_it_is_offered(item: Item) -> None:
    answer = Excused("理由")
    score = score_answer(item, answer)
    assert level_of(item, answer) is None
    assert (score.low, score.high) == (0, item.points)
    if item.not_applicable is None:
        assert score == blank(item.points)
    else:
        assert score.reported == (item.points if item.not_applicable.reported.value == "full" else 0)


def test_an_answer_that_is_not_offered_counts_as_blank_and_never_raises() -> None:
    item = RUBRIC.items["1.1.1"]
    for answer in (Chosen("no_such"), Counted(1), Sampled(10, 1)):
        assert score_answer(item, answer) == blank(item.points)


@pytest.mark.parametrize(("points", "result"), [(59, Result.FAIL), (60, Result.PASS), (100, Result.PASS)])
def test_sixty_points_pass_and_fifty_nine_fail(points: int, result: Result) -> None:
    summary = summarize(RUBRIC, worth(points), CLEAN)
    assert figures(summary.total) == (points, points, points)
    assert summary.result is result


@each_veto
@pytest.mark.parametrize("points", [60, 100])
def test_a_declared_condition_fails_any_score(points: int, veto_id: str) -> None:
    summary = summarize(RUBRIC, worth(points), CLEAN | {veto_id: True})
    assert summary.result is Result.FAIL
    assert summary.declared == (veto_id,)
    assert figures(summary.total) == (points, points, points), "the score is shown all the same"


@each_veto
def test_an_unasked_condition_leaves_a_perfect_score_undecided(veto_id: str) -> None:
    asked = {each: False for each in CLEAN if each != veto_id}
    summary = summarize(RUBRIC, BEST, asked)
    assert summary.result is Result.UNDECIDED
    assert summary.unasked == (veto_id,)


@pytest.mark.parametrize("item_id", RUBRIC.items)
def test_one_blank_item_leaves_an_else_perfect_score_undecided(item_id: str) -> None:
    answers = {each: answer for each, answer in BEST.items() if each != item_id}
    summary = summarize(RUBRIC, answers, CLEAN)
    assert summary.result is Result.UNDECIDED
    assert (summary.answered, summary.blank) == (60, 1)
    assert summary.total.high == 100
    assert summary.total.low == summary.total.reported == 100 - RUBRIC.items[item_id].points


def test_nothing_answered_is_undecided_with_everything_possible() -> None:
    summary = summarize(RUBRIC, {}, {})
    assert figures(summary.total) == (0, 100, 0)
    assert (summary.answered, summary.blank, summary.result) == (0, 61, Result.UNDECIDED)
    assert summary.items == {}
    assert len(summary.unasked) == 6


def test_blanks_cannot_save_a_score_that_cannot_reach_the_pass_mark() -> None:
    answers = {item_id: answer for item_id, answer in worth(59).items() if answer == WORST[item_id]}
    assert summarize(RUBRIC, answers, {}).total.high == 59
    assert summarize(RUBRIC, answers, {}).result is Result.FAIL


def test_an_open_case_across_the_pass_mark_is_undecided() -> None:
    answers = worth(60)
    full = next(item for item in RUBRIC.items.values() if item.points == 1 and answers[item.id] == BEST[item.id])
    answers |= {full.id: WORST[full.id], "5.1.1": WORST["5.1.1"]}
    missing = 60 - int(summarize(RUBRIC, answers, CLEAN).total.low)
    for item in RUBRIC.items.values():
        if missing > 1 and item.points <= missing - 1 and answers[item.id] == WORST[item.id] and item.id != "5.1.1":
            answers[item.id] = BEST[item.id]
            missing -= int(item.points)
    summary = summarize(RUBRIC, answers | {"5.1.1": Counted(3)}, CLEAN)
    assert figures(summary.total) == (59, 60, 59)
    assert summary.result is Result.UNDECIDED


def test_chapters_and_items_keep_the_order_of_the_table() -> None:
    summary = summarize(RUBRIC, dict(reversed(BEST.items())), CLEAN)
    assert [chapter.chapter_id for chapter in summary.chapters] == [str(n) for n in range(1, 10)]
    assert list(summary.items) == list(RUBRIC.items)


def any_answer(item: Item) -> st.SearchStrategy[Answer]:
    offered: list[st.SearchStrategy[Answer]] = [st.sampled_from([Chosen(level.id) for level in item.levels])]
    if isinstance(item.facts, CountFacts):
        offered.append(st.builds(Counted, st.integers(0, 9)))
        if item.facts.serious:
            offered.append(st.integers(1, 9).map(lambda problems: Counted(problems, serious=True)))
    if isinstance(item.facts, RateFacts):
        pairs = st.tuples(st.integers(1, 2000), st.integers(0, 2000)).filter(lambda pair: pair[1] <= pair[0])
        offered.append(pairs.map(lambda pair: Sampled(*pair)))
    if item.not_applicable:
        offered.append(st.just(Excused("理由")))
    return st.one_of(offered)


answer_sets = st.fixed_dictionaries({}, optional={item.id: any_answer(item) for item in RUBRIC.items.values()})
veto_sets = st.dictionaries(st.sampled_from(list(CLEAN)), st.booleans())


@given(answer_sets, veto_sets, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(
    answers: dict[str, Answer], vetoes: dict[str, bool], random: Random
) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    turned = dict(reversed(vetoes.items()))
    assert summarize(RUBRIC, dict(shuffled), turned) == summarize(RUBRIC, answers, vetoes)


@given(answer_sets, veto_sets)
def test_figures_are_ordered_everywhere_and_add_up(answers: dict[str, Answer], vetoes: dict[str, bool]) -> None:
    summary = summarize(RUBRIC, answers, vetoes)
    triples = [(summary.total, summary.points)]
    triples += [(chapter.score, chapter.points) for chapter in summary.chapters]
    triples += [(score, RUBRIC.items[item_id].points) for item_id, score in summary.items.items()]
    for score, points in triples:
        assert 0 <= score.low <= score.reported <= score.high <= points
    assert summary.total.low == sum((chapter.score.low for chapter in summary.chapters), Decimal(0))
    assert summary.total.low == sum((score.low for score in summary.items.values()), Decimal(0))
    assert summary.answered + summary.blank == 61


@given(answer_sets, veto_sets, st.sampled_from(list(CLEAN)))
def test_a_declared_condition_always_fails(answers: dict[str, Answer], vetoes: dict[str, bool], veto_id: str) -> None:
    assert summarize(RUBRIC, answers, vetoes | {veto_id: True}).result is Result.FAIL


@given(answer_sets, veto_sets)
def test_a_pass_is_complete_and_a_result_is_never_guessed(answers: dict[str, Answer], vetoes: dict[str, bool]) -> None:
    summary = summarize(RUBRIC, answers, vetoes)
    if summary.result is Result.PASS:
        assert not summary.blank
        assert not summary.unasked
        assert summary.total.low >= 60
    if summary.result is Result.FAIL:
        assert summary.declared or summary.total.high < 60


@given(st.randoms(use_true_random=False))
def test_the_tally_of_a_progress_line_is_what_the_summary_says(random: Random) -> None:
    answers = {item_id: random.choice((BEST, WORST))[item_id] for item_id in RUBRIC.items if random.random() < 0.7}
    sums, summary = tally(RUBRIC, answers), summarize(RUBRIC, answers, CLEAN)
    assert (sums.total, sums.final, sums.met) == (summary.total, summary.final, summary.met)
    assert sums.answered == len(answers)


def test_an_answer_that_changes_and_changes_back_is_counted_each_time() -> None:
    """Chapters that were counted before are kept, by their answers alone."""
    best = tally(RUBRIC, BEST)
    for item in RUBRIC.items.values():
        changed = tally(RUBRIC, {**BEST, item.id: WORST[item.id]})
        assert best.total.low - changed.total.low == score_answer(item, BEST[item.id]).low
        assert tally(RUBRIC, BEST) == best
