"""`zicha rubric`: check, show and outline a 评估表."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.refusal import refuse
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.rubric.codes import AnswerCode
from bot.rubric.contracts import rubric_to_data, to_json
from bot.rubric.loader import library, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.localization import Localizer
    from bot.rubric.model import Item, Level, Points, Rubric


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("rubric", help=localizer.say("cli.rubric.help"))
    group.add_command(_check(localizer))
    group.add_command(_show(localizer))
    group.add_command(_outline(localizer))
    return group


def _check(localizer: Localizer) -> click.Command:
    @click.command("check", help=localizer.say("cli.rubric.check.help"))
    @click.argument("files", metavar="[FILE…]", nargs=-1)
    def check(files: tuple[str, ...]) -> None:
        sound: list[tuple[str, Rubric]] = []
        problems: list[Problem] = []
        for name, loading in _named_files(files) if files else _released():
            try:
                sound.append((name, loading()))
            except InvalidInputError as error:
                problems += error.problems
        for name, rubric in sound:
            key = "cli.rubric.sound" if rubric.has_points else "cli.rubric.sound_met"
            click.echo(localizer.say(key, file=name, items=len(rubric.items), points=rubric.total))
        if problems:
            refuse(localizer, problems)

    return check


def _show(localizer: Localizer) -> click.Command:
    @click.command("show", help=localizer.say("cli.rubric.show.help"))
    @click.argument("rubric_id", metavar="[ID]", required=False)
    @click.option("--json", "machine", is_flag=True, help=localizer.say("cli.rubric.show.json"))
    def show(*, rubric_id: str | None, machine: bool) -> None:
        rubric = _named(localizer, rubric_id)
        if machine:
            click.echo(to_json(rubric_to_data(rubric)))
            return
        click.echo("\n".join(_full_lines(localizer, rubric)))

    return show


def _outline(localizer: Localizer) -> click.Command:
    @click.command("outline", help=localizer.say("cli.rubric.outline.help"))
    @click.argument("rubric_id", metavar="[ID]", required=False)
    def outline(rubric_id: str | None) -> None:
        click.echo("\n".join(_outline_lines(localizer, _named(localizer, rubric_id))))

    return outline


def _named_files(files: tuple[str, ...]) -> Iterator[tuple[str, Callable[[], Rubric]]]:
    for file in files:
        yield file, partial(load, Path(file))


def _released() -> Iterator[tuple[str, Callable[[], Rubric]]]:
    rubrics = library()
    for rubric_id in rubrics.ids:
        for version in rubrics.versions(rubric_id):
            yield f"{rubric_id}/{version}.yaml", partial(rubrics.get, rubric_id, version)


def _named(localizer: Localizer, rubric_id: str | None) -> Rubric:
    rubrics = library()
    if rubric_id is None and len(rubrics.ids) > 1:
        refuse(localizer, [Problem(AnswerCode.UNKNOWN_RUBRIC, "?", {"known": ", ".join(rubrics.ids)})])
    try:
        return rubrics.latest(rubric_id or rubrics.ids[0])
    except InvalidInputError as error:
        refuse(localizer, error.problems)


def _points(localizer: Localizer, points: Points) -> str:
    return localizer.say("cli.rubric.points", count=points)


def _worth(localizer: Localizer, points: Points) -> str:
    return _points(localizer, points) if points else ""


def _item_worth(localizer: Localizer, item: Item) -> str:
    return _points(localizer, item.points) if item.has_points else ""


def _heading(localizer: Localizer, rubric: Rubric) -> Iterator[str]:
    yield f"{rubric.title}{_worth(localizer, rubric.total)}"
    yield localizer.say(
        "cli.rubric.origin",
        issuer=rubric.issuer,
        number=rubric.document_number,
        date=rubric.document_date,
        version=rubric.version,
    )
    if rubric.pass_mark is not None:
        yield localizer.say("cli.rubric.pass_mark", points=rubric.pass_mark)
        return
    labels = (localizer.pick(outcome.label) for outcome in rubric.outcomes)
    yield localizer.say("cli.rubric.outcomes", labels=localizer.say("cli.score.separator").join(labels))


def _outline_lines(localizer: Localizer, rubric: Rubric) -> Iterator[str]:
    yield from _heading(localizer, rubric)
    for chapter in rubric.chapters:
        yield ""
        yield f"{chapter.id} {chapter.title}{_worth(localizer, chapter.points)}"
        for section in chapter.sections:
            yield f"  {section.id} {section.title}"
            yield from (f"    {item.id} {item.text}{_item_worth(localizer, item)}" for item in section.items)
    yield from _conditions(localizer, rubric)


def _full_lines(localizer: Localizer, rubric: Rubric) -> Iterator[str]:
    yield from _heading(localizer, rubric)
    for chapter in rubric.chapters:
        yield ""
        yield f"{chapter.id} {chapter.title}{_worth(localizer, chapter.points)}"
        for section in chapter.sections:
            yield f"  {section.id} {section.title}"
            for item in section.items:
                yield from _item_lines(localizer, item)
    yield from _conditions(localizer, rubric)


def _item_lines(localizer: Localizer, item: Item) -> Iterator[str]:
    yield f"    {item.id} {item.text}{_item_worth(localizer, item)}"
    yield f"      {item.guidance}"
    yield localizer.say("cli.rubric.gloss", indent=" " * 6, gloss=localizer.pick(item.gloss))
    for level in item.levels:
        yield f"      - {level.id}: {localizer.pick(level.when)}{_yield(localizer, item, level)}"
    if item.not_applicable is not None:
        when = localizer.pick(item.not_applicable.when)
        yield localizer.say("cli.rubric.not_applicable", indent=" " * 6, when=when)


def _yield(localizer: Localizer, item: Item, level: Level) -> str:
    if not item.has_points:
        return ""
    if level.low == level.high:
        return _points(localizer, level.low)
    return localizer.say("cli.rubric.open", low=level.low, high=level.high)


def _conditions(localizer: Localizer, rubric: Rubric) -> Iterator[str]:
    yield ""
    yield localizer.say("cli.rubric.conditions")
    yield from (f"  {veto.text}" for veto in rubric.vetoes)
