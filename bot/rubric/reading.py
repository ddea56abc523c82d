"""Reads a set of answers for scoring from JSON, strictly, with every problem at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.answering import answer_for
from bot.rubric.codes import AnswerCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.rubric.answers import Answer
    from bot.rubric.loader import Library
    from bot.rubric.model import ItemId, Rubric, VetoId

_KEYS: Final = ("rubric", "answers", "vetoes")
_LONGEST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Submission:
    """Answers and conditions that fit their rubric; a condition left out is unasked."""

    rubric: Rubric
    answers: Mapping[ItemId, Answer]
    vetoes: Mapping[VetoId, bool]


class _Object(dict[str, object]):
    """A JSON object that remembers which of its keys were given twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1}) if len(self) < len(keys) else []


def read_submission(raw: bytes, rubrics: Library) -> Submission:
    """The submission in a JSON text, scored by the newest version of the rubric that it names.

    `answers` and `vetoes` may be left out.

    Raises:
        InvalidInputError: with every problem; each place is an item's id, a condition's id or a key.
    """
    data = _parsed(raw)
    problems = [*_repeated(data, ""), *_top_level(data)]
    rubric = _rubric(data.get("rubric"), rubrics, problems)
    if rubric is None:
        raise InvalidInputError(problems)
    answers = _answers(rubric, data.get("answers", _Object([])), problems)
    vetoes = _vetoes(rubric, data.get("vetoes", _Object([])), problems)
    if problems:
        raise InvalidInputError(problems)
    return Submission(rubric, answers, vetoes)


def _parsed(raw: bytes) -> _Object:
    try:
        data = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_Object, parse_float=Decimal, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        raise InvalidInputError([Problem(AnswerCode.NOT_JSON, "", {"line": error.lineno})]) from error
    except (ValueError, RecursionError) as error:
        raise InvalidInputError([Problem(AnswerCode.NOT_JSON, "", {"line": 1})]) from error
    if not isinstance(data, _Object):
        raise InvalidInputError([Problem(AnswerCode.NOT_AN_OBJECT)])
    return data


def _no_number(name: str) -> object:
    raise ValueError(name)


def _shown(key: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in key[:_LONGEST_SHOWN])


def _repeated(data: object, place: str) -> Iterator[Problem]:
    if isinstance(data, _Object):
        for key in data.repeated:
            yield Problem(AnswerCode.DUPLICATE_KEY, place or _shown(key), {"key": _shown(key)})


def _top_level(data: _Object) -> Iterator[Problem]:
    for key in data:
        if key not in _KEYS:
            yield Problem(AnswerCode.UNKNOWN_KEY, _shown(key), {"key": _shown(key)})
    for key in ("answers", "vetoes"):
        if not isinstance(data.get(key, data), _Object):
            yield Problem(AnswerCode.NOT_AN_OBJECT, key)


def _rubric(name: object, rubrics: Library, problems: list[Problem]) -> Rubric | None:
    if name is None:
        problems.append(Problem(AnswerCode.MISSING_KEY, "rubric", {"key": "rubric"}))
        return None
    if not isinstance(name, str):
        problems.append(Problem(AnswerCode.NOT_TEXT, "rubric", {"key": "rubric"}))
        return None
    try:
        return rubrics.latest(name)
    except InvalidInputError as error:
        problems.extend(Problem(each.code, _shown(each.place), each.details) for each in error.problems)
        return None


def _answers(rubric: Rubric, data: object, problems: list[Problem]) -> dict[ItemId, Answer]:
    answers: dict[ItemId, Answer] = {}
    if not isinstance(data, _Object):
        return answers
    problems += _repeated(data, "")
    for item_id, given in data.items():
        item = rubric.items.get(item_id)
        if item is None:
            problems.append(Problem(AnswerCode.UNKNOWN_ITEM, _shown(item_id)))
            continue
        problems += _repeated(given, item_id)
        try:
            answers[item_id] = answer_for(item, given)
        except InvalidInputError as error:
            problems += error.problems
    return answers


def _vetoes(rubric: Rubric, data: object, problems: list[Problem]) -> dict[VetoId, bool]:
    vetoes: dict[VetoId, bool] = {}
    if not isinstance(data, _Object):
        return vetoes
    problems += _repeated(data, "")
    for veto_id, given in data.items():
        if veto_id not in rubric.vetoes_by_id:
            known = ", ".join(rubric.vetoes_by_id)
            problems.append(Problem(AnswerCode.UNKNOWN_VETO, _shown(veto_id), {"known": known}))
        elif not isinstance(given, bool):
            problems.append(Problem(AnswerCode.NOT_TRUE_OR_FALSE, veto_id, {"key": veto_id}))
        else:
            vetoes[veto_id] = given
    return vetoes
