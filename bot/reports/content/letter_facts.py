"""Everything that the templates of the letter can speak of, by the names that they use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.reports.content.attachments import attachments
from bot.reports.content.conditions import conditions
from bot.reports.content.formalities import addressee_line, signing_day
from bot.reports.content.losses import chapter_results
from bot.reports.content.remedies import remedies
from bot.reports.content.results import result_sentence, total_sentence, total_words
from bot.reports.content.said import one_line, said, said_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reports.content.brief import Brief


def facts(brief: Brief) -> Mapping[str, object]:
    """The names with their values; what people wrote is in them as plain text on one line, or line by line."""
    return {**_parties(brief), **_results(brief), **tools(brief)}


def _parties(brief: Brief) -> Mapping[str, object]:
    rubric, form = brief.case.rubric, brief.case.form
    return {
        "station": one_line(brief.case.name),
        "addressee": addressee_line(brief),
        "rubric": rubric.title,
        "document": rubric.document_number,
        "issuer": rubric.issuer,
        "form": "" if form is None else form.title,
        "attachments": tuple(each.name for each in attachments(brief)),
        "day": signing_day(brief),
    }


def _results(brief: Brief) -> Mapping[str, object]:
    summary = brief.summary
    return {
        "items": summary.answered + summary.blank,
        "answered": summary.answered,
        "blank": summary.blank,
        "total": total_words(brief),
        "total_line": total_sentence(brief),
        "result": result_sentence(brief),
        "chapters": chapter_results(brief),
        "conditions": tuple(conditions(brief)),
        "remedies": tuple(remedies(brief)),
        "explanations": tuple((one_line(each.finding), one_line(each.words)) for each in brief.case.explanations),
    }


def tools(brief: Brief) -> Mapping[str, object]:
    """What a template calls: a value, the rows of a table, a text with its full stop."""
    return {"said": partial(said, brief), "rows": partial(said_rows, brief), "stop": partial(_stopped, brief)}


def _stopped(brief: Brief, text: object) -> str:
    return brief.words("letter.stop", text=str(text))
