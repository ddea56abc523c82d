"""`zicha cancelled`: make the lists of cancelled qualifications known, and show what is known."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.listing import accepted, report, words
from bot.cli.sheets import read_rows
from bot.cli.stored import in_database, refusing
from bot.forms.cancelled_lists import Stated, cancelled
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.forms.cancelled import Cancelled
    from bot.localization import Localizer
    from bot.services.ports import Transaction


def command(localizer: Localizer) -> click.Command:
    """The group of commands, speaking one language."""
    group = click.Group("cancelled", help=localizer.say("cli.cancelled.help"))
    group.add_command(_import(localizer))
    group.add_command(_list(localizer))
    return group


def _import(localizer: Localizer) -> click.Command:
    @click.command("import", help=localizer.say("cli.cancelled.import.help"))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--document", default="", help=localizer.say("cli.cancelled.document"))
    @click.option("--date", default="", help=localizer.say("cli.cancelled.date"))
    @click.option("--apply", "takes", is_flag=True, help=localizer.say("cli.list.apply"))
    def take(*, file: Path, document: str, date: str, takes: bool) -> None:
        with refusing(localizer):
            listed = cancelled(read_rows(file), words(Settings().timezone), Stated(document, date))
            found = accepted(listed)
            lines = in_database(partial(_take, found=found, takes=takes, localizer=localizer))
        report(localizer, lines, len(found), takes=takes)

    return take


def _take(tx: Transaction, *, found: tuple[Cancelled, ...], takes: bool, localizer: Localizer) -> list[str]:
    """Each document that the file names gets the file's list in the place of its own."""
    documents = dict.fromkeys(each.document for each in found)
    stood = {(each.document, each.name): each for each in tx.cancelled() if each.document in documents}
    for document in documents if takes else ():
        tx.list_cancelled(document, [each for each in found if each.document == document])
    return list(_told(localizer, found, stood))


def _told(localizer: Localizer, found: tuple[Cancelled, ...], stood: dict[tuple[str, str], Cancelled]) -> Iterator[str]:
    """One line for each: new, changed, as it stands, or gone."""
    for each in found:
        before = stood.pop((each.document, each.name), None)
        key = "cli.list.new" if before is None else "cli.list.same" if before == each else "cli.list.changed"
        yield localizer.say(key, code=each.document, name=each.name)
    for gone in stood.values():
        yield localizer.say("cli.cancelled.gone", code=gone.document, name=gone.name)


def _list(localizer: Localizer) -> click.Command:
    @click.command("list", help=localizer.say("cli.cancelled.list.help"))
    def show() -> None:
        with refusing(localizer):
            items = in_database(lambda tx: tx.cancelled())
        counts = Counter((each.document, each.date) for each in items)
        for (document, date), number in counts.items():
            click.echo(localizer.say("cli.cancelled.one", document=document, date=date, number=number))
        if not items:
            click.echo(localizer.say("cli.cancelled.none"))

    return show
