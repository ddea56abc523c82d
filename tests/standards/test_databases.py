"""A test that is about no particular database keeps its data in the one that was chosen."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.standards.tree import ROOT, literals, name_of, parsed

if TYPE_CHECKING:
    from pathlib import Path

FREE = {
    "tests/databases.py": "opens whichever was chosen",
    "tests/standards/test_databases.py": "has to name what it looks for",
    "tests/storage/": "says of every test which database it is about",
    "tests/torture/": "lays a siege to the database that it is told, and audits a copy in a file",
}
"""Who may name SQLite without the marker `sqlite`, and why."""

SQLITE = re.compile(r"\b(sqlite3|SqliteStorage)\b|sqlite:///")
MARK = "pytest.mark.sqlite"
BOUND = [path for path in sorted((ROOT / "tests").rglob("*.py")) if not name_of(path).startswith(tuple(FREE))]


def strays(tree: ast.Module) -> list[str]:
    """The statements that name SQLite, beside imports, and belong to no test that is marked as one of it."""
    statements = [(node, ast.unparse(node)) for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if any(text.startswith("pytestmark") and MARK in text for _, text in statements):
        return []
    return [text for node, text in statements if SQLITE.search(text) and f"@{MARK}" not in text]


def settles_where_data_are(tree: ast.Module) -> bool:
    """Whether whoever is given a data folder is told which database belongs to it."""
    said = " ".join(str(literal.value) for literal in literals(tree))
    return "DATA_DIR" not in said or "DATABASE_URL" in said


@pytest.mark.parametrize("path", BOUND, ids=name_of)
def test_only_a_test_of_sqlite_names_it(path: Path) -> None:
    assert strays(parsed(path)) == []


@pytest.mark.parametrize("path", BOUND, ids=name_of)
def test_a_data_folder_goes_with_its_database(path: Path) -> None:
    assert settles_where_data_are(parsed(path))


def test_a_test_that_opens_a_file_by_itself_is_found() -> None:
    own = "async def test_a(tmp_path):\n    await open_storage(f'sqlite:///{tmp_path}/x.db', tmp_path)"
    assert strays(ast.parse(own)) != []
    assert strays(ast.parse(f"@{MARK}\n{own}")) == []
    assert strays(ast.parse(f"pytestmark = [pytest.mark.slow, {MARK}]\n{own}")) == []
    assert not settles_where_data_are(ast.parse("environ['ZICHA_DATA_DIR'] = 'x'"))
