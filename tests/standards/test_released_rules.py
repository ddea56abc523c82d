"""The rules of the check may be mended, but their names last: explanations that people wrote stand under them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from bot.data_files.strict_yaml import read

DATA = files("bot.watch") / "data"
RELEASED = (Path(__file__).parent / "released_rules.txt").read_text("utf-8").splitlines()


def test_every_rule_is_listed_and_every_listed_one_is_there() -> None:
    """A name that is listed no more would leave an explanation without the finding that it answers."""
    texts = {file.name.removesuffix(".yaml"): file.read_text("utf-8") for file in DATA.iterdir()}
    assert {f"{name} {rule['id']}" for name, text in texts.items() for rule in read(text).data} == set(RELEASED)


def test_a_rule_is_listed_once_and_no_name_is_used_for_two() -> None:
    names = [line.split()[1] for line in RELEASED]
    assert sorted(names) == sorted(set(names))
