"""An invented station whose papers have something of everything: lost points, open cases, a change, proofs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.assessments.model import EntryRecord, ItemRecord, Kind
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.sets import EvidenceSet, KeptFile, place_subject, set_subject, write
from bot.reports.case import Case, Explanation
from bot.reports.compiling import compile_package
from bot.reports.templates import Templates
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.stations.model import Authority, Level, Station
from tests.watch.stations import FORM, MEASURE, NOW, RUBRIC, row, station

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.model import Assessment
    from bot.reports.model import Package
    from bot.rubric.answers import Answer

AUTHORITY: Final = Authority("5134", "某某州人力资源和社会保障局", Level.CITY)
STATION: Final = Station(1, "5134-01", "某某技工学校职业技能鉴定所", AUTHORITY.code)
ZONE: Final = ZoneInfo("Asia/Shanghai")
TEMPLATES: Final = Templates(RUBRIC.id)

ANSWERS: Final[Mapping[str, Answer]] = {
    "2.1.10": Chosen(RUBRIC.items["2.1.10"].levels[-1].id),
    "4.1.1": Counted(2),
    "5.1.1": Counted(3),
    "6.4.5": Excused("近一年没有作废试卷"),
    "6.6.1": Sampled(300, 9),
    "9.1.2": Chosen(RUBRIC.items["9.1.2"].levels[1].id),
}
"""What keeps the station from 100 points: a lost item, counted problems, open cases, one that does not apply."""

NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "2.1.10": ("预案是2014年的，没有更新", "修订预案，5月底前演练一次"),
    "5.1.1": ("东侧两盏灯不亮，已报修", ""),
}
"""The note and the remedy of some items."""

_FILES: Final = (
    KeptFile("3f" * 32, FileKind.JPEG, 482_113, "预案封面.jpg", 11),
    KeptFile("a7" * 32, FileKind.PDF, 1_204_877, "应急处理预案.pdf", 12),
)

_MANAGERS: Final = ("何某", "钱某", "孙某某", "吴某", "郑某某", "冯某", "陈某某")

ENTRIES: Final[Mapping[str, str]] = {
    **{f"registration.managers/{number}/name": name for number, name in enumerate(_MANAGERS, start=1)},
    "registration.head": "何某",
    "changes.head_reason": "人事调整",
    "changes.head_date": "2016-09-01",
    "registration.managers/1/qualification": "高级讲师",
    **row("registration.examiners", 2, name="周某", education="大专", qualification="中式面点师技师"),
    **row("registration.examiners", 2, occupation="中式面点师", employer="某某宾馆", term="2016-03-01/2019-02-28"),
    **row("registration.equipment", 2, name="和面机", model="HM-25", quantity="4"),
    **row("registration.appraisals", 2, year="2015", occupation="中式烹调师", junior="24", intermediate="31"),
    **row("measures.problems", 1, about="2.1.10", state="doing", **MEASURE),
    set_subject("2.1.10", 1): write(EvidenceSet(_FILES, "预案现行本")),
    place_subject("3.3.1"): "档案室2号柜第3卷",
}
"""What stands in its form beyond what a small station has."""

EXPLANATIONS: Final = (Explanation("2014年没有鉴定情况", "当年设备更新，停止鉴定一年"),)


def sample_assessment(
    items: Mapping[str, Answer | None] | None = None,
    vetoes: Mapping[str, bool | None] | None = None,
    entries: Mapping[str, str] | None = None,
) -> Assessment:
    """The self-assessment of the invented station but for that; None takes an answer back."""
    made = station({**ANSWERS, **(items or {})}, vetoes, {**ENTRIES, **(entries or {})})
    noted = {item: _noted(item, record) for item, record in made.items.items()}
    return replace(made, kind=Kind.SELF_ASSESSMENT, station=STATION.id, items=noted)


def sample_case(**changes: Any) -> Case:  # noqa: ANN401 - the case's own fields
    """The case of the invented station, with any field of it changed."""
    case = Case(sample_assessment(), RUBRIC, FORM, STATION, AUTHORITY, EXPLANATIONS, ZONE)
    return replace(case, **changes)


def sample_package(*, is_draft: bool = False, **changes: Any) -> Package:  # noqa: ANN401 - the case's own fields
    """Everything that the invented station hands in."""
    return compile_package(sample_case(**changes), TEMPLATES, is_draft=is_draft)


def noted_everywhere(words: str) -> Assessment:
    """The sample with these words in every note, remedy, reason and text of the form."""
    made = sample_assessment({"6.4.5": Excused(words)}, entries={"registration.address": words})
    items = {item: replace(record, note=words, remedy=words) for item, record in made.items.items()}
    entries = {**made.entries, "registration.organiser": EntryRecord(words, 1, 1, NOW)}
    return replace(made, items=items, entries=entries)


def _noted(item: str, record: ItemRecord) -> ItemRecord:
    note, remedy = NOTES.get(item, ("", ""))
    return replace(record, note=note, remedy=remedy)
