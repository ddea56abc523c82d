"""The documents keep up with the program: every setting and every command is explained."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import click
import pytest

from bot.cli import commands
from bot.localization import Localizers
from bot.settings import PREFIX, Settings
from tests.standards.tree import ROOT, modules, name_of, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DOCUMENTS = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
)
SETTINGS = sorted(f"{PREFIX}{name}".upper() for name in Settings.model_fields)


def paths(command: click.Command, so_far: str = "zicha") -> Iterator[str]:
    """Every command line there is, without its options."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from paths(found, f"{so_far} {name}")
    else:
        yield so_far


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_explained(setting: str) -> None:
    assert f"| `{setting}` |" in OPERATING


def test_every_setting_that_is_explained_exists() -> None:
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", OPERATING)) - set(SETTINGS) == set()


@pytest.mark.parametrize("command", list(paths(commands(Localizers.load("Asia/Shanghai").of(None)))))
def test_every_command_is_explained(command: str) -> None:
    assert command in DOCUMENTS


WRITES_ONLY = {"bot/handlers/request.py": "turns a switch of python-telegram-bot, and reads nothing"}


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        name_of(path)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
    }
    assert readers == set(WRITES_ONLY)
