"""The part of an item's card that asks for figures: how to give them, what they yield, buttons for the likely ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.facts import ALL
from bot.dialogue.intents import Count, Tick
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Line, line, say
from bot.dialogue.screens.view import in_rows
from bot.dialogue.worth import points, yields_of
from bot.rubric.answers import Counted, Ticked
from bot.rubric.facts import DeductionFacts, MeasureFacts, ProofFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.screen import Say
    from bot.dialogue.screens.view import Row, View
    from bot.rubric.facts import Proof
    from bot.rubric.model import Item

_COUNTS = 6
"""The most problems that have a button of their own; more are typed."""
_COUNTS_IN_A_ROW = 2
_SHORT = 6
"""The most characters that a unit may have for two counts to share a row on a phone."""


def hints(asked: Item) -> Iterable[Line]:
    """How to give the figures, and what each of them means."""
    match asked.facts:
        case MeasureFacts() as facts:
            yield line(say("item.measure_hint", unit=facts.unit, example=facts.bands[0].threshold))
        case DeductionFacts() as facts:
            yield line(say("item.deduction_hint", unit=facts.unit, each=points(facts.each)))
        case ProofFacts() as facts:
            yield line(_proofs_hint(asked, facts))
            if any(proof.required for proof in facts.proofs) and facts.each is not None:
                yield line(say("item.proofs_required"))


def table(view: View, asked: Item) -> list[Block]:
    """The proofs with their ticks; nothing for an item whose options are its levels."""
    facts = asked.facts
    if not isinstance(facts, ProofFacts):
        return []
    ticked = _ticked(view, asked)
    lines: list[Block] = [
        line(f"{number} ", _proof_words(proof, is_ticked=proof.id in ticked))
        for number, proof in enumerate(facts.proofs, start=1)
    ]
    return [*lines, BLANK]


def buttons(view: View, asked: Item) -> list[Row]:
    """Buttons for the likely figures."""
    match asked.facts:
        case DeductionFacts() as facts:
            return _counts(view, asked, facts)
        case ProofFacts() as facts:
            return _ticks(view, asked, facts)
    return []


def _proofs_hint(asked: Item, facts: ProofFacts) -> Say:
    if facts.each is not None:
        return say("item.proofs_hint", each=points(facts.each), most=points(asked.points))
    return say("item.proofs_hint_all" if asked.has_points else "item.proofs_hint_met")


def _counts(view: View, asked: Item, facts: DeductionFacts) -> list[Row]:
    stands = view.assessment.item(asked.id)
    until_nothing = int(-(-asked.points // facts.each))
    made = []
    for number in range(min(until_nothing, _COUNTS) + 1):
        answer = Counted(number)
        key = "button.problems" if number else "button.no_problem"
        label = say(key, number=number, unit=facts.unit, yields=yields_of(asked, answer))
        label = say("button.stands", label=label) if stands.answer == answer else label
        emphasis = Emphasis.PLAIN if number else Emphasis.SUCCESS
        made.append(Button(label, Count(asked.id, number, stands.revision), emphasis))
    is_short = len(facts.unit.by_locale[view.world.locale]) <= _SHORT
    return [(made[0],), *in_rows(made[1:], _COUNTS_IN_A_ROW if is_short else 1)]


def _ticks(view: View, asked: Item, facts: ProofFacts) -> list[Row]:
    ticked, revision = _ticked(view, asked), view.assessment.item(asked.id).revision
    rows: list[Row] = []
    for proof in facts.proofs:
        is_on = proof.id in ticked
        rows.append((Button(_proof_words(proof, is_ticked=is_on), Tick(asked.id, proof.id, int(not is_on), revision)),))
    everything = Button(say("button.all_proofs"), Tick(asked.id, ALL, 1, revision), Emphasis.SUCCESS)
    nothing = Button(say("button.no_proof"), Tick(asked.id, ALL, 0, revision), Emphasis.DANGER)
    return [*rows, (everything, nothing)]


def _proof_words(proof: Proof, *, is_ticked: bool) -> Say:
    label = say("proof.required", label=proof.label) if proof.required else proof.label
    return say("proof.ticked" if is_ticked else "proof.open", label=label)


def _ticked(view: View, asked: Item) -> tuple[str, ...]:
    answer = view.assessment.item(asked.id).answer
    return answer.proofs if isinstance(answer, Ticked) else ()
