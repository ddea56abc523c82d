"""The check before reporting: every finding with its facts by pages, one in full, and its explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.check_intents import Mend
from bot.dialogue.flows.check import (
    CHECK,
    behind,
    finding_at,
    findings,
    is_open,
    next_open,
    page_of,
    place_of,
    sentence_of,
)
from bot.dialogue.phrases import LONG, SHORT, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Screen, bold, line, say
from bot.dialogue.screens.findings import label_of, words_of
from bot.dialogue.screens.handing_in import reopened, to_report
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening, undo_row
from bot.watch.model import Severity, SpotKind
from bot.watch.rules import rules_of
from bot.watch.watching import is_ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.dialogue.screen import Text
    from bot.watch.model import Fact, Finding

_ON_A_PAGE: Final = 5
_IN_A_ROW: Final = 3
_HEADINGS: Final = {
    Severity.MUST: "watch.heading.must",
    Severity.CHECK: "watch.heading.check",
    Severity.HINT: "watch.heading.hint",
}
_BUTTONS: Final = {
    Severity.MUST: "watch.button.mend",
    Severity.CHECK: "watch.button.compare",
    Severity.HINT: "watch.button.look",
}


def check(view: View) -> Screen:
    """Everything that is found, what must be put right first, each with a button to its place."""
    every = findings(view.world, view.assessment)
    pages = max(-(-len(every) // _ON_A_PAGE), 1)
    page = min(page_of(view.position.place), pages)
    first = (page - 1) * _ON_A_PAGE
    shown = list(enumerate(every, start=1))[first : first + _ON_A_PAGE]
    blocks: list[Block] = [line(bold(say("watch.title")), "　", _name(view)), *reopened(view), line(_counts(every))]
    before = None
    for number, finding in shown:
        if finding.severity is not before:
            blocks += [BLANK, line(bold(say(_HEADINGS[finding.severity])))]
        before = finding.severity
        blocks += _listed(view, number, finding)
    blocks += [BLANK, line(say(_closing(every)))]
    buttons = [_button(number, finding) for number, finding in shown]
    measures = opening(say("watch.button.measures"), Place(PlaceKind.MEASURES))
    again = (opening(say("watch.button.again"), CHECK), *((measures,) if view.world.form is not None else ()))
    ways = [*in_rows(buttons, _IN_A_ROW), paging(PlaceKind.CHECK, page, pages), again]
    return view.screen(blocks, [*ways, to_report(), undo_row(view), back_to_card(view)])


def finding(view: View) -> Screen:
    """Both facts, which of them is wrong, a button to the place of each, and a way to explain."""
    every = findings(view.world, view.assessment)
    found = next((each for each in every if each.code == view.subject), None)
    if found is None:
        return _settled(view)
    blocks: list[Block] = [line(bold(sentence_of(found))), line(_clause(view, found)), BLANK]
    blocks += [_fact(view, fact) for fact in found.facts]
    blocks += [BLANK, line(say("watch.which"))]
    blocks += _explanation(view, found, LONG)
    places = [fact.spot for fact in found.facts if fact.spot.kind is not SpotKind.TODAY]
    labels = [say("watch.button.change", label=label_of(view, each)) for each in places]
    ways: list[Row] = [(opening(label, place_of(each)),) for label, each in zip(labels, places, strict=True)]
    ways.append((opening(say("watch.button.explain"), Place(PlaceKind.WRITE_EXPLANATION, found.code)),))
    return view.screen(blocks, [*ways, ways_on(view, every, found.code)])


def explanation(view: View) -> Screen:
    """How both facts can be true is asked for."""
    found = finding_at(view.world, view.assessment, view.subject)
    if found is None:
        return _settled(view)
    back = (opening(say("button.back"), Place(PlaceKind.FINDING, view.subject)),)
    blocks: list[Block] = [line(bold(sentence_of(found))), *(_fact(view, fact) for fact in found.facts), BLANK]
    blocks += [line(say("watch.ask_explanation")), *_explanation(view, found, LONG), line(say("write.send"))]
    return view.screen(blocks, [back])


def _settled(view: View) -> Screen:
    return view.screen([line(say("watch.settled"))], [(opening(say("watch.button.again"), CHECK),)])


def to_check() -> Row:
    """From the score or the form to the check of everything."""
    return (opening(say("watch.button.check"), CHECK),)


def ways_on(view: View, every: Sequence[Finding], code: str) -> Row:
    """From a finding, or from where it is put right, back to its page of the list, and to the next that is open."""
    page = max(behind(every, code, view.rubric) - 1, 0) // _ON_A_PAGE + 1
    back = opening(say("watch.button.list"), Place(PlaceKind.CHECK, "" if page == 1 else str(page)))
    onward = next_open(every, code, view.rubric)
    if onward is None:
        return (back,)
    left = sum(is_open(each) for each in every)
    return (back, Button(say("watch.button.following", number=left), Mend(onward.code)))


def paging(kind: PlaceKind, page: int, pages: int) -> Row:
    """To the page before and the one behind."""
    before = opening(say("watch.button.page_before"), Place(kind, str(page - 1)))
    behind = opening(say("watch.button.page_behind"), Place(kind, str(page + 1)))
    return (*((before,) if page > 1 else ()), *((behind,) if page < pages else ()))


def _name(view: View) -> str:
    return shorten(view.assessment.entry("registration.name").value)


def _counts(every: Sequence[Finding]) -> Text:
    if not every:
        return say("watch.nothing")
    counts = {severity: sum(each.severity is severity for each in every) for severity in Severity}
    explained = sum(each.is_explained for each in every)
    key = "watch.counts_explained" if explained else "watch.counts"
    figures = {severity.value: count for severity, count in counts.items()}
    return say(key, **figures, **({"explained": explained} if explained else {}))


def _closing(every: Sequence[Finding]) -> str:
    """What is to be done next."""
    if not is_ready(every):
        return "watch.not_ready"
    return "watch.compare" if any(map(is_open, every)) else "watch.ready"


def _listed(view: View, number: int, finding: Finding) -> Iterable[Block]:
    yield line(bold(str(number)), " ", sentence_of(finding))
    if len(finding.facts) > 1:
        yield from (_fact(view, fact) for fact in finding.facts)
    if finding.severity is Severity.CHECK:
        yield from _explanation(view, finding, SHORT)


def _fact(view: View, fact: Fact) -> Block:
    return line("　", say("watch.fact", label=label_of(view, fact.spot), words=words_of(view, fact)))


def _explanation(view: View, finding: Finding, most: int) -> Iterable[Block]:
    said = finding.explanation or view.assessment.entry(finding.subject).value
    if said:
        key = "watch.said" if finding.is_explained else "watch.said_before"
        yield line("　", say(key, words=shorten(said, most)))


def _button(number: int, finding: Finding) -> Button:
    emphasis = Emphasis.PRIMARY if finding.severity is Severity.MUST else Emphasis.PLAIN
    return Button(say(_BUTTONS[finding.severity], number=number), Mend(finding.code), emphasis)


def _clause(view: View, found: Finding) -> Text:
    rule = next(each for each in rules_of(view.rubric.id) if each.id == found.rule)
    return say("watch.clause", clause=rule.clause)
