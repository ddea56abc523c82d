"""What the score comes to, in a sentence: passed, failed, which outcome, or why there is no conclusion yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.screen import Line, bold, line, say
from bot.dialogue.worth import points
from bot.rubric.scoring import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.screen import Say, Text
    from bot.dialogue.screens.view import View
    from bot.rubric.model import Points


def verdict(view: View) -> Iterable[Line]:
    """The judgement, the conditions, and who has the last word."""
    mark = view.rubric.pass_mark
    yield line(bold(_on_outcomes(view) if mark is None else _on_pass_mark(view, mark)))
    if view.rubric.vetoes:
        yield line(_conditions(view))
    yield line(view.rubric.closing or say("score.final"))
    if not view.summary.blank and not _unasked(view):
        yield line(say("score.finished"))


def _on_pass_mark(view: View, mark: Points) -> Say:
    summary = view.summary
    if summary.result is Result.FAIL:
        return _on_failure(view, mark)
    if summary.result is Result.PASS:
        return say("score.pass", mark=points(mark))
    if summary.blank:
        key = "score.open_passed" if summary.final.low >= mark else "score.open_blank"
        return say(key, count=summary.blank, mark=points(mark))
    if summary.final.low < mark or not summary.unasked:
        return say("score.open_pending", mark=points(mark))
    unasked = _unasked(view)
    return say("score.open_conditions", count=unasked) if unasked else say("score.open_special", signs=_special(view))


def _on_failure(view: View, mark: Points) -> Say:
    if view.summary.declared:
        return say("score.fail_declared", signs=_signs(view))
    if view.summary.failed:
        return say("score.fail_items", items=view.summary.failed)
    return say("score.fail_low", high=points(view.summary.final.high), mark=points(mark))


def _on_outcomes(view: View) -> Say:
    summary = view.summary
    labels = tuple(outcome.label for outcome in summary.possible)
    if summary.declared:
        return say("outcome.declared", signs=_signs(view), label=labels[0])
    if summary.failed:
        return say("outcome.failed", items=summary.failed, label=labels[0])
    if summary.outcome is not None:
        return say("outcome.reached", label=labels[0])
    if summary.blank:
        return say("outcome.open_blank", count=summary.blank, labels=labels)
    return say("outcome.open_pending", labels=labels) if len(labels) > 1 else _on_open_conditions(view, labels[0])


def _on_open_conditions(view: View, label: Text) -> Say:
    unasked = _unasked(view)
    if unasked:
        return say("outcome.open_conditions", count=unasked, label=label)
    return say("outcome.open_special", signs=_special(view), label=label)


def _signs(view: View) -> tuple[Text, ...]:
    return tuple(view.rubric.vetoes_by_id[veto_id].mark for veto_id in view.summary.declared)


def _unasked(view: View) -> int:
    return sum(not view.assessment.veto(veto_id).is_settled for veto_id in view.summary.unasked)


def _special(view: View) -> tuple[Text, ...]:
    """The conditions that were neither declared nor denied, but explained in words."""
    vetoes = (view.rubric.vetoes_by_id[veto_id] for veto_id in view.summary.unasked)
    return tuple(veto.mark for veto in vetoes if view.assessment.veto(veto.id).is_settled)


def _conditions(view: View) -> Say:
    summary, total = view.summary, len(view.rubric.vetoes)
    if summary.declared:
        return say("score.conditions_declared", count=len(summary.declared))
    if _unasked(view):
        return say("score.conditions_unasked", total=total, left=_unasked(view))
    if summary.unasked:
        return say("score.conditions_special", total=total, signs=_special(view))
    return say("score.conditions_clean", total=total)
