"""A station that is in order, and what can be changed about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from bot.assessments.model import Assessment, EntryRecord, ItemRecord, Kind, VetoRecord
from bot.forms.loader import forms
from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from bot.watch.watching import watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.answers import Answer
    from bot.watch.model import Finding

RUBRIC: Final = library().latest("sichuan-2017")
FORM: Final = forms().latest("sichuan-2017")
NOW: Final = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
TODAY: Final = date(2017, 4, 21)
BEST: Final = {item.id: Chosen(item.levels[0].id) for item in RUBRIC.items.values()}

ENTRIES: Final = {
    "licence.number": "5100000001",
    "licence.valid": "2014-05-01/2018-04-30",
    "licence.approved_on": "2012-05-08",
    "licence.head": "吉某",
    "licence.phone": "028-85550000",
    "licence.contact": "李某",
    "licence.address": "西昌市某某路1号",
    "licence.direct": "no",
    "licence.scope/1/occupation": "中式烹调师",
    "licence.scope/1/levels": "junior,intermediate",
    "licence.scope/1/standard": "中式烹调师国家职业标准",
    "registration.name": "某某技工学校职业技能鉴定所",
    "registration.category": "a",
    "registration.filled_on": "2017-04-20",
    "registration.organiser": "某某技工学校",
    "registration.address": "西昌市某某路1号",
    "registration.postcode": "615000",
    "registration.phone": "028-85550000",
    "registration.contact": "李某",
    "registration.head": "吉某",
    "registration.organisation_code": "91510000MA60000077",
    "registration.approval_number": "川人社函〔2012〕100号",
    "registration.floor_area": "1200",
    "registration.receipt": "某某财政票据",
    "registration.fiscal_account": "yes",
    **{
        f"registration.managers/{number}/{column}": value
        for number, post in enumerate(("站长", "综合管理", "考务管理", "试题管理", "技术支持", "网络管理", "会计"), 1)
        for column, value in {
            "name": f"管某{'甲' * number}",
            "education": "本科",
            "post": post,
            "employer": "本校",
        }.items()
    },
    "registration.examiners/1/name": "王某",
    "registration.examiners/1/education": "本科",
    "registration.examiners/1/qualification": "中式烹调师技师",
    "registration.examiners/1/occupation": "中式烹调师",
    "registration.examiners/1/employer": "本校",
    "registration.examiners/1/term": "2016-03-01/2019-02-28",
    "registration.supervisors/1/name": "赵某",
    "registration.supervisors/1/education": "本科",
    "registration.supervisors/1/employer": "州鉴定中心",
    "registration.equipment/1/name": "双头灶台",
    "registration.equipment/1/quantity": "20",
    "registration.appraisals/1/year": "2016",
    "registration.appraisals/1/occupation": "中式烹调师",
    "registration.appraisals/1/intermediate": "38",
    "cancelled.lawful": "clean",
    "cancelled.training": "clean",
    "cancelled.entry": "clean",
    "cancelled.wording": "clean",
    "cancelled.emblem": "clean",
    "cancelled.occupations/1/occupation": "中式烹调师",
    "cancelled.occupations/1/appraised": "now",
    "cancelled.occupations/1/document": "none",
}
"""Everything that the form asks of a small station."""

MEASURE: Final = {
    "problem": "应急预案没有更新",
    "cause": "人员变动",
    "measure": "修订并演练",
    "owner": "吉某",
    "date": "2017-05-31",
}
"""The cells of a whole measure, but for what it is about."""


def row(table: str, number: int, **cells: str) -> dict[str, str]:
    """The entries of a row."""
    return {f"{table}/{number}/{column}": value for column, value in cells.items()}


def without(prefix: str) -> dict[str, str]:
    """What stands under the prefix, taken back."""
    return {subject: "" for subject in ENTRIES if subject.startswith(prefix)}


def station(
    items: Mapping[str, Answer | None] | None = None,
    vetoes: Mapping[str, bool | None] | None = None,
    entries: Mapping[str, str] | None = None,
) -> Assessment:
    """The station in order but for that; None takes an answer back."""
    answers = {**BEST, **(items or {})}
    said = {**{veto.id: False for veto in RUBRIC.vetoes}, **(vetoes or {})}
    return Assessment(
        1,
        RUBRIC.id,
        RUBRIC.version,
        Kind.PRACTICE,
        1,
        NOW,
        {item: ItemRecord(answer, 1, at=NOW) for item, answer in answers.items()},
        {veto: _said(veto, declared) for veto, declared in said.items()},
        form=(FORM.id, FORM.version),
        entries={subject: EntryRecord(value, 1, 1, NOW) for subject, value in {**ENTRIES, **(entries or {})}.items()},
    )


def _said(veto_id: str, declared: bool | None) -> VetoRecord:  # noqa: FBT001 - as the record has it
    choices = RUBRIC.vetoes_by_id[veto_id].choices
    choice = next((each.id for each in choices if each.declares is declared), "")
    return VetoRecord(choice, declared, revision=1, at=NOW)


def found(assessment: Assessment) -> tuple[Finding, ...]:
    """What the watch finds on the day."""
    return watch(assessment, RUBRIC, FORM, TODAY)
