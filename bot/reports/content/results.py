"""The total and what it comes to, in the sentences that every document uses (通知二（二）1 and 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rubric.scoring import Result

if TYPE_CHECKING:
    from bot.reports.content.brief import Brief
    from bot.rubric.basics import Points


def total_words(brief: Brief) -> str:
    """The score as it stands everywhere: "62分", "62分（待审定59—62分）", or the items met where none has points."""
    summary, rubric = brief.summary, brief.case.rubric
    if not rubric.has_points:
        return brief.words("score.met", met=summary.met.score.reported, of=summary.met.out_of)
    score = summary.final
    settled = score.low == score.high
    return brief.words("score.settled" if settled else "score.open", score=score)


def total_sentence(brief: Brief) -> str:
    """The line of the total, with what is still blank."""
    return brief.words("score.total", total=total_words(brief), blank=brief.summary.blank)


def result_sentence(brief: Brief) -> str:
    """What the self-assessment comes to; never more than the station may say of itself."""
    summary, rubric = brief.summary, brief.case.rubric
    if summary.declared:
        signs = "".join(rubric.vetoes_by_id[each].mark for each in summary.declared)
        return brief.words("result.declared", signs=signs)
    if summary.failed:
        items = [rubric.items[each].text for each in summary.failed]
        return brief.words("result.failed_items", items=items)
    if rubric.pass_mark is None:
        labels = [_chinese(each.label.by_locale) for each in summary.possible]
        return brief.words("result.outcome" if summary.outcome is not None else "result.outcome_open", labels=labels)
    return _by_pass_mark(brief, rubric.pass_mark)


def _by_pass_mark(brief: Brief, mark: Points) -> str:
    summary = brief.summary
    if summary.result is Result.PASS:
        return brief.words("result.pass", mark=mark)
    if summary.result is Result.FAIL:
        return brief.words("result.fail", mark=mark)
    if summary.blank:
        return brief.words("result.blank", blank=summary.blank)
    if summary.unasked:
        return brief.words("result.unasked", unasked=len(summary.unasked))
    return brief.words("result.pending", mark=mark)


def _chinese(texts: object) -> str:
    return str(texts["zh_CN"]) if isinstance(texts, dict) else ""
