"""Every rule of the data fires where it should, keeps quiet where it should, and names places that exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest

from bot.rubric.answers import Chosen, Excused
from bot.watch.comparisons import COMPARISONS
from bot.watch.model import Severity, SpotKind
from bot.watch.rules import Comparison, rules_of
from tests.watch.stations import FORM, MEASURE, RUBRIC, found, row, station, without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.answers import Answer

RULES: Final = {rule.id: rule for rule in rules_of(RUBRIC.id)}
LOST: Final = Chosen("problem")
MOST_IN_A_BUTTON: Final = 49
"""Bytes that a place's subject may have, beside the assessment's number."""


@dataclass(frozen=True)
class Change:
    """What is changed about the station in order."""

    items: Mapping[str, Answer | None] = field(default_factory=dict)
    vetoes: Mapping[str, bool | None] = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)


def items(answer: Answer | None, *ids: str) -> Change:
    return Change(items=dict.fromkeys(ids, answer))


def veto(name: str, *, declared: bool | None = True, **answers: Answer) -> Change:
    return Change({each.replace("_", "."): answer for each, answer in answers.items()}, {name: declared})


def entries(written: Mapping[str, str], lost: tuple[str, ...] = ()) -> Change:
    return Change(dict.fromkeys(lost, LOST), {}, written)


GOES_ON = {"cancelled.occupations/1/document": "d2016_68", "cancelled.occupations/1/stopped": "continues"}
NONE_LATELY = {"registration.appraisals/1/year": "2015"}
ABROAD = row("registration.appraisals", 2, year="2016", occupation="保育员", intermediate="38")
OLD = {"registration.appraisals/1/year": "2012"}
SIGNED = {"registration.head": "陈某", "changes.head_reason": "人事调整", "changes.head_date": "2016-09-01"}
FULL_MEASURE = row("measures.problems", 1, about="2.1.10", **MEASURE)

FIRES: Final[dict[str, Change]] = {
    "blank_items": items(None, "6.5.4", "9.1.1"),
    "blank_conditions": veto("beyond_scope", declared=None),
    "excuse_without_reason": items(Excused(" "), "6.4.5"),
    "loss_unmeasured": items(LOST, "2.1.10"),
    "condition_unmeasured": veto("beyond_scope"),
    "pending": items(Chosen("three"), "5.1.1"),
    "missing_licence": entries({"licence.scope/1/standard": ""}),
    "missing_registration": entries({"registration.postcode": ""}),
    "missing_cancelled": entries({"cancelled.emblem": ""}),
    "cancelled_unchecked": entries(ABROAD),
    "change_unexplained": entries({"registration.head": "陈某"}),
    "nobody_appraised": entries(OLD),
    "somebody_appraised": veto("idle_three_years"),
    "appraised_beyond_scope": entries(ABROAD),
    "level_beyond_scope": entries({"registration.appraisals/1/senior": "2"}),
    "examiner_beyond_scope": entries({"registration.examiners/1/occupation": "中式烹调师、保育员"}),
    "declared_within_scope": veto("beyond_scope"),
    "scope_unused": entries(row("licence.scope", 2, occupation="保育员", levels="junior", standard="有")),
    "no_standard": entries({"licence.scope/1/standard": ""}),
    "unassessed_certificates": veto("unassessed_certificates"),
    "forged_certificates": veto("forged_certificates"),
    "leak_beside_secrecy": veto("leak_or_accident"),
    "posts": entries({"registration.managers/7/post": "门卫"}),
    "supervisors": entries(without("registration.supervisors/")),
    "equipment": entries(without("registration.equipment/")),
    "floor_area": entries({"registration.floor_area": ""}),
    "receipt": entries({"registration.receipt": "无"}),
    "fiscal_account": entries({"registration.fiscal_account": "no"}),
    "term_over": entries({"registration.examiners/1/term": "2014-03-01/2017-02-28"}),
    "term_missing": entries({"registration.examiners/1/term": ""}),
    "excused_though_appraised": items(Excused("上年没有鉴定"), "3.3.1"),
    "cancelled_goes_on": entries(GOES_ON),
    "unlawful_activity": entries({"cancelled.lawful": "found"}),
    "training_name": entries({"cancelled.training": "found"}),
    "entry_condition": entries({"cancelled.entry": "found"}),
    "wording_on_certificates": entries({"cancelled.wording": "found"}),
    "emblem_used": entries({"cancelled.emblem": "found"}),
    "licence_expired": entries({"licence.valid": "2014-05-01/2017-04-20"}),
    "change_registered": entries(SIGNED),
    "unusual_number": entries({"registration.organisation_code": "91510000MA6000007B"}),
    "papers_to_authority": Change(),
    "papers_to_centre": entries({"licence.direct": "yes"}),
}
"""What makes each rule fire."""

QUIET: Final[dict[str, Change]] = {
    "blank_items": items(Excused("都有国家题库"), "6.4.2"),
    "blank_conditions": veto("beyond_scope"),
    "excuse_without_reason": items(Excused("没有作废试卷"), "6.4.5"),
    "loss_unmeasured": Change({"2.1.10": LOST}, {}, FULL_MEASURE),
    "condition_unmeasured": Change({}, {"beyond_scope": True}, row("measures.problems", 4, about="⑶", **MEASURE)),
    "pending": items(Chosen("two"), "5.1.1"),
    "missing_licence": entries({"licence.scope/1/code": ""}),
    "missing_registration": entries({"registration.category_other": ""}),
    "missing_cancelled": entries({"cancelled.occupations/1/stopped": ""}),
    "cancelled_unchecked": entries(ABROAD | row("cancelled.occupations", 2, occupation="保育员")),
    "change_unexplained": entries(SIGNED),
    "nobody_appraised": entries({"registration.appraisals/1/year": "2014"}),
    "somebody_appraised": Change({}, {"idle_three_years": True}, OLD),
    "appraised_beyond_scope": Change({}, {"beyond_scope": True}, ABROAD),
    "level_beyond_scope": entries({"registration.appraisals/1/senior": "0"}),
    "examiner_beyond_scope": entries({"registration.examiners/1/occupation": "中式烹调师"}),
    "declared_within_scope": Change({}, {"beyond_scope": True}, ABROAD),
    "scope_unused": entries(ABROAD | row("licence.scope", 2, occupation="保育员")),
    "no_standard": Change({}, {"without_standard": True}, {"licence.scope/1/standard": ""}),
    "unassessed_certificates": veto("unassessed_certificates", **dict.fromkeys(("3_1_1", "3_2_1", "7_1_1"), LOST)),
    "forged_certificates": veto("forged_certificates", **dict.fromkeys(("3_1_1", "3_2_1", "7_1_1"), LOST)),
    "leak_beside_secrecy": veto(
        "leak_or_accident", **dict.fromkeys(("2_1_6", "6_4_3", "6_4_4"), LOST), **{"6_4_6": Excused("由中心运送")}
    ),
    "posts": entries({"registration.managers/7/post": "门卫"}, lost=("1.5.3",)),
    "supervisors": entries(without("registration.supervisors/"), lost=("3.6.1", "6.7.1")),
    "equipment": Change({"4.1.1": Chosen("many"), "4.2.1": LOST}, {}, without("registration.equipment/")),
    "floor_area": Change({"5.1.1": Chosen("serious"), "5.2.1": Chosen("none")}, {}, {"registration.floor_area": ""}),
    "receipt": entries({"registration.receipt": "无"}, lost=("2.1.4",)),
    "fiscal_account": entries({"registration.fiscal_account": "no"}, lost=("2.1.4",)),
    "term_over": entries({"registration.examiners/1/term": "2014-03-01/2017-02-28"}, lost=("6.5.1",)),
    "term_missing": entries({"registration.examiners/1/term": ""}, lost=("6.5.1",)),
    "excused_though_appraised": Change({"3.3.1": Excused("上年没有鉴定")}, {}, NONE_LATELY),
    "cancelled_goes_on": entries(GOES_ON | {"cancelled.occupations/1/stopped": "closing"}),
    "unlawful_activity": entries({"cancelled.lawful": "found"}, lost=("2.1.3", "2.1.7")),
    "training_name": Change({"6.1.1": Chosen("unapproved")}, {}, {"cancelled.training": "found"}),
    "entry_condition": entries({"cancelled.entry": "found"}, lost=("6.2.2",)),
    "wording_on_certificates": Change(
        {"6.1.1": Chosen("unapproved"), "3.2.1": LOST}, {}, {"cancelled.wording": "found"}
    ),
    "emblem_used": entries({"cancelled.emblem": "found"}, lost=("3.2.1",)),
    "licence_expired": entries({"licence.valid": "2014-05-01/2017-04-21"}),
    "change_registered": entries({"registration.head": "陈某"}),
    "unusual_number": Change(),
    "papers_to_authority": entries({"licence.direct": "yes"}),
    "papers_to_centre": Change(),
}
"""What is near to it, and yet leaves each rule quiet."""


def fired(change: Change) -> set[str]:
    return {finding.rule for finding in found(station(change.items, change.vetoes, change.entries))}


def test_every_rule_has_what_fires_it_and_what_does_not() -> None:
    assert set(FIRES) == set(QUIET) == set(RULES)
    assert len(rules_of(RUBRIC.id)) == len(RULES), "an id stands twice"


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_fires(rule: str) -> None:
    assert rule in fired(FIRES[rule])


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_keeps_quiet_where_its_facts_agree(rule: str) -> None:
    assert rule not in fired(QUIET[rule])


@pytest.mark.parametrize("rule", RULES)
def test_a_contradiction_names_both_facts_each_with_its_place(rule: str) -> None:
    change = FIRES[rule]
    for finding in found(station(change.items, change.vetoes, change.entries)):
        if finding.rule == rule:
            assert len(finding.facts) >= (2 if finding.severity is Severity.CHECK else 1)
            assert len(finding.facts) == len(set(finding.facts))
            assert len(finding.code.encode()) <= MOST_IN_A_BUTTON
            for fact in finding.facts:
                if fact.spot.kind is SpotKind.FIELD:
                    assert FORM.field(fact.spot.subject) is not None
                if fact.spot.kind is SpotKind.TABLE:
                    assert FORM.table(fact.spot.subject) is not None


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_speaks_only_of_what_the_table_and_the_form_have(rule: str) -> None:
    own = RULES[rule]
    assert {*own.items, *own.posts} <= set(RUBRIC.items)
    assert set(own.vetoes) <= set(RUBRIC.vetoes_by_id)
    assert own.clause
    for subject in filter(None, (own.field, *(each for each in own.fields if "." in each))):
        assert FORM.field(subject) is not None
    for path, column in ((own.table, own.column), (own.among, own.among_column)):
        table = FORM.table(path)
        assert (table is None) is (not path)
        assert table is None or not column or table.column(column) is not None
    assert not own.section or FORM.section(own.section) is not None


def test_every_comparison_is_used_by_a_rule() -> None:
    assert {rule.compares for rule in RULES.values()} == set(Comparison) == set(COMPARISONS)
