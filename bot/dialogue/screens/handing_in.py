"""What many screens say of handing in: whether the assessment is sealed or was opened again, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.model import Kind
from bot.assessments.sealing import REOPENED, SEAL, read_reopening
from bot.dialogue.phrases import SHORT, author_of, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import Emphasis, line, say
from bot.dialogue.screens.view import opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.screen import Line
    from bot.dialogue.screens.view import Row, View


def to_report(emphasis: Emphasis = Emphasis.PLAIN) -> Row:
    """From the start, the score or the check to what is handed in."""
    return (opening(say("report.button.report"), Place(PlaceKind.REPORT), emphasis),)


def reopened(view: View) -> Iterator[Line]:
    """That it was made final and opened again since, so that whoever holds the stamped copy knows that it is void."""
    assessment = view.world.assessment
    if assessment is None or assessment.kind is Kind.PRACTICE or assessment.seal:
        return
    entry = assessment.entry(REOPENED)
    past = read_reopening(entry.value)
    if past is not None and entry.at is not None:
        author, reason = author_of(entry.by, view.world), shorten(past.reason, SHORT)
        yield line(say("report.state.reopened", code=past.code, author=author, at=entry.at, reason=reason))


def sealed(view: View) -> Iterator[Line]:
    """Under which 校验码 it was made final, by whom and when."""
    entry = view.assessment.entry(SEAL)
    if view.assessment.seal and entry.at is not None:
        author = author_of(entry.by, view.world)
        yield line(say("report.state.sealed", code=view.assessment.seal, author=author, at=entry.at))
