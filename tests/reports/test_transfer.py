"""The file with an assessment: what is published of it holds, and whatever is wrong with one is said."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, get_args

import pytest

from bot.assessments.sealing import SEAL
from bot.errors import InvalidInputError
from bot.evidence.kinds import Kind as FileKind
from bot.localization import LOCALES, Localizers
from bot.reports.transfer import reading
from bot.reports.transfer.codes import TransferCode
from bot.reports.transfer.entries import FileShape
from bot.reports.transfer.reading import MOST_PROBLEMS, read_transfer
from bot.reports.transfer.shape import AuthorityShape, MembershipShape, schema
from bot.reports.transfer.writing import assessment_to_data, transfer_to_json
from bot.rubric.loader import library
from bot.stations.model import Level, Role
from tests.standards.tree import ROOT
from tests.storage.test_transferring import sample

if TYPE_CHECKING:
    from collections.abc import Callable

Data = dict[str, Any]

RUBRICS: Final = library()
SPOKEN: Final = Localizers.load("Asia/Shanghai")
SOUND: Final[Data] = json.loads(transfer_to_json(sample()))
ITEM: Final = "2.1.10"
PLACE: Final = "registration.address"
SETS: Final = next(key for key, each in SOUND["entries"].items() if key.startswith("evidence/2.1.10/1"))


def problems(raw: bytes) -> list[tuple[str, str]]:
    """What is wrong with a file; each is said in every language."""
    with pytest.raises(InvalidInputError) as refused:
        read_transfer(raw, RUBRICS)
    for each in refused.value.problems:
        assert all(len(SPOKEN.of(locale).problem(each)) > 10 for locale in LOCALES)
    return [(each.code, each.place) for each in refused.value.problems]


def changed(change: Callable[[Data], object]) -> bytes:
    """The sound file but for that."""
    data = deepcopy(SOUND)
    change(data)
    return json.dumps(data).encode()


def entry(subject: str, value: str) -> Callable[[Data], object]:
    """Another entry."""
    return lambda data: data["entries"].update({subject: {"value": value, "revision": 1, "by": 1, "at": None}})


def test_the_published_schema_is_that_of_the_file() -> None:
    """`python -m bot.reports.transfer.shape > docs/assessment.schema.json` writes it anew."""
    assert (ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8") == schema()


def test_the_choices_of_the_shape_are_those_of_the_model() -> None:
    offered = {
        Role: MembershipShape.model_fields["role"],
        Level: AuthorityShape.model_fields["level"],
        FileKind: FileShape.model_fields["kind"],
    }
    for choices, field in offered.items():
        assert set(get_args(field.annotation)) == {each.value for each in choices}


def test_a_sound_file_is_read_as_it_was_written() -> None:
    raw = transfer_to_json(sample())
    assert transfer_to_json(read_transfer(raw, RUBRICS)) == raw
    assert transfer_to_json(read_transfer(b"\xef\xbb\xbf" + raw, RUBRICS)) == raw


def test_workbooks_that_wait_stay_behind() -> None:
    assert any(each.startswith("import/") for each in sample().assessment.entries)
    entries = assessment_to_data(sample())["entries"]
    assert isinstance(entries, dict)
    assert not any(each.startswith("import/") for each in entries)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null,",
        b"[" * 100_000,
        b'{"a": ' * 100_000,
        b"9" * 5000,
        transfer_to_json(sample())[:-9],
    ],
    ids=["empty", "cut", "no UTF-8", "two", "deep lists", "deep objects", "a long number", "the end missing"],
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    assert [code for code, _ in problems(raw)] == ["J002"]


@pytest.mark.parametrize("raw", [b"null", b"[]", b"7", b'"text"', b"NaN"])
def test_json_of_something_else_is_refused(raw: bytes) -> None:
    assert [code for code, _ in problems(raw)] == ["J007"]


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    assert problems(transfer_to_json(sample())) == [("J003", "")]


def test_a_key_given_twice_is_refused() -> None:
    twice = json.dumps(SOUND).replace('"owner": ', '"owner": 9, "owner": ', 1)
    assert problems(twice.encode()) == [("J004", "owner")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.pop("station"), ("J006", "station")),
        (lambda data: data["items"][ITEM].pop("note"), ("J006", f"items.{ITEM}.note")),
        (lambda data: data.update(format="other"), ("J007", "format")),
        (lambda data: data.update(format_version=2), ("J007", "format_version")),
        (lambda data: data.update(more=1), ("J005", "more")),
        (lambda data: data["people"][0].update(telegram_id=1), ("J005", "people[#1].telegram_id")),
        (lambda data: data["items"][ITEM].update(revision=True), ("J007", f"items.{ITEM}.revision")),
        (lambda data: data["items"][ITEM].update(revision=1.5), ("J007", f"items.{ITEM}.revision")),
        (lambda data: data["items"][ITEM].update(revision=10**30), ("J007", f"items.{ITEM}.revision")),
        (lambda data: data["items"][ITEM].update(revision=-1), ("J007", f"items.{ITEM}.revision")),
        (lambda data: data["items"][ITEM].update(note="\x00"), ("J007", f"items.{ITEM}.note")),
        (lambda data: data["items"][ITEM].update(note="\ud800"), ("J007", f"items.{ITEM}.note")),
        (lambda data: data["items"][ITEM].update(note="长" * 20_001), ("J007", f"items.{ITEM}.note")),
        (lambda data: data["items"][ITEM].update(at="2017-02-30T00:00:00.000000+00:00"), ("J007", f"items.{ITEM}.at")),
        (lambda data: data["items"][ITEM].update(at="2017-02-28T00:00:00+08:00"), ("J007", f"items.{ITEM}.at")),
        (lambda data: data["items"][ITEM].update(at=1500000000), ("J007", f"items.{ITEM}.at")),
        (lambda data: data["items"][ITEM].update(answer=["met"]), ("J007", f"items.{ITEM}.answer")),
        (lambda data: data["items"][ITEM].update(answer={"level": "perfect"}), ("S011", ITEM)),
        (lambda data: data["items"].update({"9.9.9": data["items"][ITEM]}), ("S010", "9.9.9")),
        (lambda data: data["items"][ITEM].update(by=5), ("J009", ITEM)),
        (lambda data: data["items"][ITEM].update(by=0), ("J007", f"items.{ITEM}.by")),
        (lambda data: data.update(owner=5), ("J009", "owner")),
        (lambda data: data["people"][1].update(number=9), ("J008", "people")),
        (lambda data: data.update(people=[]), ("J007", "people")),
        (lambda data: data["people"][0]["membership"].update(role="god"), ("J007", "people[#1].membership.role")),
        (lambda data: data["vetoes"].update(unheard=data["vetoes"]["beyond_scope"]), ("S022", "unheard")),
        (lambda data: data["vetoes"]["beyond_scope"].update(choice="maybe"), ("J014", "beyond_scope")),
        (lambda data: data["rubric"].update(id="../../etc"), ("S008", "../../etc")),
        (lambda data: data["rubric"].update(version=99), ("S008", "sichuan-2017 99")),
        (lambda data: data["form"].update(version=99), ("F001", "sichuan-2017 99")),
        (lambda data: data["station"].update(authority="9999"), ("J013", "authorities")),
        (lambda data: data["authorities"].reverse(), ("J013", "authorities")),
        (lambda data: data["authorities"].append(data["authorities"][0]), ("J013", "authorities")),
        (lambda data: data.update(seal=""), ("J012", "seal")),
        (lambda data: data["entries"].pop(SEAL), ("J012", "seal")),
        (entry(SEAL, '{"code":"7K3M-Q8ZT-1B4C"}'), ("J011", SEAL)),
        (entry("report/reopened", '{"code":"7k3m","reason":""}'), ("J011", "report/reopened")),
        (entry("report/stamped/7K3M-Q8ZT-1B4C/1", "[]"), ("J011", "report/stamped/7K3M-Q8ZT-1B4C/1")),
        (entry("report/other", ""), ("J010", "report/other")),
        (entry("import/1", "{}"), ("J010", "import/1")),
        (entry("evidence/../../x", "{}"), ("J010", "evidence/../../x")),
        (entry("registration.nothing", "x"), ("J010", "registration.nothing")),
        (entry("registration.examiners/1/nothing", "x"), ("J010", "registration.examiners/1/nothing")),
        (entry("registration.examiners/1/term", "2016年3月起"), ("J011", "registration.examiners/1/term")),
        (entry("registration.category", "z"), ("J011", "registration.category")),
        (entry(PLACE, "长" * 2000), ("J011", PLACE)),
        (entry(SETS, "{}"), ("J011", SETS)),
    ],
)
def test_every_kind_of_fault_is_named_with_its_place(
    change: Callable[[Data], object], expected: tuple[str, str]
) -> None:
    assert problems(changed(change)) == [expected]


@pytest.mark.parametrize("sha256", ["../../../etc/passwd", "3F" * 32, "3f" * 31, 7, None])
def test_a_file_of_evidence_is_named_by_its_sha256_alone(sha256: object) -> None:
    def rename(data: Data) -> None:
        kept = json.loads(data["entries"][SETS]["value"])
        kept["files"][0]["sha256"] = sha256
        data["entries"][SETS]["value"] = json.dumps(kept)

    assert problems(changed(rename)) == [("J011", SETS)]


def test_several_faults_are_told_at_once_and_no_flood_of_them() -> None:
    def spoil(data: Data) -> None:
        data["owner"] = 9
        data["items"][ITEM]["answer"] = {"level": "perfect"}
        entry("registration.nothing", "x")(data)

    assert [code for code, _ in problems(changed(spoil))] == ["J009", "S011", "J010"]
    flood = {f"registration.x{number}": SOUND["entries"][PLACE] for number in range(500)}
    assert len(problems(changed(lambda data: data["entries"].update(flood)))) == MOST_PROBLEMS


def test_a_place_is_told_shortly_however_long_a_key_is() -> None:
    [(code, place)] = problems(changed(lambda data: data.update({"长" * 5000: 1})))
    assert (code, len(place) < 150) == (TransferCode.UNKNOWN_KEY, True)
