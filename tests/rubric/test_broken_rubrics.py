"""A folder of broken rubrics, one per code: each is a sound one with one text put in place of another.

The sound one is `base.yaml`, or the example that the broken one names with `of`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InvalidInputError
from bot.localization import Localizers
from bot.rubric.codes import AnswerCode, RubricCode
from bot.rubric.loader import load

if TYPE_CHECKING:
    from bot.problems import Problem

FOLDER = Path(__file__).parent / "broken"
BASE = (FOLDER / "base.yaml").read_text(encoding="utf-8")
BROKEN = sorted(FOLDER.glob("R*.yaml"))
LOCALIZERS = Localizers.load("Asia/Shanghai")


ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))


def sound_and_broken(file: Path) -> tuple[str, str]:
    patch = yaml.safe_load(file.read_text(encoding="utf-8"))
    sound = (ROOT / patch["of"]).read_text(encoding="utf-8") if "of" in patch else BASE
    assert sound.count(patch["find"]) == 1, "the patch must find its text once"
    return sound, sound.replace(patch["find"], patch["put"])


def broken_text(file: Path) -> str:
    return sound_and_broken(file)[1]


def problems_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInputError) as refused:
        load(text)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def test_the_base_itself_is_sound() -> None:
    assert load(BASE).total == 8


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_are_sound_and_say_that_they_are_invented(file: Path) -> None:
    rubric = load(file)
    assert "虚构" in rubric.title
    assert rubric.id == f"example-{file.stem}"


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_rubric_is_refused_for_exactly_its_code(file: Path) -> None:
    assert {code for code, _ in problems_of(broken_text(file))} == {file.stem[:4]}


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_problem_names_the_line_that_was_broken(file: Path) -> None:
    sound, text = sound_and_broken(file)
    before, after = sound.splitlines(), text.splitlines()
    first = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(after) - 1)
    lines = [int(place.split()[0].split(":")[1]) for _, place in problems_of(text)]
    assert all(1 <= line <= len(after) for line in lines)
    if file.stem[:4] in {"R002", "R003", "R004", "R006", "R016", "R020", "R051", "R110", "R122"}:
        assert first + 1 in lines or first + 2 in lines


def test_every_code_has_a_broken_rubric() -> None:
    assert {file.stem[:4] for file in BROKEN} == {code.value for code in RubricCode}


@pytest.mark.parametrize("locale", LOCALIZERS.locales)
@pytest.mark.parametrize("code", [*RubricCode, *AnswerCode], ids=str)
def test_every_code_has_a_sentence_in_every_language(locale: str, code: str) -> None:
    key = f"problem.{code}"
    assert LOCALIZERS.of(locale).translations.gettext(key) != key


@pytest.mark.parametrize("locale", LOCALIZERS.locales)
@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_problem_reads_as_one_filled_in_line(file: Path, locale: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        load(broken_text(file))
    for problem in refused.value.problems:
        sentence = LOCALIZERS.of(locale).problem(problem)
        assert problem.place in sentence
        assert "{" not in sentence
        assert "\n" not in sentence


def test_every_problem_is_reported_at_once() -> None:
    """Faults of reading, shape and sense in different parts do not hide each other."""
    text = (
        BASE.replace("total: 8\n", "total: 8\ntotal: 8\ncolour: red\n")
        .replace('- id: "1.1"', "- id: 1.1")
        .replace("points: 1.5\n", "points: 3\n")
        .replace("gloss: {zh_CN: 看场地。, en: See the place.}", "gloss: {zh_CN: 看场地。}")
        .replace("columns: [大项, 中项, 小项]", "columns: 大项")
        .replace("declares: true", "declares: false")
    )
    codes = {code for code, _ in problems_of(text)}
    assert codes == {"R002", "R004", "R003", "R042", "R050", "R008", "R090"}


def test_a_place_gives_file_line_and_key_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(BASE.replace("points: 1.5\n", "points: 3\n"), encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        load(file)
    place = refused.value.problems[0].place
    assert place == f"{file}:64 chapters[2].sections[2.1].items[2.1.1].levels[one]"


def test_a_file_that_is_missing_or_not_utf8_is_a_coded_problem(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: é".encode("latin-1"))
    for file, code in ((tmp_path / "none.yaml", "S001"), (latin, "R001")):
        with pytest.raises(InvalidInputError) as refused:
            load(file)
        assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("text", ["", "- a", "just words", "a: [", "\x00", "*a", "? [x]\n: y", "<<: 1", "[" * 5000])
def test_a_text_that_is_no_rubric_is_refused_and_never_raises_anything_else(text: str) -> None:
    assert problems_of(text)


@given(st.data())
def test_no_damage_to_a_file_makes_the_loader_fail_otherwise(data: st.DataObject) -> None:
    """Lines dropped, repeated, swapped or replaced: a rubric comes back, or coded problems with a sentence each."""
    lines = data.draw(st.sampled_from([BASE, *(file.read_text(encoding="utf-8") for file in EXAMPLES)])).splitlines()
    odd = st.sampled_from(
        [
            "points:",
            "points: 1",
            "met: open",
            "share: 0.5",
            "fails: true",
            "- x",
            "levels: 5",
            "items: {}",
            "facts: 1",
            "id: 2.1",
            "zh_CN: 1",
            "<<: {}",
            "[]: 1",
        ]
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        indent = len(lines[at]) - len(lines[at].lstrip())
        lines[at : at + 1] = data.draw(
            st.sampled_from(
                [[], [lines[at]] * 2, [" " * indent + data.draw(odd)], [lines[at].partition(":")[0] + ": 7"]]
            )
        )
    problems: tuple[Problem, ...] = ()
    try:
        load("\n".join(lines))
    except InvalidInputError as error:
        problems = error.problems
    assert all("{" not in LOCALIZERS.of("en").problem(problem) for problem in problems)
