"""Every sentence that the documents ask for is in the data, and every sentence in the data is asked for."""

from __future__ import annotations

import ast
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pytest

from bot.data_files.strict_yaml import read
from tests.standards.tree import literals, modules, name_of, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = files("bot.reports") / "data"
GENERAL: Final = read((FOLDER / "general" / "sentences.yaml").read_text(encoding="utf-8")).data
REPORTS: Final = [path for path in modules() if name_of(path).startswith("bot/reports/")]


def asked() -> Iterator[tuple[str, str]]:
    """Every literal key that is handed over, with its module."""
    for path in REPORTS:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("words", "render") and node.args:
                keys = [each for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                yield from ((name_of(path), each.value) for each in keys if "." in str(each.value))


def test_every_sentence_that_is_asked_for_is_there() -> None:
    assert isinstance(GENERAL, dict)
    assert {(module, key) for module, key in asked() if key not in GENERAL} == set()


def test_every_sentence_is_asked_for() -> None:
    assert isinstance(GENERAL, dict)
    said = {literal.value for path in REPORTS for literal in literals(parsed(path))}
    assert sorted(set(GENERAL) - said) == []


@pytest.mark.parametrize("folder", sorted(each.name for each in FOLDER.iterdir() if each.name != "general"))
def test_a_table_replaces_only_sentences_that_there_are(folder: str) -> None:
    own = read((FOLDER / folder / "sentences.yaml").read_text(encoding="utf-8")).data
    assert isinstance(GENERAL, dict)
    assert isinstance(own, dict)
    assert set(own) - set(GENERAL) == set()
