"""Taking over a list: read whole, refused whole, and said what it would change."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import click

from bot.cli.sheets import read_rows
from bot.cli.stored import in_database, refusing
from bot.errors import InvalidInputError
from bot.localization import Localizers
from bot.settings import Settings
from bot.stations.model import Authority, Station

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.data_files.lists import Listed, Rows, Words
    from bot.localization import Localizer
    from bot.services.ports import Transaction

T = TypeVar("T")
Coded = TypeVar("Coded", Authority, Station)

_CALLED: Final = {
    "code": "cli.list.code",
    "name": "cli.list.name",
    "level": "cli.list.level",
    "parent": "cli.list.parent",
    "authority": "cli.list.authority",
    "direct": "cli.list.direct",
    "document": "cli.list.document",
    "date": "cli.list.date",
    "note": "cli.list.note",
    "province": "cli.list.province",
    "city": "cli.list.city",
    "county": "cli.list.county",
    "yes": "cli.list.yes",
    "no": "cli.list.no",
}


class Takes(Protocol):
    """Takes a list over, or, unless it `takes`, only says what it would change; a line for each row."""

    def __call__(self, tx: Transaction, *, rows: Rows, called: Words, takes: bool, localizer: Localizer) -> list[str]:
        """All of it in the one transaction."""


def importing(localizer: Localizer, help_key: str, take: Takes) -> click.Command:
    """The command `import FILE`, which says of itself the text of that key: dry unless it is told to apply."""

    @click.command("import", help=localizer.say(help_key))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--apply", "takes", is_flag=True, help=localizer.say("cli.list.apply"))
    def command(*, file: Path, takes: bool) -> None:
        with refusing(localizer):
            rows, called = read_rows(file), words(Settings().timezone)
            lines = in_database(partial(take, rows=rows, called=called, takes=takes, localizer=localizer))
        report(localizer, lines, len(lines), takes=takes)

    return command


def report(localizer: Localizer, lines: list[str], number: int, *, takes: bool) -> None:
    """Print what was taken over, or would be, and how many rows that is."""
    for line in lines:
        click.echo(line)
    click.echo(localizer.say("cli.list.taken" if takes else "cli.list.dry_run", number=number))


def words(timezone: str) -> Words:
    """What columns and values may be called in any language."""
    spoken = Localizers.load(timezone).by_locale.values()
    return {name: frozenset(each.say(key).lower() for each in spoken) for name, key in _CALLED.items()}


def accepted(listed: Listed[T]) -> tuple[T, ...]:
    """What the list says; raises InvalidInputError with every problem when there is one."""
    if listed.problems:
        raise InvalidInputError(listed.problems)
    return listed.found


def told(localizer: Localizer, found: tuple[Coded, ...], stands: Mapping[str, Coded]) -> list[str]:
    """One line for each row: new, changed, or as it stands."""
    lines = []
    for each in found:
        before = stands.get(each.code)
        same = before is not None and before.name == each.name and _rest(before) == _rest(each)
        key = "cli.list.new" if before is None else "cli.list.same" if same else "cli.list.changed"
        lines.append(localizer.say(key, code=each.code, name=each.name))
    return lines


def _rest(one: Coded) -> tuple[object, ...]:
    return tuple(getattr(one, name, None) for name in ("level", "parent", "authority", "direct"))
