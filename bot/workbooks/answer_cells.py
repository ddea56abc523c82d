"""An answer to an item as the cells of a line, and such cells back as an answer."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.errors import InvalidInputError
from bot.rubric.answering import answer_for
from bot.rubric.answers import Chosen, Counted, Excused, Measured, Sampled, Ticked
from bot.rubric.codes import AnswerCode
from bot.rubric.facts import MeasureFacts, ProofFacts
from bot.rubric.figures import figure_text
from bot.rubric.yields import level_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.answering import AnswerData
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Level
    from bot.workbooks.speaking import Speaker

LEVEL: Final = "level"
EXCUSE: Final = "excuse"
FACTS: Final = ("problems", "serious", "sampled", "errors", "unit", "measured", "proofs")
COLUMNS: Final = (LEVEL, *FACTS, EXCUSE)
"""The columns that make one answer together, in their order."""

_COUNTS: Final = ("problems", "sampled", "errors")
_WHOLE: Final = re.compile(r"[0-9]{1,12}")
_BETWEEN: Final = re.compile(r"[;；\n]")

_WHY: Final[Mapping[str, str]] = {
    AnswerCode.UNKNOWN_LEVEL: "workbook.why.level",
    AnswerCode.FACT_NOT_ASKED: "workbook.why.not_asked",
    AnswerCode.SEVERAL_ANSWERS: "workbook.why.several",
    AnswerCode.NOT_A_COUNT: "workbook.why.count",
    AnswerCode.SERIOUS_WITHOUT_PROBLEM: "workbook.why.serious",
    AnswerCode.MORE_ERRORS_THAN_SAMPLED: "workbook.why.more_errors",
    AnswerCode.NOTHING_SAMPLED: "workbook.why.nothing_sampled",
    AnswerCode.FACT_MISSING: "workbook.why.missing",
    AnswerCode.EMPTY_REASON: "workbook.why.reason",
    AnswerCode.NOT_APPLICABLE_NOT_OFFERED: "workbook.why.not_offered",
    AnswerCode.NOT_TRUE_OR_FALSE: "workbook.why.yes_or_blank",
    AnswerCode.NOT_A_MEASURE: "workbook.why.measure",
    AnswerCode.UNKNOWN_PROOF: "workbook.why.proof",
}


class UnfitCellsError(Exception):
    """The cells of a line make no answer: `why` is a catalogue key, `column` the cell to look at."""

    def __init__(self, why: str, column: str) -> None:
        super().__init__(why)
        self.why = why
        self.column = column


def asked(item: Item) -> tuple[str, ...]:
    """The columns of an answer that make sense for this item."""
    names = () if item.facts is None else item.facts.names
    excuse = (EXCUSE,) if item.not_applicable is not None else ()
    return (LEVEL, *names, *(("unit",) if "sampled" in names else ()), *excuse)


def options(item: Item, speaker: Speaker) -> tuple[str, ...]:
    """What can be chosen in the first column."""
    excused = (speaker.say("workbook.excused"),) if item.not_applicable is not None else ()
    return (*(level_words(level, speaker) for level in item.levels), *excused)


def level_words(level: Level, speaker: Speaker) -> str:
    """The words of a level, its grade before them."""
    when = speaker.pick(level.when)
    return speaker.say("level.graded", grade=level.grade, when=when) if level.grade else when


def to_cells(item: Item, answer: Answer | None, speaker: Speaker) -> dict[str, str]:
    """The filled cells of an answer, by column."""
    cells: dict[str, str] = {}
    match answer:
        case Chosen(level=level_id):
            level = item.level(level_id)
            cells = {LEVEL: level_id if level is None else level_words(level, speaker)}
        case Counted(problems=problems, serious=serious):
            cells = {"problems": str(problems), "serious": speaker.say("workbook.yes") if serious else ""}
        case Sampled(sampled=sampled, errors=errors, unit=unit):
            cells = {"sampled": str(sampled), "errors": str(errors), "unit": unit}
        case Measured(value=value):
            cells = {"measured": figure_text(value)}
        case Ticked(proofs=proofs):
            cells = {"proofs": _proofs_text(item, proofs, speaker)}
        case Excused(reason=reason):
            cells = {LEVEL: speaker.say("workbook.excused"), EXCUSE: reason}
        case None:
            pass
    return {column: text for column, text in cells.items() if text}


def from_cells(item: Item, cells: Mapping[str, str], speaker: Speaker) -> Answer | None:
    """The answer of the filled cells; None when all are blank. Raises UnfitCellsError."""
    filled = {column: cells[column].strip() for column in COLUMNS if cells.get(column, "").strip()}
    if not filled:
        return None
    data: AnswerData = {name: _fact(item, name, filled[name], speaker) for name in FACTS if name in filled}
    chosen = _level(item, filled.get(LEVEL, ""), speaker)
    if data and chosen is not None and EXCUSE not in filled:
        answer = _checked(item, data)
        if level_of(item, answer) is not chosen:
            raise UnfitCellsError("workbook.why.several", LEVEL)
        return answer
    if EXCUSE in filled or filled.get(LEVEL) == speaker.say("workbook.excused"):
        data["not_applicable"] = filled.get(EXCUSE, "")
    if chosen is not None:
        data["level"] = chosen.id
    return _checked(item, data)


def _level(item: Item, words: str, speaker: Speaker) -> Level | None:
    if words in ("", speaker.say("workbook.excused")):
        return None
    known = {level_words(level, speaker): level for level in item.levels}
    if words not in known:
        raise UnfitCellsError("workbook.why.level", LEVEL)
    return known[words]


def _checked(item: Item, data: AnswerData) -> Answer:
    try:
        return answer_for(item, data)
    except InvalidInputError as error:
        problem = error.problems[0]
        fact = str(problem.details.get("fact", next(iter(data), LEVEL)))
        column = {"not_applicable": EXCUSE}.get(fact, fact)
        raise UnfitCellsError(_WHY.get(problem.code, "workbook.why.several"), column) from error


def _fact(item: Item, name: str, text: str, speaker: Speaker) -> str | int | bool | list[str]:
    plain = unicodedata.normalize("NFKC", text)
    if name in _COUNTS and _WHOLE.fullmatch(plain):
        return int(plain)
    if name == "serious" and text == speaker.say("workbook.yes"):
        return True
    if name == "proofs":
        return _proofs(item, text, speaker)
    return _without_unit(item, plain) if name == "measured" else text


def _without_unit(item: Item, text: str) -> str:
    if isinstance(item.facts, MeasureFacts):
        for unit in (*item.facts.unit.by_locale.values(), *item.facts.also):
            text = text.removesuffix(unicodedata.normalize("NFKC", unit)).strip()
    return text


def _proofs_text(item: Item, proofs: tuple[str, ...], speaker: Speaker) -> str:
    if not proofs or not isinstance(item.facts, ProofFacts):
        return speaker.say("workbook.none")
    return "；".join(speaker.pick(proof.label) for proof in item.facts.proofs if proof.id in proofs)


def _proofs(item: Item, text: str, speaker: Speaker) -> list[str]:
    if text == speaker.say("workbook.none") or not isinstance(item.facts, ProofFacts):
        return []
    ids = {speaker.pick(proof.label): proof.id for proof in item.facts.proofs}
    named = [words.strip() for words in _BETWEEN.split(text) if words.strip()]
    return list(dict.fromkeys(ids.get(words, words) for words in named))
