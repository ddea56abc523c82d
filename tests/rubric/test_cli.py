"""`zicha score` and `zicha rubric`: what machines and people are promised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli import rubric as rubric_command
from bot.cli import score as score_command
from bot.localization import Localizers
from bot.rubric.loader import library

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LOCALIZERS = Localizers.load("Asia/Shanghai")
RUBRIC = library().latest("sichuan-2017")
PERFECT = {item.id: {"level": item.levels[0].id} for item in RUBRIC.items.values()}
CLEAN = dict.fromkeys(RUBRIC.vetoes_by_id, False)


def score(data: object, *options: str, locale: str = "zh_CN") -> Result:
    text = data if isinstance(data, str) else json.dumps(data)
    return CliRunner().invoke(score_command.command(LOCALIZERS.of(locale)), ["-", *options], input=text)


def rubric(*arguments: str, locale: str = "zh_CN") -> Result:
    return CliRunner().invoke(rubric_command.command(LOCALIZERS.of(locale)), arguments)


def submission(answers: object, vetoes: object) -> dict[str, object]:
    return {"rubric": "sichuan-2017", "answers": answers, "vetoes": vetoes}


def test_score_prints_the_promised_json() -> None:
    answers = {
        "6.4.2": {"not_applicable": "都有国家题库"},
        "1.1.1": {"level": "met"},
        "5.1.1": {"problems": 3},
        "6.6.1": {"sampled": 1000, "errors": 30},
    }
    result = score(submission(answers, {"beyond_scope": False}), "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    items = data.pop("items")
    chapters = data.pop("chapters")
    assert list(data.items()) == [
        ("rubric", "sichuan-2017"),
        ("version", 1),
        ("points", 100),
        ("low", 2),
        ("high", 99),
        ("reported", 5),
        ("answered", 4),
        ("blank", 57),
        ("result", "undecided"),
        ("vetoes", []),
        ("vetoes_unasked", [veto for veto in CLEAN if veto != "beyond_scope"]),
    ]
    assert list(items) == ["1.1.1", "5.1.1", "6.4.2", "6.6.1"]
    assert list(items["6.4.2"].items()) == [("low", 0), ("high", 3), ("reported", 3)]
    assert list(chapters[4].items()) == [("id", "5"), ("points", 5), ("low", 0), ("high", 4), ("reported", 0)]
    assert [chapter["id"] for chapter in chapters] == [str(n) for n in range(1, 10)]


@pytest.mark.parametrize(
    ("vetoes", "result", "words"),
    [
        (CLEAN, "pass", "自评达到60分，以审查评估和公布为准"),
        (CLEAN | {"beyond_scope": True}, "fail", "⑶超范围鉴定"),
        ({}, "undecided", "6种直接列为不合格的情形未答，暂不作结论"),
    ],
)
def test_score_ends_with_0_whatever_the_result(vetoes: dict[str, bool], result: str, words: str) -> None:
    machine, person = (score(submission(PERFECT, vetoes), *options) for options in (("--json",), ()))
    assert (machine.exit_code, person.exit_code) == (0, 0)
    assert json.loads(machine.stdout)["result"] == result
    assert words in person.stdout
    assert "自评得分 100分　已填61项，共61项" in person.stdout


def test_a_self_assessment_is_never_plainly_called_a_pass() -> None:
    result_line = score(submission(PERFECT, CLEAN)).stdout.splitlines()[2]
    assert "合格" not in result_line


@pytest.mark.parametrize("locale", LOCALIZERS.locales)
def test_every_sentence_of_the_commands_is_filled_in(locale: str) -> None:
    worst = {item.id: {"level": item.zero_levels[0].id} for item in RUBRIC.items.values()}
    one = {"1.1.1": {"level": "met"}}
    halves = PERFECT | {item_id: {"level": "problem"} for item_id in RUBRIC.groups_by_id["g7"].items}
    for answers in (PERFECT, worst, one, halves, {"5.1.1": {"problems": 3}}):
        for vetoes in (CLEAN, {}, CLEAN | {"beyond_scope": True}):
            text = score(submission(answers, vetoes), locale=locale).stdout
            assert "cli." not in text
            assert "{" not in text
    for arguments in (("check",), ("show",), ("outline",), ("--help",), ("check", "--help"), ("show", "--help")):
        result = rubric(*arguments, locale=locale)
        assert result.exit_code == 0
        assert "cli." not in result.stdout
        assert "{" not in result.stdout


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_refused_submission_says_one_line_a_problem_on_stderr_and_nothing_else(options: tuple[str, ...]) -> None:
    answers = {"6.6.1": {"sampled": 7, "errors": 200}, "4.1.1": {"problems": 1.5}, "9.9\n.9": {}}
    result = score(submission(answers, {"no\x1bsuch": True}), *options)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert [line[:4] for line in lines] == ["S017", "S015", "S010", "S022"]
    assert "6.6.1" in lines[0]
    assert "4.1.1" in lines[1]
    assert "写反" in lines[0]


def test_score_reads_a_file_and_refuses_one_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(submission(PERFECT, CLEAN)), encoding="utf-8-sig")
    command = score_command.command(LOCALIZERS.of("zh_CN"))
    assert CliRunner().invoke(command, [str(file)]).exit_code == 0
    missing = CliRunner().invoke(command, [str(tmp_path / "none.json"), "--json"])
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.startswith("S001 ")


@pytest.mark.parametrize("arguments", [("show", "--json"), ("show", "sichuan-2017", "--json")])
def test_show_prints_the_promised_json(arguments: tuple[str, ...]) -> None:
    result = rubric(*arguments, locale="en")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert list(data) == ["id", "version", "total", "pass_mark", "chapters", "vetoes"]
    assert [data[key] for key in ("id", "version", "total", "pass_mark")] == ["sichuan-2017", 1, 100, 60]
    chapter = data["chapters"][4]
    assert list(chapter) == ["id", "title", "points", "sections"]
    assert (chapter["id"], chapter["title"], chapter["points"]) == ("5", "考核鉴定场地要求", 5)
    section = chapter["sections"][0]
    assert list(section) == ["id", "title", "items"]
    assert (section["id"], section["title"]) == ("5.1", "规范要求")
    item = section["items"][0]
    assert list(item) == ["id", "text", "points", "guidance", "facts", "levels", "not_applicable"]
    assert (item["id"], item["points"], item["facts"], item["not_applicable"]) == (
        "5.1.1",
        2,
        ["problems", "serious"],
        None,
    )
    assert list(item["levels"][0].items()) == [("id", "met"), ("when", "符合要求"), ("low", 2), ("high", 2)]
    assert list(item["levels"][3].items()) == [("id", "three"), ("when", "正好3个一般性问题"), ("low", 0), ("high", 1)]
    assert list(data["vetoes"][0]) == ["id", "text"]


def test_show_tells_facts_and_not_applicable_apart() -> None:
    data = json.loads(rubric("show", "--json").stdout)
    items = {item["id"]: item for c in data["chapters"] for s in c["sections"] for item in s["items"]}
    assert len(items) == 61
    assert items["4.1.1"]["facts"] == ["problems"]
    assert items["6.6.1"]["facts"] == ["sampled", "errors"]
    assert items["1.1.1"]["facts"] is None
    assert items["6.4.2"]["not_applicable"] == {"reported": "full", "when": "鉴定的职业（工种）都有国家题库"}


def test_show_and_outline_refuse_an_unknown_rubric() -> None:
    for arguments in (("show", "nowhere"), ("outline", "nowhere"), ("show", "nowhere", "--json")):
        result = rubric(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("S008 nowhere")


def test_outline_lists_every_number_once() -> None:
    lines = [line.strip() for line in rubric("outline").stdout.splitlines()]
    for item_id, item in RUBRIC.items.items():
        assert lines.count(f"{item_id} {item.text}（{item.points}分）") == 1
    assert all(veto.text in lines for veto in RUBRIC.vetoes)


def test_check_passes_sound_files_and_lists_the_faults_of_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: 1\n", encoding="utf-8")
    assert rubric("check").exit_code == 0
    result = rubric("check", str(bad), str(tmp_path / "none.yaml"))
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert any(line.startswith("R003 ") and "bad.yaml:1 id" in line for line in lines)
    assert lines[-1].startswith("S001 ")
