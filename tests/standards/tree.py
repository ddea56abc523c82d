"""The project's own files, for tests that hold all of them to a rule."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "storage", "sandbox", "locales")
_NOT_OURS = {"__pycache__", "node_modules", "build", "dist", "demo-data", "data-sandbox"}
_HIDDEN_BUT_OURS = {".ci", ".gitignore"}


def files() -> Iterator[Path]:
    """Every file of the project, without what tools leave behind."""
    yield from _below(ROOT)


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") and path.name not in _HIDDEN_BUT_OURS:
            continue
        if path.name in _NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def modules() -> list[Path]:
    """Every Python module that is shipped."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    """The path as it reads from the project's folder."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[ast.Constant]:
    """The strings that are documentation: those that stand as a statement of their own."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string literal that is not documentation."""
    documentation = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            yield node
