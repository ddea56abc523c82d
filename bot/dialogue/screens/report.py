"""Handing in: how far it is, what is missing with the way to each, the documents, and what to do next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import Kind
from bot.dialogue import walk
from bot.dialogue.flows.check import CHECK, findings
from bot.dialogue.flows.report import ALL, CONFIRM, UNPRINTABLE, acts
from bot.dialogue.flows.stamped import copies
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.report_intents import FetchReport, ShowStamped
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Screen, bold, line, say
from bot.dialogue.screens.handing_in import reopened, sealed
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening
from bot.reports.model import Package, Unprintable
from bot.watch.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIDE_BY_SIDE: Final = 2
_MOST_COPIES: Final = 3
"""Stamped copies that have a button, the newest."""

OWN_WORDS: Final = "report"
"""The section of the form that holds the head's own paragraphs of the letter."""


def report(view: View) -> Screen:
    """Everything about handing in on one screen; the button that leads on comes first."""
    package = view.world.package(view.assessment)
    missing = list(_missing(view))
    blocks: list[Block] = [*_heading(package), *_standing(view), BLANK, *_score(package)]
    blocks += [line("　", button.text) for button in missing] or [line(say("report.nothing_missing"))]
    blocks += [BLANK, line(say(_ON_PAPER[view.assessment.kind])), *_who_can(view)]
    ways = [*((each,) for each in missing), *_final(view), *_documents(view, package)]
    if ways:
        first, *others = ways
        ways = [(replace(first[0], emphasis=Emphasis.PRIMARY), *first[1:]), *others]
    around = (opening(say("watch.button.check"), CHECK), opening(view.say("button.score"), Place(PlaceKind.SCORE)))
    return view.screen(blocks, [*ways, *_beside(view), around, back_to_card(view)])


_ON_PAPER: Final = {Kind.PRACTICE: "report.practice", Kind.SELF_ASSESSMENT: "report.on_paper"}


def _standing(view: View) -> Iterator[Block]:
    if not view.assessment.seal:
        yield line(say("report.state.draft"))
        yield from reopened(view)
        return
    yield from sealed(view)
    for each in copies(view.assessment):
        at = each.entry.at or view.world.now
        yield line(say("report.state.stamped", number=each.number, count=len(each.set.files), at=at))


def _who_can(view: View) -> Iterator[Block]:
    """Who acts for the station, where the reader does not."""
    if view.assessment.kind is Kind.PRACTICE or acts(view.world, view.assessment):
        return
    people = view.world.roster.members(view.assessment.station or 0)
    names = tuple(each.name for each in people if each.leads)
    if names:
        yield line(say("report.head_can", names=names))


def _missing(view: View) -> Iterator[Button]:
    """What is missing, as the buttons that lead to it."""
    every = findings(view.world, view.assessment)
    blank = view.summary.blank
    if blank:
        first = walk.first_open(view.rubric, view.assessment, view.position.walk)
        yield opening(say("report.missing.blank", count=blank), first)
    unasked = sum(not view.assessment.veto(each.id).is_settled for each in view.rubric.vetoes)
    if unasked:
        yield opening(say("report.missing.conditions", count=unasked), Place(PlaceKind.VETOES))
    must = sum(each.severity is Severity.MUST for each in every)
    if must:
        yield opening(say("report.missing.must", count=must), CHECK)
    unexplained = sum(each.severity is Severity.CHECK and not each.is_explained for each in every)
    if unexplained:
        yield opening(say("report.missing.unexplained", count=unexplained), CHECK)


def _final(view: View) -> Iterator[Row]:
    """定稿, or what comes behind it, for whoever acts for the station."""
    if view.assessment.kind is Kind.PRACTICE or not acts(view.world, view.assessment):
        return
    if not view.assessment.seal:
        yield (opening(say("report.button.seal"), CONFIRM),)
    elif not copies(view.assessment):
        yield (opening(say("report.button.stamped"), Place(PlaceKind.STAMPED)),)


def _heading(package: Package | Unprintable) -> Iterator[Block]:
    station = package.stamp.station if isinstance(package, Package) else ""
    yield line(bold(say("report.title")), *(("　", station) if station else ()))


def _score(package: Package | Unprintable) -> Iterator[Block]:
    """The score in the papers' own words; where there are none, why."""
    if isinstance(package, Unprintable):
        yield line(say(UNPRINTABLE, codes=package.codes))
    else:
        yield line(bold(say("report.score", total=package.total)))


def _documents(view: View, package: Package | Unprintable) -> Iterator[Row]:
    """All of them at once, then each."""
    if isinstance(package, Unprintable):
        return
    key = "report.button.whole" if view.assessment.seal else "report.button.whole_draft"
    yield (Button(say(key), FetchReport(ALL)),)
    buttons = [Button(each.name, FetchReport(each.kind.value)) for each in package.documents]
    yield from in_rows(buttons, _SIDE_BY_SIDE)


def _beside(view: View) -> Iterator[Row]:
    form, assessment = view.world.form, view.assessment
    if not assessment.seal and form is not None and form.section(OWN_WORDS) is not None:
        yield (opening(say("report.button.own_words"), Place(PlaceKind.FORM_SECTION, OWN_WORDS)),)
    shown = copies(assessment)[-_MOST_COPIES:]
    yield tuple(Button(say("report.button.get_copy", number=each.number), ShowStamped(each.number)) for each in shown)
    if assessment.seal and acts(view.world, assessment):
        more = (opening(say("report.button.more_copies"), Place(PlaceKind.STAMPED)),) if shown else ()
        yield (*more, opening(say("report.button.reopen"), Place(PlaceKind.REOPEN)))
