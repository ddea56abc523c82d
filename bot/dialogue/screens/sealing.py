"""定稿 before it is confirmed, 重新打开 with its reason, and the stamped copy that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.flows.check import CHECK, findings
from bot.dialogue.flows.report import PLACE, UNPRINTABLE
from bot.dialogue.flows.stamped import copies
from bot.dialogue.intents import checksum
from bot.dialogue.phrases import LONG, shorten
from bot.dialogue.report_intents import ReopenReport, SealReport
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Screen, bold, code, line, say
from bot.dialogue.screens.gaps import pending_items
from bot.dialogue.screens.handing_in import sealed
from bot.dialogue.screens.view import View, opening
from bot.evidence.sets import standing
from bot.forms.rows import rows
from bot.reports.model import Unprintable
from bot.watch.measures import measures
from bot.watch.model import Severity
from bot.watch.watching import is_ready

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.reports.model import Package
    from bot.watch.model import Finding

_CONFIRMED: Final = 4
"""So much of the 校验码 stands on the button that confirms."""


def confirm(view: View) -> Screen:
    """Exactly what will be locked and what is still open; what must be put right comes before."""
    every = findings(view.world, view.assessment)
    back = (opening(say("button.back"), PLACE),)
    if not is_ready(every):
        must = sum(each.severity is Severity.MUST for each in every)
        blocks = [line(bold(say("report.seal.title"))), line(say("report.seal.not_ready", count=must))]
        mend = opening(say("report.missing.must", count=must), CHECK, Emphasis.PRIMARY)
        return view.screen(blocks, [(mend,), back])
    package = view.world.package(view.assessment)
    if isinstance(package, Unprintable):
        wrong = line(say(UNPRINTABLE, codes=package.codes))
        return view.screen([line(bold(say("report.seal.title"))), wrong], [back])
    sealing = SealReport(package.stamp.code)
    label = say("report.button.confirm_seal", code=package.stamp.code[:_CONFIRMED])
    shown = [line(bold(say("report.seal.title"))), *_locked(view, package), BLANK, *_open(view, every), BLANK]
    shown.append(line(say("report.seal.means")))
    return view.screen(shown, [(Button(label, sealing, Emphasis.PRIMARY),), back])


def _locked(view: View, package: Package) -> Iterator[Block]:
    assessment, rubric, form = view.assessment, view.rubric, view.world.form
    settled = sum(assessment.veto(each.id).is_settled for each in rubric.vetoes)
    sections = () if form is None else form.sections
    tables = [f"{section.id}.{table.id}" for section in sections for table in section.tables]
    filled = sum(len(rows(assessment.entries, path)) for path in tables)
    yield line(bold(say("report.seal.locked")))
    yield line("　", say("report.score", total=package.total))
    yield line("　", say("report.seal.answered", done=view.summary.answered, total=len(rubric.items)))
    yield line("　", say("report.seal.conditions", done=settled, total=len(rubric.vetoes)))
    yield line("　", say("report.seal.rows", number=filled))
    yield line("　", say("report.seal.evidence", number=len(standing(assessment.entries))))
    yield line("　", say("report.seal.measures", number=len(measures(assessment, rubric, form))))
    yield line("　", say("report.seal.code"), code(package.stamp.code))


def _open(view: View, every: Sequence[Finding]) -> Iterator[Block]:
    """What whoever reviews will look at: it stands in the way of nothing."""
    explained = sum(each.is_explained for each in every)
    unexplained = sum(each.severity is Severity.CHECK and not each.is_explained for each in every)
    counts = {
        "report.open.pending": len(pending_items(view)),
        "report.open.explained": explained,
        "report.open.unexplained": unexplained,
        "report.open.hints": sum(each.severity is Severity.HINT for each in every),
    }
    yield line(bold(say("report.open.title" if any(counts.values()) else "report.open.nothing")))
    yield from (line("　", say(key, number=number)) for key, number in counts.items() if number)


def reopening(view: View) -> Screen:
    """What opening it again brings about; the reason is typed first, then confirmed."""
    blocks: list[Block] = [
        line(bold(say("report.reopen.title"))),
        *sealed(view),
        line(say("report.reopen.means")),
        BLANK,
    ]
    reason, back = view.position.draft, (opening(say("button.back"), PLACE),)
    if not reason:
        return view.screen([*blocks, line(say("report.reopen.why"))], [back])
    blocks.append(line(say("report.reopen.reason", reason=shorten(reason, LONG))))
    sure = ReopenReport(view.assessment.seal, checksum(reason))
    return view.screen(blocks, [(Button(say("report.button.confirm_reopen"), sure, Emphasis.DANGER),), back])


def stamped(view: View) -> Screen:
    """The 校验码 is asked for; once it was typed, the photos or the PDF."""
    count = sum(len(each.set.files) for each in copies(view.assessment))
    key = "report.stamped.send" if view.subject else "report.stamped.code"
    blocks: list[Block] = [line(bold(say("report.stamped.title"))), line(say(key, code=view.assessment.seal))]
    if count:
        blocks.append(line(say("report.stamped.there", count=count)))
    done = Emphasis.PRIMARY if count else Emphasis.PLAIN
    return view.screen(blocks, [(opening(say("report.button.report"), PLACE, done),)])
