"""自查报告: who it is to, what it says of everything that was checked, and that nobody's words become its structure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assessments.model import EntryRecord, VetoRecord
from bot.forms.model import Need
from bot.reports.case import Explanation
from bot.reports.compiling import compile_package
from bot.reports.model import Kind, Style
from bot.rubric.answers import Excused
from bot.stations.model import Station
from tests.reports.reading import answered, body, document, paragraphs, without_entries, written
from tests.reports.samples import AUTHORITY, STATION, TEMPLATES, sample_assessment, sample_case, sample_package
from tests.watch.stations import FORM, NOW, RUBRIC

CENTRE = "省职业技能鉴定指导中心："
HOSTILE = (
    "{{ 7*7 }}",
    "{% for each in items %}",
    "{# 注 #}",
    "一、假标题",
    "第一行\n一、假标题\r\n（一）又一个",
    "${7*7}",
)


def letter_of(**changes: object) -> list[str]:
    """The paragraphs of the sample's letter."""
    return paragraphs(document(sample_package(**changes), Kind.LETTER))


def test_it_goes_to_the_authority() -> None:
    assert letter_of()[1] == f"{AUTHORITY.name}："


def test_a_station_approved_by_the_province_writes_to_its_centre() -> None:
    assert letter_of(station=replace(STATION, direct=True))[1] == CENTRE
    assert letter_of(assessment=sample_assessment(entries={"licence.direct": "yes"}))[1] == CENTRE


def test_an_unknown_addressee_leaves_room_to_write_one() -> None:
    line = letter_of(authority=None)[1]
    assert line.endswith("：")
    assert line.rstrip("：").isspace()


def test_every_condition_stands_in_it_with_what_was_answered() -> None:
    said = body(answered(Kind.LETTER))
    for veto in RUBRIC.vetoes:
        assert f"{veto.text}：不存在此情形" in said


def test_a_declared_condition_says_what_and_when() -> None:
    vetoes = {
        **sample_assessment().vetoes,
        "leak_or_accident": VetoRecord("leak", declared=True, note="2016年5月电工试卷外泄", revision=1, at=NOW),
        "idle_three_years": VetoRecord(note="2016年底才批准设立", revision=1, at=NOW),
        "forged_certificates": VetoRecord(),
    }
    said = "\n".join(letter_of(assessment=replace(sample_assessment(), vetoes=vetoes)))
    assert "重大责任事故等：存在此情形，发生过试题泄露。2016年5月电工试卷外泄。" in said
    assert "⑹近3年没有开展鉴定工作：情况特殊，2016年底才批准设立。请审查确定。" in said
    assert "⑵伪造证书信息：尚未作答。" in said
    assert "⑸所列情形，按照有关规定直接列为不合格" in said


def test_what_was_lost_is_said_with_its_reason() -> None:
    said = body(answered(Kind.LETTER))
    assert "2.规章制度情况：分值14分，自评13分。" in said
    assert "应急处理预案：失1分，有问题。说明：预案是2014年的，没有更新。" in said
    assert "自评0分，待审定（0—1分），正好3个一般性问题。说明：东侧两盏灯不亮，已报修。" in said
    assert "抽查300份，有差错9份（正好3%）。" in said
    assert "自评1分，待审定（0—1分），不涉及，情况：近一年没有作废试卷。" in said
    assert "1.岗位设置情况：分值11分，自评11分，没有失分。" in said


def test_the_conclusion_is_never_more_than_the_station_may_say() -> None:
    said = body(answered(Kind.LETTER))
    assert "自评总分：91分（待审定90—93分）。自评结果：自评达到60分，以审查评估和公布为准。" in said
    assert "自评结果：尚有1项未评，暂不作结论。" in body(answered(Kind.LETTER, {"1.1.1": None}))


def test_a_chapter_of_which_nothing_was_answered_claims_nothing() -> None:
    blank = {item: None for item in RUBRIC.items if item.startswith("9.")}
    assert "9.质量监督反馈：分值10分，自评0分，未评3项。" in body(answered(Kind.LETTER, blank))


def test_each_measure_has_its_owner_and_date() -> None:
    said = body(answered(Kind.LETTER))
    why = "问题：应急预案没有更新。原因：人员变动。"
    what = "整改措施：修订并演练。责任人：吉某。整改期限：2017年5月31日。进展：整改中。"
    assert f"“{RUBRIC.items['2.1.10'].text}”：{why}{what}" in said
    assert f"“{RUBRIC.items['4.1.1'].text}”：整改措施尚未填写。" in said


def test_an_intention_stands_where_no_measure_was_written() -> None:
    case = without_entries(sample_case(), "measures.")
    said = body(document(compile_package(case, TEMPLATES, is_draft=True), Kind.LETTER))
    assert "整改打算：修订预案，5月底前演练一次。" in said


CANCELLED = {
    "none": "某某职业（现在鉴定）：七份文件都查对过，没有这个职业。",
    "d2014_50": "某某职业（现在鉴定）：在国发〔2014〕50号公布取消的项目里；还在考试、鉴定或发证。"
    "原因：考生未考完。处理措施：停止报名。整改期限：2017年5月31日。",
}


