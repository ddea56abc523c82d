"""A released rubric never changes: assessments keep its id and version, so a correction is a new version."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from bot.rubric.loader import library

DATA = files("bot.rubric") / "data"
RUBRICS = library()
RELEASED = {
    name: digest
    for digest, name in (
        line.split() for line in (Path(__file__).parent / "released_rubrics.sha256").read_text("utf-8").splitlines()
    )
}
NAMES = [f"{rubric_id}/{version}.yaml" for rubric_id in RUBRICS.ids for version in RUBRICS.versions(rubric_id)]


def test_every_rubric_is_listed_and_every_listed_one_is_there() -> None:
    assert sorted(RELEASED) == sorted(NAMES)


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_rubric_is_unchanged(name: str) -> None:
    digest = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
    assert digest == RELEASED[name], f"{name} is released: put the change into a new version"


@pytest.mark.parametrize("name", NAMES)
def test_a_rubric_is_named_after_its_file(name: str) -> None:
    rubric_id, _, file = name.partition("/")
    rubric = RUBRICS.get(rubric_id, int(file.removesuffix(".yaml")))
    assert (rubric.id, f"{rubric.version}.yaml") == (rubric_id, file)
