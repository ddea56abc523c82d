"""`zicha score`: what a file of answers comes to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.refusal import refuse
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.codes import AnswerCode
from bot.rubric.contracts import summary_to_data, to_json
from bot.rubric.loader import library
from bot.rubric.reading import read_submission
from bot.rubric.scoring import Result, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer
    from bot.rubric.model import Points, Rubric, VetoId
    from bot.rubric.scoring import ChapterScore, Summary


def command(localizer: Localizer) -> click.Command:
    """The command, speaking one language."""

    @click.command("score", help=localizer.say("cli.score.help"))
    @click.argument("file", metavar="FILE|-")
    @click.option("--json", "machine", is_flag=True, help=localizer.say("cli.score.json"))
    def score(*, file: str, machine: bool) -> None:
        try:
            submission = read_submission(_content(file), library())
        except InvalidInputError as error:
            refuse(localizer, error.problems)
        rubric = submission.rubric
        summary = summarize(rubric, submission.answers, submission.vetoes)
        if machine:
            click.echo(to_json(summary_to_data(rubric, summary)))
            return
        click.echo("\n".join(summary_lines(localizer, rubric, summary)))

    return score


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInputError([Problem(AnswerCode.FILE_UNREADABLE, file, {"reason": reason})]) from error


def summary_lines(localizer: Localizer, rubric: Rubric, summary: Summary) -> Iterator[str]:
    """The summary as a person reads it: totals, result, conditions, then one line per chapter."""
    yield from _totals(localizer, rubric, summary)
    mark = rubric.pass_mark
    yield _outcome(localizer, rubric, summary) if mark is None else _result(localizer, rubric, summary, mark)
    if rubric.vetoes:
        yield _conditions(localizer, rubric, summary)
    yield localizer.say("cli.score.final") if rubric.closing is None else localizer.pick(rubric.closing)
    yield ""
    for chapter, figures in zip(rubric.chapters, summary.chapters, strict=True):
        yield _chapter(localizer, chapter.title, figures)


def _totals(localizer: Localizer, rubric: Rubric, summary: Summary) -> Iterator[str]:
    counts = {"answered": summary.answered, "items": len(rubric.items)}
    final = summary.final
    if rubric.has_points:
        yield localizer.say("cli.score.total", points=final.reported, **counts)
    if rubric.pass_mark is not None:
        yield localizer.say("cli.score.range", low=final.low, high=final.high, pass_mark=rubric.pass_mark)
    elif rubric.has_points:
        yield localizer.say("cli.score.bounds", low=final.low, high=final.high)
    if rubric.unscored:
        met = summary.met
        yield localizer.say("cli.score.met", met=met.score.reported, of=met.out_of - met.pending, **counts)


def _outcome(localizer: Localizer, rubric: Rubric, summary: Summary) -> str:
    labels = localizer.say("cli.score.separator").join(localizer.pick(each.label) for each in summary.possible)
    if summary.declared:
        conditions = _texts(localizer, rubric, summary.declared)
        return localizer.say("cli.score.outcome.declared", outcome=labels, conditions=conditions)
    if summary.failed:
        return localizer.say("cli.score.outcome.failed", outcome=labels, items=summary.failed)
    key = "cli.score.outcome.open" if summary.outcome is None else "cli.score.outcome"
    return localizer.say(key, outcome=labels)


def _result(localizer: Localizer, rubric: Rubric, summary: Summary, mark: Points) -> str:
    if summary.result is Result.FAIL:
        return _failure(localizer, rubric, summary, mark)
    if summary.result is Result.PASS:
        return localizer.say("cli.score.pass", pass_mark=mark)
    if summary.blank:
        return localizer.say("cli.score.undecided.blank", blank=summary.blank)
    if summary.unasked:
        return localizer.say("cli.score.undecided.unasked", unasked=len(summary.unasked))
    return localizer.say("cli.score.undecided.open", pass_mark=mark)


def _failure(localizer: Localizer, rubric: Rubric, summary: Summary, mark: Points) -> str:
    if summary.declared:
        return localizer.say("cli.score.fail.declared", conditions=_texts(localizer, rubric, summary.declared))
    if summary.failed:
        return localizer.say("cli.score.fail.items", items=summary.failed)
    return localizer.say("cli.score.fail.points", pass_mark=mark)


def _conditions(localizer: Localizer, rubric: Rubric, summary: Summary) -> str:
    if summary.unasked:
        return localizer.say("cli.score.conditions.unasked", conditions=_texts(localizer, rubric, summary.unasked))
    if not summary.declared:
        return localizer.say("cli.score.conditions.none", all=len(rubric.vetoes))
    return localizer.say("cli.score.conditions.answered", declared=len(summary.declared), all=len(rubric.vetoes))


def _texts(localizer: Localizer, rubric: Rubric, vetoes: tuple[VetoId, ...]) -> str:
    return localizer.say("cli.score.separator").join(rubric.vetoes_by_id[veto].text for veto in vetoes)


def _chapter(localizer: Localizer, title: str, chapter: ChapterScore) -> str:
    if not chapter.points:
        met = chapter.unscored
        return localizer.say(
            "cli.score.chapter.met", id=chapter.chapter_id, title=title, met=met.score.reported, of=met.out_of
        )
    line = localizer.say(
        "cli.score.chapter",
        id=chapter.chapter_id,
        title=title,
        reported=chapter.score.reported,
        points=chapter.points,
    )
    if chapter.blank:
        line += localizer.say("cli.score.chapter.blank", blank=chapter.blank)
    if chapter.score.high != chapter.score.low:
        line += localizer.say("cli.score.chapter.range", low=chapter.score.low, high=chapter.score.high)
    return line
