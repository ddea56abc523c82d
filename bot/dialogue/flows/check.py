"""The check before reporting: what is found, where it leads, and the words that explain it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.days import day_of
from bot.assessments.events import EntryWritten, ItemAnswered, VetoAnswered, subject_of
from bot.assessments.model import Kind
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.forms.words import lines
from bot.watch.case import Case
from bot.watch.model import Severity, SpotKind, explanation_subject
from bot.watch.rules import rules_of
from bot.watch.watching import arisen, watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.assessments.model import Assessment
    from bot.dialogue.check_intents import Mend
    from bot.dialogue.scene import Scene
    from bot.dialogue.screen import Say
    from bot.dialogue.turn import Event, Move
    from bot.dialogue.world import World
    from bot.rubric.model import Rubric
    from bot.watch.model import Finding, Spot
    from bot.watch.rules import Rule

CHECK: Final = Place(PlaceKind.CHECK)
LONGEST_EXPLANATION: Final = 1000
"""In characters, as other long texts of the form."""

_MOST_PAGES: Final = 99
KINDS: Final = frozenset(
    {PlaceKind.CHECK, PlaceKind.FINDING, PlaceKind.WRITE_EXPLANATION, PlaceKind.MEASURES, PlaceKind.MEASURE}
)


def is_real(place: Place, world: World) -> bool:
    """Whether there can be such a page, finding or measure; one that is settled by now says so on its screen."""
    match place.kind:
        case PlaceKind.CHECK:
            return _is_page(place.subject)
        case PlaceKind.MEASURES:
            return world.form is not None and _is_page(place.subject)
        case PlaceKind.MEASURE:
            is_known = place.subject in world.rubric.items or place.subject in world.rubric.vetoes_by_id
            return world.form is not None and is_known
        case _:
            name, _, _ = place.subject.partition("/")
            return any(rule.id == name for rule in _explainable(world))


def page_of(place: Place) -> int:
    """The page of a list, from 1."""
    return int(place.subject or "1")


def case_of(world: World, assessment: Assessment) -> Case:
    """What is watched, today."""
    return Case(assessment, world.rubric, world.form, day_of(world.now, world.zone))


def findings(world: World, assessment: Assessment) -> tuple[Finding, ...]:
    """Everything that is found in the assessment as it stands."""
    case = case_of(world, assessment)
    return watch(assessment, case.rubric, case.form, case.today)


def finding_at(world: World, assessment: Assessment, code: str) -> Finding | None:
    """The finding of that code; None once its facts agree."""
    return next((each for each in findings(world, assessment) if each.code == code), None)


def place_of(spot: Spot) -> Place:
    """Where a fact is put right; what day it is cannot be."""
    return Place(_PLACES[spot.kind], spot.subject)


def is_open(finding: Finding) -> bool:
    """Whether it is still to be put right or explained."""
    return finding.severity is not Severity.HINT and not finding.is_explained


def behind(every: Sequence[Finding], code: str, rubric: Rubric) -> int:
    """The number in the list, from 0, of what stands behind the finding of that code, or behind its gap."""
    codes = [each.code for each in every]
    if code in codes:
        return codes.index(code) + 1
    ranks = {rule.id: (list(Severity).index(rule.severity), number) for number, rule in enumerate(rules_of(rubric.id))}
    own = ranks.get(code.partition("/")[0], (0, 0))
    return sum(ranks[each.rule] < own for each in every)


def next_open(every: Sequence[Finding], code: str, rubric: Rubric) -> Finding | None:
    """The next finding behind the one of that code, and round the list, that is still open; None when none is."""
    start = behind(every, code, rubric)
    turned = (*every[start:], *every[:start])
    return next((each for each in turned if is_open(each) and each.code != code), None)


def mend(scene: Scene, intent: Mend) -> Move:
    """To the place where a finding is put right, or to the finding itself where two facts are to be compared."""
    found = finding_at(scene.world, scene.assessment, intent.finding)
    if found is None:
        return stay(scene.go(CHECK).position, "watch.settled")
    is_check = found.severity is Severity.CHECK
    place = Place(PlaceKind.FINDING, found.code) if is_check else place_of(found.facts[-1].spot)
    moved = scene.go(place)
    return replace(moved, position=replace(moved.position, errand=found.code))


def explain(scene: Scene, code: str, text: str) -> Move:
    """How both facts can be true was typed: it stands beside them, and goes into the report."""
    words, subject = lines(text), explanation_subject(code)
    if len(words) > LONGEST_EXPLANATION:
        return stay(scene.position, "unclean.too_long", most=LONGEST_EXPLANATION, length=len(words))
    if finding_at(scene.world, scene.assessment, code) is None:
        return stay(scene.go(CHECK).position, "watch.settled")
    stands = scene.assessment.entry(subject)
    is_shared = scene.assessment.kind is Kind.SELF_ASSESSMENT
    if is_shared and stands.revision != scene.position.seen and stands.value not in ("", words):
        return warn(scene.position, "watch.explained_meanwhile")
    event = EntryWritten(subject, stands.value, words)
    return scene.go(CHECK, event, notice=Notice(say("watch.explained")))


def with_what_arose(notice: Notice | None, events: Iterable[Event], before: World, after: Assessment) -> Notice | None:
    """The notice, with the contradictions that the events have just brought about."""
    touched = [subject_of(each) for each in events if isinstance(each, ItemAnswered | VetoAnswered | EntryWritten)]
    stood = before.assessment
    if not touched or stood is None or stood.id != after.id:
        return notice
    found = arisen(case_of(before, stood), after, touched)
    if not found:
        return notice
    sentence = say("watch.arisen", finding=sentence_of(found[0]), number=len(found))
    text = sentence if notice is None else say("watch.beside", notice=notice.text, finding=sentence)
    return Notice(text, is_alert=True)


def sentence_of(finding: Finding) -> Say:
    """What a rule says of what it found."""
    return say(f"watch.rule.{finding.rule}", **finding.args)


def _is_page(subject: str) -> bool:
    is_number = subject.isascii() and subject.isdigit() and subject == str(int(subject))
    return not subject or (is_number and 1 <= int(subject) <= _MOST_PAGES)


def _explainable(world: World) -> list[Rule]:
    return [rule for rule in rules_of(world.rubric.id) if rule.severity is Severity.CHECK]


_PLACES: Final = {
    SpotKind.ITEM: PlaceKind.ITEM,
    SpotKind.VETO: PlaceKind.VETO,
    SpotKind.FIELD: PlaceKind.FIELD,
    SpotKind.ROW: PlaceKind.ROW,
    SpotKind.TABLE: PlaceKind.TABLE,
    SpotKind.MEASURE: PlaceKind.MEASURE,
    SpotKind.TODAY: PlaceKind.CHECK,
}
