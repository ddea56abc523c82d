"""docs/rubric-format.md tells of every key and every kind of fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.rubric import source
from bot.rubric.codes import RubricCode
from bot.rubric.loader import load

TEXT = (Path(__file__).parents[2] / "docs" / "rubric-format.md").read_text(encoding="utf-8")
SHAPES = [each for each in vars(source).values() if isinstance(each, type) and issubclass(each, BaseModel)]
KEYS = sorted({key for shape in SHAPES for key in shape.model_fields})


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_documented(key: str) -> None:
    assert re.search(rf"\b{key}\b", TEXT)


@pytest.mark.parametrize("code", RubricCode, ids=str)
def test_every_code_lies_in_a_documented_range(code: RubricCode) -> None:
    ranges = re.findall(r"^\| (R\d{3})(?:–(R\d{3}))? \|", TEXT, re.MULTILINE)
    assert any(first <= code <= (last or first) for first, last in ranges)


def test_the_table_that_the_author_starts_from_is_sound() -> None:
    first = next(block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if block.startswith("id:"))
    assert load(first).total == 5
