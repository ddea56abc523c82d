"""The invented rubrics of docs/examples, and everything that can be said of their items."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from bot.rubric.answers import Chosen, Counted, Excused, Measured, Sampled, Ticked
from bot.rubric.facts import CountFacts, DeductionFacts, MeasureFacts, ProofFacts, RateFacts
from bot.rubric.loader import load

if TYPE_CHECKING:
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Rubric

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLES = {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}
ITEMS = [item for rubric in EXAMPLES.values() for item in rubric.items.values()]


def any_answer(item: Item) -> st.SearchStrategy[Answer]:
    """Any answer that the item offers."""
    offered: list[st.SearchStrategy[Answer]] = [st.just(Chosen(level.id)) for level in item.levels]
    match item.facts:
        case CountFacts() | DeductionFacts():
            offered.append(st.builds(Counted, st.integers(0, 20)))
        case RateFacts():
            offered.append(st.integers(0, 100).map(lambda errors: Sampled(100, errors)))
        case MeasureFacts(most=most):
            figures = st.decimals(0, most or Decimal(1000), places=2, allow_nan=False, allow_infinity=False)
            offered.append(st.builds(Measured, figures))
        case ProofFacts(proofs=proofs):
            subsets = st.sets(st.sampled_from([proof.id for proof in proofs]))
            offered.append(
                subsets.map(lambda chosen: Ticked(tuple(proof.id for proof in proofs if proof.id in chosen)))
            )
    if item.not_applicable is not None:
        offered.append(st.just(Excused("没有")))
    return st.one_of(offered)


def answer_sets(rubric: Rubric) -> st.SearchStrategy[dict[str, Answer]]:
    """Any set of answers, from none to all."""
    return st.fixed_dictionaries({}, optional={item.id: any_answer(item) for item in rubric.items.values()})
