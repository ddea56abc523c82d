"""What the commands print for the Sichuan rubric is a promise to the letter, however the format grows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli import rubric as rubric_command
from bot.cli import score as score_command
from bot.localization import LOCALES, Localizers

if TYPE_CHECKING:
    import click

FOLDER = Path(__file__).parent / "golden"
LANGUAGES = Localizers.load("Asia/Shanghai")
ANSWERS = str(FOLDER / "answers.json")


def printed(command: click.Command, *arguments: str) -> bytes:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0
    return result.stdout_bytes


@pytest.mark.parametrize("locale", LOCALES)
def test_what_machines_read_is_byte_for_byte_what_it_was(locale: str) -> None:
    localizer = LANGUAGES.of(locale)
    score = printed(score_command.command(localizer), ANSWERS, "--json")
    shown = printed(rubric_command.command(localizer), "show", "--json")
    assert score == (FOLDER / "score--json.txt").read_bytes()
    assert shown == (FOLDER / "rubric-show--json.txt").read_bytes()


@pytest.mark.parametrize("locale", LOCALES)
def test_what_people_read_is_byte_for_byte_what_it_was(locale: str) -> None:
    localizer = LANGUAGES.of(locale)
    assert printed(score_command.command(localizer), ANSWERS) == (FOLDER / f"score.{locale}.txt").read_bytes()
    for name in ("show", "outline", "check"):
        shown = printed(rubric_command.command(localizer), name)
        assert shown == (FOLDER / f"rubric-{name}.{locale}.txt").read_bytes()
