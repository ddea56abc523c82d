"""Holds the file with an assessment against its rubric, its form and itself."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bot.assessments.sealing import SEAL, seal_in
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.reports.transfer.codes import TransferCode
from bot.reports.transfer.entries import fault
from bot.rubric.answering import answer_for
from bot.rubric.codes import AnswerCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.forms.model import Form
    from bot.reports.transfer.shape import TransferShape
    from bot.rubric.model import Rubric


def check(shape: TransferShape, rubric: Rubric, form: Form | None) -> Iterator[Problem]:
    """Everything that is wrong with the file although it has the right shape."""
    yield from _authorities(shape)
    yield from _people(shape)
    yield from _items(shape, rubric)
    yield from _vetoes(shape, rubric)
    wrong = list(_entries(shape, form))
    yield from wrong or _seal(shape)


def _authorities(shape: TransferShape) -> Iterator[Problem]:
    """Each stands above the one before it, and none twice."""
    codes = [each.code for each in shape.authorities]
    named = [shape.station.authority, *(lower.parent for lower, _ in pairwise(shape.authorities))]
    if codes != named or len(set(codes)) < len(codes):
        yield Problem(TransferCode.BROKEN_CHAIN, "authorities")


def _people(shape: TransferShape) -> Iterator[Problem]:
    if [each.number for each in shape.people] != list(range(1, len(shape.people) + 1)):
        yield Problem(TransferCode.NOT_NUMBERED, "people")
    if shape.owner > len(shape.people):
        yield Problem(TransferCode.UNKNOWN_PERSON, "owner", {"number": shape.owner})
    for place, record in chain(shape.items.items(), shape.vetoes.items(), shape.entries.items()):
        if record.by is not None and record.by > len(shape.people):
            yield Problem(TransferCode.UNKNOWN_PERSON, place, {"number": record.by})


def _items(shape: TransferShape, rubric: Rubric) -> Iterator[Problem]:
    for item_id, record in shape.items.items():
        item = rubric.items.get(item_id)
        if item is None:
            yield Problem(AnswerCode.UNKNOWN_ITEM, item_id)
        elif record.answer is not None:
            try:
                answer_for(item, record.answer)
            except InvalidInputError as error:
                yield from error.problems


def _vetoes(shape: TransferShape, rubric: Rubric) -> Iterator[Problem]:
    for veto_id, record in shape.vetoes.items():
        veto = rubric.vetoes_by_id.get(veto_id)
        if veto is None:
            yield Problem(AnswerCode.UNKNOWN_VETO, veto_id, {"known": ", ".join(rubric.vetoes_by_id)})
        elif record.choice and veto.choice(record.choice) is None:
            known = ", ".join(each.id for each in veto.choices)
            yield Problem(TransferCode.UNKNOWN_CHOICE, veto_id, {"known": known})


def _entries(shape: TransferShape, form: Form | None) -> Iterator[Problem]:
    for subject, record in shape.entries.items():
        code = fault(form, subject, record.value)
        if code is not None:
            yield Problem(code, subject)


def _seal(shape: TransferShape) -> Iterator[Problem]:
    """The file says twice whether it is final; both have to say the same."""
    entry = shape.entries.get(SEAL)
    if shape.seal != seal_in(SEAL, "" if entry is None else entry.value, ""):
        yield Problem(TransferCode.OTHER_SEAL, "seal")
