"""`zicha score`: what a file of answers comes to."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.refusal import refuse
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.codes import AnswerCode
from bot.rubric.contracts import summary_to_data
from bot.rubric.loader import library
from bot.rubric.reading import read_submission
from bot.rubric.scoring import Result, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer
    from bot.rubric.model import Rubric, VetoId
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
            click.echo(json.dumps(summary_to_data(rubric, summary), ensure_ascii=False))
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
    counts = {"answered": summary.answered, "items": len(rubric.items)}
    yield localizer.say("cli.score.total", points=summary.total.reported, **counts)
    yield localizer.say("cli.score.range", low=summary.total.low, high=summary.total.high, pass_mark=rubric.pass_mark)
    yield _result(localizer, rubric, summary)
    yield _conditions(localizer, rubric, summary)
    yield localizer.say("cli.score.final")
    yield ""
    titles = {chapter.id: chapter.title for chapter in rubric.chapters}
    for chapter in summary.chapters:
        yield _chapter(localizer, titles[chapter.chapter_id], chapter)


def _result(localizer: Localizer, rubric: Rubric, summary: Summary) -> str:
    if summary.result is Result.PASS:
        return localizer.say("cli.score.pass", pass_mark=rubric.pass_mark)
    if summary.declared:
        return localizer.say("cli.score.fail.declared", conditions=_texts(localizer, rubric, summary.declared))
    if summary.result is Result.FAIL:
        return localizer.say("cli.score.fail.points", pass_mark=rubric.pass_mark)
    if summary.blank:
        return localizer.say("cli.score.undecided.blank", blank=summary.blank)
    if summary.unasked:
        return localizer.say("cli.score.undecided.unasked", unasked=len(summary.unasked))
    return localizer.say("cli.score.undecided.open", pass_mark=rubric.pass_mark)


def _conditions(localizer: Localizer, rubric: Rubric, summary: Summary) -> str:
    if summary.unasked:
        return localizer.say("cli.score.conditions.unasked", conditions=_texts(localizer, rubric, summary.unasked))
    if not summary.declared:
        return localizer.say("cli.score.conditions.none", all=len(rubric.vetoes))
    return localizer.say("cli.score.conditions.answered", declared=len(summary.declared), all=len(rubric.vetoes))


def _texts(localizer: Localizer, rubric: Rubric, vetoes: tuple[VetoId, ...]) -> str:
    return localizer.say("cli.score.separator").join(rubric.vetoes_by_id[veto].text for veto in vetoes)


def _chapter(localizer: Localizer, title: str, chapter: ChapterScore) -> str:
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
