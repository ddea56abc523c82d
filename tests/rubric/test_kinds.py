"""Every kind of facts, outcome and rescaling: at its boundaries, and over everything that can be answered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rubric.answers import Chosen, Counted, Excused, Measured, Ticked
from bot.rubric.basics import ZERO, Score
from bot.rubric.outcomes import Reached, Rescaling, Rounding
from bot.rubric.scoring import Result, score_answer, summarize
from bot.rubric.yields import lost
from tests.rubric.examples import EXAMPLES, ITEMS, answer_sets, any_answer

if TYPE_CHECKING:
    from random import Random

    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Rubric

WORKSHOP, SITE, CENTRE, SAFETY = (EXAMPLES[name] for name in ("workshop", "exam-site", "training-centre", "safety"))
each_example = pytest.mark.parametrize("rubric", EXAMPLES.values(), ids=EXAMPLES)


def best(item: Item) -> Answer:
    """The answer that yields everything."""
    if item.levels:
        return Chosen(item.levels[0].id)
    proofs = getattr(item.facts, "proofs", None)
    return Counted(0) if proofs is None else Ticked(tuple(proof.id for proof in proofs))


BEST = {name: {item.id: best(item) for item in rubric.items.values()} for name, rubric in EXAMPLES.items()}


def reported(rubric: Rubric, item: str, answer: Answer) -> str:
    """What one answer yields, where nothing is open."""
    score = score_answer(rubric.items[item], answer)
    assert score.low == score.reported == score.high
    return str(score.reported.normalize())


@pytest.mark.parametrize(("grade", "points"), [("a", "5"), ("b", "4"), ("c", "2.5"), ("d", "0")])
def test_a_grade_yields_its_share_of_the_points(grade: str, points: str) -> None:
    assert reported(WORKSHOP, "1.1.1", Chosen(grade)) == points


@pytest.mark.parametrize(("problems", "points"), [(0, "6"), (1, "4.5"), (3, "1.5"), (4, "0"), (5, "0"), (10**9, "0")])
def test_every_problem_costs_its_points_down_to_nothing(problems: int, points: str) -> None:
    assert reported(WORKSHOP, "2.1.1", Counted(problems)) == points


@pytest.mark.parametrize(
    ("item", "value", "points"),
    [
        ("1.1.1", "200", "3"),
        ("1.1.1", "199.9999", "1.5"),
        ("1.1.1", "100", "1.5"),
        ("1.1.1", "99.99", "0"),
        ("1.1.1", "0", "0"),
        ("1.1.2", "90.01", "2"),
        ("1.1.2", "90", "1"),
        ("1.1.2", "79.9", "0"),
        ("1.1.3", "10", "2"),
        ("1.1.3", "10.5", "1"),
        ("1.1.3", "21", "0"),
    ],
)
def test_a_measured_number_falls_into_its_band(item: str, value: str, points: str) -> None:
    assert reported(SITE, item, Measured(Decimal(value))) == points


@pytest.mark.parametrize(
    ("proofs", "points"),
    [((), "0"), (("plan",), "1"), (("plan", "record"), "2"), (("plan", "roster", "record"), "3"), (("roster",), "0")],
)
def test_proofs_yield_a_point_each_but_nothing_without_the_required_one(proofs: tuple[str, ...], points: str) -> None:
    assert reported(SITE, "1.2.1", Ticked(proofs)) == points


def test_an_item_without_points_is_met_only_with_all_its_proofs() -> None:
    assert reported(SAFETY, "2.1.1", Ticked(("plan", "list", "photos"))) == "1"
    assert reported(SAFETY, "2.1.1", Ticked(("plan", "list"))) == "0"


@each_example
def test_the_best_of_everything_is_the_best_outcome(rubric: Rubric) -> None:
    answers = BEST[rubric.id.removeprefix("example-")]
    summary = summarize(rubric, answers, dict.fromkeys(rubric.vetoes_by_id, False))
    assert summary.outcome is rubric.outcomes[0]
    assert summary.result is Result.PASS


@pytest.mark.parametrize("rubric", [SITE, SAFETY], ids=lambda rubric: rubric.id)
def test_a_failing_finding_fails_a_perfect_table(rubric: Rubric) -> None:
    (item,) = rubric.failing
    failing = next(level for level in item.levels if level.fails)
    answers = BEST[rubric.id.removeprefix("example-")] | {item.id: Chosen(failing.id)}
    summary = summarize(rubric, answers, dict.fromkeys(rubric.vetoes_by_id, False))
    assert summary.outcome is rubric.outcomes[-1]
    assert summary.failed == (item.id,)


def test_a_failing_item_that_is_blank_keeps_the_worst_outcome_possible() -> None:
    answers = {item: answer for item, answer in BEST["exam-site"].items() if item != "1.2.2"}
    summary = summarize(SITE, answers, {})
    assert (summary.result, len(summary.possible)) == (Result.UNDECIDED, 2)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "excellent"),
        ({"1.1.1": Chosen("b")}, "good"),
        ({"1.1.1": Chosen("b"), "2.1.1": Counted(1)}, "basic"),
        ({"2.1.2": Counted(5)}, "good"),
        ({"1.1.2": Chosen("d"), "2.1.2": Counted(6)}, "basic"),
        ({"1.1.2": Chosen("d"), "2.1.1": Counted(4)}, "failed"),
    ],
)
def test_every_gate_of_an_outcome_counts(changes: dict[str, Answer], outcome: str) -> None:
    """All but ★; a lost ★; two lost ★; a chapter under its gate; the total under the next."""
    reached = summarize(WORKSHOP, BEST["workshop"] | changes, {}).outcome
    assert reached is not None
    assert reached.id == outcome


def test_what_certainly_does_not_apply_leaves_the_sum_and_what_is_pending_stays_open() -> None:
    answers = BEST["training-centre"] | {"1.1.2": Chosen("problem"), "1.1.3": Excused("无"), "2.1.3": Excused("无")}
    summary = summarize(CENTRE, answers, {})
    assert summary.total == Score(Decimal(19), Decimal(22), Decimal(19))
    assert summary.final == Score(Decimal("73.1"), Decimal("84.6"), Decimal("82.6"))
    assert lost(CENTRE.items["1.1.3"], Excused("无")) == 0
    assert score_answer(CENTRE.items["1.1.3"], Excused("无")) == ZERO


@pytest.mark.parametrize(
    ("rounding", "exact", "rounded"),
    [
        (Rounding.HALF_UP, "62.25", "62.3"),
        (Rounding.HALF_EVEN, "62.25", "62.2"),
        (Rounding.HALF_EVEN, "62.35", "62.4"),
        (Rounding.DOWN, "62.29", "62.2"),
        (Rounding.UP, "62.21", "62.3"),
        (Rounding.UP, "62.2", "62.2"),
    ],
)
def test_a_rescaled_total_is_rounded_as_the_data_says(rounding: Rounding, exact: str, rounded: str) -> None:
    figure = Decimal(exact)
    reached = Reached(Decimal(100), Score(figure, figure, figure))
    assert Rescaling(Decimal(100), 1, rounding).rescale(reached).reported == Decimal(rounded)


def test_where_nothing_applies_everything_is_open() -> None:
    reached = Reached(Decimal(10), ZERO, left_out=Decimal(10))
    assert Rescaling(Decimal(100), 1, Rounding.UP).rescale(reached) == Score(Decimal(0), Decimal(100), Decimal(0))


@given(st.data())
def test_the_figures_of_any_answer_are_in_order(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(ITEMS))
    answer = data.draw(any_answer(item))
    score = score_answer(item, answer)
    assert 0 <= score.low <= score.reported <= score.high <= item.points
    assert 0 <= lost(item, answer) <= item.points


@given(st.data())
def test_sums_rescaled_totals_and_outcomes_are_in_order(data: st.DataObject) -> None:
    rubric = data.draw(st.sampled_from(list(EXAMPLES.values())))
    vetoes = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(rubric.vetoes_by_id, st.booleans())))
    summary = summarize(rubric, data.draw(answer_sets(rubric)), vetoes)
    scores = [(summary.total, rubric.total), (summary.final, rubric.final_points)]
    scores += [(summary.met.score, summary.met.points)]
    scores += [(each.score, each.points) for each in summary.chapters]
    for score, points in scores:
        assert 0 <= score.low <= score.reported <= score.high <= points
    places = [rubric.outcomes.index(outcome) for outcome in summary.possible]
    assert places == list(range(places[0], places[-1] + 1))
    assert summary.outcome in (None, *summary.possible)
    if summary.failed or summary.declared:
        assert summary.outcome is rubric.outcomes[-1]


@given(st.data(), st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant_to_every_kind(data: st.DataObject, random: Random) -> None:
    rubric = data.draw(st.sampled_from(list(EXAMPLES.values())))
    answers = data.draw(answer_sets(rubric))
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert summarize(rubric, dict(shuffled), {}) == summarize(rubric, answers, {})


@given(st.data())
def test_answering_one_more_item_never_widens_what_is_possible(data: st.DataObject) -> None:
    """Whatever a blank item is answered with, the outcome was already held possible."""
    rubric = data.draw(st.sampled_from(list(EXAMPLES.values())))
    answers = data.draw(answer_sets(rubric))
    before = summarize(rubric, answers, {})
    for item in rubric.items.values():
        if item.id not in answers:
            after = summarize(rubric, answers | {item.id: data.draw(any_answer(item))}, {})
            if not after.failed:
                assert {outcome.id for outcome in after.possible} <= {outcome.id for outcome in before.possible}
