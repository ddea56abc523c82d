"""An answer as a small JSON-able dict, the same in a score file and in storage."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.answers import Chosen, Counted, Excused, Measured, Sampled, Ticked
from bot.rubric.codes import AnswerCode
from bot.rubric.facts import MeasureFacts, ProofFacts
from bot.rubric.figures import MOST, as_figure, figure_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.rubric.answers import Answer
    from bot.rubric.model import Item

AnswerData: TypeAlias = dict[str, str | int | bool | list[str]]
"""`{"level": id}`, `{"problems": n, "serious": true}`, `{"sampled": n, "errors": n, "unit": text}`,
`{"measured": "85.5"}`, `{"proofs": [id, …]}` or `{"not_applicable": reason}`; `serious` and `unit` only where they say
something. A measured number is a text, so that no reader makes a float of it."""

_WAYS: Final[tuple[frozenset[str], ...]] = (
    frozenset({"level"}),
    frozenset({"problems", "serious"}),
    frozenset({"sampled", "errors", "unit"}),
    frozenset({"measured"}),
    frozenset({"proofs"}),
    frozenset({"not_applicable"}),
)
_FACTS: Final = ("problems", "serious", "sampled", "errors", "unit", "measured", "proofs")


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
    if isinstance(answer, Measured):
        return {"measured": figure_text(answer.value)}
    if isinstance(answer, Ticked):
        return {"proofs": list(answer.proofs)}
    return {"not_applicable": answer.reason}


def answer_from_data(data: object, place: str = "") -> Answer:
    """The answer of such a dict, whatever item it is for.

    Raises:
        InvalidInputError: with every problem (S004 to S026), each at `place`.
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
    return in_order(item, answer)


def in_order(item: Item, answer: Answer) -> Answer:
    """The same answer, with its proofs in the order of the item."""
    if not isinstance(answer, Ticked) or not isinstance(item.facts, ProofFacts):
        return answer
    return Ticked(tuple(proof.id for proof in item.facts.proofs if proof.id in answer.proofs))


def misfits(item: Item, answer: Answer) -> Iterator[Problem]:
    """What keeps an answer from being one to this item: S011, S012, S015 to S018, S020, S021, S024 and S025."""
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
        yield from _impossible(item, answer)


def _not_asked(item: Item, data: Mapping[str, object]) -> Iterator[Problem]:
    asked = item.facts.names if item.facts is not None else ()
    allowed = (*asked, "unit") if "sampled" in asked else asked
    for name in _FACTS:
        if name in data and name not in allowed:
            yield Problem(AnswerCode.FACT_NOT_ASKED, item.id, {"fact": name})


def _impossible(item: Item, answer: Answer) -> Iterator[Problem]:
    match answer:
        case Counted(problems=problems):
            yield from _not_counts(item.id, {"problems": problems})
            if answer.serious and problems == 0:
                yield Problem(AnswerCode.SERIOUS_WITHOUT_PROBLEM, item.id)
        case Sampled(sampled=sampled, errors=errors):
            yield from _not_counts(item.id, {"sampled": sampled, "errors": errors})
            if sampled == 0:
                yield Problem(AnswerCode.NOTHING_SAMPLED, item.id)
            elif errors > sampled:
                yield Problem(AnswerCode.MORE_ERRORS_THAN_SAMPLED, item.id, {"errors": errors, "sampled": sampled})
        case Measured(value=value) if isinstance(item.facts, MeasureFacts):
            if as_figure(value, item.facts.most) is None:
                yield _not_a_measure(item.id, item.facts)
        case Ticked(proofs=proofs) if isinstance(item.facts, ProofFacts):
            yield from _unknown_proofs(item.id, proofs, [proof.id for proof in item.facts.proofs])


def _unknown_proofs(place: str, proofs: tuple[str, ...], known: list[str]) -> Iterator[Problem]:
    for proof in proofs:
        if proof not in known:
            yield Problem(AnswerCode.UNKNOWN_PROOF, place, {"proof": proof, "known": ", ".join(known)})


def _not_counts(place: str, counts: Mapping[str, object]) -> Iterator[Problem]:
    for name, value in counts.items():
        if not _is_count(value):
            yield Problem(AnswerCode.NOT_A_COUNT, place, {"fact": name, "most": MOST})


def _not_a_measure(place: str, facts: MeasureFacts | None = None) -> Problem:
    most = MOST if facts is None or facts.most is None else facts.most
    return Problem(AnswerCode.NOT_A_MEASURE, place, {"most": f"{most}"})


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
    yield from _not_counts(place, {key: data[key] for key in ("problems", "sampled", "errors") if key in data})
    if "measured" in data and as_figure(data["measured"]) is None:
        yield _not_a_measure(place)
    if "proofs" in data and not _is_list_of_texts(data["proofs"]):
        yield Problem(AnswerCode.NOT_A_LIST, place, {"key": "proofs"})
    if "serious" in data and not isinstance(data["serious"], bool):
        yield Problem(AnswerCode.NOT_TRUE_OR_FALSE, place, {"key": "serious"})
    reason = data.get("not_applicable")
    if isinstance(reason, str) and not reason.strip():
        yield Problem(AnswerCode.EMPTY_REASON, place)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value) and len(set(value)) == len(value)


def _answer(data: Mapping[str, object]) -> Answer:
    match data:
        case {"level": str(level)}:
            return Chosen(level)
        case {"problems": int(problems)}:
            return Counted(problems, serious=data.get("serious") is True)
        case {"sampled": int(sampled), "errors": int(errors)}:
            return Sampled(sampled, errors, str(data.get("unit", "")))
        case {"measured": measured}:
            return Measured(as_figure(measured) or Decimal(0))
        case {"proofs": list(proofs)}:
            return Ticked(tuple(proofs))
        case _:
            return Excused(str(data["not_applicable"]).strip())
