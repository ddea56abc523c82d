"""From a dozen planted contradictions to none, as a station would go: by the buttons of the check alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.check_intents import StartMeasure
from bot.dialogue.engine import step
from bot.dialogue.flows.check import LONGEST_EXPLANATION
from bot.dialogue.flows.navigation import is_real
from bot.dialogue.given import Tapped, Typed
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.rubric.answers import Chosen
from tests.dialogue.builders import EMPTY, RUBRIC, at_the_station, world
from tests.dialogue.checking import LOSS, NO_ACCOUNT, PLANTED, RULES_BROKEN, THEIRS, Station, at
from tests.watch.stations import MEASURE, row, station


@pytest.fixture
def player() -> Station:
    return Station(PLANTED)


def test_the_check_leads_from_a_dozen_contradictions_to_none(player: Station) -> None:
    assert {each.rule for each in player.open} == RULES_BROKEN
    assert len(RULES_BROKEN) >= 12
    player.lead_to("blank_items")
    player.type("1")
    player.lead_to("blank_conditions")
    player.type("1")
    player.lead_to("loss_unmeasured")
    player.press("开始写")
    player.type("应急预案没有更新", "人员变动", "修订并演练", "吉某", "2017年5月31日")
    player.lead_to("missing_registration")
    player.type("615000")
    player.lead_to("missing_cancelled")
    player.press("使用合规")
    player.lead_to("change_unexplained")
    player.type("人事调整", "2016年9月1日")
    player.lead_to("leak_beside_secrecy")
    player.press("去看：情形⑸")
    player.press("没有发生过")
    player.type("当时看错了")
    correct(player, "appraised_beyond_scope", "近3年鉴定情况第2行", "职业（工种）", "中式烹调师")
    correct(player, "examiner_beyond_scope", "考评人员第1行", "考评职业（工种）", "中式烹调师")
    correct(player, "term_over", "考评人员第1行", "聘任期限", "2016-03-01 至 2019-02-28")
    player.lead_to("supervisors")
    player.press("去看：督导人员")
    player.press("加一行")
    player.type("赵某", "本科", "高级讲师", "中式烹调师", "州鉴定中心")
    player.lead_to("licence_expired")
    player.press("去看：许可证有效期")
    player.type("2014-05-01 至 2018-04-30")
    for rule in ("fiscal_account", "posts"):
        player.lead_to(rule)
        player.press("写明情况")
        player.type("按县里规定办理，县财政局有文件")
    assert player.open == []
    player.send("/check")
    assert "须补正0条，请核对2条（其中2条已写明情况）" in player.seen().text
    assert "没有须补正的了" in player.seen().text


def correct(player: Station, rule: str, row: str, column: str, words: str) -> None:
    """One of two facts is wrong: a cell of that row."""
    player.lead_to(rule)
    player.press(row)
    player.press(column)
    player.type(words)
    assert rule not in {each.rule for each in player.open}


def test_a_station_in_order_hears_that_nothing_is_left() -> None:
    assert "没有须补正的了" in at(station()).seen().text


def test_a_finding_names_both_facts_and_has_a_button_to_each() -> None:
    seen = at(NO_ACCOUNT, "1 核对").seen()
    assert "鉴定收费是否进入财政专户：否" in seen.text
    assert "2.1.4：未发现问题（1分）" in seen.text
    assert {"去看：鉴定收费是否进入财政专户", "去看：2.1.4", "都没错，写明情况"} <= set(seen.labels)


def test_an_explanation_can_be_undone() -> None:
    player = at(NO_ACCOUNT, "1 核对", "写明情况")
    player.type("按县里规定缴入国库")
    assert player.open == []
    player.send("/undo")
    assert [each.rule for each in player.open] == ["fiscal_account"]


def test_an_explanation_that_a_colleague_wrote_meanwhile_is_shown_before_it_is_replaced() -> None:
    theirs = replace(NO_ACCOUNT, entries={**NO_ACCOUNT.entries, "explained.fiscal_account/2.1.4": THEIRS})
    here = at_the_station(theirs)
    writing = Position(Place(PlaceKind.WRITE_EXPLANATION, "fiscal_account/2.1.4"), NO_ACCOUNT.id)
    warned = step(writing, Typed("按省里规定办理"), here)
    assert warned.events == ()
    again = step(warned.position, Typed("按省里规定办理"), here)
    assert [type(event).__name__ for event in again.events] == ["EntryWritten"]


def test_leaving_the_explanation_leads_back_to_the_finding() -> None:
    player = at(NO_ACCOUNT, "1 核对", "写明情况")
    player.send("/cancel")
    assert player.turn.events == ()
    assert player.turn.position.place == Place(PlaceKind.FINDING, "fiscal_account/2.1.4")


def test_an_explanation_that_is_too_long_is_refused_and_asked_for_again() -> None:
    player = at(NO_ACCOUNT, "1 核对", "写明情况")
    player.type("问" * (LONGEST_EXPLANATION + 1))
    assert player.turn.events == ()
    assert player.turn.position.place.kind is PlaceKind.WRITE_EXPLANATION


def test_an_explanation_of_what_agrees_by_now_is_not_kept() -> None:
    player = at(NO_ACCOUNT, "1 核对", "写明情况")
    begun = player.rehearsal.assessment
    assert begun is not None
    player.rehearsal.assessments[begun.id] = replace(station(), id=begun.id, owner=ME)
    player.type("按县里规定缴入国库")
    assert player.turn.events == ()
    assert player.turn.position.place.kind is PlaceKind.CHECK


def test_after_a_fact_changed_the_explanation_is_asked_for_again_with_the_old_words() -> None:
    player = at(NO_ACCOUNT, "1 核对", "写明情况")
    player.type("按县里规定缴入国库")
    player.type("2.1.4", "2", "2.1.4", "1")
    player.send("/check")
    assert [each.rule for each in player.open] == ["fiscal_account"]
    assert "原来写明的情况（后来改过内容，请再核对）：按县里规定缴入国库" in player.seen().text


def test_a_contradiction_is_said_by_the_answer_that_brings_it_about() -> None:
    player = Station(station({"2.1.4": None}, {}, {"registration.fiscal_account": "no"}))
    player.type("2.1.4", "1")
    notice = player.seen().notice or ""
    assert "2.1.4 未发现问题（1分），已记" in notice
    assert "请核对：鉴定收费没有进入财政专户" in notice


def test_a_contradiction_is_said_by_the_cell_that_brings_it_about() -> None:
    player = Station(station())
    player.send("/form")
    player.press("登记表（附件3）")
    player.press("近3年鉴定情况")
    player.press("1")
    player.press("职业（工种）")
    player.type("保育员")
    assert "鉴定过保育员，许可证的鉴定范围里没有" in (player.seen().notice or "")


def test_an_answer_that_agrees_with_everything_says_nothing_more() -> None:
    player = Station(station({"2.1.4": None}))
    player.type("2.1.4", "1")
    assert "请核对" not in (player.seen().notice or "")


def test_the_sentence_on_a_lost_point_becomes_the_problem_of_its_measure() -> None:
    player = Station(station())
    player.type("2.1.10", "2", "应急预案没有更新")
    player.send("/check")
    player.press("1 去补正")
    assert "应急预案没有更新" in player.seen().text
    player.press("开始写")
    player.type("人员变动", "修订并演练", "吉某", "2017年5月31日")
    assert player.open == []


def test_a_measure_is_begun_once_however_often_it_is_tapped() -> None:
    player = at(LOSS, "1 去补正", "开始写")
    begun = player.turn.assessment
    again = player.rehearsal.give(Tapped(StartMeasure("2.1.10"), None if begun is None else begun.id))
    assert again.events == ()
    assert again.position.place == Place(PlaceKind.MEASURE, "2.1.10")


def test_no_measure_is_begun_where_nothing_was_lost() -> None:
    player = at(station())
    turn = player.rehearsal.give(Tapped(StartMeasure("2.1.10"), player.turn.screen.assessment))
    assert turn.events == ()


def test_a_declared_condition_leads_to_its_measure() -> None:
    player = Station(station({}, {"beyond_scope": True}))
    player.send("/veto")
    player.press("⑶")
    player.press("整改措施")
    player.press("开始写")
    player.type("鉴定过保育员", "没有核对许可证", "停止鉴定", "吉某", "2017年5月31日")
    assert "condition_unmeasured" not in {each.rule for each in player.open}
    assert player.rehearsal.assessment is not None
    assert player.rehearsal.assessment.entry("measures.problems/1/about").value == "⑶"


def test_mending_the_loss_keeps_the_measure_and_says_that_it_is_no_longer_needed() -> None:
    written = row("measures.problems", 1, about="2.1.10", **MEASURE)
    player = at(station({"2.1.10": Chosen("none")}, {}, written), "整改清单")
    assert "共1条，0条没有写全" in player.seen().text
    player.type("2.1.10", "1")
    player.send("/check")
    player.press("整改清单")
    assert "不再需要（内容保留）" in player.seen().text
    assert "应急预案没有更新" in player.seen().text


def test_everything_lost_and_declared_is_on_some_page() -> None:
    items = {each.id: Chosen(each.zero_levels[0].id) for each in RUBRIC.items.values()}
    player = at(station(items, dict.fromkeys(RUBRIC.vetoes_by_id, True)))
    read_through(player)
    player.press("整改清单")
    listed = read_through(player)
    assert [each for each in (*RUBRIC.items, *(veto.mark for veto in RUBRIC.vetoes)) if each not in listed] == []


def read_through(player: Station) -> str:
    """Everything on the page at hand and those behind it."""
    text = player.seen().text
    while "下一页" in player.seen().labels:
        player.press("下一页")
        text += player.seen().text
    return text


@pytest.mark.parametrize("subject", ["0", "00", "1.1.1", "100", "-1", "²"])
def test_a_page_that_cannot_be_is_none(subject: str) -> None:
    assert not is_real(Place(PlaceKind.CHECK, subject), world(EMPTY))


@pytest.mark.parametrize("subject", ["", "/", "nothing/1", "blank_items/"])
def test_what_no_rule_finds_or_nobody_can_explain_is_no_finding(subject: str) -> None:
    assert not is_real(Place(PlaceKind.FINDING, subject), world(EMPTY))


def test_without_a_form_the_answers_are_checked_all_the_same() -> None:
    player = Station(replace(station({"9.1.1": None}), form=None, entries={}))
    player.send("/check")
    assert "评估表有1项没有填，第一项是9.1.1" in player.seen().text
    assert "整改清单" not in player.seen().labels


def test_the_list_says_what_is_to_be_done_next_and_no_more_than_can_be_done() -> None:
    assert "点“去补正”到该改的地方" in at(LOSS).seen().text
    assert "请核对的，改正其中一处，或写明情况" in at(NO_ACCOUNT).seen().text
    assert "自查结果见 /score" in at(station()).seen().text
    assert all(word not in at(LOSS).seen().text for word in ("定稿", "盖章件", "回传"))
