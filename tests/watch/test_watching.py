"""The watch over a whole station: quiet in order, explained by words, ready or not, and quick to say what arose."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.assessments.events import EntryWritten, ItemAnswered, apply
from bot.assessments.model import Assessment, EntryRecord
from bot.rubric.answers import Chosen
from bot.watch.case import Case
from bot.watch.measures import Demand, measures
from bot.watch.model import Finding, Severity
from bot.watch.watching import arisen, is_ready, watch
from tests.watch.stations import BEST, ENTRIES, FORM, MEASURE, NOW, RUBRIC, TODAY, found, row, station

NO_POLICY = {"registration.fiscal_account": "no"}


def checks(assessment: Assessment) -> list[Finding]:
    return [finding for finding in found(assessment) if finding.severity is not Severity.HINT]


def arising(before: Assessment, event: ItemAnswered | EntryWritten) -> list[str]:
    after = apply(before, event, by=1, at=NOW)
    touched = [event.item if isinstance(event, ItemAnswered) else event.subject]
    return [finding.rule for finding in arisen(Case(before, RUBRIC, FORM, TODAY), after, touched)]


def test_a_station_in_order_has_nothing_to_put_right() -> None:
    assert checks(station()) == []
    assert is_ready(found(station()))


def test_what_must_be_put_right_comes_first_and_stands_in_the_way() -> None:
    findings = found(station({"9.1.1": None}, {}, NO_POLICY))
    assert [finding.severity for finding in findings][:2] == [Severity.MUST, Severity.CHECK]
    assert not is_ready(findings)


def test_a_contradiction_does_not_stand_in_the_way() -> None:
    assert is_ready(found(station(entries=NO_POLICY)))


def test_an_explanation_holds_until_one_of_its_facts_changes() -> None:
    told = {"explained.fiscal_account/2.1.4": EntryRecord("按县里规定缴入国库", 1, 1, NOW)}
    plain = station(entries=NO_POLICY)
    explained = replace(plain, entries={**plain.entries, **told})
    assert [each.is_explained for each in checks(explained)] == [True]
    later = apply(
        explained, EntryWritten("registration.fiscal_account", "no", "no"), by=1, at=NOW + timedelta(minutes=1)
    )
    assert [each.is_explained for each in checks(later)] == [False]


def test_what_must_be_put_right_cannot_be_explained_away() -> None:
    told = station({"9.1.1": None}, {}, {"explained.blank_items/": "以后再填"})
    assert [(each.rule, each.is_explained) for each in checks(told)] == [("blank_items", False)]


def test_an_answer_that_contradicts_a_row_is_said_at_once() -> None:
    over = station({"6.5.1": None}, {}, {"registration.examiners/1/term": "2014-03-01/2017-02-28"})
    assert arising(over, ItemAnswered("6.5.1", None, BEST["6.5.1"])) == ["term_over"]
    assert arising(over, ItemAnswered("6.5.1", None, Chosen("problem"))) == []


def test_a_cell_that_contradicts_a_condition_is_said_at_once() -> None:
    event = EntryWritten("registration.appraisals/1/occupation", "中式烹调师", "保育员")
    assert arising(station(), event) == ["appraised_beyond_scope"]


def test_what_stood_before_is_not_said_again() -> None:
    assert arising(station(entries=NO_POLICY), ItemAnswered("2.1.4", BEST["2.1.4"], BEST["2.1.4"])) == []


def test_an_item_that_no_rule_names_does_not_even_read_what_stands_beside_the_answers() -> None:
    class Unread(dict[str, EntryRecord]):
        def get(self, *_: object) -> EntryRecord:
            raise AssertionError

        def items(self) -> object:  # type: ignore[override]
            raise AssertionError

    before = replace(station({"8.1.1": None}), entries=Unread())
    after = apply(before, ItemAnswered("8.1.1", None, BEST["8.1.1"]), by=1, at=NOW)
    assert arisen(Case(before, RUBRIC, FORM, TODAY), after, ["8.1.1"]) == ()


def test_before_the_form_is_begun_an_empty_one_contradicts_nothing() -> None:
    bare = replace(station({"3.6.1": None}), entries={})
    assert arising(bare, ItemAnswered("3.6.1", None, BEST["3.6.1"])) == []


def test_without_a_form_only_the_answers_are_watched() -> None:
    bare = replace(station({"9.1.1": None}), form=None, entries={})
    assert [finding.rule for finding in watch(bare, RUBRIC, None, TODAY)] == ["blank_items"]


def test_a_measure_that_is_no_longer_needed_keeps_its_row() -> None:

    written = row("measures.problems", 1, about="2.1.10", **MEASURE)
    lost = measures(station({"2.1.10": Chosen("none")}, {}, written), RUBRIC, FORM)
    mended = measures(station({}, {}, written), RUBRIC, FORM)
    assert [(each.about, each.demand, each.is_complete) for each in lost] == [("2.1.10", Demand.LOSS, True)]
    assert [(each.about, each.demand) for each in mended] == [("2.1.10", Demand.NONE)]
    assert mended[0].row == lost[0].row


def test_every_subject_of_the_station_in_order_is_one_of_the_form() -> None:
    assert [subject for subject in ENTRIES if FORM.field(subject) is None] == []


def test_values_that_no_kind_of_field_would_take_are_passed_over() -> None:
    strange = {
        "licence.valid": "some day",
        "registration.examiners/1/term": "/",
        "registration.appraisals/1/year": "²",
        "registration.appraisals/1/intermediate": "many",
    }
    assert {finding.rule for finding in found(station(entries=strange))} >= {"nobody_appraised"}