@pytest.mark.parametrize("found", CANCELLED)
def test_each_occupation_stands_with_its_document(found: str) -> None:
    cells = {"occupation": "某某职业", "appraised": "now", "document": found, "stopped": "continues"}
    cells |= {"reason": "考生未考完", "measure": "停止报名", "deadline": "2017-05-31"}
    entries = {f"cancelled.occupations/1/{column}": value for column, value in cells.items()}
    assert f"1.{CANCELLED[found]}" in body(answered(Kind.LETTER, entries=entries)).split("\n")


def test_a_found_problem_says_reason_measure_and_deadline() -> None:
    said = body(
        written(
            Kind.LETTER,
            cancelled__emblem="found",
            cancelled__emblem_reason="封面未更换。",
            cancelled__emblem_measure="收回旧证",
            cancelled__emblem_deadline="2017-05-31",
        )
    )
    assert "5.国徽标志：有违规使用国徽标志的。原因：封面未更换。处理措施：收回旧证。整改期限：2017年5月31日。" in said


def test_what_was_not_checked_is_not_passed_over() -> None:
    case = without_entries(sample_case(), "cancelled.")
    said = body(document(compile_package(case, TEMPLATES, is_draft=True), Kind.LETTER))
    assert "逐个职业（工种）的核对情况尚未填写。" in said
    assert said.count("：尚未填写。") == 5


def test_the_heads_own_lines_stand_as_they_were_written() -> None:
    said = paragraphs(written(Kind.LETTER, report__organised="3月30日部署。\n分三组核对。"), Style.BODY)
    assert said[1:3] == ["3月30日部署。", "分三组核对。"]


def test_a_part_that_falls_away_leaves_no_gap_in_the_numbers() -> None:
    def headings(**changes: object) -> list[str]:
        return paragraphs(document(sample_package(**changes), Kind.LETTER), Style.HEADING)

    assert [each[:2] for each in headings()] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、"]
    assert [each[:2] for each in headings(explanations=())] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]


def test_explanations_stand_with_what_they_explain() -> None:
    said = letter_of(explanations=(Explanation("两处对不上", "当年停办"),))
    assert "（1）两处对不上。情况说明：当年停办。" in said


def test_what_goes_along_is_listed_and_nothing_else() -> None:
    listed = next(each for each in letter_of() if each.startswith("附件："))
    assert [line.strip() for line in listed.removeprefix("附件：").split("\n")] == [
        f"1.{RUBRIC.title}",
        "2.四川省职业技能鉴定站（所）登记表",
        "3.职业技能鉴定许可证副本原件",
        "4.职业技能鉴定许可证副本复印件",
        "5.变更登记申请",
        "6.佐证材料目录",
    ]
    unchanged = without_entries(sample_case(), "licence.head", "evidence/")
    less = body(document(compile_package(unchanged, TEMPLATES, is_draft=True), Kind.LETTER))
    assert "变更登记申请" not in less
    assert "佐证材料目录" not in less


def test_it_is_signed_on_the_day_of_the_form_or_left_to_the_pen() -> None:
    assert letter_of()[-2:] == [STATION.name, "2017年4月20日"]
    unsigned = without_entries(sample_case(), "registration.filled_on")
    last = paragraphs(document(compile_package(unsigned, TEMPLATES, is_draft=True), Kind.LETTER))[-1]
    assert "".join(last.split()) == "年月日"


@pytest.mark.parametrize("words", HOSTILE)
def test_nobodys_words_become_a_template_or_a_heading(words: str) -> None:
    made = sample_assessment({"6.4.5": Excused(words)})
    entries = {subject: record for subject, record in made.entries.items() if not subject.startswith("evidence/")}
    texts = ("registration.name", "report.problems", "report.other", "cancelled.occupations/1/occupation")
    texts += tuple(f"measures.problems/1/{each}" for each in ("problem", "cause", "measure", "owner", "proof"))
    hostile = replace(
        made,
        entries={**entries, **{each: EntryRecord(words, 1, 1, NOW) for each in texts}},
        items={item: replace(record, note=words, remedy=words) for item, record in made.items.items()},
        vetoes={veto: replace(record, note=words) for veto, record in made.vetoes.items()},
    )
    read = document(
        sample_package(
            assessment=hostile,
            station=Station(1, "1", words, "1"),
            authority=replace(AUTHORITY, name=words),
            explanations=(Explanation(words, words),),
        ),
        Kind.LETTER,
    )
    plain = document(sample_package(), Kind.LETTER)
    structure = (Style.TITLE, Style.HEADING, Style.SUBHEADING)
    assert paragraphs(read, *structure) == paragraphs(plain, *structure)
    assert [each for each in paragraphs(read)[1:] if "\n" in each and not each.startswith("附件：")] == []
    assert body(read).count(" ".join(words.split())) > 20
    assert "49" not in body(read)


def test_nothing_of_the_heads_own_has_to_be_written() -> None:
    section = FORM.section("report")
    assert section is not None
    assert {field.need for field in section.fields} == {Need.OPTIONAL}
    assert not section.printed
