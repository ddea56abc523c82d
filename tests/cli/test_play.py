"""`zicha play`: the conversation in a terminal, recorded word for word on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner

from bot.cli.play import command
from bot.localization import Localizers
from tests.journeys.memory import ROOT, MemoryPlayer
from tests.journeys.runner import load, replay

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = Localizers.load("Asia/Shanghai")


def play(typed: str, *options: str, locale: str = "zh_CN") -> str:
    """What the terminal shows when those lines are typed; an empty line ends it."""
    result = CliRunner().invoke(command(LANGUAGES.of(locale)), options, input=typed)
    assert result.exit_code == 0, result.output
    return result.output


def test_it_begins_with_the_start_page_and_numbers_its_buttons() -> None:
    shown = play("\n")
    assert "职业技能鉴定站（所）自查" in shown
    assert "#1 [ 试填 ]" in shown
    assert "#2 [ 我有邀请码 ]" in shown


def test_a_button_is_tapped_by_its_number_and_words_are_typed_as_they_are() -> None:
    shown = play("#1\n6.6.1\n200 7\n\n")
    assert "试填开始" in shown
    assert "抽查200份，有差错7份，差错率3.5%" in shown


@pytest.mark.parametrize("words", ["#0", "#99", "#", "#1a", "#" + "9" * 5000], ids=lambda words: words[:4])
def test_a_number_that_no_button_has_is_only_words(words: str) -> None:
    assert "还没有开始" in play(f"{words}\n\n")


def test_it_ends_quietly_with_the_input() -> None:
    assert "已填0/61项" in play("#1")


def test_it_speaks_the_language_of_the_terminal() -> None:
    assert "#1 [ Practice run ]" in play("\n", locale="en")


def test_a_recording_is_a_journey_that_replays_to_the_letter(tmp_path: Path) -> None:
    file = tmp_path / "一次试填.yaml"
    shown = play("#1\n#8\n2.1.10\n2\n还没有编\n/score\n\n", "--record", str(file))
    assert str(file) in shown
    journey = load(file)
    assert journey.name == "一次试填"
    assert len(replay(journey, MemoryPlayer(journey)).seen) == 7


def test_a_recording_that_was_tampered_with_does_not_replay(tmp_path: Path) -> None:
    file = tmp_path / "recorded.yaml"
    play("#1\n#8\n\n", "--record", str(file))
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    raw["steps"][2]["screen"] = raw["steps"][2]["screen"].replace("已填7/61项", "已填8/61项")
    file.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    journey = load(file)
    with pytest.raises(AssertionError, match="should be the screen"):
        replay(journey, MemoryPlayer(journey))


def test_an_author_walks_a_file_of_their_own_and_its_recording_replays(tmp_path: Path) -> None:
    file = tmp_path / "recorded.yaml"
    example = "docs/examples/workshop.yaml"
    shown = play("#1\nb\n\n", "--rubric", str(ROOT / example), "--record", str(file))
    assert "1.1.1 B　基本齐全（4分），已记" in shown
    file.write_text(file.read_text(encoding="utf-8").replace(str(ROOT / example), example), encoding="utf-8")
    journey = load(file)
    assert len(replay(journey, MemoryPlayer(journey)).seen) == 3


def test_a_wrong_file_is_refused_in_its_authors_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        (ROOT / "docs/examples/workshop.yaml").read_text("utf-8").replace("total: 20", "total: 21"), "utf-8"
    )
    result = CliRunner().invoke(command(LANGUAGES.of("zh_CN")), ["--rubric", str(file)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("R031 ")
    assert "总分写的是21分，各大项合计20分" in result.stderr


def test_an_unknown_rubric_is_refused() -> None:
    result = CliRunner().invoke(command(LANGUAGES.of("zh_CN")), ["--rubric", "nowhere"])
    assert result.exit_code == 2
    assert result.stderr.startswith("S008 ")
