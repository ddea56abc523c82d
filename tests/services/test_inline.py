"""One's own score by inline query: for oneself, as it stands, and nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.dialogue import access
from bot.dialogue.access import Access
from bot.dialogue.given import Command, Commanded, Tapped
from bot.dialogue.intents import StartPractice
from bot.dialogue.screen import Line
from bot.localization import Localizers
from bot.services.inline import Asked, Told, tell

if TYPE_CHECKING:
    from tests.services.conftest import Desk

ME, SOMEBODY_ELSE = 100, 200
ZH = Localizers.load("Asia/Shanghai").of("zh_CN")


async def ask(desk: Desk, words: str = "", sender: int = ME) -> Told:
    asked = Asked(await desk.accept(sender), sender, "q", words)
    return await desk.storage.run(lambda tx: tell(tx, asked=asked, conversation=desk.conversation, now=desk.now))


def read(told: Told) -> str:
    assert told.screen is not None
    blocks = (each for each in told.screen.blocks if isinstance(each, Line))
    return "\n".join("".join(ZH.text(span.text) for span in each.spans) for each in blocks)


async def test_it_tells_the_beginning_of_the_askers_own_score(desk: Desk) -> None:
    await desk.give(Tapped(StartPractice()))
    told = await ask(desk, "评分")
    assert "自评得分" in read(told)
    assert "判断" in read(told)
    assert "试填" in read(told)
    assert len(read(told)) < 500
    assert told.screen is not None
    assert told.screen.rows == ()


async def test_somebody_without_an_assessment_is_told_no_score_and_not_made_known(desk: Desk) -> None:
    await desk.give(Tapped(StartPractice()))
    assert (await ask(desk, sender=SOMEBODY_ELSE)).screen is None
    assert await desk.storage.run(lambda tx: tx.known(SOMEBODY_ELSE)) is None
    await desk.give(Commanded(Command.START), SOMEBODY_ELSE)
    assert (await ask(desk, sender=SOMEBODY_ELSE)).screen is None


@pytest.mark.parametrize(
    ("words", "is_understood"),
    [("", True), ("评", True), (" 评分 ", True), ("SCORE", True), ("分", False), ("x", False)],
)
async def test_only_the_word_for_the_score_is_understood(desk: Desk, words: str, *, is_understood: bool) -> None:
    await desk.give(Tapped(StartPractice()))
    told = await ask(desk, words)
    assert (told.is_understood, told.screen is not None) == (is_understood, is_understood)


async def test_asking_changes_no_position_and_owes_nothing(desk: Desk) -> None:
    await desk.give(Tapped(StartPractice()))
    before = await desk.storage.run(lambda tx: (tx.known(ME), len(tx.owed())))
    await ask(desk)
    assert await desk.storage.run(lambda tx: (tx.known(ME), len(tx.owed()))) == before
    assert not await desk.storage.run(lambda tx: tx.waiting())


def test_the_rule_of_the_score_screen_holds() -> None:
    assert access.PLACES[access.INLINE] is Access.MAY_FILL
