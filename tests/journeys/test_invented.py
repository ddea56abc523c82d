"""The invented rubrics of docs/examples, each walked from the start to its score."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.memory import MemoryPlayer
from tests.journeys.runner import load, replay

JOURNEYS = sorted((Path(__file__).parent / "invented").glob("*.yaml"))
EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_an_invented_rubric_is_walked_from_start_to_score(path: Path) -> None:
    journey = load(path)
    walked = replay(journey, MemoryPlayer(journey))
    everything = len(MemoryPlayer(journey).rehearsal.rubric.items)
    assert walked.seen[-1].score is not None
    assert walked.seen[-1].score["answered"] == everything
    assert journey.steps[0] == {"send": "/start"}


def test_every_invented_rubric_has_its_journey() -> None:
    assert {load(path).rubric for path in JOURNEYS} == {f"docs/examples/{path.name}" for path in EXAMPLES}
