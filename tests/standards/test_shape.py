"""The shape of the code: small modules that each say in a sentence what they are for, and small functions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.standards.tree import modules, name_of, parsed

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_is_small_and_so_are_its_functions(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{lines} lines: split it"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name}: {length} lines: split it"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_opens_with_one_sentence_that_says_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(parsed(path)) or ""
    first = words.partition("\n\n")[0]
    assert first.endswith((".", "?", "!")), first
    assert "\n" not in first
    assert ". " not in first.replace("e.g. ", "").replace("i.e. ", ""), "one sentence; more in a paragraph of its own"
