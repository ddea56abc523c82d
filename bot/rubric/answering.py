"""An answer as a small JSON-able dict, the same in a score file and in storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.codes import AnswerCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.rubric.answers import Answer
    from bot.rubric.model import Item

AnswerData: TypeAlias = dict[str, str | int | bool]
"""`{"level": id}`, `{"problems": n, "serious": true}`, `{"sampled": n, "errors": n, "unit": text}` or
`{"not_applicable": reason}`; `serious` and `unit` only where they say something."""

MOST: Final = 999_999_999
"""The largest count that is taken for a count."""

_WAYS: Final[tuple[frozenset[str], ...]] = (
    frozenset({"level"}),
    frozenset({"problems", "serious"}),
    frozenset({"sampled", "errors", "unit"}),
    frozenset({"not_applicable"}),
)
_FACTS: Final = ("problems", "serious", "sampled", "errors", "unit")


def answer_to_data(answer: Answer) -> AnswerData:
    """The dict of an answer; `answer_from_data` reads it back."""
    if isinstance(answer, Chosen):
        return {"level": answer.level}
    if isinstance(answer, Counted):
        counted: AnswerData = {"problems": answer.problems}
        return counted | ({"serious": True} if answer.serious else {})
    if isinstance(answer, Sampled):
        sampled: AnswerData = {"sampled": answer.sampled, "errors": answer.errors}
        return sampled | ({"unit": answer.unit} if answer.unit else {})
    return {"not_applicable": answer.reason}


def answer_from_data(data: object, place: str = "") -> Answer:
    """The answer of such a dict, whatever item it is for.

    Raises:
        InvalidInputError: with every problem (S004 to S023), each at `place`.
    """
    problems = list(_shape_problems(data, place))
    if problems or not isinstance(data, dict):
        raise InvalidInputError(problems)
    return _answer(data)


def answer_for(item: Item, data: object) -> Answer:
    """The answer of such a dict, held against what the item offers.

    Raises:
        InvalidInputError: with every problem, each at the item's id.
    """
    answer = answer_from_data(data, item.id)
    problems = list(misfits(item, answer))
    if not problems and isinstance(data, dict):
        problems = list(_not_asked(item, data))
    if problems:
        raise InvalidInputError(problems)
    return answer


def misfits(item: Item, answer: Answer) -> Iterator[Problem]:
    """What keeps an answer from being one to this item: S011, S012, S015 to S018, S020 and S021."""
    if isinstance(answer, Chosen):
        if item.level(answer.level) is None:
            known = ", ".join(level.id for level in item.levels)
            yield Problem(AnswerCode.UNKNOWN_LEVEL, item.id, {"level": answer.level, "known": known})
    elif isinstance(answer, Excused):
        if item.not_applicable is None:
            yield Problem(AnswerCode.NOT_APPLICABLE_NOT_OFFERED, item.id)
        if not answer.reason.strip():
            yield Problem(AnswerCode.EMPTY_REASON, item.id)
    else:
        yield from _not_asked(item, answer_to_data(answer))
        yield from _impossible(answer, item.id)


def _not_asked(item: Item, data: Mapping[str, object]) -> Iterator[Problem]:
    asked = item.facts.names if item.facts is not None else ()
    allowed = (*asked, "unit") if "sampled" in asked else asked
    for name in _FACTS:
        if name in data and name not in allowed:
            yield Problem(AnswerCode.FACT_NOT_ASKED, item.id, {"fact": name})


def _impossible(answer: Counted | Sampled, place: str) -> Iterator[Problem]:
    counts = {
        name: value for name, value in answer_to_data(answer).items() if name in ("problems", "sampled", "errors")
    }
    for name, value in counts.items():
        if not _is_count(value):
            yield Problem(AnswerCode.NOT_A_COUNT, place, {"fact": name, "most": MOST})
    if isinstance(answer, Counted):
        if answer.serious and answer.problems == 0:
            yield Problem(AnswerCode.SERIOUS_WITHOUT_PROBLEM, place)
    elif answer.sampled == 0:
        yield Problem(AnswerCode.NOTHING_SAMPLED, place)
    elif answer.errors > answer.sampled:
        details = {"errors": answer.errors, "sampled": answer.sampled}
        yield Problem(AnswerCode.MORE_ERRORS_THAN_SAMPLED, place, details)


def _shape_problems(data: object, place: str) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield Problem(AnswerCode.NOT_AN_OBJECT, place)
        return
    ways = [way for way in _WAYS if way & data.keys()]
    for key in data:
        if not any(key in way for way in _WAYS):
            yield Problem(AnswerCode.UNKNOWN_KEY, place, {"key": str(key)})
    if len(ways) > 1:
        yield Problem(AnswerCode.SEVERAL_ANSWERS, place)
    elif not ways:
        yield Problem(AnswerCode.NO_ANSWER, place)
    for need, partners in (("problems", {"serious"}), ("sampled", {"errors", "unit"}), ("errors", {"sampled", "unit"})):
        if need not in data and partners & data.keys():
            yield Problem(AnswerCode.FACT_MISSING, place, {"fact": need})
    yield from _kind_problems(data, place)


def _kind_problems(data: Mapping[str, object], place: str) -> Iterator[Problem]:
    for key in ("level", "unit", "not_applicable"):
        if key in data and not isinstance(data[key], str):
            yield Problem(AnswerCode.NOT_TEXT, place, {"key": key})
    for key in ("problems", "sampled", "errors"):
        if key in data and not _is_count(data[key]):
            yield Problem(AnswerCode.NOT_A_COUNT, place, {"fact": key, "most": MOST})
    if "serious" in data and not isinstance(data["serious"], bool):
        yield Problem(AnswerCode.NOT_TRUE_OR_FALSE, place, {"key": "serious"})
    reason = data.get("not_applicable")
    if isinstance(reason, str) and not reason.strip():
        yield Problem(AnswerCode.EMPTY_REASON, place)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _answer(data: Mapping[str, object]) -> Answer:
    match data:
        case {"level": str(level)}:
            return Chosen(level)
        case {"problems": int(problems)}:
            return Counted(problems, serious=data.get("serious") is True)
        case {"sampled": int(sampled), "errors": int(errors)}:
            return Sampled(sampled, errors, str(data.get("unit", "")))
        case _:
            return Excused(str(data["not_applicable"]).strip())
