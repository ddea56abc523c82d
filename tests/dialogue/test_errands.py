"""On the way from the check: below every card that mends something, the way back and the next finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.check_intents import Mend
from bot.dialogue.given import Tapped
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.rehearsal import ME
from tests.dialogue.checking import NO_ACCOUNT, PLANTED, Station, at
from tests.watch.stations import station


@pytest.fixture
def player() -> Station:
    return Station(PLANTED)


def test_from_every_card_that_mends_a_finding_one_tap_leads_to_the_next(player: Station) -> None:
    player.send("/check")
    player.press("1 去补正")
    before = len(player.open)
    player.type("1")
    assert len(player.open) == before - 1
    assert f"下一条（还有{before - 1}条）" in player.seen().labels
    player.press("下一条")
    assert "情形" in player.seen().text
    player.type("1")
    player.press("下一条")
    assert player.turn.position.place == Place(PlaceKind.MEASURE, "2.1.10")
    player.press("开始写")
    player.type("应急预案没有更新", "人员变动", "修订并演练", "吉某", "2017年5月31日")
    rules = []
    for _ in range(len(player.open)):
        player.press("下一条")
        rules.append(player.turn.position.errand.partition("/")[0])
    assert set(rules) == {each.rule for each in player.open}, "round the list, each once"


def test_from_a_card_that_mends_a_finding_one_tap_leads_back_to_its_page_of_the_list() -> None:
    player = at(PLANTED, "下一页", "6 去补正")
    assert player.turn.position.place.kind is PlaceKind.FIELD
    player.press("回到核对清单")
    assert player.turn.position.place == Place(PlaceKind.CHECK, "2")
    assert player.turn.position.errand == ""


def test_the_way_back_outlives_a_look_at_the_help(player: Station) -> None:
    player.lead_to("missing_registration")
    player.send("/help")
    player.press("回到刚才")
    assert "回到核对清单" in player.seen().labels


@pytest.mark.parametrize("elsewhere", ["/form", "/map", "/start"])
def test_whoever_opens_an_overview_is_no_longer_on_the_way_from_the_check(player: Station, elsewhere: str) -> None:
    player.lead_to("missing_registration")
    player.send(elsewhere)
    player.send("2.1.4")
    assert not {"回到核对清单"} & set(player.seen().labels)


def test_where_nothing_is_left_the_way_back_is_all_that_is_offered() -> None:
    player = at(NO_ACCOUNT, "1 核对", "去看：鉴定收费")
    player.tap("是")
    assert player.open == []
    assert "回到核对清单" in player.seen().labels
    assert "下一条" not in "".join(player.seen().labels)


def test_a_finding_that_was_mended_meanwhile_leads_to_the_list() -> None:
    player = at(NO_ACCOUNT)
    assert player.rehearsal.assessment is not None
    number = player.rehearsal.assessment.id
    player.rehearsal.assessments[number] = replace(station(), id=number, owner=ME)
    turn = player.rehearsal.give(Tapped(Mend("fiscal_account/2.1.4"), number))
    assert turn.position.place == Place(PlaceKind.CHECK)
    assert turn.notice is not None
    assert turn.notice.text.key == "watch.settled"
